//! Texts of what archives of tiles are refused for.

use serde::Deserialize;

use super::Template;

/// Why an archive, an address or a tile cannot be shown; `header` to `tile` fill the holes named `name`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TileTexts {
    pub header: String,
    pub directory: String,
    pub metadata: String,
    pub tile: String,
    pub unknown_format: String,
    pub cut: Template,
    pub version: Template,
    pub kind: Template,
    pub damaged: Template,
    /// `most` is in megabytes.
    pub too_large: Template,
    pub too_deep: String,
    pub remote: Template,
    pub scheme: String,
    pub unknown_hole: Template,
    pub missing_hole: String,
    pub tilejson: String,
    pub not_vector: String,
    pub too_wide: Template,
}
