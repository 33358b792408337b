//! Which features lie within a distance of a place.

use std::collections::BTreeSet;

use super::Dataset;
use crate::geo::{LonLat, WorldBounds, WorldFixed, destination, distance_m};

impl Dataset {
    /// The rows of the features that come within so many metres of a place, or lie around it. Lines and areas count
    /// by their vertices.
    #[must_use]
    pub fn within(&self, place: LonLat, metres: f64) -> BTreeSet<u32> {
        let about = around(place, metres);
        let is_near = |at: WorldFixed| about.contains(at) && distance_m(place, at.to_lonlat()) <= metres;
        let mut rows: BTreeSet<u32> =
            self.points.iter().filter(|(at, _)| is_near(*at)).map(|(_, row)| row).collect();
        if self.has_areas {
            rows.extend(self.areas_at(place.to_world()));
        }
        for row in 0..u32::try_from(self.len()).unwrap_or(u32::MAX) {
            let is_about = self.outline(row).is_some_and(|bounds| bounds.intersects(about));
            if is_about && !rows.contains(&row) && self.lines_of(row).flatten().any(|at| is_near(*at)) {
                rows.insert(row);
            }
        }
        rows
    }
}

/// The box around a circle; the whole width where it reaches over the edge of the world.
fn around(place: LonLat, metres: f64) -> WorldBounds {
    let [north, south] = [0.0, 180.0].map(|bearing| destination(place, bearing, metres).lat);
    // Where meridians come together a circle is widest nearer to the pole.
    let widest = north.abs().max(south.abs()).min(89.0).to_radians().cos();
    let half = metres / 110_500.0 / widest.max(0.01);
    let (west, east) = (place.lon - half, place.lon + half);
    if west < -180.0 || east > 180.0 {
        return WorldBounds::of_degrees([-180.0, south, 180.0, north]);
    }
    WorldBounds::of_degrees([west, south, east, north])
}
