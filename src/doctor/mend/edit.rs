//! Pieces of a text that others take the place of.

use std::ops::Range;

use super::super::MARK;

/// As UTF-8 without a mark.
pub(super) fn decoded(bytes: &[u8]) -> Vec<u8> {
    let (wide, rest) = bytes.split_at(bytes.len().min(2));
    let pair: Option<fn([u8; 2]) -> u16> = match wide {
        b"\xff\xfe" => Some(u16::from_le_bytes),
        b"\xfe\xff" => Some(u16::from_be_bytes),
        _ => None,
    };
    if let Some(pair) = pair {
        let units = rest.chunks_exact(2).map(|two| pair([two[0], two[1]]));
        return char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect::<String>()
            .into_bytes();
    }
    let plain = bytes.strip_prefix(MARK).unwrap_or(bytes);
    match std::str::from_utf8(plain) {
        Ok(_) => plain.to_vec(),
        Err(_) => String::from_utf8_lossy(plain).into_owned().into_bytes(),
    }
}

/// A piece of the text and what takes its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edit {
    pub(super) span: Range<usize>,
    pub(super) instead: String,
}

/// The text with all edits made; of two that overlap the first one counts, the other has another round.
pub(super) fn applied(text: &[u8], mut edits: Vec<Edit>) -> Vec<u8> {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = Vec::with_capacity(text.len());
    let mut from = 0;
    for edit in edits.into_iter().filter(|edit| edit.span.end <= text.len()) {
        if edit.span.start < from {
            continue;
        }
        out.extend_from_slice(&text[from..edit.span.start]);
        out.extend_from_slice(edit.instead.as_bytes());
        from = edit.span.end;
    }
    out.extend_from_slice(&text[from..]);
    out
}
