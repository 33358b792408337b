//! What hands do on the map, as commands: drag, let go, wheel, pinch, box, click.

use egui::{Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Response, Ui, Vec2};

use super::Commands;
use crate::geo::{ScreenPoint, Viewport, WorldBounds};
use crate::state::Command;

/// Levels of zoom for one notch of a wheel: 1.25 times.
const NOTCH: f64 = 0.321_928_094_887_362_3;
/// Slower than this, in points a second, letting go does not throw the map.
const LEAST_THROW: f32 = 60.0;
/// A box smaller than this, in points, is a slip of the hand.
const LEAST_BOX: f32 = 8.0;

/// The box that is being drawn with Shift held, in window coordinates.
pub(crate) fn box_in_progress(ui: &Ui, response: &Response) -> Option<Rect> {
    let start = ui.input(|input| input.pointer.press_origin())?;
    let now = response.interact_pointer_pos()?;
    let is_boxing = response.dragged_by(PointerButton::Primary) && ui.input(|input| input.modifiers.shift);
    is_boxing.then(|| Rect::from_two_pos(start, now))
}

/// Turns this frame's gestures on the map into commands. `viewport` fills `response.rect`.
pub(crate) fn gestures(ui: &Ui, response: &Response, viewport: &Viewport, commands: &mut Commands) {
    drag(ui, response, viewport, commands);
    if response.contains_pointer() {
        wheel(ui, response, commands);
    }
    pinch(ui, response, viewport, commands);
}

fn drag(ui: &Ui, response: &Response, viewport: &Viewport, commands: &mut Commands) {
    if response.drag_started() || response.is_pointer_button_down_on() {
        commands.push(Command::StopFlight);
    }
    let is_shift = ui.input(|input| input.modifiers.shift);
    if is_shift && response.dragged_by(PointerButton::Primary) {
        return;
    }
    if response.drag_stopped() {
        if is_shift {
            finish_box(ui, response, viewport, commands);
        } else {
            throw(ui, commands);
        }
        return;
    }
    let delta = dragged_since(ui, response);
    if delta != Vec2::ZERO {
        commands.push(Command::Pan { dx: f64::from(delta.x), dy: f64::from(delta.y) });
    }
}

/// How far the pointer went since this was last asked, from where the button went down: what it moved before
/// the movement counted as a drag is not lost, so the place that was taken stays under the pointer.
fn dragged_since(ui: &Ui, response: &Response) -> Vec2 {
    let Some(total) = response.total_drag_delta() else { return Vec2::ZERO };
    let memory = response.id.with("dragged");
    let before = if response.drag_started() {
        Vec2::ZERO
    } else {
        ui.data(|data| data.get_temp(memory)).unwrap_or_default()
    };
    ui.data_mut(|data| data.insert_temp(memory, total));
    total - before
}

fn throw(ui: &Ui, commands: &mut Commands) {
    let velocity = ui.input(|input| input.pointer.velocity());
    if velocity.length() > LEAST_THROW {
        commands.push(Command::Drift { dx: f64::from(velocity.x), dy: f64::from(velocity.y) });
    }
}

fn finish_box(ui: &Ui, response: &Response, viewport: &Viewport, commands: &mut Commands) {
    let ends = ui.input(|input| input.pointer.press_origin().zip(input.pointer.latest_pos()));
    let Some((from, to)) = ends else { return };
    let drawn = Rect::from_two_pos(from, to);
    if drawn.width() < LEAST_BOX || drawn.height() < LEAST_BOX {
        return;
    }
    let corner = |pos: Pos2| viewport.world_from_screen(on_map(response, pos));
    let (north_west, south_east) = (corner(drawn.min), corner(drawn.max));
    if north_west.x < south_east.x {
        commands.push(Command::Fit(WorldBounds { min: north_west, max: south_east }));
    }
}

/// A wheel zooms about the pointer, two fingers pan; each frame adds what came, so the rate does not matter.
fn wheel(ui: &Ui, response: &Response, commands: &mut Commands) {
    let Some(pointer) = response.hover_pos() else { return };
    let about = Some(on_map(response, pointer));
    let events = ui.input(|input| input.events.clone());
    for event in events {
        let Event::MouseWheel { unit, delta, modifiers, .. } = event else { continue };
        let is_zoom =
            unit != MouseWheelUnit::Point || modifiers.matches_any(Modifiers::CTRL | Modifiers::COMMAND);
        if is_zoom {
            let notches = match unit {
                MouseWheelUnit::Line => delta.y,
                MouseWheelUnit::Page => delta.y * 3.0,
                MouseWheelUnit::Point => delta.y / 50.0,
            };
            commands.push(Command::Zoom { delta: f64::from(notches) * NOTCH, about });
        } else {
            commands.push(Command::Pan { dx: f64::from(delta.x), dy: f64::from(delta.y) });
        }
    }
}

/// Two fingers apart or together, on a trackpad or on the glass.
fn pinch(ui: &Ui, response: &Response, viewport: &Viewport, commands: &mut Commands) {
    if let Some(touch) = ui.input(egui::InputState::multi_touch) {
        let about = on_map(response, touch.center_pos);
        let (dx, dy) = (f64::from(touch.translation_delta.x), f64::from(touch.translation_delta.y));
        // At once: a glide would lag behind the fingers.
        let moved = viewport.dragged(dx, dy).zoomed_about(about, f64::from(touch.zoom_delta).log2());
        commands.push(Command::MoveCamera(moved.camera));
        return;
    }
    let Some(pointer) = response.hover_pos().filter(|_| response.contains_pointer()) else { return };
    let factors: Vec<f32> = ui.input(|input| {
        let zooms = input.events.iter().filter_map(|event| match event {
            Event::Zoom(factor) => Some(*factor),
            _ => None,
        });
        zooms.collect()
    });
    for factor in factors.into_iter().filter(|factor| *factor > 0.0) {
        let about = Some(on_map(response, pointer));
        commands.push(Command::Zoom { delta: f64::from(factor).log2(), about });
    }
}

/// A place in the window as a place on the map.
pub(crate) fn on_map(response: &Response, pos: Pos2) -> ScreenPoint {
    let offset = pos - response.rect.min;
    ScreenPoint::new(f64::from(offset.x), f64::from(offset.y))
}
