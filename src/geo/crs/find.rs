//! Coordinate systems by what a person types: a code, or words of the name.

use super::{LonLat, table};

/// A system that a person may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub authority: &'static str,
    pub code: u32,
    pub name: &'static str,
}

/// Systems whose code begins with the digits of `text`, the shortest first, or whose names have all of its words; those
/// that reach `near` come first. At most `most` of them.
#[must_use]
pub fn find(text: &str, near: Option<LonLat>, most: usize) -> Vec<Found> {
    let typed = text.trim().to_lowercase();
    let code = typed.trim_start_matches(|one: char| one.is_ascii_alphabetic()).trim_start_matches([':', ' ']);
    let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = typed.split_whitespace().collect();
    let is_meant = |row: &&table::Row| {
        if is_code {
            return row.code.to_string().starts_with(code);
        }
        let name = row.name.to_lowercase();
        words.iter().all(|word| name.contains(word))
    };
    if typed.len() < 2 {
        return Vec::new();
    }
    let mut rows: Vec<&table::Row> = table::rows().iter().filter(is_meant).collect();
    let is_far = |row: &table::Row| near.is_some_and(|near| !super::is_within(row.area, near));
    rows.sort_by_key(|row| (is_code && row.code.to_string().len() > code.len(), is_far(row), row.code));
    let found =
        |row: &table::Row| Found { authority: table::authority(row.code), code: row.code, name: row.name };
    rows.into_iter().take(most).map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<u32> {
        find(text, None, 5).into_iter().map(|found| found.code).collect()
    }

    #[test]
    fn a_code_is_found_with_and_without_its_authority() {
        for text in ["4527", "EPSG:4527", "epsg 4527", " EPSG4527 "] {
            assert_eq!(codes(text).first(), Some(&4527), "{text}");
        }
        assert!(codes("451").iter().all(|code| code.to_string().starts_with("451")));
        assert!(codes("").is_empty() && codes("no such system").is_empty());
    }

    #[test]
    fn words_of_a_name_are_found_and_what_is_near_stands_first() {
        assert!(find("kgd2002 unified", None, 9).iter().any(|found| found.code == 5179));
        let beijing = find("beijing 1954 gauss", Some(LonLat::new(117.0, 39.0)), 3);
        assert!(!beijing.is_empty() && beijing.iter().all(|found| found.name.contains("Beijing 1954")));
        let utm = find("wgs 84 utm", Some(LonLat::new(116.4, 39.9)), 1);
        assert_eq!(utm.first().map(|found| found.code), Some(32_650));
    }
}
