//! The head of the panel: what kind, its names in three languages, and what can be done with it.

use egui::{Align, Layout as EguiLayout, Margin, Ui};

use super::{MARGIN, spaced};
use crate::atlas::{Id, Item, Kind, Names};
use crate::catalog::Entry;
use crate::catalog::words::{boundary_name, kind_name};
use crate::i18n::Language;
use crate::state::{Command, CompareCommand, TrueSizeCommand};
use crate::ui::look::Look;
use crate::ui::widgets::{Icon, Tone, badge, icon_button, labelled, tag, tile_button};
use crate::ui::{Commands, Context};

pub(super) fn heading_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (id, entry): (&Id, Entry<'_>),
    commands: &mut Commands,
) {
    egui::Frame::new().inner_margin(Margin { left: MARGIN, right: 14, top: 14, bottom: 14 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            tags(ui, context, &entry);
            ui.with_layout(EguiLayout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, context, Icon("close"), &context.strings.toolbar.close_details, true)
                    .clicked()
                {
                    commands.push(Command::Select(None));
                }
            });
        });
        ui.add_space(4.0);
        let style = context.look.tokens.text.title;
        ui.label(context.look.text(style, &spaced(&title(context, &entry))));
        ui.add_space(4.0);
        other_names(ui, context, &entry);
        ui.add_space(10.0);
        actions(ui, context, (id, &entry), commands);
    });
}

fn tags(ui: &mut Ui, context: &Context<'_>, entry: &Entry<'_>) {
    ui.spacing_mut().item_spacing.x = 8.0;
    if let Entry::Item(Item::Corridor(corridor)) = entry {
        badge(ui, context, corridor);
    }
    tag(ui, context, Tone::Plain, kind_name(context.strings, entry));
    match entry {
        Entry::Item(Item::Zone(zone)) if zone.order.is_none() => {
            tag(ui, context, Tone::Good, &context.strings.panel.ratified_by_both);
        }
        Entry::Boundary(boundary) if boundary.is_disputed => {
            tag(ui, context, Tone::Doubt, &context.strings.boundary.in_dispute);
        }
        _ => {}
    }
}

fn title(context: &Context<'_>, entry: &Entry<'_>) -> String {
    match entry {
        Entry::Item(Item::Corridor(corridor)) => corridor.name.short(context.language()).to_owned(),
        Entry::Item(Item::Source(source)) => source.chip(context.language()).to_owned(),
        Entry::Boundary(boundary) => boundary_name(boundary, context.language()),
        entry => entry.name(context.language()).to_owned(),
    }
}

/// The names in the languages that the title is not in, pinyin beside the Chinese, and other spellings.
fn other_names(ui: &mut Ui, context: &Context<'_>, entry: &Entry<'_>) {
    if matches!(entry, Entry::Item(Item::Source(_)) | Entry::Boundary(_)) {
        return;
    }
    let names = own_names(entry);
    let scale = context.look.tokens.scale(context.look.theme).text;
    for language in Language::ALL.into_iter().filter(|&language| language != context.language()) {
        let name = entry.name(language);
        if name.is_empty() || (name == entry.name(Language::En) && language != Language::En) {
            continue;
        }
        let own = |ui: &mut Ui| drop(ui.label(context.look.small(language.own_name())));
        labelled(ui, LABELS * scale, own, |ui| {
            let pinyin = names.filter(|names| language == Language::Zh && !names.pinyin.is_empty());
            let pinyin = pinyin.map(|names| context.look.body(&format!("  {}", names.pinyin)));
            let parts =
                [Some(context.look.body(name)), pinyin.map(|text| text.color(context.look.secondary()))];
            let text = Look::joined(ui, parts.into_iter().flatten());
            ui.add(egui::Label::new(text).wrap().selectable(true));
        });
        ui.add_space(3.0);
    }
}

/// Width of the column that names the languages.
const LABELS: f32 = 46.0;

pub(super) fn own_names<'a>(entry: &Entry<'a>) -> Option<&'a Names> {
    match entry {
        Entry::Item(item) => item.names(),
        Entry::Stop(stop) => Some(&stop.name),
        _ => None,
    }
}

fn actions(ui: &mut Ui, context: &Context<'_>, (id, entry): (&Id, &Entry<'_>), commands: &mut Commands) {
    let strings = &context.strings.panel;
    let can_fly = context.state.catalog.bounds(id).is_some();
    let count = if can_fly { 3.0 } else { 2.0 };
    let width = (ui.available_width() - 8.0 - 8.0 * (count - 1.0)) / count;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if can_fly && tile_button(ui, context, Icon("fly"), &strings.fly_to, (true, width)).clicked() {
            commands.push(Command::FlyTo(id.clone()));
        }
        let citation = tile_button(ui, context, Icon("copy"), &strings.copy_citation, (false, width));
        if citation.clicked() {
            commands.push(Command::Copy(crate::catalog::citation(
                &context.state.catalog,
                context.language(),
                (id, entry),
            )));
        }
        let link = tile_button(ui, context, Icon("link"), &strings.copy_link, (false, width));
        if link.clicked() {
            commands.push(Command::Copy(crate::catalog::link(context.state.view.camera(), id)));
        }
    });
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(context.look.small(&strings.citation_as));
        let (catalog, language) = (&context.state.catalog, context.language());
        let link = || crate::catalog::link(context.state.view.camera(), id);
        let accent = crate::ui::look::colour(context.look.colours().accent.fill);
        let form = |name: &str| context.look.small(name).color(accent);
        if ui.link(form("BibTeX")).clicked() {
            commands.push(Command::Copy(crate::catalog::bibtex(catalog, language, (id, entry), &link())));
        }
        if ui.link(form("CSL-JSON")).clicked() {
            commands.push(Command::Copy(crate::catalog::csl_json(catalog, language, (id, entry), &link())));
        }
    });
    if can_fly {
        tools_ui(ui, context, id, commands);
    }
}

/// What can be done with it on the map.
pub(in crate::ui) fn tools_ui(ui: &mut Ui, context: &Context<'_>, id: &Id, commands: &mut Commands) {
    let (tools, accent) = (&context.strings.tools, context.look.colours().accent.fill);
    let has_area = matches!(id.kind, Kind::Country)
        || context
            .state
            .files
            .feature(id)
            .is_some_and(|(_, dataset, row)| dataset.has_areas && dataset.outline(row).is_some())
        || context.state.catalog.entry(id).is_some_and(|entry| {
            entry.facts().iter().flat_map(|fact| &fact.cited).any(|cited| cited.area_km2.is_some())
        });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let link = |ui: &mut Ui, text: &str| {
            ui.link(context.look.small(text).color(crate::ui::look::colour(accent))).clicked()
        };
        if id.kind == Kind::Corridor && link(ui, &context.strings.panel.fly_along) {
            commands.push(Command::FlyAlong(id.clone()));
        }
        if link(ui, &context.strings.panel.compare) {
            commands.push(Command::Compare(CompareCommand::Open(Some(id.clone()))));
        }
        if has_area && link(ui, &tools.true_size) {
            let taken = crate::ui::tools::taken(context, id);
            commands.extend(taken.map(|taken| Command::TrueSize(TrueSizeCommand::PickUp(Box::new(taken)))));
        }
        let is_near_shown = context.state.picks.near.is_some();
        // Of an area there is no one place to measure from.
        let has_place = id.kind == Kind::Corridor || context.state.bounds_of_point(id).is_some();
        if has_place && link(ui, &tools.near) {
            commands.push(Command::LookNear((!is_near_shown).then_some(FIRST_KM)));
        }
    });
}

/// How far is looked around first.
const FIRST_KM: f64 = 100.0;
