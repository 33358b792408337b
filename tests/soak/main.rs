//! A random person at the window: whatever they do, it goes on, and opens as it was left.
//!
//! `ATLAS_SOAK_SECS=3600 cargo test --test soak -- --nocapture` lets them stay for an hour; without it they stay
//! for two minutes.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use corridor_atlas::app::{App, Ready};
use corridor_atlas::cli::Sight;
use corridor_atlas::content::Content;
use corridor_atlas::i18n::Strings;
use corridor_atlas::state::{Command, Session, SessionCommand, State};
use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

const SIZE: egui::Vec2 = egui::vec2(1440.0, 900.0);

/// A file let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

struct Window(Harness<'static, App>);

impl Window {
    fn open() -> Self {
        let ready = Ready::read(&Sight::default()).expect("the embedded content reads");
        let builder = Harness::builder().with_size(SIZE).with_step_dt(1.0 / 30.0).with_max_steps(400).wgpu();
        let mut harness = builder.build_eframe(move |creation| App::new(creation, ready, None));
        harness.run();
        Self(harness)
    }

    fn state(&self) -> &State {
        self.0.state().state()
    }
}

const USUAL_SECS: u64 = 120;
/// Memory is looked at once all that is read once was read.
const WARM: f64 = 0.5;
/// What may be added after that, in megabytes: glyphs, parts of the ground and files still come in then.
const MOST_GROWTH_MB: f64 = 250.0;
/// Steps from one picture to the next.
const PICTURE: u64 = 25;
/// How often it tells where it stands.
const TOLD: f64 = 10.0;

/// So many files lie open at most: whoever looks at more takes some away.
const MOST_FILES: usize = 8;

/// Numbers that look random, the same in each run (xorshift64*, Vigna 2016).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % most
    }

    fn place(&mut self) -> egui::Pos2 {
        egui::pos2(self.below(SIZE.x as usize) as f32, self.below(SIZE.y as usize) as f32)
    }
}

const KEYS: [(Modifiers, Key); 22] = [
    (Modifiers::NONE, Key::N),
    (Modifiers::NONE, Key::P),
    (Modifiers::NONE, Key::C),
    (Modifiers::NONE, Key::S),
    (Modifiers::NONE, Key::D),
    (Modifiers::NONE, Key::L),
    (Modifiers::NONE, Key::M),
    (Modifiers::NONE, Key::Y),
    (Modifiers::NONE, Key::Space),
    (Modifiers::NONE, Key::Enter),
    (Modifiers::NONE, Key::Escape),
    (Modifiers::NONE, Key::Escape),
    (Modifiers::NONE, Key::Tab),
    (Modifiers::NONE, Key::Home),
    (Modifiers::NONE, Key::Plus),
    (Modifiers::NONE, Key::Minus),
    (Modifiers::NONE, Key::ArrowLeft),
    (Modifiers::NONE, Key::ArrowDown),
    (Modifiers::COMMAND, Key::Z),
    (Modifiers::COMMAND, Key::Y),
    (Modifiers::COMMAND, Key::K),
    (Modifiers::ALT, Key::ArrowLeft),
];
const WORDS: [&str; 6] = ["horgos", "霍尔果斯", "lanes >= 2", "~~~", "1992", "호르고스"];
const BUTTONS: [&str; 6] = ["中文", "한국어", "EN", "Zoom in", "Zoom out", "Close the details"];

/// The files that are dropped: one that is whole, one that is broken, one that is not there.
fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let feature = |n: usize| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"lanes\":{}}},\"geometry\":{{\"type\":\"LineString\",\
             \"coordinates\":[[{},{}],[{},{}]]}}}}",
            n % 5,
            70 + n % 40,
            20 + n % 30,
            71 + n % 40,
            21 + n % 30
        )
    };
    let features: Vec<String> = (0..5_000).map(feature).collect();
    let whole = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","));
    let paths = ["whole.geojson", "broken.geojson", "none.geojson"].map(|name| folder.join(name));
    std::fs::write(&paths[0], &whole).expect("written");
    std::fs::write(&paths[1], &whole[..whole.len() / 2]).expect("written");
    paths.to_vec()
}

fn act(window: &mut Window, chance: &mut Chance, files: &[PathBuf]) {
    match chance.below(16) {
        0..=5 => {
            let (modifiers, key) = KEYS[chance.below(KEYS.len())];
            window.0.key_press_modifiers(modifiers, key);
        }
        6..=8 => {
            let pos = chance.place();
            for pressed in [true, false] {
                let button = egui::PointerButton::Primary;
                window.0.hover_at(pos);
                window.0.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
            }
        }
        9 => {
            let (from, to) = (chance.place(), chance.place());
            window.0.drag_at(from);
            window.0.hover_at(to);
            window.0.drop_at(to);
        }
        10 | 11 => {
            window.0.hover_at(chance.place());
            let delta = egui::vec2(0.0, if chance.below(2) == 0 { 1.0 } else { -1.0 });
            window.0.event(Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta,
                phase: TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
        }
        12 => window.0.event(Event::Text(WORDS[chance.below(WORDS.len())].to_owned())),
        13 if window.state().files.iter().count() > MOST_FILES => {}
        13 => {
            let path = files[chance.below(files.len())].clone();
            window.0.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
        }
        14 => {
            let name = BUTTONS[chance.below(BUTTONS.len())];
            if let Some(button) = window.0.query_all_by_label(name).next() {
                button.click();
            }
        }
        _ => {
            let size = [SIZE, egui::vec2(720.0, 480.0), egui::vec2(1280.0, 720.0)][chance.below(3)];
            window.0.set_size(size);
        }
    }
    window.0.step();
}

/// Memory of this process that is in use, in megabytes; `None` where the system does not tell.
fn memory_mb() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kb| kb / 1024.0)
}

#[test]
fn a_random_person_breaks_nothing_and_finds_it_all_again() {
    let secs = std::env::var("ATLAS_SOAK_SECS").ok().and_then(|secs| secs.parse().ok()).unwrap_or(USUAL_SECS);
    let folder = tempfile::tempdir().expect("a folder");
    let files = files(folder.path());
    let mut window = Window::open();
    let mut chance = Chance(0x0A71_0A71);
    let (began, lasts) = (Instant::now(), Duration::from_secs(secs));
    let (mut steps, mut pictures, mut warm, mut told) = (0_u64, 0_u64, None, 1_u32);
    while began.elapsed() < lasts {
        act(&mut window, &mut chance, &files);
        // A person takes away what they have looked at.
        let key = window.state().files.iter().nth(4).map(|file| file.key.clone());
        if let Some(name) = key.and_then(|key| window.state().files.get(&key).map(|file| file.name.clone())) {
            let strings = Strings::embedded(window.state().settings.language);
            let remove = format!("{}: {name}", strings.words.remove);
            if let Some(button) = window.0.query_all_by_label(&remove).next() {
                button.click();
            }
        }
        steps += 1;
        if steps.is_multiple_of(PICTURE) {
            // What waits for the graphics card is handed over only with a picture. On a machine that is busy with
            // something else one may come too late.
            match window.0.render() {
                Ok(_) => pictures += 1,
                Err(error) => println!("no picture after {steps} steps: {error}"),
            }
        }
        if began.elapsed() > lasts.mul_f64(f64::from(told) / TOLD) {
            told += 1;
            let files = window.state().files.iter().count();
            println!("{steps} steps, {files} files, {:.0} MB", memory_mb().unwrap_or_default());
        }
        if warm.is_none() && began.elapsed() > lasts.mul_f64(WARM) {
            warm = memory_mb();
        }
    }
    assert!(pictures > steps / PICTURE / 2, "{pictures} pictures in {steps} steps");
    let now = memory_mb();
    println!("{steps} steps in {secs} s; memory {warm:?} MB half way, {now:?} MB at the end");
    if let (Some(warm), Some(now)) = (warm, now) {
        assert!(now - warm < MOST_GROWTH_MB, "from {warm:.0} to {now:.0} MB");
    }
    while window.state().tours.is_presented() {
        window.0.key_press_modifiers(Modifiers::NONE, Key::Escape);
        window.0.run();
    }
    window.0.set_size(SIZE);
    window.0.step();
    let left = window.state().session().expect("no show").to_json();
    let read = Session::from_json(&left).expect("it reads");
    let mut again = Content::embedded().expect("the embedded content reads").state;
    let viewport = window.state().view.viewport();
    let _ = again.apply(Command::SetViewport { size: viewport.size, padding: window.state().view.padding() });
    let _ = again.apply(Command::Session(SessionCommand::Restore(Box::new(read))));
    let found = again.session().expect("no show").to_json();
    let differs = left.lines().zip(found.lines()).find(|(left, found)| left != found);
    assert_eq!((differs, left.len()), (None, found.len()));
}
