//! What scenes are built from and never changes: corridor lines, towns, boundary lines, looks.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use static_aabb2d_index::{StaticAABB2DIndex, StaticAABB2DIndexBuilder};

use super::corridors::{CorridorLines, corridor_lines};
use super::lines::{FeatureLines, feature_lines};
use super::pick::distance_to_segment;
use super::style::Looks;
use super::towns::Towns;
use crate::atlas::Id;
use crate::basemap::{Basemap, Detail, Lines};
use crate::catalog::Catalog;
use crate::geo::{ScreenPoint, Viewport, WorldFixed};
use crate::theme::{Theme, Tokens};

/// Segments in one box of the index.
const RUN: usize = 32;

/// The parts of scenes that outlive a frame.
#[derive(Debug)]
pub struct Scenery {
    pub basemap: Basemap<'static>,
    pub corridors: Vec<CorridorLines>,
    pub towns: Towns,
    looks: [Looks; 3],
    lines: Vec<FeatureLines>,
    boundaries: OnceLock<Option<BoundaryLines>>,
    /// By the row of a boundary what of the atlas touches it.
    touching: OnceLock<HashMap<u16, BTreeSet<Id>>>,
}

impl Scenery {
    #[must_use]
    pub fn new(catalog: &Catalog, basemap: Basemap<'static>, tokens: &Arc<Tokens>) -> Self {
        Self {
            corridors: corridor_lines(&catalog.atlas),
            towns: Towns::new(catalog),
            looks: Theme::ALL.map(|theme| Looks::new(Arc::clone(tokens), theme, &catalog.tables)),
            lines: feature_lines(&catalog.atlas),
            boundaries: OnceLock::new(),
            touching: OnceLock::new(),
            basemap,
        }
    }

    /// How the map looks in `theme`.
    #[must_use]
    pub fn looks(&self, theme: Theme) -> &Looks {
        let index = match theme {
            Theme::Light => 0,
            Theme::Dark => 1,
            Theme::Projector => 2,
        };
        &self.looks[index]
    }

    /// The rings around a country's land, by its row in the basemap's tables; none where the basemap is damaged.
    #[must_use]
    pub fn outline_of(&self, row: u16) -> Vec<Vec<WorldFixed>> {
        self.basemap.outline_of(row, Detail::Medium).unwrap_or_else(|error| {
            log::error!("the outline of country {row}: {error}");
            Vec::new()
        })
    }

    /// The line of a project or belt.
    #[must_use]
    pub fn lines_of(&self, id: &Id) -> Option<&FeatureLines> {
        self.lines.iter().find(|lines| lines.id == *id)
    }

    /// Reads the world's boundary lines, so that they can be hit; done away from the window's thread.
    pub fn read_boundaries(&self) {
        let read = || self.basemap.boundary_lines().ok().and_then(|lines| BoundaryLines::new(&lines));
        let _ = self.boundaries.get_or_init(read);
    }

    /// Finds out which corridors and zones touch which boundaries; after they were read, and away from the
    /// window's thread too.
    pub fn find_touching(&self, catalog: &Catalog) {
        let _ = self.touching.get_or_init(|| {
            self.boundaries().map(|lines| super::touching::touching(catalog, lines)).unwrap_or_default()
        });
    }

    /// The corridors and zones that touch a boundary. None before that was found out.
    pub fn touching(&self, row: u16) -> impl Iterator<Item = &Id> {
        self.touching.get().and_then(|touching| touching.get(&row)).into_iter().flatten()
    }

    /// The world's boundary lines. `None` before they are read, and where the basemap is damaged.
    pub(super) fn boundaries(&self) -> Option<&BoundaryLines> {
        self.boundaries.get()?.as_ref()
    }
}

/// Boundary lines with an index over runs of their segments.
#[derive(Debug)]
pub(super) struct BoundaryLines {
    /// (row of the boundary, its points in the run); runs share their end points.
    runs: Vec<(u16, Vec<WorldFixed>)>,
    index: StaticAABB2DIndex<f64>,
}

impl BoundaryLines {
    fn new(lines: &Lines) -> Option<Self> {
        let mut runs = Vec::new();
        for (kind, points) in lines.iter() {
            let mut start = 0;
            while start + 1 < points.len() {
                let end = (start + RUN).min(points.len() - 1);
                runs.push((kind, points[start..=end].to_vec()));
                start = end;
            }
        }
        let mut builder = StaticAABB2DIndexBuilder::new(runs.len());
        for (_, points) in &runs {
            let (xs, ys) = (points.iter().map(|p| p.x), points.iter().map(|p| p.y));
            let (min_x, max_x) = (xs.clone().min()?, xs.max()?);
            let (min_y, max_y) = (ys.clone().min()?, ys.max()?);
            builder.add(f64::from(min_x), f64::from(min_y), f64::from(max_x), f64::from(max_y));
        }
        Some(Self { runs, index: builder.build().ok()? })
    }

    /// The boundaries within `reach` points of `point`: row and distance, each once.
    pub(super) fn near(&self, viewport: &Viewport, point: ScreenPoint, reach: f64) -> Vec<(u16, f64)> {
        let place = viewport.world_from_screen(point);
        let steps = reach / viewport.camera.scale();
        let (x, y) = (f64::from(place.x), f64::from(place.y));
        let mut found: Vec<(u16, f64)> = Vec::new();
        for run in self.index.query(x - steps, y - steps, x + steps, y + steps) {
            let (row, points) = &self.runs[run];
            let distance = points
                .windows(2)
                .map(|pair| {
                    let ends = [viewport.screen_from_world(pair[0]), viewport.screen_from_world(pair[1])];
                    distance_to_segment(point, ends[0], ends[1])
                })
                .fold(f64::INFINITY, f64::min);
            if distance > reach {
                continue;
            }
            match found.iter_mut().find(|(other, _)| other == row) {
                Some((_, nearest)) => *nearest = nearest.min(distance),
                None => found.push((*row, distance)),
            }
        }
        found
    }
}
