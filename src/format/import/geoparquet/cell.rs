//! A value of a row, by what its column is said to hold, and as JSON.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, civil};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::schema::types::Type;

use super::super::geometry::push_number;
use super::super::property::quoted;
use super::leaf::Raw;

/// What a column holds, beyond the shape of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Unsigned {
        bits: u8,
    },
    Text,
    Json,
    Date,
    /// Nanoseconds of its unit.
    Time {
        unit: i64,
    },
    /// Nanoseconds of its unit, and whether it is counted from midnight in Greenwich.
    Moment {
        unit: i64,
        is_utc: bool,
    },
    Decimal {
        scale: usize,
    },
    Half,
    Uuid,
}

/// A value, or values in values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Null,
    One(Raw, Kind),
    List(Vec<Cell>),
    /// Values in the order of their columns.
    Group(Vec<Cell>),
}

/// The most digits after the point.
const MOST_SCALE: i32 = 76;

impl Kind {
    pub(super) fn of(column: &Type) -> Self {
        let info = column.get_basic_info();
        info.logical_type_ref().and_then(Self::of_logical).unwrap_or_else(|| {
            let utc = |unit| Self::Moment { unit, is_utc: true };
            match info.converted_type() {
                ConvertedType::UTF8 | ConvertedType::ENUM => Self::Text,
                ConvertedType::JSON => Self::Json,
                ConvertedType::DATE => Self::Date,
                ConvertedType::TIME_MILLIS => Self::Time { unit: 1_000_000 },
                ConvertedType::TIME_MICROS => Self::Time { unit: 1_000 },
                ConvertedType::TIMESTAMP_MILLIS => utc(1_000_000),
                ConvertedType::TIMESTAMP_MICROS => utc(1_000),
                ConvertedType::UINT_8 => Self::Unsigned { bits: 8 },
                ConvertedType::UINT_16 => Self::Unsigned { bits: 16 },
                ConvertedType::UINT_32 => Self::Unsigned { bits: 32 },
                ConvertedType::UINT_64 => Self::Unsigned { bits: 64 },
                ConvertedType::DECIMAL if column.is_primitive() => decimal(column.get_scale()),
                _ => Self::Plain,
            }
        })
    }

    fn of_logical(logical: &LogicalType) -> Option<Self> {
        Some(match logical {
            LogicalType::String | LogicalType::Enum => Self::Text,
            LogicalType::Json => Self::Json,
            LogicalType::Date => Self::Date,
            LogicalType::Time(time) => Self::Time { unit: nanoseconds(time.unit) },
            LogicalType::Timestamp(time) => {
                Self::Moment { unit: nanoseconds(time.unit), is_utc: time.is_adjusted_to_u_t_c }
            }
            LogicalType::Decimal(own) => decimal(own.scale),
            LogicalType::Integer(int) if !int.is_signed => {
                Self::Unsigned { bits: int.bit_width.cast_unsigned() }
            }
            LogicalType::Float16 => Self::Half,
            LogicalType::Uuid => Self::Uuid,
            _ => return None,
        })
    }
}

fn decimal(scale: i32) -> Kind {
    if (0..=MOST_SCALE).contains(&scale) { Kind::Decimal { scale: scale as usize } } else { Kind::Plain }
}

fn nanoseconds(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000_000,
        TimeUnit::MICROS => 1_000,
        TimeUnit::NANOS => 1,
    }
}

/// Writes a value as JSON; `None` for what is not written: nothing, pictures and the like.
pub(super) fn json(raw: &Raw, kind: Kind) -> Option<String> {
    match (raw, kind) {
        (Raw::Bool(value), _) => Some(value.to_string()),
        (Raw::Int(value), _) => Some(whole(*value, kind)),
        (Raw::Float(value), _) => Some(finite(f64::from(*value), value.to_string())),
        (Raw::Double(value), _) => {
            let mut out = Vec::new();
            push_number(&mut out, *value);
            String::from_utf8(out).ok()
        }
        (Raw::Moment(nanoseconds), _) => moment(*nanoseconds, false),
        (Raw::Bytes(bytes), _) => text(bytes.data(), kind),
    }
}

/// Bytes that are said to be something.
fn text(bytes: &[u8], kind: Kind) -> Option<String> {
    match kind {
        Kind::Text => Some(quoted(&String::from_utf8_lossy(bytes))),
        Kind::Json => {
            let text = String::from_utf8_lossy(bytes);
            let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            Some(if is_json { text.replace(['\n', '\r'], " ") } else { quoted(&text) })
        }
        Kind::Decimal { scale } => wide(bytes).map(|value| pointed(value, scale)),
        Kind::Half => match bytes[..] {
            [low, high] => Some(half(u16::from_le_bytes([low, high]))),
            _ => None,
        },
        Kind::Uuid => uuid(bytes),
        _ => None,
    }
}

/// A whole number, or what it counts.
fn whole(value: i64, kind: Kind) -> String {
    let told = match kind {
        Kind::Unsigned { bits: 64 } => Some(value.cast_unsigned().to_string()),
        Kind::Unsigned { bits } => Some((value & ((1_i64 << bits.min(62)) - 1)).to_string()),
        Kind::Date => date(value),
        Kind::Time { unit } => time(value, unit),
        Kind::Moment { unit, is_utc } => moment(i128::from(value) * i128::from(unit), is_utc),
        Kind::Decimal { scale } => Some(pointed(i128::from(value), scale)),
        _ => None,
    };
    // A day that no calendar has stays the number that it is.
    told.unwrap_or_else(|| value.to_string())
}

fn finite(value: f64, text: String) -> String {
    if value.is_finite() { text } else { "null".to_owned() }
}

/// Days since 1970.
fn date(days: i64) -> Option<String> {
    let days = Span::new().try_days(days).ok()?;
    let date = civil::date(1970, 1, 1).checked_add(days).ok()?;
    Some(quoted(&date.to_string()))
}

/// Units since midnight.
fn time(value: i64, unit: i64) -> Option<String> {
    let since = SignedDuration::from_nanos(value.checked_mul(unit)?);
    let time = civil::Time::midnight().checked_add(since).ok()?;
    Some(quoted(&time.to_string()))
}

/// Nanoseconds since 1970; a local time says no zone.
fn moment(nanoseconds: i128, is_utc: bool) -> Option<String> {
    let moment = Timestamp::from_nanosecond(nanoseconds).ok()?;
    let text = if is_utc { moment.to_string() } else { TimeZone::UTC.to_datetime(moment).to_string() };
    Some(quoted(&text))
}

/// A number of any width, the highest byte first; `None` where it has more digits than we count.
fn wide(bytes: &[u8]) -> Option<i128> {
    let first = *bytes.first()?;
    let sign = if first & 0x80 == 0 { 0 } else { 0xff };
    let (extra, own) = bytes.split_at(bytes.len().saturating_sub(16));
    let mut all = [sign; 16];
    all[16 - own.len()..].copy_from_slice(own);
    let value = i128::from_be_bytes(all);
    let is_same = extra.iter().all(|byte| *byte == sign) && (value < 0) == (sign == 0xff);
    is_same.then_some(value)
}

/// A number with its point so many digits from the end.
fn pointed(value: i128, scale: usize) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.unsigned_abs().to_string(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A number of sixteen bits (IEEE 754, binary16).
fn half(bits: u16) -> String {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff));
    let value = match exponent {
        0 => fraction * 2_f32.powi(-24),
        31 => f32::INFINITY,
        _ => (1024.0 + fraction) * 2_f32.powi(exponent - 25),
    };
    finite(f64::from(value), (sign * value).to_string())
}

fn uuid(bytes: &[u8]) -> Option<String> {
    let number = u128::from_be_bytes(bytes.try_into().ok()?);
    let digits = format!("{number:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| digits[part].to_owned());
    Some(quoted(&parts.join("-")))
}
