//! Above the strip: which route it is, what is shown of it, and how it is laid out.

use egui::{Align, Layout, Popup, Sense, Ui, vec2};

use crate::atlas::Corridor;
use crate::catalog::Strip;
use crate::catalog::words::{kind_name, km, short_name};
use crate::data::csv_line;
use crate::state::{Command, FigureOf, OpenStrip, StripCommand, StripPart, StripScale};
use crate::ui::figure::make;
use crate::ui::menu::entry_ui;
use crate::ui::widgets::{Icon, badge, icon_button, segmented, toggle_chip};
use crate::ui::{Commands, Context};

const HEIGHT: f32 = 46.0;
const MENU_WIDTH: f32 = 420.0;
const SAVE_WIDTH: f32 = 220.0;
/// Windows narrower than this have no room for the chips.
const CHIPS_FROM: f32 = 1_000.0;

pub(super) fn head_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (open, corridor, strip): (&OpenStrip, &Corridor, &Strip<'_>),
    commands: &mut Commands,
) {
    let texts = &context.strings.strip;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(16.0, 6.0))));
    let width = rect.width();
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        badge(ui, context, corridor);
        if context.is_on_paper() {
            let name = corridor.name.get(context.language());
            ui.label(context.look.text(context.look.tokens.text.heading, name));
            ui.add(egui::Label::new(context.look.small(&told(context, (open, strip)))).truncate());
            return;
        }
        ui.label(context.look.text(context.look.tokens.text.heading, &texts.title));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, context, Icon("close"), &texts.close, true).clicked() {
                commands.push(Command::Strip(StripCommand::Close));
            }
            let save = icon_button(ui, context, Icon("save"), &context.strings.table.export, true);
            save_ui(context, (&save, open, strip), commands);
            let along = &context.strings.panel.fly_along;
            if icon_button(ui, context, Icon("fly"), along, true).clicked() {
                commands.push(Command::FlyAlong(open.corridor.clone()));
            }
            scale_ui(ui, context, open, commands);
            if width >= CHIPS_FROM {
                ui.add_space(8.0);
                for part in StripPart::ALL.into_iter().rev() {
                    let is_shown = open.shows(part);
                    if toggle_chip(ui, context, part_name(context, part), is_shown).clicked() {
                        commands.push(Command::Strip(StripCommand::SetShown { part, is_shown: !is_shown }));
                    }
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                routes_ui(ui, context, (corridor, strip), commands);
                let told = told(context, (open, strip));
                ui.add(egui::Label::new(context.look.small(&told)).truncate());
            });
        });
    });
}

/// How the strip is taken out: as rows, or as a figure.
fn save_ui(
    context: &Context<'_>,
    (button, open, strip): (&egui::Response, &OpenStrip, &Strip<'_>),
    commands: &mut Commands,
) {
    Popup::menu(button).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(8)).show(
        |ui| {
            ui.set_width(SAVE_WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            if entry_ui(ui, context, &context.strings.table.save_csv, "", false).clicked() {
                let name = format!("{}.csv", strip.route.id);
                commands.push(Command::SaveAs { name, text: as_csv(context, (open, strip)) });
                ui.close();
            }
            if entry_ui(ui, context, &context.strings.figure.make, "", false).clicked() {
                commands.extend(make(context.state, FigureOf::Strip, None));
                ui.close();
            }
        },
    );
}

/// What is measured, else what is laid out.
fn told(context: &Context<'_>, (open, strip): (&OpenStrip, &Strip<'_>)) -> String {
    let texts = &context.strings.strip;
    let measured = open.measured.and_then(|(from, to)| Some((to - from, open.line.direct_km(from, to)?)));
    if let Some((along, direct)) = measured.filter(|(along, _)| along.abs() >= 1.0) {
        let along = along.abs();
        let percent = ((along / direct.max(0.001) - 1.0) * 100.0).max(0.0);
        return texts.measured.fill_all(&[
            ("along", &km(context.strings, along)),
            ("direct", &km(context.strings, direct)),
            ("percent", &format!("{percent:.0}")),
        ]);
    }
    let (name, length) = (strip.route.name.get(context.language()), km(context.strings, strip.km));
    texts.summary.fill_with(strip.route.stops.len(), &[("route", name), ("km", &length)])
}

fn scale_ui(ui: &mut Ui, context: &Context<'_>, open: &OpenStrip, commands: &mut Commands) {
    let texts = &context.strings.strip;
    // From the right, as everything here is laid out.
    let items =
        [(texts.countries.as_str(), texts.countries.as_str()), (&texts.rail_distance, &texts.rail_distance)];
    let chosen = usize::from(open.scale == StripScale::Distance);
    let picked = segmented(ui, context, &items, chosen);
    if let Some(picked) = picked {
        let scale = if picked == 0 { StripScale::Countries } else { StripScale::Distance };
        commands.push(Command::Strip(StripCommand::SetScale(scale)));
    }
}

/// The other routes of the corridor behind a button.
fn routes_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (corridor, strip): (&Corridor, &Strip<'_>),
    commands: &mut Commands,
) {
    if corridor.routes.len() < 2 {
        return;
    }
    let button = icon_button(ui, context, Icon("down"), &context.strings.strip.other, true);
    Popup::menu(&button).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(8)).show(
        |ui| {
            ui.set_width(MENU_WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            for route in &corridor.routes {
                let is_open = route.id == strip.route.id;
                let name = route.name.get(context.language());
                if entry_ui(ui, context, name, &km(context.strings, route.km), is_open).clicked() {
                    let (corridor, route) = (corridor.id.clone(), Some(route.id.clone()));
                    commands.push(Command::Strip(StripCommand::Open { corridor, route }));
                    ui.close();
                }
            }
        },
    );
}

fn part_name<'a>(context: &'a Context<'_>, part: StripPart) -> &'a str {
    let texts = &context.strings.strip;
    match part {
        StripPart::Stations => &texts.stations,
        StripPart::Borders => &texts.borders,
        StripPart::Gauge => &texts.gauge,
        StripPart::Zones => &texts.zones,
        StripPart::Projects => &texts.projects,
    }
}

/// What lies along the route by kilometre, as comma separated values.
fn as_csv(context: &Context<'_>, (open, strip): (&OpenStrip, &Strip<'_>)) -> String {
    let (catalog, language) = (&context.state.catalog, context.language());
    let stops = strip.route.stops.iter().map(|stop| (stop.km, catalog.stop_id(stop)));
    let crossings = strip.crossings.iter().map(|(km, crossing)| (*km, crossing.id.clone()));
    let marked = strip.zones.iter().chain(open.projects.iter()).cloned();
    let mut things: Vec<_> = stops.chain(crossings).chain(marked).collect();
    things.sort_by(|a, b| a.0.total_cmp(&b.0));
    let line = |values: [String; 4]| csv_line(values.into_iter().map(std::borrow::Cow::Owned));
    let rows = things.into_iter().map(|(km, id)| {
        let kind = catalog.entry(&id).map_or("", |entry| kind_name(context.strings, &entry)).to_owned();
        line([format!("{km:.1}"), kind, short_name(catalog, &id, language), id.to_string()])
    });
    line(["km", "kind", "name", "id"].map(str::to_owned)) + &rows.collect::<String>()
}
