//! What goes to the clipboard: a citation of a thing with its sources, and a link back to it.

use serde_json::{Value, json};

use super::words::{date, short_name};
use super::{Catalog, Entry};
use crate::atlas::{Date, Id, Item, Moment, Source};
use crate::geo::Camera;
use crate::i18n::{Language, Strings};

/// The thing, this atlas with the version of its data, then each source of its facts once.
#[must_use]
pub fn citation(catalog: &Catalog, language: Language, (id, entry): (&Id, &Entry<'_>)) -> String {
    let (atlas, strings) = (&catalog.atlas, Strings::embedded(language));
    let name = short_name(catalog, id, language);
    let mut lines = vec![format!(
        "{name} ({id}). {}, {} ({}).",
        strings.app_name,
        atlas.version,
        date(strings, atlas.date)
    )];
    for (source, at) in sources(catalog, entry) {
        let when = source.date.map_or(String::new(), |when| format!(", {}", date(strings, when)));
        let at = at.map_or(String::new(), |at| format!(", {at}"));
        lines.push(format!("– {}{when}{at}", source.title));
    }
    lines.join("\n")
}

/// Every publication and data set behind the lines and, of an event, the facts of an entry, each once.
#[must_use]
pub fn sources_of<'a>(catalog: &'a Catalog, entry: &Entry<'a>) -> Vec<&'a Source> {
    let mut found: Vec<&Source> = Vec::new();
    let lines = super::lines(catalog, Language::En, entry);
    let facts = if matches!(entry, Entry::Item(Item::Event(_))) { entry.facts() } else { &[] };
    let cited = facts.iter().flat_map(|fact| &fact.cited).flat_map(|cited| &cited.sources);
    for citation in lines.iter().flat_map(|line| &line.sources).chain(cited) {
        let Some(source) = catalog.atlas.source(&citation.id) else { continue };
        // What was worked out here is no source of its own.
        let is_own = source.called.is_some() && source.date.is_none();
        if !is_own && found.iter().all(|other| other.id != source.id) {
            found.push(source);
        }
    }
    found
}

/// Each source of an entry's facts once, with the first place in it.
fn sources<'a>(catalog: &'a Catalog, entry: &Entry<'a>) -> Vec<(&'a Source, Option<&'a str>)> {
    let mut found: Vec<(&Source, Option<&str>)> = Vec::new();
    for citation in entry.facts().iter().flat_map(|fact| &fact.cited).flat_map(|cited| &cited.sources) {
        let Some(source) = catalog.atlas.source(&citation.id) else { continue };
        if found.iter().all(|(other, _)| other.id != source.id) {
            found.push((source, citation.at.as_deref()));
        }
    }
    found
}

/// The same as BibTeX: the thing in this version of the atlas with the `link` to the view, then its sources.
#[must_use]
pub fn bibtex(catalog: &Catalog, language: Language, (id, entry): (&Id, &Entry<'_>), link: &str) -> String {
    let (atlas, strings) = (&catalog.atlas, Strings::embedded(language));
    let name = short_name(catalog, id, language);
    let own = [
        ("title", format!("{name}. {}", strings.app_name)),
        ("edition", atlas.version.clone()),
        ("year", year(atlas.date)),
        ("howpublished", link.to_owned()),
    ];
    let sources = sources(catalog, entry).into_iter().map(|(source, at)| {
        let fields = [
            ("title", Some(source.title.clone())),
            ("author", source.author.clone()),
            ("publisher", source.publisher.clone()),
            ("year", source.date.map(year)),
            ("url", source.url.clone()),
            ("note", at.map(str::to_owned)),
        ];
        let fields = fields.into_iter().filter_map(|(key, value)| Some((key, value?)));
        bibtex_entry(&source.id.name, fields)
    });
    let own = bibtex_entry(&format!("corridor-atlas-{}", id.name), own.into_iter());
    std::iter::once(own).chain(sources).collect::<Vec<_>>().join("\n")
}

fn bibtex_entry(key: &str, fields: impl Iterator<Item = (&'static str, String)>) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || letter == '-' { letter } else { '-' };
    let key: String = key.chars().map(plain).collect();
    let lines = fields.map(|(name, value)| format!("  {name} = {{{}}}", escaped(&value)));
    format!("@misc{{{key},\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// Letters that mean something to TeX, so that they stand for themselves.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    out
}

/// The same as CSL-JSON, which reference managers read.
#[must_use]
pub fn csl_json(catalog: &Catalog, language: Language, (id, entry): (&Id, &Entry<'_>), link: &str) -> String {
    let (atlas, strings) = (&catalog.atlas, Strings::embedded(language));
    let mut items = vec![json!({
        "id": format!("corridor-atlas/{id}"),
        "type": "dataset",
        "title": short_name(catalog, id, language),
        "container-title": strings.app_name,
        "version": atlas.version,
        "issued": issued(atlas.date),
        "note": link,
    })];
    for (source, at) in sources(catalog, entry) {
        let mut item = json!({ "id": source.id.name, "type": "document", "title": source.title });
        let mut set = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                item[key] = value;
            }
        };
        set("author", source.author.as_ref().map(|name| json!([{ "literal": name }])));
        set("publisher", source.publisher.clone().map(Value::from));
        set("issued", source.date.map(issued));
        set("URL", source.url.clone().map(Value::from));
        set("accessed", source.accessed.map(issued));
        set("locator", at.map(Value::from));
        items.push(item);
    }
    format!("{:#}\n", Value::Array(items))
}

fn year(date: Date) -> String {
    parts(date.start)[0].to_string()
}

fn issued(date: Date) -> Value {
    json!({ "date-parts": [parts(date.start)] })
}

/// Year, month and day, as far as they are known.
fn parts(moment: Moment) -> Vec<i64> {
    match moment {
        Moment::Decade(year) | Moment::Year(year) => vec![i64::from(year)],
        Moment::Month(year, month) => vec![i64::from(year), i64::from(month)],
        Moment::Day(year, month, day) => vec![i64::from(year), i64::from(month), i64::from(day)],
    }
}

/// The command that opens this view again with this thing selected.
#[must_use]
pub fn link(camera: Camera, id: &Id) -> String {
    let center = camera.center.to_lonlat();
    format!("corridor-atlas --view {:.4},{:.4},{:.2} --select {id}", center.lon, center.lat, camera.zoom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;
    use crate::basemap::Basemap;

    #[test]
    fn a_thing_is_cited_with_its_version_its_link_and_each_source_once() {
        let tables = Basemap::embedded().tables().expect("tables");
        let catalog = Catalog::new(Atlas::embedded().expect("atlas"), tables);
        let id: Id = "zone/horgos".parse().expect("an id");
        let entry = catalog.entry(&id).expect("an entry");
        let view = "corridor-atlas --view 80.4,44.2,9";
        let text = bibtex(&catalog, Language::En, (&id, &entry), view);
        let entries = text.matches("@misc{").count();
        assert!(text.contains(&catalog.atlas.version) && text.contains(view), "{text}");
        assert_eq!(text.matches("@misc{opinion-2018,").count(), 1);
        assert_eq!(text.matches('{').count(), text.matches('}').count());
        let items: Vec<Value> =
            serde_json::from_str(&csl_json(&catalog, Language::En, (&id, &entry), view)).expect("json");
        assert_eq!(items.len(), entries);
        assert_eq!((&items[0]["type"], &items[0]["note"]), (&json!("dataset"), &json!(view)));
        assert_eq!(escaped("50 % & _a_"), "50 \\% \\& \\_a\\_");
    }
}
