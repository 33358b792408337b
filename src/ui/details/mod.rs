//! The right panel: what is selected, in full, with the source of every line; or the overview.

mod corridor;
mod facts;
mod ground;
mod heading;
mod lesson;
mod lines;
mod near;
mod overview;
mod stages;

use egui::Ui;

pub(crate) use facts::{chips, pair_ui};
pub(in crate::ui) use heading::tools_ui;
pub(in crate::ui) use near::near_ui;

use super::files::{self, feature_ui};
use super::layers::link_hover;
use super::regions::{Region, landing};
use super::widgets::{Row, badge, hairline, mark, row, scrolled, section, sheet};
use super::{Commands, Context, Layout};
use crate::atlas::{Id, Item, Kind};
use crate::catalog::words::short_name;
use crate::catalog::{Catalog, Entry, Line, lines};
use crate::scene::MarkKind;
use crate::state::Command;

const MARGIN: i8 = 22;

pub(crate) fn details_ui(ui: &Ui, context: &Context<'_>, layout: &Layout, commands: &mut Commands) {
    let Some(rect) = layout.right else { return };
    let selected = context.state.picks.selected.as_ref();
    let entry = selected.and_then(|id| Some((id, context.state.catalog.entry(id)?)));
    let feature = selected.and_then(|id| Some((id, context.state.files.feature(id)?)));
    let title = match &entry {
        Some((id, _)) => short_name(&context.state.catalog, id, context.language()),
        None if files::is_wanted(context) => context.strings.layers.your_files.clone(),
        None => context.strings.overview.title.clone(),
    };
    sheet(ui, context, ("details", &title), rect, |ui| {
        landing(ui, context, Region::Details, (rect, &title));
        if let Some(feature) = feature {
            return feature_ui(ui, context, feature, commands);
        }
        match entry {
            Some((id, entry)) => selected_ui(ui, context, (id, entry), commands),
            None if files::is_wanted(context) => files::panel_ui(ui, context, MARGIN, commands),
            None => overview::overview_ui(ui, context, commands),
        }
    });
}

fn selected_ui(ui: &mut Ui, context: &Context<'_>, (id, entry): (&Id, Entry<'_>), commands: &mut Commands) {
    heading::heading_ui(ui, context, (id, entry), commands);
    hairline(ui, context);
    scrolled(ui, &id.to_string(), MARGIN, |ui| {
        let lines = lines(&context.state.catalog, context.language(), &entry);
        near_ui(ui, context, id, commands);
        lines::sentences_ui(ui, context, &lines, commands);
        match entry {
            Entry::Item(Item::Corridor(corridor)) => corridor::corridor_ui(ui, context, corridor, commands),
            Entry::Item(Item::Lesson(lesson)) => lesson::lesson_ui(ui, context, lesson, commands),
            Entry::Item(Item::Source(source)) => ground::source_ui(ui, context, source, commands),
            Entry::Boundary(boundary) => {
                ground::boundary_ui(ui, context, (boundary.is_disputed, &lines), commands);
            }
            _ => {}
        }
        if let Entry::Item(item) = &entry {
            stages::stages_ui(ui, context, item.stages(), commands);
        }
        facts::facts_ui(ui, context, (id, entry.facts()), commands);
        lines::rest_ui(ui, context, (&lines, heading::own_names(&entry)), commands);
        related_ui(ui, context, (id, &entry), commands);
        position_ui(ui, context, &lines, commands);
    });
}

/// Links to what it stands with, corridors first.
fn related_ui(ui: &mut Ui, context: &Context<'_>, (id, entry): (&Id, &Entry<'_>), commands: &mut Commands) {
    let panel = &context.strings.panel;
    let mut related = context.state.catalog.related(id);
    related.retain(|id| id.kind != Kind::Source);
    let title = match entry {
        Entry::Country(..) if related.is_empty() => {
            ui.add_space(12.0);
            ui.label(context.look.small(&panel.no_facts));
            return;
        }
        Entry::Country(..) => &panel.in_this_country,
        Entry::Item(Item::Source(_)) => &panel.facts_from_source,
        _ => &panel.related,
    };
    let (corridors, others): (Vec<Id>, Vec<Id>) =
        related.into_iter().partition(|id| id.kind == Kind::Corridor);
    if !corridors.is_empty() {
        section(ui, context, &context.strings.panel.on_these_corridors);
        links(ui, context, &corridors, commands);
    }
    if !others.is_empty() {
        section(ui, context, title);
        links(ui, context, &others, commands);
    }
}

/// A list of things that lead to their own panels; a double click flies there.
pub(super) fn links(ui: &mut Ui, context: &Context<'_>, ids: &[Id], commands: &mut Commands) {
    let catalog = &context.state.catalog;
    let list = ui.scope(|ui| {
        let mut hovered = None;
        for id in ids {
            let name = short_name(catalog, id, context.language());
            let is_selected = context.state.picks.selected.as_ref() == Some(id);
            let look = Row {
                name: &name,
                is_selected,
                height: context.look.tokens.size.hit_target_min,
                end_width: 0.0,
            };
            let response = row(ui, context, look, |ui| {
                symbol(ui, context, id);
                ui.add(egui::Label::new(context.look.body(&name)).truncate());
            });
            choose(&response, id, commands);
            if response.hovered() {
                hovered = Some(id.clone());
            }
        }
        hovered
    });
    link_hover(context, &list.response, list.inner, commands);
}

/// A name with room to break at its dashes.
fn spaced(name: &str) -> String {
    name.replace('–', "\u{2009}–\u{2009}")
}

/// A click selects, a double click flies there.
pub(super) fn choose(response: &egui::Response, id: &Id, commands: &mut Commands) {
    if response.clicked() {
        commands.push(Command::Select(Some(id.clone())));
    }
    if response.double_clicked() {
        commands.push(Command::FlyTo(id.clone()));
    }
}

/// A badge, a mark, or nothing; whether there was one.
pub(crate) fn symbol(ui: &mut Ui, context: &Context<'_>, id: &Id) -> bool {
    let catalog = &context.state.catalog;
    if let Some(Entry::Item(Item::Corridor(corridor))) = catalog.entry(id) {
        badge(ui, context, corridor);
        return true;
    }
    let Some(kind) = mark_of(catalog, id) else { return false };
    mark(ui, context, &kind);
    true
}

/// Where it is and how well that is known.
fn position_ui(ui: &mut Ui, context: &Context<'_>, lines: &[Line], commands: &mut Commands) {
    let Some(position) = lines.iter().find(|line| line.key == "position") else { return };
    ui.add_space(16.0);
    hairline(ui, context);
    ui.add_space(8.0);
    ui.label(context.look.small(&format!("{}: {}", position.label, position.value)));
    lines::doubt_ui(ui, context, position);
    facts::chips(ui, context, &position.sources, commands);
}

/// The mark that stands for it in lists, where it has one.
pub(crate) fn mark_of(catalog: &Catalog, id: &Id) -> Option<MarkKind> {
    match catalog.entry(id)? {
        Entry::Item(Item::Zone(zone)) if zone.order.is_none() => Some(MarkKind::Horgos),
        Entry::Item(Item::Zone(_)) => Some(MarkKind::Zone),
        Entry::Item(Item::Project(project)) => Some(MarkKind::Project(project.kind.clone())),
        Entry::Item(Item::BorderZone(_)) => Some(MarkKind::BorderZone),
        Entry::Item(Item::Crossing(crossing)) => {
            Some(MarkKind::Crossing { is_gauge_break: crossing.is_gauge_break })
        }
        Entry::Place(_) | Entry::Stop(_) | Entry::Item(Item::KoreaPlace(_)) => {
            Some(MarkKind::Town { rank: 0 })
        }
        _ => None,
    }
}
