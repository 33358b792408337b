//! GeoJSON (RFC 7946), newline-delimited GeoJSON and text sequences (RFC 8142): finds the features in one quick
//! walk, and reads them on all cores.

use std::collections::BTreeMap;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::feature::read_feature;
use super::scan::{Scan, Stuck};
use super::{Next, Watch};
use crate::data::{Batch, Place, Problem, ProblemKind};

/// Begins each record of a text sequence.
pub(super) const RECORD: u8 = 0x1e;
/// Bytes of features that a thread takes at a time.
const PIECE: usize = 1 << 18;
const THREADS: usize = 2;
/// Names of the coordinate system that GeoJSON has anyway.
const WGS84: [&str; 5] = ["CRS84", "4326", "WGS84", "WGS 84", "OGC:1.3:CRS"];

/// What a document may be, besides a collection of features.
const KINDS: [&[u8]; 8] = [
    b"Feature",
    b"Point",
    b"MultiPoint",
    b"LineString",
    b"MultiLineString",
    b"Polygon",
    b"MultiPolygon",
    b"GeometryCollection",
];

/// Lines that break off, after which the others are given up.
const MOST_BROKEN_OFF: usize = 64;

pub(super) enum End {
    Stopped,
    Syntax { byte: u64, what: ProblemKind },
}

/// Features that follow each other, and where they came in the order of pieces.
struct Piece {
    number: usize,
    places: Vec<Place>,
}

/// All features from `start` on; `preview` takes those at the begin whenever the watch wants them.
pub(super) fn read(
    (bytes, start): (&[u8], usize),
    watch: &dyn Watch,
    preview: &dyn Fn(Batch),
) -> Result<Batch, End> {
    let (pieces, work) = bounded::<Piece>(2 * THREADS);
    let (done, results) = crossbeam_channel::unbounded();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            let (work, done) = (work.clone(), done.clone());
            scope.spawn(move || read_pieces(bytes, &work, &done, watch));
        }
        drop((work, done));
        let finding = scope.spawn(move || {
            let mut finder = Finder::new(bytes, pieces);
            let found = finder.documents(start);
            finder.send();
            (found, finder.problems)
        });
        let read = in_order(&results, watch, preview)?;
        let (found, problems) = finding.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        gathered(read, problems, found)
    })
}

/// What the pieces held, in the order of the file.
fn in_order(
    results: &Receiver<Option<(usize, Batch)>>,
    watch: &dyn Watch,
    preview: &dyn Fn(Batch),
) -> Result<Vec<Batch>, End> {
    let mut early: BTreeMap<usize, Batch> = BTreeMap::new();
    let mut read: Vec<Batch> = Vec::new();
    let mut vertices = 0;
    for result in results {
        let (number, batch) = result.ok_or(End::Stopped)?;
        early.insert(number, batch);
        while let Some(batch) = early.remove(&read.len()) {
            vertices += batch.vertices.len() as u64;
            read.push(batch);
        }
        if watch.wants_preview(vertices) {
            let mut begin = Batch::default();
            for batch in &read {
                begin.append(batch.clone());
            }
            preview(begin);
        }
    }
    Ok(read)
}

fn gathered(read: Vec<Batch>, problems: Vec<Problem>, found: Result<(), End>) -> Result<Batch, End> {
    let mut all = Batch::default();
    all.vertices.reserve_exact(read.iter().map(|batch| batch.vertices.len()).sum());
    for batch in read {
        all.append(batch);
    }
    if all.places.is_empty() {
        found?;
        if let Some(problem) = problems.iter().find(|problem| problem.kind == ProblemKind::NotGeoJson) {
            return Err(End::Syntax { byte: problem.byte, what: problem.kind });
        }
    }
    all.problems.extend(problems);
    all.problems.sort_by_key(|problem| problem.byte);
    Ok(all)
}

/// Reads pieces until there are no more or it is to stop; `None` where nothing is to be kept.
fn read_pieces(
    bytes: &[u8],
    work: &Receiver<Piece>,
    done: &Sender<Option<(usize, Batch)>>,
    watch: &dyn Watch,
) {
    let mut positions = Vec::new();
    for Piece { number, places } in work {
        let mut batch = Batch::default();
        let mut length = 0;
        for place in places {
            length += place.end - place.start;
            read_feature(bytes, place, &mut batch, &mut positions);
        }
        let next = watch.next(length, batch.vertices.len() as u64);
        // Whoever gathers may have given up already.
        let is_told = done.send((next != Next::Drop).then_some((number, batch))).is_ok();
        if !is_told || next != Next::GoOn {
            return;
        }
    }
}

/// Finds where features begin and end.
struct Finder<'a> {
    bytes: &'a [u8],
    pieces: Sender<Piece>,
    number: usize,
    places: Vec<Place>,
    length: usize,
    problems: Vec<Problem>,
    /// Whether the features of a collection are being found.
    is_inside: bool,
    /// Nobody takes pieces any more.
    is_over: bool,
}

impl<'a> Finder<'a> {
    fn new(bytes: &'a [u8], pieces: Sender<Piece>) -> Self {
        let (places, problems) = (Vec::new(), Vec::new());
        Self { bytes, pieces, number: 0, places, length: 0, problems, is_inside: false, is_over: false }
    }

    fn feature(&mut self, start: usize, end: usize) {
        self.places.push(Place { start: start as u64, end: end as u64 });
        self.length += end - start;
        if self.length >= PIECE {
            self.send();
        }
    }

    fn send(&mut self) {
        let places = std::mem::take(&mut self.places);
        self.length = 0;
        if !places.is_empty() {
            // Without readers the work was stopped.
            self.is_over |= self.pieces.send(Piece { number: self.number, places }).is_err();
            self.number += 1;
        }
    }

    fn problem(&mut self, kind: ProblemKind, byte: usize) {
        self.problems.push(Problem { kind, feature: None, byte: byte as u64, spot: None });
    }

    /// One document, or one to each line or record. A line of its own that is broken does not end the others.
    fn documents(&mut self, start: usize) -> Result<(), End> {
        let mut scan = Scan::new(self.bytes, start);
        let mut broken_off = 0;
        loop {
            self.between(&mut scan, start);
            let from = scan.at;
            let stuck = match scan.peek() {
                Err(_) => return Ok(()),
                Ok(_) if self.is_over => return Ok(()),
                Ok(b'{') => self.document(&mut scan).err(),
                Ok(_) => Some(Stuck::Unexpected),
            };
            let what = match stuck {
                None => continue,
                Some(Stuck::Stopped) => return Ok(()),
                Some(Stuck::End) => ProblemKind::Truncated,
                Some(Stuck::Unexpected) => ProblemKind::Syntax,
            };
            // What breaks off is looked for to the end of the file each time.
            broken_off += usize::from(what == ProblemKind::Truncated);
            let stuck_at = scan.at.min(self.bytes.len());
            // Of a collection the features before the fault are there already.
            let next = self.next_line(if self.is_inside { stuck_at } else { from });
            let goes_on = from > start || next.is_some_and(|next| self.bytes.get(next) == Some(&b'{'));
            let is_whole = self.is_inside && from == start;
            let next = next.filter(|_| goes_on && !is_whole && broken_off < MOST_BROKEN_OFF);
            let Some(next) = next else {
                self.problem(what, stuck_at);
                return Err(End::Syntax { byte: stuck_at as u64, what });
            };
            self.problem(what, if what == ProblemKind::Truncated { from } else { stuck_at });
            scan.at = next;
        }
    }

    /// Steps over what stands between documents; commas do not belong there, which is told once.
    fn between(&mut self, scan: &mut Scan<'_>, start: usize) {
        while let Ok(byte) = scan.peek() {
            if byte == b',' && scan.at > start {
                let is_told = self.problems.iter().any(|problem| problem.kind == ProblemKind::Syntax);
                if !is_told {
                    self.problem(ProblemKind::Syntax, scan.at);
                }
            } else if byte != RECORD {
                return;
            }
            scan.at += 1;
        }
    }

    /// Where the next line begins.
    fn next_line(&self, from: usize) -> Option<usize> {
        memchr::memchr(b'\n', &self.bytes[from..]).map(|line| from + line + 1)
    }

    /// A collection's features, or the document itself as one.
    fn document(&mut self, scan: &mut Scan<'_>) -> Result<(), Stuck> {
        let start = scan.at;
        let (mut is_collection, mut kind): (bool, &[u8]) = (false, b"");
        self.is_inside = false;
        scan.expect(b'{')?;
        if !scan.takes(b'}')? {
            loop {
                let key = scan.string()?;
                scan.expect(b':')?;
                let next = scan.peek()?;
                match key {
                    b"type" if next == b'"' => kind = scan.string()?,
                    b"features" if next == b'[' => {
                        is_collection = true;
                        self.is_inside = true;
                        self.features(scan)?;
                    }
                    b"crs" => self.crs(scan)?,
                    _ => scan.skip()?,
                }
                if !scan.takes(b',')? {
                    break;
                }
            }
            scan.expect(b'}')?;
        }
        if KINDS.contains(&kind) && !is_collection {
            self.feature(start, scan.at);
        } else if !is_collection {
            self.problem(ProblemKind::NotGeoJson, start);
        }
        Ok(())
    }

    fn features(&mut self, scan: &mut Scan<'_>) -> Result<(), Stuck> {
        scan.expect(b'[')?;
        if scan.takes(b']')? {
            return Ok(());
        }
        loop {
            scan.peek()?;
            let start = scan.at;
            scan.skip()?;
            self.feature(start, scan.at);
            if self.is_over {
                return Err(Stuck::Stopped);
            }
            if !scan.takes(b',')? {
                return scan.expect(b']');
            }
        }
    }

    /// The old way to name a coordinate system; others than WGS84 are told of.
    fn crs(&mut self, scan: &mut Scan<'_>) -> Result<(), Stuck> {
        let start = scan.at;
        scan.skip()?;
        let text = String::from_utf8_lossy(&self.bytes[start..scan.at]);
        if text != "null" && !WGS84.iter().any(|name| text.contains(name)) {
            self.problem(ProblemKind::OtherCrs, start);
        }
        Ok(())
    }
}
