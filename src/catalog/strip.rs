//! A route laid out straight: what lies at which kilometre of it.

use super::{Catalog, slug};
use crate::atlas::{Corridor, Crossing, GaugeSection, Id, Kind, Precision, Route, Stop};
use crate::geo::{LonLat, distance_m};

/// A route's end this close to another route's stop, in degrees of longitude and latitude together, meets it there.
const MEETS_DEGREES: f64 = 0.22;
/// A project this near to the line is on it.
const PROJECT_KM: f64 = 60.0;

/// A route laid out straight. Kilometres are counted along its drawn legs, from 0 to `km`.
#[derive(Clone, Debug)]
pub struct Strip<'a> {
    pub route: &'a Route,
    pub km: f64,
    /// By the two letters of each country.
    pub countries: Vec<Stretch<&'a str>>,
    pub precisions: Vec<Stretch<Precision>>,
    /// Gauges in mm; empty where no railway runs.
    pub gauges: Vec<Stretch<&'a GaugeSection>>,
    pub crossings: Vec<(f64, &'a Crossing)>,
    pub zones: Vec<(f64, Id)>,
    pub junctions: Vec<Junction<'a>>,
}

/// From one kilometre to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch<T> {
    pub from: f64,
    pub to: f64,
    pub what: T,
}

/// Where another route of the corridor leaves or joins.
#[derive(Clone, Copy, Debug)]
pub struct Junction<'a> {
    pub km: f64,
    pub route: &'a Route,
    /// The other end of that route.
    pub far: &'a Stop,
    /// It begins here rather than ends here.
    pub leaves: bool,
}

/// The line of a route with the kilometre of each vertex.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteLine(Vec<(f64, LonLat)>);

impl Catalog {
    /// The id of a stop as a place.
    #[must_use]
    pub fn stop_id(&self, stop: &Stop) -> Id {
        Id::new(Kind::Place, format!("{}-{}", slug(&stop.name.en), stop.country.to_lowercase()))
    }

    /// A corridor and one of its routes; the main one where `route` is none of them.
    #[must_use]
    pub fn route(&self, corridor: &Id, route: &str) -> Option<(&Corridor, &Route)> {
        let corridor = self.atlas.corridors.iter().find(|one| one.id == *corridor)?;
        let found = corridor.routes.iter().find(|one| one.id == route).or(corridor.routes.first())?;
        Some((corridor, found))
    }

    /// The route of a corridor by which a zone or a crossing lies; the main one first where several do.
    #[must_use]
    pub fn route_by(&self, corridor: &Id, id: &Id) -> Option<String> {
        let corridor = self.atlas.corridors.iter().find(|one| one.id == *corridor)?;
        let related = self.related(id);
        let is_it = |crossing: &&Crossing| crossing.id == *id || related.contains(&crossing.id);
        let crossings = self.atlas.crossings.iter().filter(is_it);
        let along: Vec<&str> =
            crossings.flat_map(|crossing| &crossing.along).map(|along| along.route.as_str()).collect();
        corridor.routes.iter().map(|route| &route.id).find(|route| along.contains(&route.as_str())).cloned()
    }

    /// The line of a route, leg after leg.
    #[must_use]
    pub fn route_line(&self, route: &str) -> RouteLine {
        let mut legs: Vec<_> = self.atlas.legs.iter().filter(|leg| leg.route == route).collect();
        legs.sort_by_key(|leg| leg.order);
        let mut line: Vec<(f64, LonLat)> = Vec::new();
        for place in legs.iter().flat_map(|leg| &leg.line) {
            let km = line.last().map_or(0.0, |(km, before)| km + distance_m(*before, *place) / 1_000.0);
            if line.last().is_none_or(|(_, before)| before != place) {
                line.push((km, *place));
            }
        }
        RouteLine(line)
    }

    /// The projects of a corridor that lie at a route's line, by kilometre; every vertex of it is looked at.
    #[must_use]
    pub fn projects_along(&self, corridor: &Id, line: &RouteLine) -> Vec<(f64, Id)> {
        let projects = self.atlas.projects.iter().filter(|project| project.corridors.contains(corridor));
        let placed = projects.filter_map(|project| {
            let (km, off) = line.nearest(project.position.place())?;
            (off < PROJECT_KM).then(|| (km, project.id.clone()))
        });
        placed.collect()
    }

    /// What lies along a route of a corridor.
    #[must_use]
    pub fn strip<'a>(&'a self, corridor: &'a Corridor, route: &'a Route) -> Strip<'a> {
        let along = |crossing: &Crossing| {
            crossing.along.iter().find(|along| along.route == route.id).map(|along| along.km)
        };
        let mut crossings: Vec<(f64, &Crossing)> =
            self.atlas.crossings.iter().filter_map(|crossing| Some((along(crossing)?, crossing))).collect();
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at_zone = |related: &[Id]| {
            crossings.iter().find(|(_, crossing)| related.contains(&crossing.id)).map(|(km, _)| *km)
        };
        let zones = self.atlas.zones.iter().filter(|zone| zone.corridors.contains(&corridor.id));
        let zones = zones.filter_map(|zone| Some((at_zone(&zone.related)?, zone.id.clone())));
        Strip {
            route,
            km: route.km,
            countries: countries(route, &crossings),
            precisions: self.precisions(route),
            gauges: gauges(route, &crossings),
            zones: zones.collect(),
            junctions: junctions(corridor, route),
            crossings,
        }
    }

    /// The zones of a corridor whose crossings lie on one of its routes.
    #[must_use]
    pub fn zones_on(&self, corridor: &Id, route: &str) -> Vec<Id> {
        let is_on = |id: &Id| {
            let mut crossings = self.atlas.crossings.iter();
            crossings.any(|one| one.id == *id && one.along.iter().any(|along| along.route == route))
        };
        let zones = self.atlas.zones.iter().filter(|zone| zone.corridors.contains(corridor));
        zones.filter(|zone| zone.related.iter().any(is_on)).map(|zone| zone.id.clone()).collect()
    }

    fn precisions(&self, route: &Route) -> Vec<Stretch<Precision>> {
        let mut legs: Vec<_> = self.atlas.legs.iter().filter(|leg| leg.route == route.id).collect();
        legs.sort_by_key(|leg| leg.order);
        let mut from = 0.0;
        let mut stretches: Vec<Stretch<Precision>> = Vec::new();
        for leg in legs {
            let to = from + leg.km;
            match stretches.last_mut().filter(|last| last.what == leg.precision) {
                Some(last) => last.to = to,
                None => stretches.push(Stretch { from, to, what: leg.precision }),
            }
            from = to;
        }
        stretches
    }
}

/// From border to border; where no crossing is known, half way between the stops on both sides.
fn countries<'a>(route: &'a Route, crossings: &[(f64, &Crossing)]) -> Vec<Stretch<&'a str>> {
    let mut stretches: Vec<Stretch<&str>> = Vec::new();
    for stop in &route.stops {
        match stretches.last_mut() {
            None => stretches.push(Stretch { from: 0.0, to: route.km, what: stop.country.as_str() }),
            Some(last) if last.what == stop.country => last.to = stop.km,
            Some(last) => {
                let before = if last.to < stop.km { last.to } else { last.from };
                let is_between = |km: &f64| (before..=stop.km).contains(km);
                let border = crossings.iter().map(|(km, _)| *km).find(is_between);
                let border = border.unwrap_or(f64::midpoint(before, stop.km));
                last.to = border;
                stretches.push(Stretch { from: border, to: stop.km, what: stop.country.as_str() });
            }
        }
    }
    if let Some(last) = stretches.last_mut() {
        last.to = route.km;
    }
    stretches
}

/// Sections run from and to stops and crossings, by their English names.
fn gauges<'a>(route: &'a Route, crossings: &[(f64, &Crossing)]) -> Vec<Stretch<&'a GaugeSection>> {
    let km_of = |name: &str| {
        let stop = route.stops.iter().find(|stop| stop.name.en == name).map(|stop| stop.km);
        stop.or_else(|| crossings.iter().find(|(_, crossing)| crossing.name.en == name).map(|(km, _)| *km))
    };
    let mut from = 0.0;
    let mut stretches = Vec::new();
    for section in &route.gauge_sections {
        let to = km_of(&section.to).unwrap_or(route.km);
        stretches.push(Stretch { from: km_of(&section.from).unwrap_or(from), to, what: section });
        from = to;
    }
    stretches
}

fn junctions<'a>(corridor: &'a Corridor, route: &'a Route) -> Vec<Junction<'a>> {
    let meets = |stop: &Stop| {
        let is_here = |own: &&Stop| (own.lon - stop.lon).abs() + (own.lat - stop.lat).abs() < MEETS_DEGREES;
        route.stops.iter().find(is_here).map(|own| own.km)
    };
    let others = corridor.routes.iter().filter(|other| other.id != route.id);
    let junction = |other: &'a Route| {
        let (first, last) = (other.stops.first()?, other.stops.last()?);
        match (meets(first), meets(last)) {
            (Some(km), _) => Some(Junction { km, route: other, far: last, leaves: true }),
            (None, Some(km)) => Some(Junction { km, route: other, far: first, leaves: false }),
            (None, None) => None,
        }
    };
    others.filter_map(junction).collect()
}

impl RouteLine {
    /// Where a kilometre of the route lies.
    #[must_use]
    pub fn at(&self, km: f64) -> Option<LonLat> {
        let next = self.0.partition_point(|(at, _)| *at < km);
        let (to_km, to) = *self.0.get(next).or(self.0.last())?;
        let (from_km, from) = *self.0.get(next.saturating_sub(1))?;
        let share = if to_km > from_km { ((km - from_km) / (to_km - from_km)).clamp(0.0, 1.0) } else { 0.0 };
        Some(LonLat::new(from.lon + (to.lon - from.lon) * share, from.lat + (to.lat - from.lat) * share))
    }

    /// The kilometre nearest to a place, and how many kilometres it is off, on a plane that touches there.
    #[must_use]
    pub fn nearest(&self, place: LonLat) -> Option<(f64, f64)> {
        const KM_PER_DEGREE: f64 = 111.32;
        let shrink = place.lat.to_radians().cos();
        let flat = |at: LonLat| {
            [(at.lon - place.lon) * shrink * KM_PER_DEGREE, (at.lat - place.lat) * KM_PER_DEGREE]
        };
        let segments = self.0.windows(2).map(|pair| {
            let ((from_km, from), (to_km, to)) = (pair[0], pair[1]);
            let (a, b) = (flat(from), flat(to));
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let share = (-(a[0] * dx + a[1] * dy) / dx.mul_add(dx, dy * dy).max(1e-12)).clamp(0.0, 1.0);
            (from_km + (to_km - from_km) * share, (a[0] + dx * share).hypot(a[1] + dy * share))
        });
        segments.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Kilometres from one to another as the crow flies.
    #[must_use]
    pub fn direct_km(&self, from: f64, to: f64) -> Option<f64> {
        Some(distance_m(self.at(from)?, self.at(to)?) / 1_000.0)
    }

    /// The places from one kilometre to another.
    pub fn between(&self, from: f64, to: f64) -> impl Iterator<Item = LonLat> {
        let (from, to) = (from.min(to), from.max(to));
        let inner = self.0.iter().filter(move |(km, _)| *km > from && *km < to).map(|(_, place)| *place);
        self.at(from).into_iter().chain(inner).chain(self.at(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::embedded;

    #[test]
    fn a_branch_knows_the_zone_at_its_crossing() {
        let catalog = embedded();
        let corridor = "corridor/nelb".parse().expect("an id");
        let zones = |route: &str| catalog.zones_on(&corridor, route);
        assert_eq!(zones("nelb-horgos"), ["zone/horgos".parse().expect("an id")]);
        assert!(zones("nelb-main").is_empty());
    }

    #[test]
    fn every_route_lies_straight_and_whole() {
        let catalog = embedded();
        for corridor in &catalog.atlas.corridors {
            for route in &corridor.routes {
                let line = catalog.route_line(&route.id);
                let (end, _) = *line.0.last().expect("a line");
                assert!((end / route.km - 1.0).abs() < 0.01, "{}: {end} and {}", route.id, route.km);
                let strip = catalog.strip(corridor, route);
                for stretches in [
                    strip.countries.iter().map(|one| (one.from, one.to)).collect::<Vec<_>>(),
                    strip.precisions.iter().map(|one| (one.from, one.to)).collect(),
                ] {
                    assert!(stretches.iter().all(|(from, to)| from < to), "{}: {stretches:?}", route.id);
                    assert!(stretches.windows(2).all(|pair| pair[0].1 == pair[1].0), "{}", route.id);
                }
                for (km, _) in &strip.crossings {
                    assert!((0.0..=route.km).contains(km), "{}", route.id);
                }
                for stop in &route.stops {
                    let off = distance_m(line.at(stop.km).expect("a place"), stop.place()) / 1_000.0;
                    assert!(off < 12.0, "{}: {} is {off} km off", route.id, stop.name.en);
                    assert!(catalog.entry(&catalog.stop_id(stop)).is_some(), "{}", stop.name.en);
                }
            }
        }
    }

    #[test]
    fn the_land_bridge_breaks_its_gauge_twice_and_five_countries_follow_china() {
        let catalog = embedded();
        let (corridor, route) = catalog.route(&"corridor/nelb".parse().expect("an id"), "").expect("a route");
        let line = catalog.route_line(&route.id);
        let strip = catalog.strip(corridor, route);
        let codes: Vec<&str> = strip.countries.iter().map(|one| one.what).collect();
        assert_eq!(codes, ["CN", "KZ", "RU", "BY", "PL", "DE", "NL"]);
        let breaks: Vec<f64> =
            strip.crossings.iter().filter(|(_, one)| one.is_gauge_break).map(|(km, _)| *km).collect();
        assert_eq!(breaks.len(), 2);
        assert_eq!(strip.gauges.iter().map(|one| one.to).collect::<Vec<_>>()[..2], breaks);
        assert_eq!(strip.junctions.len(), 4);
        let (km, off) = line.nearest(line.at(5_000.0).expect("a place")).expect("a line");
        assert!((km - 5_000.0).abs() < 1.0 && off < 0.5, "{km} {off}");
    }
}
