//! Rows of a table in the order of a column.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Column, RowSet, Texts, Values};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    Rising,
    Falling,
}

/// The rows of a set by what a column says, equal ones as they are in the file; those without a value come last
/// in either direction. Texts that hold digits sort by the numbers: `leg 9` before `leg 10`.
#[must_use]
pub fn order(rows: &RowSet, by: Option<(&Column, Direction)>) -> Vec<u32> {
    let mut ordered: Vec<u32> = rows.iter().map(|row| row as u32).collect();
    let Some((column, direction)) = by else { return ordered };
    match &column.values {
        Values::Empty => {}
        Values::Integer(values) => {
            let key = |row: u32| Some(values[row as usize]).filter(|value| *value != Values::NO_INTEGER);
            sort(&mut ordered, direction, key, i64::cmp);
        }
        Values::Real(values) => {
            let key = |row: u32| Some(values[row as usize]).filter(|value| !value.is_nan());
            sort(&mut ordered, direction, key, f64::total_cmp);
        }
        Values::Bool(values) => {
            let key = |row: u32| Some(values[row as usize]).filter(|value| *value != Values::NO_BOOL);
            sort(&mut ordered, direction, key, u8::cmp);
        }
        Values::Date(texts, instants) => {
            let key = |row: u32| instants.get(texts.of_row[row as usize] as usize).copied();
            sort(&mut ordered, direction, key, i64::cmp);
        }
        Values::Text(texts) | Values::Json(texts) => {
            let ranks = ranks(texts);
            let key = |row: u32| ranks.get(texts.of_row[row as usize] as usize).copied();
            sort(&mut ordered, direction, key, u32::cmp);
        }
    }
    ordered
}

fn sort<K: Copy>(
    rows: &mut [u32],
    direction: Direction,
    key: impl Fn(u32) -> Option<K>,
    compare: fn(&K, &K) -> Ordering,
) {
    rows.sort_by(|&a, &b| match (key(a), key(b)) {
        (Some(a), Some(b)) if direction == Direction::Rising => compare(&a, &b),
        (Some(a), Some(b)) => compare(&b, &a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
}

/// By the number of a word its place among all words: each is compared once, however many rows have it.
fn ranks(texts: &Texts) -> Vec<u32> {
    let words: Vec<String> = texts.words.iter().map(str::to_lowercase).collect();
    let mut sorted: Vec<u32> = (0..words.len() as u32).collect();
    sorted.sort_by(|&a, &b| natural(&words[a as usize], &words[b as usize]));
    let mut ranks = vec![0; words.len()];
    let mut rank = 0;
    for (place, &word) in sorted.iter().enumerate() {
        // Words that differ in case alone keep the order of the file.
        if place > 0 && words[sorted[place - 1] as usize] != words[word as usize] {
            rank += 1;
        }
        ranks[word as usize] = rank;
    }
    ranks
}

/// Runs of digits compare as numbers, everything else letter by letter.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([], []) => return Ordering::Equal,
            ([], _) => return Ordering::Less,
            (_, []) => return Ordering::Greater,
            _ => {}
        }
        if a[0].is_ascii_digit() && b[0].is_ascii_digit() {
            let (own, rest_a) = digits(a);
            let (other, rest_b) = digits(b);
            let order = own.len().cmp(&other.len()).then_with(|| own.cmp(other));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (rest_a, rest_b);
        } else if a[0] == b[0] {
            (a, b) = (&a[1..], &b[1..]);
        } else {
            return a[0].cmp(&b[0]);
        }
    }
}

/// The digits at the begin without the zeros before them, and what follows.
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let start = text[..end].iter().position(|byte| *byte != b'0').unwrap_or(end);
    (&text[start..end], &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Cell, TableBuilder};

    fn sorted(cells: &[Option<Cell<'_>>], direction: Direction) -> Vec<u32> {
        let mut builder = TableBuilder::default();
        for cell in cells {
            builder.row();
            if let Some(cell) = cell {
                builder.set("a", *cell);
            }
        }
        let table = builder.finish();
        order(&RowSet::all(table.rows()), table.columns.first().map(|column| (column, direction)))
    }

    #[test]
    fn missing_values_are_last_both_ways_and_equals_stay() {
        let numbers = [Some(Cell::Integer(5)), None, Some(Cell::Integer(-2)), Some(Cell::Integer(5))];
        assert_eq!(sorted(&numbers, Direction::Rising), [2, 0, 3, 1]);
        assert_eq!(sorted(&numbers, Direction::Falling), [0, 3, 2, 1]);
        let reals = [Some(Cell::Real(0.5)), Some(Cell::Real(-3.0)), None];
        assert_eq!(sorted(&reals, Direction::Falling), [0, 1, 2]);
    }

    #[test]
    fn texts_sort_by_their_numbers_and_without_case() {
        let texts =
            ["leg 10", "Leg 9", "leg 9", "leg 009b", "Alma", "霍尔果斯"].map(|text| Some(Cell::Text(text)));
        assert_eq!(sorted(&texts, Direction::Rising), [4, 1, 2, 3, 0, 5]);
        let dates = ["2013/09/07", "2004-01-01", "2013-09-06T23:59:59Z"].map(|text| Some(Cell::Text(text)));
        assert_eq!(sorted(&dates, Direction::Rising), [1, 2, 0]);
    }
}
