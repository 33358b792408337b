//! The geometry of a feature, in units of its tile: the commands of section 4.3 as points.

use super::layer::Feature;
use super::protobuf::{Reader, unfolded};

/// A place in units of the tile: x east from its western side, y south from its northern one.
pub(super) type Point = [f64; 2];

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE: u32 = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A kind of geometry that is not known.
    Unknown,
    /// Commands that break the specification.
    Broken,
    /// More vertices than there is room for.
    TooLarge,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Points,
    Lines,
    Rings,
}

/// Parts one after another: all points, or a line or ring each. Rings do not repeat their first point.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) points: Vec<Point>,
    /// Where each part ends.
    ends: Vec<usize>,
}

impl Shape {
    pub(super) fn parts(&self) -> impl Iterator<Item = &[Point]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.points[start..*end])
    }

    /// Reads the geometry of a feature in place of what was here; `room` vertices at most.
    pub(super) fn read(&mut self, feature: &Feature<'_>, room: usize) -> Result<(), Fault> {
        self.points.clear();
        self.ends.clear();
        self.kind = match feature.kind {
            0 => return Err(Fault::Unknown),
            1 => Kind::Points,
            2 => Kind::Lines,
            3 => Kind::Rings,
            _ => return Err(Fault::Broken),
        };
        let mut reader = Reader::new(feature.geometry);
        let mut cursor = [0_i64; 2];
        while let Some(command) = reader.packed().map_err(|_| Fault::Broken)? {
            let (command, count) = (command & 7, (command >> 3) as usize);
            match command {
                MOVE_TO | LINE_TO => {
                    // A parameter takes a byte.
                    if count == 0 || count > reader.left() / 2 {
                        return Err(Fault::Broken);
                    }
                    if count > room.saturating_sub(self.points.len()) {
                        return Err(Fault::TooLarge);
                    }
                    self.begin(command, count)?;
                    for _ in 0..count {
                        for axis in &mut cursor {
                            let step = reader.packed().ok().flatten().ok_or(Fault::Broken)?;
                            *axis += unfolded(u64::from(step));
                        }
                        self.points.push(cursor.map(|axis| axis as f64));
                    }
                }
                // Old writers close lines, and count no closing.
                CLOSE if count == 1 || (count == 0 && self.kind == Kind::Lines) => self.close()?,
                _ => return Err(Fault::Broken),
            }
        }
        self.end()
    }

    fn open(&self) -> &[Point] {
        &self.points[self.ends.last().copied().unwrap_or(0)..]
    }

    /// Looks whether a command may stand here, and ends the part before it.
    fn begin(&mut self, command: u32, count: usize) -> Result<(), Fault> {
        let is_move = command == MOVE_TO;
        let is_right = match self.kind {
            Kind::Points => is_move && self.points.is_empty(),
            Kind::Lines if is_move => {
                if self.ends.last().copied().unwrap_or(0) < self.points.len() {
                    self.end_line()?;
                }
                count == 1
            }
            Kind::Rings if is_move => count == 1 && self.open().is_empty(),
            Kind::Lines | Kind::Rings => !self.open().is_empty(),
        };
        if is_right { Ok(()) } else { Err(Fault::Broken) }
    }

    /// Ends a ring, or leads a line back to its begin.
    fn close(&mut self) -> Result<(), Fault> {
        let first = self.open().first().copied().ok_or(Fault::Broken)?;
        match self.kind {
            Kind::Points => Err(Fault::Broken),
            Kind::Lines => {
                self.points.push(first);
                self.end_line()
            }
            Kind::Rings => {
                // A ring of fewer than three points has no inside: it is dropped, not its feature.
                if self.open().len() < 3 {
                    self.points.truncate(self.ends.last().copied().unwrap_or(0));
                } else {
                    self.ends.push(self.points.len());
                }
                Ok(())
            }
        }
    }

    fn end_line(&mut self) -> Result<(), Fault> {
        if self.open().len() < 2 {
            return Err(Fault::Broken);
        }
        self.ends.push(self.points.len());
        Ok(())
    }

    fn end(&mut self) -> Result<(), Fault> {
        if self.points.is_empty() {
            return Err(Fault::Broken);
        }
        match self.kind {
            Kind::Points => self.ends.push(self.points.len()),
            Kind::Lines if !self.open().is_empty() => self.end_line()?,
            Kind::Rings if !self.open().is_empty() => return Err(Fault::Broken),
            Kind::Lines | Kind::Rings => {}
        }
        Ok(())
    }
}

/// Twice the area of a ring by the surveyor's formula (section 4.3.3.3), from its first point; positive for an
/// exterior ring, whose points go clockwise on the screen.
pub(super) fn doubled_area(ring: &[Point]) -> f64 {
    let Some([x0, y0]) = ring.first().copied() else { return 0.0 };
    let pairs = ring.iter().zip(ring.iter().skip(1));
    pairs.map(|([x1, y1], [x2, y2])| (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)).sum()
}
