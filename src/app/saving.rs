//! What leaves the atlas as a file: the person chooses where, a thread of its own writes, and the window says how it
//! went.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::ui::{Notice, note};

/// No person closes a window sooner: there was none, because the system has none to offer.
const NOBODY: Duration = Duration::from_millis(400);
/// Names that are tried where the first is taken.
const MOST_NAMES: u32 = 1000;

/// Asks for a place, `name` being offered, and lets `write` write there. An error is shown as it stands.
pub(super) fn save(
    ctx: &egui::Context,
    name: String,
    write: impl FnOnce(&Path) -> Result<(), String> + Send + 'static,
) {
    let ctx = ctx.clone();
    let save = move || {
        let Some(path) = chosen(&name) else { return };
        match write(&path) {
            Ok(()) => note(&ctx, Notice::Saved(path.display().to_string())),
            Err(reason) => note(&ctx, Notice::NotSaved(reason)),
        }
    };
    if let Err(error) = std::thread::Builder::new().name("atlas-save".to_owned()).spawn(save) {
        log::error!("the window for saving cannot open: {error}");
    }
}

/// Writes a text that the person wants to have.
pub(super) fn save_text(ctx: &egui::Context, name: String, text: String) {
    save(ctx, name, move |path| {
        std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
    });
}

/// Where the person wants it; where no window can ask, a new name among their downloads.
fn chosen(name: &str) -> Option<PathBuf> {
    let asked = Instant::now();
    let chosen = rfd::FileDialog::new().set_file_name(name).save_file();
    if chosen.is_some() || asked.elapsed() > NOBODY {
        return chosen;
    }
    let home = etcetera::home_dir().ok()?;
    let downloads = home.join("Downloads");
    free(if downloads.is_dir() { &downloads } else { &home }, name)
}

/// The name, or one like it that nothing in the folder has.
fn free(folder: &Path, name: &str) -> Option<PathBuf> {
    let (stem, end) =
        name.split_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let names = std::iter::once(name.to_owned()).chain((2..MOST_NAMES).map(|n| format!("{stem}-{n}{end}")));
    names.map(|name| folder.join(name)).find(|path| !path.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_takes_the_place_of_a_file_that_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = ["korea.tour.toml", "korea-2.tour.toml", "korea-3.tour.toml"];
        for name in names {
            let path = free(folder.path(), "korea.tour.toml").expect("a name");
            assert_eq!(path, folder.path().join(name));
            std::fs::write(path, "x").expect("written");
        }
    }
}
