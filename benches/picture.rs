//! What a frame costs: building the scene, drawing it in software or on the graphics card, hits, search.
//!
//! Read the numbers as ratios of one run: machines differ and are noisy (docs/performance.md).

use std::hint::black_box;
use std::sync::Arc;

use corridor_atlas::content::Content;
use corridor_atlas::geo::{Camera, LonLat, Padding, ScreenPoint, Size};
use corridor_atlas::render::{Headless, Loader};
use corridor_atlas::scene::{self, Names, Scene, pick};
use corridor_atlas::search::{Index, find};
use corridor_atlas::state::{Command, LayerKind, State};
use criterion::{Criterion, criterion_group, criterion_main};

const SIZE: Size = Size { width: 1440.0, height: 900.0 };
const VIEWS: [(&str, f64); 3] = [("world", 3.0), ("region", 5.5), ("town", 9.0)];

fn state(content: &Content, zoom: f64, hidden: &[LayerKind]) -> State {
    let mut state = content.state.clone();
    let padding = Padding { left: 316.0, right: 360.0, top: 12.0, bottom: 12.0 };
    let mut commands = vec![
        Command::SetViewport { size: SIZE, padding },
        Command::LookAt(Camera::new(LonLat::new(85.0, 42.0), zoom)),
    ];
    let hide = |layer: &LayerKind| Command::SetLayerVisible { layer: *layer, is_visible: false };
    commands.extend(hidden.iter().map(hide));
    for command in commands {
        let _ = state.apply(command);
    }
    state
}

fn built(content: &Content, state: &State) -> Arc<Scene> {
    Arc::new(scene::build(state, &content.scenery, 1.0, &mut Names::default()))
}

fn scenes(criterion: &mut Criterion) {
    let content = Content::embedded().expect("the embedded content reads");
    for (name, zoom) in VIEWS {
        let state = state(&content, zoom, &[]);
        let mut names = Names::default();
        criterion.bench_function(&format!("scene {name}"), |bencher| {
            bencher.iter(|| black_box(scene::build(&state, &content.scenery, 1.0, &mut names)));
        });
    }
}

/// Each part of the picture by what the picture costs without it.
fn drawing(criterion: &mut Criterion) {
    let content = Content::embedded().expect("the embedded content reads");
    let Ok(mut headless) = Headless::new(Loader::new(Arc::clone(&content.basemap))) else { return };
    let mut draw = |criterion: &mut Criterion, name: &str, scene: &Scene| {
        criterion.bench_function(&format!("draw {name}"), |bencher| {
            // A new scene each time, as while the map moves.
            bencher.iter(|| black_box(headless.image(&Arc::new(scene.clone()), 1.0)));
        });
    };
    for (name, zoom) in VIEWS {
        let scene = built(&content, &state(&content, zoom, &[]));
        draw(criterion, name, &scene);
        let without = |part: &str| format!("{name} without {part}");
        draw(criterion, &without("ground"), &Scene { ground: None, ..Scene::clone(&scene) });
        draw(criterion, &without("layers"), &Scene { layers: Vec::new(), ..Scene::clone(&scene) });
        let flat = built(&content, &state(&content, zoom, &[LayerKind::Relief]));
        draw(criterion, &without("relief and layers"), &Scene { layers: Vec::new(), ..Scene::clone(&flat) });
        let dry = built(&content, &state(&content, zoom, &[LayerKind::Relief, LayerKind::Water]));
        draw(
            criterion,
            &without("relief, water and layers"),
            &Scene { layers: Vec::new(), ..Scene::clone(&dry) },
        );
    }
    draw(
        criterion,
        "nothing",
        &Scene {
            ground: None,
            layers: Vec::new(),
            ..Scene::clone(&built(&content, &state(&content, 3.0, &[])))
        },
    );
}

fn hits(criterion: &mut Criterion) {
    let content = Content::embedded().expect("the embedded content reads");
    content.scenery.read_boundaries();
    for (name, zoom) in VIEWS {
        let state = state(&content, zoom, &[]);
        let viewport = state.view.viewport();
        let point = ScreenPoint::new(640.0, 420.0);
        criterion.bench_function(&format!("hit {name}"), |bencher| {
            bencher.iter(|| black_box(pick(&state, &content.scenery, &viewport, point)));
        });
    }
}

fn searches(criterion: &mut Criterion) {
    let content = Content::embedded().expect("the embedded content reads");
    let catalog = &content.state.catalog;
    criterion.bench_function("search index", |bencher| bencher.iter(|| black_box(Index::new(catalog))));
    let index = Index::new(catalog);
    for query in ["horgos", "Manzouli", "霍尔"] {
        criterion.bench_function(&format!("search {query}"), |bencher| {
            bencher.iter(|| black_box(find(&index, catalog, query, 20)));
        });
    }
    criterion.bench_function("read all content", |bencher| bencher.iter(|| black_box(Content::embedded())));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(std::time::Duration::from_secs(3)).warm_up_time(std::time::Duration::from_millis(500));
    targets = scenes, drawing, hits, searches
}
criterion_main!(benches);
