//! Where texts use words of the glossary.

use std::ops::Range;

use super::Catalog;
use crate::atlas::{Glossary, Id};
use crate::i18n::Language;

/// Shorter words mean too much else.
const LEAST_LATIN: usize = 3;
const LEAST_OTHER: usize = 2;
/// What names are written in.
const QUOTES: [char; 8] = ['“', '”', '《', '》', '「', '」', '‘', '’'];

/// One way to write a term.
#[derive(Debug)]
pub(super) struct Form {
    /// In small letters, where either case will do.
    word: String,
    /// Latin letters, which need a word of their own.
    is_latin: bool,
    /// An abbreviation in capitals, and only that.
    is_short: bool,
    id: Id,
}

/// How the words of the glossary are written in a language, the longest first: that is the one that is meant.
pub(super) fn all_forms(glossary: &[Glossary], language: Language) -> Vec<Form> {
    let of = |term: &Glossary| {
        let id = term.id.clone();
        forms(term.name.get(language)).into_iter().map(move |word| {
            let is_latin = word.is_ascii();
            let is_short = is_latin && word.chars().all(|c| !c.is_lowercase());
            let word = if is_latin && !is_short { word.to_ascii_lowercase() } else { word };
            Form { word, is_latin, is_short, id: id.clone() }
        })
    };
    let mut all: Vec<Form> = glossary.iter().flat_map(of).collect();
    all.sort_by_key(|form| std::cmp::Reverse(form.word.len()));
    all
}

impl Catalog {
    /// The words of the glossary in a text, from left to right, each term once.
    #[must_use]
    pub fn terms_in(&self, text: &str, language: Language) -> Vec<(Range<usize>, Id)> {
        let forms = self.terms.get_or_init(|| Language::ALL.map(|one| all_forms(&self.atlas.glossary, one)));
        let of_language = Language::ALL.iter().position(|one| *one == language).unwrap_or(0);
        let small = text.to_ascii_lowercase();
        let mut found: Vec<(Range<usize>, Id)> = Vec::new();
        for form in &forms[of_language] {
            if found.iter().any(|(_, other)| *other == form.id) {
                continue;
            }
            let is_free = |range: &Range<usize>| {
                found.iter().all(|(taken, _)| range.end <= taken.start || taken.end <= range.start)
            };
            let in_case = if form.is_short || !form.is_latin { text } else { &small };
            if let Some(range) = form.places(in_case).find(is_free) {
                found.push((range, form.id.clone()));
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
    }
}

impl Form {
    /// Where it stands in a text of its own case: in Latin letters as a word of its own, or with an s behind it.
    fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_whole = move |range: &Range<usize>| {
            let rest = &text[range.end..];
            let rest = rest.strip_prefix('s').filter(|_| !self.is_short).unwrap_or(rest);
            !is_letter(text[..range.start].chars().next_back()) && !is_letter(rest.chars().next())
        };
        let places = text.match_indices(self.word.as_str()).map(|(at, word)| at..at + word.len());
        places.filter(move |range| !self.is_latin || is_whole(range))
    }
}

/// How a term is written in texts: its name, and what stands in parentheses behind it.
fn forms(name: &str) -> Vec<String> {
    let plain: String = name.chars().filter(|c| !QUOTES.contains(c)).collect();
    let (outside, inside) = match plain.split_once(['(', '（']) {
        Some((outside, inside)) => (outside, inside.trim_end_matches([')', '）'])),
        None => (plain.as_str(), ""),
    };
    // In texts the quotes may stand: what is inside them is the word.
    let quoted = name.split_once('“').and_then(|(_, rest)| rest.split_once('”')).map(|(word, _)| word);
    let parts = std::iter::once(outside).chain(inside.split([',', '、', '，'])).chain(quoted);
    let is_word = |word: &&str| {
        let least = if word.is_ascii() { LEAST_LATIN } else { LEAST_OTHER };
        word.chars().count() >= least
    };
    parts.map(str::trim).filter(is_word).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: Language) -> Vec<(String, String)> {
        let catalog = crate::catalog::embedded();
        let terms = catalog.terms_in(text, language);
        terms.into_iter().map(|(range, id)| (text[range].to_owned(), id.name)).collect()
    }

    #[test]
    fn words_of_the_glossary_are_found_whole_and_once() {
        let text = "The BRI and the dry ports; another dry port. An MoU, not a KINUX.";
        let expected = [("BRI", "bri"), ("dry port", "dry_port"), ("MoU", "mou")];
        assert_eq!(found(text, Language::En), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn chinese_and_korean_need_no_spaces_around() {
        assert_eq!(found("提出“一带一路”倡议和五通。", Language::Zh).len(), 2);
        let korean = found("국무원이 보세구역을 승인했다.", Language::Ko);
        assert_eq!(korean.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>(), ["state_council", "bonded"]);
    }
}
