//! The sheet of the flight check: green, or a list that leads to each fault.

use egui::{Label, Sense, Ui, vec2};

use crate::state::{Command, TourCommand};
use crate::tour::Finding;
use crate::ui::look::colour;
use crate::ui::widgets::{Icon, Row, button, paint_icon, row, section};
use crate::ui::{Commands, Context};

pub(crate) fn flight_ui(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let texts = &context.strings.flight;
    let Some(findings) = &context.state.tours.findings else {
        ui.spinner();
        return;
    };
    let (remarks, faults): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.is_remark());
    if faults.is_empty() {
        let green = colour(context.look.colours().status.ok);
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
            paint_icon(ui.painter(), Icon("check"), rect.center(), 2.0, green);
            ui.label(context.look.strong(&texts.ready).color(green));
        });
    } else {
        section(ui, context, &texts.faults.fill(faults.len()));
        for finding in faults {
            finding_ui(ui, context, finding, commands);
        }
    }
    if !remarks.is_empty() {
        section(ui, context, &texts.remarks.fill(remarks.len()));
        for finding in remarks {
            finding_ui(ui, context, finding, commands);
        }
    }
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        if button(ui, context, None, &texts.again, false).clicked() {
            commands.push(Command::Tour(TourCommand::Check));
        }
        if button(ui, context, Some(Icon("play")), &context.strings.presenter.start, true).clicked() {
            commands.push(Command::Tour(TourCommand::Present));
        }
    });
}

/// A press leads to the step, with its words open.
fn finding_ui(ui: &mut Ui, context: &Context<'_>, finding: &Finding, commands: &mut Commands) {
    let place = finding.place(context.strings);
    let told = finding.told(context.strings);
    let name = format!("{place}: {told}");
    let look = Row { name: &name, is_selected: false, height: 44.0, end_width: 0.0 };
    let response = row(ui, context, look, |ui| {
        ui.add_space(4.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(context.look.small(&place));
            ui.add(Label::new(context.look.body(&told)).truncate());
        });
    });
    if response.on_hover_text(told).clicked()
        && let Some(step) = finding.step
    {
        commands.push(Command::SetSheet(None));
        commands.push(Command::Tour(TourCommand::Go(step)));
        commands.push(Command::Tour(TourCommand::Edit(Some(step))));
    }
}
