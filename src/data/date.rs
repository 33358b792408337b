//! Days and times as files write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Seconds since the begin of 1970 of `2013-09-07`, `2003/03/23 00:00:00`, `2013-09-07T08:30:00Z` or
/// `2013-09-07T08:30:00+09:00`; without a zone it counts as UTC. `None` where it is none of these.
pub(super) fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    // Without its strokes a date is a number, and most numbers are no dates.
    let dashed = match text.as_bytes().get(4)? {
        b'-' => text.into(),
        b'/' => std::borrow::Cow::Owned(text.replacen('/', "-", 2)),
        _ => return None,
    };
    if let Ok(timestamp) = dashed.parse::<Timestamp>() {
        return Some(timestamp.as_second());
    }
    let local: DateTime = dashed.parse().ok()?;
    Some(TimeZone::UTC.to_timestamp(local).ok()?.as_second())
}

/// Whether a text names a day or a moment that there is.
#[must_use]
pub fn is_date(text: &str) -> bool {
    instant(text).is_some()
}

/// Seconds since the begin of 1970 at the begin of a month, from 1 to 12, UTC.
pub(super) fn begin_of_month(year: i16, month: u8) -> i64 {
    let begin = i8::try_from(month).ok().and_then(|month| jiff::civil::Date::new(year, month, 1).ok());
    let begin = begin.map(|date| TimeZone::UTC.to_timestamp(date.to_datetime(jiff::civil::Time::midnight())));
    begin.and_then(Result::ok).map_or(i64::MAX, Timestamp::as_second)
}

/// The year at the begin of a date; `None` where there is none.
pub(super) fn year_of(date: &str) -> Option<f64> {
    date.trim().get(..4)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_several_hands_are_read() {
        assert_eq!(instant("1970-01-01"), Some(0));
        assert_eq!(instant("2000-03-01"), Some(951_868_800));
        assert_eq!(instant("2003/03/23 00:00:00"), Some(1_048_377_600));
        assert_eq!(instant("2013-09-07T08:30:00Z"), Some(1_378_542_600));
        assert_eq!(instant("2013-09-07T17:30:00+09:00"), Some(1_378_542_600));
        assert_eq!(instant("2016-02-29T00:00"), Some(1_456_704_000));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "2013",
            "2013-09",
            "2013-13-01",
            "2013-02-29",
            "1900-02-29",
            "20130907",
            "13/09/2013",
            "2013-09-07 25:00",
            "2013-09-0x",
            "二〇一三年九月",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
