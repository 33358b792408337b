//! Everything lies in the country that it names.

use corridor_atlas::basemap::{Basemap, Detail};
use corridor_atlas::geo::{LonLat, distance_m};

use super::{assert_none, atlas};

/// How far a point may lie outside its country beyond its own error: the map's borders are generalised
/// (Natural Earth 1:10m, some 1–2 km off at river bends), and gates stand on the line itself.
const BORDER_KM: f64 = 3.0;

/// In how many directions a country is looked for around a point.
const BEARINGS: u32 = 24;

struct Map {
    basemap: Basemap<'static>,
    codes: Vec<String>,
}

impl Map {
    fn new() -> Self {
        let basemap = Basemap::embedded();
        let tables = basemap.tables().expect("the tables parse");
        Self { basemap, codes: tables.countries.into_iter().map(|one| one.iso_a2).collect() }
    }

    fn is_in(&self, place: LonLat, code: &str) -> bool {
        let owner = self.basemap.owner_at(place.to_world(), Detail::Fine).expect("the chunk decodes");
        owner.and_then(|row| self.codes.get(usize::from(row))).is_some_and(|found| found == code)
    }

    /// Whether some point within `reach_km` lies in the country.
    fn is_near(&self, place: LonLat, reach_km: f64, code: &str) -> bool {
        if self.is_in(place, code) {
            return true;
        }
        let rings = (reach_km.ceil() as u32).clamp(3, 12);
        (1..=rings).any(|ring| {
            let km = reach_km * f64::from(ring) / f64::from(rings);
            (0..BEARINGS).any(|step| {
                let angle = std::f64::consts::TAU * f64::from(step) / f64::from(BEARINGS);
                let north = km * angle.cos() / 111.0;
                let east = km * angle.sin() / (111.3 * place.lat.to_radians().cos());
                self.is_in(LonLat::new(place.lon + east, place.lat + north), code)
            })
        })
    }
}

fn check(map: &Map, at: &str, place: LonLat, error_km: Option<f64>, code: &str) -> Option<String> {
    let reach = BORDER_KM + error_km.unwrap_or(0.0);
    (!map.is_near(place, reach, code)).then(|| format!("{at}: {place:?} is not within {reach} km of {code}"))
}

#[test]
fn zones_lie_on_the_border_of_china_and_their_counterparts_beyond_it() {
    let map = Map::new();
    let mut faults = Vec::new();
    for zone in &atlas().zones {
        let (at, place) = (zone.id.to_string(), zone.position.place());
        let error = zone.position.accuracy_km;
        faults.extend(check(&map, &at, place, error, "CN"));
        faults.extend(check(&map, &at, place, error, &zone.neighbour));
        let other = &zone.counterpart;
        assert_eq!(other.country, zone.neighbour, "{at}");
        faults.extend(check(&map, &at, other.position.place(), other.position.accuracy_km, &other.country));
        let km = distance_m(place, other.position.place()) / 1000.0;
        assert!((km - zone.km_to_counterpart).abs() < 0.1, "{at}: {km}");
    }
    assert_none(&faults);
}

#[test]
fn border_zones_lie_in_china() {
    let map = Map::new();
    let zones = atlas().border_zones.iter();
    let faults: Vec<String> = zones
        .filter_map(|zone| {
            check(&map, &zone.id.to_string(), zone.position.place(), zone.position.accuracy_km, "CN")
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn projects_lie_in_the_countries_of_their_stops() {
    let map = Map::new();
    let mut faults = Vec::new();
    let alone = [("kyaukpyu", "MM"), ("hambantota", "LK"), ("three-gorges", "CN"), ("8v8h", "CN")];
    for project in &atlas().projects {
        let at = project.id.to_string();
        if project.lines.is_empty() {
            let (_, code) = alone.iter().find(|(name, _)| *name == project.id.name).expect("a country");
            faults.extend(check(&map, &at, project.position.place(), project.position.accuracy_km, code));
        } else {
            let stops = project.lines.iter().flat_map(|line| &line.points);
            let nearest = stops.map(|stop| distance_m(stop.place(), project.position.place()));
            assert!(nearest.fold(f64::INFINITY, f64::min) < 1.0, "{at}: its mark stands on no stop");
        }
        for stop in project.lines.iter().flat_map(|line| &line.points) {
            let error = if stop.certain { None } else { Some(5.0) };
            faults.extend(check(&map, &format!("{at} {}", stop.name.en), stop.place(), error, &stop.country));
        }
    }
    assert_none(&faults);
}

#[test]
fn both_sides_of_a_crossing_lie_in_their_countries() {
    let map = Map::new();
    let mut faults = Vec::new();
    for crossing in &atlas().crossings {
        for side in &crossing.sides {
            let at = format!("{} {}", crossing.id, side.post.en);
            let place = side.position.place();
            faults.extend(check(&map, &at, place, side.position.accuracy_km, &side.country));
        }
    }
    assert_none(&faults);
}

#[test]
fn the_two_sides_of_a_crossing_are_two_countries() {
    for crossing in atlas().crossings.iter().filter(|one| one.sides.len() > 1) {
        assert_eq!(crossing.sides.len(), 2, "{}", crossing.id);
        assert_ne!(crossing.sides[0].country, crossing.sides[1].country, "{}", crossing.id);
    }
}

#[test]
fn the_gauge_breaks_where_both_sides_have_not_one_gauge_in_common() {
    for crossing in &atlas().crossings {
        if crossing.sides.len() == 1 {
            assert_eq!(crossing.is_gauge_break, crossing.sides[0].gauge_mm.len() > 1, "{}", crossing.id);
        } else if crossing.is_gauge_break {
            assert_ne!(crossing.sides[0].gauge_mm, crossing.sides[1].gauge_mm, "{}", crossing.id);
        } else {
            let (a, b) = (&crossing.sides[0].gauge_mm, &crossing.sides[1].gauge_mm);
            let shared = a.iter().any(|gauge| b.contains(gauge));
            assert!(shared || a.is_empty() || b.is_empty(), "{}", crossing.id);
        }
    }
}

#[test]
fn stops_lie_in_their_countries() {
    let map = Map::new();
    let mut faults = Vec::new();
    let routes = atlas().corridors.iter().flat_map(|one| &one.routes);
    let stops = routes.flat_map(|route| route.stops.iter().map(|stop| (route.id.as_str(), stop)));
    let belts =
        atlas().belts.iter().flat_map(|belt| belt.points.iter().map(|stop| (belt.id.name.as_str(), stop)));
    for (at, stop) in stops.chain(belts.filter(|(_, stop)| !stop.country.is_empty())) {
        let error = if stop.certain { None } else { Some(5.0) };
        faults.extend(check(&map, &format!("{at} {}", stop.name.en), stop.place(), error, &stop.country));
    }
    assert_none(&faults);
}

#[test]
fn the_places_of_the_lessons_lie_on_the_korean_peninsula() {
    let map = Map::new();
    for place in &atlas().lesson_places {
        let is_near = |code: &str| {
            // Sediment joins Hwanggumpyong to the Chinese bank, and the map draws it there.
            let reach = BORDER_KM + place.position.accuracy_km.unwrap_or(0.0) + 2.0;
            map.is_near(place.position.place(), reach, code)
        };
        assert!(["KP", "KR"].iter().any(|code| is_near(code)), "{}", place.id);
    }
}

#[test]
fn no_zone_stands_where_chinese_web_maps_would_put_it() {
    // GCJ-02 of each zone's port, longitude and latitude; 240 to 660 m from the WGS84 place.
    let shifted = [
        ("manzhouli", 117.35978, 49.63191),
        ("erenhot", 111.94884, 43.69146),
        ("suifenhe", 131.20537, 44.39886),
        ("heihe", 127.51152, 50.25567),
        ("hunchun", 130.54895, 42.80166),
        ("ruili", 97.88962, 23.97219),
        ("mohan", 101.68377, 21.18293),
        ("hekou", 103.96743, 22.50654),
        ("dongxing", 107.9718, 21.5361),
        ("pingxiang", 106.71576, 21.97359),
        ("longbang", 106.32853, 22.86825),
        ("horgos", 80.41224, 44.21364),
    ];
    let placed = super::positions();
    for (name, lon, lat) in shifted {
        for (at, position) in placed.iter().filter(|(at, _)| at.contains(name)) {
            let metres = distance_m(LonLat::new(lon, lat), position.place());
            assert!(metres > 200.0, "{at} lies {metres} m from the GCJ-02 point");
        }
    }
}

#[test]
fn places_around_gilgit_and_sost_tell_who_administers_and_who_claims_them() {
    let routes = atlas().corridors.iter().flat_map(|one| &one.routes).flat_map(|route| &route.stops);
    let lines = atlas().projects.iter().flat_map(|one| &one.lines).flat_map(|line| &line.points);
    let names = ["Khunjerab Pass", "Sost", "Karimabad (Hunza)", "Gilgit", "Jaglot", "Chilas"];
    let mut found = 0;
    for stop in routes.chain(lines) {
        let note = stop.note.as_ref().map_or("", |note| note.en.as_str());
        let is_noted = note.to_lowercase().contains("administered by pakistan, claimed by india");
        assert_eq!(is_noted, names.contains(&stop.name.en.as_str()), "{}", stop.name.en);
        found += usize::from(is_noted);
    }
    assert_eq!(found, 3 * names.len());
    let khunjerab = atlas().crossings.iter().find(|one| one.id.name == "khunjerab").expect("the pass");
    assert!(khunjerab.sides.iter().any(|side| side.country == "PK" && side.position.note.is_some()));
}
