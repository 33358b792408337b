//! A scene, laid on paper from the ground up: the same order, widths and looks as on the screen.

use std::collections::HashMap;

use super::areas;
use super::glyphs::{Characters, is_seen};
use super::ground::{self, solid, stroke};
use super::lines::{Piece, Reach, Sight};
use super::paper::{Ends, Painted, Paper, Pen, Step, TextLine};
use super::{ExportError, Sheet, shapes};
use crate::scene::{FeatureDraw, FeaturePart, Item, LineDraw, LinePoint, PathDraw, RowLooks, Shape, TextRun};
use crate::theme::Rgba;

/// Widths that lines of a file with looks of their own can have, in points: those the screen has.
const OWN_WIDTHS: std::ops::RangeInclusive<f32> = 0.5..=7.5;

/// Draws a whole sheet: the ground, then each layer as a group under its name.
pub(super) fn draw(sheet: &Sheet<'_>, paper: &mut dyn Paper) -> Result<(), ExportError> {
    let scene = sheet.scene;
    let sight = Sight::new(&scene.viewport);
    if let Some(picture) = sheet.ground {
        paper.begin_group("ground", 1.0);
        paper.image(&ground::jpeg(picture)?);
        paper.end_group();
    }
    if let Some(ground) = &scene.ground {
        ground::draw((ground, &sight), sheet.basemap, sheet.ground.is_some(), paper)?;
    }
    let size = [scene.viewport.size.width as f32, scene.viewport.size.height as f32];
    let mut walk = Walk { sight, size, characters: Characters::default(), paper };
    for layer in scene.layers.iter().filter(|layer| layer.opacity > 0.0 && !layer.items.is_empty()) {
        walk.paper.begin_group(layer.name, layer.opacity);
        for item in &layer.items {
            walk.item(item);
        }
        walk.paper.end_group();
    }
    Ok(())
}

struct Walk<'a> {
    sight: Sight,
    /// Of the scene, in points.
    size: [f32; 2],
    characters: Characters,
    paper: &'a mut dyn Paper,
}

/// What features of one look have in common; colours and widths compare by their bits.
type Look = ([u8; 4], u32);

impl Walk<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Lines(draw) => self.lines(draw),
            Item::Features(draw) if draw.key.part == FeaturePart::Lines => self.feature_lines(draw),
            Item::Features(draw) => self.feature_areas(draw),
            Item::Shapes(all) => self.shapes(all),
            Item::Paths(all) => all.iter().for_each(|path| self.path(path)),
            Item::Text(runs) => self.text(runs),
        }
    }

    fn lines(&mut self, draw: &LineDraw) {
        let reach = Reach { half_step: draw.half_step, width: draw.width };
        let range = draw.points.start as usize..draw.points.end as usize;
        let Some(points) = draw.mesh.points.get(range) else { return };
        let mut pieces = Vec::new();
        for copy in self.sight.copies(draw.mesh.bounds, reach) {
            self.sight.lines(points, copy, reach, &mut pieces);
        }
        let dash = draw.dash.filter(|[_, off]| *off > 0.0);
        stroke(&pieces, Pen { dash, ..solid(draw.colour, draw.width) }, self.paper);
    }

    /// Lines of a file: those of one look in one stroke, but see-through ones feature by feature.
    fn feature_lines(&mut self, draw: &FeatureDraw) {
        let widest = draw.looks.as_ref().map_or(draw.width, |looks| looks.widest());
        let reach = Reach::of_width(widest);
        let copies = self.sight.copies(draw.bounds, reach);
        if copies.is_empty() {
            return;
        }
        let mut order: Vec<(Look, u32)> = Vec::new();
        let mut found: HashMap<(Look, u32), Vec<Piece>> = HashMap::new();
        let points = draw.points();
        for line in points.split_inclusive(|point| point.flags & LinePoint::GAP != 0) {
            let Some(first) = line.first() else { continue };
            // The points of features say their row where others say how far along they are.
            let row = first.along;
            let (colour, width) = line_look(draw.looks.as_deref(), row, (draw.colour, draw.width));
            if colour.0[3] == 0 {
                continue;
            }
            let look = (colour.0, width.to_bits());
            let key = (look, if colour.0[3] < 255 { row } else { 0 });
            let pieces = found.entry(key).or_insert_with(|| {
                order.push(key);
                Vec::new()
            });
            for copy in &copies {
                self.sight.lines(line, *copy, reach, pieces);
            }
        }
        for key in order {
            let ((colour, width), _) = key;
            stroke(&found[&key], solid(Rgba(colour), f32::from_bits(width)), self.paper);
        }
    }

    /// Areas of a file: neighbours of one look in one path, but see-through ones feature by feature.
    fn feature_areas(&mut self, draw: &FeatureDraw) {
        let Some(chunk) = draw.areas() else { return };
        let copies = self.sight.copies(draw.bounds, Reach::default());
        if copies.is_empty() {
            return;
        }
        let corner = |number: u32| chunk.vertices[number as usize];
        let looks = draw.looks.as_deref().filter(|_| draw.key.part == FeaturePart::RowAreas);
        // A feature's vertices lie together, and so do its triangles.
        let row_of = |vertex: u32| {
            let number = chunk.rows.partition_point(|(end, _)| *end <= vertex);
            chunk.rows.get(number).map_or(0, |(_, row)| *row)
        };
        let fill = |row: u32| looks.map_or(draw.colour, |looks| looks.of(row).fill);
        let (triangles, _) = chunk.triangles.as_chunks::<3>();
        let is_one = |a: &[u32; 3], b: &[u32; 3]| {
            let (a, b) = (row_of(a[0]), row_of(b[0]));
            a == b || (fill(a) == fill(b) && (looks.is_none() || fill(a).0[3] == 255))
        };
        for same in triangles.chunk_by(is_one) {
            let colour = fill(row_of(same[0][0]));
            if colour.0[3] == 0 {
                continue;
            }
            for copy in &copies {
                let path = areas::path(&self.sight, same.iter().map(|corners| corners.map(corner)), *copy);
                if !path.is_empty() {
                    self.paper.paint(&Painted { path: &path, fill: Some(colour), pen: None, clip: None });
                }
            }
        }
    }

    fn shapes(&mut self, all: &[Shape]) {
        for shape in all {
            let reach = shape.half[0].hypot(shape.half[1]);
            let is_near = (0..2).all(|axis| {
                shape.center[axis] + reach >= 0.0 && shape.center[axis] - reach <= self.size[axis]
            });
            if is_near {
                shapes::paint(shape, self.paper);
            }
        }
    }

    fn path(&mut self, draw: &PathDraw) {
        let Some((first, rest)) = draw.points.split_first() else { return };
        let mut steps = vec![Step::Move(*first)];
        steps.extend(rest.iter().map(|at| Step::Line(*at)));
        if draw.is_closed {
            steps.push(Step::Close);
        }
        let fill = Some(draw.fill).filter(|fill| draw.is_closed && fill.0[3] > 0);
        let pen = Pen { ends: Ends::Flat, ..solid(draw.stroke, draw.stroke_width) };
        let pen = Some(pen).filter(|pen| pen.width > 0.0 && pen.colour.0[3] > 0);
        self.paper.paint(&Painted { path: &steps, fill, pen, clip: None });
    }

    fn text(&mut self, runs: &[TextRun]) {
        let lines = runs.iter().flat_map(|run| self.characters.lines(run));
        let lines: Vec<TextLine> = lines.filter(|line| is_seen(line, self.size)).collect();
        if !lines.is_empty() {
            self.paper.text(&lines);
        }
    }
}

fn line_look(looks: Option<&RowLooks>, row: u32, plain: (Rgba, f32)) -> (Rgba, f32) {
    looks.map_or(plain, |looks| {
        let ink = looks.of(row);
        (ink.line, ink.width.clamp(*OWN_WIDTHS.start(), *OWN_WIDTHS.end()))
    })
}
