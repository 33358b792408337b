//! The left panel: search, the corridors, what else is on the map, how exact a line is; or its rail.

use egui::{Align, Layout as EguiLayout, Ui};

use super::actions::{Action, layer_name};
use super::files::{FOOT, files_ui, open_ui, trouble_ui};
use super::look::colour;
use super::menu::menu_ui;
use super::regions::{Region, landing};
use super::widgets::{
    Icon, Row, badge, icon_button, line_sample, mark, paint_icon, row, scrolled, section, sheet, switch,
};
use super::{Commands, Context, Layout};
use crate::atlas::{Corridor, Id, Precision};
use crate::catalog::words::km;
use crate::scene::MarkKind;
use crate::state::{Command, LayerKind, StripCommand, TableCommand};

const MARGIN: i8 = 16;
/// Room for the eye at the end of a row.
const END: f32 = 20.0;

pub(crate) fn layers_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let name = ("layers", context.strings.access.region_layers.as_str());
    sheet(ui, context, name, layout.left, |ui| {
        landing(ui, context, Region::Layers, (layout.left, name.1));
        if layout.is_left_open { open(ui, context, commands) } else { rail(ui, context, commands) }
    });
}

fn rail(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let strings = context.strings;
    ui.add_space(12.0);
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let menu = icon_button(ui, context, Icon("menu"), &strings.toolbar.menu, true);
        menu_ui(context, &menu, commands);
        if icon_button(ui, context, Icon("chevron_right"), &strings.toolbar.open_list, true).clicked() {
            commands.push(Command::SetLeftPanelOpen(true));
        }
        if icon_button(ui, context, Icon("search"), &strings.search.placeholder, true).clicked() {
            commands.push(Command::OpenSearch);
        }
        if icon_button(ui, context, Icon("table"), &strings.keys.table, true).clicked() {
            commands.push(Command::Table(TableCommand::toggled(context.state)));
        }
        if icon_button(ui, context, Icon("strip"), &strings.keys.strip, true).clicked() {
            commands.extend(StripCommand::toggled(context.state).map(Command::Strip));
        }
        if icon_button(ui, context, Icon("compare"), &strings.keys.compare, true).clicked() {
            commands.extend(Action::Compare.command(context, 0));
        }
        if icon_button(ui, context, Icon("clock"), &strings.timeline.title, true).clicked() {
            commands.extend(Action::Timeline.command(context, 0));
        }
        ui.add_space(6.0);
        let bar = egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
        egui::ScrollArea::vertical().scroll_bar_visibility(bar).show(ui, |ui| {
            ui.vertical_centered(|ui| rail_badges(ui, context, commands));
        });
    });
}

/// The corridors by their letters.
fn rail_badges(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    for corridor in &context.state.catalog.atlas.corridors {
        let response = badge(ui, context, corridor).interact(egui::Sense::click());
        if response.on_hover_text(corridor.name.short(context.language())).clicked() {
            commands.push(Command::Select(Some(corridor.id.clone())));
            commands.push(Command::FlyTo(corridor.id.clone()));
        }
    }
}

fn open(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let strings = context.strings;
    egui::Frame::new().inner_margin(egui::Margin { left: MARGIN, right: 10, top: 12, bottom: 10 }).show(
        ui,
        |ui| {
            ui.horizontal(|ui| {
                ui.label(context.look.text(context.look.tokens.text.heading, &strings.app_name));
                ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
                    if icon_button(ui, context, Icon("chevron_left"), &strings.toolbar.close_list, true)
                        .clicked()
                    {
                        commands.push(Command::SetLeftPanelOpen(false));
                    }
                    let menu = icon_button(ui, context, Icon("menu"), &strings.toolbar.menu, true);
                    menu_ui(context, &menu, commands);
                });
            });
            ui.add_space(8.0);
            super::search::field_button(ui, context, commands);
        },
    );
    ui.scope(|ui| {
        ui.set_max_height(ui.available_height() - FOOT);
        scrolled(ui, "layers", MARGIN, |ui| {
            trouble_ui(ui, context);
            files_ui(ui, context, commands);
            corridors(ui, context, commands);
            places(ui, context, commands);
            base_map(ui, context, commands);
            super::notes::list_ui(ui, context, commands);
            precision(ui, context);
        });
    });
    open_ui(ui, context, commands);
}

fn corridors(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    section(ui, context, &context.strings.layers.corridors);
    let list = ui.scope(|ui| {
        let mut hovered = None;
        for corridor in &context.state.catalog.atlas.corridors {
            if corridor_row(ui, context, corridor, commands) {
                hovered = Some(corridor.id.clone());
            }
        }
        hovered
    });
    link_hover(context, &list.response, list.inner, commands);
}

/// Whether the pointer is on the row.
fn corridor_row(ui: &mut Ui, context: &Context<'_>, corridor: &Corridor, commands: &mut Commands) -> bool {
    let strings = context.strings;
    let name = corridor.name.short(context.language());
    let is_visible = context.state.layers.has_corridor(&corridor.id);
    let spoken = if is_visible { &strings.access.corridor_shown } else { &strings.access.corridor_hidden };
    let length = corridor.routes.first().map_or(0.0, |route| route.km);
    let spoken =
        spoken.fill_all(&[("letter", &corridor.letter), ("name", name), ("km", &km(strings, length))]);
    let look = Row {
        name: &spoken,
        is_selected: context.state.picks.selected.as_ref() == Some(&corridor.id),
        height: context.look.tokens.size.row,
        end_width: END,
    };
    let response = row(ui, context, look, |ui| {
        badge(ui, context, corridor);
        let ink = if is_visible { context.look.primary() } else { context.look.secondary() };
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width() - END);
            ui.add(egui::Label::new(context.look.body(name).color(ink)).truncate());
        });
        let (icon, label) = if is_visible {
            ("eye", strings.layers.hide_layer.fill("name", name))
        } else {
            ("eye_off", strings.layers.show_layer.fill("name", name))
        };
        // The eye stands at the edge of the list; its place to press reaches beyond.
        let side = context.look.tokens.size.hit_target_min;
        let at = egui::pos2(ui.max_rect().right() - END / 2.0, ui.max_rect().center().y);
        let place = egui::Rect::from_center_size(at, egui::Vec2::splat(side));
        let mut eye = ui.new_child(egui::UiBuilder::new().max_rect(place));
        if icon_button(&mut eye, context, Icon(icon), &label, true).clicked() {
            let is_visible = !is_visible;
            commands.push(Command::SetCorridorVisible { corridor: corridor.id.clone(), is_visible });
        }
    });
    if response.clicked() {
        commands.push(Command::Select(Some(corridor.id.clone())));
    }
    if response.double_clicked() {
        commands.push(Command::FlyTo(corridor.id.clone()));
    }
    response.hovered()
}

/// Lights up on the map what is hovered in a list.
pub(crate) fn link_hover(
    context: &Context<'_>,
    list: &egui::Response,
    hovered: Option<Id>,
    commands: &mut Commands,
) {
    if (list.contains_pointer() || hovered.is_some()) && hovered != context.state.picks.hovered {
        commands.push(Command::Hover(hovered));
    }
}

fn places(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let (strings, atlas) = (&context.strings.layers, &context.state.catalog.atlas);
    section(ui, context, &strings.places);
    let years = atlas.border_zones.iter().map(|zone| zone.approved.first_year());
    let (from, to) =
        (years.clone().min().unwrap_or_default().to_string(), years.max().unwrap_or_default().to_string());
    let border_zones = strings.border_zones_dated.fill_all(&[("from", &from), ("to", &to)]);
    let horgos = atlas.zones.iter().filter(|zone| zone.order.is_none()).count();
    let marked = [
        (LayerKind::Zones, MarkKind::Zone, strings.zones.as_str(), atlas.zones.len() - horgos),
        (LayerKind::Horgos, MarkKind::Horgos, &strings.horgos, horgos),
        (
            LayerKind::Projects,
            MarkKind::Project("port".to_owned()),
            &strings.projects_in_document,
            atlas.projects.len(),
        ),
        (LayerKind::BorderZones, MarkKind::BorderZone, &border_zones, atlas.border_zones.len()),
        (
            LayerKind::Crossings,
            MarkKind::Crossing { is_gauge_break: true },
            &strings.crossings,
            atlas.crossings.len(),
        ),
    ];
    for (layer, kind, name, count) in marked {
        layer_row(ui, context, (layer, name, Some(count)), commands, |ui| {
            mark(ui, context, &kind);
        });
    }
}

fn base_map(ui: &mut Ui, context: &Context<'_>, commands: &mut Commands) {
    let strings = &context.strings.layers;
    section(ui, context, &strings.base_map);
    let layers = [
        (LayerKind::Relief, "relief"),
        (LayerKind::Water, "water"),
        (LayerKind::Places, "towns"),
        (LayerKind::Names, "names"),
        (LayerKind::Grid, "grid"),
        (LayerKind::Online, "globe"),
    ];
    for (layer, icon) in layers {
        let name = layer_name(context.strings, layer);
        layer_row(ui, context, (layer, name, None), commands, |ui| {
            let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(20.0), egui::Sense::hover());
            paint_icon(
                ui.painter(),
                Icon(icon),
                rect.center(),
                context.look.tokens.stroke.icon,
                context.look.secondary(),
            );
        });
    }
    super::lens::viewpoint_ui(ui, context, commands);
    if context.state.layers.shows(LayerKind::Online) {
        let fault: Option<String> = ui.data(|data| data.get_temp(super::online::fault_id())).flatten();
        let text = format!("{}: {}", strings.online, fault.as_ref().unwrap_or(&strings.needs_connection));
        let text = context.look.small(&text);
        let ink = colour(context.look.colours().status.warn);
        ui.add(egui::Label::new(if fault.is_some() { text.color(ink) } else { text }).wrap());
    }
}

fn layer_row(
    ui: &mut Ui,
    context: &Context<'_>,
    (layer, name, count): (LayerKind, &str, Option<usize>),
    commands: &mut Commands,
    symbol: impl FnOnce(&mut Ui),
) {
    let is_visible = context.state.layers.shows(layer);
    ui.horizontal(|ui| {
        ui.set_height(context.look.tokens.size.row);
        ui.spacing_mut().item_spacing.x = 8.0;
        symbol(ui);
        let most = ui.available_width() - 64.0;
        ui.scope(|ui| {
            ui.set_max_width(most);
            ui.add(egui::Label::new(context.look.body(name)).truncate());
        });
        ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
            if let Some(is_visible) = switch(ui, context, is_visible, name) {
                commands.push(Command::SetLayerVisible { layer, is_visible });
            }
            if let Some(count) = count {
                ui.label(context.look.small(&count.to_string()));
            }
        });
    });
}

fn precision(ui: &mut Ui, context: &Context<'_>) {
    let strings = &context.strings.precision;
    section(ui, context, &strings.title);
    let samples = [
        (Precision::Traced, &strings.traced_long),
        (Precision::Approximate, &strings.approximate_long),
        (Precision::Schematic, &strings.schematic_long),
    ];
    for (precision, text) in samples {
        ui.horizontal(|ui| {
            line_sample(ui, context, precision, context.look.primary());
            ui.add_space(2.0);
            ui.label(context.look.small(text));
        });
        ui.add_space(3.0);
    }
}
