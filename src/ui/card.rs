//! Small sheets in the upper left corner of the free map, one below the other: notes, measures, the quiz.

use egui::{Area, Id, Margin, Order, Sense, Ui, pos2};

use super::widgets::{Icon, icon_button};
use super::{Context, Layout};

/// What the bar of buttons takes of the free map's width, in points, with the card's edges.
const TOOLBAR: f32 = 390.0;
/// Room between two cards, in points.
const BETWEEN: f32 = 8.0;

/// What a card is: its name for egui, its title, and what its cross is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Card<'a> {
    pub(super) name: &'static str,
    pub(super) title: &'a str,
    pub(super) close: &'a str,
    /// Of its content, in points.
    pub(super) width: f32,
}

/// Draws it below those that this frame has drawn already; whether its cross was pressed.
pub(super) fn card_ui(
    ui: &Ui,
    context: &Context<'_>,
    layout: &Layout,
    card: Card<'_>,
    content: impl FnOnce(&mut Ui),
) -> bool {
    let lowest = Id::unique("lowest card");
    let pass = ui.ctx().cumulative_pass_nr();
    let before: Option<(u64, f32)> = ui.data(|data| data.get_temp(lowest));
    // Where there is no room beside the bar of buttons it lies below that.
    let is_beside = layout.toolbar_room() >= card.width + TOOLBAR;
    let first =
        layout.left.top() + if is_beside { 0.0 } else { context.look.tokens.size.toolbar_height + BETWEEN };
    let top = before.filter(|(of, _)| *of == pass).map_or(first, |(_, bottom)| bottom + BETWEEN);
    let area = Area::new(Id::unique(card.name))
        .fade_in(false)
        .order(Order::Middle)
        .fixed_pos(pos2(layout.scale_left_bottom.x, top))
        .sense(Sense::CLICK | Sense::DRAG)
        .accessible_name(card.title);
    let mut is_closed = false;
    let shown = area.show(ui.ctx(), |ui| {
        let paper =
            context.look.paper(context.look.tokens.radius.bar).inner_margin(Margin::symmetric(14, 10));
        paper.show(ui, |ui| {
            ui.set_width(card.width);
            ui.spacing_mut().item_spacing.y = 6.0;
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    is_closed = icon_button(ui, context, Icon("close"), card.close, true).clicked();
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        let title = context.look.text(context.look.tokens.text.heading, card.title);
                        ui.add(egui::Label::new(title).truncate());
                    });
                });
            });
            content(ui);
        });
    });
    ui.data_mut(|data| data.insert_temp(lowest, (pass, shown.response.rect.bottom())));
    is_closed
}
