//! A GeoJSON file as it is drawn without buffers on the GPU: read by `geojson`, every vertex projected and handed to
//! egui as a shape in every frame; with `--walkers` through a plugin of walkers' map.
//!
//! `corridor-atlas profile FILE` is measured against it (docs/performance.md). The numbers mean the same as there.

use std::time::Instant;

use geojson::{GeoJson, GeometryValue, Position};
use walkers::{Map, MapMemory, Plugin, Projector, lon_lat};

const FRAMES: usize = 12;

type Line = Vec<[f64; 2]>;

fn lines_of(geometry: &GeometryValue, lines: &mut Vec<Line>) {
    let line = |positions: &[Position]| positions.iter().map(|at| [at[0], at[1]]).collect();
    match geometry {
        GeometryValue::LineString { coordinates } => lines.push(line(coordinates)),
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            lines.extend(coordinates.iter().map(|positions| line(positions)));
        }
        GeometryValue::MultiPolygon { coordinates } => {
            lines.extend(coordinates.iter().flatten().map(|positions| line(positions)));
        }
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                lines_of(&geometry.value, lines);
            }
        }
        GeometryValue::Point { .. } | GeometryValue::MultiPoint { .. } => {}
    }
}

fn read(path: &str) -> Vec<Line> {
    let text = std::fs::read_to_string(path).expect("a file");
    let mut lines = Vec::new();
    match text.parse().expect("GeoJSON") {
        GeoJson::FeatureCollection(collection) => {
            let geometries = collection.features.iter().filter_map(|feature| feature.geometry.as_ref());
            for geometry in geometries {
                lines_of(&geometry.value, &mut lines);
            }
        }
        GeoJson::Feature(feature) => {
            if let Some(geometry) = feature.geometry {
                lines_of(&geometry.value, &mut lines);
            }
        }
        GeoJson::Geometry(geometry) => lines_of(&geometry.value, &mut lines),
    }
    lines
}

struct Plain {
    started: Instant,
    lines: Vec<Line>,
    memory: Option<MapMemory>,
    first_frame_ms: Option<f64>,
    last: Option<Instant>,
    frame_ms: Vec<f64>,
}

impl eframe::App for Plain {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if let Some(last) = self.last.replace(Instant::now()) {
            self.first_frame_ms.get_or_insert(self.started.elapsed().as_secs_f64() * 1e3);
            self.frame_ms.push(last.elapsed().as_secs_f64() * 1e3);
        }
        match &mut self.memory {
            Some(memory) => {
                let shapes = Shapes(&self.lines);
                ui.add(Map::new(None, memory, lon_lat(90.0, 35.0)).with_plugin(shapes));
            }
            None => plain(ui, &self.lines, self.frame_ms.len() as f32),
        }
        ui.ctx().request_repaint();
        if self.frame_ms.len() == FRAMES {
            self.report();
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}

/// The world 2,048 points wide, a point farther to the left in each frame.
fn plain(ui: &egui::Ui, lines: &[Line], shift: f32) {
    let stroke = egui::Stroke::new(1.4, egui::Color32::DARK_BLUE);
    for line in lines {
        let place = |[lon, lat]: &[f64; 2]| {
            let y = (lat.to_radians().tan().asinh() / std::f64::consts::PI).clamp(-1.0, 1.0);
            egui::pos2((lon / 180.0 * 1024.0) as f32 + 720.0 - shift, 450.0 - (y * 1024.0) as f32)
        };
        ui.painter().add(egui::Shape::line(line.iter().map(place).collect(), stroke));
    }
}

struct Shapes<'a>(&'a [Line]);

impl Plugin for Shapes<'_> {
    fn run(
        self: Box<Self>,
        ui: &mut egui::Ui,
        _response: &egui::Response,
        projector: &Projector,
        _memory: &MapMemory,
    ) {
        let stroke = egui::Stroke::new(1.4, egui::Color32::DARK_BLUE);
        for line in self.0 {
            let points = line.iter().map(|[lon, lat]| projector.project(lon_lat(*lon, *lat)).to_pos2());
            ui.painter().add(egui::Shape::line(points.collect(), stroke));
        }
    }
}

impl Plain {
    fn report(&mut self) {
        self.frame_ms.sort_by(f64::total_cmp);
        let report = serde_json::json!({
            "complete_ms": self.first_frame_ms,
            "frame_ms_p50": self.frame_ms[FRAMES / 2],
        });
        println!("{report}");
    }
}

fn main() -> eframe::Result {
    let started = Instant::now();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.iter().find(|argument| !argument.starts_with("--")).expect("FILE");
    let memory = arguments.iter().any(|argument| argument == "--walkers").then(|| {
        let mut memory = MapMemory::default();
        let _ = memory.set_zoom(3.0);
        memory
    });
    let lines = read(path);
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..Default::default()
    };
    let plain = Plain { started, lines, memory, first_frame_ms: None, last: None, frame_ms: Vec::new() };
    eframe::run_native("plain shapes", options, Box::new(move |_| Ok(Box::new(plain))))
}
