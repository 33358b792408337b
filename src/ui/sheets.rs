//! Sheets over everything: all keys, and what this is and what it is made from.

use egui::{Align2, Area, Id, Margin, Order, Sense, Ui, vec2};

use super::actions::{Part, TABLE};
use super::files::path_ui;
use super::look::colour;
use super::widgets::{Icon, icon_button, labelled, section};
use super::{Commands, Context};
use crate::state::{Command, Sheet};

const WIDTH: f32 = 560.0;
const MOST_HEIGHT: f32 = 620.0;

pub(crate) fn sheets_ui(ui: &Ui, context: &Context<'_>, commands: &mut Commands) {
    let Some(open) = context.state.panels.sheet else { return };
    let strings = context.strings;
    let title = match open {
        Sheet::Keys => &strings.keys.title,
        Sheet::About => &strings.about.title,
        Sheet::Open => &strings.files.open,
    };
    veil(ui, commands);
    let area = Area::new(Id::unique("sheet"))
        .fade_in(false)
        .order(Order::Foreground)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .sense(Sense::CLICK | Sense::DRAG)
        .accessible_name(title);
    area.show(ui.ctx(), |ui| {
        let paper =
            context.look.paper(context.look.tokens.radius.panel).inner_margin(Margin::symmetric(24, 18));
        paper.show(ui, |ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 80.0));
            ui.horizontal(|ui| {
                ui.label(context.look.text(context.look.tokens.text.heading, title));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if icon_button(ui, context, Icon("close"), &strings.words.close, true).clicked() {
                        commands.push(Command::SetSheet(None));
                    }
                });
            });
            let height = MOST_HEIGHT.min(ui.ctx().content_rect().height() - 140.0);
            egui::ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(if open == Sheet::Open { 0.0 } else { height })
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    match open {
                        Sheet::Keys => keys_ui(ui, context),
                        Sheet::About => about_ui(ui, context),
                        Sheet::Open => path_ui(ui, context, commands),
                    }
                });
        });
    });
}

/// The rest of the window steps back; a click there closes the sheet.
fn veil(ui: &Ui, commands: &mut Commands) {
    let rect = ui.ctx().content_rect();
    let area = Area::new(Id::unique("veil"))
        .fade_in(false)
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .sense(Sense::CLICK);
    let shown = area.show(ui.ctx(), |ui| {
        ui.set_min_size(rect.size());
        ui.painter().rect_filled(rect, 0.0, egui::Color32::from_black_alpha(70));
    });
    if shown.response.clicked() {
        commands.push(Command::SetSheet(None));
    }
}

fn keys_ui(ui: &mut Ui, context: &Context<'_>) {
    let keys = &context.strings.keys;
    ui.add_space(8.0);
    let mouse = [
        (keys.mouse_click.as_str(), keys.select.as_str()),
        (&keys.mouse_double_click, &keys.fly_to),
        (&keys.mouse_drag, &keys.pan),
        (&keys.mouse_wheel, &keys.zoom_at_pointer),
        (&keys.mouse_shift_drag, &keys.box_zoom),
    ];
    for part in Part::ALL {
        section(ui, context, part.title(keys));
        for row in TABLE.iter().filter(|row| row.part == part && !row.shown.is_empty()) {
            key_row(ui, context, row.shown, &row.action.text(context));
        }
    }
    section(ui, context, &keys.part_pointer);
    for (key, text) in mouse {
        key_row(ui, context, key, text);
    }
    ui.add_space(10.0);
    ui.label(context.look.small(&keys.note_text_field));
}

fn key_row(ui: &mut Ui, context: &Context<'_>, key: &str, text: &str) {
    labelled(
        ui,
        130.0,
        |ui| key_cap(ui, context, key),
        |ui| {
            ui.add(egui::Label::new(context.look.body(text)).wrap());
        },
    );
    ui.add_space(5.0);
}

fn key_cap(ui: &mut Ui, context: &Context<'_>, key: &str) {
    let surface = &context.look.colours().surface;
    let frame = egui::Frame::new()
        .fill(colour(surface.sunken))
        .stroke(egui::Stroke::new(1.0, colour(surface.line_strong)))
        .corner_radius(5)
        .inner_margin(Margin::symmetric(7, 1));
    frame.show(ui, |ui| ui.label(context.look.small(key)));
}

fn about_ui(ui: &mut Ui, context: &Context<'_>) {
    let (about, atlas) = (&context.strings.about, &context.state.catalog.atlas);
    ui.add_space(6.0);
    let version = format!("{} · {}", env!("CARGO_PKG_VERSION"), atlas.version);
    ui.label(context.look.small(&about.version.fill("version", &version)));
    for text in [&about.what, &about.offline, &about.borders, &about.translations] {
        ui.add(egui::Label::new(context.look.body(text)).wrap());
        ui.add_space(2.0);
    }
    section(ui, context, &about.program);
    ui.label(context.look.body(&about.program_licence));
    for (title, licences) in [
        (&about.map_data, crate::catalog::basemap_licences()),
        (&about.fonts, crate::catalog::font_licences()),
    ] {
        section(ui, context, title);
        for licence in licences {
            ui.add(egui::Label::new(context.look.strong(&licence.title)).wrap());
            ui.add(
                egui::Label::new(
                    context.look.small(&format!("{} · {}", licence.licence, licence.attribution)),
                )
                .wrap(),
            );
            ui.add_space(4.0);
        }
    }
    section(ui, context, &about.facts);
    for source in atlas.sources.iter().filter(|source| source.licence.is_some()) {
        ui.add(egui::Label::new(context.look.strong(&source.short)).wrap());
        ui.add(egui::Label::new(context.look.small(source.licence.as_deref().unwrap_or_default())).wrap());
    }
}
