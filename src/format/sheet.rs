//! Tables of text as files: those that tell where their rows lie are features, others are joined to places.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::csv::read_csv;
use super::import::wkt;
use super::join_text::{JoinedFeature, joined_geojson, written};
use super::read_as::{self, ReadAs};
use super::{ReadError, Watch};
use crate::data::{Batch, Fault, Sheet, Source};

/// The ends of the names of tables.
pub const SHEETS: [&str; 3] = ["csv", "tsv", "tab"];

/// What columns of longitude and latitude are called, folded to small letters.
pub(super) const LONGITUDES: [&str; 7] = ["lon", "lng", "long", "longitude", "x", "经度", "경도"];
pub(super) const LATITUDES: [&str; 5] = ["lat", "latitude", "y", "纬度", "위도"];
/// What columns of metres are called besides.
const EASTINGS: [&str; 7] = ["easting", "east", "x坐标", "东坐标", "x좌표", "x_coord", "coord_x"];
const NORTHINGS: [&str; 7] = ["northing", "north", "y坐标", "北坐标", "y좌표", "y_coord", "coord_y"];
/// What columns of geometries are called.
const GEOMETRIES: [&str; 5] = ["wkt", "geom", "geometry", "the_geom", "wkt_geom"];

/// Whether a file is a table by its name.
#[must_use]
pub fn is_sheet(path: &Path) -> bool {
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
    SHEETS.iter().any(|sheet| sheet.eq_ignore_ascii_case(end))
}

/// Reads a table.
pub fn sheet(path: &Path) -> Result<Sheet, ReadError> {
    let bytes = std::fs::read(path).map_err(|error| ReadError::open(path, &error))?;
    read_csv(&bytes).map_err(|fault| ReadError::new(path, Fault::Sheet(fault)))
}

/// Its columns of longitude and latitude, where it has both.
#[must_use]
pub fn places(sheet: &Sheet) -> Option<(usize, usize)> {
    let named = |names: &[&str]| {
        let is_named = |column: &String| names.contains(&column.trim().to_lowercase().as_str());
        let column = sheet.columns.iter().position(is_named)?;
        sheet.column(column).any(|cell| degrees(cell).is_some()).then_some(column)
    };
    let both = |of_x: &[&str], of_y: &[&str]| Some((named(of_x)?, named(of_y)?));
    both(&LONGITUDES, &LATITUDES).or_else(|| both(&EASTINGS, &NORTHINGS))
}

/// The column of geometries as well-known text, where there is one.
fn geometries(sheet: &Sheet) -> Option<usize> {
    let is_named = |column: &String| GEOMETRIES.contains(&column.trim().to_lowercase().as_str());
    let column = sheet.columns.iter().position(is_named)?;
    sheet.column(column).any(|cell| wkt::json(cell).is_some()).then_some(column)
}

fn degrees(cell: &str) -> Option<f64> {
    cell.trim().replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite())
}

/// A table with geometries or with columns of places as `GeoJSON`: a geometry or a point for each row, none where a
/// row lacks its own.
#[must_use]
pub fn as_points(sheet: &Sheet) -> Option<Vec<u8>> {
    points(sheet, false)
}

/// `is_any` takes numbers that are no degrees too: they are turned afterwards.
fn points(sheet: &Sheet, is_any: bool) -> Option<Vec<u8>> {
    if let Some(column) = geometries(sheet) {
        return Some(as_shapes(sheet, column));
    }
    let (lon, lat) = places(sheet)?;
    let point = |row: &Vec<String>| {
        let (lon, lat) = (degrees(row.get(lon)?)?, degrees(row.get(lat)?)?);
        // What lies on no globe has no place, and would spoil the view of what does.
        if !is_any && (lon.abs() > 360.0 || lat.abs() > 90.0) {
            return None;
        }
        Some(format!("{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}}"))
    };
    let features = sheet.rows.iter().map(|row| JoinedFeature {
        geometry: point(row).map_or(Cow::Borrowed("null"), Cow::Owned),
        properties: Cow::Borrowed(&[]),
        cells: Some(row),
    });
    let written = written(&sheet.rows, sheet.columns.len(), sheet.delimiter);
    Some(joined_geojson(features, &sheet.columns, &written))
}

/// A feature for each row with the geometry that its cell has; the cell itself would only say it again.
fn as_shapes(sheet: &Sheet, column: usize) -> Vec<u8> {
    let without = |cells: &Vec<String>| {
        let mut cells = cells.clone();
        cells.remove(column);
        cells
    };
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(without).collect();
    let columns = without(&sheet.columns);
    let features = rows.iter().zip(sheet.column(column)).map(|(cells, cell)| JoinedFeature {
        geometry: wkt::json(cell).map_or(Cow::Borrowed("null"), Cow::Owned),
        properties: Cow::Borrowed(&[]),
        cells: Some(cells),
    });
    let written = written(&rows, columns.len(), sheet.delimiter);
    joined_geojson(features, &columns, &written)
}

/// The numbers of its rows, as they stand.
fn numbers(sheet: &Sheet) -> Vec<[f64; 2]> {
    let Some((x, y)) = places(sheet).filter(|_| geometries(sheet).is_none()) else { return Vec::new() };
    let of_row = |row: &Vec<String>| Some([degrees(row.get(x)?)?, degrees(row.get(y)?)?]);
    sheet.rows.iter().filter_map(of_row).collect()
}

/// Reads a table that tells where its rows lie.
pub(super) fn read(
    path: &Path,
    (read_as, watch): (&ReadAs, &dyn Watch),
) -> Result<(Source, Batch), ReadError> {
    let sheet = sheet(path)?;
    let is_said = *read_as != ReadAs::default();
    let text = points(&sheet, is_said).ok_or_else(|| ReadError::new(path, Fault::NoPlaces))?;
    let (source, mut batch) = read_as::read_geojson(Arc::new(text), path, (read_as, watch))?;
    if !is_said && batch.doubt.is_none() {
        read_as::doubt(&mut batch, None, &numbers(&sheet));
    }
    Ok((source, batch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::csv::read_csv;

    #[test]
    fn rows_with_degrees_are_points_and_keep_their_values() {
        let text = "name;Longitude;lat;km\nHorgos;80,41;44,21;007\nnowhere;;;3\nbeyond;200;95;4\n";
        let sheet = read_csv(text.as_bytes()).expect("a table");
        let text = String::from_utf8(as_points(&sheet).expect("points")).expect("text");
        assert!(text.contains(r#""coordinates":[80.41,44.21]"#), "{text}");
        assert!(text.contains(r#""km":"007""#) && text.matches(r#""geometry":null"#).count() == 2, "{text}");
    }

    #[test]
    fn names_of_columns_alone_are_no_places() {
        let sheet = |text: &str| read_csv(text.as_bytes()).expect("a table");
        assert_eq!(places(&sheet("x,y\na,b\n")), None);
        assert_eq!(places(&sheet("country,gdp\nCN,1\n")), None);
        assert_eq!(places(&sheet("纬度,经度\n44.2,80.4\n")), Some((1, 0)));
        assert!(is_sheet(Path::new("a/B.CSV")) && !is_sheet(Path::new("a/csv.geojson")));
    }

    #[test]
    fn geometries_in_cells_are_those_of_their_rows() {
        let text = "id,Geometry,lon,lat\n1,\"LINESTRING (1 2, 3 4)\",0,0\n2,,5,6\n3,POINT(1,5,6\n4,SRID=4326;point z(7 8 9),,\n";
        let sheet = read_csv(text.as_bytes()).expect("a table");
        let text = String::from_utf8(as_points(&sheet).expect("shapes")).expect("text");
        assert!(text.contains(r#""geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{"id":1,"lon":0,"lat":0}"#), "{text}");
        assert!(text.contains(r#"{"type":"Point","coordinates":[7,8,9]}"#), "{text}");
        assert_eq!(text.matches(r#""geometry":null"#).count(), 2, "{text}");
        let plain = read_csv(b"geometry,lon,lat\nround,1,2\n").expect("a table");
        assert!(as_points(&plain).is_some_and(|text| text.windows(5).any(|part| part == b"[1,2]")));
    }

    #[test]
    fn public_tables_of_geometries_open() {
        let Some(folder) = std::env::var_os("ATLAS_CORPORA") else {
            println!("ATLAS_CORPORA is not set: no table is read");
            return;
        };
        for kind in ["point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"] {
            let path = Path::new(&folder).join(format!("geoparquet/test_data/data-{kind}-wkt.csv"));
            let read = sheet(&path).expect("a table");
            let text = String::from_utf8(as_points(&read).expect("shapes")).expect("text");
            let shapes = read.column(1).filter(|cell| !cell.is_empty()).count();
            assert!(shapes > 0 && text.matches("{\"type\":\"Feature\"").count() == read.rows.len(), "{kind}");
            let found = text.to_lowercase().matches(&format!("\"geometry\":{{\"type\":\"{kind}\"")).count();
            assert_eq!(found, shapes, "{kind}: {text}");
        }
    }
}
