//! The ground on paper: a picture of sea, land and relief, and over it water and boundaries as lines.

use std::sync::Arc;

use super::ExportError;
use super::areas::{self, Triangle};
use super::lines::{self, Piece, Reach, Sight};
use super::paper::{Ends, Painted, Paper, Pen, Step};
use crate::basemap::{Areas, Basemap, Chunk, Lines};
use crate::geo::{WorldBounds, WorldFixed};
use crate::scene::{BoundaryLine, Ground, GroundStyle, LinePoint, Scene};
use crate::theme::Rgba;

/// The thinnest coast, in points: what is thinner would break up in print.
const LEAST_COAST: f32 = 0.5;
/// Islands and ponds smaller than this both ways are left out, in points.
const LEAST_ISLAND: f64 = 0.3;

/// A chunk with the square it covers.
struct Part {
    bounds: WorldBounds,
    chunk: Chunk,
}

/// What of a scene the picture under the lines shows: sea, land and relief alone.
#[must_use]
pub fn backdrop(scene: &Scene) -> Scene {
    let ground = scene.ground.as_ref().map(|ground| {
        let style = GroundStyle {
            water_max_rank: -1,
            coast: Rgba::CLEAR,
            border_opacity: 0.0,
            ribbon_opacity: 0.0,
            ..ground.style.clone()
        };
        Ground { style, chosen: None, ..ground.clone() }
    });
    Scene { viewport: scene.viewport, ground, layers: Vec::new() }
}

/// Everything of the ground but its picture; where there is none, flat sea and land as well.
pub(super) fn draw(
    (ground, sight): (&Ground, &Sight),
    basemap: &Basemap<'_>,
    has_picture: bool,
    paper: &mut dyn Paper,
) -> Result<(), ExportError> {
    let parts = ground.chunks.iter().filter_map(|&id| {
        let bounds = basemap.chunk_bounds(id)?;
        Some(basemap.chunk(id).map(|chunk| match &ground.warp {
            Some(warp) => Part { bounds: warp.sheet(), chunk: chunk.bent(warp) },
            None => Part { bounds, chunk },
        }))
    });
    let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
    let mut desk = Desk { style: &ground.style, sight, parts: &parts, paper };
    if !has_picture {
        desk.flat();
    }
    desk.water();
    desk.coast();
    desk.borders(ground);
    Ok(())
}

struct Desk<'a> {
    style: &'a GroundStyle,
    sight: &'a Sight,
    parts: &'a [Part],
    paper: &'a mut dyn Paper,
}

impl Desk<'_> {
    /// One colour of sea, one of land.
    fn flat(&mut self) {
        let sea = self.style.sea.first().map_or(Rgba::CLEAR, |(_, colour)| *colour);
        let [left, top, right, bottom] = self.sight.window(Reach::default()).map(|v| v as f32);
        let sheet = [
            Step::Move([left, top]),
            Step::Line([right, top]),
            Step::Line([right, bottom]),
            Step::Line([left, bottom]),
            Step::Close,
        ];
        self.group("sea", |desk| desk.fill(&sheet, sea));
        self.group("land", |desk| {
            let land = desk.areas(|chunk| &chunk.land, i16::MAX);
            desk.fill(&land, desk.style.land[0]);
        });
    }

    /// Rivers, lakes on them, and the shores of lakes.
    fn water(&mut self) {
        let most = self.style.water_max_rank;
        if most < 0 {
            return;
        }
        let is_shown = |rank: u16| i32::from(rank) <= i32::from(most);
        self.group("rivers", |desk| {
            let pen = solid(desk.style.river, desk.style.river_width);
            desk.stroke(|chunk| &chunk.rivers, is_shown, pen);
        });
        self.group("lakes", |desk| {
            let lakes = desk.areas(|chunk| &chunk.lakes, most);
            desk.fill(&lakes, desk.style.lake);
            let pen = desk.shore();
            desk.stroke(|chunk| &chunk.shores, is_shown, pen);
        });
    }

    fn coast(&mut self) {
        self.group("coast", |desk| {
            let pen = desk.shore();
            desk.stroke(|chunk| &chunk.coast, |_| true, pen);
        });
    }

    fn shore(&self) -> Pen {
        solid(self.style.coast, self.style.coast_width.max(LEAST_COAST))
    }

    /// The ribbons, the selected boundary, then the lines.
    fn borders(&mut self, ground: &Ground) {
        let style = self.style;
        let kind = |row: u16| style.boundaries.get(usize::from(row)).copied().unwrap_or(BoundaryLine::Solid);
        let border = solid(style.border.faded(style.border_opacity), style.border_width);
        self.group("borders", |desk| {
            let ribbon = solid(style.ribbon.faded(style.ribbon_opacity), style.ribbon_width);
            desk.stroke(|chunk| &chunk.borders, |row| kind(row) != BoundaryLine::Hidden, ribbon);
            if let Some(chosen) = ground.chosen {
                let under = solid(chosen.colour, chosen.width);
                desk.stroke(|chunk| &chunk.borders, |row| row == chosen.row, under);
            }
            desk.stroke(|chunk| &chunk.borders, |row| kind(row) == BoundaryLine::Solid, border);
            let dashed = Pen { dash: Some(style.disputed_dash), ..border };
            desk.stroke(|chunk| &chunk.borders, |row| kind(row) == BoundaryLine::Disputed, dashed);
        });
    }

    fn group(&mut self, name: &str, draw: impl FnOnce(&mut Self)) {
        self.paper.begin_group(name, 1.0);
        draw(self);
        self.paper.end_group();
    }

    fn fill(&mut self, path: &[Step], colour: Rgba) {
        if !path.is_empty() && colour.0[3] > 0 {
            self.paper.paint(&Painted { path, fill: Some(colour), pen: None, clip: None });
        }
    }

    /// The lines of all chunks whose kind is wanted, in one stroke.
    fn stroke(&mut self, of: impl Fn(&Chunk) -> &Lines, is_wanted: impl Fn(u16) -> bool, pen: Pen) {
        let reach = Reach::of_width(pen.width);
        let least = LEAST_ISLAND / self.sight.scale;
        let mut pieces = Vec::new();
        for part in self.parts {
            let copies = self.sight.copies(part.bounds, reach);
            if copies.is_empty() {
                continue;
            }
            let wanted = of(&part.chunk).iter().filter(|(kind, _)| is_wanted(*kind));
            for (_, line) in wanted.filter(|(_, line)| !is_islet(line, least)) {
                let points = measured(line, pen.dash.is_some());
                for copy in &copies {
                    self.sight.lines(&points, *copy, reach, &mut pieces);
                }
            }
        }
        stroke(&pieces, pen, self.paper);
    }

    /// The areas of all chunks up to a rank (of land: all), put together across chunks.
    fn areas(&self, of: impl Fn(&Chunk) -> &Areas, most_rank: i16) -> Vec<Step> {
        let mut path = Vec::new();
        for copy in self.sight.copies(WorldBounds::WORLD, Reach::default()) {
            let triangles = self.parts.iter().flat_map(|part| triangles(of(&part.chunk), most_rank));
            path.extend(areas::path(self.sight, triangles, copy));
        }
        path
    }
}

/// Pieces of lines in one look: those that begin between dashes each begin them where they stand.
pub(super) fn stroke(pieces: &[Piece], pen: Pen, paper: &mut dyn Paper) {
    if pen.colour.0[3] == 0 || pen.width <= 0.0 {
        return;
    }
    let mut paint = |pieces: &[Piece], phase: f32| {
        if !pieces.is_empty() {
            let pen = Pen { phase, ..pen };
            let path = lines::path(pieces);
            paper.paint(&Painted { path: &path, fill: None, pen: Some(pen), clip: None });
        }
    };
    let Some([on, off]) = pen.dash else {
        paint(pieces, 0.0);
        return;
    };
    let phase = |piece: &Piece| piece.along.rem_euclid((on + off).max(0.01));
    let (from_start, cut): (Vec<Piece>, Vec<Piece>) =
        pieces.iter().cloned().partition(|piece| phase(piece) < 0.005);
    paint(&from_start, 0.0);
    for piece in cut {
        let phase = phase(&piece);
        paint(&[piece], phase);
    }
}

pub(super) fn solid(colour: Rgba, width: f32) -> Pen {
    Pen { colour, width, dash: None, phase: 0.0, ends: Ends::Round }
}

/// A line of the basemap; how far along it a point is, only where somebody asks.
fn measured(line: &[WorldFixed], is_asked: bool) -> Vec<LinePoint> {
    let mut along = 0.0;
    let points = line.iter().enumerate().map(|(index, &at)| {
        if is_asked && index > 0 {
            let (dx, dy) = at.offset_from(line[index - 1]);
            along += (dx as f64).hypot(dy as f64);
        }
        LinePoint::new(at, along as u32, 0, index + 1 == line.len())
    });
    points.collect()
}

/// Whether a closed line is less than `least` steps wide and high.
fn is_islet(line: &[WorldFixed], least: f64) -> bool {
    let is_closed = line.len() > 2 && line.first() == line.last();
    is_closed
        && WorldBounds::of(line.iter().copied()).is_some_and(|bounds| {
            let (width, height) = bounds.max.offset_from(bounds.min);
            (width as f64) < least && (height as f64) < least
        })
}

fn triangles(areas: &Areas, most_rank: i16) -> impl Iterator<Item = Triangle> {
    let is_all = most_rank == i16::MAX;
    let groups = areas.groups.iter();
    let groups = groups.filter(move |group| is_all || i32::from(group.owner) <= i32::from(most_rank));
    groups.flat_map(|group| {
        let range = group.triangles.start as usize..group.triangles.end as usize;
        let corner = |number: &u32| areas.vertices[*number as usize];
        areas.triangles[range]
            .as_chunks::<3>()
            .0
            .iter()
            .map(move |[a, b, c]| [corner(a), corner(b), corner(c)])
    })
}

/// The picture of the ground as JPEG, for both papers.
pub(super) fn jpeg(picture: &image::RgbaImage) -> Result<Arc<[u8]>, image::ImageError> {
    /// Hardly to be told from the picture itself, a tenth of its size.
    const QUALITY: u8 = 90;
    let rgb: Vec<u8> = picture.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    let (width, height) = picture.dimensions();
    image::ImageEncoder::write_image(encoder, &rgb, width, height, image::ExtendedColorType::Rgb8)?;
    Ok(bytes.into())
}
