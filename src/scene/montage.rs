//! A page put together from pictures: the maps of a comparison and the words around them.

use std::sync::Arc;

use super::draw::Scene;
use crate::geo::Size;

/// Pictures in their places on one page.
#[derive(Clone, Debug)]
pub struct Montage {
    /// In points.
    pub size: Size,
    /// From the lowest to the topmost. One without a ground lets through what lies under it.
    pub pieces: Vec<Piece>,
}

/// A picture in its own size.
#[derive(Clone, Debug)]
pub struct Piece {
    pub scene: Arc<Scene>,
    /// Its upper left corner on the page, in points.
    pub at: [f32; 2],
}

impl Montage {
    /// A page that one picture fills.
    #[must_use]
    pub fn of(scene: Arc<Scene>) -> Self {
        Self { size: scene.viewport.size, pieces: vec![Piece { scene, at: [0.0; 2] }] }
    }
}
