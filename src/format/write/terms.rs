//! The text that lies beside a file of data: whose it is, and under which terms it may go on.

/// A source of the data and its terms. Empty texts say that nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms<'a> {
    pub title: &'a str,
    pub licence: &'a str,
    /// What its owner wants to have said.
    pub attribution: &'a str,
    pub url: &'a str,
}

/// The text of `OUT.sources.txt`, in English. `data_version` is that of the atlas's data, and `filter` what the
/// features were chosen by; `None` says that all of them are there.
#[must_use]
pub fn terms(sources: &[Terms<'_>], data_version: &str, filter: Option<&str>) -> String {
    let mut out = String::from("Where this data comes from\n\nWritten by Corridor Atlas");
    if !data_version.is_empty() {
        out.push_str(", data version ");
        push_line(&mut out, data_version);
    }
    out.push_str(".\n");
    match filter {
        Some(filter) => {
            out.push_str("Only features that pass this filter are in the file: ");
            push_line(&mut out, filter);
            out.push('\n');
        }
        None => out.push_str("All features of the layer are in the file.\n"),
    }
    if sources.is_empty() {
        out.push_str("\nNo source is known. Ask whoever gave you the data before you pass it on.\n");
    }
    for source in sources {
        out.push('\n');
        push_line(&mut out, if source.title.is_empty() { "Untitled source" } else { source.title });
        out.push('\n');
        let licence = if source.licence.is_empty() { "not known" } else { source.licence };
        for (what, text) in
            [("Licence", licence), ("Attribution", source.attribution), ("Address", source.url)]
        {
            if !text.is_empty() {
                out.push_str("  ");
                out.push_str(what);
                out.push_str(": ");
                push_line(&mut out, text);
                out.push('\n');
            }
        }
    }
    push_duties(&mut out, sources);
    out
}

fn push_duties(out: &mut String, sources: &[Terms<'_>]) {
    if sources.iter().any(|source| !source.attribution.is_empty()) {
        out.push_str(
            "\nName the sources above, in the words given there, wherever you show or pass on this data.\n",
        );
    }
    let shared = sources.iter().filter(|source| is_share_alike(source.licence));
    let titles: Vec<&str> = shared.map(|source| source.title).collect();
    if titles.is_empty() {
        return;
    }
    out.push_str("\nShare alike: this file holds data under the Open Database License (ODbL) from ");
    push_line(out, &titles.join(", "));
    out.push_str(
        ". If you make the file, or a database derived from it, available to others, you must offer it under \
         the ODbL as well, and say that it is.\nThe licence: https://opendatacommons.org/licenses/odbl/1-0/\n",
    );
}

fn is_share_alike(licence: &str) -> bool {
    let licence = licence.to_lowercase();
    licence.contains("odbl") || licence.contains("open database")
}

/// Text as one line.
fn push_line(out: &mut String, text: &str) {
    for (number, word) in text.split_whitespace().enumerate() {
        if number > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Terms<'_> = Terms {
        title: "Rail lines",
        licence: "Open Database License 1.0",
        attribution: "© the\nmappers",
        url: "https://example.org",
    };

    #[test]
    fn every_source_stands_with_its_terms_and_share_alike_is_said() {
        let free = Terms { title: "Borders", licence: "CC0", attribution: "", url: "" };
        let text = terms(&[OPEN, free], "2026.11", Some("gauge = 1520"));
        for wanted in [
            "data version 2026.11.\n",
            "in the file: gauge = 1520\n",
            "Rail lines\n  Licence: Open Database License 1.0\n  Attribution: © the mappers\n  Address: https://example.org\n",
            "Borders\n  Licence: CC0\n\n",
            "(ODbL) from Rail lines. If you make",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in\n{text}");
        }
    }

    #[test]
    fn where_nothing_is_shared_alike_nothing_is_said_of_it() {
        let free = Terms { licence: "CC BY 4.0", ..OPEN };
        let text = terms(&[free], "", None);
        assert!(
            !text.contains("Share alike")
                && text.contains("Name the sources")
                && text.contains("All features")
        );
        assert!(terms(&[], "1", None).contains("No source is known"));
        assert!(terms(&[Terms { licence: "ODbL-1.0", ..free }], "1", None).contains("Share alike"));
    }
}
