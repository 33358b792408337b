//! Every widget in every state it has, as a picture in each theme.

use std::sync::Arc;

use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};

use super::*;
use crate::atlas::Precision;
use crate::content::Content;
use crate::i18n::{Language, Strings};
use crate::scene::MarkKind;
use crate::theme::Theme;
use crate::ui::look::{Look, install_fonts};
use crate::ui::{Context, Medium};

/// Every widget, in the states it has.
fn all(ui: &mut egui::Ui, context: &Context<'_>) {
    section(ui, context, "Badges, marks, lines");
    ui.horizontal(|ui| {
        for corridor in &context.state.catalog.atlas.corridors {
            badge(ui, context, corridor);
        }
    });
    ui.horizontal(|ui| {
        let project = |kind: &str| MarkKind::Project(kind.to_owned());
        let kinds = [
            MarkKind::Zone,
            MarkKind::Horgos,
            MarkKind::BorderZone,
            MarkKind::Crossing { is_gauge_break: true },
            MarkKind::Crossing { is_gauge_break: false },
            MarkKind::Town { rank: 0 },
            project("port"),
            project("railway"),
            project("pipeline"),
            project("dam"),
        ];
        for kind in kinds {
            mark(ui, context, &kind);
        }
    });
    ui.horizontal(|ui| {
        for precision in [Precision::Traced, Precision::Approximate, Precision::Schematic] {
            line_sample(ui, context, precision, context.look.primary());
        }
    });
    section(ui, context, "Words");
    ui.horizontal(|ui| {
        tag(ui, context, Tone::Plain, "Cooperation zone");
        tag(ui, context, Tone::Good, "they agree");
        tag(ui, context, Tone::Doubt, "they differ");
        chip(ui, context, "People’s Daily, 2014", "source");
    });
    labelled(
        ui,
        104.0,
        |ui| drop(ui.label(context.look.small("Province"))),
        |ui| drop(ui.label(context.look.body("新疆维吾尔自治区 Huò’ěrguǒsī Móng Cái"))),
    );
    section(ui, context, "What can be pressed");
    ui.horizontal(|ui| {
        button(ui, context, Some(Icon("book")), "Read the document", true);
        button(ui, context, None, "Later", false);
    });
    ui.horizontal(|ui| {
        tile_button(ui, context, Icon("fly"), "Fly to", (true, 90.0));
        tile_button(ui, context, Icon("copy"), "Copy citation", (false, 90.0));
        segmented(ui, context, &[("EN", "English"), ("中文", "中文"), ("한국어", "한국어")], 1);
    });
    ui.horizontal(|ui| {
        icon_button(ui, context, Icon("back"), "Back", true);
        icon_button(ui, context, Icon("forward"), "Forward", false);
        switch(ui, context, true, "on");
        switch(ui, context, false, "off");
    });
    for (name, is_selected) in [("A row", false), ("A selected row", true)] {
        row(ui, context, Row { name, is_selected, height: 30.0, end_width: 0.0 }, |ui| {
            ui.label(context.look.body(name));
        });
    }
}

#[test]
fn widgets_look_as_they_should_in_three_themes() {
    let content = Content::embedded().expect("the embedded content reads");
    let (state, scenery, tokens) = (content.state, content.scenery, content.tokens);
    let mut results = SnapshotResults::new();
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Projector, "projector")] {
        let look = Look::new(Arc::clone(&tokens), theme);
        let mut is_first = true;
        let draw = |ui: &mut egui::Ui| {
            let strings = Strings::embedded(Language::En);
            let context =
                Context { state: &state, scenery: &scenery, strings, look: &look, medium: Medium::Window };
            egui::CentralPanel::default().frame(context.look.paper(0).inner_margin(20)).show(ui, |ui| {
                // Fonts are there from the second pass on.
                if std::mem::take(&mut is_first) {
                    install_fonts(ui.ctx());
                    look.apply(ui.ctx());
                } else {
                    all(ui, &context);
                }
            });
        };
        let mut harness = Harness::builder().with_size(egui::vec2(560.0, 560.0)).wgpu().build_ui(draw);
        harness.run();
        let options = SnapshotOptions::new().output_path("tests/snapshots/widgets");
        harness.snapshot_options(name, &options);
        results.extend_harness(&mut harness);
    }
}
