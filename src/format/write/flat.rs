//! A feature told by the row of a table: its place as it is written, its properties from the columns.

use std::fmt::Write;

use super::feature::geometry;
use crate::data::{Column, Values};

/// The feature of this id with a property for each column that has a value in its row. Without a source it has no
/// place.
#[must_use]
pub fn flat(source: Option<&[u8]>, id: &str, (columns, row): (&[&Column], usize)) -> Vec<u8> {
    let mut properties = String::new();
    for column in columns {
        let Some(text) = column.text(row) else { continue };
        let is_json =
            column.number(row).is_some_and(f64::is_finite) || matches!(column.values, Values::Bool(_));
        let value = if is_json { text.into_owned() } else { serde_json::Value::from(text).to_string() };
        let comma = if properties.is_empty() { "" } else { "," };
        // Writing to a String cannot fail.
        let _ = write!(properties, "{comma}{}:{value}", serde_json::Value::from(column.name.as_str()));
    }
    let id = serde_json::Value::from(id);
    let mut feature =
        format!(r#"{{"type":"Feature","id":{id},"properties":{{{properties}}},"geometry":"#).into_bytes();
    feature.extend_from_slice(source.and_then(geometry).unwrap_or(b"null"));
    feature.push(b'}');
    feature
}
