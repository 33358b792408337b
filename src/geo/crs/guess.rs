//! Numbers that are no degrees, or degrees the wrong way round, and the systems that they may be in.

use super::{System, table};
use crate::geo::LonLat;

/// So much of what is looked at must be odd before anything is said.
const MOST: f64 = 0.5;
const NEARLY_ALL: f64 = 0.9;
/// Longitudes may be counted all around the world.
const AROUND: f64 = 360.0;
/// Degrees that stand for the Arctic Ocean between Svalbard and Novaya Zemlya, and swapped for the middle of Asia:
/// longitudes, latitudes.
const ARCTIC: [std::ops::RangeInclusive<f64>; 2] = [15.0..=55.0, 72.0..=90.0];
/// The area of a system is taken so much wider, relative to its size.
const WIDER: f64 = 0.05;
const MOST_GUESSES: usize = 12;

/// What is odd about numbers that should be longitude and latitude.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Suspicion {
    #[default]
    None,
    /// Too large for degrees.
    Metres,
    /// Degrees in a file that names a system of metres.
    Degrees,
    /// The latitude stands first.
    Swapped,
    /// All would lie in the Arctic Ocean, and in Asia the other way round.
    PerhapsSwapped,
}

/// A system that numbers may be in.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    pub authority: &'static str,
    pub code: u32,
    pub name: &'static str,
    /// Northing stands first, as surveyors of China and Korea write it.
    pub is_swapped: bool,
    /// Where the middle of the numbers would lie.
    pub middle: LonLat,
}

/// What is odd about positions; x should be a longitude and y a latitude.
#[must_use]
pub fn suspect(sample: &[[f64; 2]]) -> Suspicion {
    let finite = || sample.iter().filter(|place| place.iter().all(|number| number.is_finite()));
    let count = finite().count() as f64;
    let share =
        |is: &dyn Fn(f64, f64) -> bool| finite().filter(|[x, y]| is(*x, *y)).count() as f64 / count.max(1.0);
    if share(&|x, y| x.abs() > AROUND || y.abs() > AROUND) > MOST {
        return Suspicion::Metres;
    }
    let is_latitude_first = share(&|x, y| x.abs() <= 90.0 && y.abs() <= AROUND) >= NEARLY_ALL;
    if is_latitude_first && share(&|_, y| y.abs() > 90.0) > MOST {
        return Suspicion::Swapped;
    }
    if share(&|x, y| ARCTIC[0].contains(&x) && ARCTIC[1].contains(&y)) >= NEARLY_ALL {
        return Suspicion::PerhapsSwapped;
    }
    Suspicion::None
}

/// Systems that nearly all of these numbers fit into, the likeliest first, twelve at most.
#[must_use]
pub fn guesses(sample: &[[f64; 2]]) -> Vec<Guess> {
    let mut found = Vec::new();
    let Some(middle) = middle(sample) else { return found };
    for tried in table::tried() {
        for is_swapped in [false, true] {
            let turned = |[x, y]: [f64; 2]| if is_swapped { [y, x] } else { [x, y] };
            let inside = sample.iter().filter(|place| is_inside(turned(**place), tried.bounds)).count();
            let is_new = found.iter().all(|guess: &Guess| guess.code != tried.code);
            if !is_new || (inside as f64) < NEARLY_ALL * sample.len() as f64 {
                continue;
            }
            found.extend(guess(tried.code, turned(middle), is_swapped));
        }
        if found.len() >= MOST_GUESSES {
            break;
        }
    }
    found
}

fn guess(code: u32, middle: [f64; 2], is_swapped: bool) -> Option<Guess> {
    let row = table::row(code)?;
    let authority = table::authority(code);
    let [lon, lat] = System::of_code(authority, code).ok()?.degrees(middle)?;
    Some(Guess { authority, code, name: row.name, is_swapped, middle: LonLat::new(lon, lat) })
}

fn is_inside([x, y]: [f64; 2], [west, south, east, north]: [f64; 4]) -> bool {
    let (wide, high) = (WIDER * (east - west), WIDER * (north - south));
    (west - wide..=east + wide).contains(&x) && (south - high..=north + high).contains(&y)
}

/// The median of each number, which a few wrong ones do not move.
fn middle(sample: &[[f64; 2]]) -> Option<[f64; 2]> {
    let median = |at: usize| {
        let mut all: Vec<f64> = sample.iter().map(|place| place[at]).filter(|one| one.is_finite()).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    Some([median(0)?, median(1)?])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn metres_and_swapped_degrees_are_told_apart_from_degrees() {
        for (sample, wanted) in [
            (vec![[80.4, 44.2], [126.9, 37.5]], Suspicion::None),
            (vec![[44.2, 80.4], [37.5, 126.9], [39.9, 116.4]], Suspicion::Swapped),
            (vec![[44.2, 80.4], [43.8, 87.6]], Suspicion::PerhapsSwapped),
            (vec![[20.0, 69.0], [25.0, 71.0]], Suspicion::None),
            (vec![[350.0, 10.0], [200.0, -40.0]], Suspicion::None),
            (vec![[8_950_000.0, 5_500_000.0]], Suspicion::Metres),
            (vec![[44_512_345.0, 4_895_000.0], [80.4, 44.2], [44_512_346.0, 4_895_001.0]], Suspicion::Metres),
            (vec![[f64::NAN, 1.0]], Suspicion::None),
            (Vec::new(), Suspicion::None),
        ] {
            assert_eq!(suspect(&sample), wanted, "{sample:?}");
        }
    }

    fn first(place: [f64; 2]) -> (u32, bool) {
        let guesses = guesses(&[place]);
        guesses.first().map(|guess| (guess.code, guess.is_swapped)).expect("a guess")
    }

    #[test]
    fn eight_digits_tell_the_zone_of_china_whichever_stands_first() {
        // Zone 39 of three degrees, about 117°E; zone 20 of six degrees has the same meridian.
        assert_eq!(first([39_512_345.0, 4_412_345.0]), (4527, false));
        assert_eq!(first([4_412_345.0, 39_512_345.0]), (4527, true));
        assert_eq!(first([20_512_345.0, 4_412_345.0]), (4498, false));
        let all = guesses(&[[39_512_345.0, 4_412_345.0]]);
        assert!(all.iter().any(|guess| guess.name.starts_with("Xian 1980")), "{all:?}");
        assert!(all.iter().any(|guess| guess.name.starts_with("Beijing 1954")), "{all:?}");
        assert!((all[0].middle.lon - 117.1).abs() < 0.1 && (all[0].middle.lat - 39.8).abs() < 0.1, "{all:?}");
    }

    #[test]
    fn web_mercator_and_the_korean_grid_are_among_the_guesses() {
        let horgos = System::of_code("EPSG", 3857).expect("known").numbers([80.4, 44.2]).expect("a place");
        assert_eq!(first(horgos), (3857, false));
        let seoul = System::of_code("EPSG", 5179).expect("known").numbers([126.98, 37.57]).expect("a place");
        let all = guesses(&[seoul]);
        assert!(all.iter().any(|guess| guess.code == 5179 && !guess.is_swapped), "{all:?}");
        assert!(guesses(&[[1e12, 1e12]]).is_empty());
    }

    proptest! {
        #[test]
        fn no_numbers_are_too_much(x in proptest::num::f64::ANY, y in proptest::num::f64::ANY) {
            let _ = suspect(&[[x, y]]);
            prop_assert!(guesses(&[[x, y]]).len() <= MOST_GUESSES + 1);
        }
    }
}
