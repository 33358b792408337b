//! Towns on the map: the basemap's places and the corridors' stops, each once.

use crate::atlas::{Id, Kind};
use crate::catalog::Catalog;
use crate::geo::{LonLat, WorldFixed};
use crate::i18n::Localized;

/// A stop this close to a place, in degrees, is that place.
const SAME_DEGREES: f64 = 0.22;
/// Stops that are no place of the basemap show from here on.
const STOP_ZOOM: f32 = 6.5;

/// Zoom levels by which what lies on no corridor is named later: the atlas is about what does.
pub(super) const OFF_CORRIDORS: f64 = 0.9;

/// A town with a name.
#[derive(Clone, Debug)]
pub struct Town {
    pub id: Id,
    pub name: Localized,
    pub at: WorldFixed,
    pub place: LonLat,
    /// 0 the greatest.
    pub rank: u8,
    pub min_zoom: f32,
    pub is_capital: bool,
    /// A bit for each corridor that stops here, in the order of the document.
    pub corridors: u8,
}

/// All towns, those that show first at the front.
#[derive(Debug)]
pub struct Towns {
    towns: Vec<Town>,
}

impl Towns {
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let mut towns: Vec<Town> = catalog
            .tables
            .places
            .iter()
            .enumerate()
            .filter_map(|(row, place)| {
                Some(Town {
                    id: catalog.place_id(row)?,
                    name: Localized {
                        en: place.en.clone(),
                        zh: or(&place.zh, &place.en),
                        ko: or(&place.ko, &place.en),
                    },
                    at: place.at.to_world(),
                    place: place.at,
                    rank: place.rank,
                    min_zoom: place.min_zoom,
                    is_capital: place.is_capital,
                    corridors: 0,
                })
            })
            .collect();
        mark_stops(catalog, &mut towns);
        for town in towns.iter_mut().filter(|town| town.corridors == 0) {
            town.min_zoom += OFF_CORRIDORS as f32;
        }
        towns.sort_by(|a, b| a.min_zoom.total_cmp(&b.min_zoom).then(a.rank.cmp(&b.rank)));
        Self { towns }
    }

    /// The towns that may be drawn at `zoom`, most important first.
    pub fn shown(&self, zoom: f64) -> &[Town] {
        let end = self.towns.partition_point(|town| f64::from(town.min_zoom) <= zoom);
        &self.towns[..end]
    }

    pub fn iter(&self) -> impl Iterator<Item = &Town> {
        self.towns.iter()
    }
}

/// Stops raise the town they are in; ends of routes and capitals the most.
fn mark_stops(catalog: &Catalog, towns: &mut Vec<Town>) {
    for (index, corridor) in catalog.atlas.corridors.iter().enumerate() {
        for route in &corridor.routes {
            for (number, stop) in route.stops.iter().enumerate() {
                let is_end = number == 0 || number + 1 == route.stops.len();
                let place = LonLat::new(stop.lon, stop.lat);
                let same = towns
                    .iter_mut()
                    .filter(|town| is_same(town, place, &stop.name.en))
                    .min_by_key(|town| town.rank);
                if let Some(town) = same {
                    town.corridors |= 1 << index;
                    let earlier = if is_end { 1.2 } else { 0.6 };
                    town.min_zoom = (town.min_zoom - earlier).min(STOP_ZOOM);
                    continue;
                }
                let slug = format!("{}-{}", crate::catalog::slug(&stop.name.en), stop.country.to_lowercase());
                let name = Localized {
                    en: stop.name.en.clone(),
                    zh: stop.name.zh.clone(),
                    ko: stop.name.ko.clone(),
                };
                towns.push(Town {
                    id: Id::new(Kind::Place, slug),
                    name,
                    at: place.to_world(),
                    place,
                    rank: 4,
                    min_zoom: STOP_ZOOM,
                    is_capital: false,
                    corridors: 1 << index,
                });
            }
        }
    }
}

fn is_same(town: &Town, place: LonLat, name: &str) -> bool {
    let near = (town.place.lon - place.lon).abs() + (town.place.lat - place.lat).abs();
    near < SAME_DEGREES || (near < 4.0 * SAME_DEGREES && town.name.en == name)
}

fn or(name: &str, other: &str) -> String {
    if name.is_empty() { other.to_owned() } else { name.to_owned() }
}
