//! Names and codes in well-known text of coordinate systems, and how deep it is nested before a parser reads it.

/// Honest text nests to about seven.
const MOST_DEPTH: usize = 32;
/// Honest text has some kilobytes.
const MOST_BYTES: usize = 1 << 16;

/// What well-known text says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said<'a> {
    /// From the horizontal system on, where it stands beside a vertical one.
    pub(super) text: &'a str,
    pub(super) name: &'a str,
    pub(super) datum: Option<&'a str>,
    pub(super) code: Option<(&'a str, u32)>,
    pub(super) has_shift: bool,
}

/// A keyword that opens a bracket, how many stand around it, and its arguments up to the next bracket.
struct Node<'a> {
    start: usize,
    depth: usize,
    keyword: &'a str,
    arguments: Vec<&'a str>,
}

/// Reads names and codes; `None` for what is no well-known text or is nested as no honest text is.
pub(super) fn said(text: &str) -> Option<Said<'_>> {
    let nodes = nodes(text)?;
    let is_horizontal = |node: &Node<'_>| {
        let keyword = node.keyword.to_ascii_uppercase();
        ["PROJCS", "PROJCRS", "PROJECTEDCRS", "GEOGCS", "GEOGCRS", "GEODCRS", "GEODETICCRS", "GEOGRAPHICCRS"]
            .contains(&keyword.as_str())
    };
    let at = nodes.iter().position(is_horizontal)?;
    let own = &nodes[at];
    let inside = || nodes[at + 1..].iter().take_while(|node| node.depth > own.depth);
    let is =
        |node: &Node<'_>, names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(node.keyword));
    let datum = inside().find(|node| is(node, &["DATUM", "ENSEMBLE", "TRF", "GEODETICDATUM"]));
    let codes = inside().filter(|node| node.depth == own.depth + 1 && is(node, &["ID", "AUTHORITY"]));
    let code = codes.last().and_then(|node| {
        let [authority, code, ..] = node.arguments[..] else { return None };
        Some((authority, code.parse().ok()?))
    });
    Some(Said {
        text: &text[own.start..],
        name: own.arguments.first().copied().unwrap_or_default(),
        datum: datum.and_then(|node| node.arguments.first().copied()),
        code,
        has_shift: inside().any(|node| is(node, &["TOWGS84"])),
    })
}

fn nodes(text: &str) -> Option<Vec<Node<'_>>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let bytes = text.as_bytes();
    let (mut nodes, mut depth, mut at, mut word) = (Vec::<Node<'_>>::new(), 0, 0, 0);
    let mut open: Vec<usize> = Vec::new();
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let length = bytes[at + 1..].iter().position(|byte| *byte == b'"')?;
                if let Some(node) = open.last().and_then(|node| nodes.get_mut(*node)) {
                    node.arguments.push(&text[at + 1..at + 1 + length]);
                }
                at += length + 1;
                word = at + 1;
            }
            b'[' | b'(' => {
                let before = &text[word..at];
                let start = word + before.len() - before.trim_start().len();
                open.push(nodes.len());
                nodes.push(Node { start, depth, keyword: before.trim(), arguments: Vec::new() });
                depth += 1;
                if depth > MOST_DEPTH {
                    return None;
                }
                word = at + 1;
            }
            byte @ (b',' | b']' | b')') => {
                let plain = text[word..at].trim();
                if let Some(node) = open.last().and_then(|node| nodes.get_mut(*node))
                    && !plain.is_empty()
                {
                    node.arguments.push(plain);
                }
                if byte != b',' {
                    open.pop()?;
                    depth -= 1;
                }
                word = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    Some(nodes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_those_of_the_horizontal_system() {
        let text = r#"COMPD_CS["both",PROJCS["flat (m)",GEOGCS["round",DATUM["D_One",SPHEROID["s",1,2],TOWGS84[1,2,3],AUTHORITY["EPSG","1"]],AUTHORITY["EPSG","2"]],AUTHORITY["EPSG","3"]],VERT_CS["high",AUTHORITY["EPSG","4"]]]"#;
        let found = said(text).expect("text");
        assert_eq!((found.name, found.datum, found.code), ("flat (m)", Some("D_One"), Some(("EPSG", 3))));
        assert!(found.has_shift && found.text.starts_with("PROJCS["));
        let second =
            said(r#"GEOGCRS["WGS 84", ENSEMBLE["all", MEMBER["one"]], ID["EPSG", 4326]]"#).expect("text");
        assert_eq!((second.datum, second.code, second.has_shift), (Some("all"), Some(("EPSG", 4326)), false));
    }

    #[test]
    fn what_is_nested_too_deeply_or_breaks_off_is_none() {
        assert_eq!(said(&"GEOGCS[".repeat(200_000)), None);
        assert_eq!(said(&"PROJCS[".repeat(40)), None);
        assert_eq!(said("GEOGCS[\"open"), None);
        assert_eq!(said("]]"), None);
        assert_eq!(said("中文"), None);
    }
}
