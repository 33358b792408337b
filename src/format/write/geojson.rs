//! GeoJSON: every feature byte for byte as it stands in its source, each from a line of its own.

use std::io::{self, Write};

use serde::de::IgnoredAny;

use super::feature::is_bare_geometry;
use super::written::Written;
use crate::format::scan::{Scan, Stuck};

/// Brackets in brackets, at most.
const MOST_NESTED: usize = 120;

pub(super) fn write(features: &[&[u8]], out: &mut impl Write) -> io::Result<Written> {
    let mut written = Written::default();
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for &bytes in features {
        if !is_object(bytes) {
            written.skipped += 1;
            continue;
        }
        written.not_json += u64::from(!is_json(bytes));
        let begin: &[u8] = if written.features == 0 { b"\n" } else { b",\n" };
        out.write_all(begin)?;
        if is_bare_geometry(bytes) {
            written.wrapped += 1;
            out.write_all(b"{\"type\":\"Feature\",\"properties\":null,\"geometry\":")?;
            out.write_all(bytes)?;
            out.write_all(b"}")?;
        } else {
            out.write_all(bytes)?;
        }
        written.features += 1;
    }
    out.write_all(b"\n]}\n")?;
    Ok(written)
}

/// Whether it is an object from its first byte to its last: JSON, but for what most readers forgive.
fn is_object(bytes: &[u8]) -> bool {
    let mut scan = Scan::new(bytes, 0);
    scan.peek() == Ok(b'{') && walk(&mut scan, 0).is_ok() && scan.peek() == Err(Stuck::End)
}

fn walk(scan: &mut Scan<'_>, nested: usize) -> Result<(), Stuck> {
    if nested > MOST_NESTED {
        return Err(Stuck::Unexpected);
    }
    match scan.peek()? {
        b'{' => scan.each_member(|key, scan| {
            string(key)?;
            walk(scan, nested + 1)
        }),
        b'[' => {
            scan.expect(b'[')?;
            if scan.takes(b']')? {
                return Ok(());
            }
            loop {
                walk(scan, nested + 1)?;
                if !scan.takes(b',')? {
                    return scan.expect(b']');
                }
            }
        }
        b'"' => string(scan.string()?),
        _ => {
            let start = scan.at;
            scan.skip()?;
            let word = &scan.bytes[start..scan.at];
            check(matches!(word, b"NaN" | b"Infinity" | b"-Infinity") || is_json(word))
        }
    }
}

/// The inside of a string: its escapes must be known, a line break or a tab may stand there as it is.
fn string(raw: &[u8]) -> Result<(), Stuck> {
    let plain = |byte: &u8| if *byte < b' ' { b' ' } else { *byte };
    let quoted = || std::iter::once(b'"').chain(raw.iter().map(plain)).chain([b'"']).collect::<Vec<u8>>();
    check(!raw.contains(&b'\\') || is_json(&quoted()))
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

fn check(is_right: bool) -> Result<(), Stuck> {
    if is_right { Ok(()) } else { Err(Stuck::Unexpected) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_written_byte_for_byte_and_broken_ones_are_not() {
        let features: [&[u8]; 8] = [
            b"{ \"type\":\"Feature\",\"properties\":{\"a\":1.50, \"b\":\"\\u970d\"},\"geometry\":null }",
            b"{\"type\":\"Feature\",\"properties\":{\"a\":NaN},\"geometry\":null}",
            b"{\"type\":\"Point\",\"coordinates\":[1,2]}",
            b"{\"type\":\"Feature\",\"properties\":{\"a\":[1}}",
            b"{\"type\":\"Feature\"",
            b"42",
            b"{}}",
            b"{\"a\":\"\\y\"}",
        ];
        let mut out = Vec::new();
        let written = write(&features, &mut out).expect("written");
        let counts = (written.features, written.skipped, written.not_json, written.wrapped);
        assert_eq!(counts, (3, 5, 1, 1));
        let lines: Vec<&[u8]> = out.split(|byte| *byte == b'\n').collect();
        assert_eq!(lines[1], [features[0], b","].concat());
        assert_eq!(lines[2], [features[1], b","].concat());
        let wrapped =
            [b"{\"type\":\"Feature\",\"properties\":null,\"geometry\":", features[2], b"}"].concat();
        assert_eq!(lines[3], wrapped);
        assert_eq!(lines[4], b"]}");
    }

    #[test]
    fn no_depth_ends_the_program() {
        let deep = format!("{{\"a\":{}", "[".repeat(1 << 20));
        assert!(!is_object(deep.as_bytes()));
        assert!(is_object(b"{\"a\":[[],{},\"]\"]} "));
    }
}
