//! Every word has room, in every language.

use corridor_atlas::cli::Sight;
use corridor_atlas::i18n::Language;
use corridor_atlas::theme::Theme;
use egui::{Key, Modifiers, vec2};

use super::{Window, id};

/// What egui shortened with dots, or what runs out of the part of the window it is drawn in.
fn cut_off(window: &Window) -> Vec<String> {
    fn walk(shape: &egui::Shape, clip: egui::Rect, found: &mut Vec<String>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, clip, found)),
            egui::Shape::Text(text) => {
                let rect = text.visual_bounding_rect();
                let is_out = rect.left() < clip.left() - 1.0 || rect.right() > clip.right() + 1.0;
                let is_seen = clip.intersects(rect) && !text.galley.is_empty();
                if is_seen && (text.galley.elided || is_out) {
                    found.push(text.galley.text().to_owned());
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for clipped in &window.0.output().shapes {
        walk(&clipped.shape, clipped.clip_rect, &mut found);
    }
    found
}

#[test]
fn nothing_is_cut_off_in_any_language_at_1280_by_720() {
    let mut found = Vec::new();
    for lang in [Language::En, Language::Zh, Language::Ko] {
        for theme in Theme::ALL {
            let selections =
                ["zone/horgos", "corridor/cicpec", "project/cn-pk-railway", "connectivity/policy"];
            for select in [None].into_iter().chain(selections.into_iter().map(|text| Some(id(text)))) {
                let sight = Sight {
                    lang: Some(lang),
                    theme: Some(theme),
                    select: select.clone(),
                    ..Sight::default()
                };
                let mut window = Window::open_with(&sight, vec2(1280.0, 720.0));
                window.key(Modifiers::NONE, Key::L);
                assert_eq!(window.state().panels.is_left_open, Some(true));
                found.extend(
                    cut_off(&window).into_iter().map(|text| format!("{lang:?} {theme:?} {select:?}: {text}")),
                );
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
