//! The timeline: play, steps, a month chosen by its place or by keys, and what it does to opened files.

use corridor_atlas::atlas::Month;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::Window;
use super::files::{wait, with_file};

fn until(window: &Window) -> Option<Month> {
    window.state().timeline.until
}

#[test]
fn steps_go_from_event_to_event_and_all_years_come_back() {
    let mut window = Window::open();
    assert!(window.says("All years"));
    window.press(Role::Button, "Next event");
    let first = until(&window).expect("a month");
    window.press(Role::Button, "Next event");
    assert!(until(&window).expect("a month") > first);
    window.press(Role::Button, "Previous event");
    assert_eq!(until(&window), Some(first));
    window.press(Role::Button, "Show all years");
    assert_eq!(until(&window), None);
}

#[test]
fn space_plays_and_stops_and_the_speed_can_be_chosen() {
    let mut window = Window::open();
    window.0.key_press(Key::Space);
    (0..20).for_each(|_| window.0.step());
    let first = until(&window).expect("it plays from the begin");
    window.0.get_by_role_and_label(Role::Button, "Speed: 1×").click();
    (0..20).for_each(|_| window.0.step());
    assert!(until(&window).expect("a month") > first);
    assert!((window.state().timeline.speed - 2.0).abs() < 1e-9);
    window.0.get_by_role_and_label(Role::Button, "Pause").click();
    window.0.run();
    assert!(!window.state().timeline.is_playing);
}

#[test]
fn a_press_on_the_axis_goes_there_arrows_go_by_months_and_a_drag_from_the_left_end_makes_a_span() {
    let mut window = Window::open();
    let axis = |window: &Window| window.0.get_by_role(Role::Slider).rect();
    let rect = axis(&window);
    let place =
        |share: f32| egui::pos2(rect.left() + 10.0 + (rect.width() - 20.0) * share, rect.top() + 16.0);
    window.click_at(place(0.5));
    let middle = until(&window).expect("a month");
    assert!((2007..=2009).contains(&middle.year()), "{middle:?}");
    window.0.get_by_role(Role::Slider).focus();
    window.0.run();
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(until(&window), Some(middle.plus(1)));
    let rect = axis(&window);
    let place =
        |share: f32| egui::pos2(rect.left() + 10.0 + (rect.width() - 20.0) * share, rect.top() + 16.0);
    window.drag(place(0.0), place(0.25));
    let from = window.state().timeline.from.expect("a begin");
    assert!((1998..=2000).contains(&from.year()), "{from:?}");
    assert_eq!(until(&window), Some(middle.plus(1)), "its end stays");
}

#[test]
fn features_of_a_file_come_with_their_dates() {
    let feature = |name: &str, date: &str, lon: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"{name}","opened":"{date}"}},"geometry":{{"type":"Point","coordinates":[{lon},40.0]}}}}"#
        )
    };
    let features = [feature("a", "1999-05-01", 70.0), feature("b", "2003/03/23 00:00:00", 90.0)].join(",");
    let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    let (mut window, _folder) = with_file(&text);
    let passing = |window: &Window| {
        let file = window.state().files.iter().next().expect("the file");
        file.filter.passing.as_ref().map(|rows| rows.count())
    };
    assert_eq!(passing(&window), None);
    window.press(Role::Button, "Next event");
    wait(&mut window, |window| passing(window).is_some());
    assert_eq!(passing(&window), Some(0), "nothing is dated in 1990");
    let rect = window.0.get_by_role(Role::Slider).rect();
    window.click_at(egui::pos2(rect.left() + rect.width() * 0.31, rect.top() + 16.0));
    assert_eq!(passing(&window), Some(1));
    window.press(Role::Button, "Show all years");
    assert_eq!(passing(&window), None);
}

#[test]
fn another_column_of_dates_can_be_chosen_and_the_delay_is_a_column() {
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"planned":"1999-05-01","actual":"2003-05-01"},"geometry":{"type":"Point","coordinates":[70,40]}}]}"#;
    let (mut window, _folder) = with_file(text);
    window.key(Modifiers::NONE, Key::T);
    wait(&mut window, |window| window.says("Sort by delay_days"));
    let passing = |window: &Window| {
        let file = window.state().files.iter().next().expect("the file");
        file.filter.passing.as_ref().map(|rows| rows.count())
    };
    let rect = window.0.get_by_role_and_label(Role::Slider, "Timeline: All years").rect();
    window.click_at(egui::pos2(rect.left() + 10.0 + (rect.width() - 20.0) * 0.3, rect.top() + 16.0));
    assert_eq!(passing(&window), Some(1), "planned by 2001");
    window.press(Role::Button, "Column actual");
    window.press(Role::ListItem, "Its dates for the timeline");
    assert_eq!(passing(&window), Some(0), "but open only in 2003");
}
