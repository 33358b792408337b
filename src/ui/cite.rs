//! What goes to the clipboard: a citation of a thing with its sources, and a link back to it.

use super::Context;
use super::words::date;
use crate::atlas::Id;
use crate::catalog::Entry;

/// The thing, this atlas with the version of its data, then each source of its facts once.
pub(crate) fn citation(context: &Context<'_>, id: &Id, entry: &Entry<'_>) -> String {
    let atlas = &context.state.catalog.atlas;
    let name = super::words::short_name(&context.state.catalog, id, context.language());
    let mut lines = vec![format!(
        "{name} ({id}). {}, {} ({}).",
        context.strings.app_name,
        atlas.version,
        date(context.strings, atlas.date)
    )];
    let mut seen = Vec::new();
    for citation in entry.facts().iter().flat_map(|fact| &fact.cited).flat_map(|cited| &cited.sources) {
        if seen.contains(&&citation.id) {
            continue;
        }
        seen.push(&citation.id);
        if let Some(source) = atlas.source(&citation.id) {
            let when = source.date.map_or(String::new(), |when| format!(", {}", date(context.strings, when)));
            let at = citation.at.as_ref().map_or(String::new(), |at| format!(", {at}"));
            lines.push(format!("– {}{when}{at}", source.title));
        }
    }
    lines.join("\n")
}

/// The command that opens this view again with this thing selected.
pub(crate) fn link(context: &Context<'_>, id: &Id) -> String {
    let camera = context.state.view.camera();
    let center = camera.center.to_lonlat();
    format!("corridor-atlas --view {:.4},{:.4},{:.2} --select {id}", center.lon, center.lat, camera.zoom)
}
