//! Tables of text as files: those that tell where their rows lie are features, others are joined to places.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::csv::read_csv;
use super::join_text::{JoinedFeature, joined_geojson, written};
use super::{ReadError, Watch};
use crate::data::{Batch, Fault, Sheet, Source};

/// The ends of the names of tables.
pub const SHEETS: [&str; 3] = ["csv", "tsv", "tab"];

/// What columns of longitude and latitude are called, folded to small letters.
const LONGITUDES: [&str; 7] = ["lon", "lng", "long", "longitude", "x", "经度", "경도"];
const LATITUDES: [&str; 5] = ["lat", "latitude", "y", "纬度", "위도"];

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
    Some((named(&LONGITUDES)?, named(&LATITUDES)?))
}

fn degrees(cell: &str) -> Option<f64> {
    cell.trim().replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite())
}

/// A table with columns of places as `GeoJSON`: a point for each row, none where a row lacks its place.
#[must_use]
pub fn as_points(sheet: &Sheet) -> Option<Vec<u8>> {
    let (lon, lat) = places(sheet)?;
    let point = |row: &Vec<String>| {
        let (lon, lat) = (degrees(row.get(lon)?)?, degrees(row.get(lat)?)?);
        // What lies on no globe has no place, and would spoil the view of what does.
        if lon.abs() > 360.0 || lat.abs() > 90.0 {
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

/// Reads a table that tells where its rows lie.
pub(super) fn read(path: &Path, watch: &dyn Watch) -> Result<(Source, Batch), ReadError> {
    let sheet = sheet(path)?;
    let text = as_points(&sheet).ok_or_else(|| ReadError::new(path, Fault::NoPlaces))?;
    super::read_source(Arc::new(text), path, watch)
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
}
