//! Filters as people write them, on a table with a column of each kind.

use proptest::prelude::*;

use super::*;
use crate::data::{Cell, Table, TableBuilder};

fn table() -> Table {
    let mut builder = TableBuilder::default();
    // The fourth has neither a year nor whether it is open.
    let rows = [
        ("Khorgos Gateway railway", 2014, 12.5, true, "2014-12-01"),
        ("Gwadar port", 2007, 640.0, false, "2007/03/20 00:00:00"),
        ("Vientiane Railway", 2021, 422.4, true, "2021-12-03"),
        ("Nameless", 0, -1.0, false, "1999-01-01"),
        ("say \"hi\"", 2013, 0.0, true, "2013-09-07"),
    ];
    for (name, year, km, is_open, opened) in rows {
        builder.row();
        builder.set("name", Cell::Text(name));
        if year > 0 {
            builder.set("year", Cell::Integer(year));
            builder.set("open", Cell::Bool(is_open));
        }
        builder.set("length km", Cell::Real(km));
        builder.set("opened", Cell::Text(opened));
    }
    builder.finish()
}

fn passing(filter: &str) -> Vec<usize> {
    let parsed = Filter::parse(filter).unwrap_or_else(|error| panic!("{filter}: {error:?}"));
    parsed.rows(&table()).unwrap_or_else(|error| panic!("{filter}: {error:?}")).iter().collect()
}

fn refused(filter: &str) -> (FilterErrorKind, &str) {
    let error = match Filter::parse(filter) {
        Ok(parsed) => parsed.rows(&table()).expect_err(filter),
        Err(error) => error,
    };
    (error.kind, &filter[error.at])
}

#[test]
fn conditions_let_through_what_they_say() {
    let cases: &[(&str, &[usize])] = &[
        ("year >= 2013", &[0, 2, 4]),
        ("year >= 2013 and name contains \"rail\"", &[0, 2]),
        ("year = 2007 or year = 2021", &[1, 2]),
        ("year = 2007 or year = 2021 and open = true", &[1, 2]),
        ("(year = 2007 or year = 2021) and open = true", &[2]),
        ("not open = true", &[1, 3]),
        ("open != true", &[1]),
        ("year is missing", &[3]),
        ("name > 60", &[]),
        ("rail", &[0, 2]),
        ("\"port\"", &[1]),
        ("2021", &[2]),
        ("rail and year > 2014", &[2]),
        ("not (rail or port)", &[3, 4]),
        ("year is not missing", &[0, 1, 2, 4]),
        ("year in (2014, 2007)", &[0, 1]),
        ("YEAR IN (2014)", &[0]),
        ("`length km` < 13", &[0, 3, 4]),
        ("`length km` = -1", &[3]),
        ("name starts with khorgos", &[0]),
        ("name ends with 'PORT'", &[1]),
        ("name = \"say \"\"hi\"\"\"", &[4]),
        ("name > \"n\"", &[2, 3, 4]),
        ("opened >= 2013", &[0, 2, 4]),
        ("opened < \"2007-03-21\"", &[1, 3]),
        ("opened starts with 2007/", &[1]),
        ("year contains 20", &[0, 1, 2, 4]),
        ("open = yes", &[]),
    ];
    for (filter, rows) in cases {
        assert_eq!(passing(filter), *rows, "{filter}");
    }
}

#[test]
fn what_is_not_understood_is_pointed_at() {
    use FilterErrorKind::*;
    let cases = [
        ("", WantsColumn, ""),
        ("= 3", WantsColumn, "="),
        ("year and", WantsColumn, ""),
        ("year 2013", WantsOperator, "2013"),
        ("year starts 2", WantsOperator, "2"),
        ("year is empty", WantsOperator, "empty"),
        ("year = ", WantsValue, ""),
        ("year = and", WantsValue, "and"),
        ("year = 3 open = true", WantsEnd, "open"),
        ("(year = 3", WantsBracket, ""),
        ("year in 3", WantsBracket, "3"),
        ("year in (3, 4", WantsBracket, ""),
        ("name = \"open end", WantsQuote, "\"open end"),
        ("year > 1 and jahr = 3", UnknownColumn, "jahr"),
        ("year = 3 !", WantsEnd, "!"),
    ];
    for (filter, kind, part) in cases {
        assert_eq!(refused(filter), (kind, part), "{filter}");
    }
    let deep = format!("{}year = 3{}", "(".repeat(9_000), ")".repeat(9_000));
    assert_eq!(refused(&deep).0, TooDeep);
}

#[test]
fn a_facet_is_written_as_it_is_read() {
    assert_eq!(Filter::written("year", &["2013"]), "year = 2013");
    assert_eq!(Filter::written("length km", &["a b", "1e3x"]), "`length km` in (\"a b\", \"1e3x\")");
    for name in ["year", "length km", "and", "a`b", "=", "3", "名称", ""] {
        let filter = Filter::parse(&Filter::written(name, &["it's \"so\""])).expect(name);
        let Node::Compare(named, Operator::Equal, Value::Text(value)) = filter.root else { panic!("{name}") };
        assert_eq!((named.name.as_str(), value.as_str()), (name, "it's \"so\""));
    }
}

proptest! {
    #[test]
    fn no_text_ends_the_program_and_errors_stand_inside_it(text in ".{0,60}") {
        if let Err(error) = Filter::parse(&text) {
            prop_assert!(text.get(error.at).is_some());
        }
    }

    #[test]
    fn words_of_the_filter_in_any_order_are_read_or_refused(
        words in prop::collection::vec(prop::sample::select(vec![
            "and", "or", "not", "(", ")", "year", "=", "<", "in", "is", "missing", "3", "\"x\"", ",", "true",
        ]), 0..14)
    ) {
        if let Ok(filter) = Filter::parse(&words.join(" ")) {
            let table = table();
            if let Ok(rows) = filter.rows(&table) {
                prop_assert!(rows.count() <= table.rows());
            }
        }
    }
}
