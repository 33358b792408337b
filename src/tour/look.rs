//! How a step looks at the map, as plainly as a person can write it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::atlas::{Id, Month};
use crate::geo::{Camera, LonLat, MAX_ZOOM, MIN_ZOOM, WorldBounds};

/// What is in view and what of it is shown. It says what it wants, not every switch: what it leaves out is as usual.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Aim>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<Id>,
    /// Only these layers, corridors and opened files; `None` shows what is shown by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layers: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<String>,
    /// The months of which what is dated stands out, as `1992-03`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Month>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Month>,
    /// Whose view of the boundaries is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewpoint: Option<String>,
    /// By a kind, or the name of an opened file, what passes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub filters: BTreeMap<String, String>,
}

/// Where the map is looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum Aim {
    /// The whole of a thing.
    Thing(Id),
    /// A box in degrees: west, south, east, north.
    Bounds([f64; 4]),
    Camera(Camera),
}

impl Aim {
    /// The box that it shows, where it is one.
    #[must_use]
    pub fn bounds(&self) -> Option<WorldBounds> {
        match self {
            Self::Bounds(degrees) => Some(WorldBounds::of_degrees(*degrees)),
            Self::Thing(_) | Self::Camera(_) => None,
        }
    }
}

impl FromStr for Aim {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains('/') {
            return text
                .parse()
                .map(Self::Thing)
                .map_err(|error: crate::atlas::ParseIdError| error.to_string());
        }
        let numbers: Option<Vec<f64>> =
            text.split(',').map(|part| part.trim().parse().ok().filter(|n: &f64| n.is_finite())).collect();
        let expected = || "expected an id, W,S,E,N or LON,LAT,ZOOM".to_owned();
        let is_place = |lon: f64, lat: f64| (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        match *numbers.ok_or_else(expected)?.as_slice() {
            [lon, lat, zoom] if is_place(lon, lat) && (MIN_ZOOM..=MAX_ZOOM).contains(&zoom) => {
                Ok(Self::Camera(Camera::new(LonLat::new(lon, lat), zoom)))
            }
            [_, _, _] => {
                Err(format!("longitude, latitude or zoom is out of range ({MIN_ZOOM} to {MAX_ZOOM})"))
            }
            [west, south, east, north] if is_place(west, south) && is_place(east, north) => {
                let is_box = west < east && south < north;
                let lopsided = || "west must be less than east, and south less than north".to_owned();
                is_box.then_some(Self::Bounds([west, south, east, north])).ok_or_else(lopsided)
            }
            [_, _, _, _] => Err("longitude or latitude is out of range".to_owned()),
            _ => Err(expected()),
        }
    }
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Thing(id) => id.fmt(f),
            Self::Bounds([west, south, east, north]) => write!(f, "{west},{south},{east},{north}"),
            Self::Camera(camera) => {
                let LonLat { lon, lat } = camera.center.to_lonlat();
                // A hundred-millionth of the world is under half a metre.
                write!(f, "{lon:.6},{lat:.6},{:.3}", camera.zoom)
            }
        }
    }
}

impl Serialize for Aim {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Aim {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
