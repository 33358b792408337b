//! The lessons as a page to be led through: which one it is, and on to the next with its places on the map.

use egui::Ui;

use crate::atlas::{Kind, Lesson};
use crate::state::{Command, Step};
use crate::ui::widgets::{Icon, button};
use crate::ui::{Commands, Context};

pub(super) fn lesson_ui(ui: &mut Ui, context: &Context<'_>, lesson: &Lesson, commands: &mut Commands) {
    let texts = &context.strings.overview;
    let total = context.state.catalog.atlas.lessons.len();
    let at = [("n", lesson.order.to_string()), ("total", total.to_string())];
    let at = at.each_ref().map(|(key, value)| (*key, value.as_str()));
    ui.add_space(10.0);
    ui.label(context.look.small(&texts.lesson_of.fill_all(&at)));
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let ways =
            [("back", &texts.lesson_back, Step::Previous), ("forward", &texts.lesson_next, Step::Next)];
        for (icon, text, step) in ways {
            if button(ui, context, Some(Icon(icon)), text, step == Step::Next).clicked() {
                commands.push(Command::Walk { kind: Kind::Lesson, step });
            }
        }
    });
}
