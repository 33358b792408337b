//! Finds things by name in any language, by pinyin with or without tones, by a fact's words, by coordinates.
//!
//! Invariant: the index is built once and never changes; a search depends on its query alone.

mod coordinates;
mod index;

use std::sync::Arc;

use crate::atlas::{Id, Kind};
use crate::catalog::Catalog;
use crate::geo::{LonLat, WorldBounds};

pub use coordinates::parse_coordinates;
pub use index::{Hit, Index, MatchKind, nearest};

/// Results shown at most.
const MOST_RESULTS: usize = 40;
/// A place found by its coordinates is shown with so many degrees around it.
const AROUND_DEGREES: f64 = 0.25;

/// The search box: what is typed, what was found, which result is marked.
#[derive(Clone, Debug)]
pub struct Search {
    pub is_open: bool,
    query: String,
    results: Vec<Found>,
    highlighted: usize,
    index: Arc<Index>,
}

/// One result.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// `None` for a bare position.
    pub id: Option<Id>,
    /// The name, key or fact that matched, as it is written.
    pub matched: String,
    /// Bytes of `matched` to mark.
    pub marked: std::ops::Range<usize>,
    pub is_fact: bool,
    /// Higher is better; 1000 is the whole name.
    pub score: u32,
    pub position: Option<LonLat>,
    pub bounds: Option<WorldBounds>,
}

impl Found {
    /// Results of one group stand together: facts, or things of one kind.
    #[must_use]
    pub fn group(&self) -> (bool, Option<Kind>) {
        (self.is_fact, self.id.as_ref().map(|id| id.kind).filter(|_| !self.is_fact))
    }
}

impl Search {
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let index = Arc::new(Index::new(catalog));
        Self { is_open: false, query: String::new(), results: Vec::new(), highlighted: 0, index }
    }

    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    #[must_use]
    pub fn results(&self) -> &[Found] {
        &self.results
    }

    /// Which result Enter takes.
    #[must_use]
    pub fn highlighted(&self) -> usize {
        self.highlighted
    }

    pub fn set_query(&mut self, query: String, catalog: &Catalog) {
        self.results = grouped(find(&self.index, catalog, &query, MOST_RESULTS));
        self.query = query;
        self.highlighted = 0;
        self.is_open = true;
    }

    /// Up (`-1`) or down (`1`) the results, stopping at the ends.
    pub fn move_highlight(&mut self, by: isize) {
        let last = self.results.len().saturating_sub(1);
        self.highlighted = self.highlighted.saturating_add_signed(by).min(last);
    }

    /// Closes the box and forgets what was typed.
    pub fn close(&mut self) {
        self.is_open = false;
        self.query.clear();
        self.results.clear();
        self.highlighted = 0;
    }
}

/// Groups in the order of their best results, facts last; within a group the order stays.
fn grouped(found: Vec<Found>) -> Vec<Found> {
    let mut groups: Vec<(bool, Option<Kind>)> = Vec::new();
    for one in &found {
        if !groups.contains(&one.group()) {
            groups.push(one.group());
        }
    }
    groups.sort_by_key(|(is_fact, _)| *is_fact);
    let place = |one: &Found| groups.iter().position(|group| *group == one.group());
    let mut found = found;
    found.sort_by_key(place);
    found
}

/// What `query` finds, best first, `limit` at most.
#[must_use]
pub fn find(index: &Index, catalog: &Catalog, query: &str, limit: usize) -> Vec<Found> {
    let positions = parse_coordinates(query).into_iter().map(|place| at(place, query));
    let named = index.find(query, limit).into_iter().map(|hit| Found {
        bounds: catalog.bounds(&hit.id),
        position: None,
        is_fact: hit.kind == MatchKind::Fact,
        id: Some(hit.id),
        matched: hit.matched,
        marked: hit.marked,
        score: hit.score,
    });
    positions.chain(named).take(limit).collect()
}

fn at(place: LonLat, query: &str) -> Found {
    let lats = [-1.0, 1.0].map(|sign| (place.lat + sign * AROUND_DEGREES).clamp(-90.0, 90.0));
    let lons = [-1.0, 1.0].map(|sign| (place.lon + sign * AROUND_DEGREES).clamp(-180.0, 180.0));
    Found {
        id: None,
        matched: query.trim().to_owned(),
        marked: 0..0,
        is_fact: false,
        score: 1000,
        position: Some(place),
        bounds: Some(WorldBounds::of_degrees([lons[0], lats[0], lons[1], lats[1]])),
    }
}
