//! In which coordinate system a file is, how exactly that is known, and what is asked where it is not.

use egui::{Label, Sense, TextEdit, Ui};

use super::super::look::colour;
use super::super::{Commands, Context};
use crate::catalog::words::length;
use crate::data::{Dataset, Doubt};
use crate::format::placed_text;
use crate::geo::crs::{Offset, Suspicion, find};
use crate::state::{Command, FileCommand, OpenFile, Placing};

/// Longitude and latitude of WGS84.
const DEGREES: &str = "EPSG:4326";
/// Systems that are offered.
const MOST_GUESSES: usize = 4;

/// What is known of a file's numbers, and what is asked.
pub(super) fn placed_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (file, dataset): (&OpenFile, &Dataset),
    commands: &mut Commands,
) {
    if let Some(placed) = &dataset.placed {
        let told = context.look.small(&placed_text::placed(context.strings, placed));
        let told = if placed.is_far { told.color(colour(context.look.colours().status.warn)) } else { told };
        ui.add(Label::new(told).wrap().selectable(true));
        if placed.is_far && dataset.doubt.is_none() {
            other_ui(ui, context, file, commands);
        }
    }
    if let Some(doubt) = dataset.doubt.as_ref().filter(|_| !file.placing.is_settled) {
        doubt_ui(ui, context, (file, doubt), commands);
    }
    // The way back: to the question, or to what the file says.
    if !file.placing.is_plain() {
        let texts = &context.strings.crs;
        let text = if file.placing.is_settled { &texts.other } else { &texts.keep };
        if choice(ui, context, text) {
            commands.push(place(file, Placing::default()));
        }
    }
}

/// A line that can be pressed; whether it was.
fn choice(ui: &mut Ui, context: &Context<'_>, text: &str) -> bool {
    let ink = colour(context.look.colours().accent.fill);
    let label = Label::new(context.look.small(text).color(ink).underline()).wrap().sense(Sense::click());
    let response = ui.add(label).on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    response.clicked()
}

fn place(file: &OpenFile, placing: Placing) -> Command {
    Command::File(FileCommand::Place { key: file.key.clone(), placing })
}

fn doubt_ui(ui: &mut Ui, context: &Context<'_>, (file, doubt): (&OpenFile, &Doubt), commands: &mut Commands) {
    let texts = &context.strings.crs;
    let Some(asked) = placed_text::asked(context.strings, doubt) else { return };
    let warn = colour(context.look.colours().status.warn);
    ui.add(Label::new(context.look.small(&asked).color(warn)).wrap());
    if matches!(doubt.suspicion, Suspicion::Swapped | Suspicion::PerhapsSwapped)
        && choice(ui, context, &texts.swap)
    {
        commands.push(place(file, Placing { swap: !file.placing.swap, ..file.placing.clone() }));
    }
    if doubt.suspicion == Suspicion::Degrees && choice(ui, context, &texts.as_degrees) {
        commands.push(place(file, Placing { system: Some(DEGREES.to_owned()), ..Placing::default() }));
    }
    for guess in doubt.guesses.iter().take(MOST_GUESSES) {
        let code = format!("{}:{}", guess.authority, guess.code);
        if choice(ui, context, &placed_text::guessed(context.strings, guess)) {
            let placing = Placing { system: Some(code), swap: guess.is_swapped, ..Placing::default() };
            commands.push(place(file, placing));
        }
    }
    other_ui(ui, context, file, commands);
    if choice(ui, context, &texts.keep) {
        commands.push(place(file, Placing { is_settled: true, ..file.placing.clone() }));
    }
    ui.add_space(4.0);
}

/// A field for any other system, by its code or words of its name, with what may be meant below.
fn other_ui(ui: &mut Ui, context: &Context<'_>, file: &OpenFile, commands: &mut Commands) {
    let texts = &context.strings.crs;
    let id = ui.scope_id().with(("another system", &file.key));
    let mut typed: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = TextEdit::singleline(&mut typed)
        .id(id.with("field"))
        .hint_text(texts.code_or_name.as_str())
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    response.widget_info(|| {
        egui::WidgetInfo::text_edit(true, typed.as_str(), typed.as_str(), texts.code_or_name.as_str())
    });
    let near = context.state.view.camera().center.to_lonlat();
    let found = find(&typed, Some(near), MOST_GUESSES);
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    for (number, system) in found.iter().enumerate() {
        let code = format!("{}:{}", system.authority, system.code);
        let text = texts.guess.fill_all(&[("code", &code), ("name", system.name)]);
        if choice(ui, context, &text) || (is_entered && number == 0) {
            commands.push(place(file, Placing { system: Some(code), ..Placing::default() }));
        }
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
}

/// In the style of a file: offsets of map services that can be taken off, and how far that moves it.
pub(in crate::ui) fn offsets_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    file: &OpenFile,
    commands: &mut Commands,
) {
    let texts = &context.strings.crs;
    let Some(middle) =
        file.whole().and_then(|dataset| dataset.bounds).map(|bounds| bounds.center().to_lonlat())
    else {
        return;
    };
    for offset in Offset::ALL {
        let metres = offset.shift_m(middle);
        // Outside of China the services add nothing.
        if metres < 1.0 || file.placing.offset() == Some(offset) {
            continue;
        }
        let text = texts.offer.fill("name", offset.name());
        if choice(ui, context, &text) {
            let placing = Placing { offset: Some(offset.name().to_owned()), ..file.placing.clone() };
            commands.push(place(file, placing));
        }
        ui.label(context.look.small(&texts.offer_shift.fill("m", &length(context.strings, metres))));
    }
}
