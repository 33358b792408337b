//! The pages of a column: found one behind the other, and unpacked to the size that they give and not a byte more.

use std::io::Read;

use brotli_decompressor::Decompressor;
use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};

use super::super::cursor::{Cursor, Order, Short};
use super::thrift::{Head, head, varint};
use crate::data::ProblemKind;

/// Bytes of a page, at most.
const MOST_PAGE: usize = 1 << 28;
/// Bytes of memory that a value of a dictionary takes besides its own.
const DICTIONARY_VALUE: u64 = 40;
/// Bytes that brotli's decoder reads at a time.
const BUFFER: usize = 1 << 12;
const DATA: i32 = 0;
const DICTIONARY: i32 = 2;
const DATA_2: i32 = 3;
const CHAINED: i32 = 7;

/// What all pages of a column say of themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// Bytes of memory that a page and a dictionary take at once, at most.
    pub(super) bytes: u64,
    /// Values, those that are missing counted.
    pub(super) values: u64,
    pub(super) largest_page: u64,
    /// Whether values are written as the end of the one before: they are larger than their bytes.
    pub(super) is_chained: bool,
}

/// Looks at the header of each page.
pub(super) fn survey(chunk: &[u8]) -> std::result::Result<Survey, ProblemKind> {
    let (mut all, mut dictionary, mut at) = (Survey::default(), 0, 0);
    while at < chunk.len() {
        let head = next(chunk, at).map_err(|Short| ProblemKind::Broken)?;
        if head.kind == DICTIONARY {
            if head.values > head.unpacked {
                return Err(ProblemKind::Broken);
            }
            dictionary = DICTIONARY_VALUE * head.values as u64 + head.unpacked as u64;
        } else {
            all.values += head.values as u64;
            all.is_chained |= head.encoding == CHAINED;
        }
        all.largest_page = all.largest_page.max(head.unpacked as u64);
        at += head.length + head.packed;
    }
    all.bytes = all.largest_page + dictionary;
    Ok(all)
}

/// The header of the page there, which ends within the bytes.
fn next(chunk: &[u8], at: usize) -> std::result::Result<Head, Short> {
    let head = head(chunk.get(at..).ok_or(Short)?)?;
    let rest = chunk.len() - at - head.length;
    if head.packed > rest || head.unpacked > MOST_PAGE { Err(Short) } else { Ok(head) }
}

/// The pages of one column in one group of rows.
#[derive(Debug)]
pub(super) struct Pages {
    chunk: Bytes,
    at: usize,
    packing: Compression,
    /// Whether definition and repetition levels stand before the values.
    has_levels: [bool; 2],
    has_dictionary: bool,
}

impl Pages {
    pub(super) fn new(chunk: Bytes, packing: Compression, has_levels: [bool; 2]) -> Self {
        Self { chunk, at: 0, packing, has_levels, has_dictionary: false }
    }

    /// The header of the next page that holds something.
    fn peek(&mut self) -> Result<Option<Head>> {
        while self.at < self.chunk.len() {
            let head = next(&self.chunk, self.at).map_err(broken)?;
            if matches!(head.kind, DATA | DICTIONARY | DATA_2) {
                return Ok(Some(head));
            }
            self.at += head.length + head.packed;
        }
        Ok(None)
    }

    fn page(&self, head: &Head) -> Result<Page> {
        let from = self.at + head.length;
        let packed = self.chunk.slice(from..from + head.packed);
        // Levels of the second edition are never packed.
        let plain = if head.kind == DATA_2 { head.level_bytes[0] + head.level_bytes[1] } else { 0 };
        if plain > head.unpacked || plain > head.packed {
            return Err(broken(Short));
        }
        let buf = if self.packing == Compression::UNCOMPRESSED || head.is_plain {
            packed
        } else {
            unpack(&packed, plain, head.unpacked, self.packing)?
        };
        let (encoding, num_values) = (encoding(head.encoding)?, head.values as u32);
        let page = match head.kind {
            DICTIONARY => Page::DictionaryPage { buf, num_values, encoding, is_sorted: false },
            DATA => {
                let [def_level_encoding, rep_level_encoding] =
                    [level_encoding(head.levels[0])?, level_encoding(head.levels[1])?];
                Page::DataPage {
                    buf,
                    num_values,
                    encoding,
                    def_level_encoding,
                    rep_level_encoding,
                    statistics: None,
                }
            }
            _ => Page::DataPageV2 {
                buf,
                num_values,
                encoding,
                num_nulls: head.nulls as u32,
                num_rows: head.rows as u32,
                def_levels_byte_len: head.level_bytes[0] as u32,
                rep_levels_byte_len: head.level_bytes[1] as u32,
                is_compressed: false,
                statistics: None,
            },
        };
        self.check_lengths(&page).map_err(broken)?;
        Ok(page)
    }

    /// Lists of lengths say how long they are, and room is made for that.
    fn check_lengths(&self, page: &Page) -> std::result::Result<(), Short> {
        let encoding = page.encoding();
        if !matches!(encoding, Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY) {
            return Ok(());
        }
        let mut cursor = Cursor::new(page.buffer(), 0, Order::Little);
        match page {
            Page::DataPage { .. } => {
                for _ in self.has_levels.iter().filter(|has| **has) {
                    let length = cursor.u32()? as usize;
                    cursor.take(length)?;
                }
            }
            Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
                cursor.take((def_levels_byte_len + rep_levels_byte_len) as usize)?;
            }
            Page::DictionaryPage { .. } => return Err(Short),
        }
        let most = u64::from(page.num_values());
        lengths(&mut cursor, most)?;
        if encoding == Encoding::DELTA_BYTE_ARRAY { lengths(&mut cursor, most) } else { Ok(()) }
    }
}

/// Steps over a list of numbers that are written as differences, of at most so many.
fn lengths(cursor: &mut Cursor<'_>, most: u64) -> std::result::Result<(), Short> {
    let (block, parts, count) = (varint(cursor)?, varint(cursor)?, varint(cursor)?);
    varint(cursor)?;
    if count > most || parts == 0 || block % parts != 0 || parts > cursor.bytes.len() as u64 {
        return Err(Short);
    }
    let a_part = block / parts;
    let mut left = count.saturating_sub(1);
    while left > 0 {
        varint(cursor)?;
        let widths = cursor.take(parts as usize)?;
        for width in widths {
            if left == 0 || a_part == 0 {
                break;
            }
            let bytes = u64::from(*width).checked_mul(a_part).ok_or(Short)? / 8;
            cursor.take(usize::try_from(bytes).map_err(|_| Short)?)?;
            left = left.saturating_sub(a_part);
        }
        if a_part == 0 {
            return Err(Short);
        }
    }
    Ok(())
}

/// Unpacks all behind the first `plain` bytes, to `length` bytes together.
fn unpack(packed: &[u8], plain: usize, length: usize, packing: Compression) -> Result<Bytes> {
    let mut out = vec![0; length];
    let (head, rest) = out.split_at_mut(plain);
    head.copy_from_slice(&packed[..plain]);
    let packed = &packed[plain..];
    let is_whole = rest.is_empty() || unpacked(packed, rest, packing) == Some(rest.len());
    if is_whole { Ok(out.into()) } else { Err(broken(Short)) }
}

/// Unpacks into `out` and never beyond it; bytes that were written.
fn unpacked(packed: &[u8], out: &mut [u8], packing: Compression) -> Option<usize> {
    match packing {
        Compression::SNAPPY => snap::raw::Decoder::new().decompress(packed, out).ok(),
        Compression::ZSTD(_) => zstd::bulk::decompress_to_buffer(packed, out).ok(),
        Compression::GZIP(_) => filled(MultiGzDecoder::new(packed), out),
        Compression::BROTLI(_) => filled(Decompressor::new(packed, BUFFER), out),
        Compression::LZ4_RAW => lz4_flex::block::decompress_into(packed, out).ok(),
        // Hadoop puts lengths before each block, others do not.
        Compression::LZ4 => {
            hadoop(packed, out).or_else(|| lz4_flex::block::decompress_into(packed, out).ok())
        }
        _ => None,
    }
}

/// Reads exactly as much as `out` holds; `None` where there is less or more.
fn filled(mut decoder: impl Read, out: &mut [u8]) -> Option<usize> {
    decoder.read_exact(out).ok()?;
    (decoder.read(&mut [0]).ok()? == 0).then_some(out.len())
}

/// Blocks with two lengths before each: unpacked and packed.
fn hadoop(packed: &[u8], out: &mut [u8]) -> Option<usize> {
    let mut cursor = Cursor::new(packed, 0, Order::Big);
    let mut written = 0_usize;
    while cursor.at < packed.len() {
        let (length, block) = (cursor.u32().ok()? as usize, cursor.u32().ok()? as usize);
        let block = cursor.take(block).ok()?;
        let room = out.get_mut(written..written.checked_add(length)?)?;
        if lz4_flex::block::decompress_into(block, room).ok()? != length {
            return None;
        }
        written += length;
    }
    Some(written)
}

fn encoding(number: i32) -> Result<Encoding> {
    Ok(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        _ => return Err(broken(Short)),
    })
}

/// Levels are runs; another way to write them has been out of use since 2014. What has none says whatever it likes.
fn level_encoding(number: i32) -> Result<Encoding> {
    if number == 4 { Ok(Encoding::RLE) } else { encoding(number) }
}

fn broken(Short: Short) -> ParquetError {
    ParquetError::EOF(String::new())
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let Some(head) = self.peek()? else { return Ok(None) };
        let page = self.page(&head)?;
        let is_dictionary = head.kind == DICTIONARY;
        let wants_dictionary =
            matches!(page.encoding(), Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY);
        if wants_dictionary && !is_dictionary && !self.has_dictionary {
            return Err(broken(Short));
        }
        self.has_dictionary |= is_dictionary;
        self.at += head.length + head.packed;
        Ok(Some(page))
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Ok(self.peek()?.map(|head| PageMetadata {
            num_rows: (head.kind == DATA_2).then_some(head.rows),
            num_levels: Some(head.values),
            is_dict: head.kind == DICTIONARY,
        }))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        if let Some(head) = self.peek()? {
            self.at += head.length + head.packed;
        }
        Ok(())
    }
}
