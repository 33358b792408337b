//! Sheets over everything: all keys, and what this is and what it is made from.

use egui::{Align2, Area, Id, Key, Margin, Order, Sense, Ui, vec2};

use super::actions::{Part, TABLE};
use super::figure::figure_ui;
use super::files::path_ui;
use super::join::join_ui;
use super::look::colour;
use super::receipts::receipts_ui;
use super::tour::{flight_ui, tours_ui};
use super::widgets::{Icon, icon_button, labelled, section};
use super::{Commands, Context};
use crate::state::{Command, Sheet};

const WIDTH: f32 = 560.0;
/// Of a sheet with a list of many columns.
const WIDE: f32 = 820.0;
const MOST_HEIGHT: f32 = 620.0;
/// One press of an arrow, in points.
const LINE: f32 = 40.0;
/// To either end of the longest sheet, in points.
const LONGEST_SCROLL: f32 = 1e5;

/// `figure` is the picture of the figure that is being made.
pub(crate) fn sheets_ui(
    ui: &Ui,
    context: &Context<'_>,
    figure: Option<&std::sync::Arc<crate::scene::Montage>>,
    commands: &mut Commands,
) {
    let Some(open) = context.state.panels.sheet else { return };
    let strings = context.strings;
    let joined = context.state.join.as_ref().map(|join| strings.join.title.fill("name", &join.name()));
    let joined = joined.unwrap_or_default();
    let title = match open {
        Sheet::Keys => &strings.keys.title,
        Sheet::About => &strings.about.title,
        Sheet::Open => &strings.files.open,
        Sheet::Join => &joined,
        Sheet::Receipts(_) => &strings.receipts.title,
        Sheet::Tours => &strings.tours.title,
        Sheet::Flight => &strings.flight.title,
        Sheet::Figure => &strings.figure.title,
    };
    // A table that was read is not lost by a press beside its sheet.
    veil(ui, open != Sheet::Join, commands);
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
            let wanted = if matches!(open, Sheet::Receipts(_) | Sheet::Figure) { WIDE } else { WIDTH };
            ui.set_width(wanted.min(ui.ctx().content_rect().width() - 80.0));
            ui.horizontal(|ui| {
                ui.label(context.look.text(context.look.tokens.text.heading, title));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if icon_button(ui, context, Icon("close"), &strings.words.close, true).clicked() {
                        commands.push(Command::SetSheet(None));
                    }
                });
            });
            match open {
                Sheet::Open => path_ui(ui, context, commands),
                Sheet::Join => join_ui(ui, context, commands),
                Sheet::Figure => figure_ui(ui, context, figure, commands),
                Sheet::Tours => scrolling(ui, |ui| tours_ui(ui, context, commands)),
                Sheet::Flight => scrolling(ui, |ui| flight_ui(ui, context, commands)),
                Sheet::Receipts(page) => receipts_ui(ui, context, page, commands),
                Sheet::Keys => scrolling(ui, |ui| keys_ui(ui, context)),
                Sheet::About => scrolling(ui, |ui| about_ui(ui, context)),
            }
        });
    });
}

/// A text that may be longer than the sheet is high; arrows and page keys scroll it.
fn scrolling(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let height = MOST_HEIGHT.min(ui.ctx().content_rect().height() - 140.0);
    let step = scroll_by_keys(ui, height);
    egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if step != 0.0 {
            ui.scroll_with_delta_animation(vec2(0.0, -step), egui::style::ScrollAnimation::none());
        }
        content(ui);
    });
}

/// How far the pressed keys scroll, in points downwards.
fn scroll_by_keys(ui: &Ui, height: f32) -> f32 {
    let page = height * 0.9;
    let keys = [
        (Key::ArrowDown, LINE),
        (Key::ArrowUp, -LINE),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::End, LONGEST_SCROLL),
        (Key::Home, -LONGEST_SCROLL),
    ];
    let pressed = |key: Key| ui.input_mut(|input| input.count_and_consume_key(egui::Modifiers::NONE, key));
    keys.into_iter().map(|(key, step)| pressed(key) as f32 * step).sum()
}

/// The rest of the window steps back; a click there closes the sheet where `closes` says so.
fn veil(ui: &Ui, closes: bool, commands: &mut Commands) {
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
    if closes && shown.response.clicked() {
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
    for (title, licences) in
        [(&about.map_data, crate::catalog::data_licences()), (&about.fonts, crate::catalog::font_licences())]
    {
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
        ui.add(egui::Label::new(context.look.strong(source.chip(context.language()))).wrap());
        ui.add(egui::Label::new(context.look.small(source.licence.as_deref().unwrap_or_default())).wrap());
    }
}
