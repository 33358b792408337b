//! What only corridors have: through which countries, by which routes, and how exactly they are drawn.

use egui::{Align, Layout as EguiLayout, Ui};

use super::{choose, spaced, symbol};
use crate::atlas::{Corridor, Zone};
use crate::catalog::words::{country, km};
use crate::catalog::{Drawn, drawn};
use crate::i18n::Language;
use crate::state::{Command, StripCommand};
use crate::ui::layers::link_hover;
use crate::ui::look::Look;
use crate::ui::widgets::{Icon, Row, button, line_sample, row, section};
use crate::ui::{Commands, Context};

/// Room for a length at the end of a row.
const LENGTH_WIDTH: f32 = 76.0;
const DISTANCE_WIDTH: f32 = 56.0;
const ZONE_HEIGHT: f32 = 46.0;

pub(super) fn corridor_ui(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor, commands: &mut Commands) {
    let language = context.language();
    section(ui, context, &context.strings.panel.countries);
    let names: Vec<String> =
        corridor.countries.iter().map(|code| country(&context.state.catalog, code, language)).collect();
    ui.add(egui::Label::new(context.look.body(&names.join(" · "))).wrap());
    routes(ui, context, corridor, commands);
    precisions(ui, context, corridor);
    let zones = context.state.catalog.atlas.zones.iter();
    let zones: Vec<&Zone> = zones.filter(|zone| zone.corridors.contains(&corridor.id)).collect();
    if !zones.is_empty() {
        section(ui, context, &context.strings.panel.zones_on_corridor.fill(zones.len()));
        zones_ui(ui, context, &zones, commands);
    }
}

/// Each zone with its names, whom it faces, and how far that is from its port.
fn zones_ui(ui: &mut Ui, context: &Context<'_>, zones: &[&Zone], commands: &mut Commands) {
    let list = ui.scope(|ui| {
        let mut hovered = None;
        for zone in zones {
            if zone_row(ui, context, zone, commands) {
                hovered = Some(zone.id.clone());
            }
        }
        hovered
    });
    link_hover(context, &list.response, list.inner, commands);
}

fn zone_row(ui: &mut Ui, context: &Context<'_>, zone: &Zone, commands: &mut Commands) -> bool {
    let (strings, language) = (context.strings, context.language());
    let name = zone.name.short(language);
    let look = Row { name, is_selected: false, height: ZONE_HEIGHT, end_width: 0.0 };
    let response = row(ui, context, look, |ui| {
        symbol(ui, context, &zone.id);
        let width = ui.available_width() - DISTANCE_WIDTH;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(5.0);
            let others = Language::ALL.into_iter().filter(|&other| other != language);
            let others = others.map(|other| context.look.body(&format!("  {}", zone.name.short(other))));
            let others = others.map(|text| text.color(context.look.secondary()));
            let names = Look::joined(ui, std::iter::once(context.look.strong(name)).chain(others));
            ui.add(egui::Label::new(names).truncate());
            let faces = strings.search.faces.fill("place", zone.counterpart.name.short(language));
            let pinyin = &zone.name.pinyin;
            ui.add(egui::Label::new(context.look.small(&format!("{pinyin} · {faces}"))).truncate());
        });
        ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
            ui.label(context.look.small(&km(strings, zone.km_to_counterpart)))
                .on_hover_text(&strings.panel.port_to_counterpart);
        });
    });
    choose(&response, &zone.id, commands);
    response.hovered()
}

fn routes(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor, commands: &mut Commands) {
    section(ui, context, &context.strings.panel.routes);
    for route in &corridor.routes {
        ui.horizontal(|ui| {
            let width = ui.available_width();
            ui.scope(|ui| {
                ui.set_max_width(width - LENGTH_WIDTH);
                ui.add(
                    egui::Label::new(context.look.body(&spaced(route.name.get(context.language())))).wrap(),
                );
            });
            ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
                ui.label(context.look.small(&km(context.strings, route.km)));
            });
        });
        if let Some(note) = &route.note {
            ui.add(egui::Label::new(context.look.small(note.get(context.language()))).wrap());
        }
        ui.add_space(4.0);
    }
    if button(ui, context, Some(Icon("strip")), &context.strings.strip.title, false).clicked() {
        let corridor = corridor.id.clone();
        commands.push(Command::Strip(StripCommand::Open { corridor, route: None }));
    }
}

/// How many legs, and how far, are drawn how exactly.
fn precisions(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor) {
    let strings = &context.strings.precision;
    section(ui, context, &strings.legs);
    let ink = context.scenery.looks(context.look.theme).corridor(&corridor.id).0;
    for Drawn { precision, legs, km: total } in drawn(&context.state.catalog, corridor) {
        ui.horizontal(|ui| {
            line_sample(ui, context, precision, crate::ui::look::colour(ink));
            ui.label(context.look.body(crate::catalog::words::precision(context.strings, precision)));
            ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
                let text = strings.leg_count.fill_with(legs, &[("km", &km(context.strings, total))]);
                ui.label(context.look.small(&text));
            });
        });
    }
}
