//! The cards of what lies over the map: the numbers of a measure, and of an area in its true size.

use egui::{Label, Ui};

use super::card::{Card, card_ui};
use super::overlay::middle;
use super::widgets::{button, labelled};
use super::{Commands, Context, Layout};
use crate::catalog::words::{km, short_name};
use crate::geo::{WorldFixed, distance_m};
use crate::i18n::decimal;
use crate::scene::Scenery;
use crate::state::{Command, MeasureCommand, TrueSize, TrueSizeCommand};

const WIDTH: f32 = 268.0;
const LABELS: f32 = 78.0;
/// Legs that are listed; the last of more.
const MOST_LEGS: usize = 6;

pub(crate) fn tools_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let is_measuring = context.state.measure.is_on;
    if !is_measuring && context.state.true_size.is_none() {
        return;
    }
    let texts = &context.strings.tools;
    let title = if is_measuring { &texts.measure } else { &texts.true_size };
    let card = Card { name: "tools", title, close: &texts.close, width: WIDTH };
    let is_closed = card_ui(ui, context, layout, card, |ui| {
        if is_measuring {
            measure_ui(ui, context, commands);
        } else if let Some(taken) = &context.state.true_size {
            true_size_ui(ui, context, taken, commands);
        }
    });
    if is_closed {
        commands.push(if is_measuring {
            Command::Measure(MeasureCommand::SetOn(false))
        } else {
            Command::TrueSize(TrueSizeCommand::PutAway)
        });
    }
}

fn pair(ui: &mut Ui, context: &Context<'_>, label: &str, value: &str) {
    labelled(
        ui,
        LABELS,
        |ui| drop(ui.label(context.look.small(label))),
        |ui| drop(ui.add(Label::new(context.look.strong(value)).wrap().selectable(true))),
    );
}

/// Kilometres with three digits that count, metres below one.
fn length(context: &Context<'_>, metres: f64) -> String {
    if metres < 1_000.0 {
        context.strings.units.m.fill("n", &decimal(metres, 0))
    } else if metres < 100_000.0 {
        context.strings.units.km.fill("n", &decimal(metres / 1e3, 2))
    } else {
        km(context.strings, metres / 1e3)
    }
}

/// A number with the four digits that count most.
fn four_digits(value: f64) -> f64 {
    let step = 10_f64.powf(value.abs().max(1.0).log10().floor() - 3.0);
    (value / step).round() * step
}

/// Square kilometres, hectares below ten of them.
pub(super) fn area(context: &Context<'_>, square_metres: f64) -> String {
    let units = &context.strings.units;
    let km2 = square_metres / 1e6;
    if km2 < 10.0 {
        units.ha.fill("n", &decimal(square_metres / 1e4, 1))
    } else {
        units.km2.fill("n", &decimal(km2, usize::from(km2 < 1_000.0)))
    }
}

fn measure_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let (texts, measure) = (&context.strings.tools, &context.state.measure);
    if measure.points.is_empty() {
        ui.add(Label::new(context.look.body(&texts.measure_hint)).wrap());
    }
    let legs = measure.legs();
    for (number, leg) in legs.iter().enumerate().skip(legs.len().saturating_sub(MOST_LEGS)) {
        let to = (number + 1) % measure.points.len();
        let name = texts.leg.fill_all(&[("from", &(number + 1).to_string()), ("to", &(to + 1).to_string())]);
        let bearing = format!("{} {}°", texts.bearing, decimal(leg.bearing, 1));
        pair(ui, context, &name, &format!("{} · {bearing}", length(context, leg.metres)));
    }
    if !legs.is_empty() {
        let name = if measure.is_closed { &texts.around } else { &texts.distance };
        pair(ui, context, name, &length(context, measure.metres()));
    }
    if let Some(square_metres) = measure.area_m2() {
        pair(ui, context, &texts.area, &area(context, square_metres));
    }
    ui.label(context.look.small(&texts.on_ellipsoid));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
        let mut ask = |ui: &mut Ui, text: &str, command: Command| {
            if button(ui, context, None, text, false).clicked() {
                commands.push(command);
            }
        };
        ask(ui, &texts.point_here, Command::Measure(MeasureCommand::Add(middle(context))));
        if measure.points.len() > 2 {
            let text = if measure.is_closed { &texts.open_area } else { &texts.close_area };
            ask(ui, text, Command::Measure(MeasureCommand::SetClosed(!measure.is_closed)));
        }
        if !measure.points.is_empty() {
            ask(ui, &texts.take_back, Command::Measure(MeasureCommand::TakeBack));
            ask(ui, &texts.copy, Command::Copy(copied(context)));
        }
    });
}

/// The points and legs for a spreadsheet.
fn copied(context: &Context<'_>) -> String {
    let measure = &context.state.measure;
    let legs = measure.legs();
    let row = |(number, place): (usize, &crate::geo::LonLat)| {
        let leg =
            legs.get(number).map_or_else(String::new, |leg| format!("{:.1}\t{:.2}", leg.metres, leg.bearing));
        format!("{:.6}\t{:.6}\t{leg}\n", place.lon, place.lat)
    };
    let rows: String = measure.points.iter().enumerate().map(row).collect();
    let area = measure.area_m2().map_or_else(String::new, |area| format!("area_m2\t{area:.0}\n"));
    format!("lon\tlat\tmetres_to_next\tbearing\n{rows}total_m\t{:.1}\n{area}", measure.metres())
}

fn true_size_ui(ui: &mut Ui, context: &Context<'_>, taken: &TrueSize, commands: &mut Commands) {
    let texts = &context.strings.tools;
    ui.add(Label::new(context.look.strong(&taken.name)).wrap());
    // Its outline is generalised: more digits would say more than is known.
    pair(ui, context, &texts.area, &area(context, four_digits(taken.area_m2)));
    let moved = distance_m(taken.home, taken.at);
    if moved >= 1_000.0 {
        pair(ui, context, &texts.moved, &length(context, moved));
        let times = decimal(taken.stretch(), 2);
        ui.add(Label::new(context.look.small(&texts.stretch.fill("n", &times))).wrap());
    }
    let hint = if taken.is_circle { &texts.circle } else { &texts.true_size_hint };
    ui.add(Label::new(context.look.small(hint)).wrap());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
        for (text, to) in [(&texts.bring_here, middle(context)), (&texts.back_home, taken.home)] {
            if button(ui, context, None, text, false).clicked() {
                commands.push(Command::TrueSize(TrueSizeCommand::Move(to)));
            }
        }
    });
}

/// The area of a thing, to be laid elsewhere; `None` where it has none that is known.
pub(super) fn taken(context: &Context<'_>, id: &crate::atlas::Id) -> Option<TrueSize> {
    use crate::atlas::Kind;
    let state = context.state;
    let name = short_name(&state.catalog, id, context.language());
    match id.kind {
        Kind::Country => TrueSize::new(name, &outline(context.scenery, state, id)),
        Kind::File => {
            let (_, dataset, row) = state.files.feature(id)?;
            let rings: Vec<Vec<WorldFixed>> = dataset.lines_of(row).map(<[WorldFixed]>::to_vec).collect();
            let name = crate::format::label(dataset.bytes(row).unwrap_or_default(), row);
            TrueSize::new(name, &rings)
        }
        _ => {
            let entry = state.catalog.entry(id)?;
            let km2 = entry.facts().iter().flat_map(|fact| &fact.cited).find_map(|cited| cited.area_km2)?;
            let home = state.bounds_of_point(id)?;
            Some(TrueSize::circle(name, home, km2 * 1e6))
        }
    }
}

fn outline(scenery: &Scenery, state: &crate::state::State, id: &crate::atlas::Id) -> Vec<Vec<WorldFixed>> {
    let rows = state.catalog.country_rows(id);
    rows.into_iter().flat_map(|row| scenery.outline_of(row)).collect()
}
