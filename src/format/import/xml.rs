//! XML piece by piece: elements opened and closed, text, and where each stands.
//!
//! Invariant: nothing is fetched and no entity is expanded but the five of XML and characters by number; depth is
//! counted, and nothing recurses on the file's account.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Spot;
use super::lines::Lines;
use crate::data::ProblemKind;

/// Elements in elements, at most.
const MOST_DEPTH: usize = 256;
/// The declaration stands within so many bytes.
const DECLARATION: usize = 256;

/// An opened element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    start: BytesStart<'a>,
    /// Where its `<` stands.
    pub(super) at: usize,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Token<'a> {
    Open(Element<'a>),
    Close,
    Text(Cow<'a, str>),
    /// The end of the file.
    End,
}

/// What is wrong with a file, and where its text breaks off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: ProblemKind,
    pub(super) at: usize,
}

/// A walk through the text of a file.
pub(super) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where the reader began.
    from: usize,
    pub(super) depth: usize,
    lines: Lines,
}

/// The bytes of a file as text: by their mark, by what the file declares, else as UTF-8.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let declared = || {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]);
        let head = head.split_once("?>")?.0;
        let label = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        let label = label.split(['"', '\'']).nth(1)?;
        Encoding::for_label(label.as_bytes())
    };
    match Encoding::for_bom(bytes) {
        Some((encoding, start)) => encoding.decode_without_bom_handling(&bytes[start..]).0,
        None => declared().unwrap_or(UTF_8).decode_without_bom_handling(bytes).0,
    }
}

/// What the outermost element is called, without its namespace; `None` where none is opened.
pub(super) fn root(head: &[u8]) -> Option<String> {
    let text = decoded(head);
    let mut xml = Xml::new(text.trim_start());
    loop {
        match xml.next() {
            Ok(Token::Open(element)) => return Some(element.name().to_owned()),
            Ok(Token::Text(ref text)) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, reader: reader(text, false), from: 0, depth: 0, lines: Lines::new() }
    }

    /// Bytes of the text that have been read.
    pub(super) fn at(&self) -> usize {
        self.from + self.reader.buffer_position() as usize
    }

    /// The line and column of a byte of the text.
    pub(super) fn spot(&mut self, at: usize) -> Spot {
        self.lines.spot(self.text.as_bytes(), at)
    }

    /// What comes next; comments and instructions are stepped over.
    pub(super) fn next(&mut self) -> Result<Token<'a>, Fault> {
        loop {
            let at = self.at();
            let event = self.reader.read_event().map_err(|error| {
                log::debug!("XML breaks off at byte {at}: {error}");
                let is_end = self.reader.buffer_position() as usize + self.from >= self.text.len();
                let kind = if is_end { ProblemKind::Truncated } else { ProblemKind::Broken };
                Fault { kind, at: self.from + self.reader.error_position() as usize }
            })?;
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MOST_DEPTH {
                        return Err(Fault { kind: ProblemKind::TooDeep, at });
                    }
                    return Ok(Token::Open(Element { start, at }));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Token::Close);
                }
                Event::Text(text) => {
                    let text = text.xml10_content().map_err(|_| Fault { kind: ProblemKind::Encoding, at })?;
                    return Ok(Token::Text(text));
                }
                Event::CData(text) => {
                    let text = text.xml10_content().map_err(|_| Fault { kind: ProblemKind::Encoding, at })?;
                    return Ok(Token::Text(text));
                }
                Event::GeneralRef(reference) => return Ok(Token::Text(Cow::Owned(referred(&reference)))),
                Event::Eof if self.depth > 0 => {
                    return Err(Fault { kind: ProblemKind::Truncated, at: self.text.len() });
                }
                Event::Eof => return Ok(Token::End),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// All text in the element that was opened last, with that of elements in it, to its end.
    pub(super) fn text(&mut self) -> Result<String, Fault> {
        let mut all = String::new();
        let outside = self.depth.saturating_sub(1);
        loop {
            match self.next()? {
                Token::Text(text) => all.push_str(&text),
                Token::Close if self.depth <= outside => return Ok(all),
                Token::Open(_) | Token::Close => {}
                Token::End => return Err(Fault { kind: ProblemKind::Truncated, at: self.at() }),
            }
        }
    }

    /// Steps over the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        self.leave(self.depth.saturating_sub(1))
    }

    /// Goes on until so many elements are open.
    pub(super) fn leave(&mut self, depth: usize) -> Result<(), Fault> {
        while self.depth > depth {
            if matches!(self.next()?, Token::End) {
                break;
            }
        }
        Ok(())
    }

    /// After a fault, goes on with the next element of one of these names, as if nothing were open but what holds
    /// it; `false` where none follows.
    pub(super) fn recover(&mut self, fault: Fault, names: &[&str]) -> bool {
        if fault.kind == ProblemKind::TooDeep {
            return false;
        }
        let from = fault.at.max(self.from + 1).min(self.text.len());
        let rest = self.text.as_bytes();
        let next = memchr::memchr_iter(b'<', &rest[from..]).map(|at| from + at).find(|at| {
            let name =
                self.text[at + 1..].split([' ', '>', '/', '\t', '\r', '\n']).next().unwrap_or_default();
            let local = name.rsplit(':').next().unwrap_or_default();
            names.contains(&local)
        });
        let Some(next) = next else { return false };
        self.reader = reader(&self.text[next..], true);
        self.from = next;
        self.depth = 0;
        true
    }
}

fn reader(text: &str, is_inside: bool) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = is_inside;
    reader
}

/// What `&…;` stands for; one that XML itself does not have stays as it is written.
fn referred(reference: &BytesRef<'_>) -> String {
    let name = String::from_utf8_lossy(reference);
    if let Ok(Some(char)) = reference.resolve_char_ref() {
        return char.to_string();
    }
    match name.as_ref() {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" => "&".to_owned(),
        "apos" => "'".to_owned(),
        "quot" => "\"".to_owned(),
        other => format!("&{other};"),
    }
}

impl Element<'_> {
    /// Its name without its namespace.
    pub(super) fn name(&self) -> &str {
        std::str::from_utf8(self.start.local_name().into_inner()).unwrap_or_default()
    }

    /// An attribute by its name without its namespace.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.start.attributes();
        all.with_checks(false);
        let found = all.flatten().find(|one| one.key.local_name().into_inner() == name.as_bytes())?;
        let raw = String::from_utf8_lossy(&found.value);
        let own = quick_xml::escape::unescape(&raw).map(Cow::into_owned);
        Some(own.unwrap_or_else(|_| raw.clone().into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_text(xml: &str) -> Result<String, Fault> {
        let mut walk = Xml::new(xml);
        assert!(matches!(walk.next(), Ok(Token::Open(_))), "{xml}");
        walk.text()
    }

    #[test]
    fn text_is_text_and_entities_are_not_expanded() {
        for (xml, text) in [
            ("<a>1 &lt; 2 &#x4e2d;&#65;</a>", "1 < 2 中A"),
            ("<a><![CDATA[<b>&amp;</b>]]><c>in</c></a>", "<b>&amp;</b>in"),
            ("<a>&bomb;&nbsp;</a>", "&bomb;&nbsp;"),
            ("<a>fish & chips</a>", "fish & chips"),
        ] {
            assert_eq!(all_text(xml).as_deref(), Ok(text), "{xml}");
        }
        let bomb = r#"<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>"#;
        assert_eq!(all_text(bomb).as_deref(), Ok("&z;"));
    }

    #[test]
    fn depth_is_counted_and_what_ends_early_says_so() {
        let deep = "<a>".repeat(100_000);
        let fault = all_text(&deep).expect_err("deep");
        assert_eq!(fault, Fault { kind: ProblemKind::TooDeep, at: 3 * MOST_DEPTH });
        assert_eq!(all_text("<a><b>x</b>").expect_err("open").kind, ProblemKind::Truncated);
        assert_eq!(all_text("<a><b").expect_err("open").kind, ProblemKind::Truncated);
    }

    #[test]
    fn a_walk_goes_on_behind_a_fault() {
        let mut walk = Xml::new("<a>\n<n:p>1</b></n:p>\n<n:p>2</n:p></a>");
        let fault = loop {
            match walk.next() {
                Ok(_) => {}
                Err(fault) => break fault,
            }
        };
        assert_eq!(walk.spot(fault.at), Spot::Line { line: 2, column: 7 });
        assert!(walk.recover(fault, &["p"]));
        assert!(matches!(walk.next(), Ok(Token::Open(ref p)) if p.name() == "p"));
        assert_eq!(walk.text().as_deref(), Ok("2"));
        assert!(matches!(walk.next(), Ok(Token::Close)) && matches!(walk.next(), Ok(Token::End)));
    }

    #[test]
    fn the_encoding_is_the_one_that_the_file_declares() {
        let (gbk, _, _) =
            encoding_rs::GBK.encode("<?xml version='1.0' encoding='GBK'?><a b='霍&amp;尔'>果斯</a>");
        let text = decoded(&gbk);
        let mut walk = Xml::new(&text);
        let Ok(Token::Open(element)) = walk.next() else { panic!("no element") };
        assert_eq!(element.attribute("b").as_deref(), Some("霍&尔"));
        assert_eq!(walk.text().as_deref(), Ok("果斯"));
        assert_eq!(decoded(b"\xff\xfe<\0a\0/\0>\0"), "<a/>");
    }
}
