//! The bar at the top: back and forward, language, theme, full screen; and the zoom buttons.

use egui::{Align2, Area, Id, Ui, pos2};

use super::regions::{Region, landing};
use super::widgets::{Icon, bar, icon_button, segmented};
use super::{Commands, Context, Layout};
use crate::i18n::Language;
use crate::state::{Command, Sheet};
use crate::theme::Theme;

/// From this width between the panels on, in points, everything is in the bar. What is not is in the menu.
const FOR_ALL: f32 = 400.0;
/// From this width on the languages are.
const FOR_LANGUAGES: f32 = 250.0;

pub(crate) fn toolbar_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let strings = &context.strings.toolbar;
    let at = pos2(layout.toolbar_right, layout.left.top());
    let area = Area::new(Id::unique("toolbar"))
        .fade_in(false)
        .fixed_pos(at)
        .pivot(Align2::RIGHT_TOP)
        .accessible_name(&context.strings.access.region_toolbar);
    bar(ui, context, area, |ui| {
        landing(ui, context, Region::Toolbar, (ui.max_rect(), &context.strings.access.region_toolbar));
        let history = &context.state.history;
        if icon_button(ui, context, Icon("back"), &strings.back, history.can_go_back()).clicked() {
            commands.push(Command::Back);
        }
        if icon_button(ui, context, Icon("forward"), &strings.forward, history.can_go_forward()).clicked() {
            commands.push(Command::Forward);
        }
        let room = layout.toolbar_room();
        if room >= FOR_LANGUAGES {
            languages(ui, context, commands);
        }
        if room >= FOR_ALL {
            theme_button(ui, context, commands);
            if icon_button(ui, context, Icon("full_screen"), &strings.full_screen, true).clicked() {
                commands.push(Command::ToggleFullScreen);
            }
            if icon_button(ui, context, Icon("keyboard"), &strings.all_keys, true).clicked() {
                commands.push(Command::SetSheet(Some(Sheet::Keys)));
            }
        }
        if layout.right.is_none()
            && icon_button(ui, context, Icon("book"), &strings.open_details, true).clicked()
        {
            commands.push(Command::SetRightPanelOpen(true));
        }
        if room >= FOR_ALL && icon_button(ui, context, Icon("info"), &strings.about, true).clicked() {
            commands.push(Command::SetSheet(Some(Sheet::About)));
        }
    });
}

/// The languages, each by its own name.
fn languages(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let items = Language::ALL.map(|language| {
        let short = if language == Language::En { "EN" } else { language.own_name() };
        (short, language.own_name())
    });
    let chosen = Language::ALL.iter().position(|&language| language == context.language()).unwrap_or(0);
    if let Some(index) = segmented(ui, context, &items, chosen) {
        commands.push(Command::SetLanguage(Language::ALL[index]));
    }
}

/// Steps through the themes; the icon is of the one that follows.
fn theme_button(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let strings = &context.strings.toolbar;
    let next = context.look.theme.next();
    let (icon, name) = match next {
        Theme::Light => ("sun", &strings.theme_light),
        Theme::Dark => ("moon", &strings.theme_dark),
        Theme::Projector => ("projector", &strings.theme_projector),
    };
    if icon_button(ui, context, Icon(icon), &format!("{}: {name}", strings.theme), true).clicked() {
        commands.push(Command::SetTheme(next));
    }
}

/// Plus, minus and the whole map, above the lower right corner of the free map.
pub(crate) fn zoom_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let strings = &context.strings.toolbar;
    let area = Area::new(Id::unique("zoom"))
        .fade_in(false)
        .fixed_pos(layout.zoom_right_bottom)
        .pivot(Align2::RIGHT_BOTTOM);
    bar(ui, context, area, |ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if icon_button(ui, context, Icon("plus"), &strings.zoom_in, true).clicked() {
                commands.push(Command::Zoom { delta: 1.0, about: None });
            }
            if icon_button(ui, context, Icon("minus"), &strings.zoom_out, true).clicked() {
                commands.push(Command::Zoom { delta: -1.0, about: None });
            }
            if icon_button(ui, context, Icon("home"), &strings.whole_map, true).clicked() {
                commands.push(Command::ShowAll);
            }
        });
    });
}
