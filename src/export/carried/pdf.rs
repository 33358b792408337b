//! Finds a file embedded in a PDF by its name.
//!
//! Not a reader of PDF: it looks for the one dictionary that names the file and follows it to the stream.
//! Old objects that a newer one replaced, objects packed into streams and streams packed with Flate are
//! understood; files under a password are not. Time and memory grow with the file and no faster.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::{MOST_BYTES, view_text};

/// The mark of a PDF stands within this many bytes from the beginning.
const HEAD_BYTES: usize = 1024;
/// Dictionaries of streams are looked at up to here.
const DICTIONARY_BYTES: usize = 4096;
/// All the unpacking that one file may ask for.
const MOST_UNPACKED_BYTES: usize = 64 << 20;
/// What unpacking takes for itself, however little there is to unpack.
const UNPACKER_BYTES: usize = 1 << 15;
const WHITESPACE: &[u8] = b" \t\r\n\x0c\0";

pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    memmem::find(&bytes[..bytes.len().min(HEAD_BYTES)], b"%PDF-").is_some()
}

/// The text of the embedded file with this name, which has no brackets or backslashes in it.
pub(super) fn embedded(bytes: &[u8], name: &str) -> Option<String> {
    let mut pdf = Pdf::new(bytes);
    let name = format!("({name})");
    let plain = pdf.objects.iter().rev().find_map(|object| {
        let body = &bytes[object.body.clone()];
        memmem::find(body, name.as_bytes()).and_then(|_| file_reference(body))
    });
    let number = plain.or_else(|| pdf.packed_reference(name.as_bytes()))?;
    let stream = pdf.stream(pdf.body(number)?)?;
    view_text(pdf.unpacked(&stream)?)
}

struct Object {
    number: u32,
    /// From behind `obj` to the next object's `obj`, or to the end of the file.
    body: Range<usize>,
}

struct Stream<'a> {
    dictionary: &'a [u8],
    data: &'a [u8],
}

struct Pdf<'a> {
    bytes: &'a [u8],
    objects: Vec<Object>,
    /// Where the newest object of each number stands among the objects.
    newest: HashMap<u32, usize>,
    unpacked_bytes: usize,
}

impl<'a> Pdf<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let mut objects: Vec<Object> = Vec::new();
        for at in memmem::find_iter(bytes, b"obj") {
            let Some(number) = number_before(&bytes[..at]) else { continue };
            if let Some(last) = objects.last_mut() {
                last.body.end = at;
            }
            objects.push(Object { number, body: at + 3..bytes.len() });
        }
        let newest = objects.iter().enumerate().map(|(place, object)| (object.number, place)).collect();
        Self { bytes, objects, newest, unpacked_bytes: 0 }
    }

    /// Where the newest object of this number is.
    fn body(&self, number: u32) -> Option<Range<usize>> {
        self.newest.get(&number).map(|&place| self.objects[place].body.clone())
    }

    /// The stream in the body of an object, if it is one.
    fn stream(&self, body: Range<usize>) -> Option<Stream<'a>> {
        let bytes = self.bytes;
        let head = &bytes[body.start..body.end.min(body.start + DICTIONARY_BYTES)];
        let end = memmem::find(head, b"stream")?;
        let dictionary = &head[..end];
        if !dictionary.trim_ascii_end().ends_with(b">>") {
            return None;
        }
        let mut start = body.start + end + b"stream".len();
        start += usize::from(bytes[start..].starts_with(b"\r"));
        start += usize::from(bytes[start..].starts_with(b"\n"));
        let told = self.length(dictionary).and_then(|length| bytes[start..].split_at_checked(length));
        if let Some((data, behind)) = told
            && trimmed(&behind[..behind.len().min(HEAD_BYTES)]).starts_with(b"endstream")
        {
            return Some(Stream { dictionary, data });
        }
        let rest = bytes.get(start..body.end)?;
        let data = rest[..memmem::find(rest, b"endstream")?].trim_ascii_end();
        Some(Stream { dictionary, data })
    }

    /// The length of a stream's data as its dictionary tells it, at once or in an object of its own.
    fn length(&self, dictionary: &[u8]) -> Option<usize> {
        let value = value(dictionary, b"/Length")?;
        let (number, _) = match reference(value) {
            Some(number) => integer(trimmed(&self.bytes[self.body(number)?]))?,
            None => integer(value)?,
        };
        usize::try_from(number).ok()
    }

    /// The data of a stream as it was before it was packed.
    fn unpacked(&mut self, stream: &Stream<'_>) -> Option<Vec<u8>> {
        let data = stream.data;
        let Some(filter) = value(stream.dictionary, b"/Filter") else {
            return (data.len() <= MOST_BYTES).then(|| data.to_vec());
        };
        let filter = trimmed(filter.strip_prefix(b"[").unwrap_or(filter));
        let behind = trimmed(filter.strip_prefix(b"/FlateDecode")?);
        let is_only_one = behind.starts_with(b"]") || behind.starts_with(b"/") || behind.starts_with(b">>");
        let room = data.len().saturating_mul(2).clamp(UNPACKER_BYTES, MOST_BYTES);
        if !is_only_one || self.unpacked_bytes + room > MOST_UNPACKED_BYTES {
            return None;
        }
        let unpacked = decompress_to_vec_zlib_with_limit(data, MOST_BYTES);
        let used = unpacked.as_ref().map_or_else(|fault| fault.output.len(), Vec::len);
        self.unpacked_bytes += used.max(room);
        unpacked.ok()
    }

    /// The number of the stream, where the dictionary that names the file is packed with other objects.
    fn packed_reference(&mut self, name: &[u8]) -> Option<u32> {
        for place in (0..self.objects.len()).rev() {
            let body = self.objects[place].body.clone();
            let head = &self.bytes[body.start..body.end.min(body.start + DICTIONARY_BYTES)];
            if memmem::find(head, b"/ObjStm").is_none() {
                continue;
            }
            let stream = self.stream(body);
            let Some(stream) = stream.filter(|stream| value(stream.dictionary, b"/ObjStm").is_some()) else {
                continue;
            };
            let Some(objects) = self.unpacked(&stream) else { continue };
            let found = packed_objects(stream.dictionary, &objects)
                .find(|object| memmem::find(object, name).is_some())
                .and_then(file_reference);
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// The objects in an unpacked stream of objects, by the table at its beginning.
fn packed_objects<'a>(dictionary: &[u8], unpacked: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let first =
        value(dictionary, b"/First").and_then(integer).and_then(|(first, _)| usize::try_from(first).ok());
    let (table, objects) = first.and_then(|first| unpacked.split_at_checked(first)).unwrap_or_default();
    let mut table = trimmed(table);
    let mut starts = Vec::new();
    while let Some((_number, rest)) = integer(table) {
        let Some((start, rest)) = integer(trimmed(rest)) else { break };
        starts.extend(usize::try_from(start));
        table = trimmed(rest);
    }
    let ends = starts.iter().skip(1).copied().chain([objects.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).filter_map(|(start, end)| objects.get(start..end))
}

/// The number of the stream that a dictionary naming a file refers to.
fn file_reference(dictionary: &[u8]) -> Option<u32> {
    let files = value(dictionary, b"/EF")?.strip_prefix(b"<<")?;
    let files = &files[..memmem::find(files, b">>")?];
    [b"/UF".as_slice(), b"/F"].into_iter().find_map(|key| value(files, key).and_then(reference))
}

/// What stands behind a name in a dictionary. A longer name that begins alike is another name.
fn value<'a>(dictionary: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    memmem::find_iter(dictionary, name).find_map(|at| {
        let behind = &dictionary[at + name.len()..];
        let is_whole = behind.first().is_none_or(|next| !next.is_ascii_alphanumeric());
        is_whole.then(|| trimmed(behind))
    })
}

/// The number of the object in a reference such as `12 0 R`.
fn reference(bytes: &[u8]) -> Option<u32> {
    let (number, rest) = integer(bytes)?;
    let (_generation, rest) = integer(trimmed(rest))?;
    trimmed(rest).starts_with(b"R").then_some(number)
}

/// The whole number at the beginning, and what is behind it.
fn integer(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at(digits);
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// The number of an object whose `obj` comes next: `12 0 ` stands before it.
fn number_before(bytes: &[u8]) -> Option<u32> {
    // Twenty digits and a few blanks hold any such number; more would make the search slow.
    let bytes = &bytes[bytes.len().saturating_sub(32)..];
    let bytes = before_blanks(bytes)?;
    let (rest, _generation) = number_at_end(bytes)?;
    let (_, number) = number_at_end(before_blanks(rest)?)?;
    Some(number)
}

/// What is before the blanks at the end, of which there is at least one.
fn before_blanks(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.iter().rposition(|byte| !WHITESPACE.contains(byte))? + 1;
    (end < bytes.len()).then(|| &bytes[..end])
}

fn number_at_end(bytes: &[u8]) -> Option<(&[u8], u32)> {
    let start = bytes.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1);
    let (rest, digits) = bytes.split_at(start);
    Some((rest, std::str::from_utf8(digits).ok()?.parse().ok()?))
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| !WHITESPACE.contains(byte)).unwrap_or(bytes.len());
    &bytes[start..]
}
