//! A fault of the program's own leaves a report that a person can read and send, and one line on standard error.

use std::backtrace::Backtrace;
use std::panic::PanicHookInfo;
use std::path::PathBuf;

use super::home;

/// Reports that are kept; the oldest go.
const MOST: usize = 10;

/// From now on a panic writes a report. The window's session is on the disk already: nothing is saved here.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        // A hostile file is told in its row.
        if crate::format::is_guarded() {
            return;
        }
        let report = text(panic);
        let told = match write(&report) {
            Some(path) => format!("the report is {}", path.display()),
            None => report,
        };
        // A closed standard error leaves nobody to tell.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!(
                "corridor-atlas: stopped by a fault of its own; {told}; what was open opens again at the next start\n"
            ),
        );
    }));
}

fn text(panic: &PanicHookInfo<'_>) -> String {
    let what = panic.payload_as_str().unwrap_or("no message");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    format!(
        "Corridor Atlas {} stopped by a fault of its own.\n\nwhen     {}\nwhat     {what}\nwhere    {place}\nthread   {}\nsystem   {} {}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S %:z"),
        thread.name().unwrap_or("without a name"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        Backtrace::force_capture(),
    )
}

fn write(report: &str) -> Option<PathBuf> {
    let folder = home::folder()?.join("reports");
    let name = jiff::Zoned::now().strftime("fault-%Y%m%d-%H%M%S.txt").to_string();
    let path = folder.join(name);
    home::write_whole(&path, report.as_bytes()).ok()?;
    let mut old: Vec<PathBuf> =
        std::fs::read_dir(&folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    old.sort();
    let surplus = old.len().saturating_sub(MOST);
    for path in old.into_iter().take(surplus) {
        // A report that cannot be removed does no harm.
        let _ = std::fs::remove_file(path);
    }
    Some(path)
}
