//! How the map looks: small pictures of what is drawn, compared with those that were judged and kept.
//!
//! `make bless` records them anew; look at each before it is committed. They are drawn by Mesa's software
//! driver, as the tests are everywhere.

use std::sync::Arc;

use corridor_atlas::content::Content;
use corridor_atlas::geo::{Camera, LonLat, Padding, Size};
use corridor_atlas::i18n::Language;
use corridor_atlas::render::{Headless, Loader};
use corridor_atlas::scene::{self, Furniture, Names};
use corridor_atlas::state::{Command, FigurePart, LayerKind};
use corridor_atlas::theme::Theme;
use egui_kittest::{SnapshotOptions, SnapshotResults, try_image_snapshot_options};

const SIZE: Size = Size { width: 480.0, height: 320.0 };

/// One renderer for all pictures of a test.
struct Studio {
    headless: Headless,
    results: SnapshotResults,
}

impl Studio {
    fn new() -> Self {
        let content = Content::embedded().expect("the embedded content reads");
        let headless =
            Headless::new(Loader::new(content.basemap)).expect("a software driver, from `make test`");
        Self { headless, results: SnapshotResults::new() }
    }

    /// Compares the picture of a fresh state after `commands` with the one kept as `name`.
    fn shot(&mut self, name: &str, commands: Vec<Command>) {
        self.shot_at(name, 1.0, (commands, Furniture::default()));
    }

    fn shot_at(&mut self, name: &str, scale: f32, (commands, furniture): (Vec<Command>, Furniture)) {
        let Content { mut state, scenery, .. } = Content::embedded().expect("the embedded content reads");
        let _ = state.apply(Command::SetViewport { size: SIZE, padding: Padding::default() });
        for command in commands {
            assert!(state.apply(command).is_empty());
        }
        let scene = scene::figure((&state, &scenery), scale, &mut Names::default(), &furniture);
        let image = self.headless.image(&Arc::new(scene), scale).expect("a picture");
        let options = SnapshotOptions::default().output_path("tests/snapshots/map");
        self.results.add(try_image_snapshot_options(&image, name, &options));
    }
}

fn look(lon: f64, lat: f64, zoom: f64) -> Command {
    Command::LookAt(Camera::new(LonLat::new(lon, lat), zoom))
}

fn select(id: &str) -> Command {
    Command::Select(Some(id.parse().expect("an id")))
}

#[test]
fn the_world_in_three_themes() {
    let mut studio = Studio::new();
    for theme in Theme::ALL {
        studio.shot(&format!("world_{theme}"), vec![look(85.0, 38.0, 2.6), Command::SetTheme(theme)]);
    }
}

#[test]
fn a_region_a_town_and_a_border_close_up() {
    let mut studio = Studio::new();
    studio.shot("region_south_west", vec![look(104.5, 22.5, 5.6)]);
    studio.shot("town_horgos", vec![look(80.4, 44.2, 8.4), select("zone/horgos")]);
    studio.shot("border_close_up", vec![look(80.41, 44.21, 11.0)]);
}

#[test]
fn corridors_that_share_a_track_run_side_by_side() {
    Studio::new().shot("shared_track", vec![look(87.0, 44.0, 6.0)]);
}

#[test]
fn a_selected_corridor_glows_and_the_rest_fade() {
    let mut studio = Studio::new();
    studio.shot("selected_corridor", vec![look(90.0, 40.0, 3.4), select("corridor/ccwaec")]);
    studio.shot("selected_project", vec![look(97.0, 33.0, 3.6), select("project/qinghai-tibet")]);
}

#[test]
fn an_area_of_cooperation_lights_up_what_belongs_to_it() {
    Studio::new().shot("lens", vec![look(95.0, 40.0, 2.9), select("connectivity/trade")]);
}

#[test]
fn a_boundary_in_dispute_is_dashed() {
    Studio::new().shot("dispute", vec![look(76.0, 34.8, 5.6)]);
}

#[test]
fn the_world_wraps_at_180_degrees_and_ends_at_the_poles() {
    let mut studio = Studio::new();
    studio.shot("wrap", vec![look(179.0, 64.0, 3.2)]);
    studio.shot("pole", vec![look(20.0, 84.0, 2.6)]);
}

#[test]
fn names_in_chinese_and_korean() {
    let mut studio = Studio::new();
    for language in [Language::Zh, Language::Ko] {
        studio
            .shot(&format!("names_{language}"), vec![look(118.0, 44.0, 4.6), Command::SetLanguage(language)]);
    }
}

#[test]
fn a_figure_has_a_title_a_legend_and_its_sources() {
    let furniture = Furniture {
        title: Some("From Lianyungang to Rotterdam".to_owned()),
        parts: [FigurePart::Legend].into(),
        ..Furniture::default()
    };
    let size = Size { width: 720.0, height: 480.0 };
    let commands = vec![
        Command::SetViewport { size, padding: Padding::default() },
        look(70.0, 45.0, 2.6),
        Command::SetLayerVisible { layer: LayerKind::Crossings, is_visible: false },
    ];
    Studio::new().shot_at("figure", 1.5, (commands, furniture));
}

#[test]
fn nothing_trembles_close_up() {
    // The same ground at the deepest zoom, seen from seven points further east: every pixel moves by seven.
    let mut studio = Studio::new();
    let mut drawn = |shift: f64| {
        let Content { mut state, scenery, .. } = Content::embedded().expect("the embedded content reads");
        let points = &scenery.corridors[0].chains[0].points;
        let line = points[points.len() / 2].at.to_lonlat();
        let commands = [
            Command::SetViewport { size: SIZE, padding: Padding::default() },
            look(line.lon, line.lat, 20.0),
            Command::SetLayerVisible { layer: LayerKind::Places, is_visible: false },
            Command::SetLayerVisible { layer: LayerKind::Grid, is_visible: false },
            Command::Pan { dx: -shift, dy: 0.0 },
        ];
        for command in commands {
            assert!(state.apply(command).is_empty());
        }
        let scene = scene::build(&state, &scenery, 1.0, &mut Names::default());
        studio.headless.image(&Arc::new(scene), 1.0).expect("a picture")
    };
    let (before, after) = (drawn(0.0), drawn(7.0));
    let (mut worst, mut seen) = (0, std::collections::BTreeSet::new());
    for (x, y, pixel) in after.enumerate_pixels().filter(|(x, ..)| *x < before.width() - 7) {
        let other = before.get_pixel(x + 7, y);
        seen.insert(pixel.0);
        worst = worst.max((0..3).map(|i| pixel[i].abs_diff(other[i])).max().unwrap_or(0));
    }
    assert!(seen.len() > 2, "the line is in the picture");
    // One step of the world is 9 mm and a point 13 cm there: rounding moves an edge by a tenth of a point.
    assert!(worst <= 24, "a pixel changes by {worst}");
}
