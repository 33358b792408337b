//! What else the panel has of boundaries and sources.

use egui::Ui;

use super::lines::pairs_ui;
use super::links;
use crate::atlas::{Id, Source};
use crate::catalog::Line;
use crate::state::Command;
use crate::ui::widgets::{Icon, button, section};
use crate::ui::{Commands, Context};

/// How the line is drawn, and who draws it otherwise.
pub(super) fn boundary_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (is_disputed, lines): (bool, &[Line]),
    commands: &mut Commands,
) {
    let strings = &context.strings.boundary;
    if is_disputed {
        ui.add_space(6.0);
        ui.label(context.look.small(&strings.neutral));
    }
    let views: Vec<&Line> = lines.iter().filter(|line| line.key == "view").collect();
    if !views.is_empty() {
        section(ui, context, &strings.drawn_dashed);
        pairs_ui(ui, context, &views, commands);
    }
    let row = context.state.picks.selected.as_ref().and_then(|id| context.state.catalog.boundary_row(id));
    let touching: Vec<Id> =
        row.map(|row| context.scenery.touching(row).cloned().collect()).unwrap_or_default();
    if !touching.is_empty() {
        section(ui, context, &strings.touched_by);
        links(ui, context, &touching, commands);
    }
}

/// A way to the source itself.
pub(super) fn source_ui(ui: &mut Ui, context: &Context<'_>, source: &Source, commands: &mut Commands) {
    let is_web =
        source.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    if let Some(url) = is_web {
        ui.add_space(8.0);
        if button(ui, context, Some(Icon("link")), &context.strings.panel.open_source, false).clicked() {
            commands.push(Command::OpenLink(url.to_owned()));
        }
    }
}
