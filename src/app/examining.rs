//! The file doctor in the window: files are looked through on threads of their own, and mended into copies.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::opening::as_placed;
use super::{App, network, saving};
use crate::cli;
use crate::data::{Fault, Source};
use crate::doctor;
use crate::format::{self, ReadAs, placed_text};
use crate::i18n::{Language, Strings};
use crate::state::{FileCommand, OpenFile};

/// Files up to this many bytes are looked through without being asked.
const UNASKED: usize = 32 << 20;

/// What is wanted of the doctor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Report,
    /// A mended copy, where the person chooses.
    Copy,
}

impl App {
    pub(super) fn examine(&mut self, ctx: &egui::Context, key: String, wish: Wish) {
        let Some(source) = self.state.files.get(&key).and_then(examined) else { return };
        match wish {
            Wish::Report => self.jobs.examine(ctx, key, source),
            Wish::Copy => {
                let language = self.state.settings.language;
                saving::save(ctx, source.copy_name(), move |path| source.mend(language, path));
            }
        }
    }
}

/// What is looked through: a file as it was read, or a text that stands in none.
#[derive(Clone, Debug)]
pub(super) struct Examined {
    name: PathBuf,
    text: Option<Arc<str>>,
    /// What the person says of its numbers.
    read_as: ReadAs,
}

/// What of an open file can be looked through.
fn examined(file: &OpenFile) -> Option<Examined> {
    let read_as = as_placed(&file.placing);
    let text = file.own_text().cloned();
    let name = match &text {
        Some(_) => PathBuf::from(&file.name),
        None if file.whole().is_some() || file.has_failed() => match network::address(&file.path) {
            Some(address) => network::kept(address)?,
            None => file.path.clone(),
        },
        None => return None,
    };
    Some(Examined { name, text, read_as })
}

impl Examined {
    /// What the mended copy may be called.
    pub(super) fn copy_name(&self) -> String {
        let stem = self.name.file_stem().unwrap_or_default().to_string_lossy();
        format!("{stem}-mended.geojson")
    }

    fn source(&self) -> Option<Source> {
        match &self.text {
            Some(text) => Some(Arc::new(text.as_bytes().to_vec())),
            None => format::map(&self.name).ok(),
        }
    }

    /// What is found in it, where it is `GeoJSON`.
    pub(super) fn report(&self) -> Option<doctor::Report> {
        let source = self.source()?;
        let bytes = (*source).as_ref();
        let is_geojson = format::named(bytes, &self.name).is_none() && cli::seems_geojson(bytes, &self.name);
        is_geojson.then(|| doctor::examine(bytes, &|_| true))
    }

    /// Writes a mended copy with a log beside it.
    pub(super) fn mend(&self, language: Language, output: &Path) -> Result<(), String> {
        let strings = Strings::embedded(language);
        let source = self.source().ok_or_else(|| self.name.display().to_string())?;
        match cli::write_mended(strings, (&self.name, &source), (&self.read_as, output)) {
            Ok(_) => Ok(()),
            // The question stands in the list, with what answers it.
            Err(cli::CliError::Doubt { doubt, .. }) => {
                Err(placed_text::asked(strings, &doubt).unwrap_or_default())
            }
            Err(error) => Err(error.to_string()),
        }
    }
}

/// What follows from what a reader tells: a file of usual size is looked through unasked, and one that did not open.
pub(super) fn follows(told: &FileCommand) -> Option<FileCommand> {
    let key = match told {
        FileCommand::Read { key, dataset } if dataset.source().len() <= UNASKED => key,
        FileCommand::Failed { key, fault } if !matches!(fault, Fault::Open { .. } | Fault::Stopped) => key,
        _ => return None,
    };
    Some(FileCommand::Examine { key: key.clone() })
}
