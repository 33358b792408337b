//! `tour check`: every step looked at before a show. `--tour` opens one in the window.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::args::{Form, TourCheckArguments, TourExportArguments};
use super::picture::is_same;
use super::takeout::{Story, TakeOut};
use super::{Answer, CliError, files};
use crate::content::Content;
use crate::flight;
use crate::format::ReadAs;
use crate::geo::{Padding, Size};
use crate::i18n::Strings;
use crate::state::{Command, FileCommand, State, TourCommand};
use crate::tour::{BUILT_IN, Finding, Tour, TourForm, built_in, read};

/// More than any tour that a person wrote.
const MOST_BYTES: u64 = 4 << 20;

/// The tour of a file, or one that comes along, with its file.
pub(super) fn tour(name: &str) -> Result<(Tour, Option<PathBuf>), CliError> {
    if let Some(tour) = built_in(name) {
        return Ok((tour, None));
    }
    let path = Path::new(name);
    if !path.exists() && !crate::tour::is_tour(path) {
        let known: Vec<String> = BUILT_IN.iter().map(|(id, _)| format!("tour/{id}")).collect();
        let nearest = crate::search::nearest(name, known.iter().map(String::as_str));
        let nearest = nearest.into_iter().map(str::to_owned).collect();
        return Err(CliError::UnknownTour { name: name.to_owned(), nearest });
    }
    let cannot = |source| CliError::ReadTour { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(cannot)?;
    let mut text = String::new();
    std::io::Read::read_to_string(&mut std::io::Read::take(file, MOST_BYTES), &mut text).map_err(cannot)?;
    let tour = read(&text).map_err(|faults| CliError::Tour { path: path.to_owned(), faults })?;
    Ok((tour, Some(path.to_owned())))
}

/// The command that opens it in a window.
pub(crate) fn opening(name: &str) -> Result<Command, CliError> {
    let (tour, path) = tour(name)?;
    Ok(Command::Tour(TourCommand::Open { tour: Arc::new(tour), path }))
}

/// Opens the files of a tour; those that cannot be read are told by the check.
pub(super) fn open_files(state: &mut State, tour: &Tour, path: Option<&Path>) {
    let folder = path.and_then(Path::parent).unwrap_or(Path::new(""));
    for file in &tour.files {
        let path = folder.join(file);
        let Err(CliError::Read(error)) =
            files::open(state, (std::slice::from_ref(&path), &ReadAs::default()), false)
        else {
            continue;
        };
        let key = state.files.iter().find(|file| file.path == path).map(|file| file.key.clone());
        if let Some(key) = key {
            let _ = state.apply(Command::File(FileCommand::Failed { key, fault: error.fault }));
        }
    }
}

/// The findings; problems where there is a fault.
pub(super) fn check(arguments: &TourCheckArguments, content: Content) -> Result<Answer, CliError> {
    let (tour, path) = tour(&arguments.tour)?;
    let Content { mut state, scenery, .. } = content;
    let Form { json, lang } = arguments.form;
    let _ = state.apply(Command::SetLanguage(lang));
    open_files(&mut state, &tour, path.as_deref());
    let findings = flight::check(&state, &scenery, &tour);
    let has_faults = findings.iter().any(|finding| !finding.is_remark());
    let strings = Strings::embedded(lang);
    let text = if json { as_json(&tour, &findings, strings) } else { as_text(&tour, &findings, strings) };
    Ok(Answer { text, has_problems: has_faults })
}

/// In place of a tour: the map year by year.
const TIMELINE: &str = "timeline";
/// Of pictures in pages, and of those that move, in points.
pub(crate) const STILL: Size = Size { width: 1280.0, height: 720.0 };
pub(crate) const MOVING: Size = Size { width: 960.0, height: 540.0 };

/// What the words of a year take of the map, in points.
const YEAR_WORDS: f64 = 140.0;

/// Takes a tour out; how far it is stands in a line of standard error.
pub(super) fn export(arguments: &TourExportArguments, content: Content) -> Result<String, CliError> {
    let TourExportArguments { output, fps, lang, theme, .. } = arguments;
    let form = TourForm::of_path(output).ok_or_else(|| CliError::TourFormat { path: output.clone() })?;
    let (tour, path) = match arguments.tour.as_str() {
        TIMELINE => (None, None),
        name => {
            let (tour, path) = tour(name)?;
            (Some(tour), path)
        }
    };
    if path.as_ref().is_some_and(|path| is_same(path, output)) {
        return Err(CliError::OwnInput { path: output.clone() });
    }
    let usual = if form.is_moving() { MOVING } else { STILL };
    let asked = arguments.size.map(|size| Size { width: size.width.into(), height: size.height.into() });
    let size = asked.unwrap_or(usual);
    let most = f64::from(crate::render::MOST_PIXELS);
    if size.width.max(size.height) > most {
        let (width, height) = (size.width as u64, size.height as u64);
        return Err(CliError::TooLarge { width, height, most: most as u32 });
    }
    let Content { mut state, scenery, .. } = content;
    for command in [
        Command::SetLanguage(*lang),
        Command::SetTheme(*theme),
        // The years have their words below the map.
        Command::SetViewport {
            size,
            padding: Padding { bottom: if tour.is_none() { YEAR_WORDS } else { 0.0 }, ..Padding::default() },
        },
    ] {
        let _ = state.apply(command);
    }
    if let Some(tour) = &tour {
        open_files(&mut state, tour, path.as_deref());
    }
    if let Some(tour) = &tour {
        warn(output, &flight::check(&state, &scenery, tour), Strings::embedded(*lang));
    }
    let story = tour.as_ref().map_or(Story::Years, Story::Tour);
    let job = TakeOut { state: &state, scenery: &scenery, story, size, frames_per_sec: *fps, watch: &watch };
    job.write(form, output)?;
    Ok(format!("{}\n", output.display()))
}

/// One line for whoever reads along: that the tour has faults, and the first of them.
fn warn(output: &Path, findings: &[Finding], strings: &Strings) {
    let mut faults = findings.iter().filter(|finding| !finding.is_remark());
    if let Some(first) = faults.next() {
        let (place, told) = (first.place(strings), first.told(strings));
        let more = strings.flight.faults.fill(faults.count() + 1);
        // A closed standard error leaves nobody to tell.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("corridor-atlas: {}: {more}: {place}: {told}\n", output.display()),
        );
    }
}

/// Tells how far it is, on one line that a terminal draws anew.
fn watch(done: usize, total: usize) -> bool {
    let mut error = std::io::stderr();
    if std::io::IsTerminal::is_terminal(&error) {
        let end = if done == total { "\n" } else { "" };
        // A closed standard error leaves nobody to tell.
        let _ = std::io::Write::write_fmt(&mut error, format_args!("\r{done} of {total} pictures{end}"));
    }
    true
}

fn as_json(tour: &Tour, findings: &[Finding], strings: &Strings) -> String {
    let findings: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!({
                "step": finding.step.map(|step| step + 1),
                "line": (finding.line > 0).then_some(finding.line),
                "severity": if finding.is_remark() { "remark" } else { "fault" },
                "message": finding.told(strings),
            })
        })
        .collect();
    let answer = json!({
        "steps": tour.steps.len(),
        "seconds": tour.lasts(),
        "planned_seconds": tour.planned(),
        "findings": findings,
    });
    format!("{answer:#}\n")
}

fn as_text(tour: &Tour, findings: &[Finding], strings: &Strings) -> String {
    let mut text = String::new();
    for finding in findings {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}: {}", finding.place(strings), finding.told(strings));
    }
    let steps = strings.tours.steps.fill(tour.steps.len());
    let (takes, planned) = (minutes(tour.lasts()), minutes(tour.planned()));
    let lasts = strings.tours.lasts.fill_all(&[("time", &takes), ("total", &planned)]);
    let faults = findings.iter().filter(|finding| !finding.is_remark()).count();
    let verdict = if faults == 0 { strings.flight.ready.clone() } else { strings.flight.faults.fill(faults) };
    let _ = writeln!(text, "{verdict} · {steps} · {lasts}");
    text
}

fn minutes(secs: u32) -> String {
    format!("{}:{:02}", secs / 60, secs % 60)
}
