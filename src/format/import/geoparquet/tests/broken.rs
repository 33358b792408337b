//! Files that lie.

use std::io::Write;
use std::path::Path;

use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::column::page::PageReader;
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::super::import;
use super::super::super::tests::Counted;
use super::super::pages::{Pages, survey};
use super::super::thrift::{check_footer, head};
use super::made::{Values, file, flat, point};
use super::{PLAIN, imported, lines, small};
use crate::data::ProblemKind;

#[test]
fn a_file_that_ends_early_is_refused() {
    let bytes = small();
    for length in 4..bytes.len() {
        assert!(imported(&bytes[..length], "a.parquet").is_err(), "{length}");
    }
    assert!(imported(&bytes, "a.parquet").is_ok());
}

/// A footer with a schema of elements that have so many children.
fn schema(children: impl Iterator<Item = u32>) -> Vec<u8> {
    let elements: Vec<u8> = children
        .flat_map(|count| {
            let mut one = vec![0x48, 1, b'a', 0x15];
            push_varint(&mut one, u64::from(count) * 2);
            one.push(0);
            one
        })
        .collect();
    let mut out = vec![0x15, 2, 0x19, 0xfc];
    let count = elements.windows(3).filter(|part| part == b"\x48\x01a").count() as u64;
    push_varint(&mut out, count);
    out.extend(elements);
    out.push(0);
    out
}

fn push_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[test]
fn schemas_that_are_deep_or_count_children_that_are_not_there_are_refused() {
    assert!(check_footer(&schema([1, 1, 0].into_iter())).is_ok());
    assert!(check_footer(&schema((0..100_000).map(|_| 1))).is_err());
    assert!(check_footer(&schema([1_000_000_000, 0].into_iter())).is_err());
    // A list longer than the file, structs in structs, and a number that does not end.
    for bytes in
        [vec![0x19, 0xf5, 0xff, 0xff, 0xff, 0xff, 7], vec![0x1c; 100_000], vec![0x15; 1], vec![0xff; 64]]
    {
        assert!(check_footer(&bytes).is_err(), "{:?}", &bytes[..1]);
    }
}

/// A page of data with its header.
fn page(unpacked: usize, body: &[u8], values: usize) -> Vec<u8> {
    let mut out = vec![0x15, 0, 0x15];
    push_varint(&mut out, 2 * unpacked as u64);
    out.push(0x15);
    push_varint(&mut out, 2 * body.len() as u64);
    out.extend([0x2c, 0x15]);
    push_varint(&mut out, 2 * values as u64);
    out.extend([0x15, 0, 0x15, 6, 0x15, 6, 0, 0]);
    out.extend(body);
    out
}

fn read(chunk: Vec<u8>, packing: Compression) -> Option<Vec<u8>> {
    let mut pages = Pages::new(chunk.into(), packing, [false, false]);
    pages.get_next_page().ok()?.map(|page| page.buffer().to_vec())
}

#[test]
fn pages_are_unpacked_to_their_size_and_not_beyond() {
    let text = b"Khorgos, ".repeat(1_000);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&text).expect("packed");
    let lz4 = lz4_flex::block::compress(&text);
    let mut hadoop = (text.len() as u32).to_be_bytes().to_vec();
    hadoop.extend((lz4.len() as u32).to_be_bytes());
    hadoop.extend(&lz4);
    // As brotli's own program packs it.
    let brotli = b"\x1b\x27\x23\xf8\x1d\x09\x36\xae\xd0\xb7\xa7\x53\x82\x2c\xa1\x95\xdc\x5c\xbe\x9d\xb1\xc4\x6f\xc1\xc0\x6c\x0d\x80\x66\x03";
    for (packing, body) in [
        (Compression::BROTLI(BrotliLevel::default()), brotli.to_vec()),
        (Compression::UNCOMPRESSED, text.clone()),
        (Compression::SNAPPY, snap::raw::Encoder::new().compress_vec(&text).expect("packed")),
        (Compression::GZIP(GzipLevel::default()), gzip.finish().expect("packed")),
        (Compression::ZSTD(ZstdLevel::default()), zstd::bulk::compress(&text, 3).expect("packed")),
        (Compression::LZ4_RAW, lz4.clone()),
        (Compression::LZ4, lz4),
        (Compression::LZ4, hadoop),
    ] {
        assert_eq!(read(page(text.len(), &body, 1), packing).as_deref(), Some(&text[..]), "{packing}");
        if packing != Compression::UNCOMPRESSED {
            assert_eq!(read(page(text.len() - 1, &body, 1), packing), None, "{packing}: larger");
            assert_eq!(read(page(text.len() + 1, &body, 1), packing), None, "{packing}: smaller");
            assert_eq!(read(page(text.len(), &body[..body.len() / 2], 1), packing), None, "{packing}: cut");
        }
    }
}

#[test]
fn headers_of_pages_are_held_against_their_bytes() {
    let good = page(4, &[1, 2, 3, 4], 1);
    assert_eq!(head(&good).expect("a header").length, good.len() - 4);
    assert_eq!(survey(&good).map(|all| (all.values, all.largest_page)), Ok((1, 4)));
    assert_eq!(survey(&good[..good.len() - 1]), Err(ProblemKind::Broken));
    assert_eq!(survey(&page(usize::MAX >> 34, &[], 1)), Err(ProblemKind::Broken));
}

#[test]
fn rows_that_are_not_there_are_told() {
    let message = "message m { required binary geometry; }";
    let columns = [flat(Values::Bytes(vec![point(1.0, 2.0); 3]), &[])];
    let mut bytes = file(message, Some(PLAIN), &columns);
    // The group of rows says how many it has after its bytes, as a number of its third field.
    let footer = bytes.len()
        - 8
        - u32::from_le_bytes(bytes[bytes.len() - 8..][..4].try_into().expect("four")) as usize;
    let mut changed = 0;
    for at in footer..bytes.len() - 9 {
        if bytes[at..].starts_with(&[0x16, 6]) {
            bytes[at + 1] = 20;
            changed += 1;
        }
    }
    assert!(changed > 0);
    let (read, problems) = lines(&bytes, "a.parquet");
    assert_eq!((read.len(), problems), (3, vec![ProblemKind::Truncated]));
}

#[test]
fn a_geometry_that_does_not_read_is_told_and_the_rest_opens() {
    let message = "message m { optional binary geometry; }";
    let columns = [flat(Values::Bytes(vec![point(1.0, 2.0), vec![7], point(3.0, 4.0)]), &[1, 1, 0, 1])];
    let (read, problems) = lines(&file(message, Some(PLAIN), &columns), "a.parquet");
    assert_eq!((read.len(), problems), (4, vec![ProblemKind::Broken]));
    assert!(read[3].contains("[3,4]"), "{}", read[3]);
}

/// A file with lists, a dictionary, and text.
fn seed() -> Vec<u8> {
    let message = "message m { required binary geometry; optional binary name (UTF8); optional int64 n;
        optional group tags (LIST) { repeated group list { optional binary element (UTF8); } } }";
    let columns = [
        flat(Values::Bytes(vec![point(1.0, 2.0); 3]), &[]),
        flat(Values::texts(&["a", "霍尔果斯"]), &[1, 0, 1]),
        flat(Values::Long(vec![1, 2, 3]), &[1, 1, 1]),
        (Values::texts(&["a", "b"]), vec![3, 2, 3, 0, 1], vec![0, 1, 1, 0, 0]),
    ];
    file(message, Some(PLAIN), &columns)
}

proptest! {
    /// Whatever the bytes are, they are read or refused.
    #[test]
    fn no_bytes_end_the_program(cuts in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), from_end in any::<bool>()) {
        let mut bytes = seed();
        let half = bytes.len() / 2;
        for (at, value) in cuts {
            // The magic bytes stay, so that all of it is looked at.
            let at = if from_end { half + at.index(half - 4) } else { 4 + at.index(bytes.len() - 8) };
            bytes[at] = value;
        }
        if let Some(Ok(read)) = import(&bytes, Path::new("a.parquet"), &Counted::default()) {
            let text = String::from_utf8(read.text).expect("text");
            prop_assert_eq!(text.lines().count(), read.spots.len());
            for line in text.lines() {
                prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", line);
            }
        }
    }
}
