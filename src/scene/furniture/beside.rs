//! What a person may want beside the map: where north is, degrees at the edges, their own notes and lines.

use super::super::draw::{PlacedGlyph, Shape, TextRun};
use super::super::grid::on_edges;
use super::super::marks::{capsule, plate};
use super::{Desk, INSET, MARGIN};
use crate::geo::{LonLat, ScreenPoint, Viewport, along};
use crate::state::State;
use crate::theme::Rgba;

/// The north arrow's paper.
const NORTH: [f32; 2] = [34.0, 52.0];
/// Of the line of an arrow, and how long its head is.
const ARROW: f32 = 2.0;
const HEAD: f32 = 11.0;
/// A pin stands so far above its place.
const STEM: f32 = 13.0;
/// Between the degrees along an edge, in points.
const APART: f64 = 8.0;
/// Geodesics are drawn with a point every so many metres.
const STEP_M: f64 = 60_000.0;

impl Desk<'_> {
    /// In the upper right corner, along the meridian there: on Mercator north is up everywhere.
    pub(super) fn north(&mut self, viewport: &Viewport) {
        let corner = [self.size.width as f32 - MARGIN - NORTH[0], MARGIN];
        let (panel, ink) = (self.looks.colours().surface.panel, self.looks.colours().text.primary);
        self.paper(corner, NORTH, panel);
        let x = corner[0] + NORTH[0] / 2.0;
        let style = self.scaled(self.looks.tokens().text.body_strong);
        let letter = &self.strings.figure.north_letter;
        let width = self.names.layout(letter, style).width;
        self.words(letter, style, ([x - width / 2.0, corner[1] + INSET[1] + style.size * 0.7], ink));
        let (top, bottom) = (corner[1] + 24.0, corner[1] + NORTH[1] - 8.0);
        let middle = f32::midpoint(top, bottom);
        let place = viewport.world_from_screen(ScreenPoint::new(f64::from(x), f64::from(middle)));
        let (right, up) = (viewport.north_at(place.to_lonlat()) as f32).sin_cos();
        let half = (bottom - top) / 2.0;
        let end = |way: f32| [x + way * half * right, middle - way * half * up];
        self.arrow([end(-1.0), end(1.0)], ink);
    }

    /// A line with a head at its end.
    fn arrow(&mut self, [from, to]: [[f32; 2]; 2], ink: Rgba) {
        let angle = (to[1] - from[1]).atan2(to[0] - from[0]);
        self.shapes.push(capsule(from, to, ARROW, ink));
        for turn in [2.6_f32, -2.6] {
            let end = [to[0] + HEAD * (angle + turn).cos(), to[1] + HEAD * (angle + turn).sin()];
            self.shapes.push(capsule(to, end, ARROW, ink));
        }
    }

    /// Where meridians and parallels meet the upper and the left edge; near a pole not each has room.
    pub(super) fn degrees(&mut self, viewport: &Viewport) {
        let style = self.scaled(self.looks.tokens().text.chip);
        let units = &self.strings.units;
        let degrees = |value: f64| format!("{}°", (value.abs() * 10.0).round() / 10.0);
        let [meridians, parallels] = on_edges(viewport);
        let mut taken: Vec<[f64; 2]> = Vec::new();
        for (x, lon) in meridians {
            let lon = (lon + 540.0).rem_euclid(360.0) - 180.0;
            let side = if lon < 0.0 { &units.west } else { &units.east };
            let text = if lon == 0.0 { degrees(lon) } else { side.fill("n", &degrees(lon)) };
            let width = self.names.layout(&text, style).width;
            if has_room(&mut taken, x, f64::from(width) + APART) {
                self.lettered(&text, [x as f32 - width / 2.0, 4.0 + style.size]);
            }
        }
        taken.clear();
        for (y, lat) in parallels {
            let side = if lat < 0.0 { &units.south } else { &units.north };
            let text = if lat == 0.0 { degrees(lat) } else { side.fill("n", &degrees(lat)) };
            if has_room(&mut taken, y, f64::from(style.size) + APART) {
                self.lettered(&text, [5.0, y as f32 + style.size * 0.36]);
            }
        }
    }

    /// Small words on the map with a halo, where no paper lies.
    fn lettered(&mut self, text: &str, at: [f32; 2]) {
        let style = self.scaled(self.looks.tokens().text.chip);
        let layout = self.names.layout(text, style);
        let right = at[0] + layout.width;
        let is_inside = at[0] >= 0.0
            && right <= self.size.width as f32
            && at[1] <= self.size.height as f32
            && at[1] >= style.size;
        let is_covered = self.papers.iter().any(|[left, top, far, bottom]| {
            at[0] < *far && right > *left && at[1] - style.size < *bottom && at[1] > *top
        });
        if !is_inside || is_covered {
            return;
        }
        let halo = Some((self.looks.colours().map.label.halo_land, 2.4));
        let colour = self.looks.colours().text.primary;
        let glyphs = layout.glyphs.iter();
        let glyphs = glyphs.map(|glyph| PlacedGlyph { at: [at[0] + glyph.at[0], at[1]], ..*glyph }).collect();
        self.runs.push(TextRun { size: layout.size, colour, halo, opacity: 1.0, glyphs });
    }

    /// Each note as a pin with its title; what was measured as an arrow.
    pub(super) fn notes(&mut self, state: &State, viewport: &Viewport) {
        let screen = |place: LonLat| {
            let at = viewport.screen_from_world(place.to_world());
            [at.x as f32, at.y as f32]
        };
        let (accent, panel) = (self.looks.colours().accent.fill, self.looks.colours().surface.panel);
        for note in &state.notes.all.list {
            let foot = screen(note.at);
            let head = [foot[0], foot[1] - STEM];
            self.shapes.push(capsule(foot, head, 3.6, panel));
            self.shapes.push(capsule(foot, head, 2.0, accent));
            let pin: Shape = plate(head, 6.5, 6.5, (accent, panel, 1.4));
            self.shapes.push(pin);
            self.lettered(&note.title, [head[0] + 11.0, head[1] + 4.0]);
        }
        let ink = self.looks.colours().state.selected_ring;
        let measured = &state.measure.points;
        for (from, to) in measured.iter().zip(measured.iter().skip(1)) {
            let way: Vec<[f32; 2]> = along(*from, *to, STEP_M).into_iter().map(screen).collect();
            for pair in way.windows(2) {
                self.shapes.push(capsule(pair[0], pair[1], ARROW, ink));
            }
            if let [.., before, last] = way.as_slice() {
                self.arrow([*before, *last], ink);
            }
        }
    }
}

/// Takes the room about a place on an edge, unless something has it already.
fn has_room(taken: &mut Vec<[f64; 2]>, middle: f64, width: f64) -> bool {
    let room = [middle - width / 2.0, middle + width / 2.0];
    let is_free = taken.iter().all(|[from, to]| room[1] <= *from || room[0] >= *to);
    if is_free {
        taken.push(room);
    }
    is_free
}
