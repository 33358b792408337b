//! The values of one column without columns in it, a batch of rows at a time.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType,
    FloatType, Int32Type, Int64Type, Int96, Int96Type,
};
use parquet::schema::types::ColumnDescPtr;

use super::pages::Pages;
use crate::data::ProblemKind;

/// A value as it stands in a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw {
    Bool(bool),
    Int(i64),
    Float(f32),
    Double(f64),
    /// Nanoseconds since 1970, as they were written before 2018.
    Moment(i128),
    Bytes(ByteArray),
}

/// A column, what it has read, and how far that was taken.
pub(super) struct Leaf {
    typed: Typed,
    most_def: i16,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    levels: usize,
    /// The next level, and the next value.
    at: (usize, usize),
}

/// The reader of a column with room for its values.
enum Typed {
    Bool(ColumnReaderImpl<BoolType>, Vec<bool>),
    Int(ColumnReaderImpl<Int32Type>, Vec<i32>),
    Long(ColumnReaderImpl<Int64Type>, Vec<i64>),
    Moment(ColumnReaderImpl<Int96Type>, Vec<Int96>),
    Float(ColumnReaderImpl<FloatType>, Vec<f32>),
    Double(ColumnReaderImpl<DoubleType>, Vec<f64>),
    Bytes(ColumnReaderImpl<ByteArrayType>, Vec<ByteArray>),
    Fixed(ColumnReaderImpl<FixedLenByteArrayType>, Vec<FixedLenByteArray>),
}

impl Leaf {
    pub(super) fn new(about: ColumnDescPtr, pages: Pages) -> Self {
        let most_def = about.max_def_level();
        let typed = match get_column_reader(about, Box::new(pages)) {
            ColumnReader::BoolColumnReader(reader) => Typed::Bool(reader, Vec::new()),
            ColumnReader::Int32ColumnReader(reader) => Typed::Int(reader, Vec::new()),
            ColumnReader::Int64ColumnReader(reader) => Typed::Long(reader, Vec::new()),
            ColumnReader::Int96ColumnReader(reader) => Typed::Moment(reader, Vec::new()),
            ColumnReader::FloatColumnReader(reader) => Typed::Float(reader, Vec::new()),
            ColumnReader::DoubleColumnReader(reader) => Typed::Double(reader, Vec::new()),
            ColumnReader::ByteArrayColumnReader(reader) => Typed::Bytes(reader, Vec::new()),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => Typed::Fixed(reader, Vec::new()),
        };
        Self { typed, most_def, definitions: Vec::new(), repetitions: Vec::new(), levels: 0, at: (0, 0) }
    }

    /// Reads the next rows; fewer than `rows` where there are no more.
    pub(super) fn fill(&mut self, rows: usize) -> parquet::errors::Result<usize> {
        self.definitions.clear();
        self.repetitions.clear();
        self.at = (0, 0);
        let levels = (&mut self.definitions, &mut self.repetitions);
        let (read, counted) = match &mut self.typed {
            Typed::Bool(reader, values) => more(reader, values, levels, rows),
            Typed::Int(reader, values) => more(reader, values, levels, rows),
            Typed::Long(reader, values) => more(reader, values, levels, rows),
            Typed::Moment(reader, values) => more(reader, values, levels, rows),
            Typed::Float(reader, values) => more(reader, values, levels, rows),
            Typed::Double(reader, values) => more(reader, values, levels, rows),
            Typed::Bytes(reader, values) => more(reader, values, levels, rows),
            Typed::Fixed(reader, values) => more(reader, values, levels, rows),
        }?;
        self.levels = counted;
        Ok(read)
    }

    /// How much of the way down to the next value is there; `None` at the end of the batch.
    pub(super) fn definition(&self) -> Option<i16> {
        let at = self.at.0;
        (at < self.levels).then(|| self.definitions.get(at).copied().unwrap_or(self.most_def))
    }

    /// Which of the lists around it the next value goes on; 0 begins a row.
    pub(super) fn repetition(&self) -> Option<i16> {
        let at = self.at.0;
        (at < self.levels).then(|| self.repetitions.get(at).copied().unwrap_or(0))
    }

    /// The next value, or none where it is missing.
    pub(super) fn take(&mut self) -> Result<Option<Raw>, ProblemKind> {
        let definition = self.definition().ok_or(ProblemKind::Broken)?;
        self.at.0 += 1;
        if definition != self.most_def {
            return Ok(None);
        }
        let at = self.at.1;
        self.at.1 += 1;
        let raw = match &self.typed {
            Typed::Bool(_, values) => values.get(at).map(|value| Raw::Bool(*value)),
            Typed::Int(_, values) => values.get(at).map(|value| Raw::Int(i64::from(*value))),
            Typed::Long(_, values) => values.get(at).map(|value| Raw::Int(*value)),
            Typed::Moment(_, values) => values.get(at).map(|value| Raw::Moment(nanoseconds(value))),
            Typed::Float(_, values) => values.get(at).map(|value| Raw::Float(*value)),
            Typed::Double(_, values) => values.get(at).map(|value| Raw::Double(*value)),
            Typed::Bytes(_, values) => values.get(at).map(|value| Raw::Bytes(value.clone())),
            Typed::Fixed(_, values) => values.get(at).map(|value| Raw::Bytes((**value).clone())),
        };
        raw.map(Some).ok_or(ProblemKind::Broken)
    }
}

/// Rows and levels that were read.
fn more<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    values: &mut Vec<T::T>,
    (definitions, repetitions): (&mut Vec<i16>, &mut Vec<i16>),
    rows: usize,
) -> parquet::errors::Result<(usize, usize)> {
    values.clear();
    let (read, _, levels) = reader.read_records(rows, Some(definitions), Some(repetitions), values)?;
    Ok((read, levels))
}

/// A Julian day and the nanoseconds of that day.
fn nanoseconds(value: &Int96) -> i128 {
    const EPOCH: i128 = 2_440_588;
    const DAY: i128 = 86_400_000_000_000;
    let [low, high, day] = [0, 1, 2].map(|index| value.data().get(index).copied().unwrap_or_default());
    (i128::from(day) - EPOCH) * DAY + i128::from(u64::from(high) << 32 | u64::from(low))
}
