//! Features sorted into classes by one of their properties, for colours and for a legend.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::{Column, OwnLook, RowSet, Values};

/// Values that have a class of their own at most; the rest share one.
pub const MOST_CATEGORIES: usize = 12;
/// Numbers that natural breaks look at: more change nothing that is seen.
const SAMPLE: usize = 1_200;

/// Where the limits of classes of numbers lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Every class is as wide.
    Equal,
    /// Every class has as many features.
    #[default]
    Quantile,
    /// Values in a class lie as close together as can be: Fisher, "On Grouping for Maximum Homogeneity" (1958).
    Natural,
}

static NEXT: AtomicU64 = AtomicU64::new(0);

/// Features by class.
#[derive(Debug)]
pub struct Classes {
    /// No other of this run has it.
    pub id: u64,
    pub list: Vec<Class>,
    /// By row, into the list.
    pub of_row: Vec<u16>,
    /// By class, where features say themselves how they look; empty otherwise.
    pub looks: Vec<OwnLook>,
}

/// What one class holds, and how many features it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub holds: Holds,
    pub count: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Holds {
    Value(String),
    /// From and to, both included; classes share no value.
    Numbers(f64, f64),
    /// The rarer values, so many of them.
    Others(usize),
    /// Features without a value.
    Missing,
}

impl Classes {
    /// A class for each of the most frequent values, one for all others, one for the features without.
    #[must_use]
    pub fn categories(column: &Column, rows: usize) -> Self {
        let (numbers, names) = keyed(column, rows);
        let mut counts = vec![0_usize; names.len()];
        numbers.iter().flatten().for_each(|number| counts[*number as usize] += 1);
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by(|a, b| counts[*b].cmp(&counts[*a]).then_with(|| names[*a].cmp(&names[*b])));
        let shown = if order.len() > MOST_CATEGORIES { MOST_CATEGORIES - 1 } else { order.len() };
        let mut list: Vec<Class> = order[..shown]
            .iter()
            .map(|number| Class { holds: Holds::Value(names[*number].clone()), count: counts[*number] })
            .collect();
        let mut class_of = vec![shown as u16; names.len()];
        order[..shown].iter().zip(0..).for_each(|(number, class)| class_of[*number] = class);
        if shown < order.len() {
            let count = order[shown..].iter().map(|number| counts[*number]).sum();
            list.push(Class { holds: Holds::Others(order.len() - shown), count });
        }
        let classes = numbers.iter().map(|number| number.map(|number| class_of[number as usize]));
        Self::with_missing(list, classes.collect())
    }

    /// `wanted` classes of numbers, or fewer where there are fewer values; `None` where the column has no numbers.
    #[must_use]
    pub fn numbers(column: &Column, rows: usize, (method, wanted): (Method, usize)) -> Option<Self> {
        let values: Vec<Option<f64>> = (0..rows).map(|row| column.number(row)).collect();
        let mut sorted: Vec<f64> =
            values.iter().copied().flatten().filter(|value| value.is_finite()).collect();
        if !column.is_numeric() || sorted.is_empty() {
            return None;
        }
        sorted.sort_unstable_by(f64::total_cmp);
        let starts = starts(&sorted, (method, wanted.max(1)));
        let mut list = Vec::with_capacity(starts.len());
        for (index, &start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(sorted.len());
            list.push(Class { holds: Holds::Numbers(sorted[start], sorted[end - 1]), count: end - start });
        }
        let limits: Vec<f64> = starts.iter().map(|start| sorted[*start]).collect();
        let class = |value: f64| limits.partition_point(|limit| *limit <= value).saturating_sub(1) as u16;
        let classes = values.iter().map(|value| value.filter(|value| value.is_finite()).map(class));
        Some(Self::with_missing(list, classes.collect()))
    }

    /// The class of a row.
    #[must_use]
    pub fn of(&self, row: u32) -> u16 {
        self.of_row.get(row as usize).copied().unwrap_or_default()
    }

    /// The same classes, or one for all, and after them one for the rows that do not pass.
    #[must_use]
    pub fn masked(base: Option<&Self>, passing: &RowSet) -> Self {
        let hidden = base.map_or(1, |base| base.list.len().max(base.looks.len())) as u16;
        let class = |row: usize| match base {
            _ if !passing.contains(row) => hidden,
            Some(base) => base.of(row as u32),
            None => 0,
        };
        Self::with_looks(Vec::new(), (0..passing.rows()).map(class).collect(), Vec::new())
    }

    fn with_missing(mut list: Vec<Class>, classes: Vec<Option<u16>>) -> Self {
        let missing = classes.iter().filter(|class| class.is_none()).count();
        let without = list.len() as u16;
        if missing > 0 {
            list.push(Class { holds: Holds::Missing, count: missing });
        }
        let of_row = classes.into_iter().map(|class| class.unwrap_or(without)).collect();
        Self::with_looks(list, of_row, Vec::new())
    }

    pub(super) fn with_looks(list: Vec<Class>, of_row: Vec<u16>, looks: Vec<OwnLook>) -> Self {
        Self { id: NEXT.fetch_add(1, Ordering::Relaxed), list, of_row, looks }
    }
}

/// By row the number of its value, and the values by number.
fn keyed(column: &Column, rows: usize) -> (Vec<Option<u32>>, Vec<String>) {
    if let Values::Text(texts) | Values::Date(texts, _) | Values::Json(texts) = &column.values {
        let numbers = texts.of_row.iter().map(|number| texts.words.get(*number).map(|_| *number));
        return (numbers.collect(), texts.words.iter().map(str::to_owned).collect());
    }
    let mut known: HashMap<u64, u32> = HashMap::new();
    let mut names = Vec::new();
    let numbers = (0..rows).map(|row| {
        let bits = match &column.values {
            Values::Integer(values) => values[row].cast_unsigned(),
            Values::Real(values) => values[row].to_bits(),
            Values::Bool(values) => u64::from(values[row]),
            _ => return None,
        };
        let text = column.text(row)?;
        Some(*known.entry(bits).or_insert_with(|| {
            names.push(text.into_owned());
            names.len() as u32 - 1
        }))
    });
    (numbers.collect(), names)
}

/// Where each class begins in the sorted numbers; equal numbers are never parted.
fn starts(sorted: &[f64], (method, wanted): (Method, usize)) -> Vec<usize> {
    let count = sorted.len();
    let raw: Vec<usize> = match method {
        Method::Quantile => (0..wanted).map(|class| class * count / wanted).collect(),
        Method::Equal => {
            let (low, high) = (sorted[0], sorted[count - 1]);
            let limit = |class: usize| low + (high - low) * class as f64 / wanted as f64;
            (0..wanted).map(|class| sorted.partition_point(|value| *value < limit(class))).collect()
        }
        Method::Natural => {
            let step = count.div_ceil(SAMPLE);
            let sample: Vec<f64> = sorted.iter().copied().step_by(step).collect();
            natural(&sample, wanted).into_iter().map(|start| start * step).collect()
        }
    };
    // A class begins with the first of equal numbers: with those that stand here, or with the next ones where
    // these belong to the class before.
    let mut starts = vec![0];
    for at in raw.into_iter().filter(|at| *at < count) {
        let first = sorted.partition_point(|value| *value < sorted[at]);
        let last = starts[starts.len() - 1];
        let start = if first > last { first } else { sorted.partition_point(|value| *value <= sorted[at]) };
        if start < count && (first > last || first < at) && start > last {
            starts.push(start);
        }
    }
    starts
}

/// Where the classes begin whose values stray least from their means, by Fisher's dynamic programming.
fn natural(sorted: &[f64], wanted: usize) -> Vec<usize> {
    let count = sorted.len();
    let mut sums = vec![(0.0, 0.0)];
    for value in sorted {
        let (sum, squares) = sums[sums.len() - 1];
        sums.push((sum + value, squares + value * value));
    }
    let stray = |start: usize, end: usize| {
        let (sum, squares) = (sums[end].0 - sums[start].0, sums[end].1 - sums[start].1);
        (squares - sum * sum / (end - start) as f64).max(0.0)
    };
    let wanted = wanted.min(count);
    // By number of classes: the least stray of the first so many values, and where their last class begins.
    let mut least: Vec<f64> = (0..=count).map(|end| if end == 0 { 0.0 } else { stray(0, end) }).collect();
    let mut begins: Vec<Vec<usize>> = vec![vec![0; count + 1]];
    for classes in 2..=wanted {
        let mut next = vec![f64::INFINITY; count + 1];
        let mut begin = vec![0; count + 1];
        for end in classes..=count {
            for (start, least) in least.iter().enumerate().take(end).skip(classes - 1) {
                let total = least + stray(start, end);
                if total < next[end] {
                    (next[end], begin[end]) = (total, start);
                }
            }
        }
        least = next;
        begins.push(begin);
    }
    let mut starts = Vec::new();
    let mut end = count;
    for begin in begins.iter().rev() {
        end = begin[end];
        starts.push(end);
    }
    starts.reverse();
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Cell, Table, TableBuilder};

    fn table(cells: &[Option<Cell<'_>>]) -> Table {
        let mut builder = TableBuilder::default();
        for cell in cells {
            builder.row();
            if let Some(cell) = cell {
                builder.set("of", *cell);
            }
        }
        builder.finish()
    }

    fn counts(classes: &Classes) -> Vec<usize> {
        let counted: Vec<usize> = (0..classes.list.len())
            .map(|class| classes.of_row.iter().filter(|of| usize::from(**of) == class).count())
            .collect();
        assert_eq!(counted, classes.list.iter().map(|class| class.count).collect::<Vec<_>>());
        counted
    }

    fn integers(values: &[i64]) -> Table {
        table(&values.iter().map(|value| Some(Cell::Integer(*value))).collect::<Vec<_>>())
    }

    #[test]
    fn the_most_frequent_values_come_first() {
        let text = |text| Some(Cell::Text(text));
        let table = table(&[text("road"), text("rail"), None, text("rail"), text("port")]);
        let classes = Classes::categories(&table.columns[0], table.rows());
        let value = |text: &str| Holds::Value(text.to_owned());
        let held: Vec<Holds> = classes.list.iter().map(|class| class.holds.clone()).collect();
        assert_eq!(held, [value("rail"), value("port"), value("road"), Holds::Missing]);
        assert_eq!(counts(&classes), [2, 1, 1, 1]);
        assert_eq!(classes.of_row, [2, 0, 3, 0, 1]);
    }

    #[test]
    fn rare_values_share_a_class() {
        let values: Vec<i64> = (0..40).chain([3, 3]).collect();
        let classes = Classes::categories(&integers(&values).columns[0], values.len());
        assert_eq!(classes.list.len(), MOST_CATEGORIES);
        assert_eq!(classes.list[0], Class { holds: Holds::Value("3".into()), count: 3 });
        assert_eq!(classes.list[MOST_CATEGORIES - 1].holds, Holds::Others(40 - (MOST_CATEGORIES - 1)));
        counts(&classes);
    }

    #[test]
    fn numbers_are_parted_as_the_method_says() {
        let values = [1, 2, 3, 4, 5, 6, 7, 100, 101, 200];
        let table = integers(&values);
        let of = |method| counts(&Classes::numbers(&table.columns[0], 10, (method, 3)).expect("numbers"));
        assert_eq!(of(Method::Equal), [7, 2, 1]);
        assert_eq!(of(Method::Quantile), [3, 3, 4]);
        assert_eq!(of(Method::Natural), [7, 2, 1]);
    }

    #[test]
    fn equal_numbers_stay_together_and_few_make_few_classes() {
        let table = integers(&[5, 5, 5, 5, 5, 9]);
        for method in [Method::Equal, Method::Quantile, Method::Natural] {
            let classes = Classes::numbers(&table.columns[0], 6, (method, 4)).expect("numbers");
            assert_eq!(counts(&classes), [5, 1], "{method:?}");
        }
    }
}
