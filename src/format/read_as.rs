//! How the numbers of a file are read: in the system that it names or that a person names, and what is said of that.
//!
//! Invariant: numbers that cannot be degrees are never drawn as degrees; they are told of and asked about.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::import::crs::{Crs, Transform};
use super::positions::{positions, system, turned};
use super::{Next, ReadError, Watch};
use crate::data::{Batch, Doubt, Fault, Placed, Problem, ProblemKind, Source};
use crate::geo::crs::{Offset, Suspicion, System, Unknown, guesses, suspect};
use crate::geo::{LonLat, WorldBounds};

/// Of so many features a few positions are looked at.
const LOOKED_AT: usize = 1_000;
const OF_EACH: usize = 4;
/// What was computed has nine digits behind the point, a tenth of a millimetre.
const DIGITS: f64 = 1e9;
/// Bytes between two looks at the watch.
const STEP: u64 = 1 << 18;

/// What a person says of the numbers of a file; nothing, unless asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAs {
    /// In place of what the file says.
    pub crs: Option<Crs>,
    /// Northing or latitude stands first.
    pub swap: bool,
    /// Taken off once the numbers are degrees.
    pub offset: Option<Offset>,
}

/// What became of the numbers of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    systems: Vec<Arc<System>>,
    /// Its numbers are known to be degrees of WGS84.
    is_wgs84: bool,
    unknown: Vec<String>,
    is_swapped: bool,
    offset: Option<Offset>,
    /// A person named the system.
    is_chosen: bool,
}

impl ReadAs {
    /// How positions become degrees; `None` where they are so already, or where nobody knows how.
    pub(super) fn transform(
        &self,
        file: Option<&Crs>,
        outcome: &mut Outcome,
    ) -> Result<Option<Transform>, Unknown> {
        let (swap, offset) = (self.swap, self.offset);
        (outcome.is_swapped, outcome.offset) = (swap, offset);
        outcome.is_chosen = self.crs.is_some();
        let crs = self.crs.as_ref().or(file);
        let is_degrees = crs.is_some_and(Crs::is_degrees);
        outcome.is_wgs84 |= is_degrees;
        let system = match crs.filter(|_| !is_degrees || self.crs.is_some()).map(Crs::system) {
            Some(Ok(system)) => Some(Arc::new(system)),
            Some(Err(unknown)) if !is_degrees => {
                outcome.unknown.push(unknown.name.clone());
                return Err(unknown);
            }
            _ => None,
        };
        if let Some(system) = &system {
            outcome.systems.push(Arc::clone(system));
        }
        let system = system.filter(|_| !is_degrees);
        if system.is_none() && !swap && offset.is_none() {
            return Ok(None);
        }
        Ok(Some(Box::new(move |[x, y]| {
            let numbers = if swap { [y, x] } else { [x, y] };
            let degrees = system.as_ref().map_or(Some(numbers), |system| system.degrees(numbers))?;
            let place = offset.map_or(degrees, |offset| offset.remove(degrees));
            Some(place.map(|degrees| (degrees * DIGITS).round() / DIGITS))
        })))
    }
}

impl Outcome {
    /// Says on the features how they were placed, and what must be asked. `source` is their text.
    pub(super) fn tell(&self, source: &[u8], batch: &mut Batch) {
        if self.seems_degrees(batch) {
            return ask(batch, Doubt { suspicion: Suspicion::Degrees, ..Doubt::default() });
        }
        batch.placed = self.placed(batch);
        let unknown = self.unknown.first().cloned();
        let is_asked = self.systems.is_empty() && !self.is_wgs84 && self.offset.is_none();
        let sample = if is_asked { sample(source, batch) } else { Vec::new() };
        doubt(batch, unknown, &sample);
    }

    /// Whether the file names a system of metres and yet all of its numbers could be degrees: they would lie within two
    /// hundred metres of the system's origin, for most systems in an empty sea.
    fn seems_degrees(&self, batch: &Batch) -> bool {
        let [system] = self.systems.as_slice() else { return false };
        let is_small = |[x, y]: [f64; 2]| x.abs() <= 180.0 && y.abs() <= 180.0;
        let step = batch.vertices.len().div_ceil(LOOKED_AT).max(1);
        let mut looked = batch.vertices.iter().step_by(step).map(|vertex| vertex.to_lonlat()).peekable();
        let could_be = |place: LonLat| system.numbers([place.lon, place.lat]).is_some_and(is_small);
        !self.is_chosen && !system.is_geographic() && looked.peek().is_some() && looked.all(could_be)
    }

    fn placed(&self, batch: &Batch) -> Option<Placed> {
        let worst = self.systems.iter().max_by(|a, b| a.accuracy_m.total_cmp(&b.accuracy_m));
        if worst.is_none() && self.offset.is_none() && !self.is_swapped {
            return None;
        }
        let middle = middle(batch);
        let names: BTreeSet<&str> = self.systems.iter().map(|system| system.name.as_str()).collect();
        let name = names.into_iter().collect::<Vec<_>>().join("; ");
        let of_offset = self.offset.zip(middle).map(|(offset, middle)| {
            let [lon, lat] = offset.apply([middle.lon, middle.lat]);
            offset.shift_m(LonLat::new(lon, lat))
        });
        let of_datum = || worst.zip(middle).and_then(|(system, middle)| system.shift_m(middle));
        let reaches = |place: LonLat| self.systems.iter().all(|system| system.reaches(place));
        let own = worst.map_or(0.0, |system| system.accuracy_m);
        Some(Placed {
            system: if name.is_empty() { "WGS 84".to_owned() } else { name },
            code: worst.and_then(|system| system.code).map(|(authority, code)| format!("{authority}:{code}")),
            is_far: !middle.is_none_or(reaches),
            accuracy_m: own + if self.offset.is_some() { Offset::ACCURACY_M } else { 0.0 },
            shift: worst.and_then(|system| system.shift).map(|shift| format!("EPSG:{}", shift.code)),
            shift_m: of_offset.or_else(of_datum),
            offset: self.offset,
            is_swapped: self.is_swapped,
        })
    }
}

/// Reads `GeoJSON` that stands in memory.
pub(super) fn read_geojson(
    source: Source,
    path: &Path,
    (read_as, watch): (&ReadAs, &dyn Watch),
) -> Result<(Source, Batch), ReadError> {
    let mut outcome = Outcome::default();
    let named = system((*source).as_ref());
    let file = named.and_then(of_member);
    let transform = read_as.transform(file.as_ref(), &mut outcome);
    let (source, mut batch) = match transform {
        Ok(Some(turn)) => {
            super::room::check(path, 2 * (*source).as_ref().len() as u64)?;
            let text = turned_text((*source).as_ref(), &turn, watch);
            let text = text.ok_or_else(|| ReadError::new(path, Fault::Stopped))?;
            super::read_geojson(Arc::new(text), path, &Again(watch))?
        }
        _ => super::read_geojson(source, path, &Wary(watch))?,
    };
    if read_as.crs.is_some() {
        batch.problems.retain(|problem| problem.kind != ProblemKind::OtherCrs);
    }
    outcome.tell((*source).as_ref(), &mut batch);
    Ok((source, batch))
}

fn turned_text(bytes: &[u8], turn: &Transform, watch: &dyn Watch) -> Option<Vec<u8>> {
    let told = std::cell::Cell::new(0);
    let tell = |byte: u64| {
        let new = byte - told.get();
        told.set(byte);
        watch.next(new, 0) != Next::Drop
    };
    let text = turned(bytes, turn, &|byte| byte < told.get() + STEP || tell(byte));
    text.filter(|_| tell(bytes.len() as u64))
}

/// What the old member of `GeoJSON` names. A link is not followed: its address is the name.
fn of_member(bytes: &[u8]) -> Option<Crs> {
    let found: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let properties = found.get("properties")?;
    let text = |key: &str| properties.get(key).and_then(serde_json::Value::as_str);
    if found.get("type").and_then(serde_json::Value::as_str) == Some("link") {
        return Crs::of_wkt(text("href")?);
    }
    let code = properties.get("code").and_then(serde_json::Value::as_u64);
    let name = text("name").map(str::to_owned).or_else(|| code.map(|code| format!("EPSG:{code}")))?;
    Crs::of_name(&name).or_else(|| Crs::of_wkt(&name))
}

/// Watches while degrees are hoped for: what cannot be any is not shown early.
struct Wary<'a>(&'a dyn Watch);

impl Watch for Wary<'_> {
    fn next(&self, bytes: u64, vertices: u64) -> Next {
        self.0.next(bytes, vertices)
    }

    fn wants_preview(&self, vertices: u64) -> bool {
        self.0.wants_preview(vertices)
    }

    fn preview(&self, source: Source, batch: Batch) {
        if may_be_degrees((*source).as_ref(), &batch) {
            self.0.preview(source, batch);
        }
    }
}

/// Watches while text that was turned becomes features: its bytes have been told of.
struct Again<'a>(&'a dyn Watch);

impl Watch for Again<'_> {
    fn next(&self, _bytes: u64, vertices: u64) -> Next {
        self.0.next(0, vertices)
    }

    fn wants_preview(&self, vertices: u64) -> bool {
        self.0.wants_preview(vertices)
    }

    fn preview(&self, source: Source, batch: Batch) {
        self.0.preview(source, batch);
    }
}

/// Says what is odd about positions, and takes from the map what would lie in a wrong place.
pub(super) fn doubt(batch: &mut Batch, unknown: Option<String>, sample: &[[f64; 2]]) {
    let suspicion = suspect(sample);
    if unknown.is_some() || suspicion != Suspicion::None {
        let guesses = if suspicion == Suspicion::Metres { guesses(sample) } else { Vec::new() };
        ask(batch, Doubt { unknown, suspicion, guesses });
    }
}

/// Tells what is odd about the numbers of a file, and draws none of those that cannot be meant so.
fn ask(batch: &mut Batch, doubt: Doubt) {
    let suspicion = doubt.suspicion;
    let kind = match suspicion {
        Suspicion::Metres => Some(ProblemKind::Metres),
        Suspicion::Degrees => Some(ProblemKind::Degrees),
        Suspicion::Swapped => Some(ProblemKind::Swapped),
        Suspicion::PerhapsSwapped => Some(ProblemKind::PerhapsSwapped),
        Suspicion::None => None,
    };
    if let Some(kind) = kind {
        if suspicion != Suspicion::PerhapsSwapped {
            batch.parts.clear();
            batch.vertices.clear();
            let is_said = |kind| matches!(kind, ProblemKind::OutOfRange | ProblemKind::NoGeometry);
            batch.problems.retain(|problem| !is_said(problem.kind));
        }
        let byte = batch.places.first().map_or(0, |place| place.start);
        batch.problems.push(Problem { kind, feature: None, byte, spot: None });
        batch.problems.sort_by_key(|problem| problem.byte);
    }
    batch.doubt = Some(doubt);
}

/// Whether the begin of a file may be drawn before all of it is known.
pub(super) fn may_be_degrees(source: &[u8], batch: &Batch) -> bool {
    !matches!(suspect(&sample(source, batch)), Suspicion::Metres | Suspicion::Swapped)
}

/// Positions from all over a file, where something of it is odd at first sight.
fn sample(source: &[u8], batch: &Batch) -> Vec<[f64; 2]> {
    let off = batch.problems.iter().filter(|problem| problem.kind == ProblemKind::OutOfRange).count();
    let is_north = middle(batch).is_some_and(|middle| middle.lat > 70.0);
    if off * 4 < batch.places.len() && !is_north {
        return Vec::new();
    }
    let step = batch.places.len().div_ceil(LOOKED_AT).max(1);
    let features = batch.places.iter().step_by(step);
    let bytes = features.filter_map(|place| source.get(place.start as usize..place.end as usize));
    bytes.flat_map(|bytes| positions(bytes, OF_EACH)).collect()
}

fn middle(batch: &Batch) -> Option<LonLat> {
    WorldBounds::of(batch.vertices.iter().copied()).map(|bounds| bounds.center().to_lonlat())
}

#[cfg(test)]
mod tests;
