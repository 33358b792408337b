//! The window: the map, the sheets of paper on it, and what hands and keys ask for.
//!
//! Invariant: everything here reads `&State` and pushes commands; nothing here changes the state.

mod actions;
mod card;
mod compare;
mod details;
mod figure;
mod file_style;
mod files;
mod fill;
mod gestures;
mod heard;
mod here;
mod join;
mod keys;
mod layers;
mod layout;
mod lens;
mod look;
mod map;
mod menu;
mod notes;
mod notice;
mod online;
mod overlay;
mod palette;
mod paper;
mod picture_tiles;
mod present;
mod quiz;
mod receipts;
mod regions;
mod scale;
mod search;
mod sheets;
mod strip;
mod table;
mod timeline;
mod told_text;
mod toolbar;
mod tools;
mod tour;
mod type_ahead;
mod widgets;

use std::sync::Arc;

use crate::atlas::Id;
use crate::geo::Size;
use crate::i18n::{Language, Strings};
use crate::scene::{Montage, Scene, Scenery};
use crate::state::{Command, State};
use crate::theme::Tokens;

pub use actions::{Action, Part, Place, Row, TABLE, Telling};
pub use compare::compare_maps;
pub(crate) use details::{mark_of, symbol as details_symbol};
pub use layout::Layout;
pub use lens::{Lens, lens};
pub use look::{Look, colour, install_fonts};
pub use notice::{Notice, note};
pub use online::OnlineMap;
pub use paper::{PanelFigure, montage};
pub use picture_tiles::PictureTiles;
pub use present::{DeskPictures, desk_ui};
pub use scale::scale_box;
pub use type_ahead::TypeAhead;

/// What this frame asks for, in order.
#[derive(Debug, Default)]
pub struct Commands(Vec<Command>);

impl Commands {
    pub fn push(&mut self, command: Command) {
        self.0.push(command);
    }

    pub fn extend(&mut self, commands: impl IntoIterator<Item = Command>) {
        self.0.extend(commands);
    }

    /// Everything asked for so far; the queue is empty after.
    pub fn take(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.0)
    }

    /// Whether anything asked for needs another frame.
    #[must_use]
    pub fn changes(&self, state: &State) -> bool {
        self.0.iter().any(|command| match command {
            Command::StopFlight => state.view.is_moving() || state.along.is_some(),
            _ => true,
        })
    }
}

/// What every panel may see.
#[derive(Debug)]
pub struct Context<'a> {
    pub state: &'a State,
    pub scenery: &'a Scenery,
    pub strings: &'static Strings,
    pub look: &'a Look,
    pub medium: Medium,
}

/// What a panel is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    Window,
    /// A figure: nothing that can be pressed stands on it, and nothing scrolls.
    Paper,
}

impl Context<'_> {
    #[must_use]
    pub fn is_on_paper(&self) -> bool {
        self.medium == Medium::Paper
    }

    #[must_use]
    pub fn language(&self) -> Language {
        self.state.settings.language
    }
}

/// A picture of each of several features.
pub type Scenes = [(Id, Arc<Scene>)];

/// The picture under the panels.
#[derive(Debug)]
pub struct MapPicture<'a> {
    pub scene: Arc<Scene>,
    /// The ground, where tiles lie between it and the scene.
    pub beneath: Option<Arc<Scene>>,
    pub online: Option<&'a mut PictureTiles>,
    /// Of archives of tiles, the lowest first.
    pub pictures: Vec<&'a mut PictureTiles>,
    /// Of each feature that is compared.
    pub compared: &'a Scenes,
    /// What a lens over the map shows.
    pub lens: Option<(Lens, Arc<Scene>)>,
    /// The figure that is being made.
    pub figure: Option<Arc<Montage>>,
}

/// Tells the state what of a window of this size the map has to itself.
#[must_use]
pub fn viewport_command(window: egui::Rect, state: &State, tokens: &Tokens) -> Command {
    if let Some(padding) = present::padding(state) {
        let size = Size { width: f64::from(window.width()), height: f64::from(window.height()) };
        return Command::SetViewport { size, padding };
    }
    let layout = Layout::new(window, state, tokens);
    Command::SetViewport { size: layout.map_size(), padding: layout.padding() }
}

/// Draws the whole window and gathers what is asked for.
pub fn window_ui(ui: &mut egui::Ui, context: &Context<'_>, picture: MapPicture<'_>, commands: &mut Commands) {
    let layout = Layout::new(ui.max_rect(), context.state, &context.look.tokens);
    keys::keys(ui, context, commands);
    if context.state.tours.is_presented() {
        return present::screen_ui(ui, context, picture.scene, commands);
    }
    // In the order of the focus; the map lies under all of them whenever it is called.
    layers::layers_ui(ui, context, &layout, commands);
    let (compared, figure) = (picture.compared, picture.figure.clone());
    map::map_ui(ui, context, picture, commands);
    toolbar::toolbar_ui(ui, context, &layout, commands);
    scale::scale_ui(ui, context, &layout);
    toolbar::zoom_ui(ui, context, &layout, commands);
    tools::tools_ui(ui, context, &layout, commands);
    tour::tour_ui(ui, context, &layout, commands);
    tour::taking_ui(ui, context, &layout, commands);
    figure::reopened_ui(ui, context, &layout, commands);
    notes::note_ui(ui, context, &layout, commands);
    quiz::quiz_ui(ui, context, &layout, commands);
    details::details_ui(ui, context, &layout, commands);
    table::table_ui(ui, context, &layout, commands);
    strip::strip_ui(ui, context, &layout, commands);
    timeline::timeline_ui(ui, context, &layout, commands);
    compare::compare_ui(ui, context, compared, commands);
    here::here_ui(ui, context, commands);
    search::search_ui(ui, context, &layout, commands);
    notice::notice_ui(ui, context, &layout);
    sheets::sheets_ui(ui, context, figure.as_ref(), commands);
    files::drop_ui(ui, context);
}
