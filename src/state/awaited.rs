//! What was asked of a feature before its file was read: by a session, or by whoever started the program.

use super::{Command, Effect, FileContent, OpenFile, State};
use crate::atlas::Id;

/// Features of files that are still read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Awaited {
    /// To be selected.
    pub selected: Option<Id>,
    /// To be shown whole.
    pub fitted: Option<Id>,
    /// Whether it is said where no file has them.
    pub is_said: bool,
}

impl State {
    /// Waits for other features than before.
    pub(super) fn await_features(&mut self, awaited: Awaited) -> Vec<Effect> {
        self.files.awaited = awaited;
        self.take_awaited()
    }

    /// Does what can be done by now; the rest waits for files that are still read, or are found again.
    pub(super) fn take_awaited(&mut self) -> Vec<Effect> {
        let Awaited { selected, fitted, is_said } = std::mem::take(&mut self.files.awaited);
        let is_here = |id: &Id| self.files.feature(id).is_some();
        let (select, selected) = parted(selected, is_here);
        let (fit, fitted) = parted(fitted, is_here);
        if select.is_some() {
            self.picks.select(select);
        }
        if let Some(bounds) = fit.and_then(|id| self.bounds(&id)) {
            let _ = self.apply(Command::Frame(bounds));
        }
        let is_read = |file: &OpenFile| !matches!(file.content, FileContent::Reading { .. });
        if !is_said || !self.files.iter().all(is_read) {
            self.files.awaited = Awaited { selected, fitted, is_said };
            return Vec::new();
        }
        selected.or(fitted).map(Effect::TellMissing).into_iter().collect()
    }
}

/// What is there, and what is not.
fn parted(id: Option<Id>, is_here: impl Fn(&Id) -> bool) -> (Option<Id>, Option<Id>) {
    match id {
        Some(id) if is_here(&id) => (Some(id), None),
        id => (None, id),
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use super::*;
    use crate::data::{Dataset, Fault};
    use crate::format::{Patient, read_source};
    use crate::state::FileCommand;
    use crate::state::tests::fresh;

    /// A window into which the files `a` and `b` are read, and a feature that is asked for.
    fn waiting(id: &str) -> State {
        let mut state = fresh();
        let paths = vec![PathBuf::from("/data/a.geojson"), PathBuf::from("/data/b.geojson")];
        let _ = state.apply(Command::File(FileCommand::Open { paths, fits: false }));
        let id: Id = id.parse().expect("an id");
        let awaited = Awaited { selected: Some(id.clone()), fitted: Some(id), is_said: true };
        assert_eq!(state.apply(Command::Await(awaited)), []);
        state
    }

    fn read(state: &mut State, key: &str) -> Vec<Effect> {
        let text = r#"{"type":"LineString","coordinates":[[80,44],[81,45]]}"#;
        let (source, batch) =
            read_source(Arc::new(text.as_bytes()), Path::new("a.geojson"), &Patient).expect("it reads");
        let (dataset, _) = Dataset::new(source, batch);
        state.apply(Command::File(FileCommand::Read { key: key.to_owned(), dataset: Arc::new(dataset) }))
    }

    #[test]
    fn a_feature_is_selected_and_shown_once_its_file_is_read() {
        let mut state = waiting("file/b/0");
        let before = state.view.camera();
        assert_eq!(read(&mut state, "a"), []);
        assert_eq!((state.picks.selected.clone(), state.view.camera()), (None, before));
        assert_eq!(read(&mut state, "b"), []);
        assert_eq!(state.picks.selected, "file/b/0".parse().ok());
        let centre = state.view.camera().center.to_lonlat();
        assert!((centre.lon - 80.5).abs() < 0.01, "{centre:?}");
    }

    #[test]
    fn a_feature_that_no_file_has_is_told_when_all_are_read() {
        for id in ["file/b/7", "file/c/0"] {
            let mut state = waiting(id);
            assert_eq!(read(&mut state, "b"), []);
            assert_eq!(read(&mut state, "a"), [Effect::TellMissing(id.parse().expect("an id"))]);
            assert_eq!(read(&mut state, "a"), [], "it is told once");
        }
        let mut state = waiting("file/b/7");
        let _ = state.apply(Command::File(FileCommand::Failed { key: "a".to_owned(), fault: Fault::Empty }));
        assert_eq!(read(&mut state, "b").len(), 1);
    }
}
