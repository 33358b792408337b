//! Answers that a server packs although nobody asked: stores keep whole files and tiles so and know no other form.
//!
//! Invariant: what is unpacked is held to the room of the answer, whatever the packed bytes say.

use std::io::{self, ErrorKind, Read};

use brotli_decompressor::Decompressor;
use flate2::read::MultiGzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use super::NetError;
use super::client::text;

/// Bytes that brotli's decoder reads at a time.
const BUFFER: usize = 1 << 12;

/// How the body of an answer lies in its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Brotli,
}

impl Packing {
    /// What the head says; `Packed` for what is not unpacked here. A part is a part of the packed bytes (RFC 9110,
    /// section 14.2), so it tells nothing of the file.
    pub(super) fn of(status: u16, headers: &HeaderMap) -> Result<Self, NetError> {
        let named = text(headers, &CONTENT_ENCODING).unwrap_or_default();
        match named.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Self::Plain),
            "gzip" | "x-gzip" if status != 206 => Ok(Self::Gzip),
            "br" if status != 206 => Ok(Self::Brotli),
            _ => Err(NetError::Packed(named)),
        }
    }

    /// The body itself: `over` where it takes more than `most` bytes, `Truncated` where the packed bytes end early,
    /// `Packed` where they are none.
    pub(super) fn undone(self, bytes: Vec<u8>, (most, over): (u64, NetError)) -> Result<Vec<u8>, NetError> {
        let (read, plain) = match self {
            Self::Plain => return Ok(bytes),
            Self::Gzip => within(most, MultiGzDecoder::new(&bytes[..])),
            Self::Brotli => within(most, Decompressor::new(&bytes[..], BUFFER)),
        };
        if plain.len() as u64 > most {
            return Err(over);
        }
        read.map(|_| plain).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => NetError::Truncated(error.to_string()),
            _ => NetError::Packed(self.name().to_owned()),
        })
    }

    /// As headers write it.
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }
}

/// What a decoder gives, one byte more than `most` at the most.
fn within(most: u64, decoder: impl Read) -> (io::Result<usize>, Vec<u8>) {
    let mut plain = Vec::new();
    (decoder.take(most.saturating_add(1)).read_to_end(&mut plain), plain)
}
