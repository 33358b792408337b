//! What may come next in a filter, in a list over its field: the arrows choose, Tab or a press takes.

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, Area, Id as EguiId, Key, Modifiers, Order, Response, Ui};

use crate::data::{Completions, Table, completions};
use crate::ui::Context;
use crate::ui::menu::entry_ui;

const WIDTH: f32 = 260.0;

/// What the list remembers between frames.
#[derive(Clone, Debug, Default)]
struct Memory {
    /// What was offered in the frame before, and for which text of which table: values are counted over all rows.
    offered: Completions,
    of: (String, usize),
    chosen: Option<usize>,
    /// The word of the list that was pressed.
    pressed: Option<usize>,
    /// The text for which it was closed by Escape.
    closed_for: Option<String>,
}

/// Takes a chosen or pressed word into `text`, before the field is shown; whether it did.
pub(super) fn completed(ui: &Ui, field: EguiId, text: &mut String) -> bool {
    let id = field.with("offers");
    let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let mut taken = memory.pressed.take();
    if !memory.offered.words.is_empty() && ui.memory(|memory| memory.has_focus(field)) {
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = memory.offered.words.len() - 1;
        if pressed(Key::ArrowDown) {
            memory.chosen = Some(memory.chosen.map_or(0, |at| (at + 1).min(last)));
        } else if pressed(Key::ArrowUp) {
            memory.chosen = memory.chosen.and_then(|at| at.checked_sub(1));
        } else if pressed(Key::Tab) {
            taken = Some(memory.chosen.unwrap_or(0));
        } else if memory.chosen.is_some() && pressed(Key::Enter) {
            taken = memory.chosen;
        } else if pressed(Key::Escape) {
            memory.closed_for = Some(text.clone());
        }
    }
    let word = taken.and_then(|at| memory.offered.words.get(at)).cloned();
    let is_taken = word.is_some();
    if let Some(word) = word {
        let caret = caret(ui, field, text);
        let rest = text[caret..].trim_start().to_owned();
        text.truncate(memory.offered.at.start);
        // Two words that touch would be one.
        if text.ends_with(|last: char| last.is_alphanumeric() || "\"`')".contains(last)) {
            text.push(' ');
        }
        text.push_str(&word);
        text.push(' ');
        let at = text.chars().count();
        text.push_str(&rest);
        set_caret(ui, field, at);
        memory.chosen = None;
    }
    ui.data_mut(|data| data.insert_temp(id, memory));
    is_taken
}

/// Whether Tab is the list's.
pub(super) fn takes_tab(ui: &Ui, field: EguiId) -> bool {
    let memory: Option<Memory> = ui.data(|data| data.get_temp(field.with("offers")));
    memory.is_some_and(|memory| !memory.offered.words.is_empty())
}

/// The list; whether there is one.
pub(super) fn offer_ui(
    ui: &Ui,
    context: &Context<'_>,
    (field, response): (EguiId, &Response),
    (text, table): (&str, &Table),
) -> bool {
    let id = field.with("offers");
    let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let until = &text[..caret(ui, field, text)];
    let of = (until.to_owned(), std::ptr::from_ref(table) as usize);
    if memory.closed_for.as_deref() == Some(text) {
        (memory.offered, memory.of) = Default::default();
    } else if memory.of != of {
        memory.offered = completions(until, table);
        memory.of = of;
    }
    let words = memory.offered.words.clone();
    memory.chosen = memory.chosen.filter(|at| *at < words.len());
    if !words.is_empty() {
        let area = Area::new(id)
            .fade_in(false)
            .order(Order::Foreground)
            .pivot(Align2::LEFT_BOTTOM)
            .fixed_pos(response.rect.left_top() - egui::vec2(0.0, 6.0));
        area.show(ui.ctx(), |ui| {
            context.look.paper(context.look.tokens.radius.card).inner_margin(8).show(ui, |ui| {
                ui.set_width(WIDTH);
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, word) in words.iter().enumerate() {
                    let is_chosen = memory.chosen == Some(at);
                    let key = if is_chosen || (memory.chosen.is_none() && at == 0) { "Tab" } else { "" };
                    // The field must not lose the focus before it has the word.
                    let row = entry_ui(ui, context, word, key, is_chosen);
                    let has_pointer =
                        ui.input(|input| input.pointer.any_pressed() || input.pointer.any_released());
                    let is_pressed =
                        row.is_pointer_button_down_on() && ui.input(|input| input.pointer.any_pressed());
                    if is_pressed || (row.clicked() && !has_pointer) {
                        memory.pressed = Some(at);
                        ui.memory_mut(|memory| memory.request_focus(field));
                    }
                }
            });
        });
    }
    let has_any = !words.is_empty();
    ui.data_mut(|data| data.insert_temp(id, memory));
    has_any
}

/// Where the caret stands, in bytes.
fn caret(ui: &Ui, field: EguiId, text: &str) -> usize {
    let state = egui::TextEdit::load_state(ui.ctx(), field);
    let range = state.and_then(|state| state.cursor.char_range());
    let letters = range.map_or(usize::MAX, |range| range.primary.index.into());
    text.char_indices().nth(letters).map_or(text.len(), |(at, _)| at)
}

fn set_caret(ui: &Ui, field: EguiId, letters: usize) {
    let Some(mut state) = egui::TextEdit::load_state(ui.ctx(), field) else { return };
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(letters))));
    state.store(ui.ctx(), field);
}
