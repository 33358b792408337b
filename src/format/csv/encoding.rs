//! Bytes as text: by their mark, as UTF-8, or as what they look most like.
//!
//! Invariant: decoding never fails on bytes that are text in some encoding; where one of them is not, its place
//! is told.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::SheetFault;

/// So many bytes say which encoding it is.
const LOOKED_AT: usize = 1 << 20;
/// How workbooks begin: zip archives, and what came before them.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Text, and how it was written.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) name: &'static str,
    /// The first byte of `text` that stands for bytes which are none.
    pub(super) first_bad: Option<usize>,
}

/// Text from bytes of whatever encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, SheetFault> {
    if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) {
        return Err(SheetFault::Workbook);
    }
    let (encoding, start) = Encoding::for_bom(bytes).unwrap_or_else(|| (guessed(bytes), 0));
    let decoded = decoded(encoding, &bytes[start..]);
    match decoded.text.find('\0') {
        Some(at) => Err(SheetFault::NotText { line: 1 + super::records::line_breaks(&decoded.text[..at]) }),
        None => Ok(decoded),
    }
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, is_malformed) = encoding.decode_without_bom_handling(bytes);
    let first_bad = if is_malformed { text.find(char::REPLACEMENT_CHARACTER) } else { None };
    Decoded { text, name: encoding.name(), first_bad }
}

/// The encoding that bytes look most like.
pub(in crate::format) fn guessed(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    if is_nearly_utf_8(bytes) {
        return UTF_8;
    }
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(start, start.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    // GB18030 reads all that GBK does, and more.
    let guess = if guess == GBK { GB18030 } else { guess };
    let is_clean = |encoding: &'static Encoding| !encoding.decode_without_bom_handling(bytes).1;
    if is_clean(guess) {
        return guess;
    }
    [EUC_KR, GB18030].into_iter().find(|encoding| is_clean(encoding)).unwrap_or(guess)
}

/// Bytes that are text in another encoding, as UTF-8; `None` where they are UTF-8 but for some faults, or have a mark, or
/// are text in no encoding that is known.
pub fn recoded(bytes: &[u8]) -> Option<Vec<u8>> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let encoding = guessed(bytes);
    let (text, is_malformed) = encoding.decode_without_bom_handling(bytes);
    (encoding != UTF_8 && !is_malformed).then(|| text.into_owned().into_bytes())
}

/// UTF-16 without its mark: in tables every other byte of most is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let most = start.len() / 8;
    match (high_first > most, low_first > most) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether it is UTF-8 but for some bytes that were cut: ten characters beyond ASCII for each that is none.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > 10 * bad
}
