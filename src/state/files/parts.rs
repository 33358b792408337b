//! Files of which only what is in view is read.

use crate::tiles::Info;

/// What such a file says of itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Parts {
    /// An archive or a server of tiles.
    Tiles(Info),
    /// Features with an index over them.
    Indexed {
        name: Option<String>,
        /// In the whole file.
        count: u64,
        /// West, south, east, north in degrees.
        bounds: Option<[f64; 4]>,
    },
}

impl Parts {
    /// West, south, east, north in degrees.
    #[must_use]
    pub fn bounds(&self) -> Option<[f64; 4]> {
        match self {
            Self::Tiles(info) => info.bounds,
            Self::Indexed { bounds, .. } => *bounds,
        }
    }

    /// As it calls itself.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Tiles(info) => info.name.as_deref(),
            Self::Indexed { name, .. } => name.as_deref(),
        }
    }
}
