//! The presenter's own window: the picture of now and of next, the notes, the clock, and the steps.

use std::sync::Arc;

use egui::{Align, Label, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::render::{self, ViewId};
use crate::scene::Scene;
use crate::state::{Blank, Command, OpenTour, Show, TourCommand};
use crate::theme::TypeStyle;
use crate::tour::Step;
use crate::ui::look::colour;
use crate::ui::widgets::{Icon, button, hairline, icon_button};
use crate::ui::{Commands, Context};

/// Around everything, and between the pictures and the notes.
const AROUND: f32 = 28.0;
const BETWEEN: f32 = 20.0;
/// The notes' share of the width.
const SHARE: f32 = 0.34;
/// Of the picture of what comes next.
const NEXT: f32 = 190.0;
/// Room under the picture for the list and the buttons.
const UNDER: f32 = 170.0;
/// Larger notes grow by so much a step.
const GROWS: f32 = 1.12;

/// The pictures of the presenter's window.
#[derive(Clone, Debug)]
pub struct DeskPictures {
    pub now: Arc<Scene>,
    pub next: Option<Arc<Scene>>,
}

/// Where the pictures of now and of next lie in a window of that size; `shape` is the height of the audience's
/// screen as a share of its width.
fn places(window: Rect, shape: f32) -> (Rect, Rect) {
    let inside = window.shrink(AROUND);
    let left = inside.left() + inside.width() * (1.0 - SHARE) - BETWEEN;
    let top = inside.top() + 58.0;
    let height = ((left - inside.left()) * shape).min(inside.bottom() - UNDER - top).max(60.0);
    let width = height / shape;
    let now = Rect::from_min_size(pos2(inside.left(), top).round(), vec2(width.floor(), height.floor()));
    let next = Rect::from_min_size(
        pos2(left + BETWEEN, inside.top() + 128.0).round(),
        vec2(NEXT, (NEXT * shape).round()),
    );
    (now, next)
}

/// Minutes and seconds.
pub(super) fn clock_text(secs: f64) -> String {
    let secs = secs.max(0.0) as u64;
    format!("{}:{:02}", secs / 60, secs % 60)
}

pub(super) fn notes_text(context: &Context<'_>, step: Option<&Step>) -> String {
    let text = step.map(|step| step.notes.get(context.language())).unwrap_or_default();
    if text.is_empty() { context.strings.presenter.no_notes.clone() } else { text.to_owned() }
}

pub(super) fn notes_size(context: &Context<'_>, size: i8) -> TypeStyle {
    let style = context.look.tokens.text.presenter_notes;
    let factor = GROWS.powi(i32::from(size));
    TypeStyle { size: style.size * factor, line: style.line * factor, ..style }
}

/// The whole of the presenter's window. `time` is the time of day as the person's clock shows it.
pub fn desk_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (pictures, time): (&DeskPictures, &str),
    commands: &mut Commands,
) {
    let Some((open, show)) = context.state.tours.presented() else { return };
    let window = ui.max_rect();
    ui.painter().rect_filled(window, 0.0, colour(context.look.colours().surface.window));
    crate::ui::keys::keys(ui, context, commands);
    let size = context.state.view.viewport().size;
    let (now, next) = places(window, (size.height / size.width.max(1.0)) as f32);
    head_ui(ui, context, open, now);
    picture(ui, context, (ViewId::DESK_NOW, now, &pictures.now));
    if let Some(step) = open.shown() {
        caption_ui(ui, context, (now, size.width as f32), step);
    }
    let inside = window.shrink(AROUND);
    steps_ui(ui, context, open, (now, commands));
    let buttons =
        Rect::from_min_max(pos2(now.left(), now.bottom() + 66.0), pos2(now.right(), inside.bottom()));
    buttons_ui(ui, context, show, (buttons, commands));
    let right = Rect::from_min_max(pos2(next.left(), inside.top()), inside.max);
    times_ui(ui, context, (open, show, time), right);
    if let Some(scene) = &pictures.next {
        picture(ui, context, (ViewId::DESK_NEXT, next, scene));
        if let Some(step) = context.state.next_step() {
            caption_ui(ui, context, (next, size.width as f32), step);
        }
    }
    next_ui(ui, context, open, (next, right));
    let notes = Rect::from_min_max(pos2(right.left(), next.bottom() + 18.0), right.max);
    notes_ui(ui, context, (open, show), (notes, commands));
}

fn picture(ui: &Ui, context: &Context<'_>, (view, rect, scene): (ViewId, Rect, &Arc<Scene>)) {
    ui.painter().add(render::miniature_callback(view, rect, Arc::clone(scene)));
    let line = Stroke::new(1.0, colour(context.look.colours().surface.line_strong));
    ui.painter().rect_stroke(rect, 4.0, line, StrokeKind::Outside);
}

fn part(ui: &mut Ui, rect: Rect, layout: Layout) -> Ui {
    ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout))
}

fn head_ui(ui: &mut Ui, context: &Context<'_>, open: &OpenTour, now: Rect) {
    let texts = &context.strings.presenter;
    let rect = Rect::from_min_max(pos2(now.left(), now.top() - 44.0), pos2(now.right(), now.top() - 10.0));
    let mut ui = part(ui, rect, Layout::left_to_right(Align::Center));
    ui.label(context.look.text(context.look.tokens.text.heading, &texts.title));
    ui.add_space(6.0);
    ui.add(Label::new(context.look.small(open.tour.title.get(context.language()))).truncate());
}

/// What the audience reads, as small as the picture is.
fn caption_ui(ui: &Ui, context: &Context<'_>, (picture, screen): (Rect, f32), step: &Step) {
    let scale = picture.width() / screen.max(1.0);
    let (tokens, language) = (&context.look.tokens, context.language());
    let width = (super::WIDEST.min(screen - 2.0 * super::EDGE) - 2.0 * super::INSET[0]) * scale;
    let painter = ui.painter().with_clip_rect(picture);
    let lines = [(tokens.text.title_presenter, &step.title), (tokens.text.presenter_text, &step.caption)];
    let laid: Vec<_> = lines
        .into_iter()
        .map(|(style, words)| (style, words.get(language)))
        .filter(|(_, text)| !text.is_empty())
        .map(|(style, text)| {
            let font = context.look.font(TypeStyle { size: style.size * scale, ..style });
            painter.layout(text.to_owned(), font, context.look.primary(), width)
        })
        .collect();
    let height: f32 = laid.iter().map(|galley| galley.size().y).sum();
    if laid.is_empty() {
        return;
    }
    let inset = vec2(super::INSET[0], super::INSET[1]) * scale;
    let corner = picture.left_bottom() + vec2(super::EDGE, -super::EDGE) * scale;
    let card = Rect::from_min_max(
        pos2(corner.x, corner.y - height - 2.0 * inset.y),
        pos2(corner.x + width + 2.0 * inset.x, corner.y),
    );
    painter.rect_filled(
        card,
        f32::from(tokens.radius.panel) * scale,
        colour(context.look.colours().surface.panel),
    );
    let mut at = card.min + inset;
    for galley in laid {
        let below = galley.size().y;
        painter.galley(at, galley, context.look.primary());
        at.y += below;
    }
}

/// The list of steps; a press goes there.
fn steps_ui(ui: &mut Ui, context: &Context<'_>, open: &OpenTour, (now, commands): (Rect, &mut Commands)) {
    let count = open.tour.steps.len().max(1) as f32;
    let gap = if count > 16.0 { 2.0 } else { 6.0 };
    let width = (now.width() - gap * (count - 1.0)) / count;
    let colours = context.look.colours();
    for (number, step) in open.tour.steps.iter().enumerate() {
        let left = now.left() + number as f32 * (width + gap);
        let rect = Rect::from_min_size(pos2(left, now.bottom() + 10.0), vec2(width, 44.0));
        let response = ui.interact(rect, ui.scope_id().with(("step", number)), Sense::click());
        let title = step.title.get(context.language());
        let name = format!("{}. {title}", number + 1);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, number == open.step, &name));
        let fill = match number.cmp(&open.step) {
            std::cmp::Ordering::Less => colours.text.secondary,
            std::cmp::Ordering::Equal => colours.accent.fill,
            std::cmp::Ordering::Greater => colours.surface.line_strong,
        };
        let bar = Rect::from_min_size(rect.min + vec2(0.0, 4.0), vec2(width, 4.0));
        ui.painter().rect_filled(bar, 2.0, colour(fill));
        if width > 34.0 {
            let mut ui = part(ui, rect.with_min_y(bar.bottom() + 3.0), Layout::top_down(Align::Min));
            ui.spacing_mut().item_spacing.y = 0.0;
            let is_now = number == open.step;
            let text = |text: &str| {
                if is_now { context.look.strong(text).size(12.0) } else { context.look.small(text) }
            };
            ui.label(text(&(number + 1).to_string()));
            ui.add(Label::new(text(title)).truncate());
        }
        if response.on_hover_text(name).clicked() {
            commands.push(Command::Tour(TourCommand::Go(number)));
        }
    }
}

fn buttons_ui(ui: &mut Ui, context: &Context<'_>, show: &Show, (rect, commands): (Rect, &mut Commands)) {
    let texts = &context.strings.presenter;
    let mut ui = part(ui, rect, Layout::left_to_right(Align::Min).with_main_wrap(true));
    ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
    let mut ask = |response: egui::Response, command: TourCommand| {
        if response.clicked() {
            commands.push(Command::Tour(command));
        }
    };
    let back = button(&mut ui, context, Some(Icon("back")), &texts.back, false);
    ask(back, TourCommand::Step { is_forward: false });
    let next = button(&mut ui, context, Some(Icon("forward")), &texts.next, true);
    ask(next, TourCommand::Step { is_forward: true });
    let (icon, play) = if show.is_playing { ("pause", &texts.stop) } else { ("play", &texts.play) };
    ask(button(&mut ui, context, Some(Icon(icon)), play, false), TourCommand::SetPlaying(!show.is_playing));
    let black =
        button(&mut ui, context, None, &format!("{}  B", texts.black), show.blank == Some(Blank::Black));
    ask(black, TourCommand::Blank(Blank::Black));
    if show.is_away {
        ask(button(&mut ui, context, Some(Icon("home")), &texts.back_to_step, true), TourCommand::Return);
    }
    ask(button(&mut ui, context, None, &format!("{}  Esc", texts.end), false), TourCommand::End);
}

/// The time of day, and since the start against what is planned.
fn times_ui(ui: &mut Ui, context: &Context<'_>, (open, show, time): (&OpenTour, &Show, &str), rect: Rect) {
    let texts = &context.strings.presenter;
    let colours = context.look.colours();
    let large = |text: &str, ink| -> RichText {
        context.look.text(context.look.tokens.text.title_presenter, text).color(ink)
    };
    let half = Rect::from_min_size(rect.min, vec2(rect.width(), 72.0));
    let mut left = part(ui, half, Layout::top_down(Align::Min));
    left.label(context.look.caption(&texts.time));
    left.label(large(time, context.look.primary()));
    let mut right = part(ui, half, Layout::top_down(Align::Max));
    right.label(context.look.caption(&texts.since));
    right.label(large(&clock_text(show.elapsed_secs), colour(colours.accent.fill)));
    let planned = f64::from(open.tour.planned());
    let bar = Rect::from_min_size(pos2(rect.left(), rect.top() + 78.0), vec2(rect.width(), 6.0));
    ui.painter().rect_filled(bar, 3.0, colour(colours.surface.line_strong));
    let share = (show.elapsed_secs / planned.max(1.0)).clamp(0.0, 1.0) as f32;
    let is_over = show.elapsed_secs > planned;
    let fill = if is_over { colours.status.warn } else { colours.accent.fill };
    ui.painter().rect_filled(bar.with_max_x(bar.left() + bar.width() * share), 3.0, colour(fill));
    let under = Rect::from_min_size(bar.left_bottom() + vec2(0.0, 4.0), vec2(rect.width(), 18.0));
    let minutes = (open.tour.planned().div_ceil(60)).to_string();
    part(ui, under, Layout::top_down(Align::Min))
        .label(context.look.small(&texts.planned.fill("n", &minutes)));
    let left = if is_over {
        texts.over.fill("time", &clock_text(show.elapsed_secs - planned))
    } else {
        texts.left.fill("time", &clock_text(planned - show.elapsed_secs))
    };
    part(ui, under, Layout::top_down(Align::Max)).label(context.look.small(&left));
}

fn next_ui(ui: &mut Ui, context: &Context<'_>, open: &OpenTour, (next, right): (Rect, Rect)) {
    let texts = &context.strings.presenter;
    let rect = Rect::from_min_max(next.right_top() + vec2(14.0, 0.0), pos2(right.right(), next.bottom()));
    let mut words = part(ui, rect, Layout::top_down(Align::Min));
    match context.state.next_step() {
        Some(step) => {
            let number = (open.step + 2).to_string();
            words.label(context.look.caption(&texts.next_step.fill("n", &number)));
            let title = step.title.get(context.language());
            let style = context.look.tokens.text.heading;
            words.add(Label::new(context.look.text(style, title)).wrap());
        }
        None => {
            words.label(context.look.small(&texts.is_last));
        }
    }
}

fn notes_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (open, show): (&OpenTour, &Show),
    (rect, commands): (Rect, &mut Commands),
) {
    let texts = &context.strings.presenter;
    let mut ui = part(ui, rect, Layout::top_down(Align::Min));
    hairline(&mut ui, context);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let number = (open.step + 1).to_string();
        ui.label(context.look.caption(&texts.notes_of.fill("n", &number)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (icon, name, by) in [("plus", &texts.larger, 1), ("minus", &texts.smaller, -1)] {
                if icon_button(ui, context, Icon(icon), name, true).clicked() {
                    commands.push(Command::Tour(TourCommand::ResizeNotes(by)));
                }
            }
        });
    });
    if show.is_away {
        ui.label(context.look.small(&texts.moved).color(colour(context.look.colours().status.warn)));
    }
    let size = notes_size(context, show.note_size);
    egui::ScrollArea::vertical().show(&mut ui, |ui| {
        ui.set_width(ui.available_width());
        for paragraph in notes_text(context, open.shown()).split("\n\n") {
            ui.add(Label::new(context.look.text(size, paragraph)).wrap());
            ui.add_space(10.0);
        }
    });
}
