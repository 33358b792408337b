//! Tours read, written, and refused by line.

use super::*;
use crate::i18n::Language;

const SMALL: &str = r#"tour = 1
title = "Two steps"

[[step]]
title = { en = "One", ko = "하나" }
at = "zone/horgos"
from = "1992-03"
until = "2006-07"

[[step]]
title = "Two"
caption = "Said to \"all\""
at = "70,35,90,50"
layers = ["corridors"]
filters = { zone = "country = \"Laos\"" }
sources = ["opinion-2018"]
"#;

#[test]
fn what_is_written_reads_back_the_same() {
    let mut tour = read(SMALL).expect("a tour");
    assert_eq!(tour.steps.iter().map(|step| step.line).collect::<Vec<_>>(), [5, 11]);
    tour.steps[0].notes.set(Language::Zh, "第一段\n\n第二段 \u{1}\\".to_owned());
    let again = read(&write(&tour)).expect("what was written");
    for step in &mut tour.steps {
        step.line = 0;
    }
    let mut again_bare = again.clone();
    for step in &mut again_bare.steps {
        step.line = 0;
    }
    assert_eq!(again_bare, tour);
}

#[test]
fn every_fault_has_its_line() {
    let text =
        SMALL.replace("zone/horgos", "nowhere").replace("2006-07", "2006-13").replace("70,35", "95,35");
    let faults = read(&text).expect_err("three faults");
    let lines: Vec<(u64, &'static str)> = faults
        .iter()
        .map(|fault| match &fault.wrong {
            Wrong::Value { key, .. } => (fault.line, *key),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, [(6, "at"), (8, "until"), (13, "at")]);
}

#[test]
fn a_text_that_is_no_tour_says_where_it_stops_being_one() {
    for (text, line, part) in [
        ("tour = 1\ntitle = \"x\"\ntitel = 3\n", 3, "titel"),
        ("tour = 1\ntitle = \"x\"\n[[step]]\ntitle = 7\n", 4, "text"),
        ("tour = 1\ntitle = \"x\n", 2, ""),
        ("tour = 9\ntitle = \"x\"\n[[step]]\ntitle = \"y\"\n", 1, "version 9"),
        ("tour = 1\ntitle = \"x\"\n", 3, "[[step]]"),
        ("tour = 1\ntitle = { fr = \"x\" }\n", 2, "fr"),
    ] {
        let faults = read(text).expect_err(text);
        assert_eq!(faults[0].line, line, "{text}: {faults:?}");
        assert!(faults[0].wrong.to_string().contains(part), "{text}: {faults:?}");
    }
}

#[test]
fn a_language_that_is_missing_is_told_in_another() {
    let tour = read(SMALL).expect("a tour");
    assert_eq!(tour.steps[0].title.get(Language::Ko), "하나");
    assert_eq!(tour.steps[0].title.get(Language::Zh), "One");
    assert_eq!(tour.steps[0].title.own(Language::Zh), None);
}

#[test]
fn the_tours_that_come_along_read_in_three_languages() {
    for (id, text) in BUILT_IN {
        let tour = read(text).unwrap_or_else(|faults| panic!("{id}: {faults:?}"));
        assert_eq!(tour.id.as_deref(), Some(id));
        assert!(tour.steps.len() >= 5, "{id}");
        for words in tour.texts() {
            assert_eq!(words.all().count(), Language::ALL.len(), "{id}: {words:?}");
        }
        assert!(tour.steps.iter().all(|step| !step.sources.is_empty()), "{id}");
    }
}
