//! `FlatGeobuf` 3: features along a Hilbert curve behind an index of their boxes.
//!
//! Built from the format's own tables, because the ready-made writer of the crate knows neither features without
//! a place nor collections in collections.

use std::io::{self, Seek, SeekFrom, Write};

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, hilbert_sort};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, Feature as FgbFeature, FeatureArgs, Geometry, GeometryArgs,
    GeometryType, Header, HeaderArgs,
};
use geojson::{GeometryValue, Position};

use super::columns::{Cell, Columns, Kind, cell};
use super::feature::Feature;
use super::shape::{NOTHING, Shape, around, code, numbers};
use super::written::Written;

const MAGIC: [u8; 8] = *b"fgb\x03fgb\x00";
/// A column's number has 16 bits.
const MOST_COLUMNS: usize = 1 << 16;
/// Children of a node of the index.
const NODE_SIZE: u16 = PackedRTree::DEFAULT_NODE_SIZE;
/// A feature is one buffer of less than 2 GiB, and a position takes up to 24 bytes of it.
const MOST_POSITIONS: usize = 1 << 25;
const MOST_BYTES: usize = 1 << 29;

/// What must be known before the first byte is written.
struct Plan {
    columns: Columns,
    /// One for each feature to write; the offset is its number among the features given.
    nodes: Vec<NodeItem>,
    bounds: [f64; 4],
    kind: GeometryType,
    /// Readers want a height of every position or of none.
    has_heights: bool,
    /// Features without a place are in no index, so a file with one has none.
    has_index: bool,
}

pub(super) fn write(features: &[&[u8]], name: &str, out: &mut (impl Write + Seek)) -> io::Result<Written> {
    let mut written = Written::default();
    let mut plan = Plan::of(features, &mut written);
    out.write_all(&MAGIC)?;
    out.write_all(&plan.header(name))?;
    let index_at = out.stream_position()?;
    let [west, south, east, north] = plan.bounds;
    let extent = NodeItem::bounds(west, south, east, north);
    let mut nodes = std::mem::take(&mut plan.nodes);
    if plan.has_index {
        hilbert_sort(&mut nodes, &extent);
        let length = PackedRTree::index_size(nodes.len(), NODE_SIZE) as u64;
        out.seek(SeekFrom::Start(index_at + length))?;
    }
    let mut builder = FlatBufferBuilder::new();
    let mut offset = 0;
    for node in &mut nodes {
        let bytes = usize::try_from(node.offset).ok().and_then(|number| features.get(number));
        let Some(feature) = bytes.and_then(|bytes| Feature::of(bytes)) else { continue };
        let buffer = plan.feature(&mut builder, &feature, &mut written);
        out.write_all(&buffer)?;
        node.offset = offset;
        offset += buffer.len() as u64;
    }
    if plan.has_index {
        out.seek(SeekFrom::Start(index_at))?;
        let tree = PackedRTree::build(&nodes, &extent, NODE_SIZE).map_err(io::Error::other)?;
        tree.stream_write(out)?;
    }
    written.is_indexed = plan.has_index;
    Ok(written)
}

impl Plan {
    fn of(features: &[&[u8]], written: &mut Written) -> Self {
        let (mut columns, mut nodes, mut bounds) = (Columns::default(), Vec::new(), NOTHING);
        let (mut codes, mut has_heights, mut without) = ([false; 8], true, false);
        for (number, bytes) in features.iter().enumerate() {
            let Some(feature) = Feature::of(bytes) else {
                written.skipped += 1;
                continue;
            };
            let shape = feature.shape(&mut Written::default());
            let positions = shape.as_ref().map_or(0, |shape| shape.about.positions);
            if bytes.len() > MOST_BYTES || positions > MOST_POSITIONS {
                written.too_large += 1;
                continue;
            }
            columns.add(&feature);
            let own = shape.as_ref().map_or(NOTHING, |shape| shape.about.bounds);
            bounds = around(bounds, own);
            if let Some(shape) = &shape {
                codes[usize::from(shape.code())] = true;
                has_heights &= shape.has_heights();
            }
            without |= shape.is_none();
            let [west, south, east, north] = own;
            nodes.push(NodeItem { offset: number as u64, ..NodeItem::bounds(west, south, east, north) });
        }
        written.columns_left_out = columns.keep(MOST_COLUMNS);
        let mut kinds = (1_u8..8).filter(|code| codes[usize::from(*code)]);
        let kind = match (kinds.next(), kinds.next()) {
            (Some(code), None) => GeometryType(code),
            _ => GeometryType::Unknown,
        };
        let has_index = !without && !nodes.is_empty();
        let has_heights = has_heights && bounds != NOTHING;
        Self { columns, nodes, bounds, kind, has_heights, has_index }
    }

    /// Its size, then the header.
    fn header(&self, name: &str) -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let columns = self.columns.list.iter().map(|column| {
            let name = Some(builder.create_string(&column.name));
            let type_ = match column.kind() {
                Kind::Bool => ColumnType::Bool,
                Kind::Integer => ColumnType::Long,
                Kind::Real => ColumnType::Double,
                Kind::Json => ColumnType::Json,
                Kind::Text => ColumnType::String,
            };
            Column::create(&mut builder, &ColumnArgs { name, type_, ..ColumnArgs::default() })
        });
        let columns: Vec<_> = columns.collect();
        let crs = CrsArgs {
            org: Some(builder.create_string("EPSG")),
            code: 4326,
            name: Some(builder.create_string("WGS 84")),
            ..CrsArgs::default()
        };
        let is_somewhere = self.bounds[0] <= self.bounds[2];
        let arguments = HeaderArgs {
            name: Some(builder.create_string(name)),
            envelope: is_somewhere.then(|| builder.create_vector(&self.bounds)),
            geometry_type: self.kind,
            has_z: self.has_heights,
            columns: Some(builder.create_vector(&columns)),
            features_count: self.nodes.len() as u64,
            index_node_size: if self.has_index { NODE_SIZE } else { 0 },
            crs: Some(Crs::create(&mut builder, &crs)),
            ..HeaderArgs::default()
        };
        let header = Header::create(&mut builder, &arguments);
        builder.finish_size_prefixed(header, None);
        builder.finished_data().to_vec()
    }

    /// Its size, then the feature.
    fn feature(
        &self,
        builder: &mut FlatBufferBuilder<'_>,
        feature: &Feature<'_>,
        written: &mut Written,
    ) -> Vec<u8> {
        builder.reset();
        feature.count(written);
        let shape = feature.shape(written);
        if shape.as_ref().is_some_and(|shape| shape.has_heights() && !self.has_heights) {
            written.heights_left_out += 1;
        }
        let geometry = shape.map(|shape| self.geometry(builder, &shape));
        let mut properties = Vec::new();
        for (number, (column, value)) in self.columns.list.iter().zip(self.columns.row(feature)).enumerate() {
            let Some(cell) = cell(column.kind(), value) else { continue };
            properties.extend(u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes());
            push(&mut properties, cell);
        }
        let properties = (!properties.is_empty()).then(|| builder.create_vector(&properties));
        let arguments = FeatureArgs { geometry, properties, columns: None };
        let feature = FgbFeature::create(builder, &arguments);
        builder.finish_size_prefixed(feature, None);
        builder.finished_data().to_vec()
    }

    fn geometry<'a>(&self, builder: &mut FlatBufferBuilder<'a>, shape: &Shape) -> WIPOffset<Geometry<'a>> {
        let is_typed = self.kind == GeometryType::Unknown;
        part(builder, &shape.value, (is_typed, self.has_heights))
    }
}

/// A geometry or one of several; it names its type where that is not known otherwise.
fn part<'a>(
    builder: &mut FlatBufferBuilder<'a>,
    value: &GeometryValue,
    (is_typed, has_heights): (bool, bool),
) -> WIPOffset<Geometry<'a>> {
    let type_ = if is_typed { GeometryType(code(value)) } else { GeometryType::Unknown };
    let one = std::slice::from_ref::<Position>;
    match value {
        GeometryValue::Point { coordinates } => flat(builder, &[one(coordinates)], type_, has_heights),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            flat(builder, &[coordinates], type_, has_heights)
        }
        GeometryValue::Polygon { coordinates } | GeometryValue::MultiLineString { coordinates } => {
            let lines: Vec<&[Position]> = coordinates.iter().map(Vec::as_slice).collect();
            flat(builder, &lines, type_, has_heights)
        }
        GeometryValue::MultiPolygon { coordinates } => {
            let polygons = coordinates.iter().map(|rings| {
                let rings: Vec<&[Position]> = rings.iter().map(Vec::as_slice).collect();
                flat(builder, &rings, GeometryType::Polygon, has_heights)
            });
            let polygons: Vec<_> = polygons.collect();
            several(builder, &polygons, type_)
        }
        GeometryValue::GeometryCollection { geometries } => {
            let each = geometries.iter().map(|geometry| part(builder, &geometry.value, (true, has_heights)));
            let each: Vec<_> = each.collect();
            several(builder, &each, type_)
        }
    }
}

fn several<'a>(
    builder: &mut FlatBufferBuilder<'a>,
    parts: &[WIPOffset<Geometry<'a>>],
    type_: GeometryType,
) -> WIPOffset<Geometry<'a>> {
    let parts = Some(builder.create_vector(parts));
    Geometry::create(builder, &GeometryArgs { parts, type_, ..GeometryArgs::default() })
}

/// All positions in one list, and where each line of several ends.
fn flat<'a>(
    builder: &mut FlatBufferBuilder<'a>,
    lines: &[&[Position]],
    type_: GeometryType,
    has_heights: bool,
) -> WIPOffset<Geometry<'a>> {
    let positions = || lines.iter().copied().flatten().map(numbers);
    let xy: Vec<f64> = positions().flat_map(|[x, y, _]| [x, y]).collect();
    let heights: Vec<f64> = if has_heights { positions().map(|[_, _, z]| z).collect() } else { Vec::new() };
    let mut end = 0;
    let ends: Vec<u32> = lines
        .iter()
        .map(|line| {
            end += line.len();
            u32::try_from(end).unwrap_or(u32::MAX)
        })
        .collect();
    let arguments = GeometryArgs {
        xy: Some(builder.create_vector(&xy)),
        z: has_heights.then(|| builder.create_vector(&heights)),
        ends: (ends.len() > 1).then(|| builder.create_vector(&ends)),
        type_,
        ..GeometryArgs::default()
    };
    Geometry::create(builder, &arguments)
}

fn push(out: &mut Vec<u8>, cell: Cell<'_>) {
    match cell {
        Cell::Bool(value) => out.push(u8::from(value)),
        Cell::Integer(value) => out.extend(value.to_le_bytes()),
        Cell::Real(value) => out.extend(value.to_le_bytes()),
        Cell::Json(text) | Cell::Text(text) => {
            out.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
            out.extend(text.as_bytes());
        }
    }
}
