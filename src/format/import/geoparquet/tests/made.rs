//! Files of the parser's own writer.

use std::sync::Arc;

use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, FloatType,
    Int32Type, Int64Type,
};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

/// What a column is filled with.
#[derive(Clone, Debug)]
pub(super) enum Values {
    Bool(Vec<bool>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<Vec<u8>>),
    Fixed(Vec<Vec<u8>>),
}

/// Values, definition levels and repetition levels.
pub(super) type Filled = (Values, Vec<i16>, Vec<i16>);

impl Values {
    pub(super) fn texts(all: &[&str]) -> Self {
        Self::Bytes(all.iter().map(|text| text.as_bytes().to_vec()).collect())
    }
}

fn fill(writer: &mut SerializedColumnWriter<'_>, (values, definitions, repetitions): &Filled) {
    let some = |levels| Some(levels).filter(|levels: &&[i16]| !levels.is_empty());
    let levels = (some(definitions.as_slice()), some(repetitions.as_slice()));
    let bytes = |all: &[Vec<u8>]| all.iter().map(|one| ByteArray::from(one.clone())).collect::<Vec<_>>();
    let written = match values {
        Values::Bool(all) => writer.typed::<BoolType>().write_batch(all, levels.0, levels.1),
        Values::Int(all) => writer.typed::<Int32Type>().write_batch(all, levels.0, levels.1),
        Values::Long(all) => writer.typed::<Int64Type>().write_batch(all, levels.0, levels.1),
        Values::Float(all) => writer.typed::<FloatType>().write_batch(all, levels.0, levels.1),
        Values::Double(all) => writer.typed::<DoubleType>().write_batch(all, levels.0, levels.1),
        Values::Bytes(all) => writer.typed::<ByteArrayType>().write_batch(&bytes(all), levels.0, levels.1),
        Values::Fixed(all) => {
            let all: Vec<FixedLenByteArray> = bytes(all).into_iter().map(Into::into).collect();
            writer.typed::<FixedLenByteArrayType>().write_batch(&all, levels.0, levels.1)
        }
    };
    written.expect("written");
}

/// A file of one group of rows, with this metadata.
pub(super) fn file(message: &str, geo: Option<&str>, columns: &[Filled]) -> Vec<u8> {
    file_of(WriterProperties::builder(), message, geo, columns)
}

pub(super) fn file_of(
    properties: WriterPropertiesBuilder,
    message: &str,
    geo: Option<&str>,
    columns: &[Filled],
) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(message).expect("a schema"));
    let pairs = geo.map(|geo| vec![KeyValue::new("geo".to_owned(), geo.to_owned())]);
    let properties = Arc::new(properties.set_key_value_metadata(pairs).build());
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, schema, properties).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    for column in columns {
        let mut writer = group.next_column().expect("a writer").expect("a column");
        fill(&mut writer, column);
        writer.close().expect("closed");
    }
    assert!(group.next_column().expect("no fault").is_none());
    group.close().expect("closed");
    writer.close().expect("closed");
    out
}

/// A column without lists, whose values are there where `definitions` say so.
pub(super) fn flat(values: Values, definitions: &[i16]) -> Filled {
    (values, definitions.to_vec(), Vec::new())
}

/// A point as well-known binary.
pub(super) fn point(x: f64, y: f64) -> Vec<u8> {
    let mut out = vec![1, 1, 0, 0, 0];
    out.extend([x, y].iter().flat_map(|number| number.to_le_bytes()));
    out
}
