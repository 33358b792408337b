//! The look as data: colours, sizes and durations of the three themes, read from `assets/themes/tokens.json`.
//!
//! Invariant: no colour and no size of the atlas stands in Rust; a file that lacks a value, or has one that
//! has no field here, does not parse. Lengths are points of the interface, colours are sRGB.

mod by_zoom;
mod color;
mod fonts;
mod measures;
mod palette;
mod tokens;
mod types;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use by_zoom::ByZoom;
pub use color::{ParseColorError, Rgba};
pub use fonts::Font;
pub use measures::{
    BadgeSizes, BorderZoneShape, ClusterShape, Dash, Dashes, ErrorRingShape, FadeByZoom, GaugeBreakShape,
    HorgosShape, LineWidths, MarkShapes, Motion, ProjectGlyphs, ProjectShape, Radii, Scale, Sizes, Spaces,
    Strokes, ZoneShape,
};
pub use palette::{
    Accent, BorderInk, Casing, CorridorInk, CorridorInks, Graticule, LabelInk, LandRamp, MapInk, MarkInk,
    Relief, SeaRamp, Shadow, StateInk, Status, Surface, TextInk, ThemeTokens, Vignette,
};
pub use tokens::{Tokens, TokensError};
pub use types::{Face, MapType, MapTypeStyle, Type, TypeStyle};

/// How the atlas looks: on paper, at night, or thrown on a wall in a bright room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    Light,
    Dark,
    Projector,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Projector];

    /// Its name on the command line and in a saved session.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Projector => "projector",
        }
    }

    /// The one that follows when a person steps through them.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Projector,
            Self::Projector => Self::Light,
        }
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Theme {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|theme| theme.as_str() == text)
            .ok_or_else(|| format!("{text} is not a theme of the atlas; use light, dark or projector"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_comes_back_as_it_was_written() {
        for theme in Theme::ALL {
            assert_eq!(theme.to_string().parse(), Ok(theme));
        }
        assert!("sepia".parse::<Theme>().is_err_and(|error| error.contains("light, dark or projector")));
    }

    #[test]
    fn stepping_through_the_themes_comes_round() {
        assert_eq!(Theme::Light.next().next().next(), Theme::Light);
    }
}
