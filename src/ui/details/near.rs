//! What lies within a distance of what is selected, counted and listed.

use egui::{Align, Layout, Ui};

use super::{choose, symbol};
use crate::atlas::Id;
use crate::catalog::words::{km, short_name};
use crate::state::{Command, Near};
use crate::ui::layers::link_hover;
use crate::ui::widgets::{Row, row, section, segmented};
use crate::ui::{Commands, Context};

/// Distances that can be chosen, in kilometres.
const DISTANCES: [f64; 4] = [10.0, 50.0, 100.0, 500.0];
/// Things that are listed; the nearest of more.
const MOST: usize = 40;

pub(in crate::ui) fn near_ui(ui: &mut Ui, context: &Context<'_>, id: &Id, commands: &mut Commands) {
    let Some(near) = context.state.picks.near.as_ref().filter(|near| near.of == *id) else { return };
    let texts = &context.strings.tools;
    section(ui, context, &texts.near);
    let names = DISTANCES.map(|distance| km(context.strings, distance));
    let items = names.each_ref().map(|name| (name.as_str(), name.as_str()));
    let chosen = DISTANCES.iter().position(|one| (one - near.km).abs() < 1e-6).unwrap_or(0);
    if let Some(index) = segmented(ui, context, &items, chosen) {
        commands.push(Command::LookNear(Some(DISTANCES[index])));
    }
    ui.add_space(6.0);
    let all = near.found.len() + near.in_files.iter().map(|(_, count)| count).sum::<usize>();
    ui.label(context.look.strong(&texts.within.fill_with(all, &[("km", &km(context.strings, near.km))])));
    for (key, count) in &near.in_files {
        if let Some(file) = context.state.files.get(key) {
            ui.label(context.look.body(&texts.in_file.fill_with(*count, &[("name", &file.name)])));
        }
    }
    list_ui(ui, context, near, commands);
}

fn list_ui(ui: &mut Ui, context: &Context<'_>, near: &Near, commands: &mut Commands) {
    let list = ui.scope(|ui| {
        let mut hovered = None;
        for (id, distance) in near.found.iter().take(MOST) {
            let name = short_name(&context.state.catalog, id, context.language());
            let height = context.look.tokens.size.hit_target_min;
            let look = Row { name: &name, is_selected: false, height, end_width: 0.0 };
            let response = row(ui, context, look, |ui| {
                symbol(ui, context, id);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(context.look.small(&km(context.strings, *distance)));
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(egui::Label::new(context.look.body(&name)).truncate());
                    });
                });
            });
            choose(&response, id, commands);
            if response.hovered() {
                hovered = Some(id.clone());
            }
        }
        hovered
    });
    if near.found.len() > MOST {
        ui.label(context.look.small(&format!("+ {}", near.found.len() - MOST)));
    }
    link_hover(context, &list.response, list.inner, commands);
}
