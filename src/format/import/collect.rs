//! Gathers the features of a file as `GeoJSON` text, watched and bounded.

use super::super::read_as::{Outcome, ReadAs};
use super::super::{Next, Watch};
use super::crs::{Crs, Transform};
use super::geometry::{Geometry, push_geometry};
use super::property::Properties;
use super::{Fault, Imported, Problem, Spot};
use crate::data::ProblemKind;

/// Bytes of the file between two looks at the watch.
const STEP: u64 = 1 << 18;
/// Of problems of one kind so many are kept: a file can be wrong a million times.
const MOST_PROBLEMS: usize = 10_000;

/// Why a reader ends early.
#[derive(Debug)]
pub(super) enum Halt {
    /// What was read so far is kept.
    Enough,
    Fault(Fault),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// One feature of a file.
#[derive(Debug)]
pub(super) struct Feature<'a> {
    pub(super) spot: Spot,
    /// As JSON.
    pub(super) id: Option<String>,
    pub(super) geometry: Option<&'a Geometry>,
    pub(super) properties: &'a Properties,
    /// What its reader found wrong with it.
    pub(super) faults: Vec<ProblemKind>,
}

/// The features of a file so far.
pub(super) struct Collector<'a> {
    watch: &'a dyn Watch,
    /// Bytes that the text may have.
    most: u64,
    text: Vec<u8>,
    spots: Vec<Spot>,
    problems: Vec<Problem>,
    systems: Vec<Crs>,
    read_as: &'a ReadAs,
    transform: Option<Transform>,
    outcome: Outcome,
    /// Bytes of the file that the watch knows of.
    told: u64,
}

impl<'a> Collector<'a> {
    pub(super) fn new(watch: &'a dyn Watch, read_as: &'a ReadAs, most: u64) -> Self {
        let mut outcome = Outcome::default();
        // A system that a person names and nobody knows is told of once the file names its own.
        let transform = read_as.transform(None, &mut outcome).unwrap_or_default();
        Self {
            read_as,
            outcome,
            watch,
            most,
            text: Vec::new(),
            spots: Vec::new(),
            problems: Vec::new(),
            systems: Vec::new(),
            transform,
            told: 0,
        }
    }

    /// What follows is in this coordinate system. One that we cannot turn into degrees is told of, and what is in it
    /// is read as it stands.
    pub(super) fn set_crs(&mut self, crs: Option<Crs>, spot: Option<Spot>) {
        let transform = self.read_as.transform(crs.as_ref(), &mut self.outcome);
        if transform.is_err() {
            self.problem(ProblemKind::OtherCrs, spot);
        }
        self.transform = transform.unwrap_or_default();
        let Some(crs) = crs else { return };
        if !self.systems.contains(&crs) {
            self.systems.push(crs);
        }
    }

    /// The reader has come to this byte of the file.
    pub(super) fn reach(&mut self, byte: u64) -> Result<(), Halt> {
        if byte < self.told.saturating_add(STEP) && self.told > 0 {
            return Ok(());
        }
        self.tell(byte)
    }

    /// Tells the watch of all bytes up to this one.
    pub(super) fn tell(&mut self, byte: u64) -> Result<(), Halt> {
        let new = byte.saturating_sub(self.told);
        self.told = self.told.max(byte);
        match self.watch.next(new, 0) {
            Next::GoOn => Ok(()),
            Next::Keep => Err(Halt::Enough),
            Next::Drop => Err(Halt::Fault(Fault::Stopped)),
        }
    }

    /// Something is wrong that belongs to no feature, or that could not become one.
    pub(super) fn problem(&mut self, kind: ProblemKind, spot: Option<Spot>) {
        self.push_problem(Problem { kind, feature: None, byte: self.text.len() as u64, spot });
    }

    fn push_problem(&mut self, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Bytes that the text may still grow by.
    pub(super) fn left(&self) -> u64 {
        self.most.saturating_sub(self.text.len() as u64)
    }

    /// Why a feature that would be longer than that is not made.
    pub(super) fn too_large(&self) -> Halt {
        let [needed, free] = [self.most.saturating_add(1), self.most].map(super::room::needed);
        Halt::Fault(Fault::TooLarge { needed, free })
    }

    /// Features so far.
    pub(super) fn len(&self) -> usize {
        self.spots.len()
    }

    /// Adds a feature.
    pub(super) fn add(&mut self, feature: &Feature<'_>) -> Result<(), Halt> {
        let (row, byte) = (self.spots.len() as u32, self.text.len() as u64);
        self.spots.push(feature.spot);
        self.text.extend_from_slice(b"{\"type\":\"Feature\",");
        if let Some(id) = &feature.id {
            self.text.extend_from_slice(b"\"id\":");
            self.text.extend_from_slice(id.as_bytes());
            self.text.push(b',');
        }
        self.text.extend_from_slice(b"\"geometry\":");
        let is_whole = self.geometry(feature.geometry);
        self.text.extend_from_slice(b",\"properties\":");
        feature.properties.push_to(&mut self.text);
        self.text.extend_from_slice(b"}\n");
        let lost = (!is_whole).then_some(ProblemKind::Position);
        let spot = Some(feature.spot);
        for kind in feature.faults.iter().copied().chain(lost) {
            self.push_problem(Problem { kind, feature: Some(row), byte, spot });
        }
        self.check()
    }

    /// Whether every position of it is a place; what has one that is not is no geometry.
    fn geometry(&mut self, geometry: Option<&Geometry>) -> bool {
        let start = self.text.len();
        let written =
            geometry.map(|geometry| push_geometry(&mut self.text, geometry, self.transform.as_ref()));
        if matches!(written, Some(Ok(()))) {
            return true;
        }
        self.text.truncate(start);
        self.text.extend_from_slice(b"null");
        written.is_none()
    }

    /// A small file can name the same line a million times over: there is an end to what it becomes.
    fn check(&self) -> Result<(), Halt> {
        if self.text.len() as u64 <= self.most {
            return Ok(());
        }
        let [needed, free] = [self.text.len() as u64, self.most].map(super::room::needed);
        Err(Halt::Fault(Fault::TooLarge { needed, free }))
    }

    pub(super) fn finish(self) -> Imported {
        let (text, spots, problems) = (self.text, self.spots, self.problems);
        Imported { text, spots, problems, crs: self.systems, outcome: self.outcome }
    }
}
