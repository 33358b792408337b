//! What goes to the clipboard: a citation of a thing with its sources, and a link back to it.

use super::words::{date, short_name};
use super::{Catalog, Entry};
use crate::atlas::Id;
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
    let mut seen = Vec::new();
    for citation in entry.facts().iter().flat_map(|fact| &fact.cited).flat_map(|cited| &cited.sources) {
        if seen.contains(&&citation.id) {
            continue;
        }
        seen.push(&citation.id);
        if let Some(source) = atlas.source(&citation.id) {
            let when = source.date.map_or(String::new(), |when| format!(", {}", date(strings, when)));
            let at = citation.at.as_ref().map_or(String::new(), |at| format!(", {at}"));
            lines.push(format!("– {}{when}{at}", source.title));
        }
    }
    lines.join("\n")
}

/// The command that opens this view again with this thing selected.
#[must_use]
pub fn link(camera: Camera, id: &Id) -> String {
    let center = camera.center.to_lonlat();
    format!("corridor-atlas --view {:.4},{:.4},{:.2} --select {id}", center.lon, center.lat, camera.zoom)
}
