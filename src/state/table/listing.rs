//! The atlas's own things of one kind as a table: a row each, what is known of them as columns.

use std::collections::HashMap;

use crate::atlas::{Corridor, Crossing, Fact, Id, Item, Kind};
use crate::catalog::words::{country, short_name};
use crate::catalog::{Catalog, Entry, lines};
use crate::data::{Cell, Table, TableBuilder};
use crate::i18n::{Language, Strings};

/// Kinds that have a table, in the order in which it offers them.
pub const LISTED: [Kind; 6] =
    [Kind::Zone, Kind::Corridor, Kind::Project, Kind::Crossing, Kind::BorderZone, Kind::Event];

/// Lines of the panel that are columns too; the others are of one thing alone, or columns of numbers tell them.
const LINES: [&str; 8] =
    ["kind", "status", "province", "neighbour", "counterpart", "port", "region", "countries"];
/// A fact that this many things have is worth a column.
const SHARED_BY: usize = 2;

/// Rows with the ids that they are of.
#[derive(Debug, PartialEq)]
pub(super) struct Listing {
    pub(super) ids: Vec<Id>,
    pub(super) table: Table,
}

impl Listing {
    /// All things of a kind in a language, in the order of the document.
    #[must_use]
    pub(super) fn new(catalog: &Catalog, language: Language, kind: Kind) -> Self {
        let ids = catalog.ids(kind);
        let entries: Vec<Entry<'_>> = ids.iter().filter_map(|id| catalog.entry(id)).collect();
        let shared = shared_facts(&entries);
        let mut rows = Rows { catalog, language, builder: TableBuilder::default() };
        for (id, entry) in ids.iter().zip(&entries) {
            rows.row(id, entry);
            for key in &shared {
                let Some(fact) = entry.facts().iter().find(|fact| fact.key == *key) else { continue };
                rows.text(fact.label.get(language), fact.shown().value.get(language));
            }
        }
        Self { ids, table: rows.builder.finish() }
    }
}

/// Keys of facts that several have, those of most first.
fn shared_facts<'a>(entries: &[Entry<'a>]) -> Vec<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for entry in entries {
        let is_state = |fact: &&Fact| !fact.is_event;
        let mut keys: Vec<&str> =
            entry.facts().iter().filter(is_state).map(|fact| fact.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let mut shared: Vec<(&str, usize)> =
        counts.into_iter().filter(|(_, count)| *count >= SHARED_BY).collect();
    shared.sort_unstable_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    shared.into_iter().map(|(key, _)| key).collect()
}

struct Rows<'a> {
    catalog: &'a Catalog,
    language: Language,
    builder: TableBuilder,
}

impl Rows<'_> {
    fn text(&mut self, column: &str, value: &str) {
        self.builder.set(column, Cell::Text(value));
    }

    fn row(&mut self, id: &Id, entry: &Entry<'_>) {
        let names = &Strings::embedded(self.language).table;
        self.builder.row();
        self.text(&names.col_name, &short_name(self.catalog, id, self.language));
        match entry {
            Entry::Item(Item::Event(event)) => {
                self.text(&names.col_date, &event.date.start.to_string());
                self.builder.set(&names.col_in_document, Cell::Bool(event.in_document));
            }
            Entry::Item(Item::Corridor(corridor)) => self.corridor(corridor),
            Entry::Item(Item::Crossing(crossing)) => self.crossing(crossing),
            _ => {}
        }
        for line in lines(self.catalog, self.language, entry) {
            if LINES.contains(&line.key) {
                self.text(&line.label, &line.value);
            }
        }
        match entry {
            Entry::Item(Item::Zone(zone)) => {
                self.builder.set(&names.col_km_across, Cell::Real(zone.km_to_counterpart));
            }
            Entry::Item(Item::BorderZone(zone)) => {
                let approved = &Strings::embedded(self.language).panel.approved;
                self.text(approved, &zone.approved.start.to_string());
            }
            _ => {}
        }
    }

    fn corridor(&mut self, corridor: &Corridor) {
        let names = &Strings::embedded(self.language).table;
        let longest = corridor.routes.iter().map(|route| route.km).fold(0.0, f64::max);
        self.builder.set(&names.col_km, Cell::Integer(longest.round() as i64));
        self.builder.set(&names.col_routes, Cell::Integer(corridor.routes.len().cast_signed() as i64));
    }

    fn crossing(&mut self, crossing: &Crossing) {
        let names = &Strings::embedded(self.language).table;
        let sides: Vec<String> =
            crossing.sides.iter().map(|side| country(self.catalog, &side.country, self.language)).collect();
        self.text(&names.col_sides, &sides.join(" · "));
        let mut gauges: Vec<u16> =
            crossing.sides.iter().flat_map(|side| side.gauge_mm.iter().copied()).collect();
        gauges.sort_unstable();
        gauges.dedup();
        if !gauges.is_empty() {
            let gauges: Vec<String> = gauges.iter().map(ToString::to_string).collect();
            self.text(&names.col_gauge, &gauges.join(" / "));
            self.builder.set(&names.col_gauge_break, Cell::Bool(crossing.is_gauge_break));
        }
    }
}
