//! Tables of text as files: those that tell where their rows lie are features, others are joined to places.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::csv::{read_csv, seems_table};
use super::import::{wkb, wkt};
use super::join_text::{JoinedFeature, joined_geojson, written};
use super::read_as::{self, ReadAs};
use super::{ReadError, Watch, ending};
use crate::data::{Batch, Fault, Problem, ProblemKind, Sheet, Source, Spot};
use crate::geo::Angle;

/// The ends of the names of tables.
pub const SHEETS: [&str; 3] = ["csv", "tsv", "tab"];
/// Ends of names that leave open what is inside.
const SAYING_NOTHING: [&str; 6] = ["", "txt", "text", "dat", "gz", "zip"];
/// So many bytes at the begin of a file tell whether it is a table.
const LOOKED_AT: usize = 1 << 14;

/// What columns of longitude and latitude are called, folded to small letters.
pub(super) const LONGITUDES: [&str; 7] = ["lon", "lng", "long", "longitude", "x", "经度", "경도"];
pub(super) const LATITUDES: [&str; 5] = ["lat", "latitude", "y", "纬度", "위도"];
/// What columns of metres are called besides.
const EASTINGS: [&str; 7] = ["easting", "east", "x坐标", "东坐标", "x좌표", "x_coord", "coord_x"];
const NORTHINGS: [&str; 7] = ["northing", "north", "y坐标", "北坐标", "y좌표", "y_coord", "coord_y"];
/// What columns of geometries are called.
const GEOMETRIES: [&str; 7] = ["wkt", "geom", "geometry", "the_geom", "wkt_geom", "wkb", "wkb_geometry"];

/// What tables are called among formats.
pub(super) const NAME: &str = "CSV";

/// Whether a file is a table by its name.
pub(super) fn is_named(path: &Path) -> bool {
    SHEETS.contains(&ending(path).as_str())
}

/// Whether a file that is of no other format is a table: `GeoJSON` is none, whatever it is called.
pub(super) fn is_sheet(bytes: &[u8], path: &Path) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let is_geojson = matches!(text.first(), Some(&(b'{' | super::geojson::RECORD)));
    let says_nothing = SAYING_NOTHING.contains(&ending(path).as_str());
    !is_geojson && (is_named(path) || (says_nothing && seems_table(head(bytes))))
}

/// Whole lines at the begin of a file.
fn head(bytes: &[u8]) -> &[u8] {
    if bytes.len() <= LOOKED_AT {
        return bytes;
    }
    let head = &bytes[..LOOKED_AT];
    memchr::memrchr(b'\n', head).map_or(head, |end| &head[..end])
}

/// Reads the bytes of a table; errors call it `path`.
pub fn sheet(bytes: &[u8], path: &Path) -> Result<Sheet, ReadError> {
    read_csv(bytes).map_err(|fault| ReadError::new(path, Fault::Sheet(fault)))
}

/// Whether it tells where its rows lie.
#[must_use]
pub fn has_places(sheet: &Sheet) -> bool {
    geometries(sheet).is_some() || places(sheet).is_some()
}

/// Its columns of longitude and latitude, where it has both.
fn places(sheet: &Sheet) -> Option<(usize, usize)> {
    let named = |names: &[&str]| {
        let is_named = |column: &String| names.contains(&column.trim().to_lowercase().as_str());
        let column = sheet.columns.iter().position(is_named)?;
        sheet.column(column).any(|cell| number(cell).is_some()).then_some(column)
    };
    let both = |of_x: &[&str], of_y: &[&str]| Some((named(of_x)?, named(of_y)?));
    both(&LONGITUDES, &LATITUDES).or_else(|| both(&EASTINGS, &NORTHINGS))
}

/// A geometry as well-known text, or as the digits of well-known binary, as `GeoJSON`.
fn shape(cell: &str) -> Option<String> {
    wkt::json(cell).or_else(|| wkb::json(cell))
}

/// The column of geometries, where there is one.
fn geometries(sheet: &Sheet) -> Option<usize> {
    let is_named = |column: &String| GEOMETRIES.contains(&column.trim().to_lowercase().as_str());
    let column = sheet.columns.iter().position(is_named)?;
    sheet.column(column).any(|cell| shape(cell).is_some()).then_some(column)
}

/// A number with a point or a comma, or degrees with minutes and seconds.
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim().replace(',', ".");
    let plain = cell.parse().ok().filter(|value: &f64| value.is_finite());
    plain.or_else(|| Angle::parse(&cell).map(|angle| angle.degrees))
}

/// A table with geometries or with columns of places as `GeoJSON`: a geometry or a point for each row, none where a
/// row lacks its own. `is_any` takes numbers that are no degrees too: they are turned afterwards.
fn points(sheet: &Sheet, is_any: bool) -> Option<Vec<u8>> {
    if let Some(column) = geometries(sheet) {
        return Some(as_shapes(sheet, column));
    }
    let (lon, lat) = places(sheet)?;
    let point = |row: &Vec<String>| {
        let [lon, lat] = numbers_of(row, (lon, lat)).filter(|place| is_any || is_on_globe(*place))?;
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
        geometry: shape(cell).map_or(Cow::Borrowed("null"), Cow::Owned),
        properties: Cow::Borrowed(&[]),
        cells: Some(cells),
    });
    let written = written(&rows, columns.len(), sheet.delimiter);
    joined_geojson(features, &columns, &written)
}

/// What lies on no globe has no place, and would spoil the view of what does.
fn is_on_globe([lon, lat]: [f64; 2]) -> bool {
    lon.abs() <= 360.0 && lat.abs() <= 90.0
}

fn numbers_of(row: &[String], (x, y): (usize, usize)) -> Option<[f64; 2]> {
    Some([number(row.get(x)?)?, number(row.get(y)?)?])
}

/// The numbers of its rows, as they stand; no row has any where geometries tell its place.
fn numbers(sheet: &Sheet) -> Vec<Option<[f64; 2]>> {
    let columns = places(sheet).filter(|_| geometries(sheet).is_none());
    sheet.rows.iter().map(|row| numbers_of(row, columns?)).collect()
}

/// The features of a table that tells where its rows lie.
pub fn read_sheet(
    sheet: &Sheet,
    path: &Path,
    (read_as, watch): (&ReadAs, &dyn Watch),
) -> Result<(Source, Batch), ReadError> {
    let is_said = *read_as != ReadAs::default();
    let text = points(sheet, is_said).ok_or_else(|| ReadError::new(path, Fault::NoPlaces))?;
    let (source, mut batch) = read_as::read_geojson(Arc::new(text), path, (read_as, watch))?;
    let numbers = numbers(sheet);
    if !is_said && batch.doubt.is_none() {
        let sample: Vec<[f64; 2]> = numbers.iter().copied().flatten().collect();
        read_as::doubt(&mut batch, None, &sample);
    }
    place(sheet, &numbers, &mut batch);
    Ok((source, batch))
}

/// Puts what is wrong with features on the lines of their rows, and adds what only the table shows.
fn place(sheet: &Sheet, numbers: &[Option<[f64; 2]>], batch: &mut Batch) {
    for problem in &mut batch.problems {
        let row = problem.feature.unwrap_or_default() as usize;
        problem.spot = sheet.lines.get(row).map(|&line| Spot::Line { line, column: 1 });
        let is_off = numbers.get(row).copied().flatten().is_some_and(|place| !is_on_globe(place));
        if problem.kind == ProblemKind::NoGeometry && is_off {
            problem.kind = ProblemKind::OutOfRange;
        }
    }
    let own = sheet.problems.iter().filter_map(|problem| {
        let row = sheet.lines.binary_search(&problem.line).ok();
        let byte = row.and_then(|row| batch.places.get(row)).map_or(0, |place| place.start);
        let feature = row.and_then(|row| u32::try_from(row).ok());
        Some(Problem { feature, byte, ..problem.placed()? })
    });
    let own: Vec<Problem> = own.collect();
    batch.problems.extend(own);
    batch.problems.sort_by_key(|problem| problem.byte);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Patient;
    use crate::format::csv::read_csv;

    #[test]
    fn rows_with_degrees_are_points_and_keep_their_values() {
        let text = "name;Longitude;lat;km\nHorgos;80,41;44,21;007\nnowhere;;;3\nbeyond;200;95;4\n";
        let sheet = read_csv(text.as_bytes()).expect("a table");
        let text = String::from_utf8(points(&sheet, false).expect("points")).expect("text");
        assert!(text.contains(r#""coordinates":[80.41,44.21]"#), "{text}");
        assert!(text.contains(r#""km":"007""#) && text.matches(r#""geometry":null"#).count() == 2, "{text}");
    }

    #[test]
    fn names_of_columns_alone_are_no_places() {
        let sheet = |text: &str| read_csv(text.as_bytes()).expect("a table");
        assert_eq!(places(&sheet("x,y\na,b\n")), None);
        assert_eq!(places(&sheet("country,gdp\nCN,1\n")), None);
        assert_eq!(places(&sheet("纬度,经度\n44.2,80.4\n")), Some((1, 0)));
        assert!(is_named(Path::new("a/B.CSV")) && !is_named(Path::new("a/csv.geojson")));
    }

    #[test]
    fn geometries_in_cells_are_those_of_their_rows() {
        let text = "id,Geometry,lon,lat\n1,\"LINESTRING (1 2, 3 4)\",0,0\n2,,5,6\n3,POINT(1,5,6\n4,SRID=4326;point z(7 8 9),,\n";
        let sheet = read_csv(text.as_bytes()).expect("a table");
        let text = String::from_utf8(points(&sheet, false).expect("shapes")).expect("text");
        assert!(text.contains(r#""geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{"id":1,"lon":0,"lat":0}"#), "{text}");
        assert!(text.contains(r#"{"type":"Point","coordinates":[7,8,9]}"#), "{text}");
        assert_eq!(text.matches(r#""geometry":null"#).count(), 2, "{text}");
        let plain = read_csv(b"geometry,lon,lat\nround,1,2\n").expect("a table");
        assert!(points(&plain, false).is_some_and(|text| text.windows(5).any(|part| part == b"[1,2]")));
    }

    #[test]
    fn degrees_may_have_minutes_and_sides() {
        let text = "名称,经度,纬度\n霍尔果斯,东经80°30′,北纬44°12′36″\nsouth,\"70°30'0\"\"W\",33.5 S\nnone,12°60',4\n";
        let sheet = read_csv(text.as_bytes()).expect("a table");
        let found = numbers(&sheet);
        assert_eq!(found[0].map(|[lon, lat]| [lon, (lat * 1e9).round() / 1e9]), Some([80.5, 44.21]));
        assert_eq!(found[1..], [Some([-70.5, -33.5]), None]);
    }

    #[test]
    fn what_is_wrong_stands_on_the_line_of_the_table() {
        let text =
            "name,lon,lat\n\"two\nlines\",80,44\nhigh,80,117\nnone,,\nshort,81\n\"open,82,45\nlast,83,46\n";
        let sheet = read_csv(text.as_bytes()).expect("a table");
        let read = read_sheet(&sheet, Path::new("a.csv"), (&ReadAs::default(), &Patient));
        let (_, batch) = read.expect("features");
        let line = |problem: &Problem| match problem.spot {
            Some(Spot::Line { line, column: 1 }) => line,
            _ => 0,
        };
        let mut told: Vec<_> =
            batch.problems.iter().map(|problem| (line(problem), problem.kind, problem.feature)).collect();
        told.sort_by_key(|told| told.0);
        let expected = [
            (4, ProblemKind::OutOfRange, Some(1)),
            (5, ProblemKind::NoGeometry, Some(2)),
            (6, ProblemKind::NoGeometry, Some(3)),
            (6, ProblemKind::Ragged, Some(3)),
            (7, ProblemKind::OpenQuote, Some(4)),
        ];
        assert_eq!(told, expected);
        assert_eq!((batch.places.len(), batch.vertices.len()), (6, 3), "nothing is lost");
    }

    #[test]
    fn a_table_without_a_name_is_known_by_its_rows_and_text_is_none() {
        let is = |text: &str, path: &str| is_sheet(text.as_bytes(), Path::new(path));
        let table = "name;lon;lat\nHorgos;80,4;44,2\n";
        assert!(is(table, "-") && is(table, "places.txt") && is(table, "Pasted"));
        assert!(is("a\nb\n", "a.csv") && !is("a\nb\n", "-") && !is(table, "a.geojson"));
        assert!(!is("Dear all,\nthe train, they say, is late.\nYours\n", "-"));
        assert!(!is("{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":2}\n", "a.csv"));
        let mut long = table.to_owned();
        while long.len() < 2 * LOOKED_AT {
            long.push_str("霍尔果斯;80,4;44,2\n");
        }
        assert!(is(&long, "-"), "a cut in a row does not matter");
    }

    #[test]
    fn public_tables_of_geometries_open() {
        let Some(folder) = std::env::var_os("ATLAS_CORPORA") else {
            println!("ATLAS_CORPORA is not set: no table is read");
            return;
        };
        for kind in ["point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"] {
            let path = Path::new(&folder).join(format!("geoparquet/test_data/data-{kind}-wkt.csv"));
            let read = sheet(&std::fs::read(&path).expect("a file"), &path).expect("a table");
            let text = String::from_utf8(points(&read, false).expect("shapes")).expect("text");
            let shapes = read.column(1).filter(|cell| !cell.is_empty()).count();
            assert!(shapes > 0 && text.matches("{\"type\":\"Feature\"").count() == read.rows.len(), "{kind}");
            let found = text.to_lowercase().matches(&format!("\"geometry\":{{\"type\":\"{kind}\"")).count();
            assert_eq!(found, shapes, "{kind}: {text}");
        }
    }
}
