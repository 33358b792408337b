//! How tiles and directories are packed, and their unpacking up to a limit.

use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::{Part, TileError};

/// A window of zstd of up to 2^25 bytes is taken; tiles need far less.
const WINDOW_LOG: u32 = 25;
/// Bytes that brotli's decoder reads at a time.
const BUFFER: usize = 1 << 12;
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// The bytes themselves say how.
    Unknown,
    None,
    Gzip,
    Brotli,
    Zstd,
}

impl Packing {
    /// What `PMTiles` 3 writes for it (section 3.3).
    pub(super) fn of_code(code: u8) -> Result<Self, TileError> {
        match code {
            0 => Ok(Self::Unknown),
            1 => Ok(Self::None),
            2 => Ok(Self::Gzip),
            3 => Ok(Self::Brotli),
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
        // Some writers of tiles leave zlib's shorter frame (RFC 1950) instead of gzip's (RFC 1952).
        Packing::Gzip if is_zlib(&bytes) => all(ZlibDecoder::new(&bytes[..]), part, most),
        Packing::Gzip => all(MultiGzDecoder::new(&bytes[..]), part, most),
        Packing::Brotli => all(Decompressor::new(&bytes[..], BUFFER), part, most),
        Packing::Zstd => match zstd_decoder(&bytes) {
            Ok(decoder) => all(decoder, part, most),
            Err(_) => Err(TileError::Damaged(part)),
        },
    }
}

/// RFC 1950: deflate, a window of up to 32 KiB, and a checksum over the two bytes. No protobuf of a tile begins so.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first @ 0x78, second, ..] if u16::from_be_bytes([*first, *second]).is_multiple_of(31))
}

fn zstd_decoder(bytes: &[u8]) -> io::Result<zstd::stream::read::Decoder<'static, &[u8]>> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes)?;
    decoder.window_log_max(WINDOW_LOG)?;
    Ok(decoder)
}

/// All that a decoder gives, where that is no more than `most` bytes.
fn all(decoder: impl Read, part: Part, most: usize) -> Result<Vec<u8>, TileError> {
    let mut unpacked = Vec::new();
    let read = decoder.take(most as u64 + 1).read_to_end(&mut unpacked);
    if unpacked.len() > most {
        return Err(TileError::TooLarge { part, most: most as u64 });
    }
    read.map(|_| unpacked).map_err(|_| TileError::Damaged(part))
}

/// Bytes as gzip packs them.
#[cfg(test)]
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let read = flate2::read::GzEncoder::new(bytes, flate2::Compression::default()).read_to_end(&mut packed);
    assert!(read.is_ok());
    packed
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::read::ZlibEncoder;

    use super::*;

    /// "corridor" and a gap, a hundred times, as brotli's own program packs it.
    const BROTLI: [u8; 24] = [
        27, 131, 3, 248, 141, 148, 169, 227, 91, 202, 145, 141, 53, 72, 218, 155, 156, 232, 45, 24, 88, 179,
        236, 1,
    ];
    /// A hundred thousand zeros.
    const SWOLLEN: [u8; 14] = *b"\x5b\x9f\x86\x81\x7f\x02\x20\x1e\x0b\x04\xb2\xfc\x02\0";

    fn tile(bytes: Vec<u8>, packing: Packing, most: usize) -> Result<Vec<u8>, TileError> {
        unpack(bytes, packing, Part::Tile, most)
    }

    #[test]
    fn what_was_packed_comes_back() {
        let text = b"corridor ".repeat(100);
        let zstd = zstd::bulk::compress(&text, 3).expect("zstd");
        let mut zlib = Vec::new();
        ZlibEncoder::new(&text[..], Compression::default()).read_to_end(&mut zlib).expect("zlib");
        for packed in [gzip(&text), zstd, zlib, text.clone()] {
            assert_eq!(tile(packed, Packing::Unknown, 900).expect("unpacked"), text);
        }
        assert_eq!(tile(BROTLI.to_vec(), Packing::Brotli, 900).expect("unpacked"), text);
        assert_eq!(tile(gzip(&text), Packing::None, 900).expect("as it is"), gzip(&text));
    }

    #[test]
    fn a_header_of_gzip_may_say_more() {
        let mut packed = gzip(b"zone");
        packed[3] = 4 | 8 | 16;
        packed.splice(10..10, b"\x02\x00abname\0comment\0".iter().copied());
        assert_eq!(tile(packed, Packing::Gzip, 10).expect("unpacked"), b"zone");
    }

    #[test]
    fn what_grows_past_the_limit_is_refused() {
        let zeros = vec![0; 100_000];
        let zstd = zstd::bulk::compress(&zeros, 3).expect("zstd");
        let unknown = [gzip(&zeros), zstd, zeros].map(|packed| (packed, Packing::Unknown));
        for (packed, packing) in unknown.into_iter().chain([(SWOLLEN.to_vec(), Packing::Brotli)]) {
            let refused = tile(packed, packing, 99_999);
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
            assert!(tile(bytes.to_vec(), Packing::Brotli, 9).is_err(), "{bytes:?}");
        }
    }
}
