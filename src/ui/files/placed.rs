//! In which coordinate system a file is, how exactly that is known, and what is asked where it is not.

use egui::{Label, Ui};

use super::super::look::colour;
use super::super::widgets::button;
use super::super::{Commands, Context};
use crate::catalog::words::length;
use crate::data::{Dataset, Doubt, Placed};
use crate::geo::crs::{Guess, Offset, Suspicion};
use crate::state::{Command, FileCommand, OpenFile, Placing};

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
        for line in told(context, placed) {
            ui.add(Label::new(context.look.small(&line)).wrap().selectable(true));
        }
    }
    if let Some(doubt) = dataset.doubt.as_ref().filter(|_| !file.placing.is_settled) {
        doubt_ui(ui, context, (file, doubt), commands);
    }
    if !file.placing.is_plain() {
        let keep = &context.strings.crs.keep;
        if button(ui, context, None, keep, false).clicked() {
            let placing = Placing { is_settled: true, ..Placing::default() };
            commands.push(place(file, placing));
        }
    }
}

fn place(file: &OpenFile, placing: Placing) -> Command {
    Command::File(FileCommand::Place { key: file.key.clone(), placing })
}

/// `EPSG:3857 · WGS 84 / Pseudo-Mercator · as exact as the file`, and what was moved.
fn told(context: &Context<'_>, placed: &Placed) -> Vec<String> {
    let texts = &context.strings.crs;
    let metres = |metres: f64| length(context.strings, metres);
    let accuracy = if placed.accuracy_m > 0.0 {
        texts.within.fill("m", &metres(placed.accuracy_m))
    } else {
        texts.as_file.clone()
    };
    let name = placed.system.as_str();
    let mut lines = vec![match &placed.code {
        Some(code) => texts.line.fill_all(&[("code", code), ("name", name), ("accuracy", &accuracy)]),
        None => texts.line_named.fill_all(&[("name", name), ("accuracy", &accuracy)]),
    }];
    if let (Some(offset), Some(shift)) = (placed.offset, placed.shift_m) {
        lines.push(texts.offset.fill_all(&[("name", offset.name()), ("m", &metres(shift))]));
    } else if let (Some(code), Some(shift)) = (&placed.shift, placed.shift_m) {
        lines.push(texts.shifted.fill_all(&[("m", &metres(shift)), ("shift", code)]));
    }
    if placed.is_swapped {
        lines.push(texts.swapped.clone());
    }
    lines
}

fn doubt_ui(ui: &mut Ui, context: &Context<'_>, (file, doubt): (&OpenFile, &Doubt), commands: &mut Commands) {
    let texts = &context.strings.crs;
    let asked = match (doubt.suspicion, &doubt.unknown) {
        (Suspicion::Metres, _) => texts.ask_metres.clone(),
        (Suspicion::Swapped, _) => texts.ask_swapped.clone(),
        (Suspicion::PerhapsSwapped, _) => texts.ask_arctic.clone(),
        (Suspicion::None, Some(name)) => texts.unknown.fill("name", name),
        (Suspicion::None, None) => return,
    };
    let warn = colour(context.look.colours().status.warn);
    ui.add(Label::new(context.look.small(&asked).color(warn)).wrap());
    if matches!(doubt.suspicion, Suspicion::Swapped | Suspicion::PerhapsSwapped)
        && button(ui, context, None, &texts.swap, false).clicked()
    {
        commands.push(place(file, Placing { swap: !file.placing.swap, ..file.placing.clone() }));
    }
    for guess in doubt.guesses.iter().take(MOST_GUESSES) {
        let code = format!("{}:{}", guess.authority, guess.code);
        if button(ui, context, None, &guessed(context, guess, &code), false).clicked() {
            let placing = Placing { system: Some(code), swap: guess.is_swapped, ..Placing::default() };
            commands.push(place(file, placing));
        }
    }
    if button(ui, context, None, &texts.keep, false).clicked() {
        commands.push(place(file, Placing { is_settled: true, ..file.placing.clone() }));
    }
    ui.add_space(4.0);
}

fn guessed(context: &Context<'_>, guess: &Guess, code: &str) -> String {
    let texts = &context.strings.crs;
    let text = if guess.is_swapped { &texts.guess_swapped } else { &texts.guess };
    text.fill_all(&[("code", code), ("name", guess.name)])
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
        if button(ui, context, None, &text, false).clicked() {
            let placing = Placing { offset: Some(offset.name().to_owned()), ..file.placing.clone() };
            commands.push(place(file, placing));
        }
        ui.label(context.look.small(&texts.offer_shift.fill("m", &length(context.strings, metres))));
    }
}
