//! A layer of a vector tile: its name, the tables of keys and values, and its features as bytes.

use super::protobuf::{NoProtobuf, Reader, Wire, unfolded};

/// Keys and values of a layer; tiles in the wild have some thousands.
const MOST_WORDS: usize = 1 << 20;
/// The extent of a layer that does not say it.
const EXTENT: u64 = 4_096;
/// The versions of the specification that are read.
const VERSIONS: std::ops::RangeInclusive<u64> = 1..=2;

/// A value of a property.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// UTF-8, if the tile is right.
    Text(&'a [u8]),
    Float(f32),
    Double(f64),
    Signed(i64),
    Unsigned(u64),
    Bool(bool),
    /// Of a kind that is not known.
    Unknown,
}

/// A layer whose tables are read.
#[derive(Clone, Debug)]
pub(super) struct TileLayer<'a> {
    pub(super) name: &'a [u8],
    /// Units along a side of the tile, 1 to 2³² − 1.
    pub(super) extent: f64,
    pub(super) keys: Vec<&'a [u8]>,
    pub(super) values: Vec<Value<'a>>,
    bytes: &'a [u8],
}

impl<'a> TileLayer<'a> {
    /// `None` where it has no name, a field of another type than it should have, or a version that is not known.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut name = None;
        let (mut version, mut extent) = (1, EXTENT);
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        let mut reader = Reader::new(bytes);
        while let Some(field) = reader.next().ok()? {
            match field {
                (1, Wire::Bytes(text)) => name = Some(text),
                (2, Wire::Bytes(_)) => {}
                (3, Wire::Bytes(text)) => keys.push(text),
                (4, Wire::Bytes(value)) => values.push(read_value(value).ok()?),
                (5, Wire::Varint(units)) => extent = units,
                (15, Wire::Varint(number)) => version = number,
                (1..=5 | 15, _) => return None,
                _ => {}
            }
            if keys.len().max(values.len()) > MOST_WORDS {
                return None;
            }
        }
        let is_known = VERSIONS.contains(&version) && (1..=u64::from(u32::MAX)).contains(&extent);
        let name = name.filter(|_| is_known)?;
        Some(Self { name, extent: extent as f64, keys, values, bytes })
    }

    /// The bytes of its features, in their order.
    pub(super) fn features(&self) -> impl Iterator<Item = Option<&'a [u8]>> + use<'a> {
        let mut reader = Reader::new(self.bytes);
        std::iter::from_fn(move || {
            loop {
                match reader.next() {
                    Ok(Some((2, Wire::Bytes(feature)))) => return Some(Some(feature)),
                    Ok(Some((2, _))) => return Some(None),
                    Ok(Some(_)) => {}
                    Ok(None) | Err(_) => return None,
                }
            }
        })
    }
}

fn read_value(bytes: &[u8]) -> Result<Value<'_>, NoProtobuf> {
    let mut value = Value::Unknown;
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.next()? {
        value = match field {
            (1, Wire::Bytes(text)) => Value::Text(text),
            (2, Wire::Fixed32(bytes)) => Value::Float(f32::from_le_bytes(bytes)),
            (3, Wire::Fixed64(bytes)) => Value::Double(f64::from_le_bytes(bytes)),
            (4, Wire::Varint(number)) => Value::Signed(number.cast_signed()),
            (5, Wire::Varint(number)) => Value::Unsigned(number),
            (6, Wire::Varint(number)) => Value::Signed(unfolded(number)),
            (7, Wire::Varint(number)) => Value::Bool(number != 0),
            (1..=7, _) => return Err(NoProtobuf),
            _ => value,
        };
    }
    Ok(value)
}

/// A feature whose fields are found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Feature<'a> {
    pub(super) id: Option<u64>,
    /// Pairs of places in the tables of keys and values.
    pub(super) tags: &'a [u8],
    /// 1 points, 2 lines, 3 polygons.
    pub(super) kind: u64,
    /// Commands and their parameters.
    pub(super) geometry: &'a [u8],
}

impl<'a> Feature<'a> {
    /// A feature has exactly one geometry, which the writers of 2 put into one field.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, NoProtobuf> {
        let mut feature = Self { id: None, tags: &[], kind: 0, geometry: &[] };
        let mut has_geometry = false;
        let mut reader = Reader::new(bytes);
        while let Some(field) = reader.next()? {
            match field {
                (1, Wire::Varint(id)) => feature.id = Some(id),
                (2, Wire::Bytes(tags)) => feature.tags = tags,
                (3, Wire::Varint(kind)) => feature.kind = kind,
                (4, Wire::Bytes(geometry)) if !has_geometry => {
                    has_geometry = true;
                    feature.geometry = geometry;
                }
                (1..=4, _) => return Err(NoProtobuf),
                _ => {}
            }
        }
        if has_geometry { Ok(feature) } else { Err(NoProtobuf) }
    }
}
