//! Writes a tour as the text that [`super::read`] reads, laid out for whoever goes on by hand.

use std::fmt::Write;

use super::{Look, Step, Tour, Words};
use crate::i18n::Language;

/// The text of a tour.
#[must_use]
pub fn write(tour: &Tour) -> String {
    let mut out = String::from("tour = 1\n");
    if let Some(id) = &tour.id {
        line(&mut out, "id", &quoted(id));
    }
    if let Some(minutes) = tour.minutes {
        line(&mut out, "minutes", &minutes.to_string());
    }
    if !tour.files.is_empty() {
        line(&mut out, "files", &list(&tour.files));
    }
    table(&mut out, "[title]", &tour.title);
    for step in &tour.steps {
        out.push_str("\n[[step]]\n");
        scalars(&mut out, step);
        table(&mut out, "[step.title]", &step.title);
        table(&mut out, "[step.caption]", &step.caption);
        table(&mut out, "[step.notes]", &step.notes);
        if !step.look.filters.is_empty() {
            out.push_str("\n[step.filters]\n");
            for (of, filter) in &step.look.filters {
                line(&mut out, &quoted(of), &quoted(filter));
            }
        }
    }
    out
}

fn scalars(out: &mut String, step: &Step) {
    let Look { at, select, layers, hide, from, until, viewpoint, filters: _ } = &step.look;
    let texts = [
        ("at", at.as_ref().map(ToString::to_string)),
        ("select", select.as_ref().map(ToString::to_string)),
        ("from", from.map(|month| month.to_string())),
        ("until", until.map(|month| month.to_string())),
        ("viewpoint", viewpoint.clone()),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            line(out, key, &quoted(&text));
        }
    }
    if let Some(layers) = layers {
        line(out, "layers", &list(layers));
    }
    if !hide.is_empty() {
        line(out, "hide", &list(hide));
    }
    if let Some(seconds) = step.seconds {
        line(out, "seconds", &seconds.to_string());
    }
    if !step.sources.is_empty() {
        line(out, "sources", &list(&step.sources));
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{key} = {value}");
}

fn table(out: &mut String, head: &str, words: &Words) {
    let is_title = head.ends_with("title]");
    if words.is_empty() && !is_title {
        return;
    }
    let _ = writeln!(out, "\n{head}");
    for (language, text) in words.all() {
        line(out, language.code(), &quoted(text));
    }
    if words.is_empty() {
        line(out, Language::En.code(), "\"\"");
    }
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A string of TOML in which only what must be is escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
