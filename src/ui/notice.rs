//! A word over the map for a moment: that something was done which nothing else shows.

use std::time::Duration;

use egui::accesskit::Live;
use egui::{Align2, Area, Id, Margin, Order, Ui, pos2};

use super::{Context, Layout};

/// How long it stays, in seconds.
const STAYS: f64 = 1.8;
/// From when on it is drawn where it belongs, in seconds.
const MEASURED: f64 = 0.1;

fn memory() -> Id {
    Id::unique("copied at")
}

/// Something went to the clipboard, by whichever button or key.
pub fn note_copied(ctx: &egui::Context) {
    // Between two frames the clock still stands at the one before: the next frame says when it is.
    ctx.data_mut(|data| data.insert_temp(memory(), f64::INFINITY));
    ctx.request_repaint();
}

/// Says "Copied" above the middle of the free map's lower edge.
pub(crate) fn notice_ui(ui: &Ui, context: &Context<'_>, layout: &Layout) {
    let ctx = ui.ctx();
    let now = ctx.input(|input| input.time);
    let Some(then) = ctx.data(|data| data.get_temp::<f64>(memory())) else { return };
    if then == f64::INFINITY {
        ctx.data_mut(|data| data.insert_temp(memory(), now));
    }
    let since = now - then.min(now);
    if since >= STAYS {
        ctx.data_mut(|data| data.remove::<f64>(memory()));
        return;
    }
    // Its first frame only measures it.
    let wait = if since < MEASURED { 0.0 } else { STAYS - since };
    ctx.request_repaint_after(Duration::from_secs_f64(wait));
    let middle = f32::midpoint(layout.scale_left_bottom.x, layout.zoom_right_bottom.x);
    let area = Area::new(Id::unique("notice"))
        .fade_in(false)
        .order(Order::Foreground)
        .fixed_pos(pos2(middle, layout.zoom_right_bottom.y - 96.0))
        .pivot(Align2::CENTER_BOTTOM)
        .interactable(false);
    area.show(ctx, |ui| {
        let paper = context.look.paper(context.look.tokens.radius.bar).inner_margin(Margin::symmetric(16, 9));
        paper.show(ui, |ui| {
            let label = ui.label(context.look.strong(&context.strings.panel.copied));
            ctx.accesskit_node_builder(label.id, |node| node.set_live(Live::Polite));
        });
    });
}
