//! Arguments and window options, nothing else.

use std::io::Write;
#[cfg(unix)]
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use corridor_atlas::app::{self, Profile, Rescue, Start};
use corridor_atlas::cli::{self, Answer, Request, WindowArguments};

fn main() -> ExitCode {
    let started = *STARTED.get_or_init(Instant::now);
    quiet_drivers();
    forget_gone_display();
    give_memory_back();
    app::report_panics();
    match run(started) {
        Ok(false) => ExitCode::SUCCESS,
        // Done, but problems were found.
        Ok(true) => ExitCode::FAILURE,
        Err(error) => {
            // What a person typed comes back on one line, and moves no terminal's cursor.
            let plain = |c: char| if c.is_control() { ' ' } else { c };
            let line: String = error.to_string().chars().map(plain).collect();
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(std::io::stderr(), "corridor-atlas: {line}");
            ExitCode::from(2)
        }
    }
}

/// Mesa's choice of a device asks the Wayland display and complains on standard error where there is none.
#[allow(unsafe_code)]
fn quiet_drivers() {
    if std::env::var_os("XDG_RUNTIME_DIR").is_none() {
        // SAFETY: no other thread runs yet.
        unsafe { std::env::set_var("NODEVICE_SELECT", "1") };
    }
}

/// A Wayland display that nobody serves any more, as a terminal of an ended session names it, hides the X display.
#[cfg(unix)]
#[allow(unsafe_code)]
fn forget_gone_display() {
    let Some(name) = std::env::var_os("WAYLAND_DISPLAY").filter(|_| std::env::var_os("DISPLAY").is_some())
    else {
        return;
    };
    // An absolute name stays as it is.
    let socket = PathBuf::from(std::env::var_os("XDG_RUNTIME_DIR").unwrap_or_default()).join(name);
    if std::os::unix::net::UnixStream::connect(socket).is_err() {
        // SAFETY: no other thread runs yet.
        unsafe { std::env::remove_var("WAYLAND_DISPLAY") };
    }
}

#[cfg(not(unix))]
fn forget_gone_display() {}

/// Large buffers are taken from the system and given back to it. The C library would learn from the first one
/// freed to keep all later ones of its size, which for a file of ten million vertices is half a gigabyte.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code)]
fn give_memory_back() {
    // SAFETY: no other thread runs yet; the call only sets a number.
    unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, 1 << 20) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn give_memory_back() {}

/// How often the program was started anew because the graphics device was lost.
const RESTARTS: &str = "CORRIDOR_ATLAS_RESTARTS";
static STARTED: OnceLock<Instant> = OnceLock::new();
const LASTING: Duration = Duration::from_mins(5);
/// A device that is lost as often as that is broken.
const MOST_RESTARTS: u32 = 3;

fn restarts() -> u32 {
    std::env::var(RESTARTS).ok().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Starts the program anew in the place of this one, as its session was left.
fn restart() {
    let tell = |line: &str| drop(writeln!(std::io::stderr(), "corridor-atlas: {line}"));
    // What went well for a while is no row of failures.
    let has_lasted = STARTED.get().is_some_and(|started| started.elapsed() > LASTING);
    let number = if has_lasted { 1 } else { restarts() + 1 };
    if number > MOST_RESTARTS {
        tell("the graphics device stopped again and again; your map is saved; try another driver");
        std::process::exit(2);
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut anew = std::process::Command::new(program);
    anew.env(RESTARTS, number.to_string());
    // Without a session its own arguments are all that is known of it.
    if std::env::args_os().any(|argument| argument == "--fresh") {
        anew.args(std::env::args_os().skip(1));
    }
    #[cfg(unix)]
    let error = std::os::unix::process::CommandExt::exec(&mut anew);
    #[cfg(not(unix))]
    let error = match anew.spawn() {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    };
    tell(&format!("it could not start anew: {error}"));
}

/// Whether problems were found.
fn run(started: Instant) -> anyhow::Result<bool> {
    let answer: Answer = match cli::run(std::env::args_os())? {
        Request::Window(arguments) => {
            let WindowArguments { files, sight, tour, present, fresh } = arguments;
            let rescue = Rescue::new(restart, restarts() > 0);
            let start =
                Start { sight, files, tour, presents: present, is_fresh: fresh, profile: None, rescue };
            app::run(start)?.into()
        }
        Request::Profile { is_json, files } => {
            app::run(Start { files, profile: Some(Profile::new(started, is_json)), ..Start::default() })?
                .into()
        }
        Request::Answer(answer) => answer,
    };
    match std::io::stdout().write_all(answer.text.as_bytes()) {
        // Whoever reads may stop reading: `corridor-atlas list source | head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(answer.has_problems),
        other => other.map(|()| answer.has_problems).map_err(Into::into),
    }
}
