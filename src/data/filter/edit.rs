//! A filter changed by a press: the values or the span of one column, whatever else it says.

use std::ops::Range;

use super::token::{Token, Tokens};
use super::{Filter, FilterError, Node, Operator, Value, parse, written_name};

/// What joins conditions that must all hold.
const AND: &str = " and ";

/// One of the conditions that must all hold, and where it stands.
struct Part {
    at: Range<usize>,
    node: Node,
    /// Whether `or` joins it without brackets around it.
    is_open: bool,
}

impl Filter {
    /// The filter with one value of a column more, or without it where it was among them. A text that makes no
    /// sense gives way.
    #[must_use]
    pub fn toggled(text: &str, column: &str, value: &str) -> String {
        let own = |node: &Node| node.values_of(column).is_some();
        let mut values = Self::values(text, column);
        let before = values.len();
        // As the filter compares, without regard to case.
        values.retain(|other| other.to_lowercase() != value.to_lowercase());
        if values.len() == before {
            values.push(value.to_owned());
        }
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        replaced(text, own, (!values.is_empty()).then(|| Self::written(column, &values)))
    }

    /// The filter with the values of a column from `min` to `max`, both included, or without such a span.
    #[must_use]
    pub fn spanned(text: &str, column: &str, span: Option<(f64, f64)>) -> String {
        let own = |node: &Node| node.limit_of(column).is_some();
        let name = written_name(column);
        replaced(text, own, span.map(|(min, max)| format!("{name} >= {min}{AND}{name} <= {max}")))
    }

    /// The values of a column of which one is asked for.
    #[must_use]
    pub fn values(text: &str, column: &str) -> Vec<String> {
        let parts = parts(text).unwrap_or_default();
        parts.iter().find_map(|part| part.node.values_of(column)).unwrap_or_default()
    }

    /// The least and the greatest value of a column that are asked for, where either is.
    #[must_use]
    pub fn span(text: &str, column: &str) -> Option<(f64, f64)> {
        let limits = parts(text).ok()?.into_iter().filter_map(|part| part.node.limit_of(column));
        limits.fold(None, |span, (operator, limit)| {
            let (min, max) = span.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            let is_least = matches!(operator, Operator::Greater | Operator::GreaterOrEqual);
            Some(if is_least { (min.max(limit), max) } else { (min, max.min(limit)) })
        })
    }

    /// The same without what it asks of one column alone; `None` where that was all.
    #[must_use]
    pub fn without(text: &str, column: &str) -> Option<Self> {
        let is_other = |node: &Node| node.values_of(column).is_none() && node.limit_of(column).is_none();
        let others: Vec<Node> =
            parts(text).ok()?.into_iter().map(|part| part.node).filter(is_other).collect();
        (!others.is_empty()).then_some(Self { root: Node::All(others) })
    }
}

impl Node {
    fn values_of(&self, column: &str) -> Option<Vec<String>> {
        match self {
            Self::Compare(named, Operator::Equal, value) if named.is(column) => Some(vec![value.plain()]),
            Self::OneOf(named, values) if named.is(column) => Some(values.iter().map(Value::plain).collect()),
            _ => None,
        }
    }

    fn limit_of(&self, column: &str) -> Option<(Operator, f64)> {
        use Operator::{Greater, GreaterOrEqual, Less, LessOrEqual};
        match self {
            Self::Compare(
                named,
                operator @ (Greater | GreaterOrEqual | Less | LessOrEqual),
                Value::Number(limit),
            ) if named.is(column) => Some((*operator, *limit)),
            _ => None,
        }
    }
}

impl Value {
    fn plain(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bool(value) => value.to_string(),
        }
    }
}

/// The conditions that must all hold, as they stand in the text; one where it is `or` that joins them.
fn parts(text: &str) -> Result<Vec<Part>, FilterError> {
    let (mut tokens, mut depth) = (Tokens::new(text), 0_usize);
    let (mut ranges, mut start, mut end) = (Vec::new(), 0, 0);
    let mut has_or = false;
    loop {
        let (token, at) = tokens.next()?;
        match token {
            Token::End => break,
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Word(word) if depth == 0 && word.eq_ignore_ascii_case("and") => {
                ranges.push(start..end);
                start = at.end;
            }
            Token::Word(word) if depth == 0 && word.eq_ignore_ascii_case("or") => has_or = true,
            _ => {}
        }
        end = at.end;
    }
    ranges.push(start..end);
    if has_or {
        ranges.clear();
        ranges.push(0..end);
    }
    let part =
        |at: Range<usize>| parse::parse(&text[at.clone()]).map(|node| Part { at, node, is_open: has_or });
    ranges.into_iter().filter(|at| !text[at.clone()].trim().is_empty()).map(part).collect()
}

/// The text with `condition` in place of the parts that are its own, or after the others.
fn replaced(text: &str, is_own: impl Fn(&Node) -> bool, condition: Option<String>) -> String {
    let mut condition = condition;
    let mut written = Vec::new();
    for Part { at, node, is_open } in parts(text).unwrap_or_default() {
        let kept = text[at].trim();
        if is_own(&node) {
            written.extend(condition.take());
        } else if is_open {
            // Brackets keep together what `or` joins.
            written.push(format!("({kept})"));
        } else {
            written.push(kept.to_owned());
        }
    }
    written.extend(condition);
    match written.as_slice() {
        // Alone it needs none.
        [only] => only
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'))
            .filter(|inner| parse::parse(inner).is_ok())
            .unwrap_or(only)
            .to_owned(),
        several => several.join(AND),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_column_are_switched_on_and_off_where_they_stand() {
        let press = |text: &str, value: &str| Filter::toggled(text, "a", value);
        assert_eq!(press("", "x"), "a = \"x\"");
        assert_eq!(press("a = \"x\"", "y"), "a in (\"x\", \"y\")");
        assert_eq!(press("a in ('x', \"y\")", "x"), "a = \"y\"");
        assert_eq!(press("a = \"y\"", "y"), "");
        assert_eq!(press("a = port", "Port"), "");
        assert_eq!(press("b > 1 and A = x and c = 2", "x"), "b > 1 and c = 2");
        assert_eq!(
            press("b > 1 and a = x and c = 2", "z and y"),
            "b > 1 and a in (\"x\", \"z and y\") and c = 2"
        );
        assert_eq!(press("b = 1 or c = 2", "x"), "(b = 1 or c = 2) and a = \"x\"");
        assert_eq!(press("(b = 1) or (c = 2)", "x"), "((b = 1) or (c = 2)) and a = \"x\"");
        assert_eq!(press("a = 7", "007"), "a in (7, \"007\")");
        assert_eq!(press("a = \"007\"", "007"), "");
        assert_eq!(press("(b = 1 or c = 2) and a = \"x\"", "x"), "b = 1 or c = 2");
        assert_eq!(press("a = ", "x"), "a = \"x\"");
        assert_eq!(Filter::values("b = 1 and a in (1, true, z)", "a"), ["1", "true", "z"]);
    }

    #[test]
    fn a_span_takes_the_place_of_the_one_before() {
        let text = Filter::spanned("b = 1", "length km", Some((2.0, 3.5)));
        assert_eq!(text, "b = 1 and `length km` >= 2 and `length km` <= 3.5");
        assert_eq!(Filter::span(&text, "length km"), Some((2.0, 3.5)));
        let moved = Filter::spanned(&text, "length km", Some((-4.0, 0.0)));
        assert_eq!(moved, "b = 1 and `length km` >= -4 and `length km` <= 0");
        assert_eq!(Filter::spanned(&moved, "length km", None), "b = 1");
        assert_eq!(Filter::span("a > 3", "a"), Some((3.0, f64::INFINITY)));
        assert_eq!(Filter::span("a = 3", "a"), None);
    }
}
