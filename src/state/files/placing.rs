//! How the numbers of a file are placed on Earth, as a person says it.

use serde::{Deserialize, Serialize};

use super::Files;
use super::kept::Arrival;
use crate::geo::crs::Offset;
use crate::state::Effect;

/// What a person says of a file's numbers; by default nothing, so that the file is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Placing {
    /// `EPSG:32644`, or a definition as text; in place of what the file says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// Latitude or northing stands first.
    pub swap: bool,
    /// `GCJ-02` or `BD-09`, which is taken off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<String>,
    /// The numbers are as they are: nobody is to ask again.
    pub is_settled: bool,
}

impl Placing {
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The offset by its name.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        Offset::ALL.into_iter().find(|offset| self.offset.as_deref() == Some(offset.name()))
    }
}

impl Files {
    /// Reads a file again, placed as a person says.
    pub(in crate::state) fn place(&mut self, key: &str, placing: Placing) -> Vec<Effect> {
        let Some(file) = self.at(key) else { return Vec::new() };
        let is_read_alike = Placing { is_settled: false, ..placing.clone() }
            == Placing { is_settled: false, ..file.placing.clone() };
        file.placing = placing;
        if is_read_alike {
            return Vec::new();
        }
        // It lies elsewhere now: shown whole, as when it was new.
        file.arrival = Arrival::New { fits: true };
        self.reload(key)
    }
}
