//! A sheet as SVG: one group a layer, text as text, coordinates in hundredths of a point.

use std::collections::HashMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::families::Families;
use super::paper::{Ends, Painted, Paper, Pen, Step, TextLine};
use super::{About, ExportError, Page, Placed, Sheet, walk};
use crate::theme::Rgba;

/// The sheet as the text of an SVG file, in points of the scene. `metadata` (JSON, of the view that is shown) goes
/// into an element with the id `corridor-atlas-view`.
pub fn svg(sheet: &Sheet<'_>, about: &About<'_>, metadata: Option<&str>) -> Result<String, ExportError> {
    let size = sheet.scene.viewport.size;
    let mut paper = SvgPaper::new([size.width as f32, size.height as f32]);
    paper.head(about, metadata);
    walk::draw(sheet, &mut paper)?;
    paper.out.push_str("</svg>\n");
    Ok(paper.out)
}

/// The same of a page with several sheets, each clipped to its edges; its points are 1/96 inch as in a scene.
pub fn svg_page(page: &Page<'_>, about: &About<'_>, metadata: Option<&str>) -> Result<String, ExportError> {
    let mut paper = SvgPaper::new([page.width_pt, page.height_pt].map(|side| side * POINTS));
    paper.head(about, metadata);
    page.placed.iter().try_for_each(|placed| paper.place(placed))?;
    paper.out.push_str("</svg>\n");
    Ok(paper.out)
}

/// Points of a scene in a point of a page.
const POINTS: f32 = 96.0 / 72.0;

struct SvgPaper {
    out: String,
    size: [f32; 2],
    /// How often each name of a group was used.
    names: HashMap<String, u32>,
    clips: u32,
    families: Families,
}

// Writing to a string does not fail: the results of `write!` are dropped throughout.
impl SvgPaper {
    fn new(size: [f32; 2]) -> Self {
        let (names, families) = (HashMap::new(), Families::default());
        Self { out: String::new(), size, names, clips: 0, families }
    }

    fn head(&mut self, about: &About<'_>, metadata: Option<&str>) {
        let [width, height] = self.size.map(plain);
        self.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let _ = write!(
            self.out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\" xml:lang=\"{}\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n",
            escaped(about.language),
            escaped(about.title),
            escaped(about.description),
        );
        if let Some(json) = metadata {
            let _ = writeln!(
                self.out,
                "<metadata id=\"corridor-atlas-view\"><![CDATA[{}]]></metadata>",
                legal(json).replace("]]>", "]]]]><![CDATA[>")
            );
        }
    }

    /// One sheet in its place on the page.
    fn place(&mut self, placed: &Placed<'_>) -> Result<(), ExportError> {
        let size = placed.sheet.scene.viewport.size;
        self.size = [size.width as f32, size.height as f32];
        let [width, height] = self.size.map(plain);
        self.clips += 1;
        let _ = writeln!(
            self.out,
            "<clipPath id=\"clip-{}\"><path d=\"m0 0h{width}v{height}h-{width}z\"/></clipPath>",
            self.clips
        );
        let [left, top] = [placed.left_pt, placed.top_pt].map(|side| plain(side * POINTS));
        let scale = placed.width_pt * POINTS / self.size[0];
        let scaled = if (scale - 1.0).abs() < 1e-4 { String::new() } else { format!(" scale({scale:.4})") };
        let _ = writeln!(
            self.out,
            "<g transform=\"translate({left} {top}){scaled}\" clip-path=\"url(#clip-{})\">",
            self.clips
        );
        walk::draw(placed.sheet, self)?;
        self.out.push_str("</g>\n");
        Ok(())
    }

    /// A colour as the attributes `name` and, where it is seen through, `name-opacity`.
    fn colour(&mut self, name: &str, colour: Option<Rgba>) {
        let Some(Rgba([r, g, b, a])) = colour else {
            let _ = write!(self.out, " {name}=\"none\"");
            return;
        };
        let _ = write!(self.out, " {name}=\"#{r:02x}{g:02x}{b:02x}\"");
        if a < 255 {
            let _ = write!(self.out, " {name}-opacity=\"{:.3}\"", f32::from(a) / 255.0);
        }
    }

    fn pen(&mut self, pen: &Pen) {
        self.colour("stroke", Some(pen.colour));
        let _ = write!(self.out, " stroke-width=\"{}\"", plain(pen.width));
        match pen.ends {
            Ends::Round => self.out.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\""),
            Ends::Flat => self.out.push_str(" stroke-linejoin=\"round\""),
            Ends::Sharp => {}
        }
        if let Some([on, off]) = pen.dash {
            let _ = write!(self.out, " stroke-dasharray=\"{} {}\"", plain(on), plain(off));
            if pen.phase != 0.0 {
                let _ = write!(self.out, " stroke-dashoffset=\"{}\"", plain(pen.phase));
            }
        }
    }

    /// One line of text; `halo` paints what lies under it.
    fn line(&mut self, line: &TextLine, is_halo: bool) {
        self.out.push_str("<text");
        if line.angle == 0.0 {
            let _ = write!(self.out, " y=\"{}\"", plain(line.at[1]));
        } else {
            let [x, y] = line.at.map(plain);
            let degrees = plain(line.angle.to_degrees());
            let _ = write!(self.out, " y=\"0\" transform=\"translate({x} {y}) rotate({degrees})\"");
        }
        let _ = write!(self.out, " font-size=\"{}\"", plain(line.size));
        if let (true, Some((colour, reach))) = (is_halo, line.halo) {
            self.colour("fill", Some(colour));
            self.colour("stroke", Some(colour));
            let _ = write!(self.out, " stroke-width=\"{}\" stroke-linejoin=\"round\"", plain(2.0 * reach));
        } else {
            self.colour("fill", Some(line.colour));
        }
        let left = if line.angle == 0.0 { line.at[0] } else { 0.0 };
        let is_one = line.spans.len() == 1;
        for (number, span) in line.spans.iter().enumerate() {
            if !is_one {
                self.out.push_str(if number == 0 { "><tspan" } else { "<tspan" });
            }
            let family = self.families.of(span.font);
            let _ = write!(self.out, " font-family=\"{}\"", escaped(&family.names));
            if family.weight != 400 {
                let _ = write!(self.out, " font-weight=\"{}\"", family.weight);
            }
            if family.is_italic {
                self.out.push_str(" font-style=\"italic\"");
            }
            self.out.push_str(" x=\"");
            for (n, letter) in span.letters.iter().enumerate() {
                let gap = if n == 0 { "" } else { " " };
                let _ = write!(self.out, "{gap}{}", plain(left + letter.along));
            }
            let text: String = span.letters.iter().map(|letter| letter.character).collect();
            let _ = write!(self.out, "\">{}", escaped(&text));
            if !is_one {
                self.out.push_str("</tspan>");
            }
        }
        self.out.push_str("</text>\n");
    }
}

impl Paper for SvgPaper {
    fn begin_group(&mut self, name: &str, opacity: f32) {
        let count = self.names.entry(name.to_owned()).or_default();
        *count += 1;
        let suffix = if *count == 1 { String::new() } else { format!("-{count}") };
        let _ = write!(self.out, "<g id=\"{}{suffix}\"", escaped(name));
        if opacity < 1.0 {
            let _ = write!(self.out, " opacity=\"{:.3}\"", opacity.max(0.0));
        }
        self.out.push_str(">\n");
    }

    fn end_group(&mut self) {
        self.out.push_str("</g>\n");
    }

    fn paint(&mut self, painted: &Painted<'_>) {
        let clip = painted.clip.map(|clip| {
            self.clips += 1;
            let _ = write!(self.out, "<clipPath id=\"clip-{}\"><path d=\"", self.clips);
            data(clip, &mut self.out);
            self.out.push_str("\"/></clipPath>\n");
            self.clips
        });
        self.out.push_str("<path");
        self.colour("fill", painted.fill);
        if let Some(pen) = &painted.pen {
            self.pen(pen);
        }
        if let Some(number) = clip {
            let _ = write!(self.out, " clip-path=\"url(#clip-{number})\"");
        }
        self.out.push_str(" d=\"");
        data(painted.path, &mut self.out);
        self.out.push_str("\"/>\n");
    }

    fn text(&mut self, lines: &[TextLine]) {
        if lines.iter().any(|line| line.halo.is_some()) {
            // Letters are read and found once: the halos are only looked at.
            self.out.push_str("<g aria-hidden=\"true\" pointer-events=\"none\" xml:space=\"preserve\">\n");
            for line in lines.iter().filter(|line| line.halo.is_some()) {
                self.line(line, true);
            }
            self.out.push_str("</g>\n");
        }
        self.out.push_str("<g xml:space=\"preserve\">\n");
        for line in lines {
            self.line(line, false);
        }
        self.out.push_str("</g>\n");
    }

    fn image(&mut self, jpeg: &[u8]) {
        let [width, height] = self.size.map(plain);
        let _ = write!(
            self.out,
            "<image width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" \
             href=\"data:image/jpeg;base64,"
        );
        STANDARD.encode_string(jpeg, &mut self.out);
        self.out.push_str("\"/>\n");
    }
}

/// A path in relative commands, counted in whole hundredths so that roundings do not add up.
fn data(path: &[Step], out: &mut String) {
    let whole = |point: [f32; 2]| point.map(|v| (v * 100.0).round() as i32);
    let (mut at, mut start) = ([0, 0], [0, 0]);
    let mut last = ' ';
    for step in path {
        match step {
            Step::Move(to) => {
                let to = whole(*to);
                out.push('m');
                pair(to, at, false, out);
                (at, start, last) = (to, to, 'l');
            }
            Step::Line(to) => {
                let to = whole(*to);
                if last != 'l' {
                    out.push('l');
                }
                pair(to, at, last == 'l', out);
                (at, last) = (to, 'l');
            }
            Step::Curve(points) => {
                let points = points.map(whole);
                if last != 'c' {
                    out.push('c');
                }
                pair(points[0], at, last == 'c', out);
                pair(points[1], at, true, out);
                pair(points[2], at, true, out);
                (at, last) = (points[2], 'c');
            }
            Step::Close => {
                out.push('z');
                (at, last) = (start, 'z');
            }
        }
    }
}

/// Two numbers from `from`; the second, and the first where something stands before it, is kept apart.
fn pair(to: [i32; 2], from: [i32; 2], is_apart: bool, out: &mut String) {
    hundredths(to[0].saturating_sub(from[0]), is_apart, out);
    hundredths(to[1].saturating_sub(from[1]), true, out);
}

/// A number of hundredths as short as it can be written.
fn hundredths(value: i32, is_apart: bool, out: &mut String) {
    if value < 0 {
        out.push('-');
    } else if is_apart {
        out.push(' ');
    }
    let (whole, rest) = (value.unsigned_abs() / 100, value.unsigned_abs() % 100);
    if whole > 0 || rest == 0 {
        let _ = write!(out, "{whole}");
    }
    if rest > 0 {
        let tens = rest / 10;
        let _ = if rest % 10 == 0 { write!(out, ".{tens}") } else { write!(out, ".{rest:02}") };
    }
}

/// A number with two decimals at most.
fn plain(value: f32) -> String {
    let mut text = String::new();
    hundredths((value * 100.0).round() as i32, false, &mut text);
    text
}

/// Text between tags or in an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in legal(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Only characters that XML 1.0 may hold.
fn legal(text: &str) -> String {
    let is_legal = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(is_legal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_and_short() {
        let path = [
            Step::Move([10.5, 20.0]),
            Step::Line([10.499, 19.25]),
            Step::Line([110.0, 19.25]),
            Step::Curve([[111.0, 19.25], [112.0, 20.0], [112.0, 21.05]]),
            Step::Close,
            Step::Move([11.5, 20.0]),
        ];
        let mut out = String::new();
        data(&path, &mut out);
        assert_eq!(out, "m10.5 20 0-.75 99.5 0c1 0 2 .75 2 1.8zm1 0");
    }

    #[test]
    fn what_a_person_wrote_stays_text() {
        assert_eq!(escaped("a<b & \"c\"\u{1}"), "a&lt;b &amp; &quot;c&quot;");
        let mut paper = SvgPaper::new([10.0, 10.0]);
        let about = About { title: "T", description: "D", language: "en", date: None };
        paper.head(&about, Some("{\"a\":\"]]>\"}"));
        assert!(paper.out.contains("<![CDATA[{\"a\":\"]]]]><![CDATA[>\"}]]></metadata>"), "{}", paper.out);
    }

    #[test]
    fn two_groups_of_one_name_have_two_ids() {
        let mut paper = SvgPaper::new([10.0, 10.0]);
        for _ in 0..2 {
            paper.begin_group("files", 0.5);
            paper.end_group();
        }
        assert_eq!(
            paper.out,
            "<g id=\"files\" opacity=\"0.500\">\n</g>\n<g id=\"files-2\" opacity=\"0.500\">\n</g>\n"
        );
    }
}
