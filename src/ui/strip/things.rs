//! What stands on the strip: stops, crossings, zones and projects, the most important names first.

use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rangef, Stroke, Ui};

use super::Laid;
use crate::atlas::{Id, Stop};
use crate::catalog::Entry;
use crate::catalog::words::short_name;
use crate::i18n::integer;
use crate::scene::MarkKind;
use crate::state::StripPart;
use crate::theme::Face;
use crate::ui::Context;
use crate::ui::look::colour;
use crate::ui::mark_of;
use crate::ui::widgets::paint_mark;

/// Stops on two sides of a border and no farther apart than this face each other.
const FACING_KM: f64 = 40.0;

/// One thing at a kilometre.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) km: f64,
    pub(super) id: Option<Id>,
    pub(super) name: String,
    /// For the pointer and a screen reader: the name and the kilometre.
    pub(super) told: String,
    /// Under the track, where zones and projects stand.
    pub(super) is_below: bool,
    /// The first of the places that its name may take: beside a border it stands on its own side.
    pub(super) first_place: usize,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Stop { is_certain: bool },
    Crossing { is_gauge_break: bool },
    Mark(MarkKind),
}

/// Stretches of a row of names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<Rangef>);

impl Names {
    /// Takes a stretch with so much room around it; whether it was free.
    pub(super) fn take(&mut self, wanted: Rangef, gap: f32) -> bool {
        let is_free =
            self.0.iter().all(|taken| wanted.max + gap <= taken.min || taken.max + gap <= wanted.min);
        if is_free {
            self.0.push(wanted);
        }
        is_free
    }
}

/// What is shown, in the order in which the names take their room.
pub(super) fn things(context: &Context<'_>, laid: &Laid<'_>) -> Vec<Thing> {
    let mut things = Vec::new();
    let (strip, open) = (&laid.strip, laid.open);
    if open.shows(StripPart::Zones) {
        things.extend(strip.zones.iter().filter_map(|(km, id)| marked(context, *km, id)));
    }
    if open.shows(StripPart::Projects) {
        things.extend(open.projects.iter().filter_map(|(km, id)| marked(context, *km, id)));
    }
    if open.shows(StripPart::Stations) {
        stops(context, laid, &mut things);
    }
    if open.shows(StripPart::Borders) {
        for (km, crossing) in &strip.crossings {
            let kind = Kind::Crossing { is_gauge_break: crossing.is_gauge_break };
            let id = crossing.id.clone();
            let name = short_name(&context.state.catalog, &id, context.language());
            // Both its posts are named on its two sides already.
            things.push(thing(context, (*km, Some(id), name), kind, false));
        }
    }
    things
}

/// The ends first, then those beside borders, then the others from the largest town down.
fn stops(context: &Context<'_>, laid: &Laid<'_>, things: &mut Vec<Thing>) {
    let stops = &laid.strip.route.stops;
    let last = stops.len().saturating_sub(1);
    let border_side = |number: usize| -> Option<usize> {
        let other = |at: Option<usize>| {
            at.and_then(|at| stops.get(at)).is_some_and(|one| one.country != stops[number].country)
        };
        if other(Some(number + 1)) {
            Some(2)
        } else if other(number.checked_sub(1)) {
            Some(1)
        } else {
            None
        }
    };
    let near = |number: usize| -> f64 {
        let gap = |a: usize, b: usize| (stops[a].km - stops[b].km).abs();
        let before = number.checked_sub(1).map_or(f64::MAX, |before| gap(number, before));
        let after = if number < last { gap(number, number + 1) } else { f64::MAX };
        before.min(after)
    };
    let mut order: Vec<usize> = (0..stops.len()).collect();
    let rank = |number: usize| match border_side(number) {
        _ if number == 0 || number == last => 0,
        // Posts that face each other; other stops are far from the border.
        Some(_) if near(number) < FACING_KM => 1,
        _ => 2,
    };
    let catalog = &context.state.catalog;
    let town = |number: usize| match catalog.entry(&catalog.stop_id(&stops[number])) {
        Some(Entry::Place(place)) => place.rank,
        _ => u8::MAX,
    };
    order.sort_by(|&a, &b| (rank(a), town(a)).cmp(&(rank(b), town(b))).then(near(b).total_cmp(&near(a))));
    for number in order {
        let stop: &Stop = &stops[number];
        let kind = Kind::Stop { is_certain: stop.certain };
        let what = (
            stop.km,
            Some(context.state.catalog.stop_id(stop)),
            stop.name.get(context.language()).to_owned(),
        );
        let mut thing = thing(context, what, kind, false);
        thing.first_place = border_side(number).filter(|_| rank(number) == 1).unwrap_or(0);
        things.push(thing);
    }
}

fn marked(context: &Context<'_>, km: f64, id: &Id) -> Option<Thing> {
    let kind = Kind::Mark(mark_of(&context.state.catalog, id)?);
    let name = short_name(&context.state.catalog, id, context.language());
    Some(thing(context, (km, Some(id.clone()), name), kind, true))
}

fn thing(
    context: &Context<'_>,
    (km, id, name): (f64, Option<Id>, String),
    kind: Kind,
    is_below: bool,
) -> Thing {
    let at = context.strings.strip.at_km.fill("km", &integer(km.round() as i64));
    Thing { km, id, told: format!("{name} · {at}"), name, is_below, first_place: 0, kind }
}

impl Thing {
    /// Its name; a crossing has none of its own.
    pub(super) fn galley(&self, ui: &Ui, context: &Context<'_>, is_lit: bool) -> Arc<Galley> {
        let mut style = context.look.tokens.text.small;
        if is_lit || self.is_below {
            style.face = Face::UiSemibold;
        }
        let name = if matches!(self.kind, Kind::Crossing { .. }) { "" } else { &self.name };
        ui.painter().layout_no_wrap(name.to_owned(), context.look.font(style), context.look.primary())
    }

    pub(super) fn paint(&self, ui: &Ui, context: &Context<'_>, (at, ink): (Pos2, Color32), is_named: bool) {
        let paper = colour(context.look.colours().surface.panel);
        match &self.kind {
            Kind::Stop { is_certain } => {
                let radius = if is_named { 4.2 } else { 2.6 };
                let edge = if *is_certain { context.look.primary() } else { context.look.secondary() };
                ui.painter().circle(at, radius, paper, Stroke::new(if is_named { 1.6 } else { 1.2 }, edge));
            }
            Kind::Crossing { is_gauge_break: false } => {
                ui.painter().vline(at.x, at.y - 9.0..=at.y + 9.0, Stroke::new(1.6, ink));
            }
            Kind::Crossing { is_gauge_break: true } => {}
            Kind::Mark(kind) => paint_mark(ui.painter(), context, kind, at),
        }
    }
}
