//! Opened files in the right panel: beside the table of one of them the left one is a rail.

use egui::{Align, Layout, Ui};

use super::super::widgets::{Icon, icon_button, scrolled};
use super::super::{Commands, Context};
use super::{FOOT, list_ui, open_ui, trouble_ui};
use crate::state::{Command, Subject};

/// Whether the files stand there while nothing is selected.
pub(in crate::ui) fn is_wanted(context: &Context<'_>) -> bool {
    context.state.table.as_ref().is_some_and(|table| matches!(table.of, Subject::File(_)))
}

pub(in crate::ui) fn panel_ui(ui: &mut Ui, context: &Context<'_>, margin: i8, commands: &mut Commands) {
    let strings = context.strings;
    ui.scope(|ui| {
        ui.set_max_height(ui.available_height() - FOOT);
        scrolled(ui, "your files", margin, |ui| {
            ui.add_space(14.0);
            ui.horizontal(|ui| {
                let title = context.look.text(context.look.tokens.text.heading, &strings.layers.your_files);
                ui.label(title);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let close = &strings.toolbar.close_details;
                    if icon_button(ui, context, Icon("close"), close, true).clicked() {
                        commands.push(Command::SetRightPanelOpen(false));
                    }
                });
            });
            ui.add_space(8.0);
            trouble_ui(ui, context);
            list_ui(ui, context, commands);
        });
    });
    open_ui(ui, context, commands);
}
