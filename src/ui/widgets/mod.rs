//! The atlas's own small parts, each drawn by the painter and named for a screen reader.

mod badge;
mod button;
mod columns;
mod icon;
mod line_sample;
mod mark;
mod row;
mod sheet;
mod switch;
mod tag;

pub(crate) use badge::badge;
pub(crate) use button::{button, icon_button, segmented, tile_button};
pub(crate) use columns::{halves, labelled};
pub(crate) use icon::{Icon, paint_icon};
pub(crate) use line_sample::{line_sample, paint_precision};
pub(crate) use mark::{mark, paint_mark};
pub(crate) use row::{Row, row};
pub(crate) use sheet::{bar, hairline, scrolled, section, sheet};
pub(crate) use switch::switch;
pub(crate) use tag::{Tone, chip, tag, toggle_chip};

#[cfg(test)]
mod tests;
