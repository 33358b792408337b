//! Attributions as plain text: in the wild they are HTML.
//!
//! Invariant: what comes out is shown as text and never read as markup; it has no control characters and an end.

/// Characters of an attribution, at most.
const LONGEST: usize = 400;
/// Bytes of HTML that are looked at.
const MOST_HTML: usize = 1 << 16;
/// The elements that part words.
const BLOCKS: [&str; 8] = ["br", "p", "div", "li", "ul", "script", "style", "td"];
/// The entities that attributions use.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("middot", '·'),
    ("bull", '•'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
];

/// The text of a piece of HTML in one line: tags and what scripts say are left out, entities become their characters.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = &html[..html.floor_char_boundary(MOST_HTML)];
    while let Some(next) = rest.chars().next() {
        if let Some((name, after)) = tag(rest) {
            if BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)) {
                text.push(' ');
            }
            rest = after;
        } else if let Some((meant, after)) = entity(rest) {
            text.push(meant);
            rest = after;
        } else {
            text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    one_line(&text)
}

/// A name or description of a file in one line, as text.
pub(super) fn one_line(text: &str) -> String {
    let is_hidden = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let shown: String = text
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(4 * LONGEST)
        .collect();
    let mut line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// The name of the tag or comment that begins here, and what follows it; a tag without an end takes all, and what
/// scripts say belongs to their tag.
fn tag(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('<')?;
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
        return None;
    }
    let (end, skip) = if inside.starts_with("!--") { ("-->", 3) } else { (">", 1) };
    let after = inside.find(end).map_or("", |at| &inside[at + skip..]);
    let is_close = inside.starts_with('/');
    let name = inside.trim_start_matches('/');
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let is_silent = ["script", "style"].iter().any(|silent| name.eq_ignore_ascii_case(silent));
    if !is_silent || is_close {
        return Some((name, after));
    }
    let ends = |(at, _): &(usize, &str)| {
        after[at + 2..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let at = after.match_indices("</").find(ends).map(|(at, _)| at);
    Some((name, at.map_or("", |at| &after[at..])))
}

/// The character of the entity that begins here, and what follows it.
fn entity(text: &str) -> Option<(char, &str)> {
    let (name, after) = text.strip_prefix('&')?.split_once(';')?;
    if name.len() > 8 {
        return None;
    }
    let meant = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => ENTITIES.iter().find(|(own, _)| *own == name)?.1,
    };
    Some((meant, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn links_become_their_words() {
        let html = "<a href=\"https://osm.org/copyright\" target=_blank>&copy; OpenStreetMap contributors</a>, <b>Protomaps</b>";
        assert_eq!(plain(html), "© OpenStreetMap contributors, Protomaps");
        assert_eq!(plain("&#169; A&#xA0;&amp; B &unknown; a < b"), "© A & B &unknown; a < b");
    }

    #[test]
    fn scripts_and_open_tags_say_nothing() {
        assert_eq!(plain("a<script>alert('<b>')</script>b<!-- <i> -->c"), "a bc");
        assert_eq!(plain("a<STYLE>x{}"), "a");
        assert_eq!(plain("a <img src=x onerror=y"), "a");
        assert_eq!(plain("a\u{202e}b\u{7}c\nd"), "ab c d");
        assert_eq!(plain("Open<b>Street</b>Map<br/>2026"), "OpenStreetMap 2026");
    }

    #[test]
    fn a_long_attribution_has_an_end() {
        assert_eq!(plain(&"©".repeat(10_000)).chars().count(), LONGEST + 1);
    }

    proptest! {
        #[test]
        fn any_text_gives_one_line(html in "[<>&;#a-z0-9!/ \\n©-]{0,80}") {
            let text = plain(&html);
            prop_assert!(!text.contains('\n'));
        }
    }
}
