//! The part of a vector archive that a view shows, as one text of `GeoJSON`.

use super::mvt::{Limits, features};
use super::seams::joined;
use super::{Archive, Kind, MAX_ZOOM, TileCoord, TileError};
use crate::geo::WorldBounds;

/// Tiles that a window has, at most, unless its caller wants fewer.
pub const MOST_TILES: usize = 64;
/// Tiles that are asked for at a time: as many as a browser asks of one server.
const AT_ONCE: usize = 6;

/// The tiles of a view, as lines of features.
#[derive(Debug)]
pub struct Window {
    /// `GeoJSON`, a feature a line; empty where the archive has nothing in the view.
    pub text: Vec<u8>,
    /// The zoom of the tiles.
    pub zoom: u8,
    /// Tiles whose features are in the text.
    pub tiles: usize,
    /// Tiles that the archive does not have.
    pub missing: usize,
    /// Tiles that do not read, and why the first of them does not.
    pub broken: usize,
    pub fault: Option<TileError>,
    /// Layers, features and properties that break the specification and are left out.
    pub problems: usize,
    /// Whether a limit ended the reading.
    pub is_cut: bool,
}

/// Reads the tiles of a view that does not cross 180°, at the deepest zoom that the archive has, the view wants
/// (`zoom`, of 256 points a tile) and `limit_tiles` allows; deeper than the archive goes, its deepest tiles serve.
///
/// `watch` is told how many tiles of how many are done, and stops the work with false. A tile that does not read is
/// counted; only where none reads its error is the answer.
pub fn window(
    archive: &dyn Archive,
    bounds: WorldBounds,
    zoom: f64,
    limit_tiles: usize,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<Window, TileError> {
    window_within(archive, &wanted(archive, bounds, zoom, limit_tiles)?, &Limits::default(), watch)
}

/// The tiles of a window, row by row from the north-west.
struct Wanted {
    zoom: u8,
    tiles: Vec<TileCoord>,
}

fn wanted(
    archive: &dyn Archive,
    bounds: WorldBounds,
    zoom: f64,
    limit_tiles: usize,
) -> Result<Wanted, TileError> {
    let info = archive.info();
    if info.kind != Kind::Mvt {
        return Err(TileError::NotVector);
    }
    let deepest = if zoom.is_finite() { zoom.clamp(0.0, f64::from(MAX_ZOOM)) as u8 } else { 0 };
    let deepest = deepest.clamp(info.min_zoom, info.max_zoom);
    let Some(bounds) = shared(bounds, info.bounds) else {
        return Ok(Wanted { zoom: deepest, tiles: Vec::new() });
    };
    let limit = limit_tiles.clamp(1, MOST_TILES);
    let zoom = (info.min_zoom..=deepest)
        .rev()
        .find(|zoom| count(*zoom, bounds) <= limit as u64)
        .ok_or(TileError::TooWide { min_zoom: info.min_zoom })?;
    let (first, last) = (TileCoord::at(zoom, bounds.min), TileCoord::at(zoom, bounds.max));
    let row = |y| (first.x()..=last.x()).filter_map(move |x| TileCoord::new(zoom, x, y));
    Ok(Wanted { zoom, tiles: (first.y()..=last.y()).flat_map(row).collect() })
}

/// The part of a view in which an archive says that it has tiles.
fn shared(view: WorldBounds, said: Option<[f64; 4]>) -> Option<WorldBounds> {
    let Some(own) = said.map(WorldBounds::of_degrees) else { return Some(view) };
    if !view.intersects(own) {
        return None;
    }
    let mut shared = view;
    shared.min.x = view.min.x.max(own.min.x);
    shared.min.y = view.min.y.max(own.min.y);
    shared.max.x = view.max.x.min(own.max.x);
    shared.max.y = view.max.y.min(own.max.y);
    Some(shared)
}

fn count(zoom: u8, bounds: WorldBounds) -> u64 {
    let (first, last) = (TileCoord::at(zoom, bounds.min), TileCoord::at(zoom, bounds.max));
    let along = |from: u32, to: u32| u64::from(to.saturating_sub(from)) + 1;
    along(first.x(), last.x()) * along(first.y(), last.y())
}

fn window_within(
    archive: &dyn Archive,
    wanted: &Wanted,
    limits: &Limits,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<Window, TileError> {
    let mut window = Window {
        text: Vec::new(),
        zoom: wanted.zoom,
        tiles: 0,
        missing: 0,
        broken: 0,
        fault: None,
        problems: 0,
        is_cut: false,
    };
    let mut left = *limits;
    let mut done = 0;
    for coords in wanted.tiles.chunks(AT_ONCE) {
        for (coord, tile) in coords.iter().zip(tiles(archive, coords)) {
            if !watch(done, wanted.tiles.len()) {
                return Err(TileError::Stopped);
            }
            if !window.is_cut {
                add(*coord, tile, &mut left, &mut window);
            }
            done += 1;
        }
        if window.is_cut {
            break;
        }
    }
    if window.broken > 0 && window.tiles == 0 && window.missing == 0 {
        return Err(window.fault.take().unwrap_or(TileError::Stopped));
    }
    if window.tiles > 1 {
        window.text = joined(window.text, window.zoom);
    }
    watch(wanted.tiles.len(), wanted.tiles.len());
    Ok(window)
}

type Tile = Result<Option<Vec<u8>>, TileError>;

/// Some tiles in their order, asked for together; what finds no thread is asked for by this one.
fn tiles(archive: &dyn Archive, coords: &[TileCoord]) -> Vec<Tile> {
    let ask = |coord: TileCoord| archive.tile(coord.z(), coord.x(), coord.y());
    if let [only] = coords {
        return vec![ask(*only)];
    }
    std::thread::scope(|scope| {
        let start = |coord: &TileCoord| {
            let coord = *coord;
            let name = std::thread::Builder::new().name("tile".to_owned());
            (coord, name.spawn_scoped(scope, move || ask(coord)))
        };
        let asked: Vec<_> = coords.iter().map(start).collect();
        let answer = |(coord, thread): (TileCoord, std::io::Result<_>)| match thread {
            Ok(thread) => std::thread::ScopedJoinHandle::join(thread)
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => ask(coord),
        };
        asked.into_iter().map(answer).collect()
    })
}

/// Adds the features of a tile, and takes them from what is left of the limits.
fn add(coord: TileCoord, tile: Tile, left: &mut Limits, window: &mut Window) {
    let before = window.text.len();
    let read = tile.and_then(|tile| {
        let Some(tile) = tile else { return Ok(None) };
        features(&tile, coord, &mut window.text, left).map(Some)
    });
    match read {
        Ok(None) => window.missing += 1,
        Ok(Some(stats)) => {
            window.tiles += 1;
            window.problems += stats.problems;
            window.is_cut |= stats.is_cut;
            left.features = left.features.saturating_sub(stats.features);
            left.vertices = left.vertices.saturating_sub(stats.vertices);
            left.bytes = left.bytes.saturating_sub(window.text.len() - before);
        }
        Err(error) => {
            window.broken += 1;
            window.fault.get_or_insert(error);
        }
    }
}

#[cfg(test)]
mod tests;
