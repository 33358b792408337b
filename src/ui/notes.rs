//! A person's notes: pins on the map, a card to write on, a list in the left panel, and the menu of a place.

use egui::{
    CursorIcon, Id, Label, Pos2, Rect, Response, Role, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2,
};

use super::card::{Card, card_ui};
use super::gestures::on_map;
use super::look::colour;
use super::menu::entry_ui;
use super::overlay::screen;
use super::widgets::{Icon, Row, button, paint_icon, row, section};
use super::{Commands, Context, Layout};
use crate::catalog::words::{date, position};
use crate::data::Note;
use crate::geo::LonLat;
use crate::state::{Command, MeasureCommand, NoteCommand, NoteTrouble};

/// Of a pin: its head, how far it stands over its place, and where it can be taken.
const HEAD: f32 = 6.5;
const STEM: f32 = 13.0;
const GRIP: f32 = 20.0;
const WIDTH: f32 = 268.0;
const MENU_WIDTH: f32 = 220.0;

/// The pins, each with its title; a press opens one, a drag moves it.
pub(super) fn pins_ui(ui: &Ui, context: &Context<'_>, map: &Response, commands: &mut Commands) {
    let notes = &context.state.notes;
    let viewport = context.state.view.viewport();
    for (index, note) in notes.all.list.iter().enumerate() {
        let foot = screen(&viewport, map.rect, note.at);
        if !map.rect.expand(GRIP).contains(foot) {
            continue;
        }
        let head = foot - vec2(0.0, STEM);
        let grip = Rect::from_center_size(head, vec2(GRIP, GRIP));
        let response = ui.interact(grip, Id::unique(("note", index)), Sense::click_and_drag());
        let name = title(context, note);
        let is_open = notes.open == Some(index);
        response.widget_info(|| {
            let name = format!("{}: {name}", context.strings.notes.note);
            WidgetInfo::selected(Role::Button, true, is_open, name)
        });
        pin(ui, context, (foot, head), is_open || response.hovered() || response.has_focus());
        caption(ui, context, head + vec2(HEAD + 4.0, 0.0), &name);
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
        if response.clicked() {
            commands.push(Command::Note(NoteCommand::Open(Some(index))));
        }
        let is_moved = response.dragged() && response.drag_delta() != egui::Vec2::ZERO;
        if is_moved {
            let to = viewport.world_from_screen(on_map(map, foot + response.drag_delta())).to_lonlat();
            commands.push(Command::Note(NoteCommand::Move { index, to }));
        }
    }
}

fn pin(ui: &Ui, context: &Context<'_>, (foot, head): (Pos2, Pos2), is_lit: bool) {
    let colours = context.look.colours();
    let ink = colour(if is_lit { colours.state.selected_ring } else { colours.accent.fill });
    let paper = colour(colours.surface.panel);
    ui.painter().line_segment([foot, head], Stroke::new(3.6, paper));
    ui.painter().line_segment([foot, head], Stroke::new(2.0, ink));
    ui.painter().circle(head, HEAD, ink, Stroke::new(1.4, paper));
    ui.painter().circle_filled(head, 2.0, paper);
}

/// The title beside its pin, on a halo.
fn caption(ui: &Ui, context: &Context<'_>, at: Pos2, text: &str) {
    let font = context.look.font(context.look.tokens.text.small);
    let halo = colour(context.look.colours().map.label.halo_land);
    let ink = context.look.primary();
    let galley = ui.painter().layout(text.to_owned(), font, ink, 160.0);
    let at = at - vec2(0.0, galley.size().y / 2.0);
    for (dx, dy) in [(-1.2, 0.0), (1.2, 0.0), (0.0, -1.2), (0.0, 1.2)] {
        ui.painter().galley_with_override_text_color(at + vec2(dx, dy), galley.clone(), halo);
    }
    ui.painter().galley(at, galley, ink);
}

fn title(context: &Context<'_>, note: &Note) -> String {
    let written = [note.title.as_str(), note.text.lines().next().unwrap_or_default()];
    let first = written.into_iter().map(str::trim).find(|text| !text.is_empty());
    first.unwrap_or(&context.strings.notes.untitled).to_owned()
}

/// The card of the open note, where the tools have theirs.
pub(crate) fn note_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let notes = &context.state.notes;
    let Some((index, note)) = notes.open.and_then(|index| Some((index, notes.all.list.get(index)?))) else {
        return;
    };
    let texts = &context.strings.notes;
    let close = &context.strings.words.close;
    let card = Card { name: "note", title: &texts.note, close, width: WIDTH };
    let is_closed = card_ui(ui, context, layout, card, |ui| {
        fields_ui(ui, context, (index, note), commands);
        ui.label(context.look.small(&position(context.strings, note.at, 4)));
        if let Ok(created) = note.created.parse() {
            ui.label(context.look.small(&texts.created.fill("date", &date(context.strings, created))));
        }
        kept_ui(ui, context);
        if button(ui, context, None, &texts.delete, false).clicked() {
            commands.push(Command::Note(NoteCommand::Delete(index)));
        }
    });
    if is_closed {
        commands.push(Command::Note(NoteCommand::Open(None)));
    }
}

fn fields_ui(ui: &mut Ui, context: &Context<'_>, (index, note): (usize, &Note), commands: &mut Commands) {
    let texts = &context.strings.notes;
    let mut title = note.title.clone();
    let id = Id::unique(("title of a note", index));
    let field = TextEdit::singleline(&mut title).id(id).hint_text(texts.name.as_str()).desired_width(WIDTH);
    let response = ui.add(field);
    // A new note is written at once.
    let seen = Id::unique("note that was seen");
    if ui.data(|data| data.get_temp(seen)) != Some(index) {
        ui.data_mut(|data| data.insert_temp(seen, index));
        if note.title.is_empty() && note.text.is_empty() {
            response.request_focus();
        }
    }
    if response.changed() {
        commands.push(Command::Note(NoteCommand::SetTitle { index, title }));
    }
    let mut text = note.text.clone();
    let field = TextEdit::multiline(&mut text)
        .id(Id::unique(("text of a note", index)))
        .hint_text(texts.text.as_str())
        .desired_rows(4)
        .desired_width(WIDTH);
    if ui.add(field).changed() {
        commands.push(Command::Note(NoteCommand::SetText { index, text }));
    }
}

/// Where notes are kept, or why they are not.
fn kept_ui(ui: &mut Ui, context: &Context<'_>) {
    let (texts, notes) = (&context.strings.notes, &context.state.notes);
    let told = match (&notes.trouble, &notes.path) {
        (Some(NoteTrouble::NotKept(reason)), _) => Some(texts.not_kept.fill("reason", reason)),
        (Some(NoteTrouble::SetAside(path)), _) => {
            Some(texts.set_aside.fill("path", &path.display().to_string()))
        }
        (None, Some(path)) => Some(texts.kept.fill("path", &path.display().to_string())),
        (None, None) => None,
    };
    if let Some(told) = told {
        let warns = notes.trouble.is_some();
        let ink = if warns { colour(context.look.colours().status.warn) } else { context.look.secondary() };
        ui.add(Label::new(context.look.small(&told).color(ink)).wrap().selectable(true));
    }
}

/// In the left panel: all notes, and the way to write one.
pub(super) fn list_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let (texts, notes) = (&context.strings.notes, &context.state.notes);
    section(ui, context, &texts.title);
    if notes.trouble.is_some() {
        kept_ui(ui, context);
    }
    for (index, note) in notes.all.list.iter().enumerate() {
        let name = title(context, note);
        let look = Row {
            name: &name,
            is_selected: notes.open == Some(index),
            height: context.look.tokens.size.hit_target_min,
            end_width: 0.0,
        };
        let response = row(ui, context, look, |ui| {
            let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(20.0), Sense::hover());
            let ink = colour(context.look.colours().accent.fill);
            paint_icon(ui.painter(), Icon("pin"), rect.center(), context.look.tokens.stroke.icon, ink);
            ui.add(Label::new(context.look.body(&name)).truncate());
        });
        if response.clicked() {
            commands.push(Command::Note(NoteCommand::Open(Some(index))));
        }
        if response.double_clicked() || response.clicked() {
            commands.push(Command::Show(note.at));
        }
    }
    let look = Row {
        name: &texts.add,
        is_selected: false,
        height: context.look.tokens.size.hit_target_min,
        end_width: 0.0,
    };
    let add = row(ui, context, look, |ui| {
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(20.0), Sense::hover());
        paint_icon(
            ui.painter(),
            Icon("plus"),
            rect.center(),
            context.look.tokens.stroke.icon,
            context.look.secondary(),
        );
        ui.add(Label::new(context.look.body(&texts.add)).truncate());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(context.look.small("A"));
        });
    });
    if add.clicked() {
        commands.push(added(context));
    }
}

/// A note on what is selected, where that is a point, else in the middle of the map.
pub(super) fn added(context: &Context<'_>) -> Command {
    let state = context.state;
    let selected = state.picks.selected.as_ref().and_then(|id| state.bounds_of_point(id));
    let at = selected.unwrap_or_else(|| super::overlay::middle(context));
    Command::Note(NoteCommand::Add { at, created: String::new() })
}

/// What can be asked of a place on the map, by the other button of the mouse.
pub(super) fn place_menu(context: &Context<'_>, map: &Response, commands: &mut Commands) {
    let id = Id::unique("place of the menu");
    if map.secondary_clicked()
        && let Some(at) = map.interact_pointer_pos()
    {
        let place = context.state.view.viewport().world_from_screen(on_map(map, at)).to_lonlat();
        map.ctx.data_mut(|data| data.insert_temp(id, (place.lon, place.lat)));
    }
    let texts = &context.strings.notes;
    map.context_menu(|ui| {
        let place = ui.data(|data| data.get_temp::<(f64, f64)>(id));
        let Some(place) = place.map(|(lon, lat)| LonLat::new(lon, lat)) else { return };
        ui.set_width(MENU_WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.label(context.look.small(&position(context.strings, place, 4)));
        ui.add_space(4.0);
        let entries = [
            (
                &texts.add_here,
                "A",
                vec![Command::Note(NoteCommand::Add { at: place, created: String::new() })],
            ),
            (
                &texts.measure_here,
                "M",
                vec![
                    Command::Measure(MeasureCommand::SetOn(true)),
                    Command::Measure(MeasureCommand::Add(place)),
                ],
            ),
            (&texts.copy_place, "", vec![Command::Copy(format!("{:.6}, {:.6}", place.lat, place.lon))]),
        ];
        for (text, keys, wanted) in entries {
            if entry_ui(ui, context, text, keys, false).clicked() {
                commands.extend(wanted);
                ui.close();
            }
        }
    });
}
