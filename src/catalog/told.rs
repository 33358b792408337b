//! What is so of a thing beside its dated facts, as lines of label and value, each with its sources:
//! the same lines stand in the panel and in the answers of the command line.

use super::words::{self, boundary_kind, country, km};
use super::{Catalog, Entry};
use crate::atlas::{
    BorderZone, Citation, Connectivity, Corridor, Crossing, Date, Item, Position, Precision, Project, Source,
    Stage, Stop, Zone,
};
use crate::basemap::{Boundary, Place};
use crate::geo::LonLat;
use crate::i18n::{Language, Strings};

/// Where the basemap's names and lines come from, by their names in `sources.json`.
pub const GROUND_SOURCE: &str = "natural-earth";
pub const NAMES_SOURCE: &str = "geonames";

/// One thing that is so.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The same word for the same thing everywhere: `province`, `position` …
    pub key: &'static str,
    pub label: String,
    pub value: String,
    pub as_of: Option<Date>,
    pub certain: bool,
    pub note: Option<String>,
    pub sources: Vec<Citation>,
}

/// The lines of `entry` in a language, in the order in which they are read.
#[must_use]
pub fn lines(catalog: &Catalog, language: Language, entry: &Entry<'_>) -> Vec<Line> {
    let teller = Teller { catalog, language, strings: Strings::embedded(language) };
    let mut lines = teller.lines(entry);
    if let Entry::Item(item) = entry {
        let stage = |stage: &Stage| {
            let value = words::stage(teller.strings, stage, catalog.atlas.date.first_month());
            line("stage", stage.name.get(language), &value, &stage.sources)
        };
        lines.extend(item.stages().iter().map(stage));
    }
    lines
}

impl Teller<'_> {
    fn lines(&self, entry: &Entry<'_>) -> Vec<Line> {
        let (teller, language) = (self, self.language);
        match entry {
            Entry::Item(Item::Corridor(corridor)) => teller.corridor(corridor),
            Entry::Item(Item::Zone(zone)) => teller.zone(zone),
            Entry::Item(Item::Project(project)) => teller.project(project),
            Entry::Item(Item::BorderZone(zone)) => teller.border_zone(zone),
            Entry::Item(Item::Crossing(crossing)) => teller.crossing(crossing),
            Entry::Item(Item::Connectivity(area)) => teller.connectivity(area),
            Entry::Item(Item::KoreaPlace(place)) => vec![teller.position(&place.position)],
            Entry::Item(Item::Term(term)) => {
                let label = &teller.strings.kinds.term.one;
                vec![line("definition", label, term.definition.get(language), &term.sources)]
            }
            Entry::Item(Item::Source(source)) => teller.source(source),
            Entry::Item(Item::Event(_) | Item::Lesson(_) | Item::Belt(_)) => Vec::new(),
            Entry::Country(country, _) => {
                let label = &teller.strings.kinds.country.one;
                vec![line("name", label, country.name.get(language), &[cite(GROUND_SOURCE)])]
            }
            Entry::Place(place) => teller.place(place),
            Entry::Stop(stop) => teller.stop(stop),
            Entry::Boundary(boundary) => teller.boundary(boundary),
        }
    }
}

fn cite(source: &str) -> Citation {
    Citation { id: source.to_owned(), at: None }
}

fn line(key: &'static str, label: &str, value: &str, sources: &[Citation]) -> Line {
    Line {
        key,
        label: label.to_owned(),
        value: value.to_owned(),
        as_of: None,
        certain: true,
        note: None,
        sources: sources.to_vec(),
    }
}

struct Teller<'a> {
    catalog: &'a Catalog,
    language: Language,
    strings: &'static Strings,
}

impl Teller<'_> {
    fn corridor(&self, corridor: &Corridor) -> Vec<Line> {
        let (panel, language) = (&self.strings.panel, self.language);
        let label = &self.strings.kinds.corridor.one;
        let mut lines = vec![line(
            "description",
            label,
            corridor.description.get(language),
            &corridor.description_sources,
        )];
        let names: Vec<String> =
            corridor.countries.iter().map(|code| country(self.catalog, code, language)).collect();
        lines.push(line("countries", &panel.countries, &names.join(" · "), &[cite(GROUND_SOURCE)]));
        let legs = || self.catalog.atlas.legs.iter().filter(|leg| leg.corridor == corridor.id);
        for route in &corridor.routes {
            let mut sources: Vec<&str> =
                legs().filter(|leg| leg.route == route.id).map(|leg| leg.source.as_str()).collect();
            sources.sort_unstable();
            sources.dedup();
            let sources: Vec<Citation> = sources.into_iter().map(cite).collect();
            let label = format!("{}: {}", panel.routes, route.name.get(language));
            let note = route.note.as_ref().map(|note| note.get(language).to_owned());
            lines.push(Line { note, ..line("route", &label, &km(self.strings, route.km), &sources) });
        }
        for Drawn { precision, legs, km: total } in drawn(self.catalog, corridor) {
            let label =
                format!("{}: {}", self.strings.precision.legs, words::precision(self.strings, precision));
            let value = self.strings.precision.leg_count.fill_with(legs, &[("km", &km(self.strings, total))]);
            let sources: Vec<Citation> = corridor_sources(self.catalog, corridor, precision);
            lines.push(line("legs", &label, &value, &sources));
        }
        lines
    }

    fn zone(&self, zone: &Zone) -> Vec<Line> {
        let (panel, language) = (&self.strings.panel, self.language);
        let across = country(self.catalog, &zone.neighbour, language);
        let told_by = &zone.told_by;
        let counterpart = &zone.counterpart.position.sources;
        let order = zone.order.map(|n| format!(" · {}", panel.document_order.fill("n", &n.to_string())));
        let region = format!("{}{}", zone.region_name.get(language), order.unwrap_or_default());
        vec![
            line("status", &panel.status, zone.status.get(language), &told_by.status),
            line("province", &panel.province, zone.province.get(language), &told_by.province),
            line("neighbour", &panel.neighbour, &across, &zone.position.sources),
            line("counterpart", &panel.counterpart, zone.counterpart.name.get(language), counterpart),
            line("port", &panel.port, zone.port_name.get(language), &told_by.port),
            line(
                "port_to_counterpart",
                &panel.port_to_counterpart,
                &km(self.strings, zone.km_to_counterpart),
                counterpart,
            ),
            line("region", &panel.region, &region, &[cite(&self.catalog.atlas.document().id.name)]),
            self.position(&zone.position),
        ]
    }

    fn project(&self, project: &Project) -> Vec<Line> {
        let label = &self.strings.kinds.project.one;
        let kind = line("kind", label, project.kind_name.get(self.language), &project.kind_sources);
        vec![kind, self.position(&project.position)]
    }

    fn border_zone(&self, zone: &BorderZone) -> Vec<Line> {
        let (panel, sources) = (&self.strings.panel, &zone.position.sources);
        let across = country(self.catalog, &zone.faces, self.language);
        vec![
            line("province", &panel.province, zone.province.get(self.language), sources),
            line("neighbour", &panel.neighbour, &across, sources),
            self.position(&zone.position),
        ]
    }

    fn crossing(&self, crossing: &Crossing) -> Vec<Line> {
        let (panel, language) = (&self.strings.panel, self.language);
        let mut lines = Vec::new();
        for side in &crossing.sides {
            let gauges: Vec<String> = side.gauge_mm.iter().map(ToString::to_string).collect();
            let label =
                format!("{}, {}", side.post.get(language), country(self.catalog, &side.country, language));
            let value = if gauges.is_empty() {
                crossing.mode.get(language).to_owned()
            } else {
                panel.track.fill("mm", &self.strings.units.mm.fill("n", &gauges.join(" / ")))
            };
            let side = line("side", &label, &value, &side.position.sources);
            lines.push(Line { certain: crossing.gauge_certain, ..side });
        }
        for along in &crossing.along {
            let routes = self.catalog.atlas.corridors.iter().flat_map(|corridor| &corridor.routes);
            let Some(route) = routes.into_iter().find(|route| route.id == along.route) else { continue };
            let number = crate::i18n::integer(along.km.round() as i64);
            let km = self.strings.units.km.fill("n", &number);
            lines.push(line("along", route.name.get(language), &km, &crossing.position.sources));
        }
        lines.push(self.position(&crossing.position));
        lines
    }

    fn connectivity(&self, area: &Connectivity) -> Vec<Line> {
        let label = &self.strings.kinds.connectivity.one;
        vec![line("explanation", label, area.explanation.get(self.language), &area.explanation_sources)]
    }

    /// Where it is, how well that is known, and who says so.
    fn position(&self, position: &Position) -> Line {
        let panel = &self.strings.panel;
        let label = match position.accuracy_km {
            Some(error) => panel.position_good_to.fill("km", &km(self.strings, error)),
            None => panel.position_unknown_error.clone(),
        };
        let value = words::position(self.strings, position.place(), 4);
        Line {
            certain: position.certain,
            note: position.note.as_ref().map(|note| note.get(self.language).to_owned()),
            ..line("position", &label, &value, &position.sources)
        }
    }

    fn source(&self, source: &Source) -> Vec<Line> {
        let (panel, own) = (&self.strings.panel, [cite(&source.id.name)]);
        let mut lines = vec![line("title", &panel.sources, &source.title, &own)];
        let parts = [
            ("author", &panel.author, source.author.as_deref()),
            ("publisher", &panel.publisher, source.publisher.as_deref()),
            ("licence", &panel.licence, source.licence.as_deref()),
            ("link", &panel.link, source.url.as_deref()),
        ];
        for (key, label, value) in parts {
            lines.extend(value.map(|value| line(key, label, value, &own)));
        }
        if let Some(when) = source.date {
            let text = words::date(self.strings, when);
            lines.push(Line { as_of: Some(when), ..line("published", &panel.published, &text, &own) });
        }
        if let Some(when) = source.accessed {
            let text = panel.accessed.fill("date", &words::date(self.strings, when));
            lines.push(Line { as_of: Some(when), ..line("accessed", &panel.link, &text, &own) });
        }
        if let Some(note) = &source.note {
            lines.push(line("note", &panel.source_note, note.get(self.language), &own));
        }
        lines
    }

    fn place(&self, place: &Place) -> Vec<Line> {
        self.in_country(&place.country, place.at, &[cite(NAMES_SOURCE)])
    }

    fn stop(&self, stop: &Stop) -> Vec<Line> {
        let mut lines = self.in_country(&stop.country, stop.place(), &stop.sources);
        if let Some(note) = &stop.note {
            lines[0].note = Some(note.get(self.language).to_owned());
        }
        for one in &mut lines {
            one.certain = stop.certain;
        }
        lines
    }

    fn in_country(&self, code: &str, at: LonLat, sources: &[Citation]) -> Vec<Line> {
        let name = country(self.catalog, code, self.language);
        vec![
            line("country", &self.strings.kinds.country.one, &name, sources),
            line("position", &self.strings.panel.position, &words::position(self.strings, at, 3), sources),
        ]
    }

    /// What the line is, and who draws it otherwise.
    fn boundary(&self, boundary: &Boundary) -> Vec<Line> {
        let (strings, own) = (&self.strings.boundary, [cite(GROUND_SOURCE)]);
        let label = &self.strings.kinds.boundary.one;
        let error = Some(strings.good_to.clone());
        let mut lines = Vec::new();
        let sides = [boundary.left.get(self.language), boundary.right.get(self.language)];
        if sides.iter().all(|side| !side.is_empty()) {
            let between = strings.between.fill_all(&[("a", sides[0]), ("b", sides[1])]);
            lines.push(line("between", label, &between, &own));
        }
        let kind = boundary_kind(strings, boundary.kind);
        lines.push(Line { note: error, ..line("kind", &strings.most_maps, kind, &own) });
        for (view, kind) in &boundary.views {
            let who = country(self.catalog, view, self.language);
            lines.push(line("view", &who, boundary_kind(strings, *kind), &own));
        }
        lines
    }
}

/// How much of a corridor is drawn how exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    pub precision: Precision,
    pub legs: usize,
    pub km: f64,
}

/// The precisions that a corridor's legs have, with their number and length.
#[must_use]
pub fn drawn(catalog: &Catalog, corridor: &Corridor) -> Vec<Drawn> {
    let precisions = [Precision::Traced, Precision::Approximate, Precision::Schematic].into_iter();
    let all = precisions.map(|precision| {
        let legs = catalog.atlas.legs.iter();
        legs.filter(|leg| leg.corridor == corridor.id && leg.precision == precision).fold(
            Drawn { precision, legs: 0, km: 0.0 },
            |sum, leg| Drawn { legs: sum.legs + 1, km: sum.km + leg.km, ..sum },
        )
    });
    all.filter(|drawn| drawn.legs > 0).collect()
}

fn corridor_sources(catalog: &Catalog, corridor: &Corridor, precision: Precision) -> Vec<Citation> {
    let legs = catalog.atlas.legs.iter();
    let own = legs.filter(|leg| leg.corridor == corridor.id && leg.precision == precision);
    let mut names: Vec<&str> = own.map(|leg| leg.source.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(cite).collect()
}
