//! What only corridors have: how long, through which countries, by which routes and how exactly drawn.

use egui::{Align, Layout as EguiLayout, Ui};

use super::facts::chips;
use super::links;
use crate::atlas::{Corridor, Id, Precision};
use crate::ui::widgets::{line_sample, section};
use crate::ui::words::{country, km};
use crate::ui::{Commands, Context};

pub(super) fn corridor_ui(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor, commands: &mut Commands) {
    let language = context.language();
    ui.add_space(10.0);
    ui.label(context.look.text(context.look.tokens.text.reading, corridor.description.get(language)));
    chips(ui, context, &corridor.description_sources, commands);
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
                ui.set_max_width(width - 76.0);
                ui.add(egui::Label::new(context.look.body(route.name.get(context.language()))).wrap());
            });
            ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
                ui.label(context.look.small(&km(context.strings, route.km)));
            });
        });
        ui.add_space(4.0);
    }
}

/// How many legs, and how far, are drawn how exactly.
fn precisions(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor) {
    let strings = &context.strings.precision;
    section(ui, context, &strings.legs);
    let ink = context.scenery.looks(context.look.theme).corridor(&corridor.id).0;
    let kinds = [
        (Precision::Traced, &strings.traced),
        (Precision::Approximate, &strings.approximate),
        (Precision::Schematic, &strings.schematic),
    ];
    for (precision, name) in kinds {
        let legs = context.state.catalog.atlas.legs.iter();
        let legs = legs.filter(|leg| leg.corridor == corridor.id && leg.precision == precision);
        let (count, total) = legs.fold((0, 0.0), |(count, total), leg| (count + 1, total + leg.km));
        if count == 0 {
            continue;
        }
        ui.horizontal(|ui| {
            line_sample(ui, context, precision, crate::ui::look::colour(ink));
            ui.label(context.look.body(name));
            ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
                ui.label(
                    context
                        .look
                        .small(&strings.leg_count.fill_with(count, &[("km", &km(context.strings, total))])),
                );
            });
        });
    }
}
