//! Zip archives (APPNOTE 6.3), for formats whose files come packed: stored and deflated entries.
//!
//! Invariant: no number of the archive decides how much memory is taken. What is unpacked, all entries together, has
//! a limit, and the checksum is looked at.

use std::cell::Cell;

use encoding_rs::GB18030;
use flate2::Crc;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::cursor::{Cursor, Order, Short};
use crate::data::Fault;
use crate::format::room::most_text;

/// Bytes that all entries of an archive may have once they are unpacked.
const MOST_UNPACKED: u64 = 2 << 30;
/// Deflate makes a byte of no more than 1,032, so that what claims more lies.
const MOST_RATIO: u64 = 1_032;
const MOST_ENTRIES: usize = 1 << 16;
const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: u32 = 0x0201_4b50;
const END: &[u8] = b"PK\x05\x06";
/// The end's record has a comment behind it of up to 64 KiB.
const LONGEST_END: usize = 22 + (1 << 16);
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const ENCRYPTED: u16 = 1;
const NAME_IS_UTF_8: u16 = 1 << 11;

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    flags: u16,
    method: u16,
    checksum: u32,
    packed: usize,
    /// Where its own header begins.
    at: usize,
}

/// The directory of an archive.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    pub(super) entries: Vec<Entry>,
    /// Bytes that may be unpacked, and that still may.
    most: u64,
    left: Cell<u64>,
}

impl From<Short> for Fault {
    fn from(_: Short) -> Self {
        Self::Archive
    }
}

impl<'a> Archive<'a> {
    /// Whether these bytes begin as an archive does.
    pub(super) fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(LOCAL)
    }

    /// Reads the directory.
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self, Fault> {
        Self::with_limit(bytes, MOST_UNPACKED.min(most_text()))
    }

    fn with_limit(bytes: &'a [u8], most: u64) -> Result<Self, Fault> {
        let from = bytes.len().saturating_sub(LONGEST_END);
        let end = from + memchr::memmem::rfind(&bytes[from..], END).ok_or(Fault::Archive)?;
        let mut cursor = Cursor::new(bytes, end + 10, Order::Little);
        let count = usize::from(cursor.u16()?);
        let _length = cursor.u32()?;
        cursor.at = cursor.u32()? as usize;
        let mut entries = Vec::new();
        while entries.len() < count.min(MOST_ENTRIES) {
            entries.push(entry(&mut cursor)?);
        }
        Ok(Self { bytes, entries, most, left: Cell::new(most) })
    }

    /// The first file whose name ends so, in small letters; what macOS adds beside each file is none.
    pub(super) fn first_ending(&self, end: &str) -> Option<&Entry> {
        self.all_ending(end).next()
    }

    pub(super) fn all_ending(&self, end: &str) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| {
            let name = entry.name.to_lowercase();
            let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
            name.ends_with(end) && !name.starts_with("__macosx/") && !file.starts_with("._")
        })
    }

    /// The one file that is in it, but for what macOS adds.
    pub(super) fn only(&self) -> Option<&Entry> {
        let mut files = self.all_ending("").filter(|entry| !entry.name.ends_with('/'));
        files.next().filter(|_| files.next().is_none())
    }

    /// The file beside `entry` that has this ending instead, such as `.dbf`.
    pub(super) fn beside(&self, entry: &Entry, end: &str) -> Option<&Entry> {
        let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
        let own = stem(&entry.name);
        self.entries.iter().find(|other| {
            let name = other.name.to_lowercase();
            name.ends_with(end) && stem(&name) == own
        })
    }

    /// The bytes of a file.
    pub(super) fn unpack(&self, entry: &Entry) -> Result<Vec<u8>, Fault> {
        let mut cursor = Cursor::new(self.bytes, entry.at, Order::Little);
        if entry.flags & ENCRYPTED != 0 || cursor.take(4)? != LOCAL {
            return Err(Fault::Archive);
        }
        cursor.at += 22;
        let (name, extra) = (usize::from(cursor.u16()?), usize::from(cursor.u16()?));
        cursor.take(name + extra)?;
        let packed = cursor.take(entry.packed)?;
        let left = self.left.get();
        let most = left.min((packed.len() as u64).saturating_mul(MOST_RATIO).saturating_add(64));
        let unpacked = match entry.method {
            STORED if packed.len() as u64 <= left => packed.to_vec(),
            STORED => return Err(Fault::Unpacked { most: self.most }),
            DEFLATED => decompress_to_vec_with_limit(packed, most as usize).map_err(|error| {
                let is_full = error.status == TINFLStatus::HasMoreOutput;
                if is_full { Fault::Unpacked { most: self.most } } else { Fault::Archive }
            })?,
            _ => return Err(Fault::Archive),
        };
        if crc32(&unpacked) != entry.checksum {
            return Err(Fault::Archive);
        }
        self.left.set(left - unpacked.len() as u64);
        Ok(unpacked)
    }
}

/// A record of the directory.
fn entry(cursor: &mut Cursor<'_>) -> Result<Entry, Fault> {
    if cursor.u32()? != CENTRAL {
        return Err(Fault::Archive);
    }
    cursor.take(4)?;
    let (flags, method) = (cursor.u16()?, cursor.u16()?);
    cursor.take(4)?;
    let (checksum, packed, _unpacked) = (cursor.u32()?, cursor.u32()?, cursor.u32()?);
    let lengths = [cursor.u16()?, cursor.u16()?, cursor.u16()?].map(usize::from);
    cursor.take(8)?;
    let at = cursor.u32()? as usize;
    let name = cursor.take(lengths[0])?;
    cursor.take(lengths[1] + lengths[2])?;
    let name = match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) if flags & NAME_IS_UTF_8 != 0 => String::from_utf8_lossy(name).into_owned(),
        // Chinese systems write their own letters and say nothing of it.
        Err(_) => GB18030.decode_without_bom_handling(name).0.into_owned(),
    };
    Ok(Entry { name, flags, method, checksum, packed: packed as usize, at })
}

/// The checksum of zip, CRC-32 with the reversed polynomial of ISO 3309.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[cfg(test)]
pub(super) mod tests {
    use miniz_oxide::deflate::compress_to_vec;

    use super::*;

    /// An archive of some files, packed.
    pub(in super::super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for (name, bytes) in files {
            let packed = compress_to_vec(bytes, 6);
            let at = out.len() as u32;
            let mut middle = Vec::new();
            middle.extend([20, 0, 0, 8, 8, 0, 0, 0, 0, 0]);
            middle.extend(crc32(bytes).to_le_bytes());
            middle.extend((packed.len() as u32).to_le_bytes());
            middle.extend((bytes.len() as u32).to_le_bytes());
            middle.extend((name.len() as u16).to_le_bytes());
            middle.extend([0, 0]);
            out.extend(LOCAL);
            out.extend(&middle);
            out.extend(name.as_bytes());
            out.extend(packed);
            directory.extend(CENTRAL.to_le_bytes());
            directory.extend([20, 0]);
            directory.extend(&middle);
            directory.extend([0; 10]);
            directory.extend(at.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let at = out.len() as u32;
        let length = directory.len() as u32;
        out.extend(directory);
        out.extend(END);
        out.extend([0; 4]);
        out.extend([files.len() as u8, 0].repeat(2));
        out.extend(length.to_le_bytes());
        out.extend(at.to_le_bytes());
        out.extend([0, 0]);
        out
    }

    #[test]
    fn files_come_out_as_they_went_in() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let bytes =
            zip(&[("a/Roads.SHP", b"shape"), ("__MACOSX/a/._Roads.shp", b"x"), ("a/roads.dbf", b"table")]);
        let archive = Archive::of(&bytes).expect("an archive");
        let shape = archive.first_ending(".shp").expect("there");
        assert_eq!((archive.all_ending(".shp").count(), archive.unpack(shape)), (1, Ok(b"shape".to_vec())));
        let table = archive.beside(shape, ".dbf").expect("beside");
        assert_eq!(archive.unpack(table), Ok(b"table".to_vec()));
        assert_eq!(archive.beside(shape, ".prj"), None);
    }

    #[test]
    fn bombs_and_broken_archives_are_refused() {
        let zeros = vec![0; 10_000_000];
        let bytes = zip(&[("a.kml", &zeros), ("b.kml", &zeros)]);
        let archive = Archive::with_limit(&bytes, 15_000_000).expect("an archive");
        assert_eq!(archive.unpack(&archive.entries[0]).map(|bytes| bytes.len()), Ok(10_000_000));
        assert_eq!(archive.unpack(&archive.entries[1]), Err(Fault::Unpacked { most: 15_000_000 }));
        for end in 0..bytes.len() - 2 {
            assert!(Archive::of(&bytes[..end]).is_err(), "{end} bytes");
        }
        let mut other = bytes.clone();
        other[60] ^= 0xff;
        let archive = Archive::of(&other).expect("a directory");
        assert_eq!(archive.unpack(&archive.entries[0]), Err(Fault::Archive));
        let mut secret = bytes;
        let at = memchr::memmem::find(&secret, &CENTRAL.to_le_bytes()).expect("a directory");
        secret[at + 8] |= 1;
        let archive = Archive::of(&secret).expect("a directory");
        assert_eq!(archive.unpack(&archive.entries[0]), Err(Fault::Archive));
    }
}
