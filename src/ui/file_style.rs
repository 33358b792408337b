//! The style of an opened file under its row in the list, and its legend.

use egui::{Align, ComboBox, Layout, Role, Sense, Slider, Stroke, TextEdit, Ui, WidgetInfo, vec2};

use super::look::colour;
use super::widgets::{Icon, icon_button, segmented};
use super::{Commands, Context};
use crate::data::{Class, Column, Method, Table, has_looks};
use crate::i18n::integer;
use crate::scene::{class_inks, class_name, file_colour};
use crate::state::{
    Columns, Command, FEWEST_CLASSES, FileCommand, FileStyle, MOST_CLASSES, OpenFile, StyleBy,
};
use crate::theme::Rgba;

/// Classes of numbers to begin with.
const CLASSES: usize = 5;
const SWATCH: f32 = 20.0;

/// Name, place in the list, colours and opacity; `lies` is the file's place from below and how many there are.
pub(super) fn style_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, lies): (&OpenFile, (usize, usize)),
    commands: &mut Commands,
) {
    let colours = context.look.colours();
    let frame = egui::Frame::new()
        .fill(colour(colours.surface.sunken))
        .corner_radius(context.look.tokens.radius.card)
        .inner_margin(10);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(6.0, 8.0);
        name_ui(ui, context, (file, lies), commands);
        let mut style = file.style.clone();
        colour_ui(ui, context, &mut style);
        match &file.columns {
            Columns::Ready(table) => by_ui(ui, context, table, &mut style),
            Columns::Reading => drop(ui.label(context.look.small(&context.strings.style.reading))),
            Columns::Unread => {}
        }
        opacity_ui(ui, context, &mut style);
        super::files::offsets_ui(ui, context, file, commands);
        if style != file.style {
            commands.push(Command::File(FileCommand::SetStyle { key: file.key.clone(), style }));
        }
    });
    ui.add_space(6.0);
}

fn name_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, (at, count)): (&OpenFile, (usize, usize)),
    commands: &mut Commands,
) {
    let texts = &context.strings.style;
    let id = egui::Id::unique(("file name", &file.key));
    let mut name: String = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| file.name.clone());
    ui.horizontal(|ui| {
        let room = ui.available_width() - 2.0 * context.look.tokens.size.hit_target_min - 12.0;
        let field = ui.add(TextEdit::singleline(&mut name).desired_width(room));
        field.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, &file.name, &name, "");
            info.label = Some(texts.name.clone());
            info
        });
        if field.lost_focus() {
            ui.data_mut(|data| data.remove::<String>(id));
            if name != file.name {
                commands.push(Command::File(FileCommand::Rename { key: file.key.clone(), name }));
            }
        } else if field.changed() {
            ui.data_mut(|data| data.insert_temp(id, name));
        }
        let mut step = |ui: &mut Ui, icon, text: &str, to: Option<usize>| {
            let name = format!("{text}: {}", file.name);
            if icon_button(ui, context, Icon(icon), &name, to.is_some()).clicked()
                && let Some(to) = to
            {
                commands.push(Command::File(FileCommand::Move { key: file.key.clone(), to }));
            }
        };
        step(ui, "up", &texts.raise, (at + 1 < count).then_some(at + 1));
        step(ui, "down", &texts.lower, at.checked_sub(1));
    });
}

fn colour_ui(ui: &mut Ui, context: &Context<'_>, style: &mut FileStyle) {
    let theme = context.look.colours();
    ui.horizontal(|ui| {
        for number in 0..theme.file.len() {
            let is_chosen = style.colour % theme.file.len() == number;
            let (rect, response) = ui.allocate_exact_size(vec2(SWATCH + 8.0, SWATCH + 4.0), Sense::click());
            let name = context.strings.style.colour.fill("n", &(number + 1).to_string());
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, &name));
            let ink = colour(file_colour(theme, number));
            ui.painter().circle_filled(rect.center(), SWATCH / 2.0 - 3.0, ink);
            if is_chosen || response.hovered() || response.has_focus() {
                let ring = if response.has_focus() { theme.accent.focus_ring } else { theme.text.primary };
                ui.painter().circle_stroke(rect.center(), SWATCH / 2.0, Stroke::new(1.5, colour(ring)));
            }
            if response.clicked() {
                style.colour = number;
            }
        }
    });
}

/// What the colour goes by.
fn by_ui(ui: &mut Ui, context: &Context<'_>, table: &Table, style: &mut FileStyle) {
    let texts = &context.strings.style;
    if table.columns.is_empty() {
        ui.label(context.look.small(&texts.no_properties));
        return;
    }
    let first = |wanted: fn(&Column) -> bool| table.columns.iter().find(|column| wanted(column));
    let number = first(Column::is_numeric);
    let mut kinds = vec![(&texts.one, StyleBy::One)];
    if let Some(column) = first(Column::is_category).or(table.columns.first()) {
        kinds.push((&texts.values, StyleBy::Categories { column: column.name.clone() }));
    }
    if let Some(column) = number {
        let by = StyleBy::Numbers { column: column.name.clone(), method: Method::default(), wanted: CLASSES };
        kinds.push((&texts.numbers, by));
    }
    if has_looks(table) {
        kinds.push((&texts.own, StyleBy::Own));
    }
    let same = |by: &StyleBy| std::mem::discriminant(by) == std::mem::discriminant(&style.by);
    let chosen = kinds.iter().position(|(_, by)| same(by)).unwrap_or_default();
    let items: Vec<(&str, &str)> = kinds.iter().map(|(text, _)| (text.as_str(), text.as_str())).collect();
    let picked = segmented(ui, context, &items, chosen);
    if let Some(picked) = picked.filter(|picked| *picked != chosen) {
        style.by = kinds.swap_remove(picked).1;
    }
    if number.is_none() {
        ui.label(context.look.small(&texts.no_numbers));
    }
    match &mut style.by {
        StyleBy::One | StyleBy::Own => {}
        StyleBy::Categories { column } => column_ui(ui, context, (table, |_| true), column),
        StyleBy::Numbers { column, method, wanted } => {
            column_ui(ui, context, (table, Column::is_numeric), column);
            numbers_ui(ui, context, (method, wanted));
        }
    }
}

fn column_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (table, is_offered): (&Table, fn(&Column) -> bool),
    chosen: &mut String,
) {
    let width = ui.available_width() - 8.0;
    let text = chosen.clone();
    choice(ui, context, (&context.strings.style.property, &text, width), |ui| {
        for column in table.columns.iter().filter(|column| is_offered(column)) {
            ui.selectable_value(chosen, column.name.clone(), context.look.body(&column.name));
        }
    });
}

/// A list that opens: its name, what is chosen, and how wide it is.
fn choice(
    ui: &mut Ui,
    context: &Context<'_>,
    (name, chosen, width): (&str, &str, f32),
    list: impl FnOnce(&mut Ui),
) {
    let shown = ComboBox::from_id_salt(name)
        .width(width)
        .truncate()
        .selected_text(context.look.body(chosen))
        .show_ui(ui, list);
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {chosen}")));
}

fn numbers_ui(ui: &mut Ui, context: &Context<'_>, (method, wanted): (&mut Method, &mut usize)) {
    let texts = &context.strings.style;
    let methods = [
        (Method::Quantile, &texts.quantile),
        (Method::Equal, &texts.equal),
        (Method::Natural, &texts.natural),
    ];
    let current = methods.iter().find(|(other, _)| other == method).map_or("", |(_, text)| text.as_str());
    ui.horizontal(|ui| {
        let room = ui.available_width() - 2.0 * context.look.tokens.size.hit_target_min - 84.0;
        choice(ui, context, (&texts.method, current, room), |ui| {
            for (other, text) in methods {
                ui.selectable_value(method, other, context.look.body(text));
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if icon_button(ui, context, Icon("plus"), &texts.more, *wanted < MOST_CLASSES).clicked() {
                *wanted += 1;
            }
            ui.label(context.look.small(&texts.classes.fill(*wanted)));
            if icon_button(ui, context, Icon("minus"), &texts.fewer, *wanted > FEWEST_CLASSES).clicked() {
                *wanted -= 1;
            }
        });
    });
}

fn opacity_ui(ui: &mut Ui, context: &Context<'_>, style: &mut FileStyle) {
    let text = &context.strings.style.opacity;
    ui.horizontal(|ui| {
        ui.label(context.look.small(text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(context.look.small(&format!("{} %", style.opacity_percent)));
            ui.spacing_mut().slider_width = ui.available_width() - 12.0;
            let slider = Slider::new(&mut style.opacity_percent, 5..=100).show_value(false).step_by(5.0);
            let response = ui.add(slider);
            response.widget_info(|| WidgetInfo::slider(true, f64::from(style.opacity_percent), text));
        });
    });
}

/// What the colours mean.
pub(super) fn legend_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile) {
    // Looks of its own have no names.
    let Some(classes) = file.classes.as_ref().filter(|_| file.style.by != StyleBy::Own) else { return };
    let inks = class_inks(context.look.colours(), file, classes);
    ui.spacing_mut().item_spacing.y = 2.0;
    if let Some(column) = file.style.by.column() {
        ui.add(egui::Label::new(context.look.small(column)).truncate());
    }
    for (class, ink) in classes.list.iter().zip(&inks) {
        class_ui(ui, context, (class, ink.line));
    }
    ui.add_space(4.0);
}

fn class_ui(ui: &mut Ui, context: &Context<'_>, (class, swatch): (&Class, Rgba)) {
    ui.horizontal(|ui| {
        ui.set_height(18.0);
        ui.spacing_mut().item_spacing.x = 8.0;
        let (place, _) = ui.allocate_exact_size(vec2(20.0, 14.0), Sense::hover());
        let edge = Stroke::new(1.0, colour(context.look.colours().surface.line_strong));
        let sample = place.shrink2(vec2(3.0, 2.0));
        ui.painter().rect(sample, 3.0, colour(swatch), edge, egui::StrokeKind::Inside);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let count = i64::try_from(class.count).unwrap_or(i64::MAX);
            ui.label(context.look.small(&integer(count)));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(context.look.small(&class_name(context.strings, class))).truncate());
            });
        });
    });
}
