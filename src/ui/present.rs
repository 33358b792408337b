//! A tour before an audience: the map, what it reads, where it is in the tour, and nothing else.

mod desk;
mod sheet;

use egui::{Align2, Color32, CursorIcon, Id, Label, Order, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::gestures::gestures;
use super::look::colour;
use super::{Commands, Context};
use crate::catalog::words::attribution;
use crate::geo::Padding;
use crate::render;
use crate::scene::{Scene, pieces};
use crate::state::{Blank, Command, NotesAt, OpenTour, Show, State, step_padding};
use std::sync::Arc;

pub use desk::{DeskPictures, desk_ui};
pub(crate) use sheet::notes_sheet;

/// From the edges of the screen, in points.
const EDGE: f32 = 40.0;
/// The caption: widest, and between its edge and its words.
const WIDEST: f32 = 612.0;
const INSET: [f32; 2] = [32.0, 24.0];
/// A dot, the one of the step that is shown, and from one to the next.
const DOT: f32 = 9.0;
const LONG: f32 = 28.0;
const GAP: f32 = 9.0;
/// More steps than this are told by their number alone.
const MOST_DOTS: usize = 24;
/// Of the dot that points.
const LASER: f32 = 9.0;

/// What the caption takes of the map.
pub(super) fn padding(state: &State) -> Option<Padding> {
    let (open, _) = state.tours.presented()?;
    open.shown().map(step_padding)
}

/// The screen of the audience.
pub(super) fn screen_ui(ui: &mut Ui, context: &Context<'_>, scene: Arc<Scene>, commands: &mut Commands) {
    let Some((open, show)) = context.state.tours.presented() else { return };
    let rect = ui.max_rect();
    let response = ui.interact(rect, Id::unique("map"), Sense::CLICK | Sense::DRAG);
    let name = format!("{}: {}", context.strings.access.map, told(context, open));
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &name));
    gestures(ui, &response, &context.state.view.viewport(), commands);
    ui.painter().add(render::callback(render::ViewId::MAIN, rect, scene));
    caption_ui(ui, context, open);
    dots_ui(ui, context, (open, show));
    laser_ui(ui, context, show);
    if show.notes == NotesAt::Screen {
        notes_sheet(ui, context, commands);
    }
    blank_ui(ui, show, commands);
}

/// What a screen reader hears of the step.
fn told(context: &Context<'_>, open: &OpenTour) -> String {
    let number = (open.step + 1).to_string();
    let total = open.tour.steps.len().to_string();
    let of = context.strings.presenter.step_of.fill_all(&[("n", &number), ("total", &total)]);
    let words =
        open.shown().map(|step| [&step.title, &step.caption].map(|words| words.get(context.language())));
    let [title, caption] = words.unwrap_or_default();
    format!("{of}. {title}. {caption}")
}

fn caption_ui(ui: &Ui, context: &Context<'_>, open: &OpenTour) {
    let Some(step) = open.shown() else { return };
    let (title, caption) = (step.title.get(context.language()), step.caption.get(context.language()));
    if title.is_empty() && caption.is_empty() {
        return;
    }
    let rect = ui.max_rect();
    let tokens = &context.look.tokens;
    let width = WIDEST.min(rect.width() - 2.0 * EDGE);
    let area = egui::Area::new(Id::unique("caption"))
        .fade_in(false)
        .order(Order::Middle)
        .interactable(false)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(rect.left_bottom() + vec2(EDGE, -EDGE));
    area.show(ui.ctx(), |ui| {
        let margin = egui::Margin::symmetric(INSET[0] as i8, INSET[1] as i8);
        context.look.paper(tokens.radius.panel).inner_margin(margin).show(ui, |ui| {
            ui.set_width(width - 2.0 * INSET[0]);
            ui.spacing_mut().item_spacing.y = 8.0;
            if !title.is_empty() {
                let style = tokens.text.title_presenter;
                let title = broken(ui, title, &context.look.font(style));
                ui.add(Label::new(context.look.text(style, &title)).wrap());
            }
            if !caption.is_empty() {
                ui.add(Label::new(context.look.text(tokens.text.presenter_text, caption)).wrap());
            }
        });
    });
}

/// The text in lines as wide as there is room, as pictures of a step have them: egui breaks after no dash.
fn broken(ui: &Ui, text: &str, font: &egui::FontId) -> String {
    let room = ui.available_width();
    let width = |line: &str| {
        ui.painter().layout_no_wrap(line.trim_end().to_owned(), font.clone(), Color32::BLACK).size().x
    };
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let Some(line) = lines.last_mut() else { continue };
        let longer = format!("{line}{piece}");
        if line.is_empty() || width(&longer) <= room {
            *line = longer;
        } else {
            lines.push(piece.to_owned());
        }
    }
    lines.join("\n")
}

/// How wide a row of dots is.
fn dots_width(count: usize) -> f32 {
    if count > MOST_DOTS || count == 0 {
        return 0.0;
    }
    (count - 1) as f32 * (DOT + GAP) + LONG + 16.0
}

/// Where the tour stands, in the lower right corner, and whom the map thanks.
fn dots_ui(ui: &Ui, context: &Context<'_>, (open, show): (&OpenTour, &Show)) {
    let (colours, tokens) = (context.look.colours(), &context.look.tokens);
    let total = open.tour.steps.len();
    let texts = &context.strings.presenter;
    let typed = show.typed.map(|number| number.to_string());
    let number = typed.unwrap_or_else(|| (open.step + 1).to_string());
    let text = texts.step_of.fill_all(&[("n", &number), ("total", &total.to_string())]);
    let painter = ui.ctx().layer_painter(egui::LayerId::new(Order::Middle, Id::unique("dots")));
    let ink = context.look.primary();
    let galley = painter.layout_no_wrap(text, context.look.font(tokens.text.body_strong), ink);
    let size = vec2(dots_width(total) + galley.size().x + 36.0, tokens.size.hit_target_presenter);
    let corner = ui.max_rect().right_bottom() - vec2(EDGE, EDGE);
    let plate = Rect::from_min_max(corner - size, corner);
    painter.add(context.look.shadow().as_shape(plate, plate.height() / 2.0));
    painter.rect_filled(plate, plate.height() / 2.0, colour(colours.surface.panel));
    let mut x = plate.left() + 18.0;
    let middle = plate.center().y;
    if total <= MOST_DOTS {
        for step in 0..total {
            let width = if step == open.step { LONG } else { DOT };
            let dot = Rect::from_min_size(pos2(x, middle - DOT / 2.0), vec2(width, DOT));
            let fill = match step.cmp(&open.step) {
                std::cmp::Ordering::Less => ink,
                std::cmp::Ordering::Equal => colour(colours.accent.fill),
                std::cmp::Ordering::Greater => colour(colours.surface.line_strong),
            };
            painter.rect_filled(dot, DOT / 2.0, fill);
            x += width + GAP;
        }
        x += 16.0 - GAP;
    }
    painter.galley(pos2(x, middle - galley.size().y / 2.0), galley, ink);
    thanks(ui, context, plate);
}

/// Whom the map thanks, over the dots.
fn thanks(ui: &Ui, context: &Context<'_>, plate: Rect) {
    let painter = ui.ctx().layer_painter(egui::LayerId::new(Order::Middle, Id::unique("dots")));
    let font = context.look.font(context.look.tokens.text.chip);
    let galley = painter.layout_no_wrap(attribution(context.strings), font, context.look.primary());
    let at = pos2(plate.right() - galley.size().x - 4.0, plate.top() - galley.size().y - 12.0);
    let halo = colour(context.look.colours().surface.veil);
    painter.rect_filled(Rect::from_min_size(at, galley.size()).expand2(vec2(6.0, 2.0)), 6.0, halo);
    painter.galley(at, galley, context.look.primary());
}

fn laser_ui(ui: &Ui, context: &Context<'_>, show: &Show) {
    let pointer = ui.input(|input| input.pointer.hover_pos());
    // A pointer that rests is no part of the picture.
    if !show.has_laser {
        if ui.input(|input| input.pointer.time_since_last_movement()) > 2.0 {
            ui.ctx().set_cursor_icon(CursorIcon::None);
        }
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::None);
    let Some(at) = pointer else { return };
    let painter = ui.ctx().layer_painter(egui::LayerId::new(Order::Foreground, Id::unique("laser")));
    let ink = colour(context.look.colours().status.error);
    painter.circle_filled(at, LASER * 2.2, ink.gamma_multiply(0.22));
    painter.circle_filled(at, LASER, ink);
    painter.circle_filled(at, LASER * 0.4, Color32::WHITE);
}

/// A screen of one colour; a click brings the map back.
fn blank_ui(ui: &Ui, show: &Show, commands: &mut Commands) {
    let Some(blank) = show.blank else { return };
    let rect = ui.max_rect();
    let area = egui::Area::new(Id::unique("blank"))
        .fade_in(false)
        .order(Order::Tooltip)
        .fixed_pos(rect.min)
        .sense(Sense::CLICK);
    let shown = area.show(ui.ctx(), |ui| {
        ui.set_min_size(rect.size());
        let fill = if blank == Blank::Black { Color32::BLACK } else { Color32::WHITE };
        ui.painter().rect_filled(rect, 0.0, fill);
    });
    ui.ctx().set_cursor_icon(CursorIcon::None);
    if shown.response.clicked() {
        commands.push(Command::Tour(crate::state::TourCommand::Blank(blank)));
    }
}
