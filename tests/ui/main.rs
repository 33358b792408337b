//! The window's parts, found by their names as a screen reader finds them, pressed, and asked what they did.

use corridor_atlas::app::{App, Ready};
use corridor_atlas::atlas::Id;
use corridor_atlas::cli::Sight;
use corridor_atlas::geo::{Camera, LonLat};
use corridor_atlas::state::State;
use corridor_atlas::theme::Theme;
use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

mod commands;
mod compare;
mod cut_off;
mod files;
mod join;
mod knowing;
mod learning;
mod map;
mod panels;
mod strip;
mod table;
mod timeline;
mod tools;
mod tours;

const SIZE: egui::Vec2 = vec2(1440.0, 900.0);

struct Window(Harness<'static, App>);

impl Window {
    fn open() -> Self {
        Self::open_with(&Sight { theme: Some(Theme::Light), ..Sight::default() }, SIZE)
    }

    fn open_with(sight: &Sight, size: egui::Vec2) -> Self {
        let ready = Ready::read(sight).expect("the embedded content reads");
        let builder = Harness::builder().with_size(size).with_step_dt(1.0 / 30.0).with_max_steps(400).wgpu();
        let mut harness = builder.build_eframe(move |creation| App::new(creation, ready, None));
        harness.run();
        Self(harness)
    }

    /// The map alone around a place, which lies in the middle of the window.
    fn at(lon: f64, lat: f64, zoom: f64) -> Self {
        let camera = Camera::new(LonLat::new(lon, lat), zoom);
        let view = Some(corridor_atlas::cli::View(camera));
        Self::open_with(&Sight { view, ..Sight::default() }, SIZE)
    }

    fn state(&self) -> &State {
        self.0.state().state()
    }

    fn selected(&self) -> Option<String> {
        self.state().picks.selected.as_ref().map(ToString::to_string)
    }

    /// Presses what has this role and name: a name alone may stand in a label beside it too.
    fn press(&mut self, role: Role, label: &str) {
        self.0.get_by_role_and_label(role, label).click();
        self.0.run();
    }

    fn click(&mut self, label: &str) {
        self.0.get_by_label(label).click();
        self.0.run();
    }

    /// What a press of the button puts on the clipboard.
    fn copied_by(&mut self, label: &str) -> String {
        self.0.get_by_label(label).click();
        // The clipboard's commands are of one frame, so each is looked at.
        for _ in 0..4 {
            self.0.step();
            let commands = &self.0.output().platform_output.commands;
            let text = commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
            if let Some(text) = text {
                return text;
            }
        }
        panic!("nothing was copied by {label}");
    }

    fn click_at(&mut self, pos: Pos2) {
        self.0.hover_at(pos);
        self.0.run();
        for pressed in [true, false] {
            let event = egui::Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            self.0.event(event);
            self.0.run();
        }
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        let button = |pos: Pos2, pressed: bool| egui::Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.0.hover_at(from);
        self.0.event(button(from, true));
        self.0.run();
        for share in [0.3, 0.7, 1.0] {
            self.0.hover_at(from + (to - from) * share);
            self.0.run();
        }
        self.0.event(button(to, false));
        self.0.run();
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.0.run();
    }

    fn type_text(&mut self, text: &str) {
        self.0.event(egui::Event::Text(text.to_owned()));
        self.0.run();
    }

    fn says(&self, label: &str) -> bool {
        self.0.query_all_by_label(label).next().is_some()
    }
}

fn middle() -> Pos2 {
    (SIZE / 2.0).to_pos2()
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}
