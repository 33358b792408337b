//! What a person draws over the map: measured points and lines, an area in its true size, a circle of distance.

use egui::{Color32, CursorIcon, Id, Pos2, Rect, Response, Sense, Stroke, Ui, vec2};

use super::gestures::on_map;
use super::look::colour;
use super::{Commands, Context};
use crate::geo::{LonLat, Viewport, along, circle};
use crate::state::{Command, MeasureCommand, TrueSize, TrueSizeCommand};

/// Of a measured point, in points.
const RADIUS: f32 = 5.0;
const REACH: f32 = 18.0;
/// Geodesics are drawn with a point every so many metres.
const STEP_M: f64 = 60_000.0;
/// Corners of a circle of distance.
const CIRCLE: usize = 180;

/// Draws it, and lets hands move it.
pub(super) fn overlay_ui(ui: &Ui, context: &Context<'_>, response: &Response, commands: &mut Commands) {
    let rect = response.rect;
    near_ui(ui, context, rect);
    true_size_ui(ui, context, response);
    measure_ui(ui, context, response, commands);
    super::notes::pins_ui(ui, context, response, commands);
    super::quiz::guess_ui(ui, context, response);
}

pub(super) fn screen(viewport: &Viewport, rect: Rect, place: LonLat) -> Pos2 {
    let at = viewport.screen_from_world(place.to_world());
    rect.min + vec2(at.x as f32, at.y as f32)
}

/// Parts of a line that do not jump from one side of the world to the other.
fn runs(points: &[Pos2], width: f32) -> impl Iterator<Item = &[Pos2]> {
    points.chunk_by(move |a, b| (a.x - b.x).abs() < width)
}

/// How far the world is across, in points.
fn world_width(viewport: &Viewport) -> f32 {
    (256.0 * viewport.camera.zoom.exp2() / 2.0) as f32
}

/// The circle in which something was looked for.
fn near_ui(ui: &Ui, context: &Context<'_>, rect: Rect) {
    let state = context.state;
    let Some(near) = &state.picks.near else { return };
    let bounds = state.catalog.entry(&near.of).and_then(|entry| entry.bounds(&state.catalog.atlas));
    let Some(bounds) = bounds.filter(|bounds| bounds.min == bounds.max) else { return };
    let viewport = state.view.viewport();
    let ring = circle(bounds.center().to_lonlat(), near.km * 1e3, CIRCLE);
    let mut points: Vec<Pos2> = ring.iter().map(|place| screen(&viewport, rect, *place)).collect();
    points.extend(points.first().copied());
    let stroke = Stroke::new(1.4, colour(context.look.colours().accent.fill));
    for run in runs(&points, world_width(&viewport)) {
        ui.painter().extend(egui::Shape::dashed_line(run, stroke, 6.0, 4.0));
    }
}

/// The area that was picked up.
fn true_size_ui(ui: &Ui, context: &Context<'_>, response: &Response) {
    let Some(taken) = &context.state.true_size else { return };
    let viewport = context.state.view.viewport();
    let accent = colour(context.look.colours().accent.fill);
    let middle = screen(&viewport, response.rect, taken.at);
    let rings = on_screen(&viewport, response.rect, taken);
    ui.painter().add(super::fill::filled(&rings, accent.gamma_multiply(0.22)));
    for ring in &rings {
        ui.painter().add(egui::Shape::closed_line(ring.clone(), Stroke::new(1.6, accent)));
    }
    ui.painter().circle_filled(middle, 3.0, accent);
    if response.contains_pointer()
        && ui.input(|input| input.pointer.hover_pos()).is_some_and(|at| is_on_area(&rings, middle, at))
    {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
    }
}

fn is_on_area(rings: &[Vec<Pos2>], middle: Pos2, at: Pos2) -> bool {
    (at - middle).length() < REACH || super::fill::holds(rings, at)
}

/// Moves the area in its true size where a drag took hold of it; whether it did, and the map stays where it is.
pub(super) fn drag_area(
    ui: &Ui,
    context: &Context<'_>,
    response: &Response,
    commands: &mut Commands,
) -> bool {
    let Some(taken) = &context.state.true_size else { return false };
    let held = Id::unique("the area is held");
    let viewport = context.state.view.viewport();
    let middle = screen(&viewport, response.rect, taken.at);
    if response.drag_started() {
        let origin = ui.input(|input| input.pointer.press_origin());
        let rings = on_screen(&viewport, response.rect, taken);
        let is_held = origin.is_some_and(|at| is_on_area(&rings, middle, at));
        ui.data_mut(|data| data.insert_temp(held, is_held));
    }
    let is_held = ui.data(|data| data.get_temp::<bool>(held).unwrap_or(false));
    if !is_held || !(response.dragged() || response.drag_stopped()) {
        return false;
    }
    // With what it moved before the movement counted as a drag.
    let moved =
        if response.drag_started() { response.total_drag_delta() } else { Some(response.drag_delta()) };
    let moved = moved.unwrap_or_default();
    if moved != egui::Vec2::ZERO {
        let to = viewport.world_from_screen(on_map(response, middle + moved));
        commands.push(Command::TrueSize(TrueSizeCommand::Move(to.to_lonlat())));
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    true
}

/// The rings of the area as they are drawn, all about its middle.
fn on_screen(viewport: &Viewport, rect: Rect, taken: &TrueSize) -> Vec<Vec<Pos2>> {
    let middle = screen(viewport, rect, taken.at);
    let world = world_width(viewport) * 2.0;
    let place = |place: &LonLat| {
        let mut point = screen(viewport, rect, *place);
        point.x -= ((point.x - middle.x) / world).round() * world;
        point
    };
    taken.rings().iter().map(|ring| ring.iter().map(place).collect()).collect()
}

/// The measured line or area with its points, each of which can be moved.
fn measure_ui(ui: &Ui, context: &Context<'_>, response: &Response, commands: &mut Commands) {
    let measure = &context.state.measure;
    if !measure.is_on {
        return;
    }
    let viewport = context.state.view.viewport();
    let rect = response.rect;
    let ink = colour(context.look.colours().state.selected_ring);
    let paper = colour(context.look.colours().surface.panel);
    let ends = measure.points.iter().zip(measure.points.iter().skip(1));
    let last = measure.points.last().zip(measure.points.first()).filter(|_| measure.is_closed);
    let mut outline = Vec::new();
    for (from, to) in ends.chain(last) {
        let way = along(*from, *to, STEP_M);
        let points: Vec<Pos2> = way.iter().map(|place| screen(&viewport, rect, *place)).collect();
        for run in runs(&points, world_width(&viewport)) {
            ui.painter().line(run.to_vec(), Stroke::new(4.6, paper));
            ui.painter().line(run.to_vec(), Stroke::new(2.4, ink));
        }
        outline.extend(points);
    }
    if measure.is_closed {
        ui.painter().add(super::fill::filled(&[outline], ink.gamma_multiply(0.16)));
    }
    pending_ui(ui, context, response, (&viewport, ink));
    for (index, place) in measure.points.iter().enumerate() {
        let at = screen(&viewport, rect, *place);
        let grip = ui.interact(
            Rect::from_center_size(at, vec2(REACH, REACH)),
            Id::unique(("measured", index)),
            Sense::click_and_drag(),
        );
        let radius = if grip.hovered() { RADIUS + 2.0 } else { RADIUS };
        ui.painter().circle(at, radius, paper, Stroke::new(2.0, ink));
        let font = context.look.font(context.look.tokens.text.small);
        let number = ui.painter().layout_no_wrap((index + 1).to_string(), font, context.look.primary());
        let corner = at + vec2(radius + 2.0, -radius - number.size().y);
        let plate = Rect::from_min_size(corner, number.size()).expand2(vec2(3.0, 0.0));
        ui.painter().rect_filled(plate, 4.0, paper);
        ui.painter().galley(corner, number, context.look.primary());
        if grip.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::Grab);
        }
        let moved = grip.dragged() && (grip.drag_started() || grip.drag_delta() != egui::Vec2::ZERO);
        if let Some(pointer) = grip.interact_pointer_pos().filter(|_| moved) {
            let to = viewport.world_from_screen(on_map(response, pointer)).to_lonlat();
            commands.push(Command::Measure(MeasureCommand::MovePoint { index, to }));
        }
        if index == 0 && grip.clicked() {
            commands.push(Command::Measure(MeasureCommand::SetClosed(true)));
        }
    }
}

/// From the last point to the pointer, and where a point would be set without one.
fn pending_ui(ui: &Ui, context: &Context<'_>, response: &Response, (viewport, ink): (&Viewport, Color32)) {
    let measure = &context.state.measure;
    let middle = super::map::free_map(context, response.rect).center();
    for arm in [vec2(7.0, 0.0), vec2(0.0, 7.0)] {
        ui.painter().line_segment([middle - arm, middle + arm], Stroke::new(1.2, ink));
    }
    let pointer = response.hover_pos().filter(|_| response.contains_pointer());
    if let Some((at, last)) = pointer.zip(measure.points.last()).filter(|_| !measure.is_closed) {
        let from = screen(viewport, response.rect, *last);
        ui.painter().extend(egui::Shape::dashed_line(&[from, at], Stroke::new(1.4, ink), 5.0, 4.0));
    }
    if response.contains_pointer() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
}

/// Where a click sets a point: on what lies under the pointer, where that is a point.
pub(super) fn set_point(context: &Context<'_>, response: &Response, pos: Pos2) -> Command {
    let state = context.state;
    let aimed = state.picks.hovered.as_ref().and_then(|id| state.bounds_of_point(id));
    let place =
        aimed.unwrap_or_else(|| state.view.viewport().world_from_screen(on_map(response, pos)).to_lonlat());
    Command::Measure(MeasureCommand::Add(place))
}

/// The middle of the free map.
pub(super) fn middle(context: &Context<'_>) -> LonLat {
    let view = &context.state.view;
    view.viewport().world_from_screen(view.middle()).to_lonlat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_line_over_the_edge_of_the_world_is_two() {
        let points = [pos2(10.0, 0.0), pos2(20.0, 0.0), pos2(990.0, 0.0), pos2(980.0, 0.0)];
        assert_eq!(runs(&points, 500.0).map(<[Pos2]>::len).collect::<Vec<_>>(), [2, 2]);
    }
}
