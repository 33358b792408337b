//! For students: the quiz, words of the glossary, the lessons.

use corridor_atlas::catalog::quiz::Question;
use corridor_atlas::geo::{ScreenPoint, Viewport};
use egui::accesskit::Role;
use egui::pos2;
use egui_kittest::kittest::Queryable;

use super::{SIZE, Sight, Window, id};

fn with(select: &str) -> Window {
    Window::open_with(&Sight { select: Some(id(select)), ..Sight::default() }, SIZE)
}

fn question(window: &Window) -> Option<Question> {
    window.state().quiz.round.as_ref().and_then(|round| round.at()).cloned()
}

#[test]
fn a_round_is_answered_on_the_map_and_by_pressing_and_its_results_are_copied() {
    let mut window = Window::open();
    window.press(Role::Button, "Quiz");
    window.press(Role::Button, "Start");
    while let Some(question) = question(&window) {
        match question.place(&window.state().catalog) {
            Some(place) => {
                let viewport: Viewport = window.state().view.viewport();
                let ScreenPoint { x, y } = viewport.screen_from_world(place.to_world());
                window.click_at(pos2(x as f32, y as f32));
                assert!(window.says("Right."), "{question:?}");
            }
            None => window.press(Role::Button, "Skip"),
        }
        window.press(Role::Button, "Next");
    }
    assert!(window.0.query_all_by_label_contains("of 10 right").next().is_some());
    let copied = window.copied_by("Copy the results as CSV");
    assert!(copied.starts_with("person,question,kind,asked"), "{copied}");
    window.press(Role::Button, "Another round");
    assert!(question(&window).is_some());
    window.press(Role::Button, "Close the quiz");
    assert!(!window.state().quiz.asks_for_a_place());
}

#[test]
fn a_word_of_the_glossary_opens_what_it_means() {
    let mut window = with("zone/manzhouli");
    window.press(Role::Link, "Cross-border economic cooperation zone");
    assert_eq!(window.selected().as_deref(), Some("term/cbecz"));
}

#[test]
fn lessons_lead_from_one_to_the_next_with_their_places_on_the_map() {
    let mut window = with("lesson/1");
    assert!(window.says("Lesson 1 of 3"));
    window.press(Role::Button, "Next lesson");
    assert_eq!(window.selected().as_deref(), Some("lesson/2"));
    window.press(Role::Button, "Lesson before");
    window.press(Role::Button, "Lesson before");
    assert_eq!(window.selected().as_deref(), Some("lesson/3"));
}
