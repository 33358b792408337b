//! With one display: the notes slide up over the lower edge of the audience's screen, when they are asked for.

use egui::{Align2, Area, Id, Label, Order, Ui};

use super::desk::{clock_text, notes_text};
use crate::ui::{Commands, Context};

/// Of the screen's height.
const SHARE: f32 = 0.32;
const WIDEST: f32 = 900.0;

pub(crate) fn notes_sheet(ui: &Ui, context: &Context<'_>, _commands: &mut Commands) {
    let Some((open, show)) = context.state.tours.presented() else { return };
    let screen = ui.max_rect();
    let width = WIDEST.min(screen.width() - 80.0);
    let slid = ui.ctx().animate_bool_with_time(
        Id::unique("notes slide"),
        true,
        if context.state.settings.is_motion_reduced {
            0.0
        } else {
            context.look.tokens.motion.panel_ms / 1e3
        },
    );
    let height = screen.height() * SHARE;
    let area = Area::new(Id::unique("notes of the step"))
        .fade_in(false)
        .order(Order::Foreground)
        .pivot(Align2::CENTER_BOTTOM)
        .fixed_pos(screen.center_bottom() + egui::vec2(0.0, (1.0 - slid) * height))
        .accessible_name(&context.strings.presenter.notes);
    area.show(ui.ctx(), |ui| {
        let tokens = &context.look.tokens;
        context.look.paper(tokens.radius.panel).inner_margin(egui::Margin::symmetric(28, 18)).show(
            ui,
            |ui| {
                ui.set_width(width);
                ui.horizontal(|ui| {
                    let number = (open.step + 1).to_string();
                    ui.label(context.look.caption(&context.strings.presenter.notes_of.fill("n", &number)));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        ui.label(context.look.strong(&clock_text(show.elapsed_secs)));
                    });
                });
                egui::ScrollArea::vertical().max_height(height - 60.0).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let text = notes_text(context, open.shown());
                    let size = super::desk::notes_size(context, show.note_size);
                    ui.add(Label::new(context.look.text(size, &text)).wrap());
                });
            },
        );
    });
}
