//! Tables without places of their own: joined by names to countries, zones and features, then coloured.

use corridor_atlas::data::Values;
use corridor_atlas::state::{FileContent, StyleBy};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::Window;
use super::files::wait;

fn opened(name: &str, text: &str) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    let mut window = Window::open();
    open(&mut window, &path.display().to_string());
    (window, folder)
}

fn open(window: &mut Window, path: &str) {
    window.key(Modifiers::COMMAND, Key::O);
    window.type_text(path);
    window.key(Modifiers::NONE, Key::Enter);
}

fn is_read(window: &Window) -> bool {
    window.state().files.iter().all(|file| !matches!(file.content, FileContent::Reading { .. }))
}

const COUNTRIES: &str = "Country,Year,\"Trade, bn\"\nLao PDR,2023,16\nKazakstan,2023,264\nMongolia,2023,\"1,020\"\n몽골,2024,25\n";

#[test]
fn a_first_try_finds_countries_lists_what_did_not_match_and_colours_by_the_numbers() {
    let (mut window, _folder) = opened("trade.csv", COUNTRIES);
    wait(&mut window, |window| window.state().join.is_some());
    assert!(window.says("3 of 4 rows found their place."));
    assert!(window.says("Line 3: Kazakstan") && window.says("perhaps Kazakhstan"));
    assert!(window.copied_by("Copy what did not match").contains("3\tKazakstan"));
    window.press(Role::Button, "Join");
    wait(&mut window, |window| {
        is_read(window) && window.state().files.iter().any(|file| file.classes.is_some())
    });
    let file = window.state().files.iter().next().expect("a layer");
    assert_eq!(file.name, "trade.csv");
    assert!(matches!(&file.style.by, StyleBy::Numbers { column, .. } if column == "Trade, bn"));
    let table = file.table().expect("its columns");
    assert_eq!(table.rows(), 3);
    let trade = table.column("Trade, bn").expect("the column of the table");
    assert!(matches!(trade.values, Values::Integer(_)) && trade.number(1) == Some(1020.0));
    assert!(file.whole().is_some_and(|dataset| dataset.has_areas));
}

#[test]
fn a_join_without_a_match_says_so_and_changes_nothing() {
    let (mut window, _folder) = opened("none.csv", "thing,n\nfoo,1\nbar,2\n");
    wait(&mut window, |window| window.state().join.is_some());
    assert!(window.says("No row found its place. Choose another column, or join to something else."));
    window.press(Role::Button, "Join");
    assert!(window.state().files.is_empty() && window.state().join.is_some());
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.0.query_all_by_label_contains("found").next().is_none());
}

#[test]
fn rows_join_to_the_features_of_an_opened_file_by_their_key() {
    let feature = |name: &str, lon: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"station":"{name}"}},"geometry":{{"type":"Point","coordinates":[{lon},40]}}}}"#
        )
    };
    let features: Vec<String> = (0..4).map(|n| feature(&format!("A-{n}"), 70.0 + f64::from(n))).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let (mut window, folder) = opened("stations.geojson", &text);
    wait(&mut window, is_read);
    let path = folder.path().join("load.tsv");
    std::fs::write(&path, "key\tload\nA-1\t5\nA-3\t7\n").expect("written");
    open(&mut window, &path.display().to_string());
    let has_guessed =
        |window: &Window| window.state().join.as_ref().is_some_and(|join| join.joined.pairs.len() == 2);
    wait(&mut window, has_guessed);
    assert!(window.says("stations.geojson, by station"));
    window.press(Role::Button, "Join");
    wait(&mut window, |window| is_read(window) && window.state().files.iter().count() == 2);
}

#[test]
fn a_table_with_degrees_opens_as_points_and_a_broken_one_tells_its_line() {
    let (mut window, folder) = opened("points.csv", "name,lon,lat\na,80.4,44.2\nb,90,41\n");
    wait(&mut window, is_read);
    let points =
        window.state().files.iter().next().and_then(|file| Some(file.whole()?.points.iter().count()));
    assert_eq!(points, Some(2));
    let path = folder.path().join("open.csv");
    std::fs::write(&path, "\na,b\n").expect("written");
    open(&mut window, &path.display().to_string());
    wait(&mut window, is_read);
    let told = window.0.query_all_by_label_contains("Line 2: no row follows the header").next().is_some();
    assert!(told, "with its line");
}
