//! Panels on paper: the strip, the comparison, the timeline and the chart of a column, drawn by the very code that
//! draws them in the window, as a page for a file.

mod drawn;
mod sources;

use std::sync::Arc;

use egui::{Label, Rect, Ui, pos2, vec2};

use super::compare::{compare_in, compare_maps};
use super::layout::timeline_height;
use super::strip::strip_in;
use super::table::chart_in;
use super::timeline::{listed_in, timeline_in};
use super::{Commands, Context, Look, Medium, Scenes, install_fonts};
use crate::atlas::Id;
use crate::geo::{Camera, LonLat, Size, Viewport};
use crate::i18n::Strings;
use crate::scene::{self, Item, Layer, Montage, Names, Piece, Scene, Scenery, Shape};
use crate::state::{FigureOf, State};
use crate::theme::{Rgba, Tokens};

/// Free at the edges of the page, and between what stands on it, in points.
const MARGIN: f32 = 16.0;
const GAP: f32 = 10.0;
/// Letters are laid out for so many pixels to a point, whatever the file has: places are rounded to pixels.
const PIXELS_PER_POINT: f32 = 4.0;
/// Passes until nothing moves any more: sizes of the first are known in the second.
const PASSES: usize = 3;
/// Pages end where their content does; none is as long as this, in points.
const LONGEST: f32 = 20_000.0;

/// What a page shows of a state, in its language and theme.
#[derive(Clone, Copy, Debug)]
pub struct PanelFigure<'a> {
    pub state: &'a State,
    pub scenery: &'a Scenery,
    pub tokens: &'a Arc<Tokens>,
    pub of: FigureOf,
    /// Above everything; none where it is empty.
    pub title: &'a str,
    /// The page is as wide, and as high as what stands on it; the maps of a comparison suit this height.
    pub size: Size,
}

/// The page; `None` where there is nothing of that to draw, and for the map, which is a scene of its own.
#[must_use]
pub fn montage(figure: &PanelFigure<'_>, pixels_per_point: f32) -> Option<Montage> {
    if figure.of == FigureOf::Map || !figure.state.drawable().contains(&figure.of) {
        return None;
    }
    let mut state = figure.state.clone();
    state.compare.is_open = figure.of == FigureOf::Comparison;
    (state.along, state.picks.hovered) = (None, None);
    let look = Look::new(Arc::clone(figure.tokens), state.settings.theme);
    let strings = Strings::embedded(state.settings.language);
    let context =
        Context { state: &state, scenery: figure.scenery, strings, look: &look, medium: Medium::Paper };
    let page = Page::new(figure, &context);
    let placed = compare_maps(page.room, &state, &look.tokens);
    let scenes = scenes((&state, figure.scenery), &placed, pixels_per_point);
    let (items, bottom) = page.drawn(&context, &scenes);
    let size = Size { width: figure.size.width.round(), height: f64::from((bottom + MARGIN).ceil()) };
    let paper = look.colours().surface.panel;
    let under = layer("paper", vec![Item::Shapes(vec![sheet(size, paper)])]);
    let words = layer(name(figure.of), items);
    let full = |layers: Vec<Layer>| Piece { scene: Arc::new(picture(size, layers)), at: [0.0; 2] };
    if scenes.is_empty() {
        return Some(Montage { size, pieces: vec![full(vec![under, words])] });
    }
    let maps = scenes.into_iter().zip(&placed);
    let maps = maps.map(|((_, scene), (_, rect))| Piece { scene, at: rect.min.into() });
    let pieces = std::iter::once(full(vec![under])).chain(maps).chain([full(vec![words])]).collect();
    Some(Montage { size, pieces })
}

/// The group in a file.
const fn name(of: FigureOf) -> &'static str {
    match of {
        FigureOf::Map => "map",
        FigureOf::Strip => "strip",
        FigureOf::Comparison => "comparison",
        FigureOf::Timeline => "timeline",
        FigureOf::Chart => "chart",
    }
}

/// The map of each compared feature, in the place where the page has it.
fn scenes(
    (state, scenery): (&State, &Scenery),
    placed: &[(Id, Rect)],
    pixels_per_point: f32,
) -> Vec<(Id, Arc<Scene>)> {
    let Some((_, first)) = placed.first() else { return Vec::new() };
    let size = Size { width: f64::from(first.width()), height: f64::from(first.height()) };
    let ids: Vec<Id> = placed.iter().map(|(id, _)| id.clone()).collect();
    let looked = ids.iter().zip(state.looks_at(&ids, size));
    let scenes = looked.map(|(id, viewport)| {
        let seen = state.seen_through(viewport, Some(id.clone()));
        let scene = scene::build(&seen, scenery, pixels_per_point, &mut Names::default());
        (id.clone(), Arc::new(scene))
    });
    scenes.collect()
}

/// A picture of no place.
fn picture(size: Size, layers: Vec<Layer>) -> Scene {
    let viewport = Viewport::new(Camera::new(LonLat::new(0.0, 0.0), 2.0), size);
    Scene { viewport, ground: None, layers }
}

fn layer(name: &'static str, items: Vec<Item>) -> Layer {
    Layer { name, opacity: 1.0, items }
}

fn sheet(size: Size, fill: Rgba) -> Shape {
    let half = [size.width as f32 / 2.0, size.height as f32 / 2.0];
    let (stroke, stroke_width) = (Rgba::CLEAR, 0.0);
    Shape { center: half, half, radius: 0.0, angle: 0.0, fill, stroke, stroke_width, clip: None, dash: None }
}

/// Where on the page what stands.
struct Page<'a> {
    of: FigureOf,
    /// Where it has one.
    title: Option<&'a str>,
    /// For the panel, from under the title; only its width is given.
    room: Rect,
    /// Where the panel begins to write.
    left: f32,
}

impl<'a> Page<'a> {
    fn new(figure: &PanelFigure<'a>, context: &Context<'_>) -> Self {
        let own = (figure.of == FigureOf::Timeline).then_some(context.strings.timeline.title.as_str());
        let title = Some(figure.title.trim()).filter(|title| !title.is_empty()).or(own);
        let line = context.look.tokens.text.title.line * context.look.tokens.scale(context.look.theme).text;
        let top = if title.is_some() { MARGIN + line } else { 0.0 };
        let size = vec2(figure.size.width.round() as f32, figure.size.height as f32);
        let left = match figure.of {
            FigureOf::Comparison => super::compare::EDGE,
            FigureOf::Strip => 2.0 * MARGIN,
            FigureOf::Map | FigureOf::Timeline | FigureOf::Chart => MARGIN,
        };
        Self { of: figure.of, title, room: Rect::from_min_size(pos2(0.0, top), size), left }
    }

    /// Everything but the maps, and how far down it reaches.
    fn drawn(&self, context: &Context<'_>, scenes: &Scenes) -> (Vec<Item>, f32) {
        let ctx = egui::Context::default();
        install_fonts(&ctx);
        context.look.apply(&ctx);
        ctx.set_pixels_per_point(PIXELS_PER_POINT);
        let mut bottom = 0.0;
        let mut painted = Vec::new();
        for _ in 0..PASSES {
            let input = egui::RawInput {
                screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(self.room.width(), LONGEST))),
                max_texture_side: Some(8_192),
                ..egui::RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| bottom = self.page_ui(ui, context, scenes));
            painted = std::mem::take(&mut output.shapes);
            // Nobody looks at egui's own picture of the letters.
            output.drop_without_applying_deltas();
        }
        (drawn::items(&painted), bottom)
    }

    /// Title, panel and sources; how far down they reach.
    fn page_ui(&self, ui: &mut Ui, context: &Context<'_>, scenes: &Scenes) -> f32 {
        let mut commands = Commands::default();
        if let Some(title) = self.title {
            let text = context.look.text(context.look.tokens.text.title, title);
            words_ui(ui, self.line(MARGIN, f32::INFINITY), |ui| drop(ui.add(Label::new(text).truncate())));
        }
        let (room, scale) = (self.room, context.look.tokens.scale(context.look.theme).text);
        let high = |height: f32| Rect::from_min_size(room.min, vec2(room.width(), height));
        let bottom = match self.of {
            FigureOf::Map => room.top(),
            FigureOf::Strip => {
                // Names may stand out over the ends of the track.
                let rect = high(context.look.tokens.size.strip_height * scale).shrink2(vec2(MARGIN, 0.0));
                strip_in(ui, context, rect, &mut commands);
                rect.bottom()
            }
            FigureOf::Comparison => compare_in(ui, context, (room, scenes), &mut commands),
            FigureOf::Timeline => {
                let rect = high(timeline_height(context.state, &context.look.tokens));
                timeline_in(ui, context, rect, &mut commands);
                listed_in(
                    ui,
                    context,
                    Rect::from_min_max(rect.left_bottom(), room.max).shrink2(vec2(self.left, 0.0)),
                )
            }
            FigureOf::Chart => chart_in(ui, context, room.shrink2(vec2(MARGIN, 0.0))),
        };
        let style = context.look.tokens.text.chip;
        let text = context.look.text(style, &sources::line(context, self.of)).color(context.look.secondary());
        words_ui(ui, self.line(bottom + GAP, f32::INFINITY), |ui| drop(ui.add(Label::new(text).wrap())))
    }

    fn line(&self, top: f32, height: f32) -> Rect {
        let width = self.room.width() - 2.0 * self.left;
        Rect::from_min_size(pos2(self.left, top), vec2(width, height))
    }
}

/// Words in a place of their own; how far down they reach.
fn words_ui(ui: &mut Ui, rect: Rect, content: impl FnOnce(&mut Ui)) -> f32 {
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    content(&mut ui);
    ui.min_rect().bottom()
}

#[cfg(test)]
mod tests;
