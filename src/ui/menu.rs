//! The menu: the actions that are easiest to find by reading, in the parts of the table.

use egui::{Align, Layout, Popup, Response, Ui};

use super::actions::{Part, Place, TABLE};
use super::widgets::{Row, hairline, row};
use super::{Commands, Context};

const WIDTH: f32 = 300.0;

/// Opens at `button`; a choice closes it.
pub(crate) fn menu_ui(context: &Context<'_>, button: &Response, commands: &mut Commands) {
    Popup::menu(button).frame(context.look.paper(context.look.tokens.radius.card).inner_margin(8)).show(
        |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            for (number, part) in Part::ALL.into_iter().enumerate() {
                let rows: Vec<_> = TABLE
                    .iter()
                    .filter(|row| row.part == part && row.place == Place::MenuAndPalette)
                    .collect();
                if number > 0 && !rows.is_empty() {
                    ui.add_space(4.0);
                    hairline(ui, context);
                    ui.add_space(4.0);
                }
                for entry in rows {
                    let mark = if entry.action.is_on(context) { "✓ " } else { "" };
                    let text = format!("{mark}{}", entry.action.text(context));
                    if entry_ui(ui, context, &text, entry.shown, false).clicked() {
                        commands.extend(entry.action.command(context, 0));
                        ui.close();
                    }
                }
            }
        },
    );
}

/// What can be asked for, by its name, with its keys at the end.
pub(crate) fn entry_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    text: &str,
    shown: &str,
    is_selected: bool,
) -> Response {
    let look =
        Row { name: text, is_selected, height: context.look.tokens.size.hit_target_min, end_width: 0.0 };
    let inset = |ui: &mut Ui| ui.add_space(4.0);
    row(ui, context, look, |ui| {
        inset(ui);
        ui.label(context.look.body(text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            inset(ui);
            ui.label(context.look.small(shown));
        });
    })
}
