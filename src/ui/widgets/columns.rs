//! What stands beside each other: a label and what it says, or two columns of equal width.

use egui::{Align, Layout, Ui, vec2};

/// A column of `width` with `label`, then `content` in the rest; both start at the same height.
pub(crate) fn labelled(ui: &mut Ui, width: f32, label: impl FnOnce(&mut Ui), content: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        ui.allocate_ui_with_layout(vec2(width, 18.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            label(ui);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            content(ui);
        });
    });
}

/// Two columns of equal width with `gap` points between them.
pub(crate) fn halves(ui: &mut Ui, gap: f32, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let width = (ui.available_width() - gap) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let column = vec2(width, 0.0);
        let layout = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(column, layout, |ui| {
            ui.set_width(width);
            left(ui);
        });
        ui.allocate_ui_with_layout(column, layout, |ui| {
            ui.set_width(width);
            right(ui);
        });
    });
}
