//! A map without a word on it, large enough for a sheet of paper.

use std::path::Path;
use std::sync::Arc;

use crate::basemap::Basemap;
use crate::geo::{Size, Viewport};
use crate::render::{Headless, Loader};
use crate::scene::{self, Furniture, Names, Scenery};
use crate::state::{LayerKind, State};
use crate::theme::Theme;

/// A4 across, in points of 1/96 inch, and pixels to a point: 288 to the inch.
const PAPER: Size = Size { width: 1123.0, height: 794.0 };
const SCALE: f32 = 3.0;
/// Free map around what was in view, as a share of it.
const MARGIN: f64 = 0.02;

/// What of `state` is in view, on paper: light, without relief and without names.
fn on_paper(state: &State) -> State {
    let viewport = state.view.viewport();
    let padding = state.view.padding();
    let free = (viewport.size.width - padding.left - padding.right) * (1.0 + MARGIN);
    let middle = viewport.world_from_screen(state.view.middle());
    let zoom = viewport.camera.zoom + (PAPER.width / free.max(1.0)).log2();
    let camera = crate::geo::Camera { center: middle, zoom };
    let mut paper = state.seen_through(Viewport::clamped(camera, PAPER), None);
    for layer in [LayerKind::Names, LayerKind::Relief, LayerKind::Online] {
        paper.layers.set(layer, false);
    }
    paper.settings.theme = Theme::Light;
    paper
}

/// Lets the person choose a file, and draws it there; on a thread of its own.
pub(super) fn save(ctx: &egui::Context, state: &State, scenery: &Arc<Scenery>) {
    let (paper, scenery, ctx) = (on_paper(state), Arc::clone(scenery), ctx.clone());
    let save = move || {
        let Some(path) = rfd::FileDialog::new().set_file_name("map.png").save_file() else { return };
        if let Err(reason) = draw(&paper, &scenery, &path) {
            let told = format!("{}: {reason}", path.display());
            rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_description(told).show();
        }
        ctx.request_repaint();
    };
    if let Err(error) = std::thread::Builder::new().name("atlas-blank-map".to_owned()).spawn(save) {
        log::error!("the blank map cannot be drawn: {error}");
    }
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
