//! Reads `assets/atlas`.

/// What the atlas knows.
#[derive(Clone, Debug, Default)]
pub struct Atlas {}

/// Why the atlas's files do not parse.
#[derive(Debug, thiserror::Error)]
pub enum AtlasError {}
