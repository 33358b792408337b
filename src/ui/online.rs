//! The online map: OpenStreetMap's tiles as walkers knows their source, fetched by whoever may open a connection.

use std::fmt;

use walkers::TileId;
use walkers::sources::{OpenStreetMap, TileSource};

use crate::tiles::{Archive, Fetch, Info, Kind, TileError};

/// Where it stands why tiles are missing, for the row that switches the map on.
pub(super) fn fault_id() -> egui::Id {
    egui::Id::unique("why the online map is missing tiles")
}

/// Tiles of OpenStreetMap as an archive.
pub struct OnlineMap {
    info: Info,
    fetch: Box<dyn Fetch>,
}

impl OnlineMap {
    #[must_use]
    pub fn new(fetch: Box<dyn Fetch>) -> Self {
        let info = Info {
            name: None,
            attribution: Some(OpenStreetMap.attribution().text.to_owned()),
            bounds: None,
            min_zoom: 0,
            max_zoom: OpenStreetMap.max_zoom(),
            kind: Kind::Png,
            layers: Vec::new(),
        };
        Self { info, fetch }
    }
}

impl Archive for OnlineMap {
    fn info(&self) -> &Info {
        &self.info
    }

    fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TileError> {
        let url = OpenStreetMap.tile_url(TileId { x, y, zoom: z });
        self.fetch.fetch(&url).map_err(TileError::Remote)
    }
}

impl fmt::Debug for OnlineMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnlineMap").finish_non_exhaustive()
    }
}
