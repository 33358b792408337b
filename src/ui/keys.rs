//! Pressed keys become commands, by the one table.

use egui::{Key, Modifiers, Ui};

use super::actions::{Action, TABLE};
use super::regions::next_region;
use super::{Commands, Context};
use crate::format;
use crate::state::{Command, FileCommand, names_files};

/// Pushes what the pressed keys ask for; single letters only while no text field has the focus.
pub(crate) fn keys(ui: &Ui, context: &Context<'_>, commands: &mut Commands) {
    // Under a sheet nothing moves; what is typed is for its field.
    let is_covered = context.state.panels.sheet.is_some();
    let is_typing = ui.ctx().text_edit_focused() || context.state.search.is_open || is_covered;
    let is_presented = context.state.tours.is_presented();
    if !is_typing
        && !is_presented
        && let Some(text) = pasted(ui)
    {
        // Names of files may look like rows of a table.
        let is_data = !names_files(&text) && format::is_data(&text);
        let command = if is_data { FileCommand::OpenText } else { FileCommand::OpenNamed };
        commands.push(Command::File(command(text)));
    }
    let focused = ui.memory(egui::Memory::focused);
    let has_focus = focused.is_some();
    let has_arrows = has_focus && focused == ui.data(|data| data.get_temp(arrow_taker()));
    for row in TABLE {
        if is_presented != is_told(row) && !is_always(row.action) {
            continue;
        }
        for (index, &(modifiers, key)) in row.keys.iter().enumerate() {
            let is_plain = modifiers.is_none() || modifiers == Modifiers::SHIFT;
            let is_function = matches!(key, Key::F5 | Key::F6 | Key::F11);
            let closes = is_covered && key == Key::Escape;
            if is_typing && is_plain && !is_function && !closes {
                continue;
            }
            // In a field they move the caret, and the marked text is what is copied.
            let is_arrow = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown].contains(&key);
            let is_taken = has_arrows && (is_arrow || key == Key::Home) && modifiers.is_none();
            if is_typing && is_arrow
                || is_taken
                || is_typing && matches!(row.action, Action::Undo | Action::Redo)
                || row.action == Action::CopyCitation && (is_typing || is_marked(ui))
            {
                continue;
            }
            // Enter and Space press what has the focus; the map takes them only when nothing has.
            if matches!(key, Key::Enter | Key::Space) && has_focus && !is_presented {
                continue;
            }
            // A slow frame may bring several presses; none is lost.
            for _ in 0..pressed(ui, row.action, modifiers, key) {
                match row.action {
                    Action::NextRegion => next_region(ui.ctx(), modifiers == Modifiers::SHIFT),
                    action => commands.extend(action.command(context, index)),
                }
            }
        }
    }
}

/// Whether a row is of those that count while a tour is shown.
fn is_told(row: &super::actions::Row) -> bool {
    matches!(row.action, Action::Tell(_))
}

/// What counts whether a tour is shown or not.
fn is_always(action: Action) -> bool {
    matches!(action, Action::Escape | Action::FullScreen)
}

/// Where a part of the window that moves by arrows notes its own id, as long as it is shown.
pub(crate) fn arrow_taker() -> egui::Id {
    egui::Id::unique("takes the arrows")
}

/// Whether some text on a sheet is marked.
fn is_marked(ui: &Ui) -> bool {
    ui.ctx().plugin::<egui::text_selection::LabelSelectionState>().lock().has_selection()
}

fn pasted(ui: &Ui) -> Option<String> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    })
}

/// How often the key was pressed; the system turns its own copy key into an event.
fn pressed(ui: &Ui, action: Action, modifiers: Modifiers, key: Key) -> usize {
    if action == Action::CopyCitation {
        let is_copy = |event: &&egui::Event| matches!(event, egui::Event::Copy);
        return ui.input(|input| input.events.iter().filter(is_copy).take(1).count());
    }
    ui.input_mut(|input| input.count_and_consume_key(modifiers, key))
}
