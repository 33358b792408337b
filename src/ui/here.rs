//! Several things lay under the click: a list to choose from, by mouse or by the keys 1 to 9.

use egui::{Align, Area, Id as EguiId, Layout as EguiLayout, Margin, Order, Sense, Ui, vec2};

use super::details_symbol;
use super::widgets::{Row, row};
use super::{Commands, Context};
use crate::catalog::words::way_to;
use crate::state::Command;

const WIDTH: f32 = 292.0;

pub(crate) fn here_ui(ui: &Ui, context: &Context<'_>, commands: &mut Commands) {
    let here = &context.state.picks.here;
    let from = context.state.picks.here_from;
    if !context.state.picks.is_list_open() {
        return;
    }
    // It opens beside the pointer of the click that found these things, and stays there.
    let id = EguiId::unique("here");
    // Asked before the memory is locked: both are behind the same lock.
    let free = super::map::free_map(context, ui.max_rect());
    let pointer = ui.input(|input| input.pointer.interact_pos()).filter(|_| from.is_none());
    let pointer = pointer.unwrap_or(free.center());
    let (at, is_new) = ui.ctx().data_mut(|data| {
        let known = data.get_temp::<(Vec<crate::atlas::Id>, egui::Pos2)>(id).filter(|(ids, _)| ids == here);
        let is_new = known.is_none();
        let (_, at) = known.unwrap_or_else(|| (here.clone(), pointer + vec2(14.0, 14.0)));
        data.insert_temp(id, (here.clone(), at));
        (at, is_new)
    });
    if is_new {
        // The pointer may now be over the list, no longer over the map.
        ui.ctx().request_repaint();
    }
    let area = Area::new(id)
        .fade_in(false)
        .order(Order::Foreground)
        .current_pos(at)
        .constrain_to(free)
        .sense(Sense::click());
    area.show(ui.ctx(), |ui| {
        let paper =
            context.look.paper(context.look.tokens.radius.bar).inner_margin(Margin::symmetric(14, 10));
        paper.show(ui, |ui| {
            ui.set_width(WIDTH - 28.0);
            let strings = &context.strings.here;
            let title = if from.is_some() { &strings.around } else { &strings.title };
            let title = if here.is_empty() { strings.nothing.clone() } else { title.fill(here.len()) };
            ui.label(context.look.small(&title));
            ui.add_space(4.0);
            for (index, id) in here.iter().enumerate() {
                let (name, kind) = super::map::named(ui, context, id);
                let is_selected = context.state.picks.selected.as_ref() == Some(id);
                let look =
                    Row { name: &name, is_selected, height: context.look.tokens.size.row, end_width: 0.0 };
                let response = row(ui, context, look, |ui| {
                    details_symbol(ui, context, id);
                    ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
                        if index < 9 {
                            ui.label(context.look.small(&(index + 1).to_string()));
                        }
                        let place =
                            context.state.catalog.bounds(id).map(|bounds| bounds.center().to_lonlat());
                        let beside = match from.zip(place) {
                            Some((from, to)) => way_to(context.strings, from, to),
                            None => kind,
                        };
                        ui.add(egui::Label::new(context.look.small(&beside)).truncate());
                        ui.with_layout(EguiLayout::left_to_right(Align::Center), |ui| {
                            ui.add(egui::Label::new(context.look.body(&name)).truncate());
                        });
                    });
                });
                if response.clicked() {
                    commands.push(Command::Choose(index));
                }
                if response.hovered() && context.state.picks.hovered.as_ref() != Some(id) {
                    commands.push(Command::Hover(Some(id.clone())));
                }
            }
        });
    });
}
