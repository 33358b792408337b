//! The line in which a filter is written, and what is wrong with it under the place where it is.

use egui::text::{LayoutJob, TextFormat};
use egui::{Id as EguiId, Margin, Stroke, Ui, vec2};

use crate::data::{FilterError, FilterErrorKind};
use crate::i18n::strings::TableTexts;
use crate::state::{Command, OpenFile, TableCommand};
use crate::theme::Face;
use crate::ui::look::colour;
use crate::ui::widgets::{Icon, icon_button};
use crate::ui::{Commands, Context};

const WIDTH: f32 = 420.0;

pub(super) fn filter_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile, commands: &mut Commands) {
    let (colours, strings) = (context.look.colours(), &context.strings.table);
    let error = file.filter.error.as_ref();
    let edge = if error.is_some() { colours.status.warn } else { colours.surface.line_strong };
    let frame = egui::Frame::new()
        .fill(colour(colours.surface.sunken))
        .stroke(Stroke::new(1.0, colour(edge)))
        .corner_radius(8)
        .inner_margin(Margin::symmetric(10, 4));
    let mut text = file.filter.text.clone();
    let filter = |text: String| Command::Table(TableCommand::Filter { key: file.key.clone(), text });
    if !text.is_empty() && icon_button(ui, context, Icon("close"), &strings.clear_filter, true).clicked() {
        commands.push(filter(String::new()));
    }
    let shown = frame.show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        ui.set_width(WIDTH.min(ui.available_width() - 20.0));
        let mut style = context.look.tokens.text.body;
        style.face = Face::Mono;
        let font = context.look.font(style);
        let ink = context.look.primary();
        let wrong = error.map(|error| error.at.clone());
        let underline = Stroke::new(1.5, colour(colours.status.warn));
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
        let edit = egui::TextEdit::singleline(&mut text)
            .id(EguiId::unique(("filter", &file.key)))
            .frame(egui::Frame::NONE)
            .align(egui::Align2::LEFT_CENTER)
            .hint_text(strings.filter_hint.as_str())
            .desired_width(f32::INFINITY)
            .layouter(&mut layouter);
        ui.add(edit)
    });
    if shown.inner.changed() {
        commands.push(filter(text));
    }
    if let Some(error) = error {
        told_under(ui, context, &shown.response, error);
    }
}

/// What is wrong, in words, under the field.
fn told_under(ui: &Ui, context: &Context<'_>, field: &egui::Response, error: &FilterError) {
    let area = egui::Area::new(EguiId::unique("what is wrong with the filter"))
        .fade_in(false)
        .order(egui::Order::Foreground)
        .fixed_pos(field.rect.left_top() - vec2(0.0, 44.0))
        .interactable(false);
    area.show(ui.ctx(), |ui| {
        context.look.paper(context.look.tokens.radius.card).inner_margin(Margin::symmetric(12, 7)).show(
            ui,
            |ui| {
                ui.label(context.look.small(said(&context.strings.table, error.kind)));
            },
        );
    });
}

fn said(strings: &TableTexts, kind: FilterErrorKind) -> &str {
    match kind {
        FilterErrorKind::WantsColumn => &strings.wants_column,
        FilterErrorKind::WantsOperator => &strings.wants_operator,
        FilterErrorKind::WantsValue => &strings.wants_value,
        FilterErrorKind::WantsEnd => &strings.wants_end,
        FilterErrorKind::WantsBracket => &strings.wants_bracket,
        FilterErrorKind::WantsQuote => &strings.wants_quote,
        FilterErrorKind::UnknownColumn => &strings.unknown_column,
        FilterErrorKind::TooDeep => &strings.too_deep,
    }
}
