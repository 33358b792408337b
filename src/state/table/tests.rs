//! Tables of the atlas's own things: what is in them, and what their filters keep from the map.

use super::listing::Listing;
use super::*;
use crate::atlas::{Id, Kind};
use crate::data::{Filter, OutFormat};
use crate::i18n::Language;
use crate::state::Command;
use crate::state::tests::fresh;

fn apply(state: &mut State, command: TableCommand) {
    let _ = state.apply(Command::Table(command));
}

fn opened(kind: Kind) -> State {
    let mut state = fresh();
    apply(&mut state, TableCommand::Open(Subject::Atlas(kind)));
    state
}

fn filter(state: &mut State, kind: Kind, text: &str) {
    apply(state, TableCommand::Filter { of: Subject::Atlas(kind), text: text.to_owned() });
}

fn open(state: &State) -> &OpenTable {
    state.table.as_ref().expect("an open table")
}

#[test]
fn the_zones_and_crossings_are_rows_that_a_filter_understands() {
    let state = fresh();
    let of = |language, kind| Listing::new(&state.catalog, language, kind);
    let passing = |listing: &Listing, text: &str| -> usize {
        let rows = Filter::parse(text).and_then(|filter| filter.rows(&listing.table)).expect(text);
        rows.count()
    };
    assert_eq!(passing(&of(Language::En, Kind::Zone), "province contains Yunnan"), 3);
    let breaks = state.catalog.atlas.crossings.iter().filter(|crossing| crossing.is_gauge_break).count();
    assert_eq!(passing(&of(Language::En, Kind::Crossing), "`Break of gauge` = true"), breaks);
    assert!((1..12).contains(&passing(&of(Language::Zh, Kind::Event), "日期 >= 2016")));
}

#[test]
fn every_kind_has_a_named_row_for_each_thing_in_every_language() {
    let state = fresh();
    for language in Language::ALL {
        for kind in LISTED {
            let listing = Listing::new(&state.catalog, language, kind);
            assert_eq!(listing.table.rows(), state.catalog.ids(kind).len(), "{kind:?}");
            let names = listing.table.columns.first().expect("names");
            assert!((0..listing.ids.len()).all(|row| !names.is_missing(row)), "{kind:?}");
        }
    }
}

#[test]
fn what_a_filter_keeps_out_is_not_on_the_map_until_it_is_cleared() {
    let mut state = opened(Kind::Corridor);
    let [nelb, cpec] = ["corridor/nelb", "corridor/cpec"].map(|id| id.parse::<Id>().expect("an id"));
    filter(&mut state, Kind::Corridor, "countries contains Pakistan");
    assert!(state.layers.shows_corridor(&cpec) && !state.layers.shows_corridor(&nelb));
    assert_eq!(state.row_counts(&Subject::Atlas(Kind::Corridor)), (1, 6));
    // A filter of another kind, a table that closes and another language change nothing of it.
    apply(&mut state, TableCommand::Open(Subject::Atlas(Kind::Zone)));
    filter(&mut state, Kind::Zone, "\"nothing is called so\"");
    let _ = state.apply(Command::SetLanguage(Language::Ko));
    apply(&mut state, TableCommand::Close);
    assert!(!state.layers.shows_corridor(&nelb));
    assert!(!state.layers.lets_through(&"zone/horgos".parse().expect("an id")));
    filter(&mut state, Kind::Corridor, "");
    assert!(state.layers.shows_corridor(&nelb));
}

#[test]
fn a_filter_that_makes_no_sense_leaves_what_was_there() {
    let mut state = opened(Kind::Zone);
    filter(&mut state, Kind::Zone, "province contains Yunnan");
    filter(&mut state, Kind::Zone, "province contains");
    let filter = state.filter_of(&Subject::Atlas(Kind::Zone)).expect("a filter");
    assert!(filter.error.is_some());
    assert_eq!(open(&state).order.len(), 3);
}

#[test]
fn shift_and_control_choose_several_rows_and_copy_takes_those() {
    let mut state = opened(Kind::Zone);
    let mut choose = |row, choice| apply(&mut state, TableCommand::Choose { row, choice });
    choose(2, Choice::One);
    choose(5, Choice::Through);
    choose(3, Choice::Toggle);
    assert_eq!(open(&state).chosen.iter().copied().collect::<Vec<_>>(), [2, 4, 5]);
    let effects = state.apply(Command::Table(TableCommand::Copy));
    let [Effect::Copy(text)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(text.lines().count(), 4, "{text}");
    apply(&mut state, TableCommand::Choose { row: 0, choice: Choice::One });
    assert_eq!(state.picks.selected, Some("zone/manzhouli".parse().expect("an id")));
}

#[test]
fn shift_without_a_row_before_chooses_the_one_and_control_adds_to_the_selection_of_the_map() {
    let mut state = opened(Kind::Zone);
    apply(&mut state, TableCommand::Choose { row: 4, choice: Choice::Through });
    assert_eq!(state.picks.selected, Some("zone/hunchun".parse().expect("an id")));
    let _ = state.apply(Command::Select(Some("zone/manzhouli".parse().expect("an id"))));
    apply(&mut state, TableCommand::Choose { row: 2, choice: Choice::Toggle });
    assert_eq!(open(&state).chosen.iter().copied().collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn the_last_column_stays() {
    let mut state = opened(Kind::Zone);
    let names: Vec<String> = state
        .table_of(&open(&state).of)
        .expect("a table")
        .columns
        .iter()
        .map(|one| one.name.clone())
        .collect();
    for column in names {
        apply(&mut state, TableCommand::SetColumnVisible { column, is_visible: false });
    }
    let table = state.table_of(&open(&state).of).expect("a table");
    assert_eq!(open(&state).columns(table).len(), 1);
}

#[test]
fn columns_move_hide_and_come_back() {
    let mut state = opened(Kind::Zone);
    let names = |state: &State| -> Vec<String> {
        let table = state.table_of(&open(state).of).expect("a table");
        open(state).columns(table).iter().map(|column| column.name.clone()).collect()
    };
    let before = names(&state);
    let column = before[1].clone();
    apply(&mut state, TableCommand::MoveColumn { column: column.clone(), by: -1 });
    assert_eq!(names(&state)[..2], [before[1].clone(), before[0].clone()]);
    apply(&mut state, TableCommand::SetColumnVisible { column, is_visible: false });
    assert_eq!(names(&state)[0], before[0]);
    apply(&mut state, TableCommand::ShowAllColumns);
    assert_eq!(names(&state).len(), before.len());
}

#[test]
fn a_facet_goes_on_to_offer_what_it_has_not_chosen() {
    let mut state = opened(Kind::Zone);
    let values = |state: &State| open(state).facets[0].summary.values.clone();
    let (column, before) = (open(&state).facets[0].column.clone(), values(&state));
    let text = Filter::toggled("", &column, &before[0].0);
    filter(&mut state, Kind::Zone, &text);
    assert_eq!((open(&state).order.len(), values(&state)), (before[0].1, before.clone()));
    let text = Filter::toggled(&text, &column, &before[1].0);
    filter(&mut state, Kind::Zone, &text);
    assert_eq!(open(&state).order.len(), before[0].1 + before[1].1);
}

#[test]
fn what_passes_is_saved_and_what_is_chosen_together_stands_out() {
    let mut state = opened(Kind::Zone);
    filter(&mut state, Kind::Zone, "Yunnan");
    let save = |state: &mut State| {
        let effects = state.apply(Command::Table(TableCommand::Export(OutFormat::Kml)));
        let [Effect::Export { of, rows, format: OutFormat::Kml }] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        (of.clone(), rows.len())
    };
    assert_eq!(save(&mut state), (Subject::Atlas(Kind::Zone), 3));
    assert!(state.chosen().is_empty());
    let rows: Vec<u32> = open(&state).order.iter().copied().take(2).collect();
    apply(&mut state, TableCommand::Choose { row: rows[0], choice: Choice::One });
    apply(&mut state, TableCommand::Choose { row: rows[1], choice: Choice::Toggle });
    assert_eq!(state.chosen().len(), 2);
    assert_eq!(save(&mut state).1, 2, "those alone");
}
