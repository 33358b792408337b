//! Whole sheets: what a picture of the atlas holds, and how large it may be.

use std::sync::Arc;

use super::*;
use crate::geo::{Camera, LonLat, Size, Viewport, WorldBounds};
use crate::scene::{
    Item, Layer, LineDraw, LineMesh, LinePoint, MeshId, PathDraw, PlacedGlyph, Shape, TextRun,
};
use crate::theme::{Font, Rgba};

const INK: Rgba = Rgba([10, 20, 30, 255]);
const ABOUT: About<'_> =
    About { title: "A & B", description: "A map", language: "en", date: Some((2026, 1, 2)) };

fn scene(items: Vec<Item>) -> Scene {
    let size = Size { width: 800.0, height: 600.0 };
    let viewport = Viewport::clamped(Camera::new(LonLat::new(80.0, 44.0), 5.0), size);
    Scene { viewport, ground: None, layers: vec![Layer { name: "marks", opacity: 0.5, items }] }
}

/// A line that wanders about the view.
fn wandering(count: u32) -> Item {
    let place = |n: u32| {
        let turn = f64::from(n) * 0.37;
        let at = LonLat::new(80.0 + 12.0 * (turn * 1.001).sin(), 44.0 + 8.0 * turn.cos());
        LinePoint::new(at.to_world(), 0, 0, n + 1 == count)
    };
    let points: Vec<LinePoint> = (0..count).map(place).collect();
    let bounds = WorldBounds::of(points.iter().map(|point| point.at)).expect("there are points");
    Item::Lines(LineDraw {
        mesh: Arc::new(LineMesh { id: MeshId::fresh(), points, bounds }),
        points: 0..count,
        colour: INK,
        width: 1.5,
        dash: None,
        half_step: 0.0,
    })
}

fn disc() -> Shape {
    Shape {
        center: [100.0, 100.0],
        half: [8.0; 2],
        radius: 8.0,
        angle: 0.0,
        fill: INK,
        stroke: Rgba::CLEAR,
        stroke_width: 0.0,
        clip: None,
        dash: None,
    }
}

/// Two Han characters with a halo.
fn name() -> TextRun {
    let font = skrifa::FontRef::new(Font::Chinese400.bytes()).expect("the font reads");
    let glyph = |c: char, x: f32| PlacedGlyph {
        font: Font::Chinese400,
        glyph: skrifa::MetadataProvider::charmap(&font).map(c).expect("it has a glyph").to_u32() as u16,
        at: [x, 200.0],
        angle: 0.0,
    };
    let glyphs = vec![glyph('霍', 50.0), glyph('城', 66.0)];
    TextRun { size: 14.0, colour: INK, halo: Some((Rgba([255; 4]), 1.5)), opacity: 1.0, glyphs }
}

fn written(scene: &Scene, ground: Option<&RgbaImage>) -> String {
    let basemap = Basemap::embedded();
    svg(&Sheet { scene, basemap: &basemap, ground }, &ABOUT, None).expect("it is written")
}

#[test]
fn a_polygon_is_filled_and_a_polyline_is_not() {
    let open = PathDraw {
        points: vec![[10.0, 10.0], [20.0, 10.0], [20.0, 25.0]],
        is_closed: false,
        fill: INK,
        stroke: INK,
        stroke_width: 2.0,
    };
    let closed = PathDraw { is_closed: true, stroke_width: 0.0, ..open.clone() };
    let text = written(&scene(vec![Item::Paths(vec![open, closed])]), None);
    let paths: Vec<&str> = text.lines().filter(|line| line.starts_with("<path")).collect();
    let [open, closed] = paths.as_slice() else { panic!("{text}") };
    assert!(open.contains("fill=\"none\"") && open.contains("stroke-width=\"2\""), "{open}");
    assert!(open.ends_with("d=\"m10 10 10 0 0 15\"/>"), "{open}");
    assert!(closed.contains("fill=\"#0a141e\"") && !closed.contains("stroke-width"), "{closed}");
    assert!(closed.ends_with("z\"/>"), "{closed}");
}

#[test]
fn sheets_of_a_page_stand_in_their_places() {
    let scene = scene(vec![Item::Shapes(vec![disc()])]);
    let basemap = Basemap::embedded();
    let sheet = Sheet { scene: &scene, basemap: &basemap, ground: None };
    let placed = |left_pt: f32, width_pt: f32| Placed { sheet: &sheet, left_pt, top_pt: 15.0, width_pt };
    let page = Page {
        width_pt: 1_500.0,
        height_pt: 750.0,
        description: "",
        placed: vec![placed(0.0, 600.0), placed(750.0, 300.0)],
    };
    let text = svg_page(&page, &ABOUT, None).expect("it is written");
    assert!(text.contains("viewBox=\"0 0 2000 1000\""), "{text}");
    assert!(text.contains("<g transform=\"translate(0 20)\" clip-path=\"url(#clip-1)\">"), "{text}");
    assert!(text.contains("<g transform=\"translate(1000 20) scale(0.5000)\""), "{text}");
    assert!(text.contains("<g id=\"marks-2\""), "each group has an id of its own: {text}");
}

#[test]
fn a_layer_is_a_group_and_a_name_is_text_once() {
    let text = written(&scene(vec![Item::Shapes(vec![disc()]), Item::Text(vec![name()])]), None);
    assert!(text.contains("<g id=\"marks\" opacity=\"0.500\">"), "{text}");
    assert!(text.contains("<title id=\"title\">A &amp; B</title>"), "{text}");
    let (halos, letters) = text.split_once("</g>\n<g xml:space=\"preserve\">").expect("halos come first");
    assert!(halos.contains("aria-hidden=\"true\"") && halos.contains("stroke-width=\"3\""), "{halos}");
    assert!(letters.contains("x=\"50 66\">霍城</text>"), "{letters}");
}

#[test]
fn what_is_beside_the_page_is_not_in_the_file() {
    let far = Shape { center: [-100.0, 100.0], ..disc() };
    assert!(!written(&scene(vec![Item::Shapes(vec![far])]), None).contains("<path"));
}

#[test]
fn a_picture_of_the_ground_lies_under_everything() {
    let picture = RgbaImage::from_pixel(8, 6, image::Rgba([200, 210, 220, 255]));
    let text = written(&scene(vec![Item::Shapes(vec![disc()])]), Some(&picture));
    let (image, marks) = (text.find("<image width=\"800\" height=\"600\""), text.find("id=\"marks\""));
    assert!(image.is_some() && image < marks, "{image:?} {marks:?}");
}

#[test]
fn a_file_stays_small_however_many_vertices_a_line_has() {
    let few = written(&scene(vec![wandering(2_000)]), None).len();
    let dense = |count: u32| {
        let Item::Lines(mut draw) = wandering(2) else { unreachable!("it is a line") };
        let place = |n: u32| {
            let share = f64::from(n) / f64::from(count);
            LinePoint::new(LonLat::new(70.0 + 20.0 * share, 40.0 + share).to_world(), 0, 0, n + 1 == count)
        };
        let points: Vec<LinePoint> = (0..count).map(place).collect();
        draw.points = 0..count;
        let bounds = WorldBounds::of(points.iter().map(|point| point.at)).expect("there are points");
        draw.mesh = Arc::new(LineMesh { id: MeshId::fresh(), points, bounds });
        written(&scene(vec![Item::Lines(draw)]), None).len()
    };
    assert!(few > 20_000, "{few}");
    assert!(dense(200_000) < 3_000, "{}", dense(200_000));
}

#[test]
fn a_pdf_has_its_pages_its_fonts_and_its_attachment() {
    let scene = scene(vec![wandering(20), Item::Shapes(vec![disc()]), Item::Text(vec![name()])]);
    let basemap = Basemap::embedded();
    let sheet = Sheet { scene: &scene, basemap: &basemap, ground: None };
    let pages = [Page::of(&sheet, "One"), Page::of(&sheet, "Two")];
    assert_eq!((pages[0].width_pt, pages[0].height_pt), (600.0, 450.0));
    let attachment = Attachment { name: "view.json", bytes: b"{\"a\":1}", mime: "application/json" };
    let bytes = pdf(&pages, &ABOUT, Some(&attachment)).expect("it is written");
    let holds = |part: &[u8]| bytes.windows(part.len()).filter(|window| *window == part).count();
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(holds(b"/MediaBox"), 2);
    // The subset of the Chinese font is there once for both pages.
    assert_eq!(holds(b"/FontFile2"), 1);
    assert!(holds(b"view.json") > 0 && holds(b"/ToUnicode") > 0);
}

#[test]
fn a_page_without_size_is_refused() {
    let page = Page { width_pt: 0.0, height_pt: 10.0, description: "", placed: Vec::new() };
    assert!(matches!(pdf(&[page], &ABOUT, None), Err(ExportError::Page { .. })));
}

#[test]
fn the_ground_keeps_its_boundaries_and_its_backdrop_has_none() {
    let content = crate::content::Content::embedded().expect("the content reads");
    let viewport = scene(Vec::new()).viewport;
    let state = content.state.seen_through(viewport, None);
    let mut names = crate::scene::Names::default();
    let whole = crate::scene::build(&state, &content.scenery, 2.0, &mut names);
    let text = written(&whole, None);
    for group in ["sea", "land", "rivers", "lakes", "coast", "borders", "corridors", "names"] {
        assert!(text.contains(&format!("<g id=\"{group}\"")), "{group}");
    }
    assert!(text.len() < 2_000_000, "{}", text.len());
    let under = backdrop(&whole);
    let ground = under.ground.as_ref().expect("there is ground");
    assert!(under.layers.is_empty() && ground.chosen.is_none() && ground.style.border_opacity == 0.0);
}
