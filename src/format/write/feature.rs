//! One feature taken apart, every value as it is written in its source.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::shape::{Shape, Unreadable};
use super::written::Written;
use crate::format::scan::{Scan, Stuck, text};

/// A value of a property.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    /// The digits as they are written.
    Number(&'a str),
    Text(Cow<'a, str>),
    /// A list or an object, as JSON.
    Nested(&'a str),
    /// `NaN`, `Infinity`: no JSON, but some write it.
    NoNumber(&'a str),
}

impl Value<'_> {
    /// As text: strings without quotes, the rest as it is written; none is empty.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Null => "",
            Self::Bool(true) => "true",
            Self::Bool(false) => "false",
            Self::Number(text) | Self::Nested(text) | Self::NoNumber(text) => text,
            Self::Text(text) => text,
        }
    }
}

/// A feature's parts.
#[derive(Debug, Default)]
pub(super) struct Feature<'a> {
    /// In the order of the source; of a name that stands twice the last counts. The feature's own id comes first
    /// as `id` unless a property is called so.
    pub(super) values: Vec<(Cow<'a, str>, Value<'a>)>,
    geometry: Option<&'a [u8]>,
    has_other_members: bool,
}

/// Types of a geometry that stands without a feature.
const GEOMETRIES: [&[u8]; 7] = [
    b"Point",
    b"MultiPoint",
    b"LineString",
    b"MultiLineString",
    b"Polygon",
    b"MultiPolygon",
    b"GeometryCollection",
];

/// Whether a feature's bytes are a geometry alone.
pub(super) fn is_bare_geometry(bytes: &[u8]) -> bool {
    let mut kind: &[u8] = b"";
    let walked = Scan::new(bytes, 0).each_member(|key, scan| {
        if key == b"type" && scan.peek()? == b'"' {
            kind = scan.string()?;
            return Ok(());
        }
        scan.skip()
    });
    walked.is_ok() && GEOMETRIES.contains(&kind)
}

/// The geometry of a feature as it is written; `None` where it has none.
pub(super) fn geometry(bytes: &[u8]) -> Option<&[u8]> {
    Feature::of(bytes)?.geometry
}

impl<'a> Feature<'a> {
    /// `None` where the bytes break off or are no object.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (mut feature, mut id) = (Self::default(), Value::Null);
        let mut scan = Scan::new(bytes, 0);
        let walked = scan.each_member(|key, scan| {
            match key {
                b"id" => id = value(scan)?,
                b"properties" if scan.peek()? == b'{' => scan.each_member(|key, scan| {
                    feature.values.push((text(key), value(scan)?));
                    Ok(())
                })?,
                b"geometry" => feature.geometry = Some(raw(scan)?).filter(|raw| *raw != b"null"),
                _ => {
                    feature.has_other_members |= !matches!(key, b"type" | b"bbox" | b"properties");
                    scan.skip()?;
                }
            }
            Ok(())
        });
        if walked.is_err() || scan.peek().is_ok() {
            return None;
        }
        if is_bare_geometry(bytes) {
            return Some(Self { geometry: Some(bytes), ..Self::default() });
        }
        if id != Value::Null && feature.values.iter().all(|(name, _)| name != "id") {
            feature.values.insert(0, (Cow::Borrowed("id"), id));
        }
        Some(feature)
    }

    /// Where it lies; what is special about it is counted.
    pub(super) fn shape(&self, written: &mut Written) -> Option<Shape> {
        let shape = self.geometry.map_or(Ok(None), Shape::of);
        match &shape {
            Ok(Some(shape)) => {
                written.closed_rings += shape.about.closed_rings;
                written.heights_left_out += u64::from(shape.has_any_height() && !shape.has_heights());
                written.more_numbers += u64::from(shape.about.has_more_numbers);
            }
            Ok(None) => written.without_geometry += 1,
            Err(Unreadable) => written.unreadable_geometry += 1,
        }
        shape.ok().flatten()
    }

    /// Counts the feature, and what of it becomes JSON text or stays behind.
    pub(super) fn count(&self, written: &mut Written) {
        written.features += 1;
        written.other_members += u64::from(self.has_other_members);
        let is_nested = |(_, value): &&(Cow<'_, str>, Value<'_>)| matches!(value, Value::Nested(_));
        written.nested += self.values.iter().filter(is_nested).count() as u64;
    }
}

fn raw<'a>(scan: &mut Scan<'a>) -> Result<&'a [u8], Stuck> {
    scan.peek()?;
    let start = scan.at;
    scan.skip()?;
    Ok(&scan.bytes[start..scan.at])
}

fn value<'a>(scan: &mut Scan<'a>) -> Result<Value<'a>, Stuck> {
    if scan.peek()? == b'"' {
        return Ok(Value::Text(text(scan.string()?)));
    }
    let raw = raw(scan)?;
    let Ok(written) = std::str::from_utf8(raw) else {
        return Ok(Value::Text(String::from_utf8_lossy(raw)));
    };
    let is_json = || serde_json::from_str::<IgnoredAny>(written).is_ok();
    Ok(match written {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "NaN" | "Infinity" | "-Infinity" | "nan" | "inf" | "-inf" => Value::NoNumber(written),
        _ if !is_json() => Value::Text(Cow::Borrowed(written)),
        _ if written.starts_with(['{', '[']) => Value::Nested(written),
        _ => Value::Number(written),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_they_are_written_and_the_id_comes_first() {
        let bytes = br#"{"id":7,"type":"Feature","properties":{"a":1.50,"b":"x\ny","c":{"d":[1]},"e":NaN,"f":[,]},"title":"t","geometry":null}"#;
        let feature = Feature::of(bytes).expect("a feature");
        let texts: Vec<_> =
            feature.values.iter().map(|(name, value)| (name.as_ref(), value.text())).collect();
        let wanted =
            [("id", "7"), ("a", "1.50"), ("b", "x\ny"), ("c", r#"{"d":[1]}"#), ("e", "NaN"), ("f", "[,]")];
        assert_eq!(texts, wanted);
        assert_eq!(feature.values[5].1, Value::Text("[,]".into()));
        let mut written = Written::default();
        feature.count(&mut written);
        assert_eq!(feature.shape(&mut written), None);
        assert_eq!((written.other_members, written.nested, written.without_geometry), (1, 1, 1));
    }

    #[test]
    fn what_breaks_off_is_no_feature_and_a_bare_geometry_is_one() {
        for bytes in [&b"{\"type\":\"Feature\""[..], b"42", b"", b"{} x", b"[]"] {
            assert!(Feature::of(bytes).is_none(), "{}", String::from_utf8_lossy(bytes));
        }
        let point = Feature::of(br#" {"type":"Point","coordinates":[1,2]}"#).expect("a geometry");
        assert!(point.values.is_empty() && point.shape(&mut Written::default()).is_some());
    }
}
