//! The line at the foot of a figure: which atlas it is from, and what that rests on.

use crate::atlas::{Date, Id};
use crate::catalog::{sources_of, words};
use crate::state::{FigureOf, Subject};
use crate::ui::Context;

/// Whom the page thanks: the sources of what is on it, each once, the map's own, and the atlas.
pub(super) fn line(context: &Context<'_>, of: FigureOf) -> String {
    let (catalog, strings) = (&context.state.catalog, context.strings);
    let mut named: Vec<String> = Vec::new();
    let mut push = |name: String| {
        if !named.contains(&name) {
            named.push(name);
        }
    };
    for entry in shown(context, of).iter().filter_map(|id| catalog.entry(id)) {
        for source in sources_of(catalog, &entry) {
            push(source.chip(context.language()).to_owned());
        }
    }
    let charted = context.state.charted().map(|(subject, _)| subject).filter(|_| of == FigureOf::Chart);
    if let Some(Subject::File(key)) = charted {
        let file = context.state.files.get(key).map_or(key.as_str(), |file| file.name.as_str());
        return strings.figure.sources.fill("sources", file);
    }
    if matches!(of, FigureOf::Strip | FigureOf::Comparison) {
        for name in words::thanked(strings) {
            push(name.to_owned());
        }
    }
    push(format!("{}, {}", strings.app_name, catalog.atlas.version));
    strings.figure.sources.fill("sources", &named.join(" · "))
}

/// The things on the page whose facts it shows.
fn shown(context: &Context<'_>, of: FigureOf) -> Vec<Id> {
    let (state, catalog) = (context.state, &context.state.catalog);
    match of {
        FigureOf::Strip => {
            let Some(open) = &state.strip else { return Vec::new() };
            let Some((corridor, route)) = catalog.route(&open.corridor, &open.route) else {
                return Vec::new();
            };
            let strip = catalog.strip(corridor, route);
            let crossings = strip.crossings.iter().map(|(_, crossing)| crossing.id.clone());
            let zones = strip.zones.iter().map(|(_, id)| id.clone());
            std::iter::once(corridor.id.clone()).chain(crossings).chain(zones).collect()
        }
        // All zones are maps alone.
        FigureOf::Comparison if state.compare.has_all_zones => Vec::new(),
        FigureOf::Comparison => state.compared(),
        FigureOf::Timeline => {
            let (from, until) = (state.timeline.from, state.timeline.until);
            let is_in = |(date, _): &&(Date, Id)| {
                let month = date.first_month();
                until.is_none_or(|until| month <= until) && from.is_none_or(|from| month >= from)
            };
            catalog.chronicle.events.iter().filter(is_in).map(|(_, id)| id.clone()).collect()
        }
        FigureOf::Chart | FigureOf::Map => Vec::new(),
    }
}
