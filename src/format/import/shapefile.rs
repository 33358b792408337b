//! Shapefiles (ESRI white paper, July 1998): the shapes alone, or with the table, its encoding and the coordinate
//! system beside them, in a folder or in an archive.

mod dbf;
mod rings;
mod shp;

use super::archive::{Archive, Entry};
use super::collect::{Collector, Feature, Halt};
use super::crs::Crs;
use super::cursor::{Cursor, Order};
use super::property::Properties;
use super::{Input, Spot};
use crate::data::{Fault, ProblemKind, Source};
use dbf::Table;
use shp::{HEADER, Shape};

/// The number with which shapes begin.
const CODE: [u8; 4] = [0, 0, 0x27, 0x0a];
const NAME: &str = "Shapefile";

/// What belongs to one layer.
struct Files<'a> {
    shapes: &'a [u8],
    table: &'a [u8],
    encoding: String,
    system: String,
    /// Its name, where an archive holds several.
    layer: Option<&'a str>,
}

pub(super) fn matches(input: &Input<'_>) -> bool {
    if Archive::is_one(input.bytes) {
        return Archive::of(input.bytes).is_ok_and(|archive| archive.first_ending(".shp").is_some());
    }
    input.bytes.starts_with(&CODE) && input.bytes.len() >= HEADER
}

pub(super) fn read(input: &Input<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    if Archive::is_one(input.bytes) {
        return read_archive(&Archive::of(input.bytes)?, collector);
    }
    let neighbour = |ends: [&str; 2]| {
        // One that cannot be read is as none.
        ends.iter().find_map(|end| super::super::map(&input.path.with_extension(end)).ok())
    };
    let text = |ends| {
        neighbour(ends)
            .map_or_else(String::new, |found: Source| String::from_utf8_lossy((*found).as_ref()).into_owned())
    };
    let table = neighbour(["dbf", "DBF"]);
    let files = Files {
        shapes: input.bytes,
        table: table.as_ref().map_or(&[], |table| (**table).as_ref()),
        encoding: text(["cpg", "CPG"]),
        system: text(["prj", "PRJ"]),
        layer: None,
    };
    read_layer(&files, collector, true)
}

/// Every layer of an archive, in its order.
fn read_archive(archive: &Archive<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    let layers: Vec<&Entry> = archive.all_ending(".shp").collect();
    for shapes in &layers {
        let unpacked = |end: &str| archive.beside(shapes, end).map(|entry| archive.unpack(entry)).transpose();
        let text = |end: &str| -> Result<String, Fault> {
            Ok(String::from_utf8_lossy(&unpacked(end)?.unwrap_or_default()).into_owned())
        };
        let name = shapes.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let files = Files {
            shapes: &archive.unpack(shapes)?,
            table: &unpacked(".dbf")?.unwrap_or_default(),
            encoding: text(".cpg")?,
            system: text(".prj")?,
            layer: (layers.len() > 1).then_some(name),
        };
        read_layer(&files, collector, false)?;
    }
    Ok(())
}

/// One layer. `is_alone` says that its bytes are those of the opened file, whose progress is told.
fn read_layer(files: &Files<'_>, collector: &mut Collector<'_>, is_alone: bool) -> Result<(), Halt> {
    let bytes = files.shapes;
    let broken = Fault::Broken { format: NAME, spot: None, what: ProblemKind::Truncated };
    if bytes.len() < HEADER || !bytes.starts_with(&CODE) {
        return Err(broken.into());
    }
    if Cursor::new(bytes, 32, Order::Little).u32() == Ok(shp::MULTIPATCH) {
        return Err(Fault::Geometry { name: "MultiPatch" }.into());
    }
    collector.set_crs(Crs::of_wkt(&files.system), None);
    let table = Table::of(files.table, &files.encoding);
    for (number, record) in shp::records(bytes).enumerate() {
        let spot = Spot::Record(number as u64 + 1);
        let (shape, end) = match record {
            Ok(record) => (shp::shape(record.content), record.end),
            Err(kind) => {
                collector.problem(kind, Some(spot));
                break;
            }
        };
        if table.is_deleted(number) {
            continue;
        }
        let (geometry, mut faults) = match shape {
            Ok(Shape { geometry, kind: None }) => (geometry, Vec::new()),
            Ok(Shape { geometry, kind: Some(kind) }) => (geometry, vec![kind]),
            Err(kind) => (None, vec![kind]),
        };
        let mut properties = Properties::default();
        if let Some(kind) = table.row(number, &mut properties) {
            faults.push(kind);
        }
        properties.text("layer", files.layer.unwrap_or_default());
        collector.add(&Feature {
            spot,
            id: None,
            geometry: geometry.as_ref(),
            properties: &properties,
            faults,
        })?;
        collector.reach(if is_alone { end as u64 } else { 0 })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
