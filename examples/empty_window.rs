//! An empty eframe window that tells when its first frame was presented: the floor for start-up.
//!
//! `corridor-atlas profile` is measured against it (docs/performance.md).

use std::time::{Duration, Instant};

struct Empty {
    started: Instant,
    frames: u32,
}

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frames += 1;
        // The second call comes after the first frame was handed to the display.
        match self.frames {
            1 => ui.ctx().request_repaint(),
            2 => println!("{{\"first_frame_ms\":{:.1}}}", self.started.elapsed().as_secs_f64() * 1e3),
            _ => ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close),
        }
        if self.frames == 2 {
            ui.ctx().request_repaint_after(Duration::from_millis(300));
        }
    }
}

fn main() -> eframe::Result {
    let started = Instant::now();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        ..Default::default()
    };
    eframe::run_native(
        "empty",
        options,
        Box::new(move |_| Ok(Box::new(Empty { started, frames: 0 }))),
    )
}
