//! An empty eframe window of the atlas's size, drawn again and again: the floor for start-up, memory and frames.
//!
//! `corridor-atlas profile` is measured against it (docs/performance.md). The numbers mean the same as there.

use std::time::Instant;

use cpu_time::ThreadTime;

const FRAMES: usize = 150;

struct Empty {
    started: Instant,
    first_frame_ms: Option<f64>,
    last: Option<ThreadTime>,
    cpu_ms: Vec<f64>,
}

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let now = ThreadTime::now();
        if let Some(last) = self.last.replace(now) {
            // The second call comes after the first frame was handed to the display.
            self.first_frame_ms.get_or_insert(self.started.elapsed().as_secs_f64() * 1e3);
            self.cpu_ms.push(now.duration_since(last).as_secs_f64() * 1e3);
        }
        match self.cpu_ms.len() {
            ..FRAMES => ui.ctx().request_repaint(),
            FRAMES => {
                self.report();
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
            }
            // Closing takes another frame.
            _ => {}
        }
    }
}

impl Empty {
    fn report(&mut self) {
        self.cpu_ms.sort_by(f64::total_cmp);
        let at = |share: f64| self.cpu_ms[(share * (FRAMES - 1) as f64) as usize];
        let report = serde_json::json!({
            "first_frame_ms": self.first_frame_ms,
            "cpu_ms_p50": at(0.5),
            "cpu_ms_p99": at(0.99),
            "peak_rss_mb": peak_rss_mb(),
        });
        println!("{report}");
    }
}

fn peak_rss_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

fn main() -> eframe::Result {
    let started = Instant::now();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..Default::default()
    };
    let empty = Empty { started, first_frame_ms: None, last: None, cpu_ms: Vec::with_capacity(FRAMES) };
    eframe::run_native("empty", options, Box::new(move |_| Ok(Box::new(empty))))
}
