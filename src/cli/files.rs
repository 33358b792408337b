//! Files in the commands without a window: read here and now.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CliError;
use super::extract::stands_for;
use crate::atlas::{Atlas, Kind};
use crate::data::{Batch, Dataset, Doubt, Source};
use crate::format::{self, Patient, ReadAs, placed_text};
use crate::geo::crs::Suspicion;
use crate::i18n::{Language, Strings};
use crate::state::{Command, Effect, FileCommand, State};
use crate::tiles;

/// For whoever reads along, a line each: how much is wrong with a file and where it begins, and what must be asked.
fn warn(path: &Path, source: &[u8], batch: &Batch) {
    let strings = Strings::embedded(Language::En);
    let first = batch.problems.first().map(|first| {
        let first = format::told(strings, source, first);
        match batch.problems.len() {
            1 => first,
            all => format!("{all} warnings, the first: {first}"),
        }
    });
    for line in first.into_iter().chain(batch.doubt.as_ref().and_then(asked)) {
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(std::io::stderr(), "corridor-atlas: {}: {line}", path.display());
    }
}

/// What must be asked of a file, and with which option it is answered.
pub(super) fn asked(doubt: &Doubt) -> Option<String> {
    let question = placed_text::asked(Strings::embedded(Language::En), doubt)?;
    let guess = doubt.guesses.first();
    let tail = match doubt.suspicion {
        Suspicion::Degrees => "--crs EPSG:4326 reads them as degrees".to_owned(),
        Suspicion::Swapped | Suspicion::PerhapsSwapped => {
            "--swap swaps them, --crs EPSG:4326 keeps them as they are".to_owned()
        }
        Suspicion::Metres | Suspicion::None => match guess {
            Some(guess) if guess.is_swapped => {
                format!("Say it, for example with --crs {}:{} --swap", guess.authority, guess.code)
            }
            Some(guess) => format!("Say it, for example with --crs {}:{}", guess.authority, guess.code),
            None => "Say it with --crs".to_owned(),
        },
    };
    Some(format!("{question} {tail}"))
}

/// A file with nothing to draw: its features and, where they are wanted, what they say. Numbers that cannot be meant
/// as they stand are not passed on.
pub(super) fn read(path: &Path, read_as: &ReadAs) -> Result<Arc<Dataset>, CliError> {
    // A folder with one file is that file.
    let (inside, _) = format::unfolded(path.to_owned());
    let path = if let [only] = inside.as_slice() { only } else { path };
    let (source, batch) = of_file(path, read_as)?;
    if let Some(doubt) = batch.doubt.as_ref().filter(|doubt| doubt.hides() && read_as.crs.is_none()) {
        return Err(CliError::Doubt { path: path.to_owned(), doubt: doubt.clone() });
    }
    warn(path, (*source).as_ref(), &batch);
    Ok(Arc::new(Dataset::new(source, batch).0))
}

/// What is read of a file of features.
fn of_file(path: &Path, read_as: &ReadAs) -> Result<(Source, Batch), CliError> {
    if tiles::is_archive(path) {
        return Err(CliError::Tiles { path: path.to_owned() });
    }
    Ok(format::read_as(path, read_as, &Patient)?)
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
pub(super) fn open(
    state: &mut State,
    (paths, read_as): (&[PathBuf], &ReadAs),
    fits: bool,
) -> Result<(), CliError> {
    let mut all = Vec::new();
    for path in paths {
        let (files, more) = format::unfolded(path.clone());
        all.extend(files);
        if more > 0 {
            let told = Strings::embedded(Language::En).files.left_out.fill(more);
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(std::io::stderr(), "corridor-atlas: {}: {told}", path.display());
        }
    }
    let wanted = Command::File(FileCommand::Open { paths: all, fits });
    for effect in state.apply(wanted) {
        let Effect::ReadFile { key, path } = effect else { continue };
        let (source, batch) = of_file(&path, read_as)?;
        warn(&path, (*source).as_ref(), &batch);
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
