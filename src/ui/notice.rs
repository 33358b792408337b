//! A word over the map for a moment: that something was done which nothing else shows.

use std::time::Duration;

use egui::accesskit::Live;
use egui::{Align2, Area, Id, Label, Margin, Order, Ui, pos2};

use super::look::colour;
use super::{Context, Layout};
use crate::i18n::Strings;

/// Of its words, in points.
const WIDEST: f32 = 420.0;
/// From when on it is drawn where it belongs, in seconds.
const MEASURED: f64 = 0.1;

/// What was done, or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something went to the clipboard, by whichever button or key.
    Copied,
    /// By its path.
    Saved(String),
    /// Why.
    NotSaved(String),
    NotOpened(String),
    /// So many files of a folder.
    LeftOut(usize),
    /// No file has that feature.
    Missing(crate::atlas::Id),
    /// The program started anew for that.
    DeviceLost,
}

impl Notice {
    fn text(&self, strings: &Strings) -> String {
        match self {
            Self::Copied => strings.panel.copied.clone(),
            Self::Saved(path) => strings.files.saved.fill("name", path),
            Self::DeviceLost => strings.session.device_lost.clone(),
            Self::NotOpened(reason) => strings.files.not_opened.fill("reason", reason),
            Self::Missing(id) => strings.files.missing.fill("name", &id.to_string()),
            Self::LeftOut(files) => strings.files.left_out.fill(*files),
            Self::NotSaved(reason) => strings.files.not_saved.fill("reason", reason),
        }
    }

    /// How long it stays, in seconds.
    fn stays(&self) -> f64 {
        match self {
            Self::Copied => 1.8,
            Self::Saved(_) => 6.0,
            Self::NotSaved(_)
            | Self::NotOpened(_)
            | Self::LeftOut(_)
            | Self::Missing(_)
            | Self::DeviceLost => 12.0,
        }
    }
}

fn memory() -> Id {
    Id::unique("notice")
}

/// Says something for a moment.
pub fn note(ctx: &egui::Context, notice: Notice) {
    // Between two frames the clock still stands at the one before: the next frame says when it is.
    ctx.data_mut(|data| data.insert_temp(memory(), (f64::INFINITY, notice)));
    ctx.request_repaint();
}

/// Says it above the middle of the free map's lower edge.
pub(crate) fn notice_ui(ui: &Ui, context: &Context<'_>, layout: &Layout) {
    let ctx = ui.ctx();
    let now = ctx.input(|input| input.time);
    let Some((then, notice)) = ctx.data(|data| data.get_temp::<(f64, Notice)>(memory())) else { return };
    if then == f64::INFINITY {
        ctx.data_mut(|data| data.insert_temp(memory(), (now, notice.clone())));
    }
    let since = now - then.min(now);
    if since >= notice.stays() {
        ctx.data_mut(|data| data.remove::<(f64, Notice)>(memory()));
        return;
    }
    // Its first frame only measures it.
    let wait = if since < MEASURED { 0.0 } else { notice.stays() - since };
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
            ui.set_max_width(WIDEST);
            let text = context.look.strong(&notice.text(context.strings));
            let text = match notice {
                Notice::NotSaved(_) | Notice::NotOpened(_) | Notice::Missing(_) => {
                    text.color(colour(context.look.colours().status.error))
                }
                Notice::Copied | Notice::Saved(_) | Notice::LeftOut(_) | Notice::DeviceLost => text,
            };
            let label = ui.add(Label::new(text).wrap());
            ctx.accesskit_node_builder(label.id, |node| node.set_live(Live::Polite));
        });
    });
}
