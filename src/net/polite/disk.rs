//! The folder of tiles: one file each, written whole or not at all, the longest unused removed first.
//!
//! Invariant: no address is written down, since it may hold a key; files are named by its digest.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Half-written files have this name until they are whole.
const UNFINISHED: &str = ".unfinished-";

/// More than any head of a file has.
const MOST_HEAD_BYTES: u64 = 64 << 10;

/// By what a tile is found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

impl Key {
    pub(super) fn of(address: &str) -> Self {
        Self(Sha256::digest(address.as_bytes()).into())
    }

    fn name(self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut name, byte| {
            // Writing to a string does not fail.
            let _ = write!(name, "{byte:02x}");
            name
        })
    }

    fn read(name: &str) -> Option<Self> {
        let mut key = [0; 32];
        if name.len() != 64 || !name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, at) in key.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&name[at..at + 2], 16).ok()?;
        }
        Some(Self(key))
    }
}

/// What is known of a tile; the first line of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) content_type: Option<String>,
    /// Seconds since 1970.
    pub(super) fresh_until: u64,
    /// Bytes that follow the line.
    pub(super) len: u64,
}

/// A tile in the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) meta: Meta,
    pub(super) bytes: Vec<u8>,
}

/// The folder, and how large and how old what lies in it is.
#[derive(Debug)]
pub(super) struct Disk {
    folder: PathBuf,
    most: u64,
    bytes: u64,
    files: HashMap<Key, File>,
    /// Counts reads and writes.
    clock: u64,
}

#[derive(Clone, Copy, Debug)]
struct File {
    bytes: u64,
    used: u64,
}

impl Disk {
    /// Takes up what an earlier run has left; files that are not ours stay untouched.
    pub(super) fn open(folder: &Path, most: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)?.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Ok(about) = entry.metadata() else { continue };
            if name.starts_with(UNFINISHED) {
                let _ = fs::remove_file(entry.path());
            } else if let Some(key) = Key::read(&name) {
                found.push((about.modified().ok(), key, about.len()));
            }
        }
        found.sort_unstable_by_key(|(modified, ..)| *modified);
        let (mut files, mut bytes, mut clock) = (HashMap::new(), 0, 0);
        for (_, key, len) in found {
            clock += 1;
            bytes += len;
            files.insert(key, File { bytes: len, used: clock });
        }
        let mut disk = Self { folder: folder.to_owned(), most, bytes, files, clock };
        disk.make_room(0);
        Ok(disk)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The tile, if it is there and whole; a file that is not goes.
    pub(super) fn read(&mut self, key: Key, most: u64) -> Option<Kept> {
        self.clock += 1;
        let file = self.files.get_mut(&key)?;
        file.used = self.clock;
        let kept = whole(&self.folder.join(key.name()), most);
        if kept.is_none() {
            self.remove(key);
        }
        kept
    }

    /// Writes a tile; what cannot be written is not kept, and the map goes on.
    pub(super) fn write(&mut self, key: Key, kept: &Kept) {
        self.remove(key);
        if let Err(error) = self.try_write(key, kept) {
            log::warn!("a tile cannot be kept: {error}");
        }
    }

    fn try_write(&mut self, key: Key, kept: &Kept) -> io::Result<()> {
        let mut head = serde_json::to_vec(&kept.meta)?;
        head.push(b'\n');
        let bytes = (head.len() + kept.bytes.len()) as u64;
        if bytes > self.most || head.len() as u64 > MOST_HEAD_BYTES {
            return Ok(());
        }
        self.make_room(bytes);
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.folder)?;
        file.write_all(&head)?;
        file.write_all(&kept.bytes)?;
        file.persist(self.folder.join(key.name()))?;
        self.clock += 1;
        self.bytes += bytes;
        self.files.insert(key, File { bytes, used: self.clock });
        Ok(())
    }

    pub(super) fn remove(&mut self, key: Key) {
        if let Some(file) = self.files.remove(&key) {
            self.bytes -= file.bytes;
            let _ = fs::remove_file(self.folder.join(key.name()));
        }
    }

    /// Removes the longest unused until so many more bytes fit; then a tenth more, so that it is not done each time.
    fn make_room(&mut self, wanted: u64) {
        if self.bytes.saturating_add(wanted) <= self.most {
            return;
        }
        let goal = (self.most - self.most / 10).saturating_sub(wanted);
        let mut by_use: Vec<_> = self.files.iter().map(|(key, file)| (file.used, *key)).collect();
        by_use.sort_unstable_by_key(|(used, _)| *used);
        for (_, key) in by_use {
            if self.bytes <= goal {
                break;
            }
            self.remove(key);
        }
    }
}

/// Reads a file, unless it is larger than a tile can be or its length is not the one that its head names.
fn whole(path: &Path, most: u64) -> Option<Kept> {
    if fs::metadata(path).ok()?.len() > most.saturating_add(MOST_HEAD_BYTES) {
        return None;
    }
    let mut bytes = fs::read(path).ok()?;
    let end = memchr::memchr(b'\n', &bytes)?;
    let meta: Meta = serde_json::from_slice(&bytes[..end]).ok()?;
    bytes.drain(..=end);
    (bytes.len() as u64 == meta.len).then_some(Kept { meta, bytes })
}
