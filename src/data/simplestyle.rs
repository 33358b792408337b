//! Looks that features bring along, by simplestyle 1.1: `stroke`, `stroke-opacity`, `stroke-width`, `fill`,
//! `fill-opacity`, `marker-color`.

use std::collections::HashMap;

use super::{Class, Classes, Holds, Table};

/// Looks of a file at most; what comes after them is drawn as the last.
const MOST: usize = 2_000;
/// Bytes in which looks are searched before the properties are read.
const LOOKED_AT: usize = 1 << 18;
const QUOTED: [&[u8]; 3] = [b"\"stroke\"", b"\"fill\"", b"\"marker-color\""];
const KEYS: [&str; 6] = ["stroke", "stroke-opacity", "stroke-width", "fill", "fill-opacity", "marker-color"];

/// How a feature wants to be drawn; where it says nothing the file's own style counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OwnLook {
    /// Of lines and outlines: red, green, blue, from 0 to 255.
    pub stroke: Option<[u8; 3]>,
    /// From 0 to 1.
    pub stroke_opacity: Option<f32>,
    /// In points.
    pub stroke_width: Option<f32>,
    pub fill: Option<[u8; 3]>,
    pub fill_opacity: Option<f32>,
    pub marker: Option<[u8; 3]>,
}

/// Whether some feature near the begin of a file seems to say how it wants to be drawn.
#[must_use]
pub fn seems_to_have_looks(source: &[u8]) -> bool {
    let begin = &source[..source.len().min(LOOKED_AT)];
    QUOTED.iter().any(|key| memchr::memmem::find(begin, key).is_some())
}

/// Whether features say how they want to be drawn.
#[must_use]
pub fn has_looks(table: &Table) -> bool {
    KEYS.iter().any(|key| table.column(key).is_some())
}

/// Features by their own looks; a class holds the colour that is seen first.
#[must_use]
pub fn own_looks(table: &Table) -> Classes {
    let columns = KEYS.map(|key| table.column(key));
    let mut known: HashMap<[Option<String>; 6], u16> = HashMap::new();
    let (mut list, mut looks): (Vec<Class>, Vec<OwnLook>) = (Vec::new(), Vec::new());
    let class_of = |row: usize| {
        let texts = columns.map(|column| Some(column?.text(row)?.into_owned()));
        let next = list.len().min(MOST - 1) as u16;
        let class = *known.entry(texts).or_insert_with_key(|texts| {
            let look = OwnLook::of(texts);
            if usize::from(next) == list.len() {
                let shown = [&texts[3], &texts[0], &texts[5]].into_iter().flatten().next();
                let holds = shown.map_or(Holds::Missing, |shown| Holds::Value(shown.clone()));
                list.push(Class { holds, count: 0 });
                looks.push(look);
            }
            next
        });
        list[usize::from(class)].count += 1;
        class
    };
    let of_row = (0..table.rows()).map(class_of).collect();
    Classes::with_looks(list, of_row, looks)
}

impl OwnLook {
    fn of(texts: &[Option<String>; 6]) -> Self {
        let [stroke, stroke_opacity, stroke_width, fill, fill_opacity, marker] = texts;
        let number = |text: &Option<String>, most: f32| {
            let value: f32 = text.as_ref()?.parse().ok()?;
            value.is_finite().then(|| value.clamp(0.0, most))
        };
        let colour = |text: &Option<String>| hex(text.as_ref()?);
        Self {
            stroke: colour(stroke),
            stroke_opacity: number(stroke_opacity, 1.0),
            stroke_width: number(stroke_width, 7.5),
            fill: colour(fill),
            fill_opacity: number(fill_opacity, 1.0),
            marker: colour(marker),
        }
    }
}

/// `#ff8800`, `ff8800`, `#f80` or `f80`.
fn hex(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().trim_start_matches('#');
    let digits: Vec<u8> =
        digits.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    match digits[..] {
        [r, g, b] => Some([r, g, b].map(|digit| digit * 17)),
        [a, b, c, d, e, f] => Some([16 * a + b, 16 * c + d, 16 * e + f]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Cell, TableBuilder};

    #[test]
    fn features_that_look_alike_share_a_class() {
        let mut builder = TableBuilder::default();
        for (stroke, width) in [("#F80", 2), ("#ff8800", 2), ("#F80", 2), ("red", 99)] {
            builder.row();
            builder.set("stroke", Cell::Text(stroke));
            builder.set("stroke-width", Cell::Integer(width));
        }
        builder.row();
        let table = builder.finish();
        assert!(has_looks(&table));
        let classes = own_looks(&table);
        assert_eq!(classes.of_row, [0, 1, 0, 2, 3]);
        assert_eq!(classes.looks[0].stroke, Some([0xff, 0x88, 0]));
        assert_eq!(classes.looks[1].stroke, classes.looks[0].stroke);
        assert_eq!((classes.looks[2].stroke, classes.looks[2].stroke_width), (None, Some(7.5)));
        assert_eq!(classes.list[3], Class { holds: Holds::Missing, count: 1 });
    }
}
