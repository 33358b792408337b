//! Whatever names something else names something that is there.

use std::collections::BTreeSet;

use corridor_atlas::atlas::{Id, Item, Kind};
use corridor_atlas::basemap::Basemap;

use super::{assert_none, atlas, citations, cited, facts, ids, positions};

#[test]
fn no_two_things_share_an_id() {
    let mut seen = BTreeSet::new();
    let twice: Vec<String> =
        ids().into_iter().filter(|id| !seen.insert(id.clone())).map(|id| id.to_string()).collect();
    assert_none(&twice);
    assert!(seen.len() > 500);
    let routes: Vec<&str> =
        atlas().corridors.iter().flat_map(|one| &one.routes).map(|route| route.id.as_str()).collect();
    assert_eq!(routes.iter().collect::<BTreeSet<_>>().len(), routes.len());
}

#[test]
fn every_id_has_the_kind_of_its_file() {
    for kind in Kind::ALL {
        assert!(atlas().ids(kind).iter().all(|id| id.kind == kind), "{kind}");
    }
}

#[test]
fn whatever_is_related_is_there_and_is_not_itself() {
    let atlas = atlas();
    let mut faults = Vec::new();
    let mut check = |from: &str, to: &Id| {
        if atlas.item(to).is_none() || to.to_string() == from {
            faults.push(format!("{from} relates to {to}"));
        }
    };
    for id in ids() {
        let related = atlas.item(&id).map(|item: Item<'_>| item.related()).unwrap_or_default();
        for to in &related {
            check(&id.to_string(), to);
        }
    }
    for (at, cited) in cited() {
        let from = at.split(' ').next().unwrap_or_default().to_owned();
        cited.related.iter().for_each(|to| check(&from, to));
    }
    let corridors = atlas.zones.iter().map(|one| (&one.id, &one.corridors));
    for (id, list) in corridors.chain(atlas.projects.iter().map(|one| (&one.id, &one.corridors))) {
        for to in list {
            check(&id.to_string(), to);
        }
    }
    atlas.legs.iter().for_each(|leg| check(&leg.route, &leg.corridor));
    assert_none(&faults);
}

#[test]
fn every_route_that_is_named_is_drawn() {
    let atlas = atlas();
    let routes = || atlas.corridors.iter().flat_map(|one| one.routes.iter().map(move |route| (one, route)));
    for leg in &atlas.legs {
        assert!(
            routes().any(|(one, route)| one.id == leg.corridor
                && route.id == leg.route
                && route.role == leg.role),
            "{} {}",
            leg.route,
            leg.order
        );
    }
    for (_, route) in routes() {
        assert!(atlas.legs.iter().any(|leg| leg.route == route.id), "{}", route.id);
    }
    for crossing in &atlas.crossings {
        for along in &crossing.along {
            let (corridor, _) = routes()
                .find(|(_, route)| route.id == along.route)
                .unwrap_or_else(|| panic!("{}: {}", crossing.id, along.route));
            assert!(crossing.related.contains(&corridor.id), "{} {}", crossing.id, corridor.id);
        }
    }
}

#[test]
fn gauge_sections_run_from_stop_or_crossing_to_stop_or_crossing() {
    let atlas = atlas();
    let mut faults = Vec::new();
    for route in atlas.corridors.iter().flat_map(|one| &one.routes) {
        for section in &route.gauge_sections {
            for end in [&section.from, &section.to] {
                let is_known = route.stops.iter().any(|stop| stop.name.en == *end)
                    || atlas.crossings.iter().any(|one| one.name.en == *end);
                if !is_known {
                    faults.push(format!("{}: {end}", route.id));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn every_country_is_a_country_of_the_atlas_and_of_the_map() {
    let atlas = atlas();
    let tables = Basemap::embedded().tables().expect("the tables parse");
    let mut codes: Vec<(String, &str)> = Vec::new();
    for corridor in &atlas.corridors {
        codes.extend(corridor.countries.iter().map(|code| (corridor.id.to_string(), code.as_str())));
        let stops = corridor.routes.iter().flat_map(|route| &route.stops);
        codes.extend(stops.map(|stop| (stop.name.en.clone(), stop.country.as_str())));
    }
    for zone in &atlas.zones {
        codes.push((zone.id.to_string(), &zone.neighbour));
        codes.push((zone.id.to_string(), &zone.counterpart.country));
    }
    codes.extend(atlas.border_zones.iter().map(|one| (one.id.to_string(), one.faces.as_str())));
    for crossing in &atlas.crossings {
        codes.extend(crossing.sides.iter().map(|side| (crossing.id.to_string(), side.country.as_str())));
    }
    let lines = atlas.projects.iter().flat_map(|one| &one.lines);
    codes.extend(
        lines.flat_map(|line| &line.points).map(|stop| (stop.name.en.clone(), stop.country.as_str())),
    );
    let belts = atlas.belts.iter().flat_map(|belt| &belt.points);
    // The demarcation line lies in no one country.
    let belts = belts.filter(|stop| stop.name.en != "Military demarcation line");
    codes.extend(belts.map(|stop| (stop.name.en.clone(), stop.country.as_str())));
    let mut faults = Vec::new();
    for (at, code) in codes {
        let in_atlas = atlas.countries.iter().any(|one| one.id.name == code);
        if !in_atlas || !tables.countries.iter().any(|one| one.iso_a2 == code) {
            faults.push(format!("{at}: {code:?}"));
        }
    }
    assert_none(&faults);
}

#[test]
fn a_corridor_names_every_country_that_its_routes_touch() {
    for corridor in &atlas().corridors {
        let named: BTreeSet<&str> = corridor.countries.iter().map(String::as_str).collect();
        let stops = corridor.routes.iter().flat_map(|route| &route.stops);
        let touched: BTreeSet<&str> = stops.map(|stop| stop.country.as_str()).collect();
        assert_eq!(named, touched, "{}", corridor.id);
    }
}

#[test]
fn every_source_is_cited_and_every_citation_has_its_source() {
    let atlas = atlas();
    let lists = citations();
    let mut used: BTreeSet<&str> =
        lists.iter().flat_map(|(_, list)| list).map(|one| one.id.as_str()).collect();
    used.extend(atlas.legs.iter().map(|leg| leg.source.as_str()));
    let known: BTreeSet<&str> = atlas.sources.iter().map(|source| source.id.name.as_str()).collect();
    let faults: Vec<String> = used.symmetric_difference(&known).map(ToString::to_string).collect();
    assert_none(&faults);
    let bare: Vec<String> =
        lists.iter().filter(|(_, list)| list.is_empty()).map(|(path, _)| path.clone()).collect();
    assert_none(&bare);
    assert!(lists.len() > 1000, "{}", lists.len());
}

#[test]
fn a_source_has_a_title_of_its_own() {
    let mut titles = BTreeSet::new();
    for source in &atlas().sources {
        assert!(!source.short.trim().is_empty() && titles.insert(&source.title), "{}", source.title);
        let opened = |text: &str| text.matches('(').count() == text.matches(')').count();
        assert!(opened(&source.title) && opened(&source.short), "{}", source.title);
        assert!(source.id.name.is_ascii(), "{}", source.id);
    }
}

#[test]
fn a_citation_is_whole_where_it_names_the_place() {
    let mut faults = Vec::new();
    for (path, list) in citations() {
        for at in list.iter().filter_map(|citation| citation.at.as_ref()) {
            let is_whole = at.matches('(').count() == at.matches(')').count();
            if at.trim().is_empty() || !is_whole || at.contains('"') {
                faults.push(format!("{path}: {at:?}"));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn what_is_only_commonly_known_is_marked_as_uncertain() {
    let only_known = |list: &[corridor_atlas::atlas::Citation]| {
        list.iter().all(|citation| citation.id == "general-knowledge")
    };
    let mut faults: Vec<String> = Vec::new();
    let said = cited().into_iter().filter(|(_, cited)| cited.certain && only_known(&cited.sources));
    faults.extend(said.map(|(at, cited)| format!("{at}: {}", cited.value.en)));
    let placed = positions().into_iter().filter(|(_, one)| one.certain && only_known(&one.sources));
    faults.extend(placed.map(|(at, _)| at));
    let stops = atlas().corridors.iter().flat_map(|one| &one.routes).flat_map(|route| &route.stops);
    faults.extend(
        stops.filter(|stop| stop.certain && only_known(&stop.sources)).map(|stop| stop.name.en.clone()),
    );
    assert_none(&faults);
}

#[test]
fn a_vague_position_says_how_vague_it_is() {
    let mut faults = Vec::new();
    for (at, position) in positions() {
        let is_said = position.accuracy_km.is_some() || position.note.is_some();
        // The mark of a project that runs along a line stands on one of its points.
        if !position.certain && !is_said && !at.starts_with("project/") && !at.starts_with("border-zone/") {
            faults.push(at);
        }
    }
    assert_none(&faults);
}

#[test]
fn every_fact_has_a_key_and_something_said() {
    for (id, fact) in facts() {
        assert!(!fact.key.is_empty() && fact.key.is_ascii(), "{id}");
        assert!(fact.cited.iter().all(|cited| !cited.value.en.trim().is_empty()), "{id} {}", fact.key);
    }
}
