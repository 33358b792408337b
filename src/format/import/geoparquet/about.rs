//! What a file says of its geometries: the column that they stand in, how they are written, and their system.

use parquet::basic::LogicalType;
use parquet::file::metadata::FileMetaData;
use serde_json::Value;

use super::super::crs::Crs;
use super::shape::Written;
use super::tree::{Node, Shape};

/// What columns of binary geometries are called in files that say nothing of them.
const NAMES: [&str; 5] = ["geometry", "geom", "wkb_geometry", "the_geom", "wkb"];
/// How the names of systems in degrees begin that are WGS84, with an ensemble or an epoch behind it.
const WGS84: &str = "WGS 84";

/// Where the geometries of a file stand.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) written: Written,
    pub(super) crs: Option<Crs>,
    /// Columns that say nothing more: other geometries, and the boxes around them.
    pub(super) unread: Vec<String>,
}

/// What is known of the geometries; `None` where there is no column of them.
pub(super) fn about(file: &FileMetaData, columns: &[Node]) -> Option<About> {
    let geo = value(file, "geo").and_then(|text| serde_json::from_str::<Value>(text).ok());
    geo.and_then(|geo| told(&geo, columns))
        .or_else(|| typed(file, columns))
        .or_else(|| named(columns))
        .or_else(|| places(columns))
}

fn value<'a>(file: &'a FileMetaData, key: &str) -> Option<&'a str> {
    let each = file.key_value_metadata()?.iter();
    each.filter(|pair| pair.key == key).find_map(|pair| pair.value.as_deref())
}

fn column(columns: &[Node], name: &str) -> Option<usize> {
    columns.iter().position(|column| column.name == name)
}

/// As the metadata of `GeoParquet` tells, from its first draft on.
fn told(geo: &Value, columns: &[Node]) -> Option<About> {
    let all = geo["columns"].as_object()?;
    let primary = geo["primary_column"].as_str().or_else(|| all.keys().next().map(String::as_str))?;
    let own = all.get(primary)?;
    let at = column(columns, primary)?;
    let mut unread: Vec<String> = all.keys().cloned().collect();
    if let Some(box_of) = own["covering"]["bbox"]["xmin"][0].as_str() {
        unread.push(box_of.to_owned());
    }
    let encoding = own["encoding"].as_str().unwrap_or("WKB");
    let written = Written::of(&columns[at], at, encoding)?;
    let crs = match own.get("crs") {
        None => Some(Crs::of_code("OGC", 84)),
        Some(Value::Null) => None,
        Some(Value::String(text)) => named_crs(text),
        Some(described) => described_crs(described),
    };
    Some(About { written, crs, unread })
}

/// As the type of a column tells, without a word of metadata.
fn typed(file: &FileMetaData, columns: &[Node]) -> Option<About> {
    let fields = file.schema_descr().root_schema().get_fields();
    let crs_of = |index: usize| match fields.get(index)?.get_basic_info().logical_type_ref()? {
        LogicalType::Geometry(own) => Some(own.crs.as_deref()),
        LogicalType::Geography(own) => Some(own.crs.as_deref()),
        _ => None,
    };
    let (at, crs) = (0..columns.len()).find_map(|index| Some((index, crs_of(index)?)))?;
    let crs = match crs {
        None => Some(Crs::of_code("OGC", 84)),
        Some(text) => {
            let key = text.strip_prefix("projjson:");
            let text = key.and_then(|key| value(file, key)).unwrap_or(text);
            serde_json::from_str(text).ok().map_or_else(|| named_crs(text), |value| described_crs(&value))
        }
    };
    let unread = (0..columns.len()).filter(|index| crs_of(*index).is_some());
    let unread = unread.map(|index| columns[index].name.clone()).collect();
    Some(About { written: Written::of(&columns[at], at, "WKB")?, crs, unread })
}

/// As older files tell: by the name of a column of bytes. Of its system nothing is known.
fn named(columns: &[Node]) -> Option<About> {
    let is_named = |column: &&Node| NAMES.contains(&column.name.to_lowercase().as_str());
    let at = column(columns, &columns.iter().find(is_named)?.name)?;
    let written = Written::of(&columns[at], at, "WKB").filter(|_| columns[at].is_bytes())?;
    Some(About { written, crs: None, unread: vec![columns[at].name.clone()] })
}

/// As tables of text tell: by columns of longitude and latitude, which stay among the values.
fn places(columns: &[Node]) -> Option<About> {
    let named = |names: &[&str]| {
        let is_named = |column: &Node| names.contains(&column.name.trim().to_lowercase().as_str());
        columns.iter().position(|column| is_named(column) && matches!(column.shape, Shape::One(_)))
    };
    let (lon, lat) = (named(&super::LONGITUDES)?, named(&super::LATITUDES)?);
    Some(About { written: Written::Places { lon, lat }, crs: None, unread: Vec::new() })
}

/// A system by its description as JSON (`PROJJSON`).
fn described_crs(described: &Value) -> Option<Crs> {
    let id = &described["id"];
    let code = match &id["code"] {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    if let Some(crs) = id["authority"].as_str().and_then(|authority| coded(authority, &code)) {
        return Some(crs);
    }
    let name = described["name"].as_str().unwrap_or_default();
    let kind = described["type"].as_str().unwrap_or_default();
    let is_geographic = kind.starts_with("Geographic") || kind.starts_with("Geodetic");
    if is_geographic && name.starts_with(WGS84) {
        return Some(Crs::of_code("OGC", 84));
    }
    // Nothing can be made of it, but that it is another system can be told by its name.
    let keyword = if is_geographic { "GEOGCRS" } else { "PROJCRS" };
    Crs::of_wkt(&format!("{keyword}[\"{}\"]", name.replace('"', "\"\"")))
}

/// A system by its name, `EPSG:4326`, or by well-known text.
fn named_crs(text: &str) -> Option<Crs> {
    let named = text.rsplit_once(':').and_then(|(authority, code)| {
        // `urn:ogc:def:crs:OGC::CRS84` names its authority before an empty edition.
        let authority = authority.trim_end_matches(':').rsplit(':').next()?;
        coded(if authority.eq_ignore_ascii_case("srid") { "EPSG" } else { authority }, code)
    });
    named.or_else(|| Crs::of_wkt(text))
}

fn coded(authority: &str, code: &str) -> Option<Crs> {
    if authority.eq_ignore_ascii_case("OGC") && matches!(code, "CRS84" | "CRS84h") {
        return Some(Crs::of_code("OGC", 84));
    }
    code.parse().ok().filter(|code| *code > 0).map(|code| Crs::of_code(authority, code))
}
