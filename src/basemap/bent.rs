//! Chunks for an equal-area page: the same land, water and lines, bent and with the points that their curves ask for.

use super::chunk::{Areas, Chunk, Group, Lines};
use crate::geo::Warp;

impl Chunk {
    /// What of the chunk is on the page, where the page's plain view draws it. Neighbours still share their edges.
    #[must_use]
    pub fn bent(&self, warp: &Warp) -> Self {
        Self {
            land: self.land.bent(warp),
            lakes: self.lakes.bent(warp),
            coast: self.coast.bent(warp),
            borders: self.borders.bent(warp),
            shores: self.shores.bent(warp),
            rivers: self.rivers.bent(warp),
        }
    }
}

impl Areas {
    fn bent(&self, warp: &Warp) -> Self {
        let mut bent = Self::default();
        for group in &self.groups {
            let range = group.triangles.start as usize..group.triangles.end as usize;
            let (vertices, triangles) = warp.areas(&self.vertices, &self.triangles[range]);
            let (base, start) = (bent.vertices.len() as u32, bent.triangles.len() as u32);
            bent.vertices.extend(vertices);
            bent.triangles.extend(triangles.into_iter().map(|number| base + number));
            bent.groups.push(Group { owner: group.owner, triangles: start..bent.triangles.len() as u32 });
        }
        bent
    }
}

impl Lines {
    fn bent(&self, warp: &Warp) -> Self {
        let mut bent = Self::default();
        for (kind, line) in self.iter() {
            let points = warp.line(line);
            for part in points.split_inclusive(|point| point.is_last) {
                bent.starts.push(bent.points.len() as u32);
                bent.kinds.push(kind);
                bent.points.extend(part.iter().map(|point| point.at));
            }
        }
        bent
    }
}
