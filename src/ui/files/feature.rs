//! What a feature of a file says of itself.

use std::sync::Arc;

use egui::{Align, Layout, Margin, Ui};

use super::super::details::{near_ui, tools_ui};
use super::super::widgets::{Icon, Tone, hairline, icon_button, labelled, scrolled, tag, tile_button};
use super::super::{Commands, Context};
use crate::atlas::Id;
use crate::data::Dataset;
use crate::format;
use crate::state::{Command, OpenFile};

/// A feature in words, read once: its bytes may be megabytes of coordinates.
#[derive(Debug, Default)]
pub(in crate::ui) struct Told {
    pub(in crate::ui) label: String,
    pub(in crate::ui) lines: Vec<(String, String)>,
}

/// What a feature says of itself, its own id first; `place` keeps the last one that was asked for there.
pub(in crate::ui) fn told_by(
    ctx: &egui::Context,
    place: &'static str,
    (dataset, row): (&Dataset, u32),
) -> Arc<Told> {
    let id = egui::Id::unique(place);
    let known: Option<(u64, u32, Arc<Told>)> = ctx.data(|data| data.get_temp(id));
    if let Some((_, _, told)) = known.filter(|known| (known.0, known.1) == (dataset.id, row)) {
        return told;
    }
    let (own_id, properties) = format::id_and_properties(dataset.bytes(row).unwrap_or_default());
    let label = format::name_of(&properties).unwrap_or_else(|| format!("#{}", u64::from(row) + 1));
    let own = own_id.map(|value| ("id".to_owned(), value));
    let lines = own.into_iter().chain(properties).map(|(key, value)| (key, format::shown(&value)));
    let told = Arc::new(Told { label, lines: lines.collect() });
    ctx.data_mut(|data| data.insert_temp(id, (dataset.id, row, Arc::clone(&told))));
    told
}

/// Everything a feature says of itself.
pub(in crate::ui) fn feature_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (id, (file, dataset, row)): (&Id, (&OpenFile, &Arc<Dataset>, u32)),
    commands: &mut Commands,
) {
    let told = told_by(ui.ctx(), "selected feature", (dataset, row));
    egui::Frame::new().inner_margin(Margin { left: 22, right: 14, top: 14, bottom: 14 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            tag(ui, context, Tone::Plain, &file.name);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = &context.strings.toolbar.close_details;
                if icon_button(ui, context, Icon("close"), close, true).clicked() {
                    commands.push(Command::Select(None));
                }
            });
        });
        ui.add_space(4.0);
        ui.label(context.look.text(context.look.tokens.text.title, &told.label));
        ui.add_space(10.0);
        let width = (ui.available_width() - 16.0) / 2.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let panel = &context.strings.panel;
            if tile_button(ui, context, Icon("fly"), &panel.fly_to, (true, width)).clicked() {
                commands.push(Command::FlyTo(id.clone()));
            }
            if tile_button(ui, context, Icon("copy"), &context.strings.files.copy_feature, (false, width))
                .clicked()
            {
                let bytes = dataset.bytes(row).unwrap_or_default();
                commands.push(Command::Copy(String::from_utf8_lossy(bytes).into_owned()));
            }
        });
        ui.add_space(6.0);
        tools_ui(ui, context, id, commands);
    });
    hairline(ui, context);
    scrolled(ui, &id.to_string(), 22, |ui| {
        near_ui(ui, context, id, commands);
        ui.add_space(12.0);
        for (key, value) in &told.lines {
            let label = |ui: &mut Ui| drop(ui.add(egui::Label::new(context.look.small(key)).wrap()));
            labelled(ui, 110.0, label, |ui| {
                let text = context.look.body(value);
                ui.add(egui::Label::new(text).wrap().selectable(true));
            });
            ui.add_space(4.0);
        }
    });
}
