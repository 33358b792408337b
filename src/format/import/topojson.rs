//! `TopoJSON` (version 1): lines that several features share, each written once. Every object is a layer.

use serde::de::IgnoredAny;

use super::Input;
use super::collect::{Collector, Feature, Halt};
use super::crs::Crs;
use super::geometry::{Geometry, Position};
use super::lines::Lines;
use super::property::{Properties, quoted};
use crate::data::{Fault, ProblemKind};
use crate::format::scan::{Scan, Stuck, text};

/// Collections in collections, at most; what reads their text goes no deeper.
const MOST_NESTED: usize = 16;
/// The fewest bytes of text that a position becomes.
const LEAST: u64 = 6;

pub(super) fn matches(input: &Input<'_>) -> bool {
    let head = input.head();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !head.starts_with(b"{") {
        return false;
    }
    // Of a file larger than what is looked at the type may stand at the end.
    let mut is_one = input.ends_in(&["topojson"]);
    let _ = Scan::new(head, 0).each_member(|key, scan| {
        if key == b"type" {
            is_one = scan.peek()? == b'"' && scan.string()? == b"Topology";
            return Err(Stuck::Stopped);
        }
        scan.skip()
    });
    is_one
}

/// Where the parts of a file begin.
#[derive(Default)]
struct Parts {
    arcs: Option<usize>,
    objects: Option<usize>,
    /// Scale and translation.
    transform: Option<[[f64; 2]; 2]>,
}

pub(super) fn read(input: &Input<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    let bytes = input.bytes;
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    // From here on every bracket has its other one, and each value can be taken as it stands.
    serde_json::from_slice::<IgnoredAny>(&bytes[start..]).map_err(|error| {
        let what = if error.is_eof() { ProblemKind::Truncated } else { ProblemKind::Syntax };
        Fault::Syntax { line: error.line() as u64, column: error.column() as u64, what }
    })?;
    let mut parts = Parts::default();
    let read = Scan::new(bytes, start).each_member(|key, scan| {
        scan.peek()?;
        match key {
            b"arcs" => parts.arcs = Some(scan.at),
            b"objects" => parts.objects = Some(scan.at),
            b"transform" => parts.transform = transform(value(*scan)?),
            b"crs" => collector.set_crs(named(value(*scan)?), None),
            _ => {}
        }
        scan.skip()
    });
    let broken = Fault::Broken { format: "TopoJSON", spot: None, what: ProblemKind::Broken };
    let (Ok(()), Some(objects)) = (read, parts.objects) else { return Err(broken.into()) };
    let arcs = arcs(bytes, &parts).map_err(|_| broken.clone())?;
    let reader = Reader { bytes, arcs, transform: parts.transform };
    let mut lines = Lines::new();
    let mut halt = None;
    let walked = Scan::new(bytes, objects).each_member(|name, scan| {
        scan.peek()?;
        let read = reader.layer(&text(name), *scan, (collector, &mut lines));
        halt = read.err();
        if halt.is_some() { Err(Stuck::Stopped) } else { scan.skip() }
    });
    match (halt, walked) {
        (Some(halt), _) => Err(halt),
        (None, Err(_)) => Err(broken.into()),
        (None, Ok(())) => Ok(()),
    }
}

/// The bytes of the value in front of which a scan is.
fn value(mut scan: Scan<'_>) -> Result<&[u8], Stuck> {
    scan.peek()?;
    let start = scan.at;
    scan.skip()?;
    Ok(&scan.bytes[start..scan.at])
}

fn transform(bytes: &[u8]) -> Option<[[f64; 2]; 2]> {
    #[derive(serde::Deserialize)]
    struct Transform {
        scale: [f64; 2],
        translate: [f64; 2],
    }
    let found: Transform = serde_json::from_slice(bytes).ok()?;
    Some([found.scale, found.translate])
}

/// The old way to name a coordinate system: `urn:ogc:def:crs:EPSG::3857`.
fn named(bytes: &[u8]) -> Option<Crs> {
    let found: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    Crs::of_name(found.get("properties")?.get("name")?.as_str()?)
}

/// Every shared line; one that does not make sense is none, and so is what needs it.
fn arcs(bytes: &[u8], parts: &Parts) -> Result<Vec<Option<Vec<Position>>>, Stuck> {
    let Some(start) = parts.arcs else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    each_item(Scan::new(bytes, start), |scan| {
        all.push(arc(value(*scan)?, parts.transform));
        Ok(())
    })?;
    Ok(all)
}

/// Every item of an array, the scan in front of it.
fn each_item<'a>(
    mut scan: Scan<'a>,
    mut item: impl FnMut(&mut Scan<'a>) -> Result<(), Stuck>,
) -> Result<(), Stuck> {
    scan.expect(b'[')?;
    if scan.takes(b']')? {
        return Ok(());
    }
    loop {
        scan.peek()?;
        item(&mut scan)?;
        scan.skip()?;
        if !scan.takes(b',')? {
            return scan.expect(b']');
        }
    }
}

/// One line: with a transform each position is the step from the one before.
fn arc(bytes: &[u8], transform: Option<[[f64; 2]; 2]>) -> Option<Vec<Position>> {
    let mut line = positions(bytes)?;
    if transform.is_some() {
        let [mut x, mut y] = [0.0, 0.0];
        for at in &mut line {
            x += at[0];
            y += at[1];
            *at = placed([x, y, at[2]], transform);
        }
    }
    Some(line)
}

fn positions(bytes: &[u8]) -> Option<Vec<Position>> {
    let mut line = Vec::new();
    let read = each_item(Scan::new(bytes, 0), |scan| {
        line.push(position(value(*scan)?).ok_or(Stuck::Unexpected)?);
        Ok(())
    });
    read.ok().map(|()| line)
}

fn position(bytes: &[u8]) -> Option<Position> {
    let (mut at, mut count) = ([f64::NAN; 3], 0);
    let read = each_item(Scan::new(bytes, 0), |scan| {
        let number = std::str::from_utf8(value(*scan)?).ok().and_then(|text| text.parse().ok());
        if let Some(slot) = at.get_mut(count) {
            *slot = number.ok_or(Stuck::Unexpected)?;
        }
        count += 1;
        Ok(())
    });
    (read.is_ok() && count > 1).then_some(at)
}

fn placed([x, y, z]: Position, transform: Option<[[f64; 2]; 2]>) -> Position {
    match transform {
        Some([scale, translate]) => [x * scale[0] + translate[0], y * scale[1] + translate[1], z],
        None => [x, y, z],
    }
}

/// Why an object has no geometry.
enum Lack {
    Kind(ProblemKind),
    /// It would be larger than there is room for.
    Room,
}

impl From<Stuck> for Lack {
    fn from(_: Stuck) -> Self {
        Self::Kind(ProblemKind::Broken)
    }
}

impl From<serde_json::Error> for Lack {
    fn from(_: serde_json::Error) -> Self {
        Self::Kind(ProblemKind::Nesting)
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    arcs: Vec<Option<Vec<Position>>>,
    transform: Option<[[f64; 2]; 2]>,
}

/// The members of a geometry object, as they stand.
#[derive(Default)]
struct Members<'a> {
    kind: &'a [u8],
    id: Option<&'a [u8]>,
    properties: Option<usize>,
    arcs: &'a [u8],
    coordinates: &'a [u8],
    geometries: Option<usize>,
}

impl<'a> Members<'a> {
    fn of(mut scan: Scan<'a>) -> Result<Self, Stuck> {
        let mut found = Self::default();
        scan.each_member(|key, scan| {
            let next = scan.peek()?;
            match key {
                b"type" if next == b'"' => {
                    found.kind = scan.string()?;
                    return Ok(());
                }
                b"id" if matches!(next, b'"' | b'-' | b'0'..=b'9') => found.id = Some(value(*scan)?),
                b"properties" if next == b'{' => found.properties = Some(scan.at),
                b"arcs" => found.arcs = value(*scan)?,
                b"coordinates" => found.coordinates = value(*scan)?,
                b"geometries" if next == b'[' => found.geometries = Some(scan.at),
                _ => {}
            }
            scan.skip()
        })?;
        Ok(found)
    }
}

impl Reader<'_> {
    /// One object of the file: the members of a collection are its features, anything else is one.
    fn layer(
        &self,
        layer: &str,
        scan: Scan<'_>,
        (collector, lines): (&mut Collector<'_>, &mut Lines),
    ) -> Result<(), Halt> {
        let members = Members::of(scan).unwrap_or_default();
        let (b"GeometryCollection", Some(geometries)) = (members.kind, members.geometries) else {
            return self.feature(layer, scan, (collector, lines));
        };
        let mut halt = None;
        let walked = each_item(Scan::new(self.bytes, geometries), |scan| {
            halt = self.feature(layer, *scan, (collector, lines)).err();
            if halt.is_some() { Err(Stuck::Stopped) } else { Ok(()) }
        });
        if walked.is_err() && halt.is_none() {
            collector.problem(ProblemKind::Broken, Some(lines.spot(self.bytes, geometries)));
        }
        halt.map_or(Ok(()), Err)
    }

    fn feature(
        &self,
        layer: &str,
        scan: Scan<'_>,
        (collector, lines): (&mut Collector<'_>, &mut Lines),
    ) -> Result<(), Halt> {
        let spot = lines.spot(self.bytes, scan.at);
        let mut room = collector.left() / LEAST;
        let (geometry, faults) = match self.geometry(scan, 0, &mut room) {
            Ok(geometry) => (geometry, Vec::new()),
            Err(Lack::Kind(kind)) => (None, vec![kind]),
            Err(Lack::Room) => return Err(collector.too_large()),
        };
        let members = Members::of(scan).unwrap_or_default();
        let mut properties = Properties::default();
        if let Some(start) = members.properties {
            // The whole file is JSON, so each value is.
            let _ = Scan::new(self.bytes, start).each_member(|name, scan| {
                let json = String::from_utf8_lossy(value(*scan)?).into_owned();
                properties.json(&text(name), json);
                scan.skip()
            });
        }
        properties.json("layer", quoted(layer));
        let id = members.id.map(|id| String::from_utf8_lossy(id).into_owned());
        collector.add(&Feature { spot, id, geometry: geometry.as_ref(), properties: &properties, faults })?;
        collector.reach(scan.at as u64)
    }

    fn geometry(&self, scan: Scan<'_>, nested: usize, room: &mut u64) -> Result<Option<Geometry>, Lack> {
        if nested > MOST_NESTED {
            return Err(Lack::Kind(ProblemKind::TooDeep));
        }
        let members = Members::of(scan)?;
        let json = members.arcs;
        Ok(Some(match members.kind {
            b"Point" => {
                let at = position(members.coordinates).ok_or(Lack::Kind(ProblemKind::Position))?;
                Geometry::Point(placed(at, self.transform))
            }
            b"MultiPoint" => {
                let line = positions(members.coordinates).ok_or(Lack::Kind(ProblemKind::Position))?;
                Geometry::MultiPoint(line.into_iter().map(|at| placed(at, self.transform)).collect())
            }
            b"LineString" => Geometry::Line(self.line(&serde_json::from_slice::<Vec<i64>>(json)?, room)?),
            b"MultiLineString" => {
                Geometry::MultiLine(self.lines(&serde_json::from_slice::<Vec<Vec<i64>>>(json)?, room)?)
            }
            b"Polygon" => {
                Geometry::Polygon(self.lines(&serde_json::from_slice::<Vec<Vec<i64>>>(json)?, room)?)
            }
            b"MultiPolygon" => {
                let polygons: Vec<Vec<Vec<i64>>> = serde_json::from_slice(json)?;
                let polygons = polygons.iter().map(|rings| self.lines(rings, room));
                Geometry::MultiPolygon(polygons.collect::<Result<_, _>>()?)
            }
            b"GeometryCollection" => {
                let start = members.geometries.ok_or(Lack::Kind(ProblemKind::Broken))?;
                let (mut parts, mut lack) = (Vec::new(), None);
                let walked = each_item(Scan::new(self.bytes, start), |scan| {
                    match self.geometry(*scan, nested + 1, room) {
                        Ok(part) => parts.extend(part),
                        Err(why) => {
                            lack = Some(why);
                            return Err(Stuck::Stopped);
                        }
                    }
                    Ok(())
                });
                if let Some(lack) = lack {
                    return Err(lack);
                }
                walked?;
                Geometry::Collection(parts)
            }
            b"" => return Ok(None),
            _ => return Err(Lack::Kind(ProblemKind::UnknownGeometry)),
        }))
    }

    fn lines(&self, lines: &[Vec<i64>], room: &mut u64) -> Result<Vec<Vec<Position>>, Lack> {
        lines.iter().map(|line| self.line(line, room)).collect()
    }

    /// Shared lines one behind the other; each begins where the one before ends. A negative number is a line from
    /// its end, counted from -1.
    fn line(&self, numbers: &[i64], room: &mut u64) -> Result<Vec<Position>, Lack> {
        let mut line: Vec<Position> = Vec::new();
        for &number in numbers {
            let is_reversed = number < 0;
            let index = usize::try_from(if is_reversed { !number } else { number }).ok();
            let arc = index.and_then(|index| self.arcs.get(index)?.as_ref());
            let arc = arc.ok_or(Lack::Kind(ProblemKind::Broken))?;
            *room = room.checked_sub(arc.len() as u64 + 1).ok_or(Lack::Room)?;
            line.pop();
            if is_reversed { line.extend(arc.iter().rev()) } else { line.extend(arc) }
        }
        Ok(line)
    }
}

#[cfg(test)]
mod tests;
