//! The whole of a country, put together again from the squares that it was cut into.

use std::collections::{BTreeMap, HashMap};

use super::{Basemap, BasemapError, Detail};
use crate::geo::{WorldBounds, WorldFixed};

impl Basemap<'_> {
    /// The rings around all land of a row of [`super::Tables::countries`], as exact as `detail` is: outer ones and
    /// those around what lies inside and is not its own. Unpacks every chunk that has some of it.
    pub fn outline_of(&self, row: u16, detail: Detail) -> Result<Vec<Vec<WorldFixed>>, BasemapError> {
        // An edge between two triangles of the country is met once each way, and so cancels out.
        let mut edges: BTreeMap<(Corner, Corner), i32> = BTreeMap::new();
        for id in self.chunks_in(detail, WorldBounds::WORLD) {
            let land = self.land(id)?;
            for group in land.groups.iter().filter(|group| group.owner == row) {
                let range = group.triangles.start as usize..group.triangles.end as usize;
                for triangle in land.triangles[range].chunks_exact(3) {
                    let corners = [0, 1, 2].map(|n| corner(land.vertices[triangle[n] as usize]));
                    for (from, to) in wound(corners) {
                        if from < to {
                            *edges.entry((from, to)).or_default() += 1;
                        } else {
                            *edges.entry((to, from)).or_default() -= 1;
                        }
                    }
                }
            }
        }
        let sides = edges.into_iter().filter(|(_, count)| *count != 0);
        Ok(rings(sides.map(|((a, b), count)| if count > 0 { (a, b) } else { (b, a) })))
    }
}

type Corner = (u32, u32);

fn corner(point: WorldFixed) -> Corner {
    (point.x, point.y)
}

/// The sides of a triangle, all triangles the same way round.
fn wound([a, b, c]: [Corner; 3]) -> [(Corner, Corner); 3] {
    let d = |t: u32, s: u32| i128::from(t) - i128::from(s);
    let turn = d(b.0, a.0) * d(c.1, a.1) - d(b.1, a.1) * d(c.0, a.0);
    if turn >= 0 { [(a, b), (b, c), (c, a)] } else { [(a, c), (c, b), (b, a)] }
}

/// Sides joined end to end, each used once.
fn rings(sides: impl Iterator<Item = (Corner, Corner)>) -> Vec<Vec<WorldFixed>> {
    let mut next: HashMap<Corner, Vec<Corner>> = HashMap::new();
    let mut begins = Vec::new();
    for (from, to) in sides {
        next.entry(from).or_default().push(to);
        begins.push(from);
    }
    let mut rings = Vec::new();
    for begin in begins {
        let mut ring = Vec::new();
        let mut at = begin;
        while let Some(to) = next.get_mut(&at).and_then(Vec::pop) {
            ring.push(WorldFixed::new(at.0, at.1));
            at = to;
            if at == begin {
                break;
            }
        }
        if ring.len() > 2 {
            rings.push(ring);
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{LonLat, area_m2};

    fn area_km2(code: &str, detail: Detail) -> f64 {
        let basemap = Basemap::embedded();
        let tables = basemap.tables().expect("the tables read");
        let row = tables.countries.iter().position(|country| country.iso_a2 == code).expect("a country");
        let rings = basemap.outline_of(u16::try_from(row).expect("a row"), detail).expect("an outline");
        let signed = |ring: &Vec<WorldFixed>| {
            let flat: f64 = ring
                .iter()
                .zip(ring.iter().cycle().skip(1))
                .map(|(a, b)| {
                    let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(f64::from);
                    ax * by - bx * ay
                })
                .sum();
            let places: Vec<LonLat> = ring.iter().map(|point| point.to_lonlat()).collect();
            area_m2(&places) * flat.signum()
        };
        rings.iter().map(signed).sum::<f64>().abs() / 1e6
    }

    #[test]
    fn countries_come_out_as_large_as_they_are_known_to_be() {
        // From the CIA World Factbook; land and water in square kilometres.
        for (code, known) in [("MN", 1_564_116.0), ("KZ", 2_724_900.0), ("LA", 236_800.0), ("LK", 65_610.0)] {
            for detail in [Detail::Coarse, Detail::Fine] {
                let area = area_km2(code, detail);
                assert!((area / known - 1.0).abs() < 0.04, "{code} {detail:?}: {area} of {known}");
            }
        }
    }

    #[test]
    fn a_country_of_one_piece_is_one_ring() {
        let basemap = Basemap::embedded();
        let tables = basemap.tables().expect("the tables read");
        let row = tables.countries.iter().position(|country| country.iso_a2 == "MN").expect("Mongolia");
        let rings =
            basemap.outline_of(u16::try_from(row).expect("a row"), Detail::Medium).expect("an outline");
        assert_eq!(rings.len(), 1, "no seam of the squares is left in it");
    }
}
