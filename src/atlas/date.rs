//! Dates as exact as they are known: a day, a month, a year, a decade, or a span of these.
//!
//! Written as in ISO 8601-2 (EDTF): `2011-12-02`, `2011-12`, `1992`, `198X`, `1980/1999`, `2004/2005`.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date or a span of dates, each end as exact as its source gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    pub start: Moment,
    /// `None` for a single date.
    pub end: Option<Moment>,
}

/// One date, as exact as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Its first year: 1980 for the 1980s.
    Decade(i16),
    Year(i16),
    Month(i16, u8),
    Day(i16, u8, u8),
}

/// A month of a year, counted so that later is greater: the grain of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// `month` from 1 to 12.
    #[must_use]
    pub const fn new(year: i16, month: u8) -> Self {
        Self(year as i32 * 12 + month as i32 - 1)
    }

    #[must_use]
    pub fn year(self) -> i16 {
        i16::try_from(self.0.div_euclid(12)).unwrap_or(i16::MAX)
    }

    /// As far as a month goes.
    #[must_use]
    pub fn moment(self) -> Moment {
        Moment::Month(self.year(), self.0.rem_euclid(12) as u8 + 1)
    }

    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Months from `earlier` to this one; negative where it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

/// `1992-03`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.0.rem_euclid(12) + 1)
    }
}

impl FromStr for Month {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts =
            text.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
        let month = parts.filter(|(year, month)| (0..=9999).contains(year) && (1..=12).contains(month));
        month.map(|(year, month)| Self::new(year, month)).ok_or_else(|| ParseDateError(text.to_owned()))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A text that is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date; write 2011-12-02, 2011-12, 2011, 201X or START/END")]
pub struct ParseDateError(String);

impl Moment {
    #[must_use]
    pub const fn year(self) -> i16 {
        match self {
            Self::Decade(year) | Self::Year(year) | Self::Month(year, _) | Self::Day(year, _, _) => year,
        }
    }

    /// The first and last day it may mean, as (year, month, day).
    #[must_use]
    pub const fn range(self) -> ((i16, u8, u8), (i16, u8, u8)) {
        match self {
            Self::Decade(year) => ((year, 1, 1), (year + 9, 12, 31)),
            Self::Year(year) => ((year, 1, 1), (year, 12, 31)),
            Self::Month(year, month) => ((year, month, 1), (year, month, days_in(year, month))),
            Self::Day(year, month, day) => ((year, month, day), (year, month, day)),
        }
    }
}

impl Date {
    #[must_use]
    pub const fn year(year: i16) -> Self {
        Self { start: Moment::Year(year), end: None }
    }

    /// The year it starts in.
    #[must_use]
    pub const fn first_year(self) -> i16 {
        self.start.year()
    }

    /// The first month it may mean.
    #[must_use]
    pub const fn first_month(self) -> Month {
        let ((year, month, _), _) = self.start.range();
        Month::new(year, month)
    }

    /// The last day it may mean.
    #[must_use]
    pub fn last_day(self) -> (i16, u8, u8) {
        self.end.unwrap_or(self.start).range().1
    }
}

impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseDateError(text.to_owned());
        let (start, end) = match text.split_once('/') {
            Some((start, end)) => (moment(start).ok_or_else(error)?, Some(moment(end).ok_or_else(error)?)),
            None => (moment(text).ok_or_else(error)?, None),
        };
        if end.is_some_and(|end| end.range().1 < start.range().0) {
            return Err(error());
        }
        Ok(Self { start, end })
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start.range(), self.last_day()).cmp(&(other.start.range(), other.last_day()))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decade(year) => write!(f, "{}X", year / 10),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(year, month, day) => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end {
            Some(end) => write!(f, "{}/{end}", self.start),
            None => write!(f, "{}", self.start),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn moment(text: &str) -> Option<Moment> {
    let digits = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())?
    };
    if let Some(decade) = text.strip_suffix('X') {
        return digits(decade, 3).map(|decade| Moment::Decade(decade * 10));
    }
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let Some(month) = parts.next() else { return Some(Moment::Year(year)) };
    let month = u8::try_from(digits(month, 2)?).ok().filter(|month| (1..=12).contains(month))?;
    let Some(day) = parts.next() else { return Some(Moment::Month(year, month)) };
    let day = u8::try_from(digits(day, 2)?).ok().filter(|day| (1..=days_in(year, month)).contains(day))?;
    parts.next().is_none().then_some(Moment::Day(year, month, day))
}

const fn days_in(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_stays_as_exact_as_it_was_written() {
        for text in ["2011-12-02", "2011-12", "1992", "198X", "198X/199X", "2004/2005"] {
            assert_eq!(text.parse::<Date>().map(|date| date.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn months_count_on_over_the_turn_of_the_year() {
        let month = Month::new(2011, 12);
        assert_eq!((month.year(), month.moment()), (2011, Moment::Month(2011, 12)));
        assert_eq!(month.plus(1).moment(), Moment::Month(2012, 1));
        assert_eq!(Month::new(2013, 3).since(month), 15);
        assert_eq!("198X/199X".parse::<Date>().map(Date::first_month), Ok(Month::new(1980, 1)));
    }

    #[test]
    fn what_is_no_date_says_so() {
        for text in ["", "92", "2011-13", "2011-02-30", "2005/2004", "2011-1", "1 May 2011", "2011-12-02-03"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_earlier_start_sorts_first_and_a_day_before_its_year_ends() {
        let mut dates: Vec<Date> = ["2012", "2011-12-02", "198X/199X", "2011-12"]
            .iter()
            .map(|text| text.parse().expect("a date"))
            .collect();
        dates.sort();
        let texts: Vec<String> = dates.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["198X/199X", "2011-12", "2011-12-02", "2012"]);
    }
}
