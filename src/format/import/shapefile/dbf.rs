//! The table beside the shapes, in dBASE III and what grew from it.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

use super::super::cursor::{Cursor, Order, Short};
use super::super::property::Properties;
use crate::data::ProblemKind;
use crate::format::csv::guessed;

const HEADER: usize = 32;
const FIELD: usize = 32;
/// Bytes of text that are looked at for its encoding.
const LOOKED_AT: usize = 1 << 18;
/// Days between the Julian day 0 and 1 January 1970.
const EPOCH: i64 = 2_440_588;

/// A column.
#[derive(Clone, Debug, PartialEq)]
struct Field {
    name: String,
    kind: u8,
    /// Where it begins in a row, and how long it is.
    at: usize,
    length: usize,
}

/// All rows.
#[derive(Debug)]
pub(super) struct Table<'a> {
    fields: Vec<Field>,
    rows: &'a [u8],
    /// Bytes of a row.
    width: usize,
    encoding: &'static Encoding,
}

impl<'a> Table<'a> {
    /// Reads the header; a table that has none has no columns. `declared` is what the `.cpg` says.
    pub(super) fn of(bytes: &'a [u8], declared: &str) -> Self {
        Self::header(bytes, declared).unwrap_or(Self {
            fields: Vec::new(),
            rows: &[],
            width: 0,
            encoding: UTF_8,
        })
    }

    fn header(bytes: &'a [u8], declared: &str) -> Result<Self, Short> {
        let mut cursor = Cursor::new(bytes, 8, Order::Little);
        let (begin, width) = (usize::from(cursor.u16()?), usize::from(cursor.u16()?));
        let language = *bytes.get(29).ok_or(Short)?;
        let (mut raw, mut at) = (Vec::new(), 1);
        let mut cursor =
            Cursor::new(bytes.get(..begin.min(bytes.len())).ok_or(Short)?, HEADER, Order::Little);
        while let Ok(field) = cursor.take(FIELD) {
            if field[0] == 0x0d {
                break;
            }
            let end = field[..11].iter().position(|byte| *byte == 0).unwrap_or(11);
            let kind = field[11].to_ascii_uppercase();
            // Long texts keep the higher byte of their length where others have decimals.
            let high = if kind == b'C' { usize::from(field[17]) << 8 } else { 0 };
            let length = usize::from(field[16]) + high;
            if at + length > width {
                break;
            }
            raw.push((&field[..end], kind, at, length));
            at += length;
        }
        let rows = bytes.get(begin..).unwrap_or_default();
        let fields: Vec<Field> = raw
            .iter()
            .map(|&(_, kind, at, length)| Field { name: String::new(), kind, at, length })
            .collect();
        let mut table = Self { fields, rows, width, encoding: UTF_8 };
        let mut sample: Vec<u8> =
            raw.iter().flat_map(|(name, ..)| name.iter().copied().chain([b'\n'])).collect();
        table.texts(&mut sample);
        table.encoding = encoding(declared, language, &sample);
        for (field, (name, ..)) in table.fields.iter_mut().zip(&raw) {
            table.encoding.decode_without_bom_handling(name).0.trim().clone_into(&mut field.name);
        }
        Ok(table)
    }

    /// Adds the texts of the first rows, as far as something is to be learned from them.
    fn texts(&self, sample: &mut Vec<u8>) {
        if self.width == 0 {
            return;
        }
        for row in self.rows.chunks_exact(self.width) {
            for field in self.fields.iter().filter(|field| field.kind == b'C') {
                let text = trimmed(&row[field.at..field.at + field.length]);
                if !text.is_ascii() {
                    sample.extend_from_slice(text);
                    sample.push(b'\n');
                }
            }
            if sample.len() > LOOKED_AT {
                return;
            }
        }
    }

    fn bytes(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_mul(self.width)?;
        self.rows.get(start..start + self.width).filter(|row| !row.is_empty() && row[0] != 0x1a)
    }

    /// Whether a row was taken out, and its shape with it.
    pub(super) fn is_deleted(&self, number: usize) -> bool {
        self.bytes(number).is_some_and(|row| row[0] == b'*')
    }

    /// What a row says; the fault is one of its texts that is none.
    pub(super) fn row(&self, number: usize, properties: &mut Properties) -> Option<ProblemKind> {
        if self.fields.is_empty() {
            return None;
        }
        let Some(row) = self.bytes(number) else { return Some(ProblemKind::Truncated) };
        let mut fault = None;
        for field in &self.fields {
            let raw = &row[field.at..field.at + field.length];
            let is_text = self.cell(field, raw, properties);
            if !is_text {
                fault = Some(ProblemKind::Encoding);
            }
        }
        fault
    }

    /// Adds one value; `false` where its bytes are no text.
    fn cell(&self, field: &Field, raw: &[u8], properties: &mut Properties) -> bool {
        let name = field.name.as_str();
        let ascii = || String::from_utf8_lossy(trimmed(raw)).into_owned();
        let mut cursor = Cursor::new(raw, 0, Order::Little);
        match (field.kind, raw.len()) {
            // Memos stand in a file of their own, and zeros are no text.
            (b'M' | b'G' | b'P' | b'0', _) => {}
            // Stars stand for a number that did not fit.
            (b'N' | b'F', _) if raw.contains(&b'*') => {}
            (b'N' | b'F', _) => properties.field_of_number(name, &ascii()),
            (b'L', _) => match raw.first() {
                Some(b'T' | b't' | b'Y' | b'y') => properties.json(name, "true".to_owned()),
                Some(b'F' | b'f' | b'N' | b'n') => properties.json(name, "false".to_owned()),
                _ => {}
            },
            (b'D', 8) => {
                let text = ascii();
                if text.len() == 8 && text != "00000000" && text.bytes().all(|byte| byte.is_ascii_digit()) {
                    properties.text(name, &format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
                }
            }
            (b'I' | b'+', 4) => {
                let value = cursor.u32().unwrap_or_default().cast_signed();
                properties.json(name, value.to_string());
            }
            (b'B' | b'O', 8) => properties.number(name, cursor.f64().unwrap_or(f64::NAN)),
            (b'T' | b'@', 8) => {
                let (days, millis) = (cursor.u32().unwrap_or_default(), cursor.u32().unwrap_or_default());
                properties.text(name, &moment(days, millis).unwrap_or_default());
            }
            _ => {
                let (text, is_bad) = self.encoding.decode_without_bom_handling(trimmed(raw));
                properties.text(name, &text);
                return !is_bad;
            }
        }
        true
    }
}

/// A day by its Julian number and a time in thousandths of a second; `None` where the day is 0.
fn moment(days: u32, millis: u32) -> Option<String> {
    let seconds = (i64::from(days) - EPOCH).checked_mul(86_400)?.checked_add(i64::from(millis / 1_000))?;
    let time = jiff::Timestamp::from_second(seconds).ok().filter(|_| days > 0)?;
    Some(time.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// Without the blanks and zeros that fill a field.
fn trimmed(raw: &[u8]) -> &[u8] {
    let end = raw.iter().position(|byte| *byte == 0).unwrap_or(raw.len());
    raw[..end].trim_ascii()
}

/// By what the `.cpg` says, else by the header, else as the texts look. What is declared and does not fit the texts
/// is not believed.
fn encoding(declared: &str, language: u8, sample: &[u8]) -> &'static Encoding {
    let fits = |encoding: &&'static Encoding| !encoding.decode_without_bom_handling(sample).1;
    let named = of_name(declared).or_else(|| of_language(language));
    named.filter(fits).unwrap_or_else(|| guessed(sample))
}

fn of_name(declared: &str) -> Option<&'static Encoding> {
    let name = declared.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
    if let Some(encoding) = Encoding::for_label(name.as_bytes()) {
        // GB18030 reads all that GBK does, and more.
        return Some(if encoding == encoding_rs::GBK { GB18030 } else { encoding });
    }
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    of_page(digits.parse().ok()?)
}

/// Code pages of Windows; 88591 is what `ArcGIS` calls Latin 1.
fn of_page(page: u32) -> Option<&'static Encoding> {
    match page {
        936 | 54936 => Some(GB18030),
        949 | 51949 => Some(EUC_KR),
        950 => Some(BIG5),
        932 => Some(SHIFT_JIS),
        65001 => Some(UTF_8),
        88591 | 1252 => Some(WINDOWS_1252),
        1250..=1258 => Encoding::for_label(format!("windows-{page}").as_bytes()),
        _ => None,
    }
}

/// The language driver in the header (dBASE and `FoxPro`), where it says more than "as usual here".
fn of_language(language: u8) -> Option<&'static Encoding> {
    of_page(match language {
        0x4d | 0x7a => 936,
        0x4e | 0x79 => 949,
        0x4f | 0x78 => 950,
        0x13 | 0x7b => 932,
        0xc8 => 1250,
        0xc9 => 1251,
        0xca => 1254,
        0xcb => 1253,
        _ => return None,
    })
}
