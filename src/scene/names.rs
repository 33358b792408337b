//! Names on the map: which things are named at a zoom, in which look and order.

mod ground;
mod marks;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::along::stretch;
use super::badges::{Badge, Unrolled};
use super::build::Frame;
use super::cover::obstacles;
use super::draw::{Item, Layer, PlacedGlyph, Shape, TextRun};
use super::features::Mark;
use super::labels::{Candidate, Line, Memory, Placed, place};
use super::marks::{Emphasis, MarkKind, capsule};
use super::text::{Layout, TextStyle, Typesetter};
use crate::atlas::{Id, Kind, RouteRole};
use crate::catalog::Entry;
use crate::catalog::words::position;
use crate::geo::{ScreenPoint, WorldFixed};
use crate::i18n::{Language, Strings};
use crate::state::LayerKind;
use crate::theme::{Face, MapTypeStyle, Rgba};

/// Of the line between a mark and its name, in points.
const LEAD_WIDTH: f32 = 1.3;
/// Of the degrees of a searched position: to about a metre.
const PIN_DECIMALS: usize = 5;
/// Corridors are named along their lines from here on.
const CORRIDOR_NAME_ZOOM: f64 = 4.2;
/// Crossings and border zones from here on.
const CROSSING_NAME_ZOOM: f64 = 6.5;

/// Fonts and layouts, and where names stood in the picture before.
#[derive(Debug, Default)]
pub struct Names {
    typesetter: Typesetter,
    memory: Memory,
    /// Left, top, right, bottom of what lies over the map.
    covered: Vec<[f32; 4]>,
}

/// Priorities, as the order of the map's labels.
mod rank {
    pub(super) const SELECTED: i32 = 1_000;
    pub(super) const HOVERED: i32 = 900;
    pub(super) const HORGOS: i32 = 800;
    pub(super) const ZONE: i32 = 700;
    pub(super) const CORRIDOR: i32 = 650;
    pub(super) const COUNTRY: i32 = 600;
    pub(super) const SEA: i32 = 500;
    pub(super) const CAPITAL: i32 = 450;
    pub(super) const PROJECT: i32 = 400;
    pub(super) const TOWN: i32 = 300;
    pub(super) const RELIEF: i32 = 100;
}

/// All names of the picture, placed.
pub(super) fn layer(frame: &Frame<'_>, badges: &[Badge], names: &mut Names) -> (Layer, Layer) {
    let mut gather =
        Gather { frame, typesetter: &mut names.typesetter, candidates: Vec::new(), dots: Vec::new() };
    let has_names = frame.state.layers.shows(LayerKind::Names);
    gather.pin();
    if has_names {
        gather.marks();
        gather.corridors();
    }
    if has_names && frame.state.layers.shows(LayerKind::Places) {
        gather.countries();
        if !frame.state.quiz.asks_for_a_place() {
            gather.features();
            gather.towns();
        }
    }
    let (mut candidates, dots) = (gather.candidates, gather.dots);
    // A mark under paper has no name beside it.
    let is_under = |[x, y]: [f32; 2]| {
        names
            .covered
            .iter()
            .any(|[left, top, right, bottom]| (*left..=*right).contains(&x) && (*top..=*bottom).contains(&y))
    };
    candidates.retain(|candidate| candidate.is_required || !is_under(candidate.anchor));
    let mut obstacles = obstacles(frame, badges);
    obstacles.boxes.extend_from_slice(&names.covered);
    let padding = frame.state.view.padding();
    let size = frame.viewport.size;
    let free = [
        padding.left as f32,
        padding.top as f32 * 0.5,
        (size.width - padding.right) as f32,
        (size.height - padding.bottom * 0.5) as f32,
    ];
    let Placed { runs, leaders } =
        place(&mut candidates, &obstacles, (free, frame.viewport.camera.zoom), &mut names.memory);
    let mut shapes: Vec<Shape> =
        leaders.iter().map(|lead| capsule(lead.from, lead.to, LEAD_WIDTH, lead.colour)).collect();
    let mut pen = super::marks::MarkPen { style: &frame.mark_style, shapes: &mut shapes };
    for Dot { key, at, rank, emphasis } in dots {
        if !names.memory.is_placed(key) {
            continue;
        }
        pen.mark(&MarkKind::Town { rank }, at, emphasis);
    }
    let dots = Layer { name: "towns", opacity: 1.0, items: vec![Item::Shapes(shapes)] };
    (dots, Layer { name: "names", opacity: 1.0, items: vec![Item::Text(runs)] })
}

/// Points of halo round small letters.
const SMALL_HALO: f32 = 1.6;

/// Letters of one look centred on a point, without a halo.
fn centred(
    typesetter: &mut Typesetter,
    text: &str,
    at: [f32; 2],
    (style, colour): (TextStyle, Rgba),
) -> TextRun {
    let layout = typesetter.layout(text, style);
    let (left, baseline) = (at[0] - layout.width / 2.0, at[1] + layout.cap_height * 0.47);
    let glyphs =
        layout.glyphs.iter().map(|glyph| PlacedGlyph { at: [left + glyph.at[0], baseline], ..*glyph });
    TextRun { size: layout.size, colour, halo: None, opacity: 1.0, glyphs: glyphs.collect() }
}

impl Names {
    /// A corridor's letter on its badge.
    pub(super) fn letter(&mut self, letter: &str, at: [f32; 2], size: f32, colour: Rgba) -> TextRun {
        let style = TextStyle { face: Face::Atlas, size, tracking_em: 0.0, is_upper: false };
        centred(&mut self.typesetter, letter, at, (style, colour))
    }

    /// No name is placed under these boxes: left, top, right, bottom.
    pub fn keep_clear(&mut self, covered: Vec<[f32; 4]>) {
        self.covered = covered;
    }

    /// A line of text, from the cache where it was laid out before.
    pub(super) fn layout(&mut self, text: &str, style: TextStyle) -> Arc<Layout> {
        self.typesetter.layout(text, style)
    }

    /// Small letters centred on a point; `inks` are theirs and that of their halo.
    pub(super) fn small(&mut self, text: &str, at: [f32; 2], size: f32, inks: (Rgba, Rgba)) -> TextRun {
        let style = TextStyle { face: Face::UiMedium, size, tracking_em: 0.0, is_upper: false };
        let run = centred(&mut self.typesetter, text, at, (style, inks.0));
        TextRun { halo: Some((inks.1, SMALL_HALO)), ..run }
    }

    /// How many zones a cluster holds.
    pub(super) fn count(&mut self, count: usize, at: [f32; 2], size: f32, colour: Rgba) -> TextRun {
        let style = TextStyle { face: Face::UiSemibold, size, tracking_em: 0.0, is_upper: false };
        centred(&mut self.typesetter, &count.to_string(), at, (style, colour))
    }
}

/// A town's dot, drawn with its name.
struct Dot {
    key: u64,
    at: [f32; 2],
    rank: u8,
    emphasis: Emphasis,
}

struct Gather<'a, 'b> {
    frame: &'a Frame<'b>,
    typesetter: &'a mut Typesetter,
    candidates: Vec<Candidate>,
    /// Towns that get a dot where their name finds a place.
    dots: Vec<Dot>,
}

impl Gather<'_, '_> {
    fn zoom(&self) -> f64 {
        self.frame.viewport.camera.zoom
    }

    fn language(&self) -> Language {
        self.frame.state.settings.language
    }

    /// Where a place is drawn, if that is in the window.
    fn on_screen(&self, place: WorldFixed) -> Option<[f32; 2]> {
        let ScreenPoint { x, y } = self.frame.viewport.screen_from_world(place);
        let size = self.frame.viewport.size;
        let is_in = (-80.0..size.width + 80.0).contains(&x) && (-40.0..size.height + 40.0).contains(&y);
        is_in.then_some([x as f32, y as f32])
    }

    fn style(&self, style: &MapTypeStyle) -> TextStyle {
        let size = style.size_by_zoom.at(self.zoom()) * self.frame.looks.scale().map_labels;
        TextStyle { face: style.face, size, tracking_em: style.tracking_em, is_upper: style.is_upper }
    }

    fn line(&mut self, text: &str, style: TextStyle, colour: Rgba) -> Line {
        Line { layout: self.typesetter.layout(text, style), colour }
    }

    /// A position that was searched for, with its numbers.
    fn pin(&mut self) {
        let frame = self.frame;
        let Some(place) = frame.state.picks.pin else { return };
        let Some(at) = self.on_screen(place.to_world()) else { return };
        let ink = &frame.looks.colours().map.label;
        let style = self.style(&frame.looks.tokens().map_type.zone);
        let text = position(Strings::embedded(self.language()), place, PIN_DECIMALS);
        let line = self.line(&text, style, ink.zone);
        let style = &frame.mark_style;
        let name = Candidate::plain(hash("pin"), (rank::SELECTED, at), (ink.halo_land, ink.halo_width_px));
        self.candidates.push(Candidate {
            radius: Some(style.town_radius + style.selected_glow_width + 2.0 * style.scale),
            lines: vec![line],
            is_required: true,
            ..name
        });
    }

    /// Each corridor's name along its line, between its badges.
    fn corridors(&mut self) {
        let frame = self.frame;
        let zoom = self.zoom();
        if zoom < CORRIDOR_NAME_ZOOM {
            return;
        }
        let style = self.style(frame.looks.tokens().map_type.city(1));
        let ink = &frame.looks.colours().map.label;
        let half_step = frame.looks.half_step(zoom) as f32;
        for (index, corridor) in frame.corridors().filter(|(_, corridor)| frame.is_lit(&corridor.id)) {
            let name = short_name(frame, &corridor.id, self.language());
            let line = self.line(&name, style, frame.looks.corridor(&corridor.id).0);
            let aside =
                frame.looks.corridor_width(RouteRole::Main, zoom) + 2.0 * half_step + style.size * 0.7;
            let unrolled = Unrolled::new(corridor);
            for stand in unrolled.places(&frame.paper, frame.spacing()) {
                let room = (line.layout.width, aside);
                let Some(found) = stretch(&unrolled, &frame.paper, (stand.along, stand.step), room) else {
                    continue;
                };
                let name = Candidate::plain(
                    hash(("corridor", index, stand.number)),
                    (rank::CORRIDOR, found.middle),
                    (ink.halo_land, ink.halo_width_px),
                );
                self.candidates.push(Candidate {
                    lines: vec![line.clone()],
                    angle: found.angle,
                    most_cost: 60.0,
                    ..name
                });
            }
        }
    }

    fn towns(&mut self) {
        let frame = self.frame;
        let ink = &frame.looks.colours().map.label;
        let types = &frame.looks.tokens().map_type;
        let selected = frame.state.picks.selected.as_ref().filter(|id| id.kind == Kind::Place);
        let marked: Vec<(&Mark, [f32; 2])> = frame.marks.iter().map(|mark| (mark, frame.at(mark))).collect();
        for town in frame.scenery.towns.shown(self.zoom()) {
            let Some(at) = self.on_screen(town.at) else { continue };
            let is_selected = selected == Some(&town.id);
            // A zone or border zone in the town says its name already.
            let near = marked.iter().filter_map(|(mark, on)| {
                let distance = (on[0] - at[0]).hypot(on[1] - at[1]);
                (distance < 9.0).then_some((*mark, distance))
            });
            let name = town.name.get(self.language());
            let is_said = near.clone().any(|(mark, _)| {
                mark.kind.names_its_town()
                    || (self.zoom() >= CROSSING_NAME_ZOOM
                        && short_name(frame, &mark.ids[0], self.language()) == name)
            });
            if is_said && !is_selected {
                continue;
            }
            let style = self.style(types.city(town.rank));
            let colour = if town.rank <= 1 { ink.city_rank_0_1 } else { ink.city_rank_2_3 };
            let line = self.line(town.name.get(self.language()), style, colour);
            let on_corridor = if town.corridors == 0 { 0 } else { 40 };
            let base = if town.rank == 0 { rank::CAPITAL } else { rank::TOWN };
            // Its name stands clear of a mark that lies on it.
            let own = MarkKind::Town { rank: town.rank }.radius(&frame.mark_style);
            let emphasis = if is_selected { Emphasis::Selected } else { Emphasis::None };
            self.dots.push(Dot { key: key(&town.id), at, rank: town.rank, emphasis });
            let name = Candidate::plain(
                key(&town.id),
                (
                    if is_selected { rank::SELECTED } else { base + on_corridor - i32::from(town.rank) * 12 },
                    at,
                ),
                (ink.halo_land, ink.halo_width_px),
            );
            self.candidates.push(Candidate {
                radius: Some(near.fold(own, |radius, (mark, distance)| {
                    radius.max(mark.kind.radius(&frame.mark_style) + distance)
                })),
                lines: vec![line],
                is_required: is_selected,
                most_cost: if town.rank == 0 { 60.0 } else { 9.0 },
                ..name
            });
        }
    }
}

fn name(frame: &Frame<'_>, id: &Id, language: Language) -> String {
    frame.state.catalog.entry(id).map_or_else(String::new, |entry| entry.name(language).to_owned())
}

fn short_name(frame: &Frame<'_>, id: &Id, language: Language) -> String {
    match frame.state.catalog.entry(id) {
        Some(Entry::Item(item)) => item
            .names()
            .map_or_else(|| item.name(language).to_owned(), |names| names.short(language).to_owned()),
        Some(entry) => entry.name(language).to_owned(),
        None => String::new(),
    }
}

fn key(id: &Id) -> u64 {
    hash(("id", id))
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
