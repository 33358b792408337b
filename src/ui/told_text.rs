//! Texts of the atlas in which words of the glossary are links.

use egui::{Label, RichText, Role, Sense, Ui, WidgetInfo};

use super::look::colour;
use super::{Commands, Context};
use crate::atlas::{Id, Item};
use crate::catalog::Entry;
use crate::state::Command;
use crate::theme::TypeStyle;

/// A text that wraps; a word of the glossary says what it means under the pointer, and opens when pressed.
pub(super) fn told_text(
    ui: &mut Ui,
    context: &Context<'_>,
    (style, text): (TypeStyle, &str),
    commands: &mut Commands,
) {
    let terms = context.state.catalog.terms_in(text, context.language());
    let plain = |text: &str| context.look.text(style, text);
    if terms.is_empty() {
        ui.add(Label::new(plain(text)).wrap().selectable(true));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.spacing_mut().interact_size.y = 0.0;
        let mut from = 0;
        for (range, id) in terms {
            if from < range.start {
                ui.add(Label::new(plain(&text[from..range.start])).wrap().selectable(true));
            }
            from = range.end;
            term_ui(ui, context, (plain(&text[range]), &id), commands);
        }
        if from < text.len() {
            ui.add(Label::new(plain(&text[from..])).wrap().selectable(true));
        }
    });
}

fn term_ui(ui: &mut Ui, context: &Context<'_>, (word, id): (RichText, &Id), commands: &mut Commands) {
    let name = word.text().to_owned();
    let accent = colour(context.look.colours().accent.fill);
    let label = Label::new(word.color(accent).underline()).wrap().selectable(false).sense(Sense::click());
    let response = ui.add(label).on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
    let response = match context.state.catalog.entry(id) {
        Some(Entry::Item(Item::Term(term))) => {
            response.on_hover_text(term.definition.get(context.language()))
        }
        _ => response,
    };
    if response.clicked() {
        commands.push(Command::Select(Some(id.clone())));
    }
}
