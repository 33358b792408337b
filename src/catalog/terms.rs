//! Where texts use words of the glossary.

use std::ops::Range;

use super::Catalog;
use crate::atlas::Id;
use crate::i18n::Language;

/// Shorter words mean too much else.
const LEAST_LATIN: usize = 3;
const LEAST_OTHER: usize = 2;
/// What names are written in.
const QUOTES: [char; 8] = ['“', '”', '《', '》', '「', '」', '‘', '’'];

impl Catalog {
    /// The words of the glossary in a text, from left to right, each term once.
    #[must_use]
    pub fn terms_in(&self, text: &str, language: Language) -> Vec<(Range<usize>, Id)> {
        let mut found: Vec<(Range<usize>, Id)> = Vec::new();
        let forms =
            self.atlas.glossary.iter().flat_map(|term| {
                forms(term.name.get(language)).into_iter().map(move |form| (form, &term.id))
            });
        let mut forms: Vec<(String, &Id)> = forms.collect();
        // The longest word is the one that is meant.
        forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        for (form, id) in forms {
            if found.iter().any(|(_, other)| other == id) {
                continue;
            }
            let is_free = |range: &Range<usize>| {
                found.iter().all(|(taken, _)| range.end <= taken.start || taken.end <= range.start)
            };
            if let Some(range) = places(text, &form).into_iter().find(is_free) {
                found.push((range, id.clone()));
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
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

/// Where a word stands in a text: in either case, and in Latin letters as a word of its own.
fn places(text: &str, word: &str) -> Vec<Range<usize>> {
    if !word.is_ascii() {
        return text.match_indices(word).map(|(at, found)| at..at + found.len()).collect();
    }
    // Capitals alone are an abbreviation, and only that.
    let is_short = word.chars().all(|c| !c.is_lowercase());
    let (text, word) = if is_short {
        (text.to_owned(), word.to_owned())
    } else {
        (text.to_ascii_lowercase(), word.to_ascii_lowercase())
    };
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_whole = |range: &Range<usize>| {
        let rest = &text[range.end..];
        let rest = rest.strip_prefix('s').filter(|_| !is_short).unwrap_or(rest);
        !is_letter(text[..range.start].chars().next_back()) && !is_letter(rest.chars().next())
    };
    text.match_indices(&word).map(|(at, found)| at..at + found.len()).filter(is_whole).collect()
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
