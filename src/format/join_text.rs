//! Features and the rows that were joined to them, as a GeoJSON text that opens like any other file.
//!
//! Invariant: what a cell says is kept: it becomes a number only where its whole column is written in numbers
//! that lose nothing by it.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use super::scan::Scan;

/// Digits up to which a whole number comes back from a double as it was. What is longer is a code, such as that of an
/// identity card; digits behind a point are as many as some program writes.
const MOST_DIGITS: usize = 15;
/// What a column of the table is called besides, where the feature has a property of its name.
const CLASH: &str = " (CSV)";

/// One feature to write: a target, and the row that speaks of it.
#[derive(Clone, Debug)]
pub struct JoinedFeature<'a> {
    /// A geometry as JSON, or `null`; written as it is.
    pub geometry: Cow<'a, str>,
    /// What the target says of itself, in its order.
    pub properties: Cow<'a, [(String, Value)]>,
    /// The cells of the row, one a column; `None` for a target without a row.
    pub cells: Option<&'a [String]>,
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// No number, or one that would lose something: `007`, a number of twenty digits.
    Text,
    /// `-1234.5`
    Plain,
    /// `1,234.5`
    Thousands,
    /// `1,5` and no thousands; only where the cells are parted by something else.
    DecimalComma,
}

/// The geometry of a feature's bytes, or the bytes where they are a geometry; `null` where there is none.
#[must_use]
pub fn geometry_text(bytes: &[u8]) -> &str {
    const NONE: &str = "null";
    let (mut geometry, mut is_feature) = (None, false);
    let read = Scan::new(bytes, 0).each_member(|key, scan| {
        scan.peek()?;
        let start = scan.at;
        scan.skip()?;
        let value = &scan.bytes[start..scan.at];
        is_feature |= key == b"type" && value == br#""Feature""#;
        if key == b"geometry" {
            geometry = Some(value);
        }
        Ok(())
    });
    // What breaks off is no JSON, and would break what it is written into.
    if read.is_err() {
        return NONE;
    }
    let found = if is_feature || geometry.is_some() { geometry } else { Some(bytes) };
    let text = found.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or(NONE);
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if is_json { text } else { NONE }
}

/// How each column's cells are written, so that all of one column become the same.
#[must_use]
pub fn written(rows: &[Vec<String>], width: usize, delimiter: u8) -> Vec<Written> {
    let of_column = |column: usize| {
        let cells: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let all = |kind: Written| {
            !cells.is_empty() && cells.iter().all(|cell| number(cell, kind, MOST_DIGITS).is_some())
        };
        if all(Written::Plain) {
            return Written::Plain;
        }
        // Where commas part the cells, a comma in a number parts thousands; `1,234` elsewhere may be either.
        let (is_decimal, is_thousands) = (all(Written::DecimalComma), all(Written::Thousands));
        match (is_decimal && delimiter != b',', is_thousands) {
            (true, false) => Written::DecimalComma,
            (false, true) => Written::Thousands,
            _ => Written::Text,
        }
    };
    (0..width).map(of_column).collect()
}

/// Writes a `FeatureCollection`: of each feature its geometry, its properties, and the cells of its row.
#[must_use]
pub fn joined_geojson<'a>(
    features: impl IntoIterator<Item = JoinedFeature<'a>>,
    columns: &[String],
    written: &[Written],
) -> Vec<u8> {
    let features: Vec<JoinedFeature<'a>> = features.into_iter().collect();
    let names = column_names(&features, columns);
    let mut out = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for (index, feature) in features.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str("{\"type\":\"Feature\",\"geometry\":");
        out.push_str(&feature.geometry);
        out.push_str(",\"properties\":{");
        let mut members = 0_usize;
        let mut member = |name: &str, value: &str| {
            if members > 0 {
                out.push(',');
            }
            members += 1;
            out.push_str(&quoted(name));
            out.push(':');
            out.push_str(value);
        };
        for (name, value) in feature.properties.iter() {
            member(name, &value.to_string());
        }
        for (column, name) in names.iter().enumerate() {
            let cell = feature.cells.and_then(|cells| cells.get(column)).map_or("", String::as_str);
            let kind = written.get(column).copied().unwrap_or(Written::Text);
            member(name, &json_of(cell, kind));
        }
        out.push_str("}}");
    }
    out.push_str("\n]}\n");
    out.into_bytes()
}

/// Names for the table's columns that no feature has for a property of its own.
fn column_names(features: &[JoinedFeature<'_>], columns: &[String]) -> Vec<String> {
    let properties = features.iter().flat_map(|feature| feature.properties.iter());
    let mut taken: HashSet<String> = HashSet::new();
    for (name, _) in properties {
        if !taken.contains(name) {
            taken.insert(name.clone());
        }
    }
    let mut names = Vec::with_capacity(columns.len());
    for column in columns {
        let is_own = |name: &String| columns.contains(name) && name != column;
        let mut name = column.clone();
        while taken.contains(&name) || is_own(&name) {
            name.push_str(CLASH);
        }
        taken.insert(name.clone());
        names.push(name);
    }
    names
}

/// A cell as JSON.
fn json_of(cell: &str, kind: Written) -> String {
    if cell.trim().is_empty() {
        return "null".to_owned();
    }
    number(cell.trim(), kind, MOST_DIGITS).unwrap_or_else(|| quoted(cell))
}

/// A plain number as JSON writes it, each digit as it stands; `None` for all else.
pub(super) fn plain_number(text: &str) -> Option<String> {
    number(text, Written::Plain, MOST_DIGITS)
}

/// The same of what is known to be a number: of any size, and without the zeros that fill its field.
pub(super) fn filled_number(text: &str) -> Option<String> {
    let (sign, filled) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let digits = filled.trim_start_matches('0');
    let digits = if digits.is_empty() { &filled[filled.len().saturating_sub(1)..] } else { digits };
    number(&format!("{sign}{digits}"), Written::Plain, usize::MAX)
}

/// A number as JSON writes it; `None` where the text is none that is written so.
fn number(text: &str, kind: Written, most_digits: usize) -> Option<String> {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let point = if kind == Written::DecimalComma { ',' } else { '.' };
    let (whole, fraction) =
        digits.split_once(point).map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let (fraction, exponent) = match fraction {
        Some(rest) => parted_exponent(rest).map_or((Some(rest), None), |(f, e)| (Some(f), Some(e))),
        None => (None, None),
    };
    let (whole, exponent) = match parted_exponent(whole) {
        Some((before, after)) if fraction.is_none() => (before, Some(after)),
        _ => (whole, exponent),
    };
    let whole = match kind {
        Written::Text => return None,
        // Some leave out the zero before the point.
        Written::Plain | Written::DecimalComma if whole.is_empty() && fraction.is_some() => "0".to_owned(),
        Written::Plain | Written::DecimalComma => whole.to_owned(),
        Written::Thousands => without_thousands(whole)?,
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_no_zeros_in_front = whole == "0" || !whole.starts_with('0');
    let is_number = is_digits(&whole) && has_no_zeros_in_front && fraction.is_none_or(is_digits);
    if !is_number || whole.len() > most_digits || !exponent.is_none_or(is_exponent) {
        return None;
    }
    let fraction = fraction.map_or_else(String::new, |digits| format!(".{digits}"));
    let exponent = exponent.map_or_else(String::new, |digits| format!("e{digits}"));
    let number = format!("{sign}{whole}{fraction}{exponent}");
    number.parse().is_ok_and(f64::is_finite).then_some(number)
}

/// What stands before and after an `e`.
fn parted_exponent(text: &str) -> Option<(&str, &str)> {
    text.split_once(['e', 'E'])
}

/// Three digits at most: no double has more.
fn is_exponent(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1,234,567` as `1234567`; `None` where commas stand anywhere else.
fn without_thousands(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let is_first = (1..=3).contains(&first.len()) || !text.contains(',');
    (is_first && groups.all(|group| group.len() == 3)).then(|| text.replace(',', ""))
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
