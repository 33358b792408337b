//! What is known of several things, row by row, so that what differs stands side by side.

use super::{Catalog, Entry, lines};
use crate::atlas::{Citation, Fact, Id, Item, Kind};
use crate::i18n::{Language, Strings};

/// Lines that are read rather than compared, or stand elsewhere.
const NOT_COMPARED: [&str; 9] =
    ["description", "definition", "explanation", "title", "view", "name", "legs", "route", "position"];

/// One row of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    pub key: String,
    pub label: String,
    /// One for each thing, in their order.
    pub cells: Vec<Cell>,
}

/// What one thing says in a row; empty where nothing is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub text: String,
    /// What a bar is as long as.
    pub number: Option<f64>,
    /// Corridors, as badges.
    pub ids: Vec<Id>,
    pub is_doubtful: bool,
    pub is_disputed: bool,
    pub sources: Vec<Citation>,
}

/// A cell with its row.
type Entry3 = (String, String, Cell);

impl Compared {
    /// Whether not all say the same.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.cells.windows(2).any(|pair| (&pair[0].text, &pair[0].ids) != (&pair[1].text, &pair[1].ids))
    }
}

/// The rows of several things of the atlas or its basemap, in a language.
#[must_use]
pub fn compared(catalog: &Catalog, language: Language, ids: &[Id]) -> Vec<Compared> {
    let told = ids
        .iter()
        .map(|id| catalog.entry(id).map_or_else(Vec::new, |entry| cells(catalog, language, (id, &entry))));
    joined(&told.collect::<Vec<_>>())
}

/// Cells of several things by row; a row is placed where the first that has it has it.
#[must_use]
pub fn joined(told: &[Vec<Entry3>]) -> Vec<Compared> {
    let mut rows: Vec<Compared> = Vec::new();
    for (number, cells) in told.iter().enumerate() {
        let mut after = 0;
        for (key, label, cell) in cells {
            let at = rows.iter().position(|row| row.key == *key).unwrap_or_else(|| {
                let empty = vec![Cell::default(); told.len()];
                rows.insert(after, Compared { key: key.clone(), label: label.clone(), cells: empty });
                after
            });
            after = at + 1;
            merge(&mut rows[at].cells[number], cell);
        }
    }
    rows
}

/// A second value of the same kind stands beside the first.
fn merge(cell: &mut Cell, other: &Cell) {
    if cell.text.is_empty() {
        cell.clone_from(other);
        return;
    }
    if !cell.text.contains(&other.text) {
        cell.text = format!("{} · {}", cell.text, other.text);
    }
    cell.is_doubtful |= other.is_doubtful;
    cell.is_disputed |= other.is_disputed;
    cell.sources
        .extend(other.sources.iter().filter(|one| !cell.sources.contains(one)).cloned().collect::<Vec<_>>());
}

fn cells(catalog: &Catalog, language: Language, (id, entry): (&Id, &Entry<'_>)) -> Vec<Entry3> {
    let strings = Strings::embedded(language);
    let mut cells = Vec::new();
    for line in lines(catalog, language, entry).into_iter().filter(|line| !NOT_COMPARED.contains(&line.key)) {
        let number = if line.key == "port_to_counterpart" { number_of(entry) } else { None };
        let key = if ["side", "along", "stage"].contains(&line.key) {
            format!("{} {}", line.key, line.label)
        } else {
            line.key.to_owned()
        };
        let cell = Cell {
            text: line.value,
            number,
            is_doubtful: !line.certain,
            sources: line.sources,
            ..Cell::default()
        };
        cells.push((key, line.label, cell));
    }
    if let Entry::Item(Item::Corridor(corridor)) = entry {
        // Routes are not of one length: each says its own.
        for route in &corridor.routes {
            let text = format!("{}: {}", route.name.get(language), super::words::km(strings, route.km));
            let cell = Cell { text, ..Cell::default() };
            cells.push(("routes".to_owned(), strings.panel.routes.clone(), cell));
        }
    }
    let corridors: Vec<Id> = catalog.related(id).into_iter().filter(|id| id.kind == Kind::Corridor).collect();
    if !corridors.is_empty() {
        let names: Vec<String> =
            corridors.iter().map(|id| super::words::short_name(catalog, id, language)).collect();
        let cell = Cell { text: names.join(" · "), ids: corridors, ..Cell::default() };
        cells.push(("corridors".to_owned(), strings.panel.on_these_corridors.clone(), cell));
    }
    let (events, facts): (Vec<&Fact>, Vec<&Fact>) = entry.facts().iter().partition(|fact| fact.is_event);
    cells.extend(facts.into_iter().map(|fact| fact_cell(language, fact)));
    cells.extend(steps(strings, language, &events));
    if let Entry::Item(Item::Zone(zone)) = entry
        && let Some(km) = zone.position.accuracy_km
    {
        let text = strings.units.about.fill("value", &super::words::km(strings, km));
        let cell = Cell { text, number: Some(km), sources: zone.position.sources.clone(), ..Cell::default() };
        cells.push(("accuracy".to_owned(), strings.compare.accuracy.clone(), cell));
    }
    cells
}

fn number_of(entry: &Entry<'_>) -> Option<f64> {
    match entry {
        Entry::Item(Item::Zone(zone)) => Some(zone.km_to_counterpart),
        _ => None,
    }
}

/// All that is said of it, each once.
fn fact_cell(language: Language, fact: &Fact) -> Entry3 {
    let mut cell = Cell { is_disputed: fact.is_disputed(), ..Cell::default() };
    for cited in &fact.cited {
        let one = Cell {
            text: cited.value.get(language).to_owned(),
            is_doubtful: !cited.certain,
            sources: cited.sources.clone(),
            is_disputed: cell.is_disputed,
            ..Cell::default()
        };
        merge(&mut cell, &one);
    }
    (fact.key.clone(), fact.label.get(language).to_owned(), cell)
}

/// The earliest of the dated steps, and how many there are.
fn steps(strings: &Strings, language: Language, events: &[&Fact]) -> Vec<Entry3> {
    let dated = || events.iter().flat_map(|fact| &fact.cited).filter(|cited| cited.as_of.is_some());
    let Some(first) = dated().min_by_key(|cited| cited.as_of) else { return Vec::new() };
    let year = first.as_of.map_or_else(String::new, |date| super::words::date(strings, date));
    let texts = &strings.compare;
    let step = Cell {
        text: format!("{year}: {}", first.value.get(language)),
        is_doubtful: !first.certain,
        sources: first.sources.clone(),
        ..Cell::default()
    };
    let count = dated().count();
    let count = Cell { text: count.to_string(), number: Some(count as f64), ..Cell::default() };
    vec![
        ("first_step".to_owned(), texts.first_step.clone(), step),
        ("steps".to_owned(), texts.steps.clone(), count),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(key: &str, text: &str) -> Entry3 {
        (key.to_owned(), key.to_owned(), Cell { text: text.to_owned(), ..Cell::default() })
    }

    #[test]
    fn rows_come_in_the_order_of_the_first_that_has_them_and_lacks_are_empty() {
        let rows = joined(&[
            vec![cell("a", "1"), cell("c", "3")],
            vec![cell("a", "1"), cell("b", "2"), cell("c", "4"), cell("c", "5")],
        ]);
        let told: Vec<(&str, Vec<&str>, bool)> = rows
            .iter()
            .map(|row| {
                (row.key.as_str(), row.cells.iter().map(|cell| cell.text.as_str()).collect(), row.differs())
            })
            .collect();
        assert_eq!(
            told,
            [("a", vec!["1", "1"], false), ("b", vec!["", "2"], true), ("c", vec!["3", "4 · 5"], true)]
        );
    }

    #[test]
    fn zones_differ_in_their_neighbour_and_every_value_has_a_source() {
        let catalog = crate::catalog::embedded();
        let ids = ["zone/manzhouli", "zone/horgos"].map(|id| id.parse().expect("an id"));
        let rows = compared(&catalog, Language::En, &ids);
        let row = |key: &str| rows.iter().find(|row| row.key == key).expect("a row");
        assert!(row("neighbour").differs());
        assert_eq!(row("corridors").cells[1].ids.len(), 2);
        assert!(row("area").cells[1].is_disputed && row("area").cells[1].text.contains("560 ha"));
        for row in rows.iter().filter(|row| !["corridors", "steps"].contains(&row.key.as_str())) {
            let bare = row.cells.iter().find(|cell| !cell.text.is_empty() && cell.sources.is_empty());
            assert!(bare.is_none(), "{}: {bare:?}", row.key);
        }
    }
}
