//! What leaves the atlas as a file: the person chooses where, a thread of its own writes, and a failure is told.

use std::path::Path;

/// Asks for a place, `name` being offered, and lets `write` write there. An error is shown as it stands.
pub(super) fn save(
    ctx: &egui::Context,
    name: String,
    write: impl FnOnce(&Path) -> Result<(), String> + Send + 'static,
) {
    let ctx = ctx.clone();
    let save = move || {
        let Some(path) = rfd::FileDialog::new().set_file_name(name).save_file() else { return };
        if let Err(told) = write(&path) {
            rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_description(told).show();
        }
        ctx.request_repaint();
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
