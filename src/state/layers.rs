//! What of the atlas is drawn.

use std::collections::BTreeSet;

use crate::atlas::Id;

/// A layer that is switched as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LayerKind {
    Corridors,
    Zones,
    Horgos,
    Projects,
    BorderZones,
    Crossings,
    Relief,
    Water,
    Grid,
    Places,
    /// Every word on the map; without them it is a blank map.
    Names,
    /// Raster tiles from the network; the only layer that opens a connection.
    Online,
}

impl LayerKind {
    pub const ALL: [Self; 12] = [
        Self::Corridors,
        Self::Zones,
        Self::Horgos,
        Self::Projects,
        Self::BorderZones,
        Self::Crossings,
        Self::Relief,
        Self::Water,
        Self::Grid,
        Self::Places,
        Self::Names,
        Self::Online,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Corridors => "corridors",
            Self::Zones => "zones",
            Self::Horgos => "horgos",
            Self::Projects => "projects",
            Self::BorderZones => "border-zones",
            Self::Crossings => "crossings",
            Self::Relief => "relief",
            Self::Water => "water",
            Self::Grid => "grid",
            Self::Places => "places",
            Self::Names => "names",
            Self::Online => "online",
        }
    }
}

/// What a lens shows before a view was chosen: that of no state.
const FIRST_LENS: &str = "ISO";

/// Which layers and corridors are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layers {
    hidden: BTreeSet<LayerKind>,
    hidden_corridors: BTreeSet<Id>,
    /// Whose view of the boundaries is drawn; `None` is nobody's.
    pub viewpoint: Option<String>,
    /// The view that was drawn last, for the lens.
    last_viewpoint: Option<String>,
    /// What the filters of the atlas's tables keep from view.
    pub(super) filtered_out: BTreeSet<Id>,
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            hidden: BTreeSet::from([LayerKind::BorderZones, LayerKind::Online]),
            hidden_corridors: BTreeSet::new(),
            viewpoint: None,
            last_viewpoint: None,
            filtered_out: BTreeSet::new(),
        }
    }
}

impl Layers {
    #[must_use]
    pub fn shows(&self, layer: LayerKind) -> bool {
        !self.hidden.contains(&layer)
    }

    #[must_use]
    pub fn shows_corridor(&self, corridor: &Id) -> bool {
        self.has_corridor(corridor) && self.lets_through(corridor)
    }

    /// Whether a corridor is switched on, whatever a filter says.
    #[must_use]
    pub fn has_corridor(&self, corridor: &Id) -> bool {
        self.shows(LayerKind::Corridors) && !self.hidden_corridors.contains(corridor)
    }

    /// Whether the filter of its kind lets a thing of the atlas through.
    #[must_use]
    pub fn lets_through(&self, id: &Id) -> bool {
        !self.filtered_out.contains(id)
    }

    /// As usual again, but for filters and the layer from the network.
    pub(super) fn reset(&mut self) {
        let is_online = self.shows(LayerKind::Online);
        let filtered_out = std::mem::take(&mut self.filtered_out);
        let last_viewpoint = self.last_viewpoint.take();
        *self = Self { last_viewpoint, filtered_out, ..Self::default() };
        self.set(LayerKind::Online, is_online);
    }

    /// Draws boundaries as somebody sees them.
    pub fn see_from(&mut self, viewpoint: Option<String>) {
        if let Some(viewpoint) = &viewpoint {
            self.last_viewpoint = Some(viewpoint.clone());
        }
        self.viewpoint = viewpoint;
    }

    /// The other view, which a lens shows: nobody's beside somebody's, and the last beside nobody's.
    #[must_use]
    pub fn other_viewpoint(&self) -> Option<&str> {
        let last = || self.last_viewpoint.as_deref().or(Some(FIRST_LENS));
        if self.viewpoint.is_some() { None } else { last() }
    }

    pub fn set(&mut self, layer: LayerKind, is_visible: bool) {
        if is_visible {
            self.hidden.remove(&layer);
        } else {
            self.hidden.insert(layer);
        }
    }

    pub fn set_corridor(&mut self, corridor: Id, is_visible: bool) {
        if is_visible {
            self.hidden_corridors.remove(&corridor);
        } else {
            self.hidden_corridors.insert(corridor);
        }
    }
}
