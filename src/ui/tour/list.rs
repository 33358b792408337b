//! The sheet of tours: those that come along, a new one, a file, and why a file is none.

use std::sync::Arc;
use std::sync::OnceLock;

use egui::{Label, Ui};

use crate::state::{Command, FileCommand, TourCommand};
use crate::tour::{BUILT_IN, Fault, Tour, Wrong, built_in};
use crate::ui::look::colour;
use crate::ui::widgets::{Icon, Row, button, row, section};
use crate::ui::{Commands, Context};

/// The tours of the atlas, read once.
fn along() -> &'static [Arc<Tour>] {
    static ALONG: OnceLock<Vec<Arc<Tour>>> = OnceLock::new();
    ALONG.get_or_init(|| BUILT_IN.iter().filter_map(|(id, _)| built_in(id)).map(Arc::new).collect())
}

pub(crate) fn tours_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let texts = &context.strings.tours;
    if let Some(refused) = &context.state.tours.refused {
        let ink = colour(context.look.colours().status.error);
        ui.add(Label::new(context.look.strong(&texts.refused.fill("name", &refused.name)).color(ink)).wrap());
        for fault in &refused.faults {
            ui.add(Label::new(context.look.body(&told(context, fault))).wrap().selectable(true));
        }
        ui.add_space(6.0);
    }
    section(ui, context, &texts.along);
    for tour in along() {
        let title = tour.title.get(context.language());
        let look = Row { name: title, is_selected: false, height: 36.0, end_width: 0.0 };
        let response = row(ui, context, look, |ui| {
            ui.add_space(4.0);
            ui.label(context.look.body(title));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(4.0);
                let steps = texts.steps.fill(tour.steps.len());
                let minutes = texts.minutes.fill(tour.planned().div_ceil(60) as usize);
                ui.label(context.look.small(&format!("{steps} · {minutes}")));
            });
        });
        if response.clicked() {
            commands.push(Command::Tour(TourCommand::Open { tour: Arc::clone(tour), path: None }));
        }
    }
    ui.add_space(10.0);
    ui.horizontal_wrapped(|ui| {
        if button(ui, context, Some(Icon("plus")), &texts.new, false).clicked() {
            commands.push(Command::Tour(TourCommand::New));
        }
        if button(ui, context, None, &texts.open, false).clicked() {
            commands.push(Command::File(FileCommand::Choose));
        }
    });
    ui.add_space(4.0);
    ui.add(Label::new(context.look.small(&texts.hint)).wrap());
}

/// `Line 3: at = "zone/horgoss" cannot be read`.
fn told(context: &Context<'_>, fault: &Fault) -> String {
    let texts = &context.strings.tours;
    let reason = match &fault.wrong {
        Wrong::Form(what) => texts.wrong_form.fill("reason", what),
        Wrong::Version(version) => texts.wrong_version.fill("value", &version.to_string()),
        Wrong::NoSteps => texts.wrong_empty.clone(),
        Wrong::TooManySteps => texts.wrong_many.clone(),
        Wrong::Value { key, text, expected: _ } => {
            texts.wrong_value.fill_all(&[("name", key), ("value", text)])
        }
        Wrong::Months => texts.wrong_months.clone(),
    };
    texts.fault.fill_all(&[("line", &fault.line.to_string()), ("reason", &reason)])
}
