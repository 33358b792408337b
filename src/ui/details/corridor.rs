//! What only corridors have: through which countries, by which routes, and how exactly they are drawn.

use egui::{Align, Layout as EguiLayout, Ui};

use super::links;
use crate::atlas::{Corridor, Id};
use crate::catalog::words::{country, km};
use crate::catalog::{Drawn, drawn};
use crate::ui::widgets::{line_sample, section};
use crate::ui::{Commands, Context};

/// Room for a length at the end of a row.
const LENGTH_WIDTH: f32 = 76.0;

pub(super) fn corridor_ui(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor, commands: &mut Commands) {
    let language = context.language();
    section(ui, context, &context.strings.panel.countries);
    let names: Vec<String> =
        corridor.countries.iter().map(|code| country(&context.state.catalog, code, language)).collect();
    ui.add(egui::Label::new(context.look.body(&names.join(" · "))).wrap());
    routes(ui, context, corridor);
    precisions(ui, context, corridor);
    let zones: Vec<Id> = context
        .state
        .catalog
        .atlas
        .zones
        .iter()
        .filter(|zone| zone.corridors.contains(&corridor.id))
        .map(|zone| zone.id.clone())
        .collect();
    if !zones.is_empty() {
        section(ui, context, &context.strings.panel.zones_on_corridor.fill(zones.len()));
        links(ui, context, &zones, commands);
    }
}

fn routes(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor) {
    section(ui, context, &context.strings.panel.routes);
    for route in &corridor.routes {
        ui.horizontal(|ui| {
            let width = ui.available_width();
            ui.scope(|ui| {
                ui.set_max_width(width - LENGTH_WIDTH);
                ui.add(egui::Label::new(context.look.body(route.name.get(context.language()))).wrap());
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
