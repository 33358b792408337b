//! The line in which a filter is written, and what is wrong with it under the place where it is.

use egui::text::{LayoutJob, TextFormat};
use egui::{Id as EguiId, Margin, Stroke, Ui, vec2};

use super::complete::{completed, offer_ui, takes_tab};
use crate::data::{FilterError, Table};
use crate::state::{Command, RowFilter, Subject, TableCommand};
use crate::theme::Face;
use crate::ui::look::colour;
use crate::ui::widgets::{Icon, icon_button};
use crate::ui::{Commands, Context};

const WIDTH: f32 = 420.0;

pub(super) fn filter_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (of, filter, table): (&Subject, &RowFilter, Option<&Table>),
    commands: &mut Commands,
) {
    let (colours, strings) = (context.look.colours(), &context.strings.table);
    let error = filter.error.as_ref();
    let edge = if error.is_some() { colours.status.warn } else { colours.surface.line_strong };
    let frame = egui::Frame::new()
        .fill(colour(colours.surface.sunken))
        .stroke(Stroke::new(1.0, colour(edge)))
        .corner_radius(8)
        .inner_margin(Margin::symmetric(10, 4));
    let mut text = filter.text.clone();
    let asked = |text: String| Command::Table(TableCommand::Filter { of: of.clone(), text });
    if !text.is_empty() && icon_button(ui, context, Icon("close"), &strings.clear_filter, true).clicked() {
        commands.push(asked(String::new()));
    }
    let id = EguiId::unique(("filter", of));
    let is_completed = completed(ui, id, &mut text);
    let shown = frame.show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        ui.set_width(WIDTH.min(ui.available_width() - 20.0));
        field_ui(ui, context, (id, &mut text), error)
    });
    if shown.inner.changed() || is_completed {
        commands.push(asked(text.clone()));
    }
    let has_focus = shown.inner.has_focus();
    let offers =
        has_focus && table.is_some_and(|table| offer_ui(ui, context, (id, &shown.response), (&text, table)));
    if let Some(error) = error.filter(|_| !offers) {
        told_above(ui, context, &shown.response, error);
    }
}

fn field_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (id, text): (EguiId, &mut String),
    error: Option<&FilterError>,
) -> egui::Response {
    let mut style = context.look.tokens.text.body;
    style.face = Face::Mono;
    let font = context.look.font(style);
    let ink = context.look.primary();
    let wrong = error.map(|error| error.at.clone());
    let underline = Stroke::new(1.5, colour(context.look.colours().status.warn));
    let mut layouter = |ui: &Ui, text: &dyn egui::TextBuffer, _width: f32| {
        let text = text.as_str();
        let plain = TextFormat { font_id: font.clone(), color: ink, ..TextFormat::default() };
        let mut job = LayoutJob::default();
        match wrong.clone().filter(|at| text.get(at.clone()).is_some() && !at.is_empty()) {
            Some(at) => {
                let marked = TextFormat { underline, ..plain.clone() };
                job.append(&text[..at.start], 0.0, plain.clone());
                job.append(&text[at.clone()], 0.0, marked);
                job.append(&text[at.end..], 0.0, plain);
            }
            None => job.append(text, 0.0, plain),
        }
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let edit = egui::TextEdit::singleline(text)
        .id(id)
        .frame(egui::Frame::NONE)
        .align(egui::Align2::LEFT_CENTER)
        .hint_text(context.strings.table.filter_hint.as_str())
        .desired_width(f32::INFINITY)
        .lock_focus(takes_tab(ui, id))
        .layouter(&mut layouter);
    ui.add(edit)
}

/// What is wrong, in words, above the field.
fn told_above(ui: &Ui, context: &Context<'_>, field: &egui::Response, error: &FilterError) {
    let area = egui::Area::new(EguiId::unique("what is wrong with the filter"))
        .fade_in(false)
        .order(egui::Order::Foreground)
        .fixed_pos(field.rect.left_top() - vec2(0.0, 44.0))
        .interactable(false);
    area.show(ui.ctx(), |ui| {
        context.look.paper(context.look.tokens.radius.card).inner_margin(Margin::symmetric(12, 7)).show(
            ui,
            |ui| {
                ui.label(context.look.small(crate::format::filter_fault(context.strings, error.kind)));
            },
        );
    });
}
