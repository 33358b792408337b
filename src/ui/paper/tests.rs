//! What a page of a panel holds, and what it leaves to the window.

use std::sync::Arc;

use super::*;
use crate::basemap::Basemap;
use crate::content::Content;
use crate::export::{self, About, Placed, Sheet};
use crate::state::{Command, CompareCommand, StripCommand, TimelineCommand};

const SIZE: Size = Size { width: 1123.0, height: 794.0 };

/// The page of a fresh state after `commands`.
fn page(of: FigureOf, commands: Vec<Command>) -> Option<Montage> {
    let Content { mut state, scenery, tokens, .. } = Content::embedded().expect("the content reads");
    for command in commands {
        let _ = state.apply(command);
    }
    let figure =
        PanelFigure { state: &state, scenery: &scenery, tokens: &tokens, of, title: "A title", size: SIZE };
    montage(&figure, 1.0)
}

/// Without the pictures of its maps.
fn svg(page: &Montage) -> String {
    let basemap = Basemap::embedded();
    let sheet = |piece: &Piece| {
        let scene = Scene { ground: None, ..Scene::clone(&piece.scene) };
        (scene, piece.at)
    };
    let scenes: Vec<_> = page.pieces.iter().map(sheet).collect();
    let sheets: Vec<_> =
        scenes.iter().map(|(scene, at)| (Sheet { scene, basemap: &basemap, ground: None }, *at)).collect();
    let placed = sheets.iter().map(|(sheet, at)| Placed {
        sheet,
        left_pt: at[0] * 0.75,
        top_pt: at[1] * 0.75,
        width_pt: sheet.scene.viewport.size.width as f32 * 0.75,
    });
    let page = export::Page {
        width_pt: page.size.width as f32 * 0.75,
        height_pt: page.size.height as f32 * 0.75,
        description: "",
        placed: placed.collect(),
    };
    let about = About { title: "", description: "", language: "en", date: None };
    export::svg_page(&page, &about, None).expect("it is written")
}

/// The words of an SVG, line by line.
fn words(svg: &str) -> Vec<String> {
    let parts = svg.split("<text").skip(1).filter_map(|part| part.split("</text>").next());
    let words = parts.map(|part| {
        let mut text = String::new();
        let mut is_tag = true;
        for c in part.chars() {
            match c {
                '<' => is_tag = true,
                '>' => is_tag = false,
                c if !is_tag => text.push(c),
                _ => {}
            }
        }
        text.replace("&amp;", "&")
    });
    words.collect()
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

#[test]
fn a_strip_holds_its_names_as_text_and_nothing_that_can_be_pressed() {
    let open = StripCommand::Open { corridor: id("corridor/nelb"), route: None };
    let page = page(FigureOf::Strip, vec![Command::Strip(open)]).expect("a page");
    let content = Content::embedded().expect("the content reads");
    let (corridor, route) = content.state.catalog.route(&id("corridor/nelb"), "").expect("a route");
    let strings = Strings::embedded(crate::i18n::Language::En);
    let words = words(&svg(&page));
    let holds = |text: &str| words.iter().any(|word| word.contains(text));
    let ends = [route.stops.first(), route.stops.last()].map(|stop| stop.expect("a stop").name.en.clone());
    for name in [&ends[0], &ends[1], &corridor.name.en, &strings.app_name, &"A title".to_owned()] {
        assert!(holds(name), "{name} is not in {words:?}");
    }
    for name in [&strings.strip.close, &strings.strip.stations, &strings.strip.rail_distance] {
        assert!(!holds(name), "{name} is in {words:?}");
    }
    assert_eq!(page.size.width, SIZE.width);
    assert!((250.0..400.0).contains(&page.size.height), "{:?}", page.size);
}

#[test]
fn a_comparison_has_a_map_for_each_feature_under_its_words() {
    let pin = |name: &str| Command::Compare(CompareCommand::Pin(id(name)));
    let page = page(FigureOf::Comparison, vec![pin("zone/horgos"), pin("zone/mohan")]).expect("a page");
    let grounds: Vec<bool> = page.pieces.iter().map(|piece| piece.scene.ground.is_some()).collect();
    assert_eq!(grounds, [false, true, true, false], "paper, two maps, words");
    let apart = page.pieces[2].at[0] - page.pieces[1].at[0];
    assert!(f64::from(apart) >= page.pieces[1].scene.viewport.size.width, "the maps lie side by side");
    let words = words(&svg(&page));
    let strings = Strings::embedded(crate::i18n::Language::En);
    assert!(words.iter().any(|word| word.contains(&strings.compare.rings)), "{words:?}");
    let presses = [&strings.compare.add, &strings.compare.all_zones, &strings.compare.only_differences];
    assert!(words.iter().all(|word| presses.iter().all(|press| word != *press)), "{words:?}");
}

#[test]
fn a_timeline_says_until_when_it_is_and_what_happened_then() {
    let until = crate::atlas::Month::new(2015, 6);
    let show = Command::Timeline(TimelineCommand::Show(Some(until)));
    let page = page(FigureOf::Timeline, vec![show]).expect("a page");
    let words = words(&svg(&page)).join("\n");
    assert!(words.contains("2015") && words.contains("1990"), "{words}");
    assert!(!words.contains('×'), "how fast it plays is not of the paper: {words}");
}

#[test]
fn what_is_not_open_is_not_drawn() {
    for of in [FigureOf::Map, FigureOf::Strip, FigureOf::Comparison, FigureOf::Chart] {
        assert!(page(of, Vec::new()).is_none(), "{of:?}");
    }
}

#[test]
fn letters_stand_where_egui_put_them() {
    let ctx = egui::Context::default();
    install_fonts(&ctx);
    let Content { tokens, .. } = Content::embedded().expect("the content reads");
    let look = Look::new(Arc::clone(&tokens), crate::theme::Theme::Light);
    let ink = egui::Color32::from_rgb(1, 2, 3);
    let mut painted = Vec::new();
    let mut galley = None;
    for _ in 0..2 {
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let font = look.font(tokens.text.body);
            let laid = ui.painter().layout_no_wrap("Alma-Ata 霍".to_owned(), font, ink);
            ui.painter().galley(pos2(40.0, 30.0), Arc::clone(&laid), ink);
            galley = Some(laid);
        });
        painted = std::mem::take(&mut output.shapes);
        output.drop_without_applying_deltas();
    }
    let items = drawn::items(&painted);
    let [Item::Text(runs)] = items.as_slice() else { panic!("{items:?}") };
    let glyphs: Vec<_> = runs.iter().flat_map(|run| &run.glyphs).collect();
    assert_eq!((glyphs.len(), runs[0].colour), (10, Rgba([1, 2, 3, 255])));
    let galley = galley.expect("it was laid out");
    let last = galley.rows[0].glyphs.last().expect("a letter");
    assert!((glyphs[9].at[0] - 40.0 - last.pos.x).abs() < 1e-3);
    assert_eq!(glyphs[9].font, crate::theme::Font::Chinese400);
    assert!(glyphs[0].at[1] > 30.0 && glyphs[0].at[1] < 30.0 + galley.size().y);
}
