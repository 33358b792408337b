//! Everything the program carries, read and made ready: the atlas, the basemap's tables, the tokens.

use std::sync::Arc;

use crate::atlas::{Atlas, AtlasError};
use crate::basemap::{Basemap, BasemapError};
use crate::catalog::Catalog;
use crate::scene::Scenery;
use crate::state::State;
use crate::theme::{Tokens, TokensError};

/// What everything is shown from.
#[derive(Debug)]
pub struct Content {
    pub state: State,
    pub scenery: Arc<Scenery>,
    pub tokens: Arc<Tokens>,
    pub basemap: Arc<Basemap<'static>>,
}

/// A file that the program carries does not read; only a damaged build has one.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error(transparent)]
    Atlas(#[from] AtlasError),
    #[error(transparent)]
    Basemap(#[from] BasemapError),
    #[error(transparent)]
    Tokens(#[from] TokensError),
}

impl Content {
    /// Reads it all; the two largest parts side by side.
    pub fn embedded() -> Result<Self, ContentError> {
        let basemap = Arc::new(Basemap::embedded());
        let (atlas, tables) = std::thread::scope(|scope| {
            let tables = scope.spawn(|| basemap.tables());
            (Atlas::embedded(), tables.join())
        });
        let tables = tables.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let tokens = Arc::new(Tokens::embedded()?);
        let catalog = Arc::new(Catalog::new(atlas?, tables));
        let scenery = Arc::new(Scenery::new(&catalog, Basemap::embedded(), &tokens));
        Ok(Self { state: State::new(catalog), scenery, tokens, basemap })
    }
}
