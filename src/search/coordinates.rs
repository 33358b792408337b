//! Reads coordinates as people write them: `44.21, 80.41`, `80.41 E 44.21 N`, `44°12'45"N 80°24'35"E`.

use crate::geo::LonLat;

/// The places that `text` may mean, likeliest first: without letters, latitude comes first as on paper,
/// and longitude first is the other reading where both fit. Empty where it is no pair of coordinates.
#[must_use]
pub fn parse_coordinates(text: &str) -> Vec<LonLat> {
    let Some((first, second)) = pair(text) else { return Vec::new() };
    let place = |lat: f64, lon: f64| (lat.abs() <= 90.0 && lon.abs() <= 180.0).then(|| LonLat::new(lon, lat));
    match (first.axis, second.axis) {
        (Axis::Latitude, Axis::Longitude | Axis::Unknown) | (Axis::Unknown, Axis::Longitude) => {
            place(first.degrees, second.degrees).into_iter().collect()
        }
        (Axis::Longitude, Axis::Latitude | Axis::Unknown) | (Axis::Unknown, Axis::Latitude) => {
            place(second.degrees, first.degrees).into_iter().collect()
        }
        (Axis::Unknown, Axis::Unknown) => {
            let readings = [place(first.degrees, second.degrees), place(second.degrees, first.degrees)];
            readings.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Axis {
    Latitude,
    Longitude,
    Unknown,
}

#[derive(Clone, Copy)]
struct Angle {
    degrees: f64,
    axis: Axis,
}

fn pair(text: &str) -> Option<(Angle, Angle)> {
    let text = text.trim();
    if !text.chars().all(|c| c.is_ascii_digit() || " .,;+-−°º'′’\"″”NSEWnsew".contains(c)) {
        return None;
    }
    let (first, second) = split(text)?;
    Some((angle(first)?, angle(second)?))
}

/// At the comma, else before the second letter of a side or after the first, else at the one space.
fn split(text: &str) -> Option<(&str, &str)> {
    if let Some(parts) = text.split_once([',', ';']) {
        return Some(parts);
    }
    let is_side = |c: char| "NSEWnsew".contains(c);
    if text.starts_with(is_side) {
        let second = text.char_indices().skip(1).find(|(_, letter)| is_side(*letter));
        return second.map(|(at, _)| text.split_at(at));
    }
    if let Some(at) = text.find(is_side).filter(|at| at + 1 < text.len() && *at > 0) {
        return Some((&text[..=at], &text[at + 1..]));
    }
    let mut words = text.split_whitespace();
    let pair = (words.next()?, words.next()?);
    words.next().is_none().then_some(pair)
}

fn angle(text: &str) -> Option<Angle> {
    let text = text.trim().replace('−', "-");
    let side = text.chars().find(|c| "NSEWnsew".contains(*c)).map(|c| c.to_ascii_uppercase());
    let numbers = text.replace(|c: char| "NSEWnsew".contains(c), "");
    let mut parts = numbers.split(|c: char| " °º'′’\"″”".contains(c)).filter(|part| !part.is_empty());
    let whole: f64 = parts.next()?.parse().ok()?;
    let minutes: f64 = parts.next().map_or(Some(0.0), |part| part.parse().ok())?;
    let seconds: f64 = parts.next().map_or(Some(0.0), |part| part.parse().ok())?;
    if parts.next().is_some() || !(0.0..60.0).contains(&minutes) || !(0.0..60.0).contains(&seconds) {
        return None;
    }
    let size = whole.abs() + minutes / 60.0 + seconds / 3600.0;
    let is_negative = numbers.trim_start().starts_with('-') != matches!(side, Some('S' | 'W'));
    let axis = match side {
        Some('N' | 'S') => Axis::Latitude,
        Some(_) => Axis::Longitude,
        None => Axis::Unknown,
    };
    Some(Angle { degrees: if is_negative { -size } else { size }, axis })
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
    fn degrees_minutes_and_seconds_add_up() {
        let (lat, lon) = first("6°07′10″N 81°06′29″E").expect("a position");
        assert!((lat - 6.119_444).abs() < 1e-5 && (lon - 81.108_055).abs() < 1e-5);
    }

    #[test]
    fn what_is_no_position_finds_none() {
        for text in ["", "12", "rui", "91, 200", "1,2,3", "1992", "10 20 30", "N S"] {
            assert_eq!(parse_coordinates(text), [], "{text}");
        }
    }
}
