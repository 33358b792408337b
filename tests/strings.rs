//! The three languages say the same things, in the voice of the atlas.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use corridor_atlas::i18n::{Language, Strings};
use serde_json::Value;

/// Names and units that read the same everywhere.
const SAME_EVERYWHERE: &[&str] = &[
    "attribution.geonames",
    "attribution.natural_earth",
    "crs.guess",
    "crs.line",
    "crs.line_named",
    "keys.key_enter",
    "units.ha",
    "units.km",
    "units.km2",
    "units.m",
    "units.mm",
];

#[test]
fn every_language_is_whole() {
    for language in Language::ALL {
        let text = fs::read_to_string(path(language)).expect("a file of texts");
        if let Err(error) = Strings::parse(&text) {
            panic!("{language}: {error}");
        }
        assert!(!Strings::embedded(language).app_name.is_empty());
    }
}

#[test]
fn every_language_has_the_same_keys_and_holes() {
    let english = texts(Language::En);
    let mut faults = Vec::new();
    for language in [Language::Zh, Language::Ko] {
        let other = texts(language);
        let (own, theirs): (BTreeSet<_>, BTreeSet<_>) = (english.keys().collect(), other.keys().collect());
        for key in own.symmetric_difference(&theirs) {
            faults.push(format!("{key} is not in both en and {language}"));
        }
        for (key, text) in &other {
            let wanted = english.get(key).map(|text| holes(text)).unwrap_or_default();
            if holes(text) != wanted {
                faults.push(format!("{language} {key}: {text:?} should have the holes {wanted:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_empty_shouted_or_flattering() {
    let words = ["please", "successful", "sorry", "oops", "请", "成功", "抱歉", "제발", "성공", "죄송"];
    each_text(|text| {
        let lower = text.to_lowercase();
        if text.trim().is_empty() {
            return Some("is empty".to_owned());
        }
        if let Some(word) = words.iter().find(|word| lower.contains(**word)) {
            return Some(format!("says {word:?}"));
        }
        text.contains(['!', '！']).then(|| "shouts".to_owned())
    });
}

#[test]
fn texts_are_set_with_the_signs_of_print() {
    each_text(|text| {
        if text.contains(['"', '\'', '`']) {
            return Some("has a typewriter's quote".to_owned());
        }
        if text != ", " && (text.trim() != text || text.contains("  ")) {
            return Some("has a stray space".to_owned());
        }
        (text.contains("...") || text.contains(" - ")).then(|| "has a typewriter's dots or dash".to_owned())
    });
}

#[test]
fn chinese_and_korean_are_written_in_their_scripts() {
    let mut faults = Vec::new();
    for (language, is_own) in [(Language::Zh, is_han as fn(char) -> bool), (Language::Ko, is_hangul)] {
        for (key, text) in texts(language) {
            let has_words = outside_holes(&text).chars().any(char::is_alphabetic);
            if has_words && !text.chars().any(is_own) && !SAME_EVERYWHERE.contains(&key.as_str()) {
                faults.push(format!("{language} {key}: {text:?} is not translated"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn korean_texts_hold_no_han_and_chinese_texts_no_western_marks() {
    let mut faults = Vec::new();
    for (key, text) in texts(Language::Ko) {
        if text.chars().any(is_han) {
            faults.push(format!("ko {key}: {text}"));
        }
    }
    for (key, text) in texts(Language::Zh) {
        let chars: Vec<char> = text.chars().collect();
        let is_western = |pair: &[char]| is_han(pair[0]) && [',', ';', ':', '?', '.', '('].contains(&pair[1]);
        if chars.windows(2).any(is_western) {
            faults.push(format!("zh {key}: {text}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_korean_particle_stands_behind_a_hole() {
    // What fills the hole decides between 은 and 는, so the texts avoid the choice.
    let particles = ["은 ", "는 ", "이 ", "가 ", "을 ", "를 ", "과 ", "와 ", "으로 ", "로 "];
    let mut faults = Vec::new();
    for (key, text) in texts(Language::Ko) {
        for part in text.split('}').skip(1) {
            if particles.iter().any(|particle| part.starts_with(particle)) {
                faults.push(format!("ko {key}: {text}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn each_text(fault: impl Fn(&str) -> Option<String>) {
    let mut faults = Vec::new();
    for language in Language::ALL {
        for (key, text) in texts(language) {
            if let Some(fault) = fault(&text) {
                faults.push(format!("{language} {key}: {text:?} {fault}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

fn is_hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

fn holes(text: &str) -> BTreeSet<String> {
    let ends = text.split('{').skip(1);
    ends.filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn outside_holes(text: &str) -> String {
    text.split('}').filter_map(|part| part.split('{').next()).collect()
}

/// Every text of a language by its key, `panel.fly_to`.
fn texts(language: Language) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path(language)).expect("a file of texts");
    let value = serde_json::from_str(&text).expect("JSON");
    let mut found = BTreeMap::new();
    collect(String::new(), value, &mut found);
    assert!(found.len() > 300, "{language} has {} texts only", found.len());
    found
}

fn collect(key: String, value: Value, found: &mut BTreeMap<String, String>) {
    let inside = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match value {
        Value::String(text) => {
            found.insert(key, text);
        }
        Value::Object(map) => map.into_iter().for_each(|(name, value)| collect(inside(&name), value, found)),
        Value::Array(list) => {
            list.into_iter()
                .enumerate()
                .for_each(|(at, value)| collect(inside(&at.to_string()), value, found));
        }
        other => panic!("{key}: {other} is no text"),
    }
}

fn path(language: Language) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("assets/i18n/{language}.json"))
}
