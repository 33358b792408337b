//! Which rows of a table a filter lets through. What has no value passes no comparison.

use super::{Filter, FilterError, FilterErrorKind, Named, Node, Operator, Value};
use crate::data::date::{instant, year_of};
use crate::data::{Column, RowSet, Table, Texts, Values};

impl Filter {
    /// The rows that pass; texts compare without regard to case, dates by when they are.
    ///
    /// # Errors
    /// Names the first column that the table has not.
    pub fn rows(&self, table: &Table) -> Result<RowSet, FilterError> {
        apply(&self.root, table)
    }
}

fn apply(node: &Node, table: &Table) -> Result<RowSet, FilterError> {
    match node {
        Node::All(nodes) => {
            nodes.iter().try_fold(RowSet::all(table.rows()), |set, node| Ok(set.and(&apply(node, table)?)))
        }
        Node::Any(nodes) => nodes
            .iter()
            .try_fold(RowSet::of(table.rows(), |_| false), |set, node| Ok(set.or(&apply(node, table)?))),
        Node::Not(node) => apply(node, table).map(RowSet::complement),
        Node::Missing(named) => {
            let column = column(table, named)?;
            Ok(RowSet::of(table.rows(), |row| column.is_missing(row)))
        }
        Node::Compare(named, operator, value) => {
            Ok(compare(column(table, named)?, *operator, value, table.rows()))
        }
        Node::OneOf(named, values) => {
            let column = column(table, named)?;
            let one = |value| compare(column, Operator::Equal, value, table.rows());
            Ok(values.iter().map(one).fold(RowSet::of(table.rows(), |_| false), |set, one| set.or(&one)))
        }
        Node::Anywhere(text) => {
            let wanted = Value::Text(text.clone());
            let one = |column| compare(column, Operator::Contains, &wanted, table.rows());
            Ok(table
                .columns
                .iter()
                .map(one)
                .fold(RowSet::of(table.rows(), |_| false), |set, one| set.or(&one)))
        }
    }
}

fn column<'a>(table: &'a Table, named: &Named) -> Result<&'a Column, FilterError> {
    let found =
        table.column(&named.name).or_else(|| table.columns.iter().find(|column| named.is(&column.name)));
    found.ok_or_else(|| FilterError { at: named.at.clone(), kind: FilterErrorKind::UnknownColumn })
}

fn compare(column: &Column, operator: Operator, value: &Value, rows: usize) -> RowSet {
    match (&column.values, value) {
        (Values::Integer(_) | Values::Real(_), Value::Number(wanted)) if !operator.is_of_texts() => {
            RowSet::of(rows, |row| column.number(row).is_some_and(|own| operator.holds(&own, wanted)))
        }
        (Values::Bool(own), Value::Bool(wanted)) => {
            let wanted = u8::from(*wanted);
            RowSet::of(rows, |row| own[row] != Values::NO_BOOL && operator.holds(&own[row], &wanted))
        }
        (Values::Date(texts, instants), _) if !operator.is_of_texts() => {
            dates(texts, instants, (operator, value), rows)
        }
        (Values::Text(texts) | Values::Date(texts, _) | Values::Json(texts), _) => {
            let wanted = Wanted::new(value);
            by_word(texts, rows, |_, word| wanted.holds(operator, word))
        }
        // The columns of numbers that are asked for texts: as they are written.
        _ => {
            let wanted = Wanted::new(value);
            RowSet::of(rows, |row| column.text(row).is_some_and(|text| wanted.holds(operator, &text)))
        }
    }
}

/// Each text is looked at once, however many rows have it.
fn by_word(texts: &Texts, rows: usize, holds: impl Fn(u32, &str) -> bool) -> RowSet {
    let passes: Vec<bool> = texts.words.iter().zip(0..).map(|(word, number)| holds(number, word)).collect();
    RowSet::of(rows, |row| {
        texts.of_row.get(row).is_some_and(|&word| passes.get(word as usize) == Some(&true))
    })
}

/// A number is a year, a text a day or its begin.
fn dates(texts: &Texts, instants: &[i64], (operator, value): (Operator, &Value), rows: usize) -> RowSet {
    let day = match value {
        Value::Text(text) => instant(text),
        _ => None,
    };
    by_word(texts, rows, |number, word| match (value, day) {
        (Value::Number(year), _) => year_of(word).is_some_and(|own| operator.holds(&own, year)),
        (_, Some(day)) => instants.get(number as usize).is_some_and(|instant| operator.holds(instant, &day)),
        _ => Wanted::new(value).holds(operator, word),
    })
}

/// A value to compare texts with.
struct Wanted {
    folded: String,
    number: Option<f64>,
}

impl Wanted {
    fn new(value: &Value) -> Self {
        match value {
            Value::Number(number) => Self { folded: number.to_string(), number: Some(*number) },
            Value::Text(text) => Self { folded: text.to_lowercase(), number: None },
            Value::Bool(value) => Self { folded: value.to_string(), number: None },
        }
    }

    fn holds(&self, operator: Operator, text: &str) -> bool {
        // A column of texts may hold numbers among them.
        if let (Some(wanted), false, Some(own)) = (self.number, operator.is_of_texts(), finite(text)) {
            return operator.holds(&own, &wanted);
        }
        let is_order = !operator.is_of_texts() && !matches!(operator, Operator::Equal | Operator::NotEqual);
        // `none` is not above 60.
        if self.number.is_some() && is_order {
            return false;
        }
        let text = text.to_lowercase();
        match operator {
            Operator::Contains => text.contains(&self.folded),
            Operator::StartsWith => text.starts_with(&self.folded),
            Operator::EndsWith => text.ends_with(&self.folded),
            _ => operator.holds(text.as_str(), self.folded.as_str()),
        }
    }
}

/// A text as a number; `inf` and `nan` are words.
fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

impl Operator {
    fn is_of_texts(self) -> bool {
        matches!(self, Self::Contains | Self::StartsWith | Self::EndsWith)
    }

    fn holds<T: PartialOrd + ?Sized>(self, own: &T, wanted: &T) -> bool {
        match self {
            Self::Equal => own == wanted,
            Self::NotEqual => own != wanted,
            Self::Less => own < wanted,
            Self::LessOrEqual => own <= wanted,
            Self::Greater => own > wanted,
            Self::GreaterOrEqual => own >= wanted,
            Self::Contains | Self::StartsWith | Self::EndsWith => false,
        }
    }
}
