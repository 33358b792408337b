//! Routes are one line from stop to stop, and their kilometres are those of that line.

use corridor_atlas::atlas::{Leg, Route};
use corridor_atlas::geo::{LonLat, distance_m, length_m};

use super::{assert_none, atlas};

/// Lines are drawn with three decimals of a degree: half a step is 80 m at most.
const ROUNDING_KM: f64 = 0.08;
/// Kilometres are written with one decimal.
const WRITTEN_KM: f64 = 0.06;

fn routes() -> Vec<(&'static Route, Vec<&'static Leg>)> {
    let routes = atlas().corridors.iter().flat_map(|one| &one.routes);
    routes
        .map(|route| {
            let mut legs: Vec<&Leg> = atlas().legs.iter().filter(|leg| leg.route == route.id).collect();
            legs.sort_by_key(|leg| leg.order);
            (route, legs)
        })
        .collect()
}

fn km(line: &[LonLat]) -> f64 {
    length_m(line) / 1000.0
}

#[test]
fn legs_are_numbered_and_each_begins_where_the_last_ended() {
    for (route, legs) in routes() {
        assert!(legs.iter().zip(0..).all(|(leg, order)| leg.order == order), "{}", route.id);
        assert_eq!(legs.len() + 1, route.stops.len(), "{}", route.id);
        for pair in legs.windows(2) {
            let (end, start) = (pair[0].line.last(), pair[1].line.first());
            assert_eq!(end, start, "{} after leg {}", route.id, pair[0].order);
        }
    }
}

#[test]
fn a_leg_has_the_length_of_its_line() {
    let mut faults = Vec::new();
    for leg in &atlas().legs {
        assert!(leg.line.len() > 1, "{} {}", leg.route, leg.order);
        let drawn = km(&leg.line);
        if (drawn - leg.km).abs() > WRITTEN_KM {
            faults.push(format!("{} {}: {} km, drawn {drawn:.2}", leg.route, leg.order, leg.km));
        }
    }
    assert_none(&faults);
}

#[test]
fn a_route_is_as_long_as_its_legs_together() {
    for (route, legs) in routes() {
        let drawn: f64 = legs.iter().map(|leg| km(&leg.line)).sum();
        assert!((route.km - drawn).abs() < WRITTEN_KM, "{}: {} and {drawn}", route.id, route.km);
        let written: f64 = legs.iter().map(|leg| leg.km).sum();
        assert!((route.km - written).abs() < WRITTEN_KM * (legs.len() + 1) as f64, "{}", route.id);
    }
}

#[test]
fn stops_stand_at_the_ends_of_the_legs_and_count_the_kilometres() {
    for (route, legs) in routes() {
        let mut so_far = 0.0;
        for (number, stop) in route.stops.iter().enumerate() {
            let end = if number == 0 { legs[0].line[0] } else { *legs[number - 1].line.last().unwrap() };
            if number > 0 {
                so_far += km(&legs[number - 1].line);
                assert!(stop.km > route.stops[number - 1].km, "{} {}", route.id, stop.name.en);
            }
            let apart = distance_m(end, stop.place()) / 1000.0;
            assert!(apart < ROUNDING_KM, "{} {}: {apart} km beside the line", route.id, stop.name.en);
            assert!((stop.km - so_far).abs() < WRITTEN_KM, "{} {}: {so_far}", route.id, stop.name.en);
        }
    }
}

#[test]
fn lines_of_projects_and_belts_count_their_kilometres() {
    let projects = atlas().projects.iter().flat_map(|one| &one.lines).map(|line| &line.points);
    for points in projects.chain(atlas().belts.iter().map(|belt| &belt.points)) {
        let mut so_far = 0.0;
        for pair in points.windows(2) {
            so_far += distance_m(pair[0].place(), pair[1].place()) / 1000.0;
            assert!((pair[1].km - so_far).abs() < WRITTEN_KM, "{}: {so_far}", pair[1].name.en);
        }
    }
}

/// Kilometres from the start of a route to its point nearest to `place`, and how far that point is.
fn nearest(legs: &[&Leg], place: LonLat) -> (f64, f64) {
    let (east, north) = (111.32 * place.lat.to_radians().cos(), 110.9);
    let flat = |p: LonLat| ((p.lon - place.lon) * east, (p.lat - place.lat) * north);
    let (mut so_far, mut best) = (0.0, (0.0, f64::INFINITY));
    for pair in legs.iter().flat_map(|leg| leg.line.windows(2)) {
        let (a, b) = (flat(pair[0]), flat(pair[1]));
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let along = (-(a.0 * dx + a.1 * dy) / (dx * dx + dy * dy).max(1e-12)).clamp(0.0, 1.0);
        let apart = (a.0 + along * dx).hypot(a.1 + along * dy);
        let length = km(pair);
        if apart < best.1 {
            best = (so_far + along * length, apart);
        }
        so_far += length;
    }
    best
}

#[test]
fn crossings_lie_on_their_routes_at_the_kilometres_they_say() {
    let mut faults = Vec::new();
    for crossing in &atlas().crossings {
        for along in &crossing.along {
            let (_, legs) = routes().into_iter().find(|(route, _)| route.id == along.route).unwrap();
            let (at, apart) = nearest(&legs, crossing.position.place());
            // The drawn lines are generalised or straight: Bavet lies 5.4 km beside its straight line.
            let reach = 6.0 + crossing.position.accuracy_km.unwrap_or(0.0);
            if apart > reach || (at - along.km).abs() > 0.2 {
                faults.push(format!(
                    "{} on {}: {} km, nearest at {at:.1} km, {apart:.1} km beside",
                    crossing.id, along.route, along.km
                ));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn a_measured_length_is_that_of_the_main_route() {
    let mut measured = 0;
    for corridor in &atlas().corridors {
        let main = &corridor.routes[0];
        let lengths = corridor.facts.iter().filter(|fact| fact.key == "length").flat_map(|fact| &fact.cited);
        for cited in lengths.filter(|cited| cited.sources[0].id == "atlas-measured") {
            let digits: String =
                cited.value.en.chars().take_while(|c| *c != ' ').filter(|c| *c != ',').collect();
            assert_eq!(digits, format!("{:.0}", main.km), "{}", corridor.id);
            measured += 1;
        }
    }
    assert_eq!(measured, 6);
}

#[test]
fn a_route_promises_no_more_than_is_drawn() {
    // The first and last town in its name are its first and last stop.
    let mut faults = Vec::new();
    for (route, _) in routes() {
        let towns = route.name.en.split(" (").next().unwrap_or_default().trim_end_matches(" link");
        let named: Vec<&str> = towns.split(['–', '/']).collect();
        let starts = |town: &str, stop: &str| stop.starts_with(town) || town.starts_with(stop);
        let (first, last) = (&route.stops[0].name.en, &route.stops[route.stops.len() - 1].name.en);
        if !starts(named[0], first) || !starts(named[named.len() - 1], last) {
            faults.push(format!("{}: {towns}, drawn {first} to {last}", route.id));
        }
        let is_stop = |town: &&&str| !route.stops.iter().any(|stop| stop.name.en.contains(**town));
        let missing: Vec<_> = named.iter().filter(is_stop).collect();
        if !missing.is_empty() {
            faults.push(format!("{}: no stop at {missing:?}", route.id));
        }
    }
    assert_none(&faults);
}

#[test]
fn the_mended_legs_stay_mended() {
    let legs = |route: &str| routes().into_iter().find(|(one, _)| one.id == route).expect("a route").1;
    let passes = |route: &str, lon: f64, lat: f64, reach_km: f64| {
        nearest(&legs(route), LonLat::new(lon, lat)).1 < reach_km
    };
    // Baku–Tbilisi–Kars runs by Akhalkalaki, not through Gyumri in Armenia.
    assert!(passes("ccwaec-caspian", 43.48629, 41.40514, 0.5));
    assert!(!passes("ccwaec-caspian", 43.845, 40.785, 20.0));
    // Heihe is joined to Blagoveshchensk by the road bridge.
    assert!(passes("cmrec-heihe", 127.60046, 50.2011, 0.5));
    // Tumen–Hunchun is a straight line: the railway first drawn lay in North Korea.
    assert_eq!(legs("cmrec-primorye2")[3].line.len(), 2);
}
