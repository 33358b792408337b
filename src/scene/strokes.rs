//! The lines of a picture: corridors with their casings and glow, and the line of a chosen project or belt.

use std::sync::Arc;

use super::build::Frame;
use super::corridors::CorridorLines;
use super::draw::{Item, Layer, LineDraw};
use crate::atlas::{Id, RouteRole};
use crate::theme::Rgba;

impl Frame<'_> {
    pub(super) fn corridor_layers(&self) -> Vec<Layer> {
        let looks = self.looks;
        let state_style = &looks.colours().state;
        let (lit, faded): (Vec<_>, Vec<_>) =
            self.corridors().partition(|(_, corridor)| self.is_lit(&corridor.id));
        let mut layers = Vec::new();
        if !faded.is_empty() {
            layers.push(Layer {
                name: "corridors",
                opacity: state_style.dimmed_opacity,
                items: self.strokes(&faded),
            });
        }
        let glowing: Vec<_> = lit.iter().copied().filter(|(_, corridor)| self.glows(&corridor.id)).collect();
        if !glowing.is_empty() {
            let extra = state_style.corridor_selected_glow_extra_px;
            let items = self.lines(&glowing, extra, |corridor| looks.corridor(corridor).0);
            layers.push(Layer {
                name: "corridors",
                opacity: state_style.corridor_selected_glow_opacity,
                items,
            });
        }
        if let Some(items) = self.project_lines() {
            layers.push(Layer { name: "projects", opacity: 1.0, items });
        }
        layers.push(Layer { name: "corridors", opacity: 1.0, items: self.strokes(&lit) });
        layers
    }

    fn glows(&self, corridor: &Id) -> bool {
        let picks = &self.state.picks;
        picks.selected.as_ref() == Some(corridor) || picks.hovered.as_ref() == Some(corridor)
    }

    /// Casings under all, then branches, then mains.
    fn strokes(&self, corridors: &[(usize, &CorridorLines)]) -> Vec<Item> {
        let looks = self.looks;
        let casing = &looks.colours().corridor_casing;
        let casing_colour = casing.colour.faded(casing.opacity);
        let mut items = self.lines(corridors, casing.extra_px, |_| casing_colour);
        for role in [RouteRole::Branch, RouteRole::Main] {
            let strokes = self.lines_of(corridors, (role, true), 0.0, |corridor| looks.corridor(corridor).0);
            items.extend(strokes);
        }
        items
    }

    fn lines(
        &self,
        corridors: &[(usize, &CorridorLines)],
        extra_width: f32,
        colour: impl Fn(&Id) -> Rgba + Copy,
    ) -> Vec<Item> {
        let roles = [RouteRole::Branch, RouteRole::Main];
        roles
            .into_iter()
            .flat_map(|role| self.lines_of(corridors, (role, false), extra_width, colour))
            .collect()
    }

    fn lines_of(
        &self,
        corridors: &[(usize, &CorridorLines)],
        (role, is_dashed): (RouteRole, bool),
        extra_width: f32,
        colour: impl Fn(&Id) -> Rgba,
    ) -> Vec<Item> {
        let (looks, zoom) = (self.looks, self.viewport.camera.zoom);
        let mut items = Vec::new();
        for (_, corridor) in corridors {
            let level = corridor.level(zoom);
            for stroke in level.strokes.iter().filter(|stroke| stroke.role == role) {
                let own_width = looks.corridor_width(role, zoom);
                items.push(Item::Lines(LineDraw {
                    mesh: Arc::clone(&level.mesh),
                    points: stroke.points.clone(),
                    colour: colour(&corridor.id),
                    width: own_width + extra_width,
                    dash: if is_dashed { looks.dash(stroke.precision, own_width) } else { None },
                    half_step: looks.half_step(zoom) as f32,
                }));
            }
        }
        items
    }

    /// The line of the selected or hovered project, or belt.
    fn project_lines(&self) -> Option<Vec<Item>> {
        let picks = &self.state.picks;
        let id = [&picks.selected, &picks.hovered]
            .into_iter()
            .flatten()
            .find(|id| self.scenery.lines_of(id).is_some())?;
        let straight = self.scenery.lines_of(id)?;
        let bent = self.warp.as_ref().map(|warp| straight.bent(warp));
        let lines = bent.as_ref().unwrap_or(straight);
        let (looks, zoom) = (self.looks, self.viewport.camera.zoom);
        let width = looks.corridor_width(RouteRole::Branch, zoom);
        let casing = &looks.colours().corridor_casing;
        let draw = |colour, width, dash, points: std::ops::Range<u32>| {
            Item::Lines(LineDraw {
                mesh: Arc::clone(&lines.mesh),
                points,
                colour,
                width,
                dash,
                half_step: 0.0,
            })
        };
        let whole = 0..lines.mesh.points.len() as u32;
        let casing = draw(casing.colour.faded(casing.opacity), width + casing.extra_px, None, whole);
        let strokes = lines.strokes.iter().map(|stroke| {
            draw(
                self.mark_style.project_stroke,
                width,
                looks.dash(stroke.precision, width),
                stroke.points.clone(),
            )
        });
        Some(std::iter::once(casing).chain(strokes).collect())
    }
}
