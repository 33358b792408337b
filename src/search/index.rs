//! Every name and fact in one list, folded once.

use std::ops::Range;

use crate::atlas::Id;
use crate::catalog::Catalog;
use crate::i18n::{fold, fold_words};

/// What matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatchKind {
    Name,
    Fact,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub id: Id,
    pub kind: MatchKind,
    pub matched: String,
    /// Bytes of `matched` that match, empty where it is a typo.
    pub marked: Range<usize>,
    pub score: u32,
}

/// The folded names of everything.
#[derive(Debug, Default)]
pub struct Index {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    id: Id,
    kind: MatchKind,
    text: String,
    /// With spaces between words.
    words: String,
    /// Without.
    folded: String,
    /// Breaks ties: zones before villages.
    weight: u32,
}

impl Index {
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let mut rows = Vec::new();
        for named in catalog.names() {
            for text in named.names {
                rows.push(Row::new(named.id.clone(), MatchKind::Name, text, named.weight));
            }
        }
        for (id, text) in catalog.fact_texts() {
            rows.push(Row::new(id, MatchKind::Fact, text, 0));
        }
        Self { rows }
    }

    /// The best match of each thing, best first.
    #[must_use]
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        let (words, folded) = (fold_words(query), fold(query));
        if folded.is_empty() {
            return Vec::new();
        }
        let mut best: Vec<(u32, u32, &Row)> = Vec::new();
        for row in &self.rows {
            if let Some(score) = row.score(&words, &folded) {
                best.push((score, row.weight, row));
            }
        }
        best.sort_by(|a, b| (b.0, b.1, &a.2.id).cmp(&(a.0, a.1, &b.2.id)));
        let mut seen = std::collections::HashSet::new();
        best.into_iter()
            .filter(|(_, _, row)| seen.insert((&row.id, row.kind)))
            .take(limit)
            .map(|(score, _, row)| row.hit(score, query))
            .collect()
    }
}

impl Row {
    fn new(id: Id, kind: MatchKind, text: &str, weight: u32) -> Self {
        Self { id, kind, text: text.to_owned(), words: fold_words(text), folded: fold(text), weight }
    }

    /// 1000 for the whole name, then its beginning, a word's beginning, a part, a typo.
    fn score(&self, words: &str, folded: &str) -> Option<u32> {
        let rest = self.folded.len().saturating_sub(folded.len()).min(80) as u32;
        if self.kind == MatchKind::Fact {
            let is_long_enough = folded.chars().count() >= 2;
            let starts_word = format!(" {}", self.words).contains(&format!(" {words}"));
            let is_in = starts_word || (!folded.is_ascii() && self.folded.contains(folded));
            return (is_long_enough && is_in).then_some(300);
        }
        if self.folded == folded {
            return Some(1000);
        }
        if self.folded.starts_with(folded) {
            return Some(900 - rest);
        }
        if self.words.split(' ').any(|word| word.starts_with(folded))
            || self.words.contains(&format!(" {words}"))
        {
            return Some(800 - rest);
        }
        let is_long_enough = folded.chars().count() >= if folded.is_ascii() { 3 } else { 1 };
        if is_long_enough && self.folded.contains(folded) {
            return Some(600 - rest);
        }
        self.typo_score(folded)
    }

    fn typo_score(&self, folded: &str) -> Option<u32> {
        let length = folded.chars().count();
        let allowed = if folded.is_ascii() { length / 4 } else { 0 }.min(3);
        if allowed == 0 || self.folded.chars().count().abs_diff(length) > allowed {
            return None;
        }
        let distance = strsim::osa_distance(&self.folded, folded);
        (distance <= allowed).then(|| 500 - 50 * distance as u32)
    }

    fn hit(&self, score: u32, query: &str) -> Hit {
        let marked = marked(&self.text, query).unwrap_or(0..0);
        Hit { id: self.id.clone(), kind: self.kind, matched: self.text.clone(), marked, score }
    }
}

/// The bytes of `text` whose folded letters are those of `query`.
fn marked(text: &str, query: &str) -> Option<Range<usize>> {
    let wanted = fold(query);
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    starts.iter().find_map(|&start| {
        let mut got = String::new();
        for (at, c) in text[start..].char_indices() {
            got.push_str(&fold(c.encode_utf8(&mut [0; 4])));
            if got.is_empty() || !wanted.starts_with(&got) {
                return None;
            }
            if got == wanted {
                return Some(start..start + at + c.len_utf8());
            }
        }
        None
    })
}

/// The names of `known` closest to `unknown`, nearest first, three at most.
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ranked: Vec<(usize, &str)> =
        known.into_iter().map(|name| (strsim::osa_distance(unknown, name), name)).collect();
    ranked.sort_unstable();
    let enough = (unknown.chars().count() / 2).max(3);
    ranked.into_iter().filter(|(distance, _)| *distance <= enough).take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Kind;

    fn index(names: &[(&str, &str)]) -> Index {
        let rows =
            names.iter().map(|(name, text)| Row::new(Id::new(Kind::Zone, *name), MatchKind::Name, text, 0));
        Index { rows: rows.collect() }
    }

    fn first(index: &Index, query: &str) -> Option<String> {
        index.find(query, 5).first().map(|hit| hit.id.name.clone())
    }

    #[test]
    fn a_typo_is_forgiven_and_a_whole_name_wins() {
        let index = index(&[
            ("manzhouli", "Manzhouli"),
            ("mohan", "Mohan"),
            ("horgos", "Horgos"),
            ("khorgos", "Khorgos"),
        ]);
        assert_eq!(first(&index, "Manzouli").as_deref(), Some("manzhouli"));
        assert_eq!(first(&index, "horgoss").as_deref(), Some("horgos"));
        assert_eq!(first(&index, "khrogos").as_deref(), Some("khorgos"));
        assert_eq!(first(&index, "zzz"), None);
    }

    #[test]
    fn what_matched_is_marked_in_its_own_letters() {
        let index = index(&[("horgos", "Huò’ěrguǒsī")]);
        let hits = index.find("huoer", 1);
        assert_eq!(&hits[0].matched[hits[0].marked.clone()], "Huò’ěr");
    }

    #[test]
    fn the_nearest_names_are_named() {
        assert_eq!(
            nearest("zone/horgas", ["zone/horgos", "zone/mohan", "project/hambantota"]),
            ["zone/horgos", "zone/mohan"]
        );
    }
}
