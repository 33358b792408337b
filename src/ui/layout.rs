//! Where sheets lie in a window of a given size, and what of the map stays free.

use egui::{Rect, pos2, vec2};

use crate::atlas::Kind;
use crate::geo::{Padding, Size};
use crate::state::State;
use crate::theme::Tokens;

/// Narrower windows start with the rail in place of the left panel.
pub(super) const RAIL_BELOW: f32 = 1320.0;
/// Narrower windows show the right panel only while something is selected.
pub(super) const TAB_BELOW: f32 = 1180.0;

/// Lower windows hide the timeline until it is asked for.
const TIMELINE_FROM: f32 = 640.0;
/// What happened last, above the axis of the timeline.
const HAPPENED: f32 = 30.0;
/// So much of the map stays free above a table, or the timeline makes room.
const LEAST_MAP: f32 = 260.0;

/// What of the window's height a table takes at most.
const MOST_OF_WINDOW: f32 = 0.6;

/// The rectangles of one frame, in window coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    pub window: Rect,
    pub left: Rect,
    pub is_left_open: bool,
    pub right: Option<Rect>,
    /// The table, under everything else.
    pub bottom: Option<Rect>,
    /// Under the map, and under a table or a strip.
    pub timeline: Option<Rect>,
    pub toolbar_right: f32,
    pub scale_left_bottom: egui::Pos2,
    pub zoom_right_bottom: egui::Pos2,
    margin: f32,
    gap: f32,
}

impl Layout {
    #[must_use]
    pub fn new(window: Rect, state: &State, tokens: &Tokens) -> Self {
        let (size, margin, gap) = (&tokens.size, tokens.space.window_margin, tokens.space.panel_gap);
        let whole = window.shrink(margin);
        let wanted = state.table.as_ref().map(|_| size.table_height);
        let wanted = wanted.or(state.strip.as_ref().map(|_| size.strip_height));
        let wanted = wanted.map(|height| height.min(whole.height() * MOST_OF_WINDOW));
        let timeline_height = timeline_height(state, tokens);
        let is_timeline_shown = is_timeline_open(state, window.height())
            && wanted.is_none_or(|height| whole.height() - height - timeline_height > LEAST_MAP);
        let under = if is_timeline_shown { timeline_height } else { 0.0 };
        let bottom = wanted.map(|height| {
            let bottom = whole.bottom() - if is_timeline_shown { under + gap } else { 0.0 };
            Rect::from_min_max(pos2(whole.left(), bottom - height), pos2(whole.right(), bottom))
        });
        let paper = match bottom {
            Some(table) => Rect::from_min_max(whole.min, pos2(whole.right(), table.top() - margin)),
            None => whole,
        };
        // Beside a table the list is its rail.
        let is_left_open = bottom.is_none() && is_left_open(state, window.width());
        // Larger letters need wider paper.
        let scale = tokens.scale(state.settings.theme).text;
        let left_width = if is_left_open { size.left_panel * scale } else { size.left_rail };
        let left = Rect::from_min_size(paper.min, vec2(left_width, paper.height()));
        let is_zone = state.picks.selected.as_ref().is_some_and(|id| matches!(id.kind, Kind::Zone));
        let right_width = if is_zone { size.right_panel_details } else { size.right_panel };
        let right_width = (right_width * scale).min(paper.width() - left_width - 3.0 * gap);
        let is_right_shown = state.picks.selected.is_some()
            || state.panels.is_right_open.unwrap_or(window.width() >= TAB_BELOW);
        let right = is_right_shown
            .then(|| Rect::from_min_max(pos2(paper.right() - right_width, paper.top()), paper.max));
        let free_right = right.map_or(paper.right(), |right| right.left() - margin);
        let timeline = is_timeline_shown.then(|| {
            let (from, to) = match bottom {
                Some(_) => (whole.left(), whole.right()),
                None => (left.right() + margin, free_right),
            };
            Rect::from_min_max(pos2(from, whole.bottom() - under), pos2(to, whole.bottom()))
        });
        let foot = match timeline {
            Some(timeline) if bottom.is_none() => timeline.top() - margin,
            _ => paper.bottom(),
        };
        Self {
            window,
            left,
            is_left_open,
            right,
            bottom,
            timeline,
            toolbar_right: free_right,
            scale_left_bottom: pos2(left.right() + margin, foot),
            zoom_right_bottom: pos2(free_right, foot),
            margin,
            gap,
        }
    }

    /// The width that the toolbar may take, in points.
    #[must_use]
    pub fn toolbar_room(&self) -> f32 {
        self.toolbar_right - self.left.right() - self.margin
    }

    /// The map fills the window.
    #[must_use]
    pub fn map_size(&self) -> Size {
        Size { width: f64::from(self.window.width()), height: f64::from(self.window.height()) }
    }

    /// What the panels cover.
    #[must_use]
    pub fn padding(&self) -> Padding {
        let right = self.right.map_or(0.0, |right| self.window.right() - right.left() + self.gap);
        Padding {
            left: f64::from(self.left.right() - self.window.left() + self.gap),
            top: f64::from(self.margin),
            right: f64::from(right),
            bottom: f64::from(
                self.bottom
                    .or(self.timeline)
                    .map_or(self.margin, |lowest| self.window.bottom() - lowest.top() + self.gap),
            ),
        }
    }
}

/// How high the timeline is, in points, with what happened last where years are chosen.
pub(super) fn timeline_height(state: &State, tokens: &Tokens) -> f32 {
    let happened = if state.timeline.until.is_some() { HAPPENED } else { 0.0 };
    (tokens.size.timeline_height + happened) * tokens.scale(state.settings.theme).text
}

/// Whether the left panel lies open rather than its rail: as chosen, or by the width of the window.
pub(super) fn is_left_open(state: &State, width: f32) -> bool {
    state.panels.is_left_open.unwrap_or(width >= RAIL_BELOW)
}

/// Whether the timeline lies open: as chosen, or by the height of the window.
pub(super) fn is_timeline_open(state: &State, height: f32) -> bool {
    state.panels.is_timeline_open.unwrap_or(height >= TIMELINE_FROM)
}
