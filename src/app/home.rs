//! The person's own folder of the program: what is written there is whole or not there, and what does not read is
//! kept under another name.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;

/// How files are called until they are whole.
const UNFINISHED: &str = ".corridor-atlas-";
const ABANDONED: Duration = Duration::from_hours(1);
/// Names that are tried for what is set aside.
const MOST_NAMES: u32 = 1_000;

/// The folder; `None` where there is no home.
pub(super) fn folder() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.data_dir().join("corridor-atlas"))
}

/// Gives a file a name that is free, with a number before its ending, and tells it.
pub(super) fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let end = path.extension().map(|end| end.to_string_lossy().into_owned()).unwrap_or_default();
    let named = |middle: &str| path.with_extension(format!("{middle}.{end}"));
    let free = (1..MOST_NAMES).map(|number| named(&number.to_string())).find(|path| !path.exists());
    let free = free.unwrap_or_else(|| named("old"));
    fs::rename(path, &free)?;
    Ok(free)
}

/// Removes what a killed program left half-written. Younger ones may be another window's.
pub(super) fn tidy(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_ours = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_ours && age().is_some_and(|age| age > ABANDONED) {
            // Who cannot remove it loses nothing.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a file beside its place and gives it its name once it is whole, so that no moment of the machine's end
/// leaves half of it.
///
/// # Errors
/// Why not, in the system's words and without the name that it had on the way.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write(path, bytes).map_err(|error| error.kind().into())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    // The new name is on the disk only with its folder; where a system cannot do that the file itself is whole.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
