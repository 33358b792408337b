//! A map without a word on it, large enough for a sheet of paper.

use std::path::Path;
use std::sync::Arc;

use super::figures;
use super::saving::save as save_as;
use crate::basemap::Basemap;
use crate::geo::Size;
use crate::render::{Headless, Loader};
use crate::scene::{self, Furniture, Names, Scenery};
use crate::state::{LayerKind, State};
use crate::theme::Theme;

/// A4 across, in points of 1/96 inch, and pixels to a point: 288 to the inch.
const PAPER: Size = Size { width: 1123.0, height: 794.0 };
const SCALE: f32 = 3.0;
/// What of `state` is in view, on paper: light, without relief and without names.
fn on_paper(state: &State) -> State {
    let mut paper = figures::on_paper(state, PAPER);
    paper.picks.select(None);
    for layer in [LayerKind::Names, LayerKind::Relief] {
        paper.layers.set(layer, false);
    }
    paper.settings.theme = Theme::Light;
    paper
}

/// Lets the person choose a file, and draws it there.
pub(super) fn save(ctx: &egui::Context, state: &State, scenery: &Arc<Scenery>) {
    let (paper, scenery) = (on_paper(state), Arc::clone(scenery));
    save_as(ctx, "map.png".to_owned(), move |path| {
        draw(&paper, &scenery, path).map_err(|reason| format!("{}: {reason}", path.display()))
    });
}

fn draw(paper: &State, scenery: &Scenery, path: &Path) -> Result<(), String> {
    let scene = scene::figure((paper, scenery), SCALE, &mut Names::default(), &Furniture::default());
    let loader = Loader::new(Arc::new(Basemap::embedded()));
    let mut headless = Headless::new(loader).map_err(|error| error.to_string())?;
    let image = headless.image(&Arc::new(scene), SCALE).map_err(|error| error.to_string())?;
    let opaque = image::DynamicImage::ImageRgba8(image).into_rgb8();
    opaque.save(path).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;
    use crate::scene::Item;

    #[test]
    fn there_is_no_word_on_it_but_whom_it_thanks() {
        let Content { state, scenery, .. } = Content::embedded().expect("the embedded content reads");
        let paper = on_paper(&state);
        let scene = scene::build(&paper, &scenery, 1.0, &mut Names::default());
        let words =
            scene.layers.iter().flat_map(|layer| &layer.items).filter(
                |item| matches!(item, Item::Text(runs) if runs.iter().any(|run| !run.glyphs.is_empty())),
            );
        assert_eq!(words.count(), 1, "the numbers on clusters alone");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("map.png");
        draw(&paper, &scenery, &path).expect("drawn");
        let (width, height) = image::image_dimensions(&path).expect("a picture");
        assert_eq!((width, height), (3369, 2382));
    }
}
