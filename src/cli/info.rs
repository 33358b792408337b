//! `info`: everything the panel says of a thing.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::atlas::{Agreement, Citation, Date, Id, Says};
use crate::catalog::words::{cited, date, kind_name};
use crate::catalog::{Catalog, lines};
use crate::data::Dataset;
use crate::format;
use crate::geo::WorldBounds;
use crate::i18n::{Language, Localized, Strings};
use crate::state::OpenFile;

/// The answer, in the shape of the command line's contract.
#[derive(Serialize)]
pub(super) struct Info {
    id: Id,
    kind: &'static str,
    name: Localized,
    /// Pinyin and other spellings.
    also: Vec<String>,
    /// West, south, east, north in degrees; `null` for what has no place on the map.
    bounds: Option<[f64; 4]>,
    facts: Vec<InfoFact>,
    related: Vec<Id>,
    #[serde(skip)]
    heading: String,
    #[serde(skip)]
    related_title: &'static str,
}

/// What one or more sources say of one thing.
#[derive(Serialize)]
struct InfoFact {
    key: String,
    label: String,
    value: String,
    /// As exact as it is known; `null` where the source gives no date.
    as_of: Option<Date>,
    certain: bool,
    note: Option<String>,
    says: Says,
    /// How the document and the checks stand to each other, where both speak.
    agreement: Option<Agreement>,
    sources: Vec<Citation>,
    /// The sources and the date as a person reads them.
    #[serde(skip)]
    receipt: String,
}

/// What an opened file says of one of its features: each property as it stands there.
pub(super) fn of_feature(
    language: Language,
    id: &Id,
    (file, dataset, row): (&OpenFile, &Arc<Dataset>, u32),
) -> Info {
    let bytes = dataset.bytes(row).unwrap_or_default();
    let name = format::label(bytes, row);
    let (own_id, properties) = format::id_and_properties(bytes);
    let all = own_id.map(|value| ("id".to_owned(), value)).into_iter().chain(properties);
    let facts = all.map(|(key, value)| InfoFact {
        label: key.clone(),
        key,
        value: format::shown(&value),
        as_of: None,
        certain: true,
        note: None,
        says: Says::Other,
        agreement: None,
        sources: Vec::new(),
        receipt: file.name.clone(),
    });
    let strings = Strings::embedded(language);
    Info {
        heading: format!("{name} · {} · {id}", file.name),
        id: id.clone(),
        kind: id.kind.as_str(),
        name: Localized { en: name.clone(), zh: name.clone(), ko: name },
        also: Vec::new(),
        bounds: dataset.bounds_of(row).map(WorldBounds::to_degrees),
        facts: facts.collect(),
        related: Vec::new(),
        related_title: &strings.panel.related,
    }
}

/// What is known of `id`, which the catalogue must have.
pub(super) fn info(catalog: &Catalog, language: Language, id: &Id) -> Info {
    let strings = Strings::embedded(language);
    let entry = catalog.entry(id);
    let teller = Teller { catalog, strings, language };
    let name = entry.as_ref().map(crate::catalog::Entry::localized_name).unwrap_or_default();
    let kind = entry.as_ref().map_or("", |entry| kind_name(strings, entry));
    Info {
        heading: format!("{} · {kind} · {id}", name.get(language)),
        id: id.clone(),
        kind: id.kind.as_str(),
        also: entry.as_ref().map(|entry| also(&name, entry)).unwrap_or_default(),
        name,
        bounds: entry.as_ref().and_then(|entry| entry.bounds(&catalog.atlas)).map(degrees),
        facts: entry.as_ref().map(|entry| teller.facts(entry)).unwrap_or_default(),
        related: catalog.related(id),
        related_title: &strings.panel.related,
    }
}

fn also(name: &Localized, entry: &crate::catalog::Entry<'_>) -> Vec<String> {
    let others = entry.names().into_iter().filter(|other| !name.all().contains(other));
    others.map(str::to_owned).collect()
}

struct Teller<'a> {
    catalog: &'a Catalog,
    strings: &'static Strings,
    language: Language,
}

impl Teller<'_> {
    /// The lines of the panel, then its facts.
    fn facts(&self, entry: &crate::catalog::Entry<'_>) -> Vec<InfoFact> {
        let lines = lines(self.catalog, self.language, entry).into_iter().map(|line| InfoFact {
            receipt: self.receipt(line.as_of, &line.sources),
            key: line.key.to_owned(),
            label: line.label,
            value: line.value,
            as_of: line.as_of,
            certain: line.certain,
            note: line.note,
            says: Says::Other,
            agreement: None,
            sources: line.sources,
        });
        let facts = entry.facts().iter().flat_map(|fact| fact.cited.iter().map(move |cited| (fact, cited)));
        let facts = facts.map(|(fact, cited)| InfoFact {
            key: fact.key.clone(),
            label: fact.label.get(self.language).to_owned(),
            value: cited.value.get(self.language).to_owned(),
            as_of: cited.as_of,
            certain: cited.certain,
            note: cited.note.as_ref().map(|note| note.get(self.language).to_owned()),
            says: cited.says,
            agreement: fact.agreement,
            sources: cited.sources.clone(),
            receipt: self.receipt(cited.as_of, &cited.sources),
        });
        lines.chain(facts).collect()
    }

    fn receipt(&self, as_of: Option<Date>, sources: &[Citation]) -> String {
        let told =
            |citation: &Citation| cited(self.catalog.atlas.source(&citation.id), citation, self.language);
        let sources: Vec<String> = sources.iter().map(told).collect();
        let when = as_of.map(|as_of| format!("{}; ", date(self.strings, as_of))).unwrap_or_default();
        format!("{when}{}", sources.join("; "))
    }
}

impl fmt::Display for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.heading)?;
        writeln!(f, "{}", self.name.all().join(" · "))?;
        if !self.also.is_empty() {
            writeln!(f, "{}", self.also.join(" · "))?;
        }
        for fact in &self.facts {
            let doubt = if fact.certain { "" } else { " (?)" };
            writeln!(f, "\n{}: {}{doubt}", fact.label, fact.value)?;
            if let Some(note) = &fact.note {
                writeln!(f, "    {note}")?;
            }
            writeln!(f, "    [{}]", fact.receipt)?;
        }
        if !self.related.is_empty() {
            let ids: Vec<String> = self.related.iter().map(ToString::to_string).collect();
            writeln!(f, "\n{}: {}", self.related_title, ids.join(", "))?;
        }
        Ok(())
    }
}

/// West, south, east, north, to a ten-millionth of a degree.
fn degrees(bounds: WorldBounds) -> [f64; 4] {
    let (a, b) = (bounds.min.to_lonlat(), bounds.max.to_lonlat());
    [a.lon, b.lat, b.lon, a.lat].map(|value| (value * 1e7).round() / 1e7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Kind;
    use crate::content::Content;

    #[test]
    fn everything_with_an_id_has_facts_and_each_fact_a_source_that_exists() {
        let state = Content::embedded().expect("the embedded content reads").state;
        let catalog = &state.catalog;
        let mut faults = Vec::new();
        for id in Kind::ALL.into_iter().flat_map(|kind| catalog.ids(kind)) {
            let info = info(catalog, Language::En, &id);
            if info.facts.is_empty() {
                faults.push(format!("{id} has no facts"));
            }
            for fact in &info.facts {
                let unknown = fact.sources.iter().find(|source| catalog.atlas.source(&source.id).is_none());
                if fact.sources.is_empty() || unknown.is_some() || fact.value.is_empty() {
                    faults.push(format!("{id} {}: {:?} {unknown:?}", fact.key, fact.value));
                }
            }
            for related in &info.related {
                if catalog.entry(related).is_none() {
                    faults.push(format!("{id} stands with {related}, which does not exist"));
                }
            }
        }
        faults.truncate(20);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
