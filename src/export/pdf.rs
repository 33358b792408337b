//! Sheets as PDF: vectors as vectors, letters as embedded subsets of the fonts, found and copied as text.

use std::collections::HashMap;

use krilla::color::rgb;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Data, Document};

use super::paper::{Ends, Painted, Paper, Pen, Span, Step, TextLine};
use super::{About, Attachment, ExportError, Page, Placed, walk};
use crate::theme::{Font, Rgba};

/// The pages as the bytes of one PDF file. Each page is a figure whose words for those who do not see it are its
/// description; `attachment` travels inside the file.
pub fn pdf(
    pages: &[Page<'_>],
    about: &About<'_>,
    attachment: Option<&Attachment<'_>>,
) -> Result<Vec<u8>, ExportError> {
    let mut document = Document::new();
    let mut fonts = Fonts::default();
    let mut tree = TagTree::new();
    for page in pages {
        let mut figure = TagGroup::new(Tag::Figure(Some(page.description.to_owned())));
        let settings = PageSettings::from_wh(page.width_pt, page.height_pt);
        let settings = settings.ok_or(ExportError::Page { width: page.width_pt, height: page.height_pt })?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        figure.push(surface.start_tagged(ContentTag::Other));
        let drawn = page.placed.iter().try_for_each(|placed| place(placed, &mut surface, &mut fonts));
        surface.end_tagged();
        surface.finish();
        sheet.finish();
        drawn?;
        tree.push(figure);
    }
    document.set_tag_tree(tree);
    document.set_metadata(metadata(about));
    if let Some(attachment) = attachment {
        document.embed_file(file(attachment, about));
    }
    document.finish().map_err(|error| ExportError::Pdf(error.to_string()))
}

fn metadata(about: &About<'_>) -> Metadata {
    let metadata = Metadata::new()
        .title(about.title.to_owned())
        .description(about.description.to_owned())
        .language(about.language.to_owned())
        .creator("Corridor Atlas".to_owned());
    match date(about) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

fn date(about: &About<'_>) -> Option<DateTime> {
    about.date.map(|(year, month, day)| DateTime::new(year).month(month).day(day))
}

fn file(attachment: &Attachment<'_>, about: &About<'_>) -> EmbeddedFile {
    EmbeddedFile {
        path: attachment.name.to_owned(),
        mime_type: MimeType::new(attachment.mime),
        description: Some(about.title.to_owned()),
        association_kind: AssociationKind::Source,
        data: Data::from(attachment.bytes.to_vec()),
        modification_date: date(about),
        compress: None,
        location: None,
    }
}

/// One sheet in its place on the page; nothing of it lies beyond its edges.
fn place(placed: &Placed<'_>, surface: &mut Surface<'_>, fonts: &mut Fonts) -> Result<(), ExportError> {
    let size = placed.sheet.scene.viewport.size;
    let size = [size.width as f32, size.height as f32];
    let scale = placed.width_pt / size[0];
    let Some(edges) = Rect::from_xywh(0.0, 0.0, size[0], size[1]).filter(|_| scale.is_finite()) else {
        return Err(ExportError::Page { width: size[0], height: size[1] });
    };
    let mut frame = PathBuilder::new();
    frame.push_rect(edges);
    let Some(frame) = frame.finish() else { return Ok(()) };
    surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, placed.left_pt, placed.top_pt));
    surface.push_clip_path(&frame, &FillRule::NonZero);
    let drawn = walk::draw(placed.sheet, &mut PdfPaper { surface, fonts, size });
    surface.pop();
    surface.pop();
    drawn
}

/// The fonts that were used; each is embedded once.
#[derive(Default)]
struct Fonts(HashMap<Font, Option<krilla::text::Font>>);

impl Fonts {
    fn get(&mut self, font: Font) -> Option<krilla::text::Font> {
        let read = || krilla::text::Font::new(Data::from(font.bytes()), 0);
        self.0.entry(font).or_insert_with(read).clone()
    }
}

struct PdfPaper<'p, 's> {
    surface: &'p mut Surface<'s>,
    fonts: &'p mut Fonts,
    /// Of the scene, in its points.
    size: [f32; 2],
}

impl PdfPaper<'_, '_> {
    /// Letters of one font; a halo is painted as outlines, so that the text is there once.
    fn span(&mut self, span: &Span, line: &TextLine, halo: Option<(Rgba, f32)>) {
        let Some(font) = self.fonts.get(span.font) else { return };
        let Some(first) = span.letters.first() else { return };
        let mut text = String::new();
        let nexts = span.letters.iter().skip(1).map(|letter| Some(letter.along)).chain([None]);
        let glyphs: Vec<KrillaGlyph> = span
            .letters
            .iter()
            .zip(nexts)
            .map(|(letter, next)| {
                let start = text.len();
                text.push(letter.character);
                let advance = next.map_or(letter.advance, |next| next - letter.along) / line.size;
                let glyph = GlyphId::new(u32::from(letter.glyph));
                KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, start..text.len(), None)
            })
            .collect();
        let colour = halo.map_or(line.colour, |(colour, _)| colour);
        self.surface.set_fill(Some(fill(colour)));
        let pen = halo.map(|(colour, reach)| Pen {
            colour,
            width: 2.0 * reach,
            dash: None,
            phase: 0.0,
            ends: Ends::Round,
        });
        self.surface.set_stroke(pen.as_ref().map(stroke));
        let start = Point::from_xy(first.along, 0.0);
        self.surface.draw_glyphs(start, &glyphs, font, &text, line.size, halo.is_some());
    }

    fn line(&mut self, line: &TextLine, is_halo: bool) {
        let (s, c) = line.angle.sin_cos();
        self.surface.push_transform(&Transform::from_row(c, s, -s, c, line.at[0], line.at[1]));
        for span in &line.spans {
            self.span(span, line, line.halo.filter(|_| is_halo));
        }
        self.surface.pop();
    }
}

impl Paper for PdfPaper<'_, '_> {
    fn begin_group(&mut self, _name: &str, opacity: f32) {
        self.surface.push_opacity(share(opacity));
    }

    fn end_group(&mut self) {
        self.surface.pop();
    }

    fn paint(&mut self, painted: &Painted<'_>) {
        let Some(path) = path(painted.path) else { return };
        if painted.fill.is_none() && painted.pen.is_none() {
            return;
        }
        let clip = painted.clip.and_then(self::path);
        if let Some(clip) = &clip {
            self.surface.push_clip_path(clip, &FillRule::NonZero);
        }
        self.surface.set_fill(painted.fill.map(fill));
        self.surface.set_stroke(painted.pen.as_ref().map(stroke));
        self.surface.draw_path(&path);
        if clip.is_some() {
            self.surface.pop();
        }
    }

    fn text(&mut self, lines: &[TextLine]) {
        for line in lines.iter().filter(|line| line.halo.is_some()) {
            self.line(line, true);
        }
        for line in lines {
            self.line(line, false);
        }
    }

    fn image(&mut self, jpeg: &[u8]) {
        let size = Size::from_wh(self.size[0], self.size[1]);
        if let (Ok(image), Some(size)) = (Image::from_jpeg(Data::from(jpeg.to_vec()), true), size) {
            self.surface.draw_image(image, size);
        }
    }
}

fn path(steps: &[Step]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    // Hundredths are finer than any printer, and shorter to write.
    let rounded = |point: [f32; 2]| point.map(|v| (v * 100.0).round() / 100.0);
    for step in steps {
        match *step {
            Step::Move(to) => {
                let [x, y] = rounded(to);
                builder.move_to(x, y);
            }
            Step::Line(to) => {
                let [x, y] = rounded(to);
                builder.line_to(x, y);
            }
            Step::Curve(points) => {
                let [[ax, ay], [bx, by], [x, y]] = points.map(rounded);
                builder.cubic_to(ax, ay, bx, by, x, y);
            }
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}

fn fill(colour: Rgba) -> Fill {
    Fill { paint: rgb(colour).into(), opacity: opacity(colour), rule: FillRule::NonZero }
}

fn stroke(pen: &Pen) -> Stroke {
    let (line_cap, line_join) = match pen.ends {
        Ends::Round => (LineCap::Round, LineJoin::Round),
        Ends::Flat => (LineCap::Butt, LineJoin::Round),
        Ends::Sharp => (LineCap::Butt, LineJoin::Miter),
    };
    Stroke {
        paint: rgb(pen.colour).into(),
        width: pen.width,
        miter_limit: 10.0,
        line_cap,
        line_join,
        opacity: opacity(pen.colour),
        dash: pen.dash.map(|dash| StrokeDash { array: dash.to_vec(), offset: pen.phase }),
    }
}

fn rgb(Rgba([r, g, b, _]): Rgba) -> rgb::Color {
    rgb::Color::new(r, g, b)
}

fn opacity(Rgba([.., a]): Rgba) -> NormalizedF32 {
    share(f32::from(a) / 255.0)
}

fn share(value: f32) -> NormalizedF32 {
    NormalizedF32::new(value.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}
