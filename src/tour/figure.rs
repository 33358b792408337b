//! What a figure carries with it, so that it opens again as the view that it is of.

use serde::{Deserialize, Serialize};

use super::Look;
use crate::geo::Projection;
use crate::i18n::Language;
use crate::theme::Theme;

/// Figures of this version are read.
const VERSION: u32 = 1;

/// A view with everything that it was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub corridor_atlas_view: u32,
    /// The version of the program, and the day of the atlas's own data.
    pub program: String,
    pub data: String,
    pub language: Language,
    pub theme: Theme,
    /// Width and height of the picture, in points.
    pub size: [f64; 2],
    /// By its name; absent on Mercator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projection: Option<String>,
    pub look: Look,
    #[serde(default)]
    pub files: Vec<FigureFile>,
    /// What to cite, as the figure itself says it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A file that was shown on a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureFile {
    pub name: String,
    /// Where it lay.
    pub path: String,
    pub bytes: u64,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
}

impl Figure {
    /// A figure of this program.
    #[must_use]
    pub fn new((language, theme): (Language, Theme), size: [f64; 2], look: Look) -> Self {
        Self {
            corridor_atlas_view: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            data: String::new(),
            language,
            theme,
            size,
            projection: None,
            look,
            files: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// The same in another projection.
    #[must_use]
    pub fn projected(self, projection: Projection) -> Self {
        let is_plain = projection == Projection::default();
        Self { projection: (!is_plain).then(|| projection.name().to_owned()), ..self }
    }

    /// Its projection; Mercator where a later program named one that is not known here.
    #[must_use]
    pub fn projection(&self) -> Projection {
        self.projection.as_deref().and_then(|name| name.parse().ok()).unwrap_or_default()
    }

    /// The text that a figure carries.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What a text says; `None` where it is no view, or one of a later version.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let figure: Self = serde_json::from_str(text).ok()?;
        let is_sane = figure.size.iter().all(|side| side.is_finite() && *side >= 1.0);
        (figure.corridor_atlas_view <= VERSION && is_sane).then_some(figure)
    }
}
