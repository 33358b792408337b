//! Files in the commands without a window: read here and now.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CliError;
use super::extract::stands_for;
use crate::atlas::{Atlas, Kind};
use crate::data::{Dataset, Problem};
use crate::format::{self, Next, Watch};
use crate::i18n::{Language, Strings};
use crate::state::{Command, Effect, FileCommand, State};

/// Goes on to the end.
pub(super) struct Patient;

impl Watch for Patient {
    fn next(&self, _bytes: u64, _vertices: u64) -> Next {
        Next::GoOn
    }
}

/// One line for whoever reads along: how much is wrong with a file, and where it begins.
fn warn(path: &Path, source: &[u8], problems: &[Problem]) {
    let strings = Strings::embedded(Language::En);
    if let Some(first) = problems.first() {
        let first = format::told(strings, source, first);
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(
            std::io::stderr(),
            "corridor-atlas: {}: {} warnings, the first: {first}",
            path.display(),
            problems.len()
        );
    }
}

/// A file with nothing to draw: its features and, where they are wanted, what they say.
pub(super) fn read(path: &Path) -> Result<Arc<Dataset>, CliError> {
    let (source, batch) = format::read(path, &Patient)?;
    warn(path, (*source).as_ref(), &batch.problems);
    Ok(Arc::new(Dataset::new(source, batch).0))
}

/// The features of a kind as the atlas carries them, each with the id of the thing that it is or belongs to.
pub(super) fn carried(kind: Kind) -> Vec<(String, Vec<u8>)> {
    let Some(text) = Atlas::text_of(kind) else { return Vec::new() };
    let name = Path::new(kind.as_str());
    let Ok((source, batch)) = format::read_source(Arc::new(text.as_bytes()), name, &Patient) else {
        return Vec::new();
    };
    let dataset = Dataset::new(source, batch).0;
    let features = (0..dataset.len() as u32).filter_map(|row| dataset.bytes(row));
    features.filter_map(|bytes| Some((stands_for(bytes)?, bytes.to_vec()))).collect()
}

/// Opens each file as a layer of `state`; `fits` shows it whole.
pub(super) fn open(state: &mut State, paths: &[PathBuf], fits: bool) -> Result<(), CliError> {
    let wanted = Command::File(FileCommand::Open { paths: paths.to_vec(), fits });
    for effect in state.apply(wanted) {
        let Effect::ReadFile { key, path } = effect else { continue };
        let (source, batch) = format::read(&path, &Patient)?;
        warn(&path, (*source).as_ref(), &batch.problems);
        let (dataset, mut unfilled) = Dataset::new(source, batch);
        let levels = dataset.levels.len();
        for number in 0..levels {
            dataset.fill(&mut unfilled, number, || true);
        }
        let read = FileCommand::Read { key: key.clone(), dataset: Arc::new(dataset) };
        for told in [read, FileCommand::Filled { key, levels }] {
            for effect in state.apply(Command::File(told)) {
                let Effect::ReadColumns { key, dataset } = effect else { continue };
                let table = Arc::new(format::columns(&dataset));
                let _ = state.apply(Command::File(FileCommand::Columns { key, table }));
            }
        }
    }
    Ok(())
}
