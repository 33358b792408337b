//! The values of a feature: the number of a column, then a value as long as its type says.

use flatbuffers::{ForwardsUOffset, Vector};
use flatgeobuf::{Column as FlatColumn, ColumnType};

use super::super::cursor::{Cursor, Order, Short};
use super::super::property::{Properties, quoted};
use crate::data::ProblemKind;

/// A column's name and type.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    name: String,
    kind: ColumnType,
}

#[cfg(test)]
impl Column {
    pub(super) fn named(name: &str, kind: ColumnType) -> Self {
        Self { name: name.to_owned(), kind }
    }
}

pub(super) fn columns(flat: Option<Vector<'_, ForwardsUOffset<FlatColumn<'_>>>>, most: usize) -> Vec<Column> {
    let each = flat.into_iter().flatten().take(most);
    each.map(|column| Column { name: column.name().to_owned(), kind: column.type_() }).collect()
}

/// Adds the values to `properties`; those before a fault stay.
pub(super) fn read(raw: &[u8], columns: &[Column], properties: &mut Properties) -> Result<(), ProblemKind> {
    let mut cursor = Cursor::new(raw, 0, Order::Little);
    while cursor.at < raw.len() {
        let Ok(number) = cursor.u16() else { return Err(ProblemKind::Broken) };
        let column = columns.get(usize::from(number)).ok_or(ProblemKind::Broken)?;
        value(&mut cursor, column, properties).map_err(|Short| ProblemKind::Broken)?;
    }
    Ok(())
}

fn value(cursor: &mut Cursor<'_>, column: &Column, properties: &mut Properties) -> Result<(), Short> {
    let name = column.name.as_str();
    match column.kind {
        ColumnType::Bool => properties.json(name, (cursor.u8()? != 0).to_string()),
        ColumnType::Byte => properties.json(name, cursor.u8()?.cast_signed().to_string()),
        ColumnType::UByte => properties.json(name, cursor.u8()?.to_string()),
        ColumnType::Short => properties.json(name, cursor.u16()?.cast_signed().to_string()),
        ColumnType::UShort => properties.json(name, cursor.u16()?.to_string()),
        ColumnType::Int => properties.json(name, cursor.u32()?.cast_signed().to_string()),
        ColumnType::UInt => properties.json(name, cursor.u32()?.to_string()),
        ColumnType::Long => properties.json(name, cursor.u64()?.cast_signed().to_string()),
        ColumnType::ULong => properties.json(name, cursor.u64()?.to_string()),
        ColumnType::Float => {
            let value = f32::from_bits(cursor.u32()?);
            // As many digits as it has itself: as a double 0.1 would become 0.10000000149011612.
            let json = if value.is_finite() { value.to_string() } else { "null".to_owned() };
            properties.json(name, json);
        }
        ColumnType::Double => properties.number(name, cursor.f64()?),
        ColumnType::Json => {
            let text = text(cursor)?;
            let is_json = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            properties.json(name, if is_json { text.replace(['\n', '\r'], " ") } else { quoted(&text) });
        }
        ColumnType::Binary => {
            text(cursor)?;
        }
        // Texts and moments; a type of a later edition cannot be stepped over.
        ColumnType::String | ColumnType::DateTime => {
            let text = text(cursor)?;
            properties.json(name, quoted(&text));
        }
        _ => return Err(Short),
    }
    Ok(())
}

fn text(cursor: &mut Cursor<'_>) -> Result<String, Short> {
    let length = cursor.u32()? as usize;
    Ok(String::from_utf8_lossy(cursor.take(length)?).into_owned())
}
