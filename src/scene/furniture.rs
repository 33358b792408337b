//! What a picture on paper needs beside the map: a title, a legend, a scale bar, and what it is made from.

mod beside;
mod locator;
mod room;
mod told;

use std::collections::BTreeSet;

use super::build::build;
use super::draw::{Item, Layer, PlacedGlyph, Scene, Shape, TextRun};
use super::file_ink::{class_inks, class_name, file_colour};
use super::marks::{Emphasis, MarkKind, MarkPen, capsule, plate};
use super::montage::Montage;
use super::names::Names;
use super::paragraph::Paragraph;
use super::scenery::Scenery;
use super::style::{Looks, MarkStyle};
use super::text::TextStyle;
use crate::atlas::Precision;
use crate::catalog::words;
use crate::geo::{Projection, Size, Viewport};
use crate::i18n::Strings;
use crate::state::{FigurePart, LayerKind, State, StyleBy};
use crate::theme::{Rgba, TypeStyle};

/// The scale bar is at most this long, in points.
pub const LONGEST_BAR: f64 = 110.0;
/// From the edge of the picture to its furniture, and from that to what is in it, in points.
const MARGIN: f32 = 12.0;
const INSET: [f32; 2] = [14.0, 11.0];
/// Above and below the title, and what stands right of it, in points.
const TITLE_INSET: f32 = 7.0;
const NORTH_ROOM: f32 = 48.0;
/// Height of a row of the legend, and room for the sign in front of the words.
const ROW: f32 = 21.0;
const SIGN: f32 = 44.0;
/// Width of the line in a sample.
const SAMPLE: f32 = 2.2;

pub use told::{PageText, text_page};

/// What is asked for; the scale bar and the sources are always there.
#[derive(Clone, Debug, Default)]
pub struct Furniture {
    pub title: Option<String>,
    pub parts: BTreeSet<FigurePart>,
    /// Title and caption of a step, in place of scale and legend.
    pub caption: Option<[String; 2]>,
    /// What lies over the picture already: left, top, right, bottom of each, in points.
    pub taken: Vec<[f32; 4]>,
}

/// The picture of `state` with its furniture, whose place names keep clear of; all but the locator map, which is a
/// picture of its own: see [`map_page`].
#[must_use]
pub fn figure(
    seen: (&State, &Scenery),
    pixels_per_point: f32,
    names: &mut Names,
    wanted: &Furniture,
) -> Scene {
    furnished(seen, pixels_per_point, names, wanted).0
}

/// The same as a page, with the locator map where one is wanted.
#[must_use]
pub fn map_page(seen: (&State, &Scenery), pixels_per_point: f32, wanted: &Furniture) -> Montage {
    let (scene, place) = furnished(seen, pixels_per_point, &mut Names::default(), wanted);
    let locator = place.map(|place| locator::piece(place, seen, pixels_per_point));
    Montage { size: scene.viewport.size, pieces: locator::pieces(scene, locator) }
}

fn furnished(
    (state, scenery): (&State, &Scenery),
    pixels_per_point: f32,
    names: &mut Names,
    wanted: &Furniture,
) -> (Scene, Option<locator::Place>) {
    let viewport = state.view.viewport();
    let mut desk = Desk {
        looks: scenery.looks(state.settings.theme),
        strings: Strings::embedded(state.settings.language),
        size: viewport.size,
        names,
        shapes: Vec::new(),
        runs: Vec::new(),
        papers: wanted.taken.clone(),
    };
    match &wanted.caption {
        Some([title, caption]) => {
            desk.caption([title, caption]);
            desk.thanks();
        }
        None => desk.scale_and_sources(&viewport),
    }
    if let Some(title) = &wanted.title {
        desk.title(title);
    }
    if wanted.parts.contains(&FigurePart::North) {
        desk.north(&viewport);
    }
    if wanted.parts.contains(&FigurePart::Legend) {
        desk.legend(state);
    }
    let place = wanted.parts.contains(&FigurePart::Locator).then(|| desk.locator(state)).flatten();
    if wanted.parts.contains(&FigurePart::Degrees) {
        desk.degrees(&viewport);
    }
    if wanted.parts.contains(&FigurePart::Notes) {
        desk.notes(state, &viewport);
    }
    let Desk { shapes, runs, papers, .. } = desk;
    names.keep_clear(papers);
    let mut scene = build(state, scenery, pixels_per_point, names);
    scene.layers.push(Layer {
        name: "furniture",
        opacity: 1.0,
        items: vec![Item::Shapes(shapes), Item::Text(runs)],
    });
    (scene, place)
}

/// What stands in front of a line of the legend.
enum Sign {
    Badge {
        letter: String,
        colours: (Rgba, Rgba),
    },
    Mark(MarkKind),
    Line(Precision),
    /// What a person opened, or a class of it.
    File(Rgba),
}

struct Desk<'a> {
    looks: &'a Looks,
    strings: &'static Strings,
    size: Size,
    names: &'a mut Names,
    shapes: Vec<Shape>,
    runs: Vec<TextRun>,
    /// Left, top, right, bottom of each paper.
    papers: Vec<[f32; 4]>,
}

impl Desk<'_> {
    fn scaled(&self, style: TypeStyle) -> TextStyle {
        let size = style.size * self.looks.scale().text;
        TextStyle { face: style.face, size, tracking_em: style.tracking / style.size, is_upper: false }
    }

    /// Paper from the upper left corner `at`.
    fn paper(&mut self, at: [f32; 2], [width, height]: [f32; 2], fill: Rgba) {
        let half = [width / 2.0, height / 2.0];
        let center = [at[0] + half[0], at[1] + half[1]];
        let line = self.looks.colours().surface.line;
        let radius = f32::from(self.looks.tokens().radius.card);
        self.papers.push([at[0], at[1], at[0] + width, at[1] + height]);
        self.shapes.push(Shape { half, ..plate(center, 0.0, radius, (fill, line, 1.0)) });
    }

    /// Words from the left end of their baseline; their width.
    fn words(&mut self, text: &str, style: TextStyle, (at, colour): ([f32; 2], Rgba)) -> f32 {
        let layout = self.names.layout(text, style);
        let glyphs = layout.glyphs.iter();
        let glyphs = glyphs.map(|glyph| PlacedGlyph { at: [at[0] + glyph.at[0], at[1]], ..*glyph }).collect();
        self.runs.push(TextRun { size: layout.size, colour, halo: None, opacity: 1.0, glyphs });
        layout.width
    }

    fn title(&mut self, title: &str) {
        let style = (self.looks.tokens().text.title, self.looks.scale().text);
        // Beside it stands the arrow to the north.
        let room = self.size.width as f32 - 2.0 * (MARGIN + INSET[0]) - NORTH_ROOM;
        let words = Paragraph::new(self.names, title, style, room.max(60.0));
        let size = [words.width() + 2.0 * INSET[0], words.height() + 2.0 * TITLE_INSET];
        self.paper([MARGIN, MARGIN], size, self.looks.colours().surface.panel);
        let at = [MARGIN + INSET[0], MARGIN + TITLE_INSET];
        self.runs.extend(words.runs(self.names, at, self.looks.colours().text.primary));
    }

    fn scale_and_sources(&mut self, viewport: &Viewport) {
        let style = self.scaled(self.looks.tokens().text.chip);
        let colours = self.looks.colours();
        let (veil, ink, grey) = (colours.surface.veil, colours.text.primary, colours.text.secondary);
        let metres = viewport.round_metres(LONGEST_BAR);
        let bar = (metres / viewport.metres_per_point()) as f32;
        let length = words::length(self.strings, metres);
        let mut sources = words::attribution(self.strings);
        if viewport.projection == Projection::EqualArea {
            // Mercator everybody knows; of another a reader wants to know which.
            sources = format!("{sources} · {}", self.strings.figure.equal_area);
        }
        let height = 22.0 + 2.0 * style.size * 1.4;
        let width = self.names.layout(&sources, style).width.max(bar + 60.0) + 20.0;
        let top = self.size.height as f32 - MARGIN - height;
        self.paper([MARGIN, top], [width, height], veil);
        let left = MARGIN + 10.0;
        let (ends, base) = (top + 8.0 + style.size, top + 16.0 + style.size);
        self.words("0", style, ([left, ends], ink));
        let half = self.names.layout(&length, style).width / 2.0;
        self.words(&length, style, ([left + bar - half.min(bar / 2.0), ends], ink));
        let tick = 5.0;
        for [a, b] in [
            [[left, base - tick], [left, base]],
            [[left, base], [left + bar, base]],
            [[left + bar, base], [left + bar, base - tick]],
        ] {
            self.shapes.push(capsule(a, b, 1.4, ink));
        }
        self.words(&sources, style, ([left, base + 8.0 + style.size], grey));
    }

    /// The corridors, marks and lines that are shown, in the corner where it hides least.
    fn legend(&mut self, state: &State) {
        let rows = self.legend_rows(state);
        let style = self.scaled(self.looks.tokens().text.body);
        let widths = rows.iter().map(|(_, text)| self.names.layout(text, style).width);
        let width = widths.fold(0.0, f32::max) + SIGN + 2.0 * INSET[0];
        let height = rows.len() as f32 * ROW + 2.0 * INSET[1];
        let corner = self.free_corner(state, [width, height]);
        let (panel, ink) = (self.looks.colours().surface.panel, self.looks.colours().text.primary);
        self.paper(corner, [width, height], panel);
        let marks = self.looks.marks(3.0);
        for (number, (sign, text)) in rows.into_iter().enumerate() {
            let middle = corner[1] + INSET[1] + (number as f32 + 0.5) * ROW;
            let left = corner[0] + INSET[0];
            self.sign(&sign, [left, middle], &marks);
            self.words(&text, style, ([left + SIGN, middle + style.size * 0.36], ink));
        }
    }

    fn legend_rows(&self, state: &State) -> Vec<(Sign, String)> {
        let language = state.settings.language;
        let corridors = &state.catalog.atlas.corridors;
        let shown = corridors.iter().filter(|corridor| room::has_corridor(state, &corridor.id));
        let corridors = shown.map(|corridor| {
            let colours = self.looks.corridor(&corridor.id);
            let name = corridor.name.short(language).to_owned();
            (Sign::Badge { letter: corridor.letter.clone(), colours }, name)
        });
        let (layers, precision) = (&self.strings.layers, &self.strings.precision);
        let marks = [
            (LayerKind::Zones, MarkKind::Zone, &layers.zones),
            (LayerKind::Horgos, MarkKind::Horgos, &layers.horgos),
            (LayerKind::Projects, MarkKind::Project("port".to_owned()), &layers.projects),
            (LayerKind::BorderZones, MarkKind::BorderZone, &layers.border_zones),
            (LayerKind::Crossings, MarkKind::Crossing { is_gauge_break: true }, &layers.crossings),
        ];
        let marks = marks.into_iter().filter(|(layer, ..)| room::has_mark(state, *layer));
        let marks = marks.map(|(_, kind, text)| (Sign::Mark(kind), text.clone()));
        let lines = [
            (Precision::Traced, &precision.traced_long),
            (Precision::Approximate, &precision.approximate_long),
            (Precision::Schematic, &precision.schematic_long),
        ];
        let has_lines = corridors.clone().next().is_some();
        let lines = lines.into_iter().filter(|_| has_lines);
        corridors
            .chain(marks)
            .chain(lines.map(|(precision, text)| (Sign::Line(precision), text.clone())))
            .chain(self.file_rows(state))
            .collect()
    }

    /// Each file, or its classes.
    fn file_rows(&self, state: &State) -> Vec<(Sign, String)> {
        let theme = self.looks.colours();
        let mut rows = Vec::new();
        for file in state.files.iter().rev().filter(|file| file.is_visible) {
            let classes = file.classes.as_ref().filter(|_| file.style.by != StyleBy::Own);
            let Some(classes) = classes else {
                rows.push((Sign::File(file_colour(theme, file.style.colour)), file.name.clone()));
                continue;
            };
            let inks = class_inks(theme, file, classes);
            let named = classes.list.iter().zip(inks);
            rows.extend(named.map(|(class, ink)| (Sign::File(ink.line), class_name(self.strings, class))));
        }
        rows
    }

    fn sign(&mut self, sign: &Sign, [left, middle]: [f32; 2], marks: &MarkStyle) {
        let badge = &self.looks.tokens().badge;
        let at = [left + 14.0, middle];
        match sign {
            Sign::Badge { letter, colours: (fill, ink) } => {
                let half = badge.size / 2.0;
                self.shapes.push(plate(at, half, badge.radius, (*fill, Rgba::CLEAR, 0.0)));
                let run = self.names.letter(letter, at, badge.size * badge.font_share, *ink);
                self.runs.push(run);
            }
            Sign::Mark(kind) => {
                MarkPen { style: marks, shapes: &mut self.shapes }.mark(kind, at, Emphasis::None);
            }
            Sign::File(colour) => self.shapes.push(plate(at, 7.0, 2.0, (*colour, Rgba::CLEAR, 0.0))),
            Sign::Line(precision) => self.sample(*precision, [left, middle]),
        }
    }

    /// A short line as corridors of that precision are drawn.
    fn sample(&mut self, precision: Precision, [left, middle]: [f32; 2]) {
        let ink = self.looks.colours().text.primary;
        let right = left + SIGN - 12.0;
        let Some([on, off]) = self.looks.dash(precision, SAMPLE) else {
            self.shapes.push(capsule([left, middle], [right, middle], SAMPLE, ink));
            return;
        };
        let mut x = left;
        while x + on <= right {
            self.shapes.push(capsule([x, middle], [x + on, middle], SAMPLE, ink));
            x += on + off;
        }
    }
}
