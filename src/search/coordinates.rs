//! Reads coordinates as people write them: `44.21, 80.41`, `80.41 E 44.21 N`, `44°12'45"N 80°24'35"E`.

use crate::geo::{Angle, Axis, LonLat};

/// The places that `text` may mean, likeliest first: without letters, latitude comes first as on paper,
/// and longitude first is the other reading where both fit. Empty where it is no pair of coordinates.
#[must_use]
pub fn parse_coordinates(text: &str) -> Vec<LonLat> {
    let Some((first, second)) = pair(text) else { return Vec::new() };
    let place = |lat: f64, lon: f64| (lat.abs() <= 90.0 && lon.abs() <= 180.0).then(|| LonLat::new(lon, lat));
    match (first.axis, second.axis) {
        (Some(Axis::Latitude), Some(Axis::Longitude) | None) | (None, Some(Axis::Longitude)) => {
            place(first.degrees, second.degrees).into_iter().collect()
        }
        (Some(Axis::Longitude), Some(Axis::Latitude) | None) | (None, Some(Axis::Latitude)) => {
            place(second.degrees, first.degrees).into_iter().collect()
        }
        (None, None) => {
            let readings = [place(first.degrees, second.degrees), place(second.degrees, first.degrees)];
            readings.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

fn pair(text: &str) -> Option<(Angle, Angle)> {
    let (first, second) = split(text.trim())?;
    Some((Angle::parse(first)?, Angle::parse(second)?))
}

/// At the comma, else before the second side or behind the first, else at the one space.
fn split(text: &str) -> Option<(&str, &str)> {
    if let Some(parts) = text.split_once([',', ';', '，', '；', '、']) {
        return Some(parts);
    }
    let mut sides = Angle::sides(text);
    match sides.next() {
        Some(first) if first.start == 0 => return sides.next().map(|second| text.split_at(second.start)),
        Some(first) if first.end < text.len() => return Some(text.split_at(first.end)),
        _ => {}
    }
    let mut words = text.split_whitespace();
    let pair = (words.next()?, words.next()?);
    words.next().is_none().then_some(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(f64, f64)> {
        parse_coordinates(text).first().map(|place| (place.lat, place.lon))
    }

    #[test]
    fn latitude_comes_first_unless_letters_or_range_say_otherwise() {
        assert_eq!(first("44.2125, 80.40972"), Some((44.2125, 80.40972)));
        assert_eq!(first("44.2125 80.40972"), Some((44.2125, 80.40972)));
        assert_eq!(first("80.4E 44.2N"), Some((44.2, 80.4)));
        assert_eq!(first("N 44.2125 E 80.4097"), Some((44.2125, 80.4097)));
        assert_eq!(first("S33°30' W70°30'"), Some((-33.5, -70.5)));
        assert_eq!(first("120.5, 31.2"), Some((31.2, 120.5)));
        assert_eq!(first("33.5S, 70.5W"), Some((-33.5, -70.5)));
        assert_eq!(parse_coordinates("44.2, 80.4").len(), 2);
    }

    #[test]
    fn sides_are_known_in_every_language() {
        for text in [
            "北纬44°12′36″，东经80°30′",
            "东经80度30分北纬44度12分36秒",
            "북위 44도 12분 36초, 동경 80도 30분",
            "동경 80.5° 북위 44.21°",
        ] {
            let (lat, lon) = first(text).expect(text);
            assert!((lat - 44.21).abs() < 1e-9 && (lon - 80.5).abs() < 1e-9, "{text}: {lat} {lon}");
        }
    }

    #[test]
    fn degrees_minutes_and_seconds_add_up() {
        let (lat, lon) = first("6°07′10″N 81°06′29″E").expect("a position");
        assert!((lat - 6.119_444).abs() < 1e-5 && (lon - 81.108_055).abs() < 1e-5);
    }

    #[test]
    fn what_is_no_position_finds_none() {
        for text in ["", "12", "rui", "91, 200", "1,2,3", "1992", "10 20 30", "N S", "east 5 west 6", "西经"]
        {
            assert_eq!(parse_coordinates(text), [], "{text}");
        }
    }
}
