//! Reads an angle as people write it: `80.41`, `80.41 E`, `44°12'45"N`, `北纬44°12′`, `동경 80도 24분`.

use std::ops::Range;

/// What an angle counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    Latitude,
    Longitude,
}

/// Degrees, and what they count where that is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Angle {
    pub degrees: f64,
    pub axis: Option<Axis>,
}

/// What stands before or behind the numbers, its axis, and whether it turns their sign.
const SIDES: [(&str, Axis, bool); 12] = [
    ("北纬", Axis::Latitude, false),
    ("南纬", Axis::Latitude, true),
    ("东经", Axis::Longitude, false),
    ("西经", Axis::Longitude, true),
    ("북위", Axis::Latitude, false),
    ("남위", Axis::Latitude, true),
    ("동경", Axis::Longitude, false),
    ("서경", Axis::Longitude, true),
    ("N", Axis::Latitude, false),
    ("S", Axis::Latitude, true),
    ("E", Axis::Longitude, false),
    ("W", Axis::Longitude, true),
];
/// What stands behind degrees, minutes and seconds.
const MARKS: &str = " °º'′’\"″”度分秒도분초";

impl Angle {
    /// Where a text names sides, in bytes.
    pub fn sides(text: &str) -> impl Iterator<Item = Range<usize>> {
        text.char_indices().filter_map(|(at, _)| {
            let named = |side: &str| {
                text.get(at..at + side.len()).is_some_and(|part| part.eq_ignore_ascii_case(side))
            };
            let (side, ..) = SIDES.iter().find(|(side, ..)| named(side))?;
            Some(at..at + side.len())
        })
    }

    /// Reads degrees, minutes and seconds, of which the last may have decimals; `None` where a text is no angle.
    /// Its size is not looked at.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace('−', "-").to_uppercase();
        let side = SIDES.iter().find(|(side, ..)| text.starts_with(side) || text.ends_with(side));
        let numbers = side.map_or(text.as_str(), |(side, ..)| {
            text.strip_prefix(side).or_else(|| text.strip_suffix(side)).unwrap_or(&text)
        });
        let mut parts = numbers.split(|c: char| MARKS.contains(c)).filter(|part| !part.is_empty());
        let whole: f64 = number(parts.next()?)?;
        let minutes = parts.next().map_or(Some(0.0), number)?;
        let seconds = parts.next().map_or(Some(0.0), number)?;
        if parts.next().is_some() || !(0.0..60.0).contains(&minutes) || !(0.0..60.0).contains(&seconds) {
            return None;
        }
        // Whole seconds are exact, and only one division rounds.
        let size = (whole.abs() * 3600.0 + minutes * 60.0 + seconds) / 3600.0;
        let is_turned = side.is_some_and(|(_, _, is_turned)| *is_turned);
        let is_negative = numbers.trim_start().starts_with('-') != is_turned;
        let degrees = if is_negative { -size } else { size };
        Some(Self { degrees, axis: side.map(|(_, axis, _)| *axis) })
    }
}

/// Digits with a sign and decimals, and nothing else that a number of a program may be.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c));
    if is_plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_angle_is_read_in_each_writing() {
        use Axis::{Latitude, Longitude};
        for (text, degrees, axis) in [
            ("80.41", 80.41, None),
            ("-80.5", -80.5, None),
            ("−80°30'", -80.5, None),
            ("80.41 E", 80.41, Some(Longitude)),
            ("w80.5", -80.5, Some(Longitude)),
            ("44°12'36\"N", 44.21, Some(Latitude)),
            ("S 44° 12′ 36″", -44.21, Some(Latitude)),
            ("北纬44°12′36″", 44.21, Some(Latitude)),
            ("东经80度30分", 80.5, Some(Longitude)),
            ("서경 80도 30분 0초", -80.5, Some(Longitude)),
            ("44°12.6'N", 44.21, Some(Latitude)),
        ] {
            let angle = Angle::parse(text).expect(text);
            assert!((angle.degrees - degrees).abs() < 1e-9, "{text}: {angle:?}");
            assert_eq!(angle.axis, axis, "{text}");
        }
    }

    #[test]
    fn what_is_no_angle_is_none() {
        for text in ["", "N", "N S", "rui", "12°60'", "1 2 3 4", "1°-2'", "inf", "NaN", "1e3", "12..5"] {
            assert_eq!(Angle::parse(text), None, "{text}");
        }
    }
}
