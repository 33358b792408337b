//! Panels of what the ground has: countries, boundaries, towns; and of sources.

use egui::Ui;

use super::facts::chips;
use super::links;
use super::zone::pairs;
use crate::atlas::{Citation, Id, Kind, Source};
use crate::basemap::{Boundary, BoundaryKind, Country};
use crate::catalog::Entry;
use crate::geo::LonLat;
use crate::i18n::strings::BoundaryTexts;
use crate::state::Command;
use crate::ui::widgets::{Icon, button, section};
use crate::ui::words::{country, date, position};
use crate::ui::{Commands, Context};

/// Where the basemap's names and lines come from, by their ids in `sources.json`.
const GROUND_SOURCE: &str = "natural-earth";
const NAMES_SOURCE: &str = "geonames";

pub(super) fn country_ui(ui: &mut Ui, context: &Context<'_>, shown: &Country, commands: &mut Commands) {
    let atlas = &context.state.catalog.atlas;
    let code = shown.iso_a2.as_str();
    let mut inside: Vec<Id> = atlas
        .corridors
        .iter()
        .filter(|corridor| corridor.countries.iter().any(|other| other == code))
        .map(|corridor| corridor.id.clone())
        .collect();
    inside.extend(atlas.zones.iter().filter(|zone| zone.neighbour == code).map(|zone| zone.id.clone()));
    let crossings =
        atlas.crossings.iter().filter(|crossing| crossing.sides.iter().any(|side| side.country == code));
    inside.extend(crossings.map(|crossing| crossing.id.clone()));
    if inside.is_empty() {
        ui.add_space(12.0);
        ui.label(context.look.small(&context.strings.panel.no_facts));
    } else {
        section(ui, context, &context.strings.panel.in_this_country);
        links(ui, context, &inside, commands);
    }
    from_source(ui, context, GROUND_SOURCE, commands);
}

pub(super) fn boundary_ui(ui: &mut Ui, context: &Context<'_>, boundary: &Boundary, commands: &mut Commands) {
    let (strings, language) = (&context.strings.boundary, context.language());
    ui.add_space(10.0);
    let sides = [boundary.left.get(language), boundary.right.get(language)];
    if sides.iter().all(|side| !side.is_empty()) {
        let between = strings.between.fill_all(&[("a", sides[0]), ("b", sides[1])]);
        ui.label(context.look.body(&between));
    }
    ui.label(context.look.strong(kind(strings, boundary.kind)));
    let notes = [&strings.drawn_dashed, &strings.good_to, &strings.neutral];
    for note in notes.into_iter().skip(usize::from(!boundary.is_disputed)) {
        ui.label(context.look.small(note));
    }
    if !boundary.views.is_empty() {
        section(ui, context, &strings.drawn_dashed);
        let lines: Vec<(String, String)> = std::iter::once((strings.most_maps.clone(), boundary.kind))
            .chain(
                boundary
                    .views
                    .iter()
                    .map(|(view, kind)| (country(&context.state.catalog, view, language), *kind)),
            )
            .map(|(who, drawn)| (who, kind(strings, drawn).to_owned()))
            .collect();
        let lines: Vec<(&String, String)> = lines.iter().map(|(who, how)| (who, how.clone())).collect();
        pairs(ui, context, "views", &lines);
    }
    from_source(ui, context, GROUND_SOURCE, commands);
}

fn kind(strings: &BoundaryTexts, kind: BoundaryKind) -> &str {
    match kind {
        BoundaryKind::International => &strings.international,
        BoundaryKind::Disputed => &strings.disputed,
        BoundaryKind::Indefinite | BoundaryKind::Indeterminate => &strings.indefinite,
        BoundaryKind::LineOfControl => &strings.line_of_control,
        BoundaryKind::LeaseLimit => &strings.lease,
        BoundaryKind::OverlayLimit | BoundaryKind::Claim => &strings.claim,
        BoundaryKind::Province => &strings.province,
        BoundaryKind::Unrecognized => &strings.not_drawn,
    }
}

pub(super) fn place_ui(ui: &mut Ui, context: &Context<'_>, entry: Entry<'_>, commands: &mut Commands) {
    let catalog = &context.state.catalog;
    let (place, code) = match entry {
        Entry::Place(place) => (place.at, place.country.as_str()),
        Entry::Stop(stop) => (LonLat::new(stop.lon, stop.lat), stop.country.as_str()),
        _ => return,
    };
    ui.add_space(10.0);
    ui.label(context.look.body(&country(catalog, code, context.language())));
    ui.label(context.look.small(&position(context.strings, place, 3)));
    if let Entry::Stop(stop) = entry {
        if let Some(note) = &stop.note {
            ui.add(egui::Label::new(context.look.small(note.get(context.language()))).wrap());
        }
        chips(ui, context, &stop.sources, commands);
    } else {
        from_source(ui, context, NAMES_SOURCE, commands);
    }
    let stops = |id: &&crate::atlas::Corridor| {
        id.routes
            .iter()
            .flat_map(|route| &route.stops)
            .any(|stop| (stop.lon - place.lon).abs() + (stop.lat - place.lat).abs() < 0.22)
    };
    let corridors: Vec<Id> =
        catalog.atlas.corridors.iter().filter(stops).map(|corridor| corridor.id.clone()).collect();
    if !corridors.is_empty() {
        section(ui, context, &context.strings.panel.on_these_corridors);
        links(ui, context, &corridors, commands);
    }
}

/// The card of a source: the whole reference, its note, its licence, what rests on it.
pub(super) fn source_ui(ui: &mut Ui, context: &Context<'_>, source: &Source, commands: &mut Commands) {
    let (strings, language) = (context.strings, context.language());
    ui.add_space(10.0);
    ui.add(
        egui::Label::new(context.look.text(context.look.tokens.text.reading, &source.title))
            .wrap()
            .selectable(true),
    );
    let parts = [
        source.author.as_deref(),
        source.publisher.as_deref(),
        source.licence.as_deref(),
        source.url.as_deref(),
    ];
    for part in parts.into_iter().flatten() {
        ui.add(egui::Label::new(context.look.small(part)).wrap().selectable(true));
    }
    if let Some(when) = source.date {
        ui.label(context.look.small(&date(strings, when)));
    }
    if let Some(when) = source.accessed {
        ui.label(context.look.small(&strings.panel.accessed.fill("date", &date(strings, when))));
    }
    if let Some(note) = &source.note {
        ui.add_space(6.0);
        ui.add(egui::Label::new(context.look.body(note.get(language))).wrap());
    }
    let is_web =
        source.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    if let Some(url) = is_web {
        ui.add_space(8.0);
        if button(ui, context, Some(Icon("link")), &strings.panel.open_source, false).clicked() {
            commands.push(Command::OpenLink(url.to_owned()));
        }
    }
    let resting = context.state.catalog.resting_on(&source.id.name);
    if !resting.is_empty() {
        section(ui, context, &strings.panel.facts_from_source);
        links(ui, context, &resting, commands);
    }
}

/// The chip of a source of the basemap.
fn from_source(ui: &mut Ui, context: &Context<'_>, source: &str, commands: &mut Commands) {
    ui.add_space(10.0);
    chips(ui, context, &[Citation { id: source.to_owned(), at: None }], commands);
}
