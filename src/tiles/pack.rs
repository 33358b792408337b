//! How tiles and directories are packed, and their unpacking up to a limit.

use std::io::Read;

use miniz_oxide::inflate::{
    DecompressError, TINFLStatus, decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit,
};

use super::{Part, TileError};

/// A window of zstd of up to 2^25 bytes is taken; tiles need far less.
const WINDOW_LOG: u32 = 25;
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// The bytes themselves say how.
    Unknown,
    None,
    Gzip,
    Zstd,
}

impl Packing {
    /// What `PMTiles` 3 writes for it (section 3.3); brotli and what is yet to come are refused by name.
    pub(super) fn of_code(code: u8) -> Result<Self, TileError> {
        match code {
            0 => Ok(Self::Unknown),
            1 => Ok(Self::None),
            2 => Ok(Self::Gzip),
            3 => Err(TileError::Packing("brotli")),
            4 => Ok(Self::Zstd),
            _ => Err(TileError::Damaged(Part::Header)),
        }
    }

    /// Neither a directory nor a vector tile nor a picture begins as gzip, zlib or zstd do.
    fn sniffed(bytes: &[u8]) -> Self {
        if bytes.starts_with(GZIP) || is_zlib(bytes) {
            Self::Gzip
        } else if bytes.starts_with(ZSTD) {
            Self::Zstd
        } else {
            Self::None
        }
    }
}

/// Unpacks a part of an archive to at most `most` bytes.
pub(super) fn unpack(
    bytes: Vec<u8>,
    packing: Packing,
    part: Part,
    most: usize,
) -> Result<Vec<u8>, TileError> {
    let packing = if packing == Packing::Unknown { Packing::sniffed(&bytes) } else { packing };
    match packing {
        Packing::None | Packing::Unknown if bytes.len() <= most => Ok(bytes),
        Packing::None | Packing::Unknown => Err(TileError::TooLarge { part, most: most as u64 }),
        Packing::Gzip => gunzip(&bytes, part, most),
        Packing::Zstd => unzstd(&bytes, part, most),
    }
}

/// RFC 1950: deflate, a window of up to 32 KiB, and a checksum over the two bytes. No protobuf of a tile begins so.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first @ 0x78, second, ..] if u16::from_be_bytes([*first, *second]).is_multiple_of(31))
}

/// RFC 1952, one member; some writers of tiles leave zlib's shorter frame (RFC 1950) instead.
fn gunzip(bytes: &[u8], part: Part, most: usize) -> Result<Vec<u8>, TileError> {
    let failed = |error: DecompressError| match error.status {
        TINFLStatus::HasMoreOutput => TileError::TooLarge { part, most: most as u64 },
        _ => TileError::Damaged(part),
    };
    if is_zlib(bytes) {
        return decompress_to_vec_zlib_with_limit(bytes, most).map_err(failed);
    }
    let deflated = gzip_body(bytes).ok_or(TileError::Damaged(part))?;
    let (body, trailer) = deflated.split_last_chunk::<8>().ok_or(TileError::Damaged(part))?;
    let unpacked = decompress_to_vec_with_limit(body, most).map_err(failed)?;
    let [a, b, c, d, len @ ..] = *trailer;
    let is_whole = u32::from_le_bytes([a, b, c, d]) == crc32(&unpacked)
        && u32::from_le_bytes(len) == unpacked.len() as u32;
    if is_whole { Ok(unpacked) } else { Err(TileError::Damaged(part)) }
}

/// What follows the header of gzip.
fn gzip_body(bytes: &[u8]) -> Option<&[u8]> {
    const CHECKSUM: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let (header, mut rest) = bytes.split_first_chunk::<10>()?;
    let [0x1f, 0x8b, 8, flags, ..] = *header else { return None };
    if flags & EXTRA != 0 {
        let (len, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*len))..)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            rest = rest.get(memchr::memchr(0, rest)? + 1..)?;
        }
    }
    if flags & CHECKSUM != 0 { rest.get(2..) } else { Some(rest) }
}

fn unzstd(bytes: &[u8], part: Part, most: usize) -> Result<Vec<u8>, TileError> {
    let damaged = |_| TileError::Damaged(part);
    let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(damaged)?;
    decoder.window_log_max(WINDOW_LOG).map_err(damaged)?;
    let mut unpacked = Vec::new();
    decoder.take(most as u64 + 1).read_to_end(&mut unpacked).map_err(damaged)?;
    if unpacked.len() > most {
        return Err(TileError::TooLarge { part, most: most as u64 });
    }
    Ok(unpacked)
}

/// The checksum of gzip and zip (ISO 3309), a byte at a time.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut index = 0;
        while index < 256 {
            let mut value = index as u32;
            let mut bit = 0;
            while bit < 8 {
                value = if value & 1 == 1 { (value >> 1) ^ 0xedb8_8320 } else { value >> 1 };
                bit += 1;
            }
            table[index] = value;
            index += 1;
        }
        table
    };
    !bytes.iter().fold(!0, |sum, byte| (sum >> 8) ^ TABLE[usize::from((sum as u8) ^ byte)])
}

/// Bytes as gzip packs them.
#[cfg(test)]
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    packed.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    packed.extend(crc32(bytes).to_le_bytes());
    packed.extend((bytes.len() as u32).to_le_bytes());
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(bytes: Vec<u8>, packing: Packing, most: usize) -> Result<Vec<u8>, TileError> {
        unpack(bytes, packing, Part::Tile, most)
    }

    #[test]
    fn what_was_packed_comes_back() {
        let text = b"corridor ".repeat(100);
        let zstd = zstd::bulk::compress(&text, 3).expect("zstd");
        let zlib = miniz_oxide::deflate::compress_to_vec_zlib(&text, 6);
        for packed in [gzip(&text), zstd, zlib, text.clone()] {
            assert_eq!(tile(packed, Packing::Unknown, 900).expect("unpacked"), text);
        }
        assert_eq!(tile(gzip(&text), Packing::None, 900).expect("as it is"), gzip(&text));
    }

    #[test]
    fn a_header_of_gzip_may_say_more() {
        let mut packed = gzip(b"zone");
        packed[3] = 2 | 4 | 8 | 16;
        packed.splice(10..10, b"\x02\x00abname\0comment\0cc".iter().copied());
        assert_eq!(tile(packed, Packing::Gzip, 10).expect("unpacked"), b"zone");
    }

    #[test]
    fn what_grows_past_the_limit_is_refused() {
        let zeros = vec![0; 100_000];
        let zstd = zstd::bulk::compress(&zeros, 3).expect("zstd");
        for packed in [gzip(&zeros), zstd, zeros] {
            let refused = tile(packed, Packing::Unknown, 99_999);
            assert!(matches!(refused, Err(TileError::TooLarge { most: 99_999, .. })), "{refused:?}");
        }
    }

    #[test]
    fn damage_is_noticed() {
        let mut packed = gzip(&b"corridor ".repeat(100));
        let last = packed.len() - 5;
        packed[last] ^= 1;
        assert!(matches!(tile(packed, Packing::Gzip, 1 << 20), Err(TileError::Damaged(Part::Tile))));
        for bytes in [&b""[..], &[0x1f, 0x8b], b"\x1f\x8b\x08\x08\0\0\0\0\0\0name"] {
            assert!(tile(bytes.to_vec(), Packing::Gzip, 9).is_err(), "{bytes:?}");
        }
    }
}
