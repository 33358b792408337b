//! Finds the positions of `GeoJSON` text, and writes the text again with others in their place.
//!
//! Invariant: every byte that is no position, box or system stays as it is, so that lines keep their numbers.

use std::ops::Range;

use super::geojson::RECORD;
use super::import::push_number;
use super::scan::{Scan, Stuck};

/// Objects in objects, at most: a document, a feature, its geometry, and collections in that.
const MOST_NESTED: usize = 24;
/// Arrays around a number, at most.
const MOST_DEPTH: usize = 8;
/// Begin and end of a document in which a coordinate system is looked for: it stands beside the features.
const EDGE: usize = 1 << 16;

/// What a walk over a document comes to.
enum Found {
    /// The first two numbers, and what stands between the brackets around them.
    Position { numbers: [f64; 2], pair: Range<usize>, whole: Range<usize> },
    /// A value that says nothing any more once positions are others: a box, a system.
    Stale(Range<usize>),
}

type Visit<'v> = dyn FnMut(Found) -> Result<(), Stuck> + 'v;

struct Walk<'a, 'v> {
    scan: Scan<'a>,
    visit: &'v mut Visit<'v>,
}

/// The first `most` positions of a feature, a geometry or a document.
pub(super) fn positions(bytes: &[u8], most: usize) -> Vec<[f64; 2]> {
    let mut found = Vec::new();
    let mut visit = |one: Found| {
        if let Found::Position { numbers, .. } = one {
            found.push(numbers);
        }
        if found.len() < most { Ok(()) } else { Err(Stuck::Stopped) }
    };
    let mut walk = Walk { scan: Scan::new(bytes, 0), visit: &mut visit };
    // What breaks off has the positions before that.
    let _ = walk.object(0);
    found
}

/// The text with each position turned; what has no place has one number alone, which its reader tells of. `goes_on` is
/// asked now and then, with the bytes so far. `None` where it says no.
pub(super) fn turned(
    bytes: &[u8],
    turn: &dyn Fn([f64; 2]) -> Option<[f64; 2]>,
    goes_on: &dyn Fn(u64) -> bool,
) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    loop {
        let mut copied = at;
        let mut visit = |found: Found| {
            let range = match found {
                Found::Stale(range) => {
                    out.extend_from_slice(&bytes[copied..range.start]);
                    out.extend_from_slice(b"null");
                    range
                }
                Found::Position { numbers, pair, whole } => {
                    out.extend_from_slice(&bytes[copied..pair.start]);
                    let Some([lon, lat]) = turn(numbers) else {
                        out.push(b'0');
                        copied = whole.end;
                        return Ok(());
                    };
                    push_number(&mut out, lon);
                    out.push(b',');
                    push_number(&mut out, lat);
                    pair
                }
            };
            copied = range.end;
            if goes_on(range.end as u64) { Ok(()) } else { Err(Stuck::Stopped) }
        };
        let mut walk = Walk { scan: Scan::new(bytes, at), visit: &mut visit };
        let end = walk.document();
        let reached = walk.scan.at.min(bytes.len());
        match end {
            Ok(true) => at = reached,
            Ok(false) => {
                out.extend_from_slice(&bytes[copied..]);
                return Some(out);
            }
            Err(Stuck::Stopped) => return None,
            // Whoever reads the text tells of what is wrong in this line; the next may be a document again.
            Err(_) => {
                let from = reached.max(copied);
                at = memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |line| from + line + 1);
            }
        }
        out.extend_from_slice(&bytes[copied..at]);
    }
}

/// The value of the document's old member `crs`, where it has one at its begin or its end.
pub(super) fn system(bytes: &[u8]) -> Option<&[u8]> {
    let edges = [&bytes[..bytes.len().min(EDGE)], &bytes[bytes.len().saturating_sub(EDGE)..]];
    if !edges.iter().any(|edge| memchr::memmem::find(edge, b"\"crs\"").is_some()) {
        return None;
    }
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut found = None;
    // A document that breaks off may have named it before that.
    let _ = Scan::new(bytes, start).each_member(|key, scan| {
        let from = scan.at;
        scan.skip()?;
        if key == b"crs" {
            found = Some(&scan.bytes[from..scan.at]);
        }
        Ok(())
    });
    found
}

impl Walk<'_, '_> {
    /// One document of several; `false` where none follows.
    fn document(&mut self) -> Result<bool, Stuck> {
        if self.scan.bytes[self.scan.at..].starts_with(b"\xef\xbb\xbf") {
            self.scan.at += 3;
        }
        loop {
            match self.scan.peek() {
                Err(_) => return Ok(false),
                Ok(RECORD | b',') => self.scan.at += 1,
                Ok(b'{') => return self.object(0).map(|()| true),
                Ok(_) => return Err(Stuck::Unexpected),
            }
        }
    }

    fn object(&mut self, nested: usize) -> Result<(), Stuck> {
        if nested > MOST_NESTED {
            return Err(Stuck::Unexpected);
        }
        self.scan.expect(b'{')?;
        if self.scan.takes(b'}')? {
            return Ok(());
        }
        loop {
            let key = self.scan.string()?;
            self.scan.expect(b':')?;
            match (key, self.scan.peek()?) {
                (b"coordinates", b'[') => self.coordinates()?,
                (b"geometry", b'{') => self.object(nested + 1)?,
                (b"geometries" | b"features", b'[') => self.list(nested + 1)?,
                (b"crs" | b"bbox", _) => {
                    let start = self.scan.at;
                    self.scan.skip()?;
                    (self.visit)(Found::Stale(start..self.scan.at))?;
                }
                _ => self.scan.skip()?,
            }
            if !self.scan.takes(b',')? {
                return self.scan.expect(b'}');
            }
        }
    }

    fn list(&mut self, nested: usize) -> Result<(), Stuck> {
        self.scan.expect(b'[')?;
        if self.scan.takes(b']')? {
            return Ok(());
        }
        loop {
            match self.scan.peek()? {
                b'{' => self.object(nested)?,
                _ => self.scan.skip()?,
            }
            if !self.scan.takes(b',')? {
                return self.scan.expect(b']');
            }
        }
    }

    fn coordinates(&mut self) -> Result<(), Stuck> {
        let mut depth = 0_usize;
        loop {
            match self.scan.peek()? {
                b'[' => {
                    self.scan.at += 1;
                    depth += 1;
                    if depth > MOST_DEPTH {
                        return Err(Stuck::Unexpected);
                    }
                }
                b']' => {
                    self.scan.at += 1;
                    depth -= 1;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                b',' => self.scan.at += 1,
                _ => self.position()?,
            }
        }
    }

    /// The numbers of one position; the closing bracket is left.
    fn position(&mut self) -> Result<(), Stuck> {
        let start = self.scan.at;
        let (mut numbers, mut count, mut pair_end) = ([0.0; 2], 0, start);
        loop {
            let value = self.number()?;
            if let Some(slot) = numbers.get_mut(count) {
                *slot = value;
                pair_end = self.scan.at;
            }
            count += 1;
            let end = self.scan.at;
            if !self.scan.takes(b',')? {
                let whole = start..end;
                return if count < 2 {
                    Ok(())
                } else {
                    (self.visit)(Found::Position { numbers, pair: start..pair_end, whole })
                };
            }
        }
    }

    fn number(&mut self) -> Result<f64, Stuck> {
        self.scan.peek()?;
        let rest = &self.scan.bytes[self.scan.at..];
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let text = std::str::from_utf8(&rest[..length]).map_err(|_| Stuck::Unexpected)?;
        let value = text.parse().map_err(|_| Stuck::Unexpected)?;
        self.scan.at += length;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn doubled(text: &str) -> String {
        let turn = |[x, y]: [f64; 2]| (x < 100.0).then_some([2.0 * x, y + 0.5]);
        String::from_utf8(turned(text.as_bytes(), &turn, &|_| true).expect("all")).expect("text")
    }

    #[test]
    fn positions_alone_become_others() {
        let text = "{\"type\":\"FeatureCollection\",\"crs\":{\"a\":1},\"features\":[\n{\"type\":\"Feature\",\"bbox\":[1,2,3,4],\"properties\":{\"coordinates\":[1,2]},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1, 2,9],\n [ 3 ,4 ]]}},\n{\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[5,6]}]}}]}";
        let wanted = "{\"type\":\"FeatureCollection\",\"crs\":null,\"features\":[\n{\"type\":\"Feature\",\"bbox\":null,\"properties\":{\"coordinates\":[1,2]},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[2,2.5,9],\n [ 6,4.5 ]]}},\n{\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[10,6.5]}]}}]}";
        assert_eq!(doubled(text), wanted);
        assert_eq!(positions(text.as_bytes(), 2), [[1.0, 2.0], [3.0, 4.0]]);
    }

    #[test]
    fn lines_that_are_broken_stay_and_the_others_are_turned() {
        let text = "{\"type\":\"Point\",\"coordinates\":[1,1]}\n{\"type\":\"Point\",\"coordinates\":[1,x]}\n{\"type\":\"Point\",\"coordinates\":[200,1,7]}\n";
        let wanted = "{\"type\":\"Point\",\"coordinates\":[2,1.5]}\n{\"type\":\"Point\",\"coordinates\":[1,x]}\n{\"type\":\"Point\",\"coordinates\":[0]}\n";
        assert_eq!(doubled(text), wanted);
    }

    #[test]
    fn a_system_is_found_beside_the_features_wherever_it_stands() {
        for text in [
            r#"{"crs":{"a":[1]},"features":[]}"#,
            r#"{"features":[{"properties":{"crs":0}}], "crs" : {"a":[1]} }"#,
            r#"{"crs":{"a":[1]},"features":["#,
        ] {
            assert_eq!(system(text.as_bytes()), Some(br#"{"a":[1]}"#.as_slice()), "{text}");
        }
        assert_eq!(system(br#"{"features":[{"properties":{"crs":0}}]}"#), None);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much(text in "[\\[\\]{}\",:0-9a-e\n ]{0,60}", cut in 0_usize..200) {
            let whole = format!("{{\"type\":\"Feature\",\"geometry\":{{\"coordinates\":[[1,2],{text}");
            let bytes = &whole.as_bytes()[..cut.min(whole.len())];
            let same = turned(bytes, &|_| None, &|_| true);
            prop_assert!(same.is_some());
            let _ = (positions(bytes, 5), system(bytes));
        }
    }
}
