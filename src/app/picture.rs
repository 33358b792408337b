//! The pictures of the window, each drawn anew only when something it depends on changed.

use std::sync::Arc;

use crate::atlas::Id;
use crate::geo::{Size, Viewport};
use crate::scene::{self, Montage, Names, Scene, Scenery};
use crate::state::{FigureWish, State};
use crate::ui;

/// The scene drawn last and what it was built from.
#[derive(Default)]
pub(super) struct Picture {
    pub(super) scene: Option<Arc<Scene>>,
    /// The ground by itself, where tiles lie between it and the scene.
    pub(super) beneath: Option<Arc<Scene>>,
    built_from: Option<Shown>,
    pub(super) names: Names,
    /// Whether a frame with everything on it has been shown.
    pub(super) is_complete: bool,
}

/// What a scene depends on; a frame in which none of it changed shows the same scene again.
#[derive(Clone, PartialEq)]
struct Shown {
    viewport: Viewport,
    padding: crate::geo::Padding,
    layers: crate::state::Layers,
    files: crate::state::Files,
    picks: crate::state::Picks,
    timeline: crate::state::Timeline,
    settings: crate::state::Settings,
    /// What is chosen in the table.
    chosen: Vec<Id>,
    /// Nothing is named while a place is asked for.
    is_asking: bool,
    pixels_per_point: f32,
    /// Tiles from the network are the ground.
    is_online: bool,
}

impl Picture {
    /// The scene of `state`; the one before where nothing changed. `covered` is what names keep clear of.
    pub(super) fn of(
        &mut self,
        (state, scenery): (&State, &Scenery),
        ground: (f32, bool),
        covered: Option<[f32; 4]>,
    ) -> Arc<Scene> {
        let shown = Shown {
            viewport: state.view.viewport(),
            padding: state.view.padding(),
            layers: state.layers.clone(),
            files: state.files.clone(),
            picks: state.picks.clone(),
            timeline: state.timeline.clone(),
            settings: state.settings,
            chosen: state.chosen(),
            is_asking: state.quiz.asks_for_a_place(),
            pixels_per_point: ground.0,
            is_online: ground.1,
        };
        if let Some(scene) = &self.scene
            && self.built_from.as_ref() == Some(&shown)
        {
            return Arc::clone(scene);
        }
        self.names.keep_clear(covered.into_iter().collect());
        let (scene, beneath) = scene::build_on(state, scenery, ground, &mut self.names);
        let scene = Arc::new(scene);
        self.beneath = beneath.map(Arc::new);
        self.scene = Some(Arc::clone(&scene));
        self.built_from = Some(shown);
        scene
    }
}

/// The page of a figure, drawn anew when it is to be another.
#[derive(Default)]
pub(super) struct FigurePicture(Option<(FigureWish, crate::state::Settings, Arc<Montage>)>);

impl FigurePicture {
    pub(super) fn of(
        &mut self,
        (wish, settings): (&FigureWish, crate::state::Settings),
        draw: impl FnOnce() -> Montage,
    ) -> Arc<Montage> {
        if let Some((of, drawn_in, page)) = &self.0
            && (of, *drawn_in) == (wish, settings)
        {
            return Arc::clone(page);
        }
        let page = Arc::new(draw());
        self.0 = Some((wish.clone(), settings, Arc::clone(&page)));
        page
    }
}

/// The small maps of a comparison, by the feature in the middle of each.
#[derive(Default)]
pub(super) struct Compared(Vec<(Id, Picture)>);

impl Compared {
    /// The scene of each feature, in a map of the size it has in the window.
    pub(super) fn of(
        &mut self,
        (state, scenery): (&State, &Scenery),
        pixels_per_point: f32,
        placed: &[(Id, egui::Rect)],
    ) -> Vec<(Id, Arc<Scene>)> {
        self.0.retain(|(id, _)| placed.iter().any(|(other, _)| other == id));
        let Some((_, first)) = placed.first() else { return Vec::new() };
        let size = Size { width: f64::from(first.width()), height: f64::from(first.height()) };
        let ids: Vec<Id> = placed.iter().map(|(id, _)| id.clone()).collect();
        let looked = ids.iter().zip(state.looks_at(&ids, size));
        let scenes = looked.map(|(id, viewport)| {
            let seen = state.seen_through(viewport, Some(id.clone()));
            let at = self.0.iter().position(|(other, _)| other == id).unwrap_or_else(|| {
                self.0.push((id.clone(), Picture::default()));
                self.0.len() - 1
            });
            (id.clone(), self.0[at].1.of((&seen, scenery), (pixels_per_point, false), None))
        });
        scenes.collect()
    }
}

/// What lies under the pointer as somebody else sees it.
#[derive(Default)]
pub(super) struct LensPicture(Picture);

impl LensPicture {
    /// The lens with its scene, while one is held over the map.
    pub(super) fn of(
        &mut self,
        ui: &egui::Ui,
        (state, scenery): (&State, &Scenery),
        pixels_per_point: f32,
    ) -> Option<(ui::Lens, Arc<Scene>)> {
        let lens = ui::lens(ui, state)?;
        let mut seen = state.seen_through(lens.viewport, state.picks.selected.clone());
        seen.layers.viewpoint = state.layers.other_viewpoint().map(str::to_owned);
        let scene = self.0.of((&seen, scenery), (pixels_per_point, false), None);
        Some((lens, scene))
    }
}
