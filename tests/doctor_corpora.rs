//! The doctor against the files with which others test theirs, in the folder that `ATLAS_CORPORA` names.

use std::fs;
use std::path::{Path, PathBuf};

use corridor_atlas::doctor::{Kind, Severity, examine, mend, places};

fn corpora(part: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("ATLAS_CORPORA").map(|folder| Path::new(&folder).join(part));
    if folder.is_none() {
        println!("skipped: ATLAS_CORPORA names no folder");
    }
    folder
}

fn files(folder: &Path, end: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(end))
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("readable"))
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{}", folder.display());
    files
}

/// Kinds that JSON itself knows.
fn is_syntax(kind: Kind) -> bool {
    kind < Kind::DuplicateKey && kind.severity() == Severity::Error
}

#[test]
fn what_must_parse_has_no_slip_and_what_must_not_has_an_error() {
    let Some(folder) = corpora("JSONTestSuite/test_parsing") else { return };
    let mut wrong = Vec::new();
    for (name, bytes) in files(&folder, ".json") {
        let report = examine(&bytes, &|_| true);
        let slips = report.findings.iter().filter(|finding| is_syntax(finding.kind)).count();
        let is_wrong = match name.split('_').next() {
            Some("y") => slips > 0,
            Some("n") => slips == 0,
            _ => false,
        };
        if is_wrong {
            wrong.push(format!("{name}: {:?}", report.findings));
        }
        assert_eq!(examine(&mend(&bytes).text, &|_| true).count(Severity::Error), 0, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_files_have_no_error() {
    let Some(folder) = corpora("geojsonhint/test/data/good") else { return };
    for (name, bytes) in files(&folder, "json") {
        let report = examine(&bytes, &|_| true);
        // One of them has latitudes down to -141°, which its readers never looked at.
        let errors = report.findings.iter().filter(|finding| finding.kind.severity() == Severity::Error);
        let others: Vec<_> = errors.filter(|finding| finding.kind != Kind::Latitude).collect();
        assert!(others.is_empty(), "{name}: {others:?}");
    }
}

#[test]
fn bad_files_are_told_at_the_line_where_others_tell_them() {
    let Some(folder) = corpora("geojsonhint/test/data/bad") else { return };
    let mut missed = Vec::new();
    for (name, bytes) in files(&folder, ".geojson") {
        let Ok(expected) = fs::read(folder.join(name.replace(".geojson", ".result"))) else { continue };
        let expected: serde_json::Value = serde_json::from_slice(&expected).expect("JSON");
        let report = examine(&bytes, &|_| true);
        let at = places(&bytes, report.findings.iter().map(|finding| finding.byte));
        for hint in expected.as_array().expect("a list") {
            let line = hint["line"].as_u64().unwrap_or_default();
            // They name the line of the object, we that of what is wrong in it: never before it, and near.
            if !at.iter().any(|(ours, _)| (line..=line + 4).contains(ours)) {
                missed
                    .push(format!("{name}: {} at {line}; ours {:?} {at:?}", hint["message"], report.counts));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
