//! Rows of a table and the things that they speak of, found by name, code or key.
//!
//! Invariant: a row is joined only where what it says means one thing; every row that is not is told, with why.

mod fold;
mod keys;

use std::collections::{BTreeMap, HashMap, HashSet};

pub use keys::{CountryTarget, Found, Keys, country_targets};

/// The least share of a column's different values that find something, for it to be guessed.
const LEAST_SHARE: f64 = 0.5;
/// For so many different values the nearest key is looked for.
const MOST_GUESSED: usize = 200;

/// Which row goes to which target, and what is left on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// (row, target), in the order of the rows; each becomes a feature of its own.
    pub pairs: Vec<(usize, usize)>,
    pub unmatched: Vec<Unmatched>,
    /// In their order.
    pub targets_without_row: Vec<usize>,
    /// Targets of which several rows speak, as those of several years do.
    pub several: Vec<Several>,
}

/// A row that goes nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    pub row: usize,
    /// What its key column says.
    pub text: String,
    pub why: Why,
}

/// Why a row goes nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its key column is empty.
    Empty,
    /// Several things are called so.
    Ambiguous,
    /// Nothing is called so; the target of the most similar name, where one is similar.
    Unknown { near: Option<usize> },
}

/// A target of which several rows speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Several {
    pub target: usize,
    /// What the first of the rows calls it.
    pub key: String,
    pub rows: Vec<usize>,
}

/// A column that seems to name the targets of some keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// Which of the keys.
    pub keys: usize,
    pub column: usize,
    /// The share of its different values that find something, 0.5 to 1.
    pub share: f64,
}

/// Joins the values of a key column, row by row.
#[must_use]
pub fn join<'a>(values: impl IntoIterator<Item = &'a str>, keys: &Keys) -> Joined {
    let mut joined = Joined::default();
    let mut rows_of: BTreeMap<usize, (&str, Vec<usize>)> = BTreeMap::new();
    let mut near: HashMap<&str, Option<usize>> = HashMap::new();
    for (row, text) in values.into_iter().enumerate() {
        let why = match keys.find(text) {
            Found::Targets(targets) => {
                for &target in targets {
                    joined.pairs.push((row, target));
                    rows_of.entry(target).or_insert_with(|| (text, Vec::new())).1.push(row);
                }
                continue;
            }
            Found::Ambiguous => Why::Ambiguous,
            Found::Nothing if text.trim().is_empty() => Why::Empty,
            Found::Nothing if near.len() < MOST_GUESSED => {
                Why::Unknown { near: *near.entry(text).or_insert_with(|| keys.nearest(text)) }
            }
            Found::Nothing => Why::Unknown { near: near.get(text).copied().flatten() },
        };
        joined.unmatched.push(Unmatched { row, text: text.to_owned(), why });
    }
    joined.targets_without_row = (0..keys.len()).filter(|target| !rows_of.contains_key(target)).collect();
    let several = rows_of.into_iter().filter(|(_, (_, rows))| rows.len() > 1);
    joined.several =
        several.map(|(target, (key, rows))| Several { target, key: key.to_owned(), rows }).collect();
    joined
}

/// The column that names the targets best.
#[must_use]
pub fn guess(rows: &[Vec<String>], keys: &Keys) -> Option<usize> {
    guess_target(rows, &[keys]).map(|guess| guess.column)
}

/// Which keys the rows are about, and in which column; of equals the first keys, and the leftmost column.
#[must_use]
pub fn guess_target(rows: &[Vec<String>], candidates: &[&Keys]) -> Option<Guess> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let values: Vec<HashSet<&str>> = (0..width).map(|column| different(rows, column)).collect();
    let mut best: Option<(f64, Guess)> = None;
    for (keys, candidate) in candidates.iter().enumerate() {
        for (column, values) in values.iter().enumerate() {
            let Some((score, share)) = score(values, candidate) else { continue };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, Guess { keys, column, share }));
            }
        }
    }
    best.map(|(_, guess)| guess)
}

/// The different values of a column, without empty ones.
fn different(rows: &[Vec<String>], column: usize) -> HashSet<&str> {
    let cells = rows.iter().filter_map(|row| row.get(column));
    cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect()
}

/// How well values name targets, and the share of those that do; `None` where they do not.
fn score(values: &HashSet<&str>, keys: &Keys) -> Option<(f64, f64)> {
    let found = values.iter().filter(|text| matches!(keys.find(text), Found::Targets(_))).count();
    let share = found as f64 / values.len().max(1) as f64;
    // "no" among "yes" and "no" is not Norway.
    let is_enough = found > 1 || (found == 1 && values.len() == 1);
    // Many names of which one is misspelt say more than a few that are all right.
    (is_enough && share >= LEAST_SHARE).then_some((found as f64 * share, share))
}

#[cfg(test)]
mod tests;
