//! The colours of opened files: of each as a whole and of its classes, by the theme.

use crate::data::{Class, Classes, Holds, OwnLook};
use crate::i18n::{Strings, decimal};
use crate::state::{OpenFile, StyleBy};
use crate::theme::{Rgba, ThemeTokens};

pub(super) const LINE_WIDTH: f32 = 1.4;
/// How much of an area is seen where all are of one colour, and where the colour says something.
const ONE_COLOUR: f32 = 0.28;
const BY_CLASS: f32 = 0.62;
/// How much of the file's colour the lowest class of numbers has.
const PALEST: f32 = 0.3;
/// How much paper is in the colours of categories once all have been used.
const SECOND_ROUND: f32 = 0.5;

/// How the features of one class are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassInk {
    pub line: Rgba,
    /// Of lines, in points.
    pub width: f32,
    pub fill: Rgba,
    pub point: Rgba,
}

impl ClassInk {
    fn plain(colour: Rgba) -> Self {
        Self { line: colour, width: LINE_WIDTH, fill: colour, point: colour }
    }
}

/// How much is seen of the areas of a file as a whole: they are flattened first, so that those of several
/// features do not add up. Areas that have a look of their own bring their own opacity.
pub(super) fn area_opacity(file: &OpenFile) -> f32 {
    match file.style.by {
        StyleBy::One => ONE_COLOUR,
        StyleBy::Categories { .. } | StyleBy::Numbers { .. } => BY_CLASS,
        StyleBy::Own => 1.0,
    }
}

/// The colour of a file as a whole.
#[must_use]
pub fn file_colour(theme: &ThemeTokens, number: usize) -> Rgba {
    theme.file.get(number % theme.file.len().max(1)).copied().unwrap_or(theme.text.primary)
}

/// How a file is drawn where its features have no classes.
pub(super) fn plain_ink(theme: &ThemeTokens, file: &OpenFile) -> ClassInk {
    ClassInk::plain(file_colour(theme, file.style.colour))
}

/// How each class of a file is drawn, in the order of its list.
#[must_use]
pub fn class_inks(theme: &ThemeTokens, file: &OpenFile, classes: &Classes) -> Vec<ClassInk> {
    if file.style.by == StyleBy::Own {
        let plain = plain_ink(theme, file);
        return classes.looks.iter().map(|look| own(plain, look)).collect();
    }
    let numbers = classes.list.iter().filter(|class| matches!(class.holds, Holds::Numbers(..))).count();
    let classes = classes.list.iter().enumerate();
    classes
        .map(|(index, class)| ClassInk::plain(class_colour(theme, file, (index, numbers), class)))
        .collect()
}

fn class_colour(
    theme: &ThemeTokens,
    file: &OpenFile,
    (index, numbers): (usize, usize),
    class: &Class,
) -> Rgba {
    let own = file.style.colour;
    match class.holds {
        Holds::Value(_) => {
            let colour = file_colour(theme, own + index);
            let is_second = index >= theme.file.len();
            if is_second { colour.mixed(theme.surface.panel, SECOND_ROUND) } else { colour }
        }
        Holds::Numbers(..) => {
            let share = if numbers < 2 { 1.0 } else { index as f32 / (numbers - 1) as f32 };
            theme.surface.panel.mixed(file_colour(theme, own), PALEST + (1.0 - PALEST) * share)
        }
        Holds::Others(_) | Holds::Missing => theme.text.tertiary.mixed(theme.surface.panel, SECOND_ROUND),
    }
}

fn own(plain: ClassInk, look: &OwnLook) -> ClassInk {
    let rgb = |colour: [u8; 3]| Rgba([colour[0], colour[1], colour[2], 255]);
    let line = look.stroke.map_or(plain.line, rgb);
    // The defaults of simplestyle: opaque strokes, areas of the same colour that are seen to six tenths.
    let fill = look.fill.map(|fill| rgb(fill).faded(look.fill_opacity.unwrap_or(0.6)));
    ClassInk {
        line: line.faded(look.stroke_opacity.unwrap_or(1.0)),
        width: look.stroke_width.unwrap_or(plain.width),
        fill: fill.unwrap_or(line.faded(look.fill_opacity.unwrap_or(ONE_COLOUR))),
        point: look.marker.or(look.stroke).map_or(plain.point, rgb),
    }
}

/// What a class of features holds.
#[must_use]
pub fn class_name(strings: &Strings, class: &Class) -> String {
    let texts = &strings.style;
    match &class.holds {
        Holds::Value(text) => text.clone(),
        Holds::Numbers(from, to) if from == to => short(*from),
        Holds::Numbers(from, to) => texts.range.fill_all(&[("from", &short(*from)), ("to", &short(*to))]),
        Holds::Others(count) => texts.others.fill(*count),
        Holds::Missing => texts.missing.clone(),
    }
}

/// A number as short as a legend needs it.
fn short(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-3..1e15).contains(&size) {
        return format!("{value:e}");
    }
    let decimals =
        [(1.0, 4), (100.0, 2)].iter().find(|(below, _)| size < *below).map_or(0, |(_, count)| *count);
    // A year is no amount.
    if value.fract() == 0.0 && (1000.0..3000.0).contains(&value) {
        format!("{value}")
    } else {
        decimal(value, decimals)
    }
}
