//! A tour or the years taken out: in which form, and how far it is.

use egui::{Popup, Response, Ui};

use crate::state::{Command, TakeOutCommand, TourCommand};
use crate::tour::TourForm;
use crate::ui::card::{Card, card_ui};
use crate::ui::menu::entry_ui;
use crate::ui::widgets::button;
use crate::ui::{Commands, Context, Layout};

/// Of the menu and of the card, in points.
const WIDTH: f32 = 280.0;

/// What a press on `button` offers: the forms of a tour, or those that move.
pub(crate) fn forms_ui(context: &Context<'_>, button: &Response, is_tour: bool, commands: &mut Commands) {
    let texts = &context.strings.handout;
    let name = |form: TourForm| match form {
        TourForm::Html => &texts.html,
        TourForm::Pdf => &texts.pdf,
        TourForm::Gif => &texts.gif,
        TourForm::Apng => &texts.apng,
        TourForm::Mp4 => &texts.mp4,
        TourForm::Frames => &texts.frames,
    };
    let paper = context.look.paper(context.look.tokens.radius.card).inner_margin(8);
    Popup::menu(button).frame(paper).show(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        for form in TourForm::ALL.into_iter().filter(|form| is_tour || form.is_moving()) {
            if entry_ui(ui, context, name(form), "", false).clicked() {
                let wanted = if is_tour { TakeOutCommand::Tour(form) } else { TakeOutCommand::Years(form) };
                commands.push(Command::Tour(TourCommand::TakeOut(wanted)));
                ui.close();
            }
        }
    });
}

/// How far it is, with a way to stop.
pub(crate) fn taking_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let Some(taking) = context.state.tours.taking else { return };
    let texts = &context.strings.handout;
    let card = Card { name: "taking out", title: &texts.title, close: &texts.stop, width: WIDTH };
    let mut is_stopped = false;
    let is_closed = card_ui(ui, context, layout, card, |ui| {
        let (n, total) = (taking.done.to_string(), taking.total.to_string());
        ui.label(context.look.small(&texts.under_way.fill_all(&[("n", &n), ("total", &total)])));
        let share = taking.done as f32 / taking.total.max(1) as f32;
        ui.add(egui::ProgressBar::new(share).desired_width(WIDTH).desired_height(6.0));
        is_stopped = button(ui, context, None, &texts.stop, false).clicked();
    });
    if is_stopped || is_closed {
        commands.push(Command::Tour(TourCommand::TakeOut(TakeOutCommand::Stop)));
    }
}
