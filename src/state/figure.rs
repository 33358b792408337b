//! Figures: what one carries of the view, and the view that one brings back.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Effect, FigureOf, LayerKind, State, Subject};
use crate::data::{Column, RowSet, Summary, summary};
use crate::geo::{Camera, Size, Viewport};
use crate::tour::{Aim, Figure, FigureFile};

/// Free map around what was in view, as a share of it.
const MARGIN: f64 = 0.02;

/// A figure that was dropped, with what became of its files.
#[derive(Clone, Debug, PartialEq)]
pub struct Reopened {
    /// What the file is called.
    pub name: String,
    /// `None` where it carries no view.
    pub figure: Option<Arc<Figure>>,
    /// Files that are where they were.
    pub found: Vec<PathBuf>,
    /// Their names: not there any more, and no longer the same.
    pub missing: Vec<String>,
    pub changed: Vec<String>,
}

impl Reopened {
    /// Whether everything is as it was.
    #[must_use]
    pub fn is_whole(&self, data: &str) -> bool {
        let is_of_today = self.figure.as_ref().is_some_and(|figure| figure.data == data);
        self.missing.is_empty() && self.changed.is_empty() && is_of_today
    }
}

impl State {
    /// What there is to draw: the map, and what lies open or is at hand.
    #[must_use]
    pub fn drawable(&self) -> Vec<FigureOf> {
        let others = [
            (FigureOf::Strip, self.strip.is_some()),
            (FigureOf::Comparison, !self.compared().is_empty()),
            (FigureOf::Timeline, true),
            (FigureOf::Chart, self.charted().is_some()),
        ];
        let others = others.into_iter().filter(|(_, is_there)| *is_there).map(|(of, _)| of);
        std::iter::once(FigureOf::Map).chain(others).collect()
    }

    /// What the figure is of: as wished, or the map where that is not there any more.
    #[must_use]
    pub fn drawn(&self) -> FigureOf {
        if self.drawable().contains(&self.wish.of) { self.wish.of } else { FigureOf::Map }
    }

    /// The column whose chart a figure shows: the one that is wished for, else the first that parts the rows.
    #[must_use]
    pub fn charted(&self) -> Option<(&Subject, &Column)> {
        let open = self.table.as_ref()?;
        let table = self.table_of(&open.of)?;
        let first = || table.column(&open.facets.first()?.column);
        Some((&open.of, table.column(&self.wish.column).or_else(first)?))
    }

    /// What a column holds over the rows that pass.
    #[must_use]
    pub fn counted(&self, of: &Subject, column: &Column) -> Summary {
        let passing = self.filter_of(of).and_then(|filter| filter.passing.clone());
        let all = || RowSet::all(self.table_of(of).map_or(0, crate::data::Table::rows));
        match passing {
            Some(passing) => summary(column, &passing),
            None => summary(column, &all()),
        }
    }

    /// What is in the free map, in a picture of that size; on Mercator.
    #[must_use]
    pub fn paper_view(&self, size: Size) -> Viewport {
        let (viewport, padding) = (self.view.viewport(), self.view.padding());
        let across = (viewport.size.width - padding.left - padding.right) * (1.0 + MARGIN);
        let down = (viewport.size.height - padding.top - padding.bottom) * (1.0 + MARGIN);
        let fits = (size.width / across.max(1.0)).min(size.height / down.max(1.0));
        let middle = viewport.world_from_screen(self.view.middle());
        Viewport::clamped(Camera { center: middle, zoom: viewport.camera.zoom + fits.log2() }, size)
    }

    /// The same as the figure shows it: of a map in the projection that is wished for, unless it is too wide for that.
    #[must_use]
    pub fn figure_view(&self, size: Size) -> Viewport {
        let plain = self.paper_view(size);
        let flat = plain.through(self.wish.projection).laid_flat();
        if self.drawn() == FigureOf::Map && flat.is_presentable() { flat } else { plain }
    }

    /// The same as a picture on paper shows it from there.
    #[must_use]
    pub fn on_paper(&self, view: Viewport) -> Self {
        let grid = self.layers.shows(LayerKind::Grid);
        let mut paper = self.seen_through(view, self.picks.selected.clone());
        paper.layers.set(LayerKind::Grid, grid);
        paper
    }

    /// What a figure of that size carries of the view. Reads every opened file once for its hash: not for the
    /// window's thread.
    #[must_use]
    pub fn figure(&self, size: Size, sources: Vec<String>) -> Figure {
        let shown = self.files.iter().filter(|file| file.is_visible);
        let files = shown.filter_map(|file| {
            let dataset = file.whole()?;
            Some(FigureFile {
                name: file.name.clone(),
                path: file.path.display().to_string(),
                bytes: dataset.source().len() as u64,
                sha256: dataset.fingerprint(),
            })
        });
        let settings = (self.settings.language, self.settings.theme);
        let figure = Figure::new(settings, [size.width, size.height], self.look());
        let figure = figure.projected(self.view.viewport().projection);
        Figure { data: self.catalog.atlas.version.clone(), files: files.collect(), sources, ..figure }
    }

    /// Brings back the view of a figure.
    pub(super) fn reopen(&mut self, reopened: Reopened) -> Vec<Effect> {
        self.panels.sheet = None;
        let Some(figure) = reopened.figure.clone() else {
            self.reopened = Some(reopened);
            return Vec::new();
        };
        let _ = self.apply(super::Command::SetLanguage(figure.language));
        let _ = self.apply(super::Command::SetTheme(figure.theme));
        self.wish.projection = figure.projection();
        let new: Vec<PathBuf> = reopened
            .found
            .iter()
            .filter(|path| !self.files.iter().any(|file| file.path == **path))
            .cloned()
            .collect();
        let mut effects: Vec<Effect> = new.into_iter().map(|path| self.files.open(path, false)).collect();
        effects.extend(self.show_look(&figure.look));
        match figure.look.at {
            Some(Aim::Camera(camera)) => self.view.fly_to_picture(camera, figure.size, true),
            _ => self.aim(&figure.look, true),
        }
        self.reopened = (!reopened.is_whole(&self.catalog.atlas.version)).then_some(reopened);
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{LonLat, Padding, Projection};
    use crate::state::tests::fresh;
    use crate::state::{Command, FigureWish};

    #[test]
    fn a_figure_brings_its_view_back() {
        let mut state = fresh();
        let size = Size { width: 1200.0, height: 800.0 };
        let _ = state.apply(Command::SetViewport { size, padding: Padding::default() });
        let _ = state.apply(Command::LookAt(Camera::new(LonLat::new(105.0, 21.0), 6.25)));
        let _ = state.apply(Command::Select("zone/hekou".parse().ok()));
        let _ = state.apply(Command::SetLayerVisible { layer: LayerKind::Relief, is_visible: false });
        let _ = state.apply(Command::SetLanguage(crate::i18n::Language::Ko));
        let wish = FigureWish { projection: Projection::EqualArea, ..FigureWish::default() };
        let _ = state.apply(Command::SetFigure(Box::new(wish)));
        let plain = state.figure(size, Vec::new());
        assert!(!plain.to_json().contains("projection"), "the window's own view is on Mercator");
        let paper = state.on_paper(state.figure_view(size));
        let figure = paper.figure(size, vec!["a source".to_owned()]);
        let read = Figure::from_json(&figure.to_json()).expect("it reads");
        assert_eq!(read.look.select, figure.look.select);
        assert_eq!(read.projection(), Projection::EqualArea);
        let other = figure.to_json().replace("equal-area", "some-later-one");
        assert_eq!(Figure::from_json(&other).map(|read| read.projection()), Some(Projection::Mercator));
        let mut other = fresh();
        let _ = other.apply(Command::SetViewport { size, padding: Padding::default() });
        let reopened = Reopened {
            name: "figure.png".to_owned(),
            figure: Some(Arc::new(read)),
            found: Vec::new(),
            missing: vec!["x.geojson".to_owned()],
            changed: Vec::new(),
        };
        let _ = other.apply(Command::Reopen(Box::new(reopened)));
        let (a, b) = (paper.view.camera(), other.view.camera());
        assert!((a.zoom - b.zoom).abs() < 1e-3, "{a:?} {b:?}");
        assert!((a.center.to_lonlat().lon - b.center.to_lonlat().lon).abs() < 1e-5);
        assert_eq!(other.wish.projection, Projection::EqualArea);
        assert_eq!(other.view.viewport().projection, Projection::Mercator, "the window stays as it is");
        assert_eq!(
            (other.picks.selected.clone(), &other.layers),
            (state.picks.selected.clone(), &state.layers)
        );
        assert_eq!(other.settings.language, crate::i18n::Language::Ko);
        assert!(other.reopened.is_some(), "a file is missing, which is told");
    }

    #[test]
    fn a_figure_is_of_what_is_there_and_of_the_map_where_that_is_gone() {
        use crate::state::{CompareCommand, StripCommand, TableCommand};
        let mut state = fresh();
        assert_eq!(state.drawable(), [FigureOf::Map, FigureOf::Timeline]);
        let corridor = "corridor/cpec".parse().expect("an id");
        let open = StripCommand::Open { corridor, route: None };
        let _ = state.apply(Command::Strip(open));
        let _ = state.apply(Command::Compare(CompareCommand::Open("zone/ruili".parse().ok())));
        let wish = FigureWish { of: FigureOf::Strip, ..FigureWish::default() };
        let _ = state.apply(Command::SetFigure(Box::new(wish)));
        assert_eq!((state.drawable().len(), state.drawn()), (4, FigureOf::Strip));
        // A table takes the place of the strip, and has charts.
        let open = TableCommand::Open(Subject::Atlas(crate::atlas::Kind::Zone));
        let _ = state.apply(Command::Table(open));
        assert_eq!(state.drawn(), FigureOf::Map);
        let (of, column) = state.charted().expect("a column");
        let summary = state.counted(of, column);
        assert_eq!(summary.count + summary.missing, 12, "{}", column.name);
    }

    #[test]
    fn what_is_too_wide_for_its_projection_is_drawn_on_mercator() {
        let mut state = fresh();
        let size = Size { width: 1200.0, height: 800.0 };
        let _ = state.apply(Command::SetViewport { size, padding: Padding::default() });
        let wish = FigureWish { projection: Projection::EqualArea, ..FigureWish::default() };
        let _ = state.apply(Command::SetFigure(Box::new(wish)));
        let _ = state.apply(Command::LookAt(Camera::new(LonLat::new(105.0, 21.0), 5.0)));
        assert_eq!(state.figure_view(size).projection, Projection::EqualArea);
        let _ = state.apply(Command::LookAt(Camera::new(LonLat::new(105.0, 21.0), 2.0)));
        assert_eq!(state.figure_view(size), state.paper_view(size));
        // A panel knows no projection.
        let _ = state.apply(Command::LookAt(Camera::new(LonLat::new(105.0, 21.0), 5.0)));
        let wish = FigureWish { of: FigureOf::Timeline, ..state.wish.clone() };
        let _ = state.apply(Command::SetFigure(Box::new(wish)));
        assert_eq!(state.figure_view(size).projection, Projection::Mercator);
    }

    #[test]
    fn a_text_that_is_no_view_or_a_later_one_is_none() {
        let figure = fresh().figure(Size { width: 10.0, height: 10.0 }, Vec::new());
        for text in [
            String::from("{}"),
            figure.to_json().replace("_view\":1", "_view\":2"),
            figure.to_json().replace("10.0,10.0", "0.0,10.0"),
            String::from("not json"),
        ] {
            assert!(Figure::from_json(&text).is_none(), "{text}");
        }
    }
}
