//! Names of what has no mark: countries, seas, rivers, mountains.

use super::super::labels::{Candidate, Room};
use super::super::text::balanced;
use super::super::towns::OFF_CORRIDORS;
use super::{Gather, hash, rank};
use crate::basemap::Country;
use crate::geo::LonLat;

impl Gather<'_, '_> {
    pub(super) fn countries(&mut self) {
        let frame = self.frame;
        let zoom = self.zoom();
        let types = &frame.looks.tokens().map_type;
        let ink = &frame.looks.colours().map.label;
        let (style, place) = (self.style(&types.country), self.style(&types.city_rank_0));
        for (row, country) in frame.state.catalog.tables.countries.iter().enumerate() {
            let is_crossed = frame.state.catalog.is_crossed(&country.iso_a2);
            let earlier = if is_crossed { 0.4 } else { -OFF_CORRIDORS };
            let is_shown = f64::from(country.min_zoom) <= zoom + earlier && zoom < 9.0;
            let Some(at) = self.on_screen(country.label.to_world()).filter(|_| is_shown) else { continue };
            let (style, colour) =
                if country.is_place { (place, ink.city_rank_0_1) } else { (style, ink.country) };
            let line = self.line(country.name.get(self.language()), style, colour);
            let room = self.room(country);
            let offset = |other: &LonLat| {
                let there = frame.viewport.screen_from_world(other.to_world());
                [there.x as f32 - at[0], there.y as f32 - at[1]]
            };
            let elsewhere = country.elsewhere.iter().map(offset).collect();
            let name = Candidate::plain(
                hash(("country", row)),
                (rank::COUNTRY - i32::from(country.label_rank) * 3, at),
                (ink.halo_land, ink.halo_width_px),
            );
            self.candidates.push(Candidate {
                lines: vec![line],
                room: Some(room),
                elsewhere,
                most_cost: 16.0,
                ..name
            });
        }
    }

    /// How far the name of a country may step aside at a time, and where it stays inside.
    fn room(&self, country: &Country) -> Room {
        let [west, south, east, north] = country.bounds;
        let viewport = &self.frame.viewport;
        let y = |lat| viewport.screen_from_world(LonLat::new(country.label.lon, lat).to_world()).y;
        let scale = viewport.degree_width(country.label);
        let height = y(south) - y(north);
        let steps = [-2, -1, 0, 1, 2];
        Room {
            step: [((east - west) * scale / 8.0) as f32, (height / 8.0) as f32],
            holds: steps.map(|down| steps.map(|right| country.holds(right, down))),
        }
    }

    pub(super) fn features(&mut self) {
        let frame = self.frame;
        let zoom = self.zoom() as f32;
        let types = &frame.looks.tokens().map_type;
        let ink = &frame.looks.colours().map.label;
        for (row, feature) in frame.state.catalog.tables.features.iter().enumerate() {
            if !(feature.min_zoom..feature.max_zoom).contains(&zoom) {
                continue;
            }
            let Some(at) = self.on_screen(feature.at.to_world()) else { continue };
            let is_water = feature.kind.is_water();
            let (style, colour, halo) = if is_water {
                (self.style(&types.sea), ink.sea, ink.halo_sea)
            } else {
                (self.style(&types.relief), ink.relief, ink.halo_land)
            };
            let name = feature.name.get(self.language());
            let parts = balanced(name, 12);
            let lines = parts.into_iter().map(|part| self.line(part, style, colour)).collect();
            let name = Candidate::plain(
                hash(("feature", row)),
                (
                    if is_water { rank::SEA } else { rank::RELIEF }
                        - i32::try_from(row).map_or(80, |row| row.min(80)),
                    at,
                ),
                (halo, ink.halo_width_px),
            );
            self.candidates.push(Candidate {
                lines,
                angle: feature.angle_deg.to_radians() + frame.viewport.north_at(feature.at) as f32,
                most_cost: 3.0,
                ..name
            });
        }
    }
}
