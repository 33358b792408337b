//! Icons: SVG paths in a box of 16, drawn as strokes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use egui::{Color32, Painter, Pos2, Stroke, vec2};

const TABLE: &str = include_str!("../../../assets/icons/icons.json");
const BOX: f32 = 16.0;

/// A name in `assets/icons/icons.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Icon(pub(crate) &'static str);

type Strokes = Vec<Vec<Pos2>>;

/// Draws an icon in a box of 16 points around `center`.
pub(crate) fn paint_icon(painter: &Painter, icon: Icon, center: Pos2, width: f32, colour: Color32) {
    let offset = center.to_vec2() - vec2(BOX / 2.0, BOX / 2.0);
    for stroke in table().get(icon.0).into_iter().flatten() {
        let points = stroke.iter().map(|point| *point + offset).collect();
        painter.line(points, Stroke::new(width, colour));
    }
}

fn table() -> &'static BTreeMap<String, Strokes> {
    static TABLE_READ: OnceLock<BTreeMap<String, Strokes>> = OnceLock::new();
    TABLE_READ.get_or_init(|| {
        let paths: BTreeMap<String, String> = serde_json::from_str(TABLE).unwrap_or_default();
        paths.into_iter().map(|(name, path)| (name, strokes(&path))).collect()
    })
}

fn strokes(path: &str) -> Strokes {
    let Ok(path) = kurbo::BezPath::from_svg(path) else { return Vec::new() };
    let mut strokes: Strokes = Vec::new();
    let place = |point: kurbo::Point| Pos2::new(point.x as f32, point.y as f32);
    kurbo::flatten(path, 0.05, |element| match (element, strokes.last_mut()) {
        (kurbo::PathEl::MoveTo(point), _) => strokes.push(vec![place(point)]),
        (kurbo::PathEl::LineTo(point), Some(stroke)) => stroke.push(place(point)),
        (kurbo::PathEl::ClosePath, Some(stroke)) => stroke.extend(stroke.first().copied()),
        _ => {}
    });
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_a_path_inside_its_box() {
        assert!(table().len() > 20);
        for (name, strokes) in table() {
            assert!(!strokes.is_empty(), "{name}");
            let inside = |point: &Pos2| (0.0..=BOX).contains(&point.x) && (0.0..=BOX).contains(&point.y);
            assert!(strokes.iter().flatten().all(inside), "{name}");
        }
    }
}
