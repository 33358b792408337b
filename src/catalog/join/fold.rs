//! Spellings of one name made alike, each way of doing so bolder than the one before.
//!
//! Invariant: a text is never folded to nothing unless it has neither letters nor digits.

use crate::i18n::fold_words;

/// Words that names have or lack as their writers like.
const SMALL: [&str; 2] = ["the", "and"];
/// Words that lists of countries shorten, and what they stand for; an empty one is left out.
const SHORTENED: [(&str, &str); 14] = [
    ("rep", "republic"),
    ("dem", "democratic"),
    ("fed", "federated"),
    ("is", "islands"),
    ("isl", "islands"),
    ("st", "saint"),
    ("s", "south"),
    ("n", "north"),
    ("fr", "french"),
    ("br", "british"),
    ("ter", "territory"),
    ("terr", "territory"),
    ("peoples", "people"),
    ("of", ""),
];

/// Case, accents, marks, spaces and small words taken away: `The Côte d’Ivoire` becomes `cotedivoire`.
/// Of a text without letters only the spaces around it go, because 1.5 is not 15.
pub(super) fn folded(text: &str) -> String {
    if !text.chars().any(char::is_alphabetic) {
        return text.trim().to_owned();
    }
    words(text).concat()
}

/// Words in the order of the alphabet, written out: `Korea, Rep.` becomes `korea republic`.
pub(super) fn word_bag(text: &str) -> String {
    let written_out = |word: String| {
        let found = SHORTENED.iter().find(|(short, _)| *short == word);
        found.map_or(word, |(_, long)| (*long).to_owned())
    };
    let mut words: Vec<String> =
        words(text).into_iter().map(written_out).filter(|word| !word.is_empty()).collect();
    words.sort();
    words.join(" ")
}

/// A number without its zeros in front and a fraction of nothing: `007` and `7.0` become `7`.
pub(super) fn plain_number(text: &str) -> Option<String> {
    let text = text.trim();
    let whole = text.split_once('.').map_or(text, |(whole, rest)| {
        if !rest.is_empty() && rest.bytes().all(|byte| byte == b'0') { whole } else { text }
    });
    let is_whole = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    let digits = whole.trim_start_matches('0');
    is_whole.then(|| if digits.is_empty() { "0".to_owned() } else { digits.to_owned() })
}

/// What stands outside of parentheses, and inside; `None` where there are none or nothing is outside.
pub(super) fn parenthesised(text: &str) -> Option<(String, String)> {
    let start = text.find(['(', '（', '['])?;
    let inside = &text[start..];
    let end = inside.find([')', '）', ']'])?;
    let after = inside[end..].chars().next().map_or(0, char::len_utf8);
    let outside = format!("{} {}", text[..start].trim(), inside[end + after..].trim());
    let opening = inside.chars().next().map_or(0, char::len_utf8);
    let outside = outside.trim().to_owned();
    (!outside.is_empty()).then(|| (outside, inside[opening..end].trim().to_owned()))
}

/// The folded words of a text, without small ones where others remain.
fn words(text: &str) -> Vec<String> {
    // Points stand inside U.K., which is one word.
    let spelt = text.replace('&', " and ").replace('.', "");
    let folded = fold_words(&spelt);
    let all: Vec<String> = folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let large: Vec<String> = all.iter().filter(|word| !SMALL.contains(&word.as_str())).cloned().collect();
    if large.is_empty() { all } else { large }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_marks_and_small_words_do_not_matter() {
        for text in ["Côte d’Ivoire", "cote d'ivoire", "THE COTE D'IVOIRE"] {
            assert_eq!(folded(text), "cotedivoire");
        }
        assert_eq!(folded("Trinidad & Tobago"), folded("Trinidad and Tobago"));
        assert_eq!(folded("Viet Nam"), folded("VIETNAM"));
        assert_eq!(folded("U.K."), "uk");
        assert_eq!(folded("호르고스"), "호르고스");
    }

    #[test]
    fn andorra_is_no_conjunction_and_decimals_stay_decimals() {
        assert_eq!(folded("AND"), "and");
        assert_ne!(folded("1.5"), folded("15"));
        assert_ne!(folded("-3"), folded("3"));
    }

    #[test]
    fn words_are_written_out_and_sorted() {
        assert_eq!(word_bag("Korea, Rep."), word_bag("Republic of Korea"));
        assert_eq!(word_bag("Congo, Dem. Rep."), word_bag("Democratic Republic of the Congo"));
        assert_ne!(word_bag("Congo, Rep."), word_bag("Congo, Dem. Rep."));
        assert_eq!(word_bag("Marshall Is."), word_bag("Marshall Islands"));
    }

    #[test]
    fn numbers_lose_what_spreadsheets_add_or_take() {
        assert_eq!(plain_number("007").as_deref(), Some("7"));
        assert_eq!(plain_number(" 7.0 ").as_deref(), Some("7"));
        assert_eq!(plain_number("000").as_deref(), Some("0"));
        for text in ["7.5", "-7", "7a", "", "7.", ".0"] {
            assert_eq!(plain_number(text), None, "{text}");
        }
    }

    #[test]
    fn parentheses_come_off_in_any_script() {
        let parts = |outside: &str, inside: &str| Some((outside.to_owned(), inside.to_owned()));
        assert_eq!(parenthesised("Iran (Islamic Republic of)"), parts("Iran", "Islamic Republic of"));
        assert_eq!(parenthesised("刚果（金）"), parts("刚果", "金"));
        assert_eq!(parenthesised("만저우리(만주리)"), parts("만저우리", "만주리"));
        assert_eq!(parenthesised("(all)"), None);
        assert_eq!(parenthesised("open (end"), None);
    }
}
