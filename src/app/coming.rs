//! What comes in from the world outside before the state sees it: dropped files, whole paths, the day.

use std::path::PathBuf;

use super::{App, files, network, notes, sessions};
use crate::format;
use crate::i18n::Strings;
use crate::state::{Command, FileCommand, NoteCommand};
use crate::ui;

/// A new note bears the day: only the shell has a clock.
pub(super) fn dated(command: Command) -> Command {
    match command {
        Command::Note(NoteCommand::Add { at, .. }) => {
            Command::Note(NoteCommand::Add { at, created: notes::today() })
        }
        command => command,
    }
}

impl App {
    /// Files of the command line that the session has not opened already.
    pub(super) fn not_open_yet(&self, opening: FileCommand) -> Command {
        let FileCommand::Open { mut paths, fits } = opening else { return Command::File(opening) };
        paths.retain(|path| {
            let path = whole(path.clone());
            !self.state.files.iter().any(|file| file.path == path)
        });
        Command::File(FileCommand::Open { paths, fits })
    }
}

/// Files that were let go over the window.
pub(super) fn dropped(ctx: &egui::Context) -> Option<Command> {
    let files = ctx.input(|input| input.raw.dropped_files.clone());
    let paths: Vec<_> = files.iter().map(|file| file.path().to_owned()).collect();
    (!paths.is_empty()).then_some(Command::File(FileCommand::Open { paths, fits: true }))
}

/// Files to be opened, by their whole paths; projects go their own way.
pub(super) fn opened((ctx, strings): (&egui::Context, &Strings), command: Command) -> Vec<Command> {
    let Command::File(FileCommand::Open { paths, fits }) = command else { return vec![command] };
    let mut files = Vec::new();
    for path in paths.into_iter().map(whole) {
        let (inside, more) = format::unfolded(path);
        files.extend(inside);
        if more > 0 {
            ui::note(ctx, ui::Notice::LeftOut(more));
        }
    }
    let (projects, paths): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| sessions::is_project(path));
    let mut commands = Vec::new();
    for path in projects {
        match sessions::open(&path, strings) {
            Ok(opening) => commands.extend(opening),
            Err(reason) => {
                ui::note(ctx, ui::Notice::NotOpened(format!("{}: {reason}", path.display())));
            }
        }
    }
    commands.push(Command::File(FileCommand::Open { paths, fits }));
    commands
}

/// As the session keeps it, wherever the program is started the next time.
fn whole(path: PathBuf) -> PathBuf {
    if path == std::path::Path::new(format::STDIN) || network::address(&path).is_some() {
        return path;
    }
    let path = files::at_home(path);
    std::path::absolute(&path).unwrap_or(path)
}
