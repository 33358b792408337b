//! What a reader sees is there in three languages, and none of it is a note to ourselves.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{FILES, assert_none, atlas, json, walk};

/// Names and units that stand in Latin letters in Chinese and Korean too.
const LATIN: &[&str] = &[
    "ADB",
    "AIIB",
    "BECZ",
    "CBECZ",
    "CBECZs",
    "BRI",
    "CITIC",
    "China",
    "Merchants",
    "Port",
    "CPEC",
    "DMZ",
    "FDI",
    "GCJ",
    "GPS",
    "GeoNames",
    "Hambantota",
    "ICBC",
    "KINU",
    "LHS",
    "Link",
    "MOU",
    "NDRC",
    "Natural",
    "Earth",
    "OpenStreetMap",
    "RTS",
    "SCO",
    "TEU",
    "USB",
    "WGS",
    "gov",
    "NELB",
    "CMREC",
    "CCWAEC",
    "CICPEC",
    "BCIMEC",
];

/// What must not stand anywhere: slips of the handed data and notes to ourselves.
const FORBIDDEN: &[&str] = &[
    "unnamed OSM node",
    "becz.json",
    ".json",
    "SUSPECT",
    "Pengxiang",
    "Zamyn-Uud",
    "Zhetigen",
    "Pogranichnyy",
    "gauge_changes",
    "the handed",
    "found by search",
    "general knowledge, unverified",
    "TODO",
    "uncertain:",
    "(2016, uncertain)",
    "热特根",
    "下列宁斯科耶",
    "차우퓨",
    "쿤자랍",
];

/// Every text in three languages, with where it stands.
fn texts() -> Vec<(String, [String; 3])> {
    let mut found = Vec::new();
    for file in FILES {
        walk(file, &json(file), &mut |path, value| {
            let Some(object) = value.as_object().filter(|object| object.contains_key("en")) else { return };
            found.push((format!("{file} {path}"), ["en", "zh", "ko"].map(|code| text(object, code))));
        });
    }
    assert!(found.len() > 2400, "{}", found.len());
    found
}

fn text(object: &Map<String, Value>, code: &str) -> String {
    object.get(code).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Without what is quoted as printed and what stands in corner brackets.
fn unquoted(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '“' | '〔' => depth += 1,
            '”' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[test]
fn everything_is_said_in_three_languages() {
    let mut faults = Vec::new();
    for (at, texts) in texts() {
        if texts.iter().any(|text| text.trim().is_empty() || text.trim() != text) {
            faults.push(format!("{at}: {texts:?}"));
        }
    }
    assert_none(&faults);
}

#[test]
fn no_english_is_left_in_chinese_and_korean() {
    let mut faults = Vec::new();
    for (at, [_, zh, ko]) in texts() {
        for text in [zh, ko] {
            let plain = unquoted(&text);
            let words = plain.split(|c: char| !c.is_alphabetic() || is_han(c) || is_hangul(c));
            let left: Vec<&str> =
                words.filter(|word| word.chars().count() > 2 && !LATIN.contains(word)).collect();
            if !left.is_empty() {
                faults.push(format!("{at}: {left:?} in {text:?}"));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn chinese_is_in_chinese_and_korean_in_korean() {
    let mut faults = Vec::new();
    for (at, [en, zh, ko]) in texts() {
        let has_words = en.chars().filter(|c| c.is_alphabetic()).count() > 4;
        let is_symbol = |text: &str| !text.chars().any(|c| is_han(c) || is_hangul(c));
        if zh.chars().any(is_hangul) || unbracketed(&unquoted(&ko)).chars().any(is_han) {
            faults.push(format!("{at}: {zh:?} {ko:?}"));
        }
        if has_words && (is_symbol(&zh) || is_symbol(&ko)) && en.chars().any(char::is_lowercase) {
            faults.push(format!("{at}: {en:?} {zh:?} {ko:?}"));
        }
    }
    assert_none(&faults);
}

/// Without what stands in round brackets: a Chinese term beside its Korean one.
fn unbracketed(text: &str) -> String {
    let mut kept = String::new();
    for part in text.split('(') {
        kept.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
    }
    if text.contains('(') { kept } else { text.to_owned() }
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

#[test]
fn nothing_is_a_note_to_ourselves_or_a_slip_that_was_mended() {
    let mut faults = Vec::new();
    for file in FILES {
        walk(file, &json(file), &mut |path, value| {
            let Some(text) = value.as_str() else { return };
            for word in FORBIDDEN.iter().filter(|word| text.contains(**word)) {
                faults.push(format!("{file} {path}: {word:?} in {text:?}"));
            }
        });
    }
    assert_none(&faults);
}

#[test]
fn the_documents_slips_stand_only_where_they_are_quoted() {
    let mut faults = Vec::new();
    let mut quoted = BTreeSet::new();
    for file in FILES {
        walk(file, &json(file), &mut |path, value| {
            let Some(text) = value.as_str() else { return };
            for slip in ["Hambanthota", "CRECZ", "Reform Committee", "Kyauk Phyu"] {
                if unquoted(text).contains(slip) && !path.contains("name.also[") {
                    faults.push(format!("{file} {path}: {text:?}"));
                } else if text.contains(slip) {
                    quoted.insert(slip);
                }
            }
        });
    }
    assert_none(&faults);
    assert_eq!(quoted.len(), 4, "{quoted:?}");
}

#[test]
fn a_place_has_one_spelling() {
    let mut faults = Vec::new();
    for (at, [en, ..]) in texts() {
        for (wrong, right) in [
            ("Vietnam", "Viet Nam"),
            ("Chittagong", "Chattogram"),
            ("Sühbaatar", "Sükhbaatar"),
            ("Turkey", "Türkiye"),
            ("Hải Phòng", "Haiphong"),
        ] {
            if en.contains(wrong) {
                faults.push(format!("{at}: {en:?} should say {right}"));
            }
        }
    }
    assert_none(&faults);
    let jining: BTreeSet<&str> = atlas()
        .corridors
        .iter()
        .flat_map(|one| &one.routes)
        .flat_map(|route| &route.stops)
        .chain(atlas().projects.iter().flat_map(|one| &one.lines).flat_map(|line| &line.points))
        .filter(|stop| stop.name.ko == "지닝")
        .map(|stop| stop.name.zh.as_str())
        .collect();
    assert_eq!(jining.into_iter().collect::<Vec<_>>(), ["济宁", "集宁（乌兰察布）"]);
}

#[test]
fn the_same_stop_has_the_same_name_everywhere() {
    let stops = atlas().corridors.iter().flat_map(|one| &one.routes).flat_map(|route| &route.stops);
    let lines = atlas().projects.iter().flat_map(|one| &one.lines).flat_map(|line| &line.points);
    let mut names = std::collections::BTreeMap::new();
    for stop in stops.chain(lines) {
        let key = (stop.name.en.as_str(), stop.country.as_str());
        let name = (stop.name.zh.as_str(), stop.name.ko.as_str());
        assert_eq!(*names.entry(key).or_insert(name), name, "{key:?}");
    }
    assert!(names.len() > 200);
}

#[test]
fn quotation_marks_are_the_printed_ones_and_spaces_are_single() {
    let mut faults = Vec::new();
    for (at, texts) in texts() {
        for text in texts {
            if text.contains('"')
                || text.contains("  ")
                || text.matches('“').count() != text.matches('”').count()
            {
                faults.push(format!("{at}: {text:?}"));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn a_text_is_short_enough_to_be_read() {
    let mut faults = Vec::new();
    for (at, [en, ..]) in texts() {
        if en.chars().count() > 420 {
            faults.push(format!("{at}: {} letters", en.chars().count()));
        }
    }
    assert_none(&faults);
}
