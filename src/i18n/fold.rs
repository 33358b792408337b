//! One spelling for what people type in many: marks, case, spaces and apostrophes taken away.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `Huò’ěrguǒsī`, `HUO ERGUOSI` and `huoerguosi` all become `huoerguosi`; Han and Hangul stay.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .flat_map(char::to_lowercase)
        .map(plain_letter)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The same, with one space where the text has spaces or marks between words.
#[must_use]
pub fn fold_words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c) && !is_inner_mark(c));
    words.map(fold).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Apostrophes stand inside words: Xi’an, Huò’ěrguǒsī.
fn is_inner_mark(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`')
}

/// Letters that normalisation does not take apart.
fn plain_letter(c: char) -> char {
    match c {
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ł' => 'l',
        'ø' => 'o',
        'ə' => 'e',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_case_and_apostrophes_do_not_matter() {
        for text in ["Huò’ěrguǒsī", "huoerguosi", "HUO ER GUO SI", "huò'ěrguǒsī"] {
            assert_eq!(fold(text), "huoerguosi");
        }
        assert_eq!(fold("Đồng Đăng"), "dongdang");
        assert_eq!(fold("Ürümqi"), "urumqi");
    }

    #[test]
    fn han_and_hangul_stay() {
        assert_eq!(fold("霍尔果斯"), "霍尔果斯");
        assert_eq!(fold("호르고스"), "호르고스");
    }

    #[test]
    fn words_keep_their_spaces() {
        assert_eq!(
            fold_words("China–Mongolia–Russia  Corridor, Xi’an"),
            "china mongolia russia corridor xian"
        );
    }
}
