//! Walks a fixed path in the real window and measures it: start, idle, pan, zoom, answers, hits.
//!
//! `cpu_ms` is the processor time of the window's thread from the begin of one frame to the begin of the
//! next; `frame_ms` is the wall time, which a software driver makes long.

use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use serde::Serialize;

use crate::atlas::Kind;
use crate::geo::{Camera, LonLat, ScreenPoint, Viewport};
use crate::i18n::Language;
use crate::scene::{Scenery, pick};
use crate::state::{Command, FileContent, State};
use crate::ui::Commands;

/// Frames of a pan or zoom.
const FRAMES: usize = 150;
/// Points a frame pans.
const STEP: f64 = 9.0;
/// How long nothing may be drawn.
const IDLE: Duration = Duration::from_millis(1_200);
/// A start is over when nothing was drawn for so long, or after so many frames.
const SETTLED: Duration = Duration::from_millis(700);
const MOST_SETTLING: u32 = 30;
/// Panels of a kind that are opened.
const THINGS_OF_A_KIND: usize = 6;
/// Places that are hit.
const HITS: u32 = 2_000;
/// Where pan and zoom happen, and from which zoom to which.
const PLACE: LonLat = LonLat::new(85.0, 42.0);
const ZOOMS: (f64, f64) = (3.2, 9.5);

/// A measurement under way.
#[derive(Debug)]
pub struct Profile {
    started: Instant,
    pub(super) is_json: bool,
    phase: Phase,
    last: Option<(Instant, ThreadTime)>,
    samples: Vec<Sample>,
    report: Report,
    /// Keys of the files that the report has; two may have one path.
    noted: Vec<String>,
    pub(super) done: Option<Sender<Report>>,
}

/// What is being measured; the phases follow each other in this order.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    FirstFrame,
    Complete,
    /// The display still tells where the pointer is and what has the focus.
    Settle {
        frames: u32,
    },
    Idle {
        since: Instant,
        frames: u32,
    },
    Pan {
        frame: usize,
    },
    Zoom {
        frame: usize,
    },
    Answers {
        frame: usize,
    },
    Hits,
    Done,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    wall_ms: f64,
    cpu_ms: f64,
}

/// The answer, in the shape of the command line's contract.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Report {
    pub(super) adapter: String,
    first_frame_ms: f64,
    complete_ms: f64,
    /// Opened with the window.
    files: Vec<OpenedFile>,
    /// Frames drawn while nothing happened.
    idle_frames: u32,
    pan: Frames,
    zoom: Frames,
    /// The frames that open a panel or change the language.
    answer: Frames,
    hit_us_p50: f64,
    hit_us_p99: f64,
    /// `null` where the system does not tell.
    peak_rss_mb: Option<f64>,
}

#[derive(Clone, Debug, Default, Serialize)]
struct OpenedFile {
    path: String,
    bytes: u64,
    vertices: usize,
    /// From the start of the process to the first frame with the file on it.
    open_ms: f64,
}

#[derive(Clone, Debug, Default, Serialize)]
struct Frames {
    #[serde(rename = "frames")]
    count: usize,
    frame_ms_p50: f64,
    frame_ms_p99: f64,
    cpu_ms_p50: f64,
    cpu_ms_p99: f64,
}

/// What the profile sees of the program.
pub(super) struct Seen<'a> {
    pub(super) is_complete: bool,
    pub(super) state: &'a State,
    pub(super) scenery: &'a Scenery,
    pub(super) ctx: &'a egui::Context,
}

impl Profile {
    /// `started` is the begin of the process, as near as it can tell.
    #[must_use]
    pub fn new(started: Instant, is_json: bool) -> Self {
        Self {
            started,
            is_json,
            phase: Phase::FirstFrame,
            last: None,
            samples: Vec::with_capacity(FRAMES),
            report: Report::default(),
            noted: Vec::new(),
            done: None,
        }
    }

    pub(super) fn set_adapter(&mut self, name: String) {
        self.report.adapter = name;
    }

    /// Called at the begin of each frame: the one before has been handed to the display.
    pub(super) fn frame(&mut self, seen: &Seen<'_>, commands: &mut Commands) {
        let (now, cpu) = (Instant::now(), ThreadTime::now());
        let Some((last_now, last_cpu)) = self.last.replace((now, cpu)) else {
            // The first frame is only begun.
            seen.ctx.request_repaint();
            return;
        };
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let sample = Sample { wall_ms: ms(now - last_now), cpu_ms: ms(cpu.duration_since(last_cpu)) };
        let since_start = ms(now - self.started);
        if self.phase == Phase::FirstFrame {
            self.report.first_frame_ms = since_start;
            self.phase = Phase::Complete;
        }
        if self.phase == Phase::Complete {
            self.note_files(seen, since_start);
        }
        let files = seen.state.files.iter().count();
        if self.phase == Phase::Complete && seen.is_complete && self.report.files.len() == files {
            self.report.complete_ms = since_start;
            self.phase = Phase::Settle { frames: 0 };
            seen.ctx.request_repaint_after(SETTLED);
            return;
        }
        match self.phase {
            Phase::FirstFrame | Phase::Complete | Phase::Done => {}
            Phase::Settle { frames } => self.settle(frames, (now, now - last_now), seen),
            Phase::Idle { since, frames } => self.idle((since, frames, now), seen, commands),
            Phase::Pan { frame } => self.pan(frame, sample, seen, commands),
            Phase::Zoom { frame } => self.zoom(frame, sample, seen, commands),
            Phase::Answers { frame } => self.answer(frame, sample, seen, commands),
            Phase::Hits => self.finish(seen),
        }
    }

    /// Notes each file once it is on the picture, areas included.
    fn note_files(&mut self, seen: &Seen<'_>, since_start: f64) {
        let zoom = seen.state.view.camera().zoom;
        for file in seen.state.files.iter() {
            let path = file.path.display().to_string();
            let is_noted = self.noted.contains(&file.key);
            let Some(dataset) = file.whole().filter(|_| seen.is_complete && !is_noted) else { continue };
            if dataset.has_areas && dataset.level(zoom).is_some_and(|level| level.areas().is_none()) {
                continue;
            }
            let (bytes, vertices) = (dataset.source().len() as u64, dataset.vertices());
            self.noted.push(file.key.clone());
            self.report.files.push(OpenedFile { path, bytes, vertices, open_ms: since_start });
        }
        if seen.state.files.iter().any(|file| matches!(file.content, FileContent::Failed(_))) {
            // What cannot be read is not waited for: the window says why.
            seen.ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    /// It is idle once no frame came for a while; a window that never rests is measured all the same.
    fn settle(&mut self, frames: u32, (now, since_last): (Instant, Duration), seen: &Seen<'_>) {
        if since_last < SETTLED && frames < MOST_SETTLING {
            self.phase = Phase::Settle { frames: frames + 1 };
            seen.ctx.request_repaint_after(SETTLED);
            return;
        }
        self.phase = Phase::Idle { since: now, frames: 0 };
        seen.ctx.request_repaint_after(IDLE);
    }

    /// The frame that ends the wait is asked for; any other was drawn for nothing.
    fn idle(
        &mut self,
        (since, frames, now): (Instant, u32, Instant),
        seen: &Seen<'_>,
        commands: &mut Commands,
    ) {
        if now - since < IDLE {
            self.phase = Phase::Idle { since, frames: frames + 1 };
            seen.ctx.request_repaint_after(IDLE.saturating_sub(now - since));
            return;
        }
        self.report.idle_frames = frames;
        self.phase = Phase::Pan { frame: 0 };
        commands.push(Command::LookAt(Camera::new(PLACE, 5.0)));
        seen.ctx.request_repaint();
    }

    fn pan(&mut self, frame: usize, sample: Sample, seen: &Seen<'_>, commands: &mut Commands) {
        seen.ctx.request_repaint();
        // The jump to the place is not part of the pan.
        if frame > 1 {
            self.samples.push(sample);
        }
        if frame == FRAMES {
            self.report.pan = frames(&mut self.samples);
            self.phase = Phase::Zoom { frame: 0 };
            commands.push(Command::LookAt(Camera::new(PLACE, ZOOMS.0)));
            return;
        }
        // There and back again, a little up and down.
        let sign = if frame < FRAMES / 2 { -1.0 } else { 1.0 };
        let dy = (frame as f64 / 20.0).sin() * STEP / 3.0;
        commands.push(Command::Pan { dx: sign * STEP, dy });
        self.phase = Phase::Pan { frame: frame + 1 };
    }

    fn zoom(&mut self, frame: usize, sample: Sample, seen: &Seen<'_>, commands: &mut Commands) {
        seen.ctx.request_repaint();
        if frame > 1 {
            self.samples.push(sample);
        }
        if frame == FRAMES {
            self.report.zoom = frames(&mut self.samples);
            self.phase = Phase::Answers { frame: 0 };
            return;
        }
        let share = frame as f64 / FRAMES as f64;
        let there = 1.0 - (2.0 * share - 1.0).abs();
        let zoom = ZOOMS.0 + (ZOOMS.1 - ZOOMS.0) * there;
        commands.push(Command::LookAt(Camera::new(PLACE, zoom)));
        self.phase = Phase::Zoom { frame: frame + 1 };
    }

    /// Panels and languages in turn, none seen twice in the same language.
    fn answer(&mut self, frame: usize, sample: Sample, seen: &Seen<'_>, commands: &mut Commands) {
        seen.ctx.request_repaint();
        if frame > 0 {
            self.samples.push(sample);
        }
        let things = [Kind::Zone, Kind::Corridor, Kind::Project].map(|kind| seen.state.catalog.ids(kind));
        let mut things = things.iter().flat_map(|ids| ids.iter().take(THINGS_OF_A_KIND));
        let count = Language::ALL.len();
        let Some(thing) = things.nth(frame / count) else {
            self.report.answer = frames(&mut self.samples);
            self.phase = Phase::Hits;
            return;
        };
        if frame.is_multiple_of(count) {
            commands.push(Command::Select(Some(thing.clone())));
        } else {
            commands.push(Command::SetLanguage(Language::ALL[frame % count]));
        }
        self.phase = Phase::Answers { frame: frame + 1 };
    }

    fn finish(&mut self, seen: &Seen<'_>) {
        (self.report.hit_us_p50, self.report.hit_us_p99) = hits(seen);
        self.report.peak_rss_mb = peak_rss_mb();
        self.phase = Phase::Done;
        if let Some(done) = self.done.take() {
            // Nobody waits for it any more only when the program is ending anyway.
            let _ = done.send(self.report.clone());
        }
        seen.ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }
}

impl Report {
    /// The answer for standard output.
    pub(super) fn written(&self, is_json: bool) -> String {
        if is_json {
            return serde_json::to_string_pretty(self).map(|text| text + "\n").unwrap_or_default();
        }
        let line = |name: &str, one: &Frames| {
            format!(
                "{name}: cpu {:.1} ms, p99 {:.1}; frame {:.1} ms, p99 {:.1} ({} frames)\n",
                one.cpu_ms_p50, one.cpu_ms_p99, one.frame_ms_p50, one.frame_ms_p99, one.count
            )
        };
        let files = self.files.iter().map(|file| {
            let (mb, vertices) = (file.bytes >> 20, file.vertices);
            format!("{}: {mb} MB, {vertices} vertices, {:.0} ms\n", file.path, file.open_ms)
        });
        let files: String = files.collect();
        let memory = self.peak_rss_mb.map(|mb| format!("peak memory: {mb:.0} MB\n")).unwrap_or_default();
        format!(
            "adapter: {}\nfirst frame: {:.0} ms\ncomplete: {:.0} ms\nidle frames: {}\n{files}{}{}{}hit: {:.0} µs, p99 {:.0}\n{memory}",
            self.adapter,
            self.first_frame_ms,
            self.complete_ms,
            self.idle_frames,
            line("pan", &self.pan),
            line("zoom", &self.zoom),
            line("answer", &self.answer),
            self.hit_us_p50,
            self.hit_us_p99,
        )
    }
}

fn frames(samples: &mut Vec<Sample>) -> Frames {
    let of = |value: fn(&Sample) -> f64| {
        let mut values: Vec<f64> = samples.iter().map(value).collect();
        (percentile(&mut values, 0.5), percentile(&mut values, 0.99))
    };
    let (frame_ms_p50, frame_ms_p99) = of(|sample| sample.wall_ms);
    let (cpu_ms_p50, cpu_ms_p99) = of(|sample| sample.cpu_ms);
    let count = samples.len();
    samples.clear();
    Frames { count, frame_ms_p50, frame_ms_p99, cpu_ms_p50, cpu_ms_p99 }
}

/// The value below which `share` (0 to 1) of the values lie: the nearest rank.
fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (share * values.len() as f64).ceil() as usize;
    values.get(rank.max(1) - 1).copied().unwrap_or_default()
}

/// Microseconds of a hit test at places spread over the window (a Weyl sequence: even, and the same each time).
fn hits(seen: &Seen<'_>) -> (f64, f64) {
    let size = seen.state.view.viewport().size;
    let viewport = Viewport::clamped(Camera::new(PLACE, 4.5), size);
    let mut took: Vec<f64> = (0..HITS)
        .map(|number| {
            let share = |step: f64| (f64::from(number) * step).fract();
            let point =
                ScreenPoint::new(share(0.754_877_666) * size.width, share(0.569_840_291) * size.height);
            let begin = Instant::now();
            std::hint::black_box(pick(seen.state, seen.scenery, &viewport, point));
            begin.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    (percentile(&mut took, 0.5), percentile(&mut took, 0.99))
}

/// The most memory the process had, from the kernel's own count.
fn peak_rss_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some((kib / 1024.0 * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_value_at_its_rank() {
        let mut values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!(percentile(&mut values, 0.5), 100.0);
        assert_eq!(percentile(&mut values, 0.99), 198.0);
        assert_eq!(percentile(&mut [], 0.5), 0.0);
        assert_eq!(percentile(&mut [7.0], 0.99), 7.0);
    }
}
