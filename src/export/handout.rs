//! A tour as one HTML file that any browser shows without a network: a step a screen, a step a page when
//! printed, and plain reading from top to bottom where scripts are off.
//!
//! Every text is escaped, and the page's own policy forbids it to ask for anything from outside.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const TEMPLATE: &str = include_str!("../../assets/handout/handout.html");

/// A tour to hand out, all in one language.
#[derive(Clone, Debug)]
pub struct Handout<'a> {
    /// `en`, `zh` or `ko`.
    pub lang: &'a str,
    pub title: &'a str,
    pub steps: Vec<HandoutStep>,
    pub words: HandoutWords,
    /// One line for each of the data in the pictures.
    pub licences: Vec<String>,
}

/// One step of a tour.
#[derive(Clone, Debug)]
pub struct HandoutStep {
    pub title: String,
    pub caption: String,
    /// Paragraphs with an empty line between them; may be empty.
    pub notes: String,
    /// A PNG or JPEG file, best 16:9. A caption covers the lower left, a bar of buttons the lower right.
    pub picture: Vec<u8>,
    /// What the picture shows, for whoever does not see it.
    pub alt: String,
    pub sources: Vec<HandoutSource>,
    /// Planned for this step; 0 for no plan.
    pub seconds: u32,
}

/// What a step rests on.
#[derive(Clone, Debug)]
pub struct HandoutSource {
    pub text: String,
    /// Made a link where it is an `http` or `https` address.
    pub url: Option<String>,
}

/// The words of the page itself.
#[derive(Clone, Debug)]
pub struct HandoutWords {
    pub next: String,
    pub previous: String,
    /// With the holes `{n}` and `{total}`: `3 of 9`.
    pub step_of: String,
    pub notes: String,
    pub sources: String,
    /// Over the licences, and on the button that shows them.
    pub licences: String,
    pub print: String,
    /// With the hole `{time}`, which is minutes and seconds: `1:30`.
    pub planned: String,
}

/// The page. It is a third longer than its pictures together.
#[must_use]
pub fn html(handout: &Handout<'_>) -> String {
    let words = &handout.words;
    let lines = handout.licences.iter();
    let licences = lines.fold(String::new(), |lines, line| lines + "<li>" + &escaped(line) + "</li>");
    let texts = [
        ("lang", escaped(handout.lang)),
        ("title", escaped(handout.title)),
        ("next", escaped(&words.next)),
        ("previous", escaped(&words.previous)),
        ("notes_word", escaped(&words.notes)),
        ("licences_word", escaped(&words.licences)),
        ("print", escaped(&words.print)),
        ("licences", licences),
        ("dots", dots(handout)),
    ];
    let template = with_section(TEMPLATE, "licences", !handout.licences.is_empty());
    let (head, step, tail) = section(&template, "step");
    let mut page = filled(head, &texts);
    for (number, content) in (1..).zip(&handout.steps) {
        push_step(&mut page, step, handout, (number, content));
    }
    page.push_str(&filled(tail, &texts));
    page
}

fn push_step(
    page: &mut String,
    template: &str,
    handout: &Handout<'_>,
    (number, step): (usize, &HandoutStep),
) {
    let words = &handout.words;
    let has_notes = !step.notes.trim().is_empty();
    let (has_sources, has_time) = (!step.sources.is_empty(), step.seconds > 0);
    let template = with_section(template, "aside", has_notes || has_sources || has_time);
    let template = with_section(&template, "notes", has_notes);
    let template = with_section(&template, "time", has_time);
    let template = with_section(&template, "sources", has_sources);
    let time = format!("{}:{:02}", step.seconds / 60, step.seconds % 60);
    let texts = [
        ("n", number.to_string()),
        ("title", escaped(handout.title)),
        ("place", escaped(&place(handout, number))),
        ("picture", data_uri(&step.picture)),
        ("alt", escaped(&step.alt)),
        ("step_title", escaped(&step.title)),
        ("caption", escaped(&step.caption)),
        ("notes_word", escaped(&words.notes)),
        ("notes", paragraphs(&step.notes)),
        ("planned", escaped(&words.planned.replace("{time}", &time))),
        ("sources_word", escaped(&words.sources)),
        ("sources", step.sources.iter().map(source).collect()),
    ];
    page.push_str(&filled(&template, &texts));
}

/// Which step it is of how many.
fn place(handout: &Handout<'_>, number: usize) -> String {
    let total = handout.steps.len().to_string();
    handout.words.step_of.replace("{n}", &number.to_string()).replace("{total}", &total)
}

fn dots(handout: &Handout<'_>) -> String {
    (1..).zip(&handout.steps).fold(String::new(), |mut dots, (number, step)| {
        let (place, title) = (escaped(&place(handout, number)), escaped(&step.title));
        let _ = write!(
            dots,
            r##"<li><a href="#{number}" title="{title}"><span class="unseen">{place}: {title}</span></a></li>"##
        );
        dots
    })
}

fn paragraphs(text: &str) -> String {
    let unix = text.replace("\r\n", "\n");
    let whole = unix.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    whole.fold(String::new(), |paragraphs, paragraph| paragraphs + "<p>" + &escaped(paragraph) + "</p>")
}

fn source(source: &HandoutSource) -> String {
    let text = escaped(&source.text);
    match source.url.as_deref().filter(|url| is_web_address(url)) {
        Some(url) => format!(
            r#"<li><a href="{}" target="_blank" rel="noopener noreferrer">{text}</a></li>"#,
            escaped(url)
        ),
        None => format!("<li>{text}</li>"),
    }
}

/// No other address is followed: `javascript:` is one too.
fn is_web_address(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| ["http", "https"].contains(&scheme.as_str()))
}

fn data_uri(picture: &[u8]) -> String {
    let kind = if picture.starts_with(&[0xFF, 0xD8]) { "jpeg" } else { "png" };
    let mut uri = format!("data:image/{kind};base64,");
    STANDARD.encode_string(picture, &mut uri);
    uri
}

/// The text with nothing in it that HTML would take for its own, between tags or in quotes.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, character| {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
        escaped
    })
}

/// The template with each hole `{{name}}` filled. What is filled in is not looked at again.
fn filled(template: &str, texts: &[(&str, String)]) -> String {
    let mut page = String::new();
    let mut rest = template;
    while let Some((before, (name, behind))) =
        rest.split_once("{{").and_then(|(before, hole)| Some((before, hole.split_once("}}")?)))
    {
        page.push_str(before);
        page.extend(texts.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str()));
        rest = behind;
    }
    page.push_str(rest);
    page
}

/// What is before, in and behind the section of this name.
fn section<'a>(template: &'a str, name: &str) -> (&'a str, &'a str, &'a str) {
    let (begin, end) = (format!("<!--[{name}-->\n"), format!("<!--{name}]-->\n"));
    template
        .split_once(&begin)
        .and_then(|(before, rest)| rest.split_once(&end).map(|(section, behind)| (before, section, behind)))
        .unwrap_or((template, "", ""))
}

/// The template with the section of this name, or without it.
fn with_section(template: &str, name: &str, is_kept: bool) -> String {
    let (before, section, behind) = section(template, name);
    [before, if is_kept { section } else { "" }, behind].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = r#"</script><script>alert('1')</script>" onload="{{title}} & <!--"#;

    fn words() -> HandoutWords {
        let [next, previous, step_of, notes, sources, licences, print, planned] =
            ["NEXT", "PREVIOUS", "{n} OF {total}", "NOTES", "SOURCES", "LICENCES", "PRINT", "PLAN {time}"]
                .map(str::to_owned);
        HandoutWords { next, previous, step_of, notes, sources, licences, print, planned }
    }

    fn step(text: &str) -> HandoutStep {
        HandoutStep {
            title: text.to_owned(),
            caption: text.to_owned(),
            notes: format!("{text}\n\nmore"),
            picture: b"\x89PNG".to_vec(),
            alt: text.to_owned(),
            sources: vec![HandoutSource {
                text: text.to_owned(),
                url: Some(format!("https://x.org/{text}")),
            }],
            seconds: 75,
        }
    }

    fn handout(text: &str) -> Handout<'_> {
        let steps = vec![step(text), step(text)];
        Handout { lang: "ko", title: text, steps, words: words(), licences: vec![text.to_owned()] }
    }

    #[test]
    fn each_step_has_its_words_and_its_place() {
        let page = html(&handout("Aral"));
        for wanted in [
            r#"<html lang="ko">"#,
            "<title>Aral</title>",
            r#"id="2" aria-labelledby="title-2" data-place="2 OF 2""#,
            r#"<img src="data:image/png;base64,iVBORw==" alt="Aral">"#,
            "<p>Aral</p><p>more</p>",
            "PLAN 1:15",
            r#"<a href="https://x.org/Aral" target="_blank" rel="noopener noreferrer">Aral</a>"#,
            r#"aria-label="NEXT""#,
        ] {
            assert!(page.contains(wanted), "{wanted}");
        }
        assert_eq!(page.matches("<section").count(), 2);
    }

    #[test]
    fn no_hole_or_mark_of_the_template_is_left() {
        let page = html(&handout("Aral"));
        for left in ["{{", "}}", "<!--", "-->"] {
            assert!(!page.contains(left), "{left}");
        }
    }

    #[test]
    fn hostile_texts_stay_texts() {
        let (plain, hostile) = (html(&handout("Aral")), html(&handout(HOSTILE)));
        for tag in ["<script", "</script", "<!--", "onload=\"", "<section", "alert('"] {
            assert_eq!(hostile.matches(tag).count(), plain.matches(tag).count(), "{tag}");
        }
        // A hole in a text is a text.
        assert!(hostile.contains("{{title}} &amp;"));
        let mut tricky = handout("Aral");
        tricky.lang = HOSTILE;
        tricky.words.step_of = HOSTILE.to_owned();
        tricky.words.planned = HOSTILE.to_owned();
        assert_eq!(html(&tricky).matches("<script").count(), 1);
    }

    #[test]
    fn only_web_addresses_become_links() {
        let linked = |url: &str| source(&HandoutSource { text: "s".to_owned(), url: Some(url.to_owned()) });
        assert!(linked("HTTPS://x.org").contains("<a "));
        for url in ["javascript:alert(1)//://", "data:text/html,x", "file:///etc", " https://x.org", "x.org"]
        {
            assert_eq!(linked(url), "<li>s</li>", "{url}");
        }
        assert!(linked("https://x.org/\"><b>").contains("https://x.org/&quot;&gt;&lt;b&gt;"));
    }

    #[test]
    fn a_bare_step_has_no_empty_parts() {
        let mut bare = handout("Aral");
        bare.licences.clear();
        for step in &mut bare.steps {
            (step.notes, step.sources, step.seconds) = (" \n\n ".to_owned(), Vec::new(), 0);
        }
        let page = html(&bare);
        for part in [r#"class="aside""#, r#"class="notes""#, r#"class="time""#, "<footer"] {
            assert!(!page.contains(part), "{part}");
        }
    }

    #[test]
    fn the_page_may_ask_for_nothing() {
        let page = html(&handout("Aral"));
        assert!(page.contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'"));
        for loader in ["<link rel=\"style", "@import", "url(", "fetch(", "XMLHttp", "import(", "srcset"] {
            assert!(!page.contains(loader), "{loader}");
        }
        assert_eq!(page.matches("src=\"").count(), page.matches("src=\"data:image/").count());
    }

    #[test]
    fn a_jpeg_is_called_one() {
        assert_eq!(data_uri(&[0xFF, 0xD8, 0xFF]), "data:image/jpeg;base64,/9j/");
    }
}
