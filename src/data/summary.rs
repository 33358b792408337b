//! What a column holds, over some of its rows: how many, between which values, how spread.

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

use super::date::year_of;
use super::{Column, RowSet, Texts, Values};

/// The most bars of a histogram.
const BARS: usize = 16;
/// Values that are counted one by one.
const MOST_VALUES: usize = 60;

/// A column over a set of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Rows with a value.
    pub count: usize,
    pub missing: usize,
    /// Values that differ.
    pub distinct: usize,
    /// The most frequent values and how many rows have each, most first; empty where all are numbers.
    pub values: Vec<(String, usize)>,
    /// Of numbers, and of the years of dates.
    pub histogram: Option<Histogram>,
}

/// How numbers, or the years of dates, spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    pub min: f64,
    pub max: f64,
    pub mean: f64,
    /// From one bar to the next; whole where all numbers are.
    pub step: f64,
    /// Rows in each step from `min` on; the last holds `max` too.
    pub bars: Vec<usize>,
    is_whole: bool,
}

impl Histogram {
    /// The least and the greatest value of some bars that follow each other.
    #[must_use]
    pub fn span(&self, bars: RangeInclusive<usize>) -> (f64, f64) {
        let least = self.min + *bars.start() as f64 * self.step;
        let next = self.min + (bars.end() + 1) as f64 * self.step;
        // By rounding the last step may end before the greatest.
        let is_last = *bars.end() + 1 >= self.bars.len();
        (
            least,
            if is_last {
                self.max
            } else if self.is_whole {
                next - 1.0
            } else {
                next
            },
        )
    }
}

/// Counts a column over `rows`, its different numbers too.
#[must_use]
pub fn summary(column: &Column, rows: &RowSet) -> Summary {
    let outline = outline(column, rows);
    if !column.is_numeric() {
        return outline;
    }
    let is_whole = matches!(&column.values, Values::Integer(_));
    let spread = || rows.iter().filter_map(|row| column.number(row));
    let histogram = outline.histogram.clone().or_else(|| histogram(spread, outline.count, is_whole));
    let numbers = rows.iter().filter_map(|row| column.number(row));
    let distinct: HashSet<u64> = numbers.map(f64::to_bits).collect();
    Summary { distinct: distinct.len(), histogram, ..outline }
}

/// Counts a column over `rows`; how many numbers differ is left out.
#[must_use]
pub fn outline(column: &Column, rows: &RowSet) -> Summary {
    let with_value = || rows.iter().filter(|row| !column.is_missing(*row));
    let count = with_value().count();
    let base = Summary { count, missing: rows.count() - count, ..Summary::default() };
    match &column.values {
        Values::Empty => base,
        Values::Integer(_) if column.is_category() => {
            let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
            rows.iter().filter_map(|row| column.number(row)).for_each(|number| {
                *counts.entry(number as i64).or_default() += 1;
            });
            counted(base, counts.into_iter().map(|(number, count)| (number.to_string(), count)))
        }
        Values::Integer(_) | Values::Real(_) => {
            let is_whole = matches!(&column.values, Values::Integer(_));
            let numbers = || rows.iter().filter_map(|row| column.number(row));
            Summary { histogram: histogram(numbers, count, is_whole), ..base }
        }
        Values::Bool(own) => {
            let of = |wanted: u8| with_value().filter(|row| own[*row] == wanted).count();
            counted(base, [("true".to_owned(), of(1)), ("false".to_owned(), of(0))])
        }
        Values::Text(texts) | Values::Json(texts) => by_word(base, texts, with_value()),
        Values::Date(texts, _) => {
            let years: Vec<Option<f64>> = texts.words.iter().map(year_of).collect();
            let year = |row: usize| years.get(*texts.of_row.get(row)? as usize).copied().flatten();
            let numbers = || rows.iter().filter_map(year);
            let histogram = histogram(numbers, numbers().count(), true);
            Summary { histogram, ..by_word(base, texts, with_value()) }
        }
    }
}

/// Each word with how many of the rows have it.
fn by_word(base: Summary, texts: &Texts, rows: impl Iterator<Item = usize>) -> Summary {
    let mut counts = vec![0usize; texts.words.len()];
    for row in rows {
        counts[texts.of_row[row] as usize] += 1;
    }
    let mut used: Vec<(usize, u32)> = counts.into_iter().zip(0..).filter(|(count, _)| *count > 0).collect();
    let distinct = used.len();
    used.sort_by_key(|(count, word)| (std::cmp::Reverse(*count), *word));
    used.truncate(MOST_VALUES);
    let named = |(count, word): (usize, u32)| (texts.words.get(word).unwrap_or_default().to_owned(), count);
    Summary { distinct, values: used.into_iter().map(named).collect(), ..base }
}

fn counted(base: Summary, values: impl IntoIterator<Item = (String, usize)>) -> Summary {
    let mut values: Vec<_> = values.into_iter().filter(|(_, count)| *count > 0).collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Summary { distinct: values.len(), values, ..base }
}

fn histogram<I: Iterator<Item = f64>>(
    numbers: impl Fn() -> I,
    count: usize,
    is_whole: bool,
) -> Option<Histogram> {
    let min = numbers().fold(f64::INFINITY, f64::min);
    let max = numbers().fold(f64::NEG_INFINITY, f64::max);
    if count == 0 || !min.is_finite() || !max.is_finite() {
        return None;
    }
    // The mean of the distances from one value: the sum of many large numbers would lose the small ones.
    let mean = min + numbers().map(|number| (number - min) / count as f64).sum::<f64>();
    let (step, bars) = if is_whole {
        let step = ((max - min + 1.0) / BARS as f64).ceil();
        (step, ((max - min + 1.0) / step).ceil() as usize)
    } else if max > min {
        ((max - min) / BARS as f64, BARS)
    } else {
        (0.0, 1)
    };
    let mut bars = vec![0; bars];
    let last = bars.len() - 1;
    for number in numbers() {
        let bar = if step > 0.0 { ((number - min) / step) as usize } else { 0 };
        bars[bar.min(last)] += 1;
    }
    Some(Histogram { min, max, mean, step, bars, is_whole })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Cell, TableBuilder};

    #[test]
    fn numbers_are_spread_and_texts_counted() {
        let mut builder = TableBuilder::default();
        for row in 0..100 {
            builder.row();
            if row != 7 {
                builder.set("n", Cell::Integer(row));
            }
            builder.set(
                "t",
                Cell::Text(["rail", "road", "port"][usize::from(row % 4 > 1) + usize::from(row == 50)]),
            );
            builder.set("b", Cell::Bool(row < 30));
        }
        let table = builder.finish();
        let all = RowSet::all(100);
        let numbers = summary(table.column("n").expect("n"), &all);
        let spread = numbers.histogram.expect("numbers");
        assert_eq!((numbers.count, numbers.missing, numbers.distinct), (99, 1, 99));
        assert_eq!((spread.min, spread.max), (0.0, 99.0));
        assert!((spread.mean - (4950.0 - 7.0) / 99.0).abs() < 1e-9);
        assert_eq!(spread.bars.iter().sum::<usize>(), 99);
        // Steps of 7: the last bar, of 98 and 99, is short.
        assert_eq!((spread.step, spread.bars.len(), spread.bars[14]), (7.0, 15, 2));
        assert_eq!((spread.span(0..=0), spread.span(13..=14)), ((0.0, 6.0), (91.0, 99.0)));
        let texts = summary(table.column("t").expect("t"), &all);
        assert_eq!(texts.values[..2], [("rail".to_owned(), 50), ("road".to_owned(), 49)]);
        let half = RowSet::of(100, |row| row >= 20);
        let bools = summary(table.column("b").expect("b"), &half);
        assert_eq!(bools.values, [("false".to_owned(), 70), ("true".to_owned(), 10)]);
    }

    #[test]
    fn the_last_bar_ends_at_the_greatest_number_whatever_the_steps_add_up_to() {
        let mut builder = TableBuilder::default();
        for number in [0.2, 0.5, 0.9] {
            builder.row();
            builder.set("n", Cell::Real(number));
        }
        let table = builder.finish();
        let spread = summary(&table.columns[0], &RowSet::all(3)).histogram.expect("numbers");
        assert_eq!(spread.span(15..=15).1, 0.9);
    }

    #[test]
    fn equal_numbers_are_one_bar_and_none_are_none() {
        let mut builder = TableBuilder::default();
        for _ in 0..3 {
            builder.row();
            builder.set("n", Cell::Real(1e300));
        }
        let table = builder.finish();
        let of = |rows: &RowSet| summary(&table.columns[0], rows).histogram;
        assert_eq!(of(&RowSet::all(3)).expect("numbers").bars, [3]);
        assert_eq!(of(&RowSet::of(3, |_| false)), None);
    }
}
