//! The rows of a comparison: what each feature says, with its sources, and bars where it is a number.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::{GAP, LABELS};
use crate::atlas::{Id, Item};
use crate::catalog::Entry;
use crate::catalog::compare::{Cell, Compared};
use crate::state::Command;
use crate::ui::details::chips;
use crate::ui::widgets::{Tone, badge, hairline, tag};
use crate::ui::{Commands, Context};

/// Longest bar, and its height.
const BAR: f32 = 90.0;
const BAR_HEIGHT: f32 = 7.0;

pub(super) fn rows_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (rows, placed): (&[Compared], &[(Id, Rect)]),
    commands: &mut Commands,
) {
    let only = context.state.compare.only_differences && placed.len() > 1;
    let left = ui.max_rect().left();
    // Lines of text as high as text is.
    ui.spacing_mut().interact_size.y = 0.0;
    ui.spacing_mut().item_spacing.y = 2.0;
    for row in rows.iter().filter(|row| !only || row.differs()) {
        hairline(ui, context);
        ui.add_space(7.0);
        let top = ui.cursor().top();
        let mut bottom = top;
        let mut column = |ui: &mut Ui, from: f32, width: f32, content: &mut dyn FnMut(&mut Ui)| {
            let room = Rect::from_min_size(pos2(from, top), vec2(width, f32::INFINITY));
            let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
            ui.set_max_width(width);
            content(&mut ui);
            bottom = bottom.max(ui.min_rect().bottom());
        };
        column(ui, left, LABELS - GAP, &mut |ui| {
            ui.add(egui::Label::new(context.look.small(&row.label)).wrap());
        });
        let longest = row.cells.iter().filter_map(|cell| cell.number).fold(0.0, f64::max);
        for (number, (cell, (_, map))) in row.cells.iter().zip(placed).enumerate() {
            ui.push_id((&row.key, number), |ui| {
                column(ui, map.left(), map.width() - GAP, &mut |ui| {
                    cell_ui(ui, context, (cell, longest), commands);
                });
            });
        }
        ui.allocate_rect(Rect::from_min_max(pos2(left, top), pos2(left + 1.0, bottom)), Sense::hover());
        ui.add_space(7.0);
    }
}

fn cell_ui(ui: &mut Ui, context: &Context<'_>, (cell, longest): (&Cell, f64), commands: &mut Commands) {
    if cell.text.is_empty() {
        ui.label(context.look.small("–")).on_hover_text(&context.strings.compare.nothing);
        return;
    }
    if !cell.ids.is_empty() {
        return badges_ui(ui, context, &cell.ids, commands);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add(egui::Label::new(context.look.body(&cell.text)).wrap().selectable(true));
        if let Some(number) = cell.number.filter(|number| longest > 0.0 && *number >= 0.0) {
            let room = BAR.min(ui.available_width() - 4.0);
            let width = (number / longest) as f32 * room;
            if room > 20.0 {
                let (rect, _) = ui.allocate_exact_size(vec2(width.max(1.0), BAR_HEIGHT), Sense::hover());
                ui.painter().rect_filled(rect, 2.0, context.look.secondary());
            }
        }
        if cell.is_disputed {
            tag(ui, context, Tone::Doubt, &context.strings.panel.they_differ);
        } else if cell.is_doubtful {
            tag(ui, context, Tone::Doubt, &context.strings.panel.not_certain);
        }
    });
    if !cell.sources.is_empty() {
        chips(ui, context, &cell.sources, commands);
    }
}

fn badges_ui(ui: &mut Ui, context: &Context<'_>, ids: &[Id], commands: &mut Commands) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for id in ids {
            let Some(Entry::Item(Item::Corridor(corridor))) = context.state.catalog.entry(id) else {
                continue;
            };
            let name = corridor.name.short(context.language());
            let badge = badge(ui, context, corridor).interact(Sense::click()).on_hover_text(name);
            if badge.clicked() {
                commands.push(Command::Select(Some(id.clone())));
            }
            if ids.len() == 1 {
                ui.add(egui::Label::new(context.look.body(name)).wrap());
            }
        }
    });
}
