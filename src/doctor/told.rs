//! Findings in words and with their places.

use super::{Done, Finding, Fix, Kind};
use crate::i18n::Strings;

/// What a kind is called, in a few words.
#[must_use]
pub fn name(strings: &Strings, kind: Kind) -> &str {
    strings.doctor.names.get(kind.key()).map_or(kind.key(), String::as_str)
}

/// `Ring is not closed`, with what there is to tell of it.
#[must_use]
pub fn told(strings: &Strings, finding: &Finding) -> String {
    let name = name(strings, finding.kind);
    if finding.detail.is_empty() {
        return name.to_owned();
    }
    strings.doctor.with_detail.fill_all(&[("name", name), ("detail", &finding.detail)])
}

/// What was done about a fault.
#[must_use]
pub fn done_told(strings: &Strings, done: &Done) -> String {
    let fix: Fix = done.fix;
    let told = strings.doctor.fixes.get(fix.key()).cloned().unwrap_or_else(|| fix.key().to_owned());
    match done.of {
        Some(kind) => {
            strings.doctor.with_detail.fill_all(&[("name", &told), ("detail", name(strings, kind))])
        }
        None => told,
    }
}

/// Line and column of each of some bytes that stand in their order, both from 1; columns count characters. The file
/// is walked through once.
#[must_use]
pub fn places(bytes: &[u8], at: impl Iterator<Item = u64>) -> Vec<(u64, u64)> {
    let (mut from, mut line, mut begin) = (0, 1, 0);
    at.map(|byte| {
        let end = (byte as usize).min(bytes.len()).max(from);
        for newline in memchr::memchr_iter(b'\n', &bytes[from..end]) {
            line += 1;
            begin = from + newline + 1;
        }
        from = end;
        // Continuation bytes of UTF-8 begin no character.
        let column = bytes[begin..end].iter().filter(|byte| (**byte & 0xc0) != 0x80).count() as u64 + 1;
        (line, column)
    })
    .collect()
}
