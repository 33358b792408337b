//! Figures in the world outside: drawn as they will be saved, saved, and opened again as the view they carry.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::picture::FigurePicture;
use super::saving;
use crate::cli;
use crate::data::fingerprint;
use crate::export;
use crate::format;
use crate::geo::Size;
use crate::scene::{self, Furniture, Montage, Scenery};
use crate::state::{Command, FigureOf, FigureWish, LayerKind, Reopened, State};
use crate::theme::{Theme, Tokens};
use crate::tour::Figure;
use crate::ui::{self, PanelFigure};

/// What of `state` is in the free map, in a picture of that size.
pub(super) fn on_paper(state: &State, size: Size) -> State {
    offline(state.on_paper(state.paper_view(size)))
}

fn offline(mut paper: State) -> State {
    paper.layers.set(LayerKind::Online, false);
    paper
}

/// What stands on the figure beside the map.
pub(super) fn furniture(wish: &FigureWish) -> Furniture {
    let title = wish.title.trim();
    Furniture {
        title: (!title.is_empty()).then(|| title.to_owned()),
        parts: wish.parts.clone(),
        ..Furniture::default()
    }
}

/// What of `state` is on the figure: its map, or a panel in the light theme, since paper is white.
fn drawn(state: &State, size: Size) -> (State, FigureOf) {
    let (mut paper, of) = (offline(state.on_paper(state.figure_view(size))), state.drawn());
    if of != FigureOf::Map {
        paper.settings.theme = Theme::Light;
    }
    (paper, of)
}

/// Lets the person choose a file, and draws the figure there.
pub(super) fn save(
    ctx: &egui::Context,
    wish: FigureWish,
    (state, scenery, tokens): (&State, &Arc<Scenery>, &Arc<Tokens>),
) {
    let (paper, of) = drawn(state, wish.size(state.view.viewport().size));
    let (scenery, tokens) = (Arc::clone(scenery), Arc::clone(tokens));
    saving::save(ctx, format!("corridor-atlas.{}", wish.form.ending()), move |path| {
        let job = cli::FigureJob {
            state: &paper,
            scenery: &scenery,
            tokens: &tokens,
            of,
            furniture: &furniture(&wish),
            scale: f32::from(wish.scale),
        };
        job.write(wish.form, path).map_err(|error| error.to_string())
    });
}

/// Whether a file may be a figure.
pub(super) fn is_figure(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ["png", "svg", "pdf"].contains(&ending.as_str()))
}

/// The view that a file carries, with what became of the files on it.
pub(super) fn carried(path: &Path) -> Reopened {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let mut reopened =
        Reopened { name, figure: None, found: Vec::new(), missing: Vec::new(), changed: Vec::new() };
    let json = std::fs::read(path).ok().and_then(|bytes| export::carried(&bytes));
    let Some(figure) = json.and_then(|json| Figure::from_json(&json)) else { return reopened };
    let folder = path.parent().unwrap_or(Path::new(""));
    for file in &figure.files {
        // Where it lay, or beside the figure that was mailed with it.
        let places = [PathBuf::from(&file.path), folder.join(&file.name)];
        let read = |place: PathBuf| std::fs::read(&place).ok().map(|bytes| (place, bytes));
        match places.into_iter().find_map(read) {
            None => reopened.missing.push(file.name.clone()),
            Some((place, bytes)) => {
                if fingerprint(&bytes) != file.sha256
                    && format::fingerprint(&place).as_ref() != Some(&file.sha256)
                {
                    reopened.changed.push(file.name.clone());
                }
                reopened.found.push(place);
            }
        }
    }
    reopened.figure = Some(Arc::new(figure));
    reopened
}

/// Opens a figure on a thread of its own.
pub(super) fn open(ctx: &egui::Context, path: PathBuf, tell: crossbeam_channel::Sender<Command>) {
    let ctx = ctx.clone();
    let open = move || {
        let command = Command::Reopen(Box::new(carried(&path)));
        // The window may be gone.
        let _ = tell.send(command);
        ctx.request_repaint();
    };
    if let Err(error) = std::thread::Builder::new().name("atlas-reopen".to_owned()).spawn(open) {
        log::error!("the figure cannot be opened: {error}");
    }
}

/// The page of the sheet on which a figure is made; `None` while it is closed.
pub(super) fn preview(
    picture: &mut FigurePicture,
    (state, scenery, tokens): (&State, &Scenery, &Arc<Tokens>),
    pixels_per_point: f32,
) -> Option<Arc<Montage>> {
    let is_open = state.panels.sheet == Some(crate::state::Sheet::Figure);
    if !is_open {
        *picture = FigurePicture::default();
        return None;
    }
    let page = picture.of((&state.wish, state.settings), || {
        let (paper, of) = drawn(state, state.wish.size(state.view.viewport().size));
        let furniture = furniture(&state.wish);
        let figure = PanelFigure {
            state: &paper,
            scenery,
            tokens,
            of,
            title: furniture.title.as_deref().unwrap_or_default(),
            size: paper.view.viewport().size,
        };
        ui::montage(&figure, pixels_per_point)
            .unwrap_or_else(|| scene::map_page((&paper, scenery), pixels_per_point, &furniture))
    });
    Some(page)
}
