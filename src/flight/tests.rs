//! Every kind of fault is found at its step, and what is whole is green.

use super::*;
use crate::content::Content;
use crate::tour::{BUILT_IN, built_in, read};

fn found(text: &str) -> Vec<(Option<usize>, u64, String)> {
    let Content { state, scenery, .. } = Content::embedded().expect("the embedded content reads");
    let tour = read(text).expect("a tour");
    let strings = crate::i18n::Strings::embedded(Language::En);
    let findings = check(&state, &scenery, &tour);
    findings.into_iter().map(|finding| (finding.step, finding.line, finding.told(strings))).collect()
}

#[test]
fn each_fault_is_told_with_its_step_and_line() {
    let text = "tour = 1\nminutes = 30\nfiles = [\"not-there.geojson\"]\ntitle = { en = \"T\", ko = \"티\" }\n\
        [[step]]\ntitle = \"A\"\nat = \"zone/horgoss\"\ncaption = \"𓀀 is not drawn\"\nsources = [\"opinion-2018\"]\n\
        [[step]]\ntitle = \"B\"\nat = \"zone/horgos\"\nlayers = [\"corridorz\"]\ncaption = \"said\"\n\
        [[step]]\ntitle = \"C\"\nat = \"term/bri\"\nfilters = { rivers = \"a\", zone = \"country = \" }\nsources = [\"nobody\"]\n";
    let found = found(text);
    let has = |step: Option<usize>, line: u64, part: &str| {
        assert!(
            found.iter().any(|(at, of, told)| *at == step && *of == line && told.contains(part)),
            "{part}: {found:#?}"
        );
    };
    has(None, 0, "not-there.geojson");
    has(None, 0, "planned are 30:00");
    has(Some(0), 6, "zone/horgos");
    has(Some(0), 6, "𓀀");
    has(Some(0), 6, "한국어");
    has(Some(1), 11, "corridors");
    has(Some(1), 11, "no source");
    has(Some(2), 16, "no place");
    has(Some(2), 16, "rivers");
    has(Some(2), 16, "filter of zone");
    has(Some(2), 16, "nobody");
}

#[test]
fn a_caption_that_would_cover_the_map_is_told() {
    let long = "A sentence that goes on and on. ".repeat(20);
    let text = format!(
        "tour = 1\ntitle = \"T\"\n[[step]]\ntitle = \"A\"\ncaption = \"{long}\"\nsources = [\"opinion-2018\"]\n"
    );
    assert!(found(&text).iter().any(|(.., told)| told.contains("do not fit")));
}

#[test]
fn the_tours_that_come_along_are_green() {
    let Content { state, scenery, .. } = Content::embedded().expect("the embedded content reads");
    for (id, _) in BUILT_IN {
        let tour = built_in(id).expect("it reads");
        let findings = check(&state, &scenery, &tour);
        assert!(findings.is_empty(), "{id}: {findings:#?}");
    }
}

#[test]
fn contrast_is_that_of_the_guidelines() {
    let black = Rgba([0, 0, 0, 255]);
    let white = Rgba([255, 255, 255, 255]);
    assert!((ratio(black, white) - 21.0).abs() < 0.01);
    assert!((ratio(Rgba([119, 119, 119, 255]), white) - 4.48).abs() < 0.01);
}
