//! Nothing is selected: what the atlas is about, and where to begin.

use egui::{Margin, Ui};

use super::{MARGIN, choose, symbol};
use crate::atlas::Id;
use crate::catalog::words::short_name;
use crate::state::Command;
use crate::ui::layers::link_hover;
use crate::ui::widgets::{Icon, Row, button, hairline, row, scrolled, section};
use crate::ui::{Commands, Context};

pub(super) fn overview_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let strings = &context.strings.overview;
    let footer = 40.0;
    ui.scope(|ui| {
        ui.set_max_height(ui.available_height() - footer);
        scrolled(ui, "overview", MARGIN, |ui| {
            ui.add_space(20.0);
            ui.label(context.look.text(context.look.tokens.text.title, &strings.title));
            ui.add_space(8.0);
            let lead = context.look.text(context.look.tokens.text.reading, &strings.lead);
            ui.label(lead.color(context.look.secondary()));
            ui.add_space(12.0);
            if button(ui, context, Some(Icon("book")), &strings.read_document, true).clicked() {
                commands.push(Command::Select(Some(context.state.catalog.atlas.document().id.clone())));
            }
            zones(ui, context, commands);
            areas(ui, context, commands);
            lessons(ui, context, commands);
        });
    });
    hairline(ui, context);
    egui::Frame::new().inner_margin(Margin::symmetric(MARGIN, 10)).show(ui, |ui| {
        ui.label(context.look.small(&strings.every_fact));
    });
}

fn zones(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let strings = &context.strings.overview;
    let parts = [
        ("north-east", &strings.zones_north_east),
        ("south-west", &strings.zones_south_west),
        ("north-west", &strings.centre),
    ];
    for (region, title) in parts {
        let zones = context.state.catalog.atlas.zones.iter().filter(|zone| zone.region == region);
        let ids: Vec<Id> = zones.map(|zone| zone.id.clone()).collect();
        section(ui, context, title);
        two_columns(ui, context, &ids, commands);
    }
}

/// A name and, behind it, the name in another language.
fn two_columns(ui: &mut Ui, context: &Context<'_>, ids: &[Id], commands: &mut Commands) {
    let list = ui.scope(|ui| {
        let mut hovered = None;
        for pair in ids.chunks(2) {
            ui.columns(2, |columns| {
                for (column, id) in columns.iter_mut().zip(pair) {
                    if zone_row(column, context, id, commands) {
                        hovered = Some(id.clone());
                    }
                }
            });
        }
        hovered
    });
    link_hover(context, &list.response, list.inner, commands);
}

fn zone_row(ui: &mut Ui, context: &Context<'_>, id: &Id, commands: &mut Commands) -> bool {
    let name = short_name(&context.state.catalog, id, context.language());
    let look = Row { name: &name, is_selected: false, height: 26.0, end_width: 0.0 };
    let response = row(ui, context, look, |ui| {
        symbol(ui, context, id);
        ui.label(context.look.body(&name));
        let second = second_language(context);
        let other = short_name(&context.state.catalog, id, second);
        ui.add(egui::Label::new(context.look.body(&other).color(context.look.secondary())).truncate());
    });
    choose(&response, id, commands);
    response.hovered()
}

fn second_language(context: &Context<'_>) -> crate::i18n::Language {
    use crate::i18n::Language;
    if context.language() == Language::Zh { Language::En } else { Language::Zh }
}

fn areas(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    section(ui, context, &context.strings.overview.connectivities);
    for area in &context.state.catalog.atlas.connectivities {
        let name = area.name.get(context.language());
        let look = Row { name, is_selected: false, height: 26.0, end_width: 0.0 };
        let response = row(ui, context, look, |ui| {
            ui.label(context.look.small(&area.order.to_string()));
            ui.label(context.look.body(name));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(context.look.small(area.name.get(second_language(context))));
            });
        });
        choose(&response, &area.id, commands);
    }
}

fn lessons(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    section(ui, context, &context.strings.overview.lessons);
    for lesson in &context.state.catalog.atlas.lessons {
        let name = lesson.name.get(context.language());
        let look = Row { name, is_selected: false, height: 26.0, end_width: 0.0 };
        let response = row(ui, context, look, |ui| {
            ui.label(context.look.small(&lesson.order.to_string()));
            ui.add(egui::Label::new(context.look.body(name)).truncate());
        });
        choose(&response.on_hover_text(name), &lesson.id, commands);
    }
}
