//! `check`: the file doctor on the command line.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::args::{CheckArguments, Form};
use super::mending::{log_path, placed, seems_geojson, write_mended};
use super::picture::is_same;
use super::{Answer, CliError};
use crate::data::{Fault, Problem, Source, Spot};
use crate::doctor::{self, Finding, Kind, Severity};
use crate::format::{self, Patient, ReadAs, ReadError, placed_text};
use crate::geo::WorldFixed;
use crate::geo::crs::Suspicion;
use crate::i18n::{Strings, integer};
use crate::tiles;

/// Of one kind so many are told in words; `--json` tells more.
const MOST_TOLD: u64 = 20;

/// One thing that is wrong, as it is told.
struct Told {
    severity: Severity,
    kind: String,
    message: String,
    /// From 0.
    feature: Option<u32>,
    place: Option<(u64, u64)>,
    byte: Option<u64>,
    at: Option<[f64; 2]>,
}

/// A file with everything that was found.
struct Checked {
    path: PathBuf,
    format: &'static str,
    features: u64,
    vertices: u64,
    bounds: Option<[f64; 4]>,
    told: Vec<Told>,
    /// What was found and is not told one by one.
    untold: u64,
}

/// Looks through each file; with `--fix` a mended copy of the one is written.
pub(super) fn check(arguments: &CheckArguments) -> Result<Answer, CliError> {
    let Form { json, lang } = arguments.form;
    let strings = Strings::embedded(lang);
    if let Some(output) = &arguments.fix {
        let [input] = arguments.files.as_slice() else {
            return Err(CliError::Usage("--fix mends one file at a time".to_owned()));
        };
        if is_same(input, output) || is_same(input, &log_path(output)) {
            return Err(CliError::OwnInput { path: output.clone() });
        }
    }
    let read_as = arguments.reading.read_as();
    let mut checked = Vec::new();
    let mut done = None;
    for path in &arguments.files {
        let source = format::map(path)?;
        checked.push(examined(strings, (path, &source), &read_as)?);
        if let Some(output) = &arguments.fix {
            done = Some((output, write_mended(strings, (path, &source), (&read_as, output))?));
        }
    }
    let mut text = if json { as_json(&checked) } else { as_text(strings, &checked) };
    if let Some((output, done)) = done.filter(|_| !json) {
        let _ = writeln!(text, "{}: {} in {}", output.display(), done, log_path(output).display());
    }
    let is_problem = |told: &Told| told.severity != Severity::Remark;
    let has_problems = checked.iter().any(|file| file.told.iter().any(is_problem));
    Ok(Answer { text, has_problems })
}

fn examined(
    strings: &Strings,
    (path, source): (&Path, &Source),
    read_as: &ReadAs,
) -> Result<Checked, CliError> {
    let bytes = (**source).as_ref();
    if let Some(format) = format::named(bytes, path) {
        return other(strings, (path, source), (format, read_as));
    }
    if tiles::is_archive(path) {
        return Ok(of_tiles(strings, path));
    }
    if !seems_geojson(bytes, path) {
        return other(strings, (path, source), ("unknown", read_as));
    }
    let report = doctor::examine(bytes, &|_| true);
    let places = doctor::places(bytes, report.findings.iter().map(|finding| finding.byte));
    let tell = |(finding, place): (&Finding, (u64, u64))| Told {
        severity: finding.kind.severity(),
        kind: finding.kind.key().to_owned(),
        message: doctor::told(strings, finding),
        feature: finding.feature,
        place: Some(place),
        byte: Some(finding.byte),
        at: finding.at,
    };
    let mut told: Vec<Told> = report.findings.iter().zip(places).map(tell).collect();
    let all: u64 = report.counts.values().sum();
    let untold = all - told.len() as u64;
    if let Some(at) = told.iter().position(|told| told.kind == Kind::CrsMember.key()) {
        let place = told[at].place;
        if let Some(of_system) = system(strings, (path, source), read_as) {
            // Beside the member, as all are told in the order of their places.
            told.insert(at + 1, Told { place, ..of_system });
        }
    }
    Ok(Checked {
        path: path.to_owned(),
        format: "GeoJSON",
        features: report.features,
        vertices: report.vertices,
        bounds: report.bounds,
        untold,
        told,
    })
}

/// What is odd about the coordinate system that a file names: that nobody here knows it, or that its numbers belie it.
fn system(strings: &Strings, (path, source): (&Path, &Source), read_as: &ReadAs) -> Option<Told> {
    let (_, batch) = format::read_source_as(Arc::clone(source), path, (read_as, &Patient)).ok()?;
    let doubt = batch.doubt?;
    match &doubt.unknown {
        Some(name) => Some(plain(Severity::Warning, "unknown-crs", placed_text::unknown(strings, name))),
        None if doubt.suspicion == Suspicion::Degrees => {
            Some(plain(Severity::Warning, "degrees", placed_text::asked(strings, &doubt)?))
        }
        None => None,
    }
}

/// An archive of tiles: whether it opens, and what it says of itself. Its tiles are read in the window, view by view.
fn of_tiles(strings: &Strings, path: &Path) -> Checked {
    let opened = tiles::open(path);
    let told = opened.as_ref().err().map(|error| plain(Severity::Error, "unreadable", error.told(strings)));
    Checked {
        path: path.to_owned(),
        format: "tiles",
        features: 0,
        vertices: 0,
        bounds: opened.ok().and_then(|archive| archive.info().bounds),
        told: told.into_iter().collect(),
        untold: 0,
    }
}

/// A file of another format: what its reader finds.
fn other(
    strings: &Strings,
    (path, source): (&Path, &Source),
    (format, read_as): (&'static str, &ReadAs),
) -> Result<Checked, CliError> {
    let mut checked = Checked {
        path: path.to_owned(),
        format,
        features: 0,
        vertices: 0,
        bounds: None,
        told: Vec::new(),
        untold: 0,
    };
    let (source, batch) = match format::read_source_as(Arc::clone(source), path, (read_as, &Patient)) {
        Ok(read) => read,
        Err(error @ ReadError { fault: Fault::Open { .. } | Fault::NotAFile, .. }) => {
            return Err(error.into());
        }
        Err(error) => {
            let message = format::refused(strings, &error.fault);
            checked.told.push(plain(Severity::Error, "unreadable", message));
            return Ok(checked);
        }
    };
    checked.told =
        batch.problems.iter().map(|problem| of_reader(strings, (*source).as_ref(), problem)).collect();
    let dataset = crate::data::Dataset::new(source, batch).0;
    (checked.features, checked.vertices) = (dataset.len() as u64, dataset.vertices() as u64);
    checked.bounds = dataset.bounds.map(|bounds| {
        let degrees = |x, y| WorldFixed::new(x, y).to_lonlat();
        let (min, max) = (degrees(bounds.min.x, bounds.max.y), degrees(bounds.max.x, bounds.min.y));
        [min.lon, min.lat, max.lon, max.lat]
    });
    Ok(checked)
}

fn plain(severity: Severity, kind: &str, message: String) -> Told {
    Told { severity, kind: kind.to_owned(), message, feature: None, place: None, byte: None, at: None }
}

/// What a reader found, in the text that it made of the file where no spot of the file itself is known.
fn of_reader(strings: &Strings, text: &[u8], problem: &Problem) -> Told {
    let (place, message) = match problem.spot {
        Some(Spot::Line { line, column }) => {
            (Some((line, column)), format::reason(&strings.problems, problem.kind).clone())
        }
        _ => (None, format::told(strings, text, problem)),
    };
    let kind = format!("{:?}", problem.kind);
    Told { feature: problem.feature, place, ..plain(Severity::Warning, &dashed(&kind), message) }
}

/// `TooShort` as `too-short`.
fn dashed(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn as_json(files: &[Checked]) -> String {
    let problem = |told: &Told| {
        json!({
            "severity": told.severity.as_str(),
            "kind": told.kind,
            "message": told.message,
            "feature": told.feature,
            "line": told.place.map(|place| place.0),
            "column": told.place.map(|place| place.1),
            "byte": told.byte,
            "at": told.at,
        })
    };
    let file = |file: &Checked| {
        let (remarks, problems): (Vec<&Told>, Vec<&Told>) =
            file.told.iter().partition(|told| told.severity == Severity::Remark);
        json!({
            "path": file.path,
            "format": file.format,
            "features": file.features,
            "vertices": file.vertices,
            "bounds": file.bounds,
            "problems": problems.into_iter().map(problem).collect::<Vec<_>>(),
            "remarks": remarks.into_iter().map(problem).collect::<Vec<_>>(),
            "untold": file.untold,
        })
    };
    let files: Vec<_> = files.iter().map(file).collect();
    format!("{:#}\n", json!({ "files": files }))
}

fn as_text(strings: &Strings, files: &[Checked]) -> String {
    let mut text = String::new();
    for file in files {
        let features = strings.files.features.fill(file.features as usize);
        let points = strings.files.points.fill(file.vertices as usize);
        let _ = writeln!(text, "{}: {}, {features}, {points}", file.path.display(), file.format);
        if file.told.is_empty() {
            let _ = writeln!(text, "  {}", strings.doctor.sound);
        }
        let mut counts: BTreeMap<&str, (&Told, u64)> = BTreeMap::new();
        for told in &file.told {
            let (_, count) = counts.entry(&told.kind).or_insert((told, 0));
            *count += 1;
            if *count <= MOST_TOLD {
                let _ = writeln!(text, "  {}", line_of(strings, told));
            }
        }
        let more = |count: u64| strings.problems.more.fill("n", &integer(count.cast_signed()));
        for (first, count) in counts.values().filter(|(_, count)| *count > MOST_TOLD) {
            let severity = strings.doctor.severity(first.severity.as_str());
            let _ = writeln!(text, "  {severity:<7}  {}: {}", more(count - MOST_TOLD), first.message);
        }
        if file.untold > 0 {
            let _ = writeln!(text, "  {}", more(file.untold));
        }
    }
    text
}

fn line_of(strings: &Strings, told: &Told) -> String {
    let row = told.feature.map(|row| format!(", #{}", u64::from(row) + 1)).unwrap_or_default();
    let place = told.place.map(|place| format!("{}{row}: ", placed(strings, place))).unwrap_or_default();
    let severity = strings.doctor.severity(told.severity.as_str());
    format!("{severity:<7}  {place}{}", told.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_readers_are_written_like_those_of_the_doctor() {
        assert_eq!(["TooShort", "Syntax", "NotGeoJson"].map(dashed), ["too-short", "syntax", "not-geo-json"]);
    }

    #[test]
    fn what_is_wrong_a_thousand_times_is_told_twenty_times() {
        let told = |kind: &str, line: u64| Told {
            place: Some((line, 1)),
            ..plain(Severity::Warning, kind, format!("Something {kind}"))
        };
        let many = (1..=50).map(|line| told("winding", line));
        let checked = Checked {
            path: PathBuf::from("a.geojson"),
            format: "GeoJSON",
            features: 51,
            vertices: 204,
            bounds: None,
            told: many.chain([told("short", 99)]).collect(),
            untold: 7,
        };
        let text = as_text(Strings::embedded(crate::i18n::Language::En), &[checked]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 1 + 20 + 1 + 1 + 1);
        assert!(lines[20].contains("line 20,") && lines[21].contains("line 99,"), "{text}");
        assert_eq!(lines[22..], ["  warning  and 30 more: Something winding", "  and 7 more"]);
    }
}
