//! Nothing is selected: what the atlas is about, and where to begin.

use egui::{Align, Layout, Margin, Ui};

use super::{MARGIN, choose, symbol};
use crate::atlas::Id;
use crate::catalog::words::short_name;
use crate::state::Command;
use crate::ui::actions::Action;
use crate::ui::layers::link_hover;
use crate::ui::layout::TAB_BELOW;
use crate::ui::widgets::{Icon, Row, button, hairline, icon_button, row, scrolled, section};
use crate::ui::{Commands, Context};

/// Room for a mark and the gaps between it and two names.
const SYMBOL: f32 = 38.0;
/// Room for the number in front of a lesson.
const NUMBER: f32 = 18.0;

pub(super) fn overview_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let strings = &context.strings.overview;
    let footer = 40.0;
    ui.scope(|ui| {
        ui.set_max_height(ui.available_height() - footer);
        scrolled(ui, "overview", MARGIN, |ui| {
            ui.add_space(14.0);
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let close = &context.strings.toolbar.close_details;
                let lies_over_map = context.state.view.viewport().size.width < f64::from(TAB_BELOW);
                if lies_over_map && icon_button(ui, context, Icon("close"), close, true).clicked() {
                    commands.push(Command::SetRightPanelOpen(false));
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.add_space(6.0);
                    ui.label(context.look.text(context.look.tokens.text.title, &strings.title));
                });
            });
            ui.add_space(8.0);
            let lead = context.look.text(context.look.tokens.text.reading, &strings.lead);
            ui.label(lead.color(context.look.secondary()));
            ui.add_space(12.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                if button(ui, context, Some(Icon("book")), &strings.read_document, true).clicked() {
                    commands.push(Command::Select(Some(context.state.catalog.atlas.document().id.clone())));
                }
                if button(ui, context, None, &context.strings.quiz.title, false).clicked() {
                    commands.extend(Action::Quiz.command(context, 0));
                }
            });
            zones(ui, context, commands);
            areas(ui, context, commands);
            lessons(ui, context, commands);
        });
    });
    hairline(ui, context);
    egui::Frame::new().inner_margin(Margin::symmetric(MARGIN, 10)).show(ui, |ui| {
        if ui.link(context.look.small(&strings.every_fact)).clicked() {
            commands.extend(Action::Receipts.command(context, 0));
        }
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

/// Two columns where every name has room in one, else a single one.
fn columns_for(ui: &Ui, context: &Context<'_>, ids: &[Id]) -> usize {
    let font = context.look.font(context.look.tokens.text.body);
    let width =
        |text: String| ui.painter().layout_no_wrap(text, font.clone(), context.look.primary()).size().x;
    let catalog = &context.state.catalog;
    let needed = ids.iter().map(|id| {
        let names = [context.language(), second_language(context)].map(|one| short_name(catalog, id, one));
        SYMBOL + names.into_iter().map(width).sum::<f32>()
    });
    let half = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
    if needed.fold(0.0, f32::max) <= half { 2 } else { 1 }
}

/// A name and, behind it, the name in another language.
fn two_columns(ui: &mut Ui, context: &Context<'_>, ids: &[Id], commands: &mut Commands) {
    let list = ui.scope(|ui| {
        let mut hovered = None;
        let count = columns_for(ui, context, ids);
        for pair in ids.chunks(count) {
            ui.columns(count, |columns| {
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
        let width = ui.available_width() - NUMBER;
        let font = context.look.font(context.look.tokens.text.body);
        let galley = ui.painter().layout(name.to_owned(), font, context.look.primary(), width);
        let look = Row { name, is_selected: false, height: galley.size().y + 8.0, end_width: 0.0 };
        let response = row(ui, context, look, |ui| {
            ui.label(context.look.small(&lesson.order.to_string()));
            ui.label(galley);
        });
        choose(&response, &lesson.id, commands);
    }
}
