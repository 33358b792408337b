//! Commands by name, in the search box: what follows a `>`.

use egui::{Id, Key, Modifiers, Ui};

use super::actions::{Place, Row, TABLE};
use super::menu::entry_ui;
use super::search::list;
use super::{Commands, Context};
use crate::i18n::{fold, fold_words};
use crate::state::Command;

/// What a query begins with that asks for a command.
const SIGN: char = '>';

/// The words after the sign; `None` where the query is an ordinary search.
pub(crate) fn asked(query: &str) -> Option<&str> {
    query.trim_start().strip_prefix(SIGN).map(str::trim)
}

/// The actions whose names hold every word, in the order of the table.
fn matching<'a>(context: &Context<'_>, words: &str) -> Vec<(&'a Row, String)> {
    let words: Vec<String> = fold(words).split_whitespace().map(str::to_owned).collect();
    let named = TABLE.iter().filter(|row| row.place != Place::Keys);
    let mut found: Vec<(&Row, String)> = named
        .map(|row| (row, row.action.text(context)))
        .filter(|(_, text)| {
            let text = fold(text);
            words.iter().all(|word| text.contains(word.as_str()))
        })
        .collect();
    // What begins with the first word, then what has a word that does.
    found.sort_by_key(|(_, text)| {
        let spaced = fold_words(text);
        let first = words.first().map_or("", String::as_str);
        (!spaced.starts_with(first), !spaced.contains(&format!(" {first}")))
    });
    found
}

/// The list under the search field, with its keys.
pub(crate) fn palette_ui(ui: &mut Ui, context: &Context<'_>, words: &str, commands: &mut Commands) {
    let rows = matching(context, words);
    if rows.is_empty() {
        ui.label(context.look.body(&context.strings.search.no_command.fill("text", words)));
        return;
    }
    let chosen = chosen(ui, words, rows.len());
    let mut taken = None;
    list("palette", ui).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, (row, text)) in rows.iter().enumerate() {
            let response =
                ui.push_id(index, |ui| entry_ui(ui, context, text, row.shown, index == chosen)).inner;
            if index == chosen && !ui.is_rect_visible(response.rect) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                taken = Some(index);
            }
        }
    });
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        taken = Some(chosen);
    }
    if let Some(index) = taken {
        commands.push(Command::CloseSearch);
        commands.extend(rows[index].0.action.command(context, 0));
    }
}

/// Which row Enter takes: the arrows move it, new words begin at the top again.
fn chosen(ui: &Ui, words: &str, count: usize) -> usize {
    let id = Id::unique("palette row");
    let (before, at) = ui.data(|data| data.get_temp::<(String, usize)>(id)).unwrap_or_default();
    let mut at = if before == words { at } else { 0 };
    let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    at = (at + pressed(Key::ArrowDown)).saturating_sub(pressed(Key::ArrowUp)).min(count - 1);
    ui.data_mut(|data| data.insert_temp(id, (words.to_owned(), at)));
    at
}
