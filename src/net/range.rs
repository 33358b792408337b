//! Parts of a file: what was asked for, to the byte, or an error.

use reqwest::Url;
use reqwest::header::{CONTENT_RANGE, HeaderMap, RANGE};

use super::client::{Ask, Client, Tag, length, text};
use super::trail::Trust;
use super::{NetError, Watch};

/// A part, and what the server says of the file that it is from.
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    /// Bytes of the whole file, where the server tells.
    pub(super) total: Option<u64>,
    pub(super) tag: Tag,
    pub(super) url: Url,
    pub(super) trust: Trust,
}

/// Which part of which file: `len` bytes from the byte `from` on.
pub(super) struct Part<'a> {
    pub(super) url: &'a Url,
    pub(super) trust: Option<Trust>,
    pub(super) from: u64,
    pub(super) len: u64,
}

impl Client {
    /// Exactly `len` bytes from the byte `from` on; `Truncated` where the file ends before. A server that sends the
    /// whole file instead is taken at its word only if that is no more than was asked for.
    pub fn range(&self, url: &Url, from: u64, len: u64, watch: &Watch<'_>) -> Result<Vec<u8>, NetError> {
        if len == 0 {
            return Ok(Vec::new());
        }
        let piece = self.piece(Part { url, trust: None, from, len }, watch)?;
        if (piece.bytes.len() as u64) < len {
            return Err(NetError::Truncated(format!(
                "the file ends {} bytes after {from}",
                piece.bytes.len()
            )));
        }
        Ok(piece.bytes)
    }

    /// The part, or as much of it as there is before the end of the file; `len` is at least 1.
    pub(super) fn piece(&self, part: Part<'_>, watch: &Watch<'_>) -> Result<Piece, NetError> {
        let Part { url, trust, from, len } = part;
        if len > self.limits().max_bytes {
            return Err(NetError::TooLarge(self.limits().max_bytes));
        }
        let Some(last) = from.checked_add(len - 1) else {
            return Err(NetError::Truncated(format!("no file reaches {len} bytes after {from}")));
        };
        let headers = vec![(RANGE, format!("bytes={from}-{last}"))];
        let room = |status, headers: &HeaderMap| match status {
            206 => sent(headers, (from, last)).map(|sent| Some((sent.len(), lying("more than its range")))),
            200 if from == 0 && length(headers).is_none_or(|length| length <= len) => {
                Ok(Some((len, NetError::NoRange)))
            }
            200 => Err(NetError::NoRange),
            _ => Err(NetError::Status(status)),
        };
        let answer = self.fetch(&Ask { url, headers, trust, room: &room, watch })?;
        let mut total = Some(answer.bytes.len() as u64);
        if answer.status == 206 {
            let sent = sent(&answer.headers, (from, last))?;
            if sent.len() != answer.bytes.len() as u64 {
                return Err(lying("less than its range"));
            }
            total = sent.total;
        }
        let tag = Tag::of(&answer.headers);
        Ok(Piece { bytes: answer.bytes, total, tag, url: answer.url, trust: answer.trust })
    }
}

/// The range that an answer says it holds; first and last byte.
struct Sent {
    first: u64,
    last: u64,
    total: Option<u64>,
}

impl Sent {
    fn len(&self) -> u64 {
        self.last - self.first + 1
    }
}

/// Reads `Content-Range` (RFC 9110, section 14.4) and holds it against what was asked for and against itself.
fn sent(headers: &HeaderMap, (from, last): (u64, u64)) -> Result<Sent, NetError> {
    let value = text(headers, &CONTENT_RANGE).ok_or_else(|| lying("no Content-Range"))?;
    let sent = read(&value).ok_or_else(|| lying(&value))?;
    let ends_early = sent.last < last && sent.total != Some(sent.last + 1);
    let is_past_end = sent.total.is_some_and(|total| sent.last >= total);
    if sent.first != from || sent.last > last || ends_early || is_past_end {
        return Err(lying(&value));
    }
    if length(headers).is_some_and(|length| length != sent.len()) {
        return Err(lying(&format!("{value}, but another Content-Length")));
    }
    Ok(sent)
}

fn read(value: &str) -> Option<Sent> {
    let (range, total) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    let total = if total == "*" { None } else { Some(number(total)?) };
    let (first, last): (u64, u64) = (number(first)?, number(last)?);
    // A file of 2^64 bytes has no length in 64 bits.
    (first <= last && last < u64::MAX).then_some(Sent { first, last, total })
}

fn lying(what: &str) -> NetError {
    NetError::LyingLength(what.to_owned())
}
