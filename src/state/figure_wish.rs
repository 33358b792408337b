//! The figure that is to be made: its form, its size, and what stands on it beside the map.

use std::collections::BTreeSet;

use crate::geo::{Projection, Size};

/// What a figure is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FigureOf {
    #[default]
    Map,
    /// The route that is laid out.
    Strip,
    /// The features that are compared.
    Comparison,
    Timeline,
    /// How the values of a column spread.
    Chart,
}

/// In what a figure is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FigureForm {
    #[default]
    Png,
    Svg,
    Pdf,
}

impl FigureForm {
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Pdf];

    /// What its files end in.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }
}

/// How large a figure is on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paper {
    A5,
    A4,
    A3,
    /// As large as the window.
    Screen,
}

impl Paper {
    pub const ALL: [Self; 4] = [Self::A5, Self::A4, Self::A3, Self::Screen];

    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::A5 => Some("A5"),
            Self::A4 => Some("A4"),
            Self::A3 => Some("A3"),
            Self::Screen => None,
        }
    }

    /// Width and height in millimetres, upright (ISO 216).
    #[must_use]
    pub const fn millimetres(self) -> Option<[f64; 2]> {
        match self {
            Self::A5 => Some([148.0, 210.0]),
            Self::A4 => Some([210.0, 297.0]),
            Self::A3 => Some([297.0, 420.0]),
            Self::Screen => None,
        }
    }
}

/// Points of 1/96 inch in a millimetre (CSS 2.1, 4.3.2).
pub const POINTS_PER_MM: f64 = 96.0 / 25.4;
/// Pixels for a point of a PNG that can be chosen: of a screen, of print.
pub const FIGURE_SCALES: [u8; 4] = [1, 2, 3, 4];

/// What is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureWish {
    pub of: FigureOf,
    /// Whose chart is drawn, a column of the open table.
    pub column: String,
    pub form: FigureForm,
    pub paper: Paper,
    /// Of a map; what is too wide for it is drawn on Mercator.
    pub projection: Projection,
    pub is_landscape: bool,
    /// Pixels to a point.
    pub scale: u8,
    pub title: String,
    /// What stands on it beside the map.
    pub parts: BTreeSet<FigurePart>,
}

/// Something that may stand on a figure beside the map; the scale and the sources always do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigurePart {
    Legend,
    North,
    /// At the edges.
    Degrees,
    /// Where on Earth it is, in a corner.
    Locator,
    /// The person's notes and what they measured, as text and arrows.
    Notes,
}

impl FigurePart {
    pub const ALL: [Self; 5] = [Self::Legend, Self::North, Self::Degrees, Self::Locator, Self::Notes];
}

impl Default for FigureWish {
    fn default() -> Self {
        Self {
            of: FigureOf::default(),
            column: String::new(),
            form: FigureForm::default(),
            paper: Paper::A4,
            projection: Projection::default(),
            is_landscape: true,
            scale: 3,
            title: String::new(),
            parts: BTreeSet::from([FigurePart::Legend, FigurePart::North, FigurePart::Notes]),
        }
    }
}

impl FigureWish {
    /// In points; `screen` is the size of the window's map.
    #[must_use]
    pub fn size(&self, screen: Size) -> Size {
        let Some([short, long]) = self.paper.millimetres() else { return screen };
        let [width, height] = if self.is_landscape { [long, short] } else { [short, long] };
        let points = |mm: f64| (mm * POINTS_PER_MM).round();
        Size { width: points(width), height: points(height) }
    }
}
