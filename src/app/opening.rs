//! The ways of a file by what it is: a table, tiles, an address, or plain data.

use std::path::PathBuf;

use super::{App, network};
use crate::format::{Crs, ReadAs};
use crate::i18n::Strings;
use crate::state::Placing;
use crate::tiles;

impl App {
    /// Begins to read; `is_asked` where a person asked for it just now, who alone may open a connection.
    pub(super) fn read(&mut self, ctx: &egui::Context, key: String, path: PathBuf, is_asked: bool) {
        // What goes wrong is told in the language of the moment.
        let strings = Strings::embedded(self.state.settings.language);
        let address = network::address(&path).map(str::to_owned);
        match address {
            Some(_) if is_asked => self.tiled.open(ctx, key, (path, strings)),
            Some(address) => self.jobs.fetch(ctx, (key, address), (is_asked, strings)),
            None if tiles::is_archive(&path) => {
                self.watcher.watch(&key, &path);
                self.tiled.open(ctx, key, (path, strings));
            }
            None => {
                self.watcher.watch(&key, &path);
                let placing = self.state.files.get(&key).map(|file| file.placing.clone()).unwrap_or_default();
                self.jobs.start(ctx, key, (path, as_placed(&placing)));
            }
        }
    }
}

/// What a person says of a file's numbers, for its reader.
pub(super) fn as_placed(placing: &Placing) -> ReadAs {
    let system = placing.system.as_deref();
    ReadAs { crs: system.and_then(Crs::of_name), swap: placing.swap, offset: placing.offset() }
}
