//! JSON with the byte of everything, tolerant: what can be understood is, and each slip is told where it is.
//!
//! Invariant: one feature stands in memory at a time, and nesting is counted, never felt.

mod literals;

use std::ops::Range;

use super::Kind;

/// As deep as the program's own reader goes.
const DEEPEST: usize = 128;
/// Begins a record of a text sequence (RFC 8142).
const RECORD: u8 = 0x1e;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Object(Vec<Member>),
    Array(Vec<Node>),
    Number(f64),
    Text(String),
    Bool,
    Null,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    pub(super) name: String,
    /// From the first quote of its name.
    pub(super) start: usize,
    pub(super) node: Node,
}

impl Node {
    pub(super) fn member(&self, name: &str) -> Option<&Member> {
        match &self.value {
            // Of two that are called so the last one counts, as for most readers.
            Value::Object(members) => members.iter().rev().find(|member| member.name == name),
            _ => None,
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        self.member(name).map(|member| &member.node)
    }

    pub(super) fn items(&self) -> Option<&[Self]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        self.value == Value::Null
    }
}

/// What is done with what is found.
pub(super) trait Visit {
    /// A slip of the writing at a byte; `instead` is what should stand in that range.
    fn slip(&mut self, kind: Kind, at: usize, instead: Option<(Range<usize>, &str)>);
    /// A member of the list `features`; the visitor says whether it goes on.
    fn feature(&mut self, node: &Node) -> bool;
    /// What stands between these bytes could not be understood.
    fn lost(&mut self, span: Range<usize>);
    /// A value at the top, `features` being left out of it; `count` of them were visited.
    fn top(&mut self, node: &Node, features: Option<usize>);
}

/// Nothing more can be understood from here.
struct Lost;

struct Scanner<'a, V: Visit> {
    bytes: &'a [u8],
    at: usize,
    visitor: &'a mut V,
    /// How many members the list `features` of the value at the top had.
    features: Option<usize>,
    is_stopped: bool,
}

/// Walks through a whole file from `start`.
pub(super) fn scan(bytes: &[u8], start: usize, visitor: &mut impl Visit) {
    let mut scanner = Scanner { bytes, at: start, visitor, features: None, is_stopped: false };
    scanner.document();
}

impl<V: Visit> Scanner<'_, V> {
    fn document(&mut self) {
        let mut count = 0;
        loop {
            let before = self.at;
            self.blank();
            let Some(first) = self.peek() else { return };
            let parted = self.bytes[before..self.at].iter().any(|byte| [b'\n', RECORD].contains(byte));
            if count > 0 && !(first == b'{' && parted) {
                self.visitor.slip(Kind::AfterEnd, self.at, Some((self.at..self.bytes.len(), "")));
                return;
            }
            count += 1;
            let start = self.at;
            self.features = None;
            if let Ok(node) = self.value(0) {
                self.visitor.top(&node, self.features);
            } else {
                self.visitor.lost(start..self.at.max(start + 1));
                // Another record may follow on a line of its own.
                let rest = &self.bytes[self.at.min(self.bytes.len())..];
                let Some(next) = memchr::memmem::find(rest, b"\n{") else { return };
                self.at += next;
            }
            if self.is_stopped {
                return;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Over white space, separators of records and comments.
    fn blank(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | RECORD => self.at += 1,
                b'/' if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => self.comment(),
                _ => return,
            }
        }
    }

    fn comment(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = if rest[1] == b'/' {
            memchr::memchr(b'\n', rest)
        } else {
            memchr::memmem::find(&rest[2..], b"*/").map(|end| end + 4)
        };
        let end = self.at + length.unwrap_or(rest.len());
        self.visitor.slip(Kind::Comment, self.at, Some((self.at..end, "")));
        self.at = end;
    }

    fn value(&mut self, depth: usize) -> Result<Node, Lost> {
        self.blank();
        let start = self.at;
        if depth > DEEPEST {
            self.visitor.slip(Kind::TooDeep, start, None);
            return Err(Lost);
        }
        let value = match self.peek() {
            None => return self.cut(),
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::Text(self.text()?),
            Some(b'\'') => Value::Text(self.quoted()?),
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number(),
            Some(_) => self.word()?,
        };
        Ok(Node { value, span: start..self.at })
    }

    fn cut<T>(&mut self) -> Result<T, Lost> {
        self.visitor.slip(Kind::CutShort, self.bytes.len(), None);
        self.at = self.bytes.len();
        Err(Lost)
    }

    fn unexpected<T>(&mut self) -> Result<T, Lost> {
        self.visitor.slip(Kind::Unexpected, self.at, None);
        Err(Lost)
    }

    /// Between two items: whether another follows. `close` ends the list.
    fn goes_on(&mut self, close: u8, starts: fn(u8) -> bool) -> Result<bool, Lost> {
        self.blank();
        match self.peek() {
            None => self.cut(),
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.blank();
                if self.peek() == Some(close) {
                    self.visitor.slip(Kind::TrailingComma, comma, Some((comma..comma + 1, "")));
                    self.at += 1;
                    return Ok(false);
                }
                Ok(true)
            }
            Some(byte) if starts(byte) => {
                self.visitor.slip(Kind::MissingComma, self.at, Some((self.at..self.at, ",")));
                Ok(true)
            }
            Some(_) => self.unexpected(),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Lost> {
        self.at += 1;
        let mut items = Vec::new();
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.goes_on(b']', starts_value)? {
                return Ok(Value::Array(items));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Lost> {
        self.at += 1;
        let mut members = Vec::new();
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            self.blank();
            let start = self.at;
            let name = self.key()?;
            self.blank();
            match self.peek() {
                Some(b':') => self.at += 1,
                None => return self.cut(),
                Some(byte) if starts_value(byte) => {
                    self.visitor.slip(Kind::MissingColon, self.at, Some((self.at..self.at, ":")));
                }
                Some(_) => {
                    self.visitor.slip(Kind::MissingColon, self.at, None);
                    return Err(Lost);
                }
            }
            self.blank();
            let node = if depth == 0 && name == "features" && self.peek() == Some(b'[') {
                self.list_of_features()?
            } else {
                self.value(depth + 1)?
            };
            members.push(Member { name, start, node });
            if self.is_stopped || !self.goes_on(b'}', |byte| byte == b'"')? {
                return Ok(Value::Object(members));
            }
        }
    }

    /// Each member is handed over and forgotten; after one that is lost the next is looked for.
    fn list_of_features(&mut self) -> Result<Node, Lost> {
        let start = self.at;
        self.at += 1;
        let mut count = 0;
        self.blank();
        let mut more = self.peek() != Some(b']');
        if !more {
            self.at += 1;
        }
        while more {
            self.blank();
            let begin = self.at;
            let (read, from) = match self.value(2) {
                Ok(node) => {
                    count += 1;
                    if !self.visitor.feature(&node) {
                        self.is_stopped = true;
                        break;
                    }
                    (self.goes_on(b']', starts_value), node.span.end)
                }
                Err(lost) => (Err(lost), begin),
            };
            if let Ok(goes_on) = read {
                more = goes_on;
                continue;
            }
            let next = self.next_feature();
            let end = next.unwrap_or(self.bytes.len());
            self.visitor.lost(from..end);
            self.at = end;
            if next.is_none() {
                self.features = Some(count);
                return Err(Lost);
            }
        }
        self.features = Some(count);
        Ok(Node { value: Value::Array(Vec::new()), span: start..self.at })
    }

    /// Where the next feature begins, as most programs begin one.
    fn next_feature(&self) -> Option<usize> {
        let mut from = self.at.min(self.bytes.len());
        loop {
            let found = from + memchr::memmem::find(&self.bytes[from..], b"\"type\"")?;
            let after: Vec<u8> = self.bytes[found + 6..]
                .iter()
                .copied()
                .filter(|byte| !byte.is_ascii_whitespace())
                .take(10)
                .collect();
            let before = self.bytes[..found].iter().rposition(|byte| !byte.is_ascii_whitespace());
            let opening = before.filter(|at| self.bytes[*at] == b'{' && *at >= self.at);
            if after == b":\"Feature\"" && opening.is_some() {
                return opening;
            }
            from = found + 6;
        }
    }

    fn key(&mut self) -> Result<String, Lost> {
        match self.peek() {
            None => self.cut(),
            Some(b'"') => self.text(),
            Some(b'\'') => self.quoted(),
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => {
                let start = self.at;
                let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || [b'_', b'$'].contains(byte);
                self.at += self.bytes[start..].iter().take_while(|byte| is_name(byte)).count();
                let name = String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned();
                let quoted = format!("\"{name}\"");
                self.visitor.slip(Kind::UnquotedKey, start, Some((start..self.at, &quoted)));
                Ok(name)
            }
            Some(_) => self.unexpected(),
        }
    }
}

fn starts_value(byte: u8) -> bool {
    byte.is_ascii_digit() || b"{[\"-".contains(&byte)
}
