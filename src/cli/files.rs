//! Files in the commands without a window: read here and now.

use std::path::PathBuf;
use std::sync::Arc;

use super::CliError;
use crate::data::Dataset;
use crate::format::{self, Watch};
use crate::state::{Command, Effect, FileCommand, State};

/// Goes on to the end.
struct Patient;

impl Watch for Patient {
    fn go_on(&self, _bytes: u64, _vertices: u64) -> bool {
        true
    }
}

/// Opens each file as a layer of `state`; `fits` shows it whole.
pub(super) fn open(state: &mut State, paths: &[PathBuf], fits: bool) -> Result<(), CliError> {
    let wanted = Command::File(FileCommand::Open { paths: paths.to_vec(), fits });
    for effect in state.apply(wanted) {
        let Effect::ReadFile { key, path } = effect else { continue };
        let (source, batch) = format::read(&path, &Patient)?;
        let (dataset, mut unfilled) = Dataset::new(source, batch);
        let levels = dataset.levels.len();
        for number in 0..levels {
            dataset.fill(&mut unfilled, number);
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
