//! What is pasted into the window: links and paths of files, or data itself.

use std::path::{Path, PathBuf};

use super::{Effect, State};
use crate::i18n::Strings;

impl State {
    /// Opens data that stands in a text as a file of its own.
    pub(super) fn open_text(&mut self, text: &str) -> Vec<Effect> {
        let name = &Strings::embedded(self.settings.language).files.pasted;
        vec![self.files.open_text(text, name)]
    }

    /// Opens the files that a text names line by line; any other text is left alone.
    pub(super) fn open_named(&mut self, text: &str) -> Vec<Effect> {
        paths_in(text).unwrap_or_default().into_iter().map(|path| self.files.open(path, true)).collect()
    }
}

/// Whether each line of a text names a file.
#[must_use]
pub fn names_files(text: &str) -> bool {
    paths_in(text).is_some_and(|paths| !paths.is_empty())
}

fn paths_in(text: &str) -> Option<Vec<PathBuf>> {
    text.trim().lines().map(path_in).collect()
}

/// The file that a line names: by its path or by a link to it.
fn path_in(line: &str) -> Option<PathBuf> {
    let line = line.trim().trim_matches('"');
    if let Some(path) = line.strip_prefix("file://") {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        return Some(PathBuf::from(decoded.into_owned()));
    }
    (line.starts_with("~/") || Path::new(line).is_absolute()).then(|| PathBuf::from(line))
}
