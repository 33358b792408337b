//! A file on a server, read in parts, with the blocks that were read last kept in memory.
//!
//! Invariant: all bytes that one `Remote` gives are of the same state of the file, as far as the server tells states
//! apart (`ETag`, `Last-Modified`, length).

use std::collections::HashMap;

use reqwest::Url;

use super::client::{Client, Tag};
use super::range::{Part, Piece};
use super::trail::Trust;
use super::{NetError, Watch, address};

/// How much is asked for at a time, and how much of it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Store {
    /// Bytes of a block; at least 1.
    pub block: u64,
    /// Most blocks of one request.
    pub run: u64,
    /// Most blocks that are kept.
    pub kept: usize,
}

impl Default for Store {
    fn default() -> Self {
        Self { block: 64 << 10, run: 64, kept: 512 }
    }
}

/// A file that is read where it lies.
#[derive(Debug)]
pub struct Remote {
    client: Client,
    /// As a person typed it.
    typed: Url,
    /// Where the server sent the first request on to.
    now: Url,
    trust: Trust,
    len: u64,
    tag: Tag,
    store: Store,
    blocks: HashMap<u64, Block>,
    /// Counts the reads, for the order in which blocks were last used.
    clock: u64,
    received: u64,
}

#[derive(Debug)]
struct Block {
    bytes: Box<[u8]>,
    used: u64,
}

impl Remote {
    /// Asks for the first block: `NoRange` where the server does not send parts or does not tell the length.
    pub fn open(client: &Client, url: &Url, watch: &Watch<'_>) -> Result<Self, NetError> {
        Self::open_with(client, url, Store::default(), watch)
    }

    /// The same with other sizes.
    pub fn open_with(client: &Client, url: &Url, store: Store, watch: &Watch<'_>) -> Result<Self, NetError> {
        let typed = address::checked(url.clone())?;
        let store = Store { block: store.block.max(1), run: store.run.max(1), kept: store.kept.max(1) };
        let first = client.piece(Part { url: &typed, trust: None, from: 0, len: store.block }, watch)?;
        let mut remote = Self {
            client: client.clone(),
            typed,
            now: first.url.clone(),
            trust: first.trust.clone(),
            len: first.total.ok_or(NetError::NoRange)?,
            tag: first.tag.clone(),
            store,
            blocks: HashMap::new(),
            clock: 0,
            received: 0,
        };
        remote.keep(0, &first.bytes);
        Ok(remote)
    }

    /// Bytes of the whole file.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where it lies after all redirects.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.now
    }

    /// Where whatever the file names may lead.
    #[must_use]
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// Bytes that have come over the network.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Exactly `len` bytes from the byte `from` on; `Truncated` where they reach past the end, `Changed` where the
    /// server has another file by now.
    pub fn read_at(&mut self, from: u64, len: usize, watch: &Watch<'_>) -> Result<Vec<u8>, NetError> {
        let end = from.checked_add(len as u64).filter(|end| *end <= self.len);
        let end = end.ok_or_else(|| {
            NetError::Truncated(format!("{len} bytes from {from} on in a file of {} bytes", self.len))
        })?;
        let mut bytes = Vec::with_capacity(len);
        self.clock += 1;
        let mut at = from;
        while at < end {
            let number = at / self.store.block;
            let start = number * self.store.block;
            at += if let Some(block) = self.blocks.get_mut(&number) {
                block.used = self.clock;
                take(&mut bytes, &block.bytes, start, (at, end))
            } else {
                let run = self.fetch_run(number, end, watch)?;
                take(&mut bytes, &run, start, (at, end))
            };
        }
        Ok(bytes)
    }

    /// Fetches the blocks from `number` on that are missing before the byte `end`, in one request.
    fn fetch_run(&mut self, number: u64, end: u64, watch: &Watch<'_>) -> Result<Vec<u8>, NetError> {
        let block = self.store.block;
        let wanted = end.div_ceil(block).min(number + self.store.run);
        let next_kept = (number + 1..wanted).find(|number| self.blocks.contains_key(number));
        let from = number * block;
        let until = (next_kept.unwrap_or(wanted) * block).min(self.len);
        let piece = self.asked(from, until - from, watch)?;
        if piece.total.is_some_and(|total| total != self.len) || self.tag.differs(&piece.tag) {
            return Err(NetError::Changed);
        }
        if piece.bytes.len() as u64 != until - from {
            return Err(NetError::LyingLength(format!("the file should have {} bytes", self.len)));
        }
        self.keep(number, &piece.bytes);
        Ok(piece.bytes)
    }

    /// Asks where the file was found, and once more from the typed address where that place is no longer open:
    /// servers send on to places that are open for minutes only.
    fn asked(&mut self, from: u64, len: u64, watch: &Watch<'_>) -> Result<Piece, NetError> {
        let trust = Some(self.trust.clone());
        let asked = self.client.piece(Part { url: &self.now, trust: trust.clone(), from, len }, watch);
        match asked {
            Err(NetError::Status(401 | 403 | 404 | 410)) if self.now != self.typed => {
                let piece = self.client.piece(Part { url: &self.typed, trust, from, len }, watch)?;
                self.now = piece.url.clone();
                Ok(piece)
            }
            // A file that has become shorter than the part that is asked for.
            Err(NetError::Status(416)) => Err(NetError::Changed),
            other => other,
        }
    }

    fn keep(&mut self, first: u64, bytes: &[u8]) {
        self.received += bytes.len() as u64;
        for (number, bytes) in (first..).zip(bytes.chunks(self.store.block as usize)) {
            self.blocks.insert(number, Block { bytes: bytes.into(), used: self.clock });
        }
        if self.blocks.len() > self.store.kept {
            let mut by_use: Vec<_> =
                self.blocks.iter().map(|(number, block)| (block.used, *number)).collect();
            by_use.sort_unstable();
            for (_, number) in by_use.iter().take(self.blocks.len() - self.store.kept) {
                self.blocks.remove(number);
            }
        }
    }
}

/// Appends what of `held`, which begins at the byte `start`, lies between the two bytes; tells how much that is.
fn take(bytes: &mut Vec<u8>, held: &[u8], start: u64, (at, end): (u64, u64)) -> u64 {
    let first = (at - start) as usize;
    let last = ((end - start) as usize).min(held.len());
    bytes.extend_from_slice(&held[first..last]);
    (last - first) as u64
}
