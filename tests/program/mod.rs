//! The real program, asked on its command line.

use std::process::{Command, Output};

pub(crate) fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corridor-atlas")).args(arguments).output().expect("the program starts")
}

/// What it answers, where nothing is wrong.
pub(crate) fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {complaint}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Exit status 2, nothing on standard output, one line on standard error, which is returned.
pub(crate) fn complaint(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    assert!(said.ends_with('\n') && !said.contains("panicked"), "{said}");
    said
}
