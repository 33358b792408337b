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
    all.vertices.reserve(read.iter().map(|batch| batch.vertices.len()).sum());
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
    for Piece { number, places } in work {
        let mut batch = Batch::default();
        let mut length = 0;
        for place in places {
            length += place.end - place.start;
            read_feature(bytes, place, &mut batch);
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
    /// Nobody takes pieces any more.
    is_over: bool,
}

impl<'a> Finder<'a> {
    fn new(bytes: &'a [u8], pieces: Sender<Piece>) -> Self {
        let (places, problems) = (Vec::new(), Vec::new());
        Self { bytes, pieces, number: 0, places, length: 0, problems, is_over: false }
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
        self.problems.push(Problem { kind, feature: None, byte: byte as u64 });
    }

    /// One document, or one to each line or record.
    fn documents(&mut self, start: usize) -> Result<(), End> {
        let mut scan = Scan::new(self.bytes, start);
        loop {
            while scan.bytes.get(scan.at) == Some(&RECORD) || scan.peek() == Ok(RECORD) {
                scan.at += 1;
            }
            match scan.peek() {
                Err(_) => return Ok(()),
                Ok(_) if self.is_over => return Ok(()),
                Ok(b'{') => {}
                Ok(_) => {
                    self.problem(ProblemKind::Syntax, scan.at);
                    return Err(End::Syntax { byte: scan.at as u64, what: ProblemKind::Syntax });
                }
            }
            let from = scan.at;
            if let Err(stuck) = self.document(&mut scan) {
                let what = match stuck {
                    Stuck::Stopped => return Ok(()),
                    Stuck::End => ProblemKind::Truncated,
                    Stuck::Unexpected => ProblemKind::Syntax,
                };
                self.problem(what, scan.at.min(self.bytes.len()));
                let next_line = memchr::memchr(b'\n', &self.bytes[scan.at.min(self.bytes.len())..]);
                match next_line {
                    // A line of its own that is broken does not end the others.
                    Some(line) if stuck == Stuck::Unexpected && from > start => scan.at += line,
                    _ => return Err(End::Syntax { byte: scan.at as u64, what }),
                }
            }
        }
    }

    /// A collection's features, or the document itself as one.
    fn document(&mut self, scan: &mut Scan<'_>) -> Result<(), Stuck> {
        let start = scan.at;
        let (mut is_collection, mut kind): (bool, &[u8]) = (false, b"");
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
