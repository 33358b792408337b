//! The real program in a real window: zones, corridors and boundaries clicked where they are drawn, and what
//! the window then says; drag, wheel, keys and search; a start with nothing to draw on.
#![cfg(target_os = "linux")]

mod display;
mod killed;
mod offline;

use corridor_atlas::atlas::{Id, Kind, Precision};
use corridor_atlas::basemap::BoundaryKind;
use corridor_atlas::catalog::words::short_name;
use corridor_atlas::content::Content;
use corridor_atlas::geo::{Camera, LonLat, Size, Viewport};
use corridor_atlas::i18n::Language;
use corridor_atlas::scene::{HitLayer, pick};

use display::{SIZE, Window};

fn title_of(content: &Content, id: &Id) -> String {
    format!("{} · Corridor Atlas", short_name(&content.state.catalog, id, Language::En))
}

fn view(place: LonLat, zoom: f64) -> String {
    format!("{:.6},{:.6},{zoom}", place.lon, place.lat)
}

/// What a click on `place` in the middle of the window takes.
fn first_hit(content: &Content, place: LonLat, zoom: f64) -> Option<(Id, HitLayer)> {
    let size = Size { width: f64::from(SIZE.0), height: f64::from(SIZE.1) };
    let viewport = Viewport::clamped(Camera::new(place, zoom), size);
    let point = viewport.screen_from_world(place.to_world());
    let hits = pick(&content.state, &content.scenery, &viewport, point);
    hits.into_iter().next().map(|hit| (hit.id, hit.layer))
}

fn content() -> Content {
    let content = Content::embedded().expect("the embedded content reads");
    content.scenery.read_boundaries();
    content
}

#[test]
fn each_zone_clicked_where_it_is_drawn_is_named() {
    let content = content();
    for zone in &content.state.catalog.atlas.zones {
        let mut window = Window::open(&["--view", &view(zone.position.place(), 8.0)]);
        window.expect_title("Corridor Atlas");
        window.click_middle();
        window.expect_title(&title_of(&content, &zone.id));
    }
}

#[test]
fn each_corridor_clicked_where_it_is_drawn_is_named() {
    const ZOOM: f64 = 7.0;
    let content = content();
    let atlas = &content.state.catalog.atlas;
    for corridor in &atlas.corridors {
        let legs = atlas.legs.iter().filter(|leg| leg.corridor == corridor.id);
        let mut places = legs.flat_map(|leg| leg.line.iter().copied());
        let is_first =
            |place: &LonLat| first_hit(&content, *place, ZOOM).is_some_and(|(id, _)| id == corridor.id);
        let place = places.find(is_first).expect("some place of its line is its own");
        let mut window = Window::open(&["--view", &view(place, ZOOM)]);
        window.click_middle();
        window.expect_title(&title_of(&content, &corridor.id));
    }
}

#[test]
fn a_boundary_in_dispute_is_clicked_and_named() {
    const ZOOM: f64 = 7.0;
    let content = content();
    let tables = &content.state.catalog.tables;
    let lines = content.basemap.boundary_lines().expect("the boundary lines decode");
    let (id, place) = lines
        .iter()
        .filter(|(row, _)| tables.boundaries[usize::from(*row)].kind == BoundaryKind::LineOfControl)
        .flat_map(|(_, points)| points.to_vec())
        .find_map(|point| {
            let place = point.to_lonlat();
            let (id, layer) = first_hit(&content, place, ZOOM)?;
            (layer == HitLayer::Boundaries).then_some((id, place))
        })
        .expect("a line of control with nothing on it");
    let mut window = Window::open(&["--view", &view(place, ZOOM)]);
    // Boundaries are read once the first picture stands, so an early click may find the country.
    let title = title_of(&content, &id);
    window.until(&title.clone(), |window| {
        window.click_middle();
        window.title() == title
    });
}

#[test]
fn the_map_follows_drag_wheel_and_keys() {
    let content = content();
    let horgos =
        content.state.catalog.atlas.zones.iter().find(|zone| zone.order.is_none()).expect("the centre");
    let title = title_of(&content, &horgos.id);
    let place = horgos.position.place();
    // A degree east of the centre, which is 91 points at zoom 7.
    let aside = LonLat::new(place.lon + 1.0, place.lat);
    let mut window = Window::open(&["--view", &view(aside, 7.0)]);
    let (x, y) = (SIZE.0 / 2, SIZE.1 / 2);
    window.xdotool(&format!("mousemove {} {} mousedown 1", x + 100, y + 100));
    for step in 1..=13 {
        window.xdotool(&format!("mousemove {} {}", x + 100 + step * 7, y + 100));
    }
    // It is held still before it is let go, so that the map does not drift on.
    window.xdotool(&format!("sleep 0.4 mousemove {} {} mouseup 1", x + 191, y + 100));
    window.click_middle();
    window.expect_title(&title);
    // Several things lie there: the first Escape closes their list, the second clears the selection.
    window.xdotool("key Escape");
    window.xdotool("key Escape");
    window.expect_title("Corridor Atlas");
    // The place under the pointer stays there while the wheel zooms.
    window.xdotool(&format!("mousemove {x} {y} click 4 click 4 click 4"));
    let before = window.picture();
    window.until("a closer map", |window| window.picture() != before);
    window.click_middle();
    window.expect_title(&title);
    window.xdotool("key n");
    window.expect_title("Manzhouli · Corridor Atlas");
    window.xdotool("key alt+Left");
    window.expect_title(&title);
}

#[test]
fn search_goes_to_what_is_typed() {
    let mut window = Window::open(&[]);
    window.xdotool("key ctrl+k");
    window.xdotool("type --delay 30 Manzouli");
    window.xdotool("key Return");
    window.expect_title("Manzhouli · Corridor Atlas");
    // Faster than any frame: each press still means what it says.
    window.xdotool("key --delay 0 ctrl+k r u i l i Return");
    window.expect_title("Ruili · Corridor Atlas");
}

#[test]
fn the_window_opens_where_the_command_line_says() {
    let mut window =
        Window::open(&["--select", "zone/mohan", "--fit", "zone/mohan", "--lang", "zh", "--theme", "dark"]);
    window.until("磨憨", |window| window.title().starts_with("磨憨"));
    let dark = |window: &Window| {
        let picture = window.picture();
        picture.is_some_and(|picture| picture.get_pixel(60, SIZE.1 - 60).0.iter().all(|value| *value < 80))
    };
    window.until("a dark panel", dark);
}

#[test]
fn a_measured_window_draws_nothing_while_idle() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut server, number) = display::display(&folder);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_corridor-atlas"))
        .args(["profile", "--json"])
        .env("DISPLAY", format!(":{number}"))
        .env("XDG_RUNTIME_DIR", folder.path())
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("the program starts");
    let _ = server.kill();
    let _ = server.wait();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["idle_frames"], 0, "{report}");
    for part in ["pan", "zoom"] {
        for value in ["frames", "frame_ms_p50", "frame_ms_p99", "cpu_ms_p50", "cpu_ms_p99"] {
            assert!(
                report[part][value].as_f64().is_some_and(|value| value > 0.0),
                "{part} {value}: {report}"
            );
        }
    }
    assert!(report["first_frame_ms"].as_f64() <= report["complete_ms"].as_f64(), "{report}");
    assert!(report["adapter"].is_string() && report["hit_us_p99"].is_number() && report["files"].is_array());
    assert!(report["peak_rss_mb"].as_f64().is_some_and(|mb| mb > 10.0));
}

#[test]
fn the_drawn_corridors_have_all_three_precisions() {
    // What the tests above click is honest only if every kind of line is among it.
    let content = content();
    let legs = &content.state.catalog.atlas.legs;
    for precision in [Precision::Traced, Precision::Approximate, Precision::Schematic] {
        assert!(legs.iter().any(|leg| leg.precision == precision));
    }
    assert_eq!(content.state.catalog.ids(Kind::Corridor).len(), 6);
}
