//! The sheet on which a figure is made: the picture as it will be, and what is wanted of it.

use std::sync::Arc;

use egui::{Label, Rect, RichText, Sense, Stroke, StrokeKind, TextEdit, Ui, vec2};

use super::card::{Card, card_ui};
use super::look::colour;
use super::widgets::{Icon, button, segmented, switch};
use super::{Commands, Context, Layout};
use crate::geo::{Projection, Size, WIDEST_DEG};
use crate::render::{self, ViewId};
use crate::scene::Montage;
use crate::state::{
    Command, FIGURE_SCALES, FigureForm, FigureOf, FigurePart, FigureWish, POINTS_PER_MM, Paper, Sheet, State,
};

/// The picture takes this share of the sheet's width, and at most so much height.
const SHARE: f32 = 0.62;
const MOST_HEIGHT: f32 = 470.0;
/// In lower windows what is wanted stands closer together, in points.
const LOW: f32 = 800.0;
/// Dots to an inch of a picture with one pixel to a point.
const DPI: u32 = 96;

/// Opens the sheet for a figure of `of`; for a chart also of which column.
pub(super) fn make(state: &State, of: FigureOf, column: Option<&str>) -> [Command; 2] {
    let column = column.map_or_else(|| state.wish.column.clone(), str::to_owned);
    let wish = FigureWish { of, column, ..state.wish.clone() };
    [Command::SetFigure(Box::new(wish)), Command::SetSheet(Some(Sheet::Figure))]
}

pub(super) fn figure_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    page: Option<&Arc<Montage>>,
    commands: &mut Commands,
) {
    let wish = &context.state.wish;
    let size = page.map_or_else(|| wish.size(context.state.view.viewport().size), |page| page.size);
    let mut wanted = wish.clone();
    let drawn = context.state.drawn();
    ui.add_space(6.0);
    ui.horizontal_top(|ui| {
        let width = ui.available_width() * SHARE;
        ui.vertical(|ui| {
            ui.set_width(width);
            of_ui(ui, context, drawn, &mut wanted);
            ui.add_space(4.0);
            picture_ui(ui, context, (size, page));
        });
        ui.add_space(14.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = if ui.ctx().content_rect().height() < LOW { 3.0 } else { 7.0 };
            form_ui(ui, context, &mut wanted);
            let texts = &context.strings.figure;
            if drawn == FigureOf::Map {
                projection_ui(ui, context, &mut wanted);
                parts_ui(ui, context, &mut wanted);
            }
            ui.add_space(2.0);
            ui.label(context.look.small(&told_size(context, &wanted, size)));
            ui.add(Label::new(note(context, drawn, size)).wrap());
            ui.add(Label::new(context.look.small(&texts.carries)).wrap());
            let save = texts.save.fill("form", &wanted.form.ending().to_uppercase());
            if button(ui, context, Some(Icon("save")), &save, true).clicked() {
                commands.push(Command::SaveFigure);
            }
        });
    });
    if wanted != *wish {
        commands.push(Command::SetFigure(Box::new(wanted)));
    }
}

/// What the picture is true to, and where it is not the one that is wished for.
fn note(context: &Context<'_>, drawn: FigureOf, size: Size) -> RichText {
    let (texts, state) = (&context.strings.figure, context.state);
    if drawn != FigureOf::Map {
        return context.look.small(&texts.as_high);
    }
    match (state.wish.projection, state.figure_view(size).projection) {
        (Projection::EqualArea, Projection::Mercator) => {
            let told = texts.too_wide.fill("degrees", &format!("{WIDEST_DEG}"));
            context.look.small(&told).color(colour(context.look.colours().status.warn))
        }
        (Projection::EqualArea, Projection::EqualArea) => context.look.small(&texts.equal_area_is),
        (Projection::Mercator, _) => context.look.small(&texts.mercator_is),
    }
}

/// The map, and what else lies open or is at hand.
fn of_ui(ui: &mut Ui, context: &Context<'_>, drawn: FigureOf, wanted: &mut FigureWish) {
    let texts = &context.strings.figure;
    let items: Vec<(String, FigureOf)> = context
        .state
        .drawable()
        .into_iter()
        .map(|of| {
            let name = match of {
                FigureOf::Map => &texts.map,
                FigureOf::Strip => &texts.strip,
                FigureOf::Comparison => &texts.comparison,
                FigureOf::Timeline => &texts.timeline,
                FigureOf::Chart => &texts.chart,
            };
            (name.clone(), of)
        })
        .collect();
    let mut chosen = drawn;
    choice_ui(ui, context, (&texts.of, &items), &mut chosen);
    if chosen != drawn {
        wanted.of = chosen;
    }
}

/// The same page that is written, smaller.
fn picture_ui(ui: &mut Ui, context: &Context<'_>, (size, page): (Size, Option<&Arc<Montage>>)) {
    let room = vec2(ui.available_width(), MOST_HEIGHT.min(ui.ctx().content_rect().height() - 234.0));
    let (rect, _) = ui.allocate_exact_size(room, Sense::hover());
    let shape = (size.height / size.width) as f32;
    let width = rect.width().min(rect.height() / shape).floor();
    let picture = Rect::from_center_size(rect.center().round(), vec2(width, (width * shape).floor()));
    let scale = width / size.width as f32;
    for (piece, number) in page.iter().flat_map(|page| &page.pieces).zip(0..) {
        let own = piece.scene.viewport.size;
        let at = picture.min + vec2(piece.at[0], piece.at[1]) * scale;
        let place = Rect::from_min_size(at, vec2(own.width as f32, own.height as f32) * scale);
        let view = ViewId(ViewId::FIGURE.0 + number);
        ui.painter().add(render::miniature_callback(view, place, Arc::clone(&piece.scene)));
    }
    let line = Stroke::new(1.0, colour(context.look.colours().surface.line_strong));
    ui.painter().rect_stroke(picture, 0.0, line, StrokeKind::Outside);
}

fn form_ui(ui: &mut Ui, context: &Context<'_>, wanted: &mut FigureWish) {
    let texts = &context.strings.figure;
    let forms = FigureForm::ALL.map(|form| (form.ending().to_uppercase(), form));
    choice_ui(ui, context, (&texts.form, &forms), &mut wanted.form);
    let papers = Paper::ALL.map(|paper| (paper.name().unwrap_or(&texts.screen).to_owned(), paper));
    choice_ui(ui, context, (&texts.paper, &papers), &mut wanted.paper);
    if wanted.paper != Paper::Screen {
        let ways = [(texts.landscape.clone(), true), (texts.portrait.clone(), false)];
        choice_ui(ui, context, ("", &ways), &mut wanted.is_landscape);
    }
    if wanted.form == FigureForm::Png {
        let scales = FIGURE_SCALES.map(|scale| ((u32::from(scale) * DPI).to_string(), scale));
        choice_ui(ui, context, (&texts.scale, &scales), &mut wanted.scale);
    }
    let name = ui.label(context.look.small(&texts.name)).id;
    let field = TextEdit::singleline(&mut wanted.title).desired_width(ui.available_width());
    ui.add(field).labelled_by(name);
}

fn projection_ui(ui: &mut Ui, context: &Context<'_>, wanted: &mut FigureWish) {
    let texts = &context.strings.figure;
    let names = Projection::ALL.map(|projection| {
        let name = match projection {
            Projection::Mercator => &texts.mercator,
            Projection::EqualArea => &texts.equal_area,
        };
        (name.clone(), projection)
    });
    choice_ui(ui, context, (&texts.projection, &names), &mut wanted.projection);
}

/// One of several, under its name.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    context: &Context<'_>,
    (name, items): (&str, &[(String, T)]),
    chosen: &mut T,
) {
    if !name.is_empty() {
        ui.label(context.look.small(name));
    }
    let texts: Vec<(&str, &str)> = items.iter().map(|(text, _)| (text.as_str(), text.as_str())).collect();
    let at = items.iter().position(|(_, item)| item == chosen).unwrap_or(0);
    if let Some(index) = segmented(ui, context, &texts, at) {
        *chosen = items[index].1;
    }
}

fn parts_ui(ui: &mut Ui, context: &Context<'_>, wanted: &mut FigureWish) {
    let texts = &context.strings.figure;
    let parts = [
        (&texts.legend, FigurePart::Legend),
        (&texts.north, FigurePart::North),
        (&texts.grid_labels, FigurePart::Degrees),
        (&texts.locator, FigurePart::Locator),
        (&texts.notes, FigurePart::Notes),
    ];
    for (name, part) in parts {
        ui.horizontal(|ui| {
            match switch(ui, context, wanted.parts.contains(&part), name) {
                Some(true) => drop(wanted.parts.insert(part)),
                Some(false) => drop(wanted.parts.remove(&part)),
                None => {}
            }
            ui.label(context.look.body(name));
        });
    }
}

fn told_size(context: &Context<'_>, wanted: &FigureWish, size: Size) -> String {
    let texts = &context.strings.figure;
    let whole = |value: f64| format!("{:.0}", value.round());
    let mut told = Vec::new();
    if wanted.paper != Paper::Screen {
        let [width, height] = [size.width, size.height].map(|side| whole(side / POINTS_PER_MM));
        told.push(texts.millimetres.fill_all(&[("width", &width), ("height", &height)]));
    }
    if wanted.form == FigureForm::Png {
        let [width, height] = [size.width, size.height].map(|side| whole(side * f64::from(wanted.scale)));
        told.push(texts.pixels.fill_all(&[("width", &width), ("height", &height)]));
    }
    told.join(" · ")
}

/// What a figure that was opened lacks.
pub(super) fn reopened_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let Some(reopened) = &context.state.reopened else { return };
    let texts = &context.strings.figure;
    let close = &context.strings.words.close;
    let card = Card { name: "reopened figure", title: &texts.reopened, close, width: 268.0 };
    let is_closed = card_ui(ui, context, layout, card, |ui| {
        let missing = reopened.missing.iter().map(|name| texts.missing.fill("name", name));
        let changed = reopened.changed.iter().map(|name| texts.changed.fill("name", name));
        for told in missing.chain(changed) {
            let ink = colour(context.look.colours().status.warn);
            ui.add(Label::new(context.look.body(&told).color(ink)).wrap());
        }
        let now = &context.state.catalog.atlas.version;
        let told = match &reopened.figure {
            None => texts.no_view.fill("name", &reopened.name),
            Some(figure) if figure.data != *now => {
                texts.other_data.fill_all(&[("date", &figure.data), ("now", now)])
            }
            Some(_) => return,
        };
        ui.add(Label::new(context.look.body(&told)).wrap());
    });
    if is_closed {
        commands.push(Command::ForgetReopened);
    }
}
