//! `at`, `info`, `search` and `list`: answers as text or JSON.

use std::fmt::Write;

use serde::Serialize;

use super::args::{AtArguments, Form, InfoArguments, ListArguments, SearchArguments};
use super::{CliError, known};
use crate::atlas::{Id, Kind};
use crate::catalog::words::{self, short_name};
use crate::content::Content;
use crate::format;
use crate::geo::{Camera, LonLat, Size, Viewport};
use crate::i18n::{Language, Strings};
use crate::scene::pick;
use crate::search::{Index, find};
use crate::state::State;

/// The window in which a click of `at` is made, in points.
const WINDOW: Size = Size { width: 1440.0, height: 900.0 };

#[derive(Serialize)]
struct At {
    lon: f64,
    lat: f64,
    zoom: f64,
    hits: Vec<AtHit>,
}

#[derive(Serialize)]
struct AtHit {
    id: Id,
    name: String,
    layer: &'static str,
    distance_px: f64,
}

/// What a click would find.
pub(super) fn at(arguments: &AtArguments, content: Content) -> Result<String, CliError> {
    let &AtArguments { place, zoom, form, .. } = arguments;
    let Content { mut state, scenery, .. } = content;
    super::files::open(&mut state, (&arguments.files, &arguments.reading.read_as()), false)?;
    for command in state.layer_commands((&arguments.layers, &arguments.hide))? {
        let _ = state.apply(command);
    }
    scenery.read_boundaries();
    let viewport = Viewport::clamped(Camera::new(place, zoom), WINDOW);
    let point = viewport.screen_from_world(place.to_world());
    let hits = pick(&state, &scenery, &viewport, point).into_iter().map(|hit| AtHit {
        name: name(&state, &hit.id, form.lang),
        id: hit.id,
        layer: hit.layer.as_str(),
        distance_px: (hit.distance * 10.0).round() / 10.0,
    });
    let answer = At { lon: place.lon, lat: place.lat, zoom, hits: hits.collect() };
    Ok(written(form, &answer, |answer, out| {
        if answer.hits.is_empty() {
            out.push_str(&Strings::embedded(form.lang).here.nothing);
            out.push('\n');
        }
        for hit in &answer.hits {
            let _ = writeln!(
                out,
                "{:<28} {} ({}, {} px)",
                hit.id.to_string(),
                hit.name,
                hit.layer,
                hit.distance_px
            );
        }
    }))
}

/// What the atlas or its file calls a thing.
fn name(state: &State, id: &Id, language: Language) -> String {
    match state.files.feature(id) {
        Some((_, dataset, row)) => format::label(dataset.bytes(row).unwrap_or_default(), row),
        None => short_name(&state.catalog, id, language),
    }
}

/// Everything the panel says.
pub(super) fn info(arguments: &InfoArguments, content: Content) -> Result<String, CliError> {
    let mut state = content.state;
    super::files::open(&mut state, (&arguments.files, &arguments.reading.read_as()), false)?;
    known(&state, &arguments.id)?;
    let answer = match state.files.feature(&arguments.id) {
        Some(feature) => super::info::of_feature(arguments.form.lang, &arguments.id, feature),
        None => super::info::info(&state.catalog, arguments.form.lang, &arguments.id),
    };
    Ok(written(arguments.form, &answer, |answer, out| {
        let _ = write!(out, "{answer}");
    }))
}

#[derive(Serialize)]
struct Found {
    query: String,
    results: Vec<FoundResult>,
}

#[derive(Serialize)]
struct FoundResult {
    /// `null` for a bare position.
    id: Option<Id>,
    kind: &'static str,
    name: String,
    score: u32,
    matched: String,
    /// Longitude and latitude of a bare position.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<[f64; 2]>,
}

/// What a name, a word or coordinates find.
pub(super) fn search(arguments: &SearchArguments, content: &Content) -> String {
    let catalog = &content.state.catalog;
    let found = find(&Index::new(catalog), catalog, &arguments.text, arguments.limit);
    let results = found.into_iter().map(|found| FoundResult {
        kind: found.id.as_ref().map_or("position", |id| id.kind.as_str()),
        name: found
            .id
            .as_ref()
            .map_or_else(|| found.matched.clone(), |id| short_name(catalog, id, arguments.form.lang)),
        id: found.id,
        score: found.score,
        matched: found.matched,
        position: found.position.map(|place| [place.lon, place.lat]),
    });
    let answer = Found { query: arguments.text.clone(), results: results.collect() };
    let strings = Strings::embedded(arguments.form.lang);
    written(arguments.form, &answer, |answer, out| {
        if answer.results.is_empty() {
            let _ = writeln!(out, "{}", strings.search.none.fill("text", &answer.query));
        }
        for result in &answer.results {
            let id = result.id.as_ref().map_or_else(|| "position".to_owned(), ToString::to_string);
            let matched =
                if result.matched == result.name { String::new() } else { format!(" ({})", result.matched) };
            let place = result.position.map(|[lon, lat]| words::position(strings, LonLat::new(lon, lat), 4));
            let _ = writeln!(out, "{id:<28} {}{matched}", place.as_deref().unwrap_or(&result.name));
        }
    })
}

#[derive(Serialize)]
struct Listed {
    /// `null` for all kinds.
    kind: Option<&'static str>,
    items: Vec<ListedItem>,
}

#[derive(Serialize)]
struct ListedItem {
    id: Id,
    name: String,
}

/// The ids and names of a kind; of the atlas's own kinds where none is named.
pub(super) fn list(arguments: &ListArguments, content: &Content) -> Result<String, CliError> {
    const OWN: [Kind; 7] = [
        Kind::Corridor,
        Kind::Zone,
        Kind::Project,
        Kind::BorderZone,
        Kind::Event,
        Kind::Connectivity,
        Kind::Source,
    ];
    let catalog = &content.state.catalog;
    let kind = arguments.kind.as_deref().map(kind).transpose()?;
    let kinds = kind.map_or_else(|| OWN.to_vec(), |kind| vec![kind]);
    let ids = kinds.into_iter().flat_map(|kind| catalog.ids(kind));
    let items = ids.map(|id| ListedItem { name: short_name(catalog, &id, arguments.form.lang), id });
    let answer = Listed { kind: kind.map(Kind::as_str), items: items.collect() };
    Ok(written(arguments.form, &answer, |answer, out| {
        for item in &answer.items {
            let _ = writeln!(out, "{:<28} {}", item.id.to_string(), item.name);
        }
    }))
}

fn kind(name: &str) -> Result<Kind, CliError> {
    let listed = || Kind::ALL.into_iter().filter(|kind| *kind != Kind::File);
    listed().find(|kind| kind.as_str() == name).ok_or_else(|| {
        let nearest = crate::search::nearest(name, listed().map(Kind::as_str));
        let nearest = nearest.into_iter().map(str::to_owned).collect();
        CliError::UnknownKind { name: name.to_owned(), nearest }
    })
}

/// One object of JSON, or lines of text.
fn written<T: Serialize>(form: Form, answer: &T, text: impl FnOnce(&T, &mut String)) -> String {
    let mut out = String::new();
    if form.json {
        // Maps with keys that are no text are the only thing serde_json refuses, and there are none.
        out = serde_json::to_string_pretty(answer).unwrap_or_default();
        out.push('\n');
    } else {
        text(answer, &mut out);
    }
    out
}
