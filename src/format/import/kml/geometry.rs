//! The geometries of a placemark, however they are nested.

use super::super::geometry::{Geometry, Position};
use super::super::xml::{Fault as XmlFault, Token, Xml};
use crate::data::ProblemKind;

/// Geometries in geometries, at most.
const MOST_NESTED: usize = 64;

/// Simple geometries so far.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub(super) parts: Vec<Geometry>,
    pub(super) faults: Vec<ProblemKind>,
    /// The first and the last moment of a track.
    pub(super) times: Option<(String, String)>,
}

/// Whether an element of a placemark is a geometry.
pub(super) fn is_geometry(name: &str) -> bool {
    matches!(
        name,
        "Point"
            | "LineString"
            | "LinearRing"
            | "Polygon"
            | "MultiGeometry"
            | "Model"
            | "Track"
            | "MultiTrack"
    )
}

impl Shapes {
    /// Reads the geometry of this name that was opened last. Those in it come one after the other, so nothing
    /// recurses.
    pub(super) fn read(&mut self, name: &str, xml: &mut Xml<'_>) -> Result<(), XmlFault> {
        let outside = xml.depth - 1;
        self.one(name, xml)?;
        while xml.depth > outside {
            if xml.depth - outside > MOST_NESTED {
                self.fault(ProblemKind::TooDeep);
                return xml.leave(outside);
            }
            let Token::Open(element) = xml.next()? else { continue };
            let name = element.name();
            if is_geometry(name) {
                let name = name.to_owned();
                self.one(&name, xml)?;
            } else {
                xml.skip()?;
            }
        }
        Ok(())
    }

    /// A simple geometry to its end; of one that holds others only its begin.
    fn one(&mut self, name: &str, xml: &mut Xml<'_>) -> Result<(), XmlFault> {
        match name {
            "Point" => {
                for at in self.coordinates(xml)? {
                    self.parts.push(Geometry::Point(at));
                }
            }
            "LineString" | "LinearRing" => {
                let line = self.coordinates(xml)?;
                if !line.is_empty() {
                    self.parts.push(Geometry::Line(line));
                }
            }
            "Polygon" => {
                let rings = self.rings(xml)?;
                if !rings.is_empty() {
                    self.parts.push(Geometry::Polygon(rings));
                }
            }
            "Track" => self.track(xml)?,
            "Model" => {
                if let Some(at) = model(xml)? {
                    self.parts.push(Geometry::Point(at));
                }
            }
            // They hold others.
            _ => {}
        }
        Ok(())
    }

    /// The positions of all `coordinates` in the element that was opened last.
    fn coordinates(&mut self, xml: &mut Xml<'_>) -> Result<Vec<Position>, XmlFault> {
        let outside = xml.depth - 1;
        let mut line = Vec::new();
        while xml.depth > outside {
            let Token::Open(element) = xml.next()? else { continue };
            if element.name() == "coordinates" {
                let text = xml.text()?;
                self.positions(&text, &mut line);
            } else {
                xml.skip()?;
            }
        }
        Ok(line)
    }

    /// The outer ring and those in it, each its own `LinearRing`.
    fn rings(&mut self, xml: &mut Xml<'_>) -> Result<Vec<Vec<Position>>, XmlFault> {
        let outside = xml.depth - 1;
        let (mut outer, mut holes, mut is_outer) = (Vec::new(), Vec::new(), false);
        while xml.depth > outside {
            let Token::Open(element) = xml.next()? else { continue };
            match element.name() {
                "outerBoundaryIs" => is_outer = true,
                "innerBoundaryIs" => is_outer = false,
                "LinearRing" => {
                    let ring = self.coordinates(xml)?;
                    if is_outer && outer.is_empty() { outer = ring } else { holes.push(ring) }
                }
                _ => xml.skip()?,
            }
        }
        if outer.is_empty() {
            if !holes.is_empty() {
                self.fault(ProblemKind::TooShort);
            }
            return Ok(Vec::new());
        }
        holes.retain(|ring| !ring.is_empty());
        holes.insert(0, outer);
        Ok(holes)
    }

    /// `lon,lat,height` in a row. White space parts positions, except around a comma, as many a writer has it.
    fn positions(&mut self, text: &str, line: &mut Vec<Position>) {
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (mut at, mut count, mut is_good) = ([f64::NAN; 3], 0, true);
            loop {
                let end = rest.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(rest.len());
                let number = rest[..end].parse::<f64>();
                is_good &= number.is_ok() || (count == 2 && end == 0);
                if let (Ok(number), Some(slot)) = (number, at.get_mut(count)) {
                    *slot = number;
                }
                count += 1;
                rest = rest[end..].trim_start();
                match rest.strip_prefix(',') {
                    Some(more) => rest = more.trim_start(),
                    None => break,
                }
            }
            if is_good && count > 1 && at[0].is_finite() && at[1].is_finite() {
                line.push(at);
            } else {
                self.fault(ProblemKind::Position);
            }
        }
    }

    /// Google's track: moments and positions, which are parted by blanks.
    fn track(&mut self, xml: &mut Xml<'_>) -> Result<(), XmlFault> {
        let outside = xml.depth - 1;
        let mut line = Vec::new();
        while xml.depth > outside {
            let Token::Open(element) = xml.next()? else { continue };
            match element.name() {
                "when" => {
                    let when = xml.text()?.trim().to_owned();
                    self.times = Some(match self.times.take() {
                        Some((first, _)) => (first, when),
                        None => (when.clone(), when),
                    });
                }
                "coord" => {
                    let text = xml.text()?;
                    let numbers: Vec<f64> =
                        text.split_whitespace().map_while(|one| one.parse().ok()).collect();
                    match numbers[..] {
                        [x, y, ref rest @ ..] => line.push([x, y, rest.first().copied().unwrap_or(f64::NAN)]),
                        // A moment without a place is an honest gap.
                        _ if text.trim().is_empty() => {}
                        _ => self.fault(ProblemKind::Position),
                    }
                }
                _ => xml.skip()?,
            }
        }
        match line[..] {
            [] => {}
            [at] => self.parts.push(Geometry::Point(at)),
            _ => self.parts.push(Geometry::Line(line)),
        }
        Ok(())
    }

    /// Of many positions of one feature the first is told of.
    fn fault(&mut self, kind: ProblemKind) {
        if !self.faults.contains(&kind) {
            self.faults.push(kind);
        }
    }
}

/// Where a model stands; what it looks like is in another file.
fn model(xml: &mut Xml<'_>) -> Result<Option<Position>, XmlFault> {
    let outside = xml.depth - 1;
    let mut at = [f64::NAN; 3];
    while xml.depth > outside {
        let Token::Open(element) = xml.next()? else { continue };
        let slot = match element.name() {
            "longitude" => 0,
            "latitude" => 1,
            "altitude" => 2,
            "Location" => continue,
            _ => {
                xml.skip()?;
                continue;
            }
        };
        at[slot] = xml.text()?.trim().parse().unwrap_or(f64::NAN);
    }
    Ok((at[0].is_finite() && at[1].is_finite()).then_some(at))
}
