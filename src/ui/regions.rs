//! The parts of the window that F6 jumps between, each with a place for the focus to land.

use egui::{Context as EguiContext, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use super::Context;
use super::look::colour;

/// In the order of the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    Layers,
    Map,
    Toolbar,
    Details,
    Timeline,
}

const ALL: [Region; 5] = [Region::Layers, Region::Map, Region::Toolbar, Region::Details, Region::Timeline];

impl Region {
    fn id(self) -> Id {
        Id::unique(("region", self as usize))
    }
}

/// Where the focus lands at the begin of a region; shows that it is there.
pub(crate) fn landing(ui: &Ui, context: &Context<'_>, region: Region, (rect, name): (Rect, &str)) {
    let place = Rect::from_min_size(rect.min, egui::Vec2::splat(1.0));
    let response = ui.interact(place, region.id(), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Region, true, name));
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(region.id().with("shown"), pass));
    if response.has_focus() {
        ring(ui, context, rect);
    }
}

/// The ring of the focus around a whole region.
fn ring(ui: &Ui, context: &Context<'_>, rect: Rect) {
    let tokens = &context.look.tokens;
    let stroke = Stroke::new(tokens.stroke.focus_ring, colour(context.look.colours().accent.focus_ring));
    ui.painter().rect_stroke(rect.shrink(1.0), tokens.radius.panel, stroke, StrokeKind::Inside);
}

/// Moves the focus to the next region that is shown, or the one before.
pub(crate) fn next_region(ctx: &EguiContext, is_backward: bool) {
    let now = ctx.cumulative_pass_nr();
    let is_shown = |region: &Region| {
        let pass = ctx.data(|data| data.get_temp::<u64>(region.id().with("shown")));
        pass.is_some_and(|pass| pass + 2 >= now)
    };
    let last = Id::unique("last region");
    let at = ctx.data(|data| data.get_temp::<usize>(last));
    let count = ALL.len();
    let mut at = at.unwrap_or(if is_backward { 0 } else { count - 1 });
    for _ in 0..count {
        at = if is_backward { (at + count - 1) % count } else { (at + 1) % count };
        if is_shown(&ALL[at]) {
            break;
        }
    }
    ctx.data_mut(|data| data.insert_temp(last, at));
    ctx.memory_mut(|memory| memory.request_focus(ALL[at].id()));
}
