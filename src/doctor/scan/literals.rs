//! Texts, numbers and words, as JSON writes them and as people do.

use std::ops::Range;

use super::{Lost, Scanner, Value, Visit};
use crate::doctor::Kind;

impl<V: Visit> Scanner<'_, V> {
    pub(super) fn text(&mut self) -> Result<String, Lost> {
        let start = self.at;
        self.at += 1;
        let mut is_plain = true;
        loop {
            let Some(length) = memchr::memchr2(b'"', b'\\', &self.bytes[self.at..]) else {
                return self.cut();
            };
            self.controls(self.at..self.at + length);
            self.at += length;
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                break;
            }
            is_plain = false;
            self.escape();
        }
        let raw = &self.bytes[start..self.at];
        let inner = &raw[1..raw.len() - 1];
        if is_plain {
            return Ok(String::from_utf8_lossy(inner).into_owned());
        }
        let read = serde_json::from_slice(raw);
        Ok(read.unwrap_or_else(|_| String::from_utf8_lossy(inner).into_owned()))
    }

    /// Characters that JSON wants escaped.
    fn controls(&mut self, span: Range<usize>) {
        let bytes = self.bytes;
        for at in span.filter(|at| bytes[*at] < 0x20) {
            let escaped = format!("\\u{:04x}", bytes[at]);
            self.visitor.slip(Kind::ControlCharacter, at, Some((at..at + 1, &escaped)));
        }
    }

    fn escape(&mut self) {
        let start = self.at;
        let hex = |from: usize| {
            let digits = self.bytes.get(from..from + 4)?;
            let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
            is_hex.then(|| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()).flatten()
        };
        let follows = |from: usize| self.bytes.get(from..from + 2) == Some(b"\\u");
        match self.bytes.get(start + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => match hex(start + 2) {
                Some(0xd800..=0xdbff)
                    if follows(start + 6)
                        && hex(start + 8).is_some_and(|low| (0xdc00..0xe000).contains(&low)) =>
                {
                    self.at += 12;
                }
                Some(0xd800..=0xdfff) => {
                    self.visitor.slip(Kind::LoneSurrogate, start, Some((start..start + 6, "\\ufffd")));
                    self.at += 6;
                }
                Some(_) => self.at += 6,
                None => self.bad_escape(),
            },
            _ => self.bad_escape(),
        }
    }

    /// The backslash is meant as one.
    fn bad_escape(&mut self) {
        let start = self.at;
        self.visitor.slip(Kind::BadEscape, start, Some((start..start + 1, "\\\\")));
        self.at = start + 1;
    }

    pub(super) fn quoted(&mut self) -> Result<String, Lost> {
        let start = self.at;
        let Some(length) = memchr::memchr(b'\'', &self.bytes[start + 1..]) else { return self.cut() };
        self.at = start + length + 2;
        let text = String::from_utf8_lossy(&self.bytes[start + 1..self.at - 1]).into_owned();
        let instead = serde_json::Value::from(text.as_str()).to_string();
        self.visitor.slip(Kind::SingleQuotes, start, Some((start..self.at, &instead)));
        Ok(text)
    }

    pub(super) fn number(&mut self) -> Value {
        let start = self.at;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        self.at += self.bytes[start..].iter().take_while(|byte| is_part(byte)).count();
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        if is_json_number(text) {
            let number: f64 = text.parse().unwrap_or(f64::NAN);
            if !number.is_finite() {
                self.visitor.slip(Kind::HugeNumber, start, Some((start..self.at, "null")));
                return Value::Null;
            }
            return Value::Number(number);
        }
        if ["-Infinity", "+Infinity", "-NaN", "+NaN"].contains(&text) {
            self.visitor.slip(Kind::NotANumber, start, Some((start..self.at, "null")));
            return Value::Null;
        }
        // Rust reads what people write: a sign in front, no digit before or after the point.
        let Some(number) = text.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            self.visitor.slip(Kind::BadNumber, start, Some((start..self.at, "null")));
            return Value::Null;
        };
        let instead = serde_json::Value::from(number).to_string();
        self.visitor.slip(Kind::BadNumber, start, Some((start..self.at, &instead)));
        Value::Number(number)
    }

    pub(super) fn word(&mut self) -> Result<Value, Lost> {
        let start = self.at;
        let length = self.bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let word = &self.bytes[start..start + length];
        let value = match word {
            b"true" | b"false" => Value::Bool,
            b"null" => Value::Null,
            b"NaN" | b"Infinity" | b"nan" | b"inf" => {
                self.visitor.slip(Kind::NotANumber, start, Some((start..start + length, "null")));
                Value::Null
            }
            _ => return self.unexpected(),
        };
        self.at += length;
        Ok(value)
    }
}

/// RFC 8259, section 6.
fn is_json_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    if whole == 0 || (whole > 1 && text.starts_with('0')) {
        return false;
    }
    let mut rest = &text[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}
