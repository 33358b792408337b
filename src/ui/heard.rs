//! The map for whoever hears it: its marks, and the nearest features of opened files, as nodes of the tree that a
//! screen reader walks. Without one nothing of this is made.

use std::sync::Arc;

use egui::accesskit::Action;
use egui::{Id as EguiId, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use super::map::named;
use super::overlay::screen;
use super::{Commands, Context};
use crate::atlas::{Id, Item, Kind};
use crate::catalog::Entry;
use crate::catalog::words::{country, kind_name, short_name};
use crate::geo::{LonLat, WorldFixed};
use crate::scene::{Mark, marks};
use crate::state::Command;

/// Features of files that are named, the nearest to the middle of the map.
const MOST_FEATURES: usize = 200;
/// How large a node is, in points.
const SIDE: f32 = 16.0;

/// What the list depends on: the files and whether they are shown, the middle of the map and its zoom.
type Seen = (Vec<(u64, bool)>, WorldFixed, u64);

/// A feature of a file and where it lies.
type Feature = (Id, WorldFixed);

pub(super) fn heard_ui(ui: &Ui, context: &Context<'_>, map: &Response, commands: &mut Commands) {
    let is_heard = ui.ctx().accesskit_node_builder(map.id, |_| ()).is_some();
    if !is_heard {
        return;
    }
    let state = context.state;
    let viewport = state.view.viewport();
    let style = context.scenery.looks(state.settings.theme).marks(viewport.camera.zoom);
    let mut shown = marks(state, &viewport, &style);
    shown.retain(|mark| map.rect.contains(screen(&viewport, map.rect, mark.at.to_lonlat())));
    // As they are read: zones first, then from west to east.
    shown.sort_by(|a, b| {
        let rank = |mark: &Mark| mark.ids.first().is_none_or(|id| id.kind != Kind::Zone);
        let x = |mark: &Mark| viewport.screen_from_world(mark.at).x;
        rank(a).cmp(&rank(b)).then(x(a).total_cmp(&x(b)))
    });
    for mark in &shown {
        let Some(id) = mark.ids.first() else { continue };
        let place = mark.at.to_lonlat();
        node(ui, context, (map, place), (id, &mark.ids, spoken(context, mark)), commands);
    }
    for (id, at) in features(ui, context).iter() {
        let (name, kind) = named(ui, context, id);
        let spoken = context.strings.access.thing.fill_all(&[("name", &name), ("kind", &kind)]);
        node(ui, context, (map, at.to_lonlat()), (id, std::slice::from_ref(id), spoken), commands);
    }
}

/// One thing at its place; asked to be pressed, it does what a click there does.
fn node(
    ui: &Ui,
    context: &Context<'_>,
    (map, place): (&Response, LonLat),
    (id, ids, spoken): (&Id, &[Id], String),
    commands: &mut Commands,
) {
    let at = screen(&context.state.view.viewport(), map.rect, place);
    let own = EguiId::unique(("heard", id));
    let response = ui.interact(Rect::from_center_size(at, Vec2::splat(SIDE)), own, Sense::hover());
    let is_selected = context.state.picks.selected.as_ref().is_some_and(|selected| ids.contains(selected));
    let spoken = if is_selected { context.strings.access.selected.fill("name", &spoken) } else { spoken };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    ui.ctx().accesskit_node_builder(own, |node| node.add_action(Action::Click));
    if ui.input(|input| input.has_accesskit_action_request(own, Action::Click)) {
        commands.push(Command::Click(ids.to_vec()));
    }
}

/// `Horgos Center, cooperation centre, China – Kazakhstan, on corridors N, C`.
fn spoken(context: &Context<'_>, mark: &Mark) -> String {
    let (catalog, language, access) = (&context.state.catalog, context.language(), &context.strings.access);
    let name = |id: &Id| short_name(catalog, id, language);
    if mark.ids.len() > 1 {
        let names: Vec<String> = mark.ids.iter().map(name).collect();
        return access.cluster.fill_with(mark.ids.len(), &[("names", &names.join(", "))]);
    }
    let Some(id) = mark.ids.first() else { return String::new() };
    let Some(entry) = catalog.entry(id) else { return name(id) };
    let kind = kind_name(context.strings, &entry);
    let countries: Vec<String> = match &entry {
        Entry::Item(Item::Zone(zone)) => {
            ["CN", &zone.neighbour].map(|code| country(catalog, code, language)).to_vec()
        }
        Entry::Item(Item::Crossing(crossing)) => {
            crossing.sides.iter().map(|side| country(catalog, &side.country, language)).collect()
        }
        _ => Vec::new(),
    };
    let related = entry.related();
    let letters: Vec<&str> = related
        .iter()
        .filter_map(|id| match catalog.entry(id) {
            Some(Entry::Item(Item::Corridor(corridor))) => Some(corridor.letter.as_str()),
            _ => None,
        })
        .collect();
    let (name, countries, letters) = (name(id), countries.join(" – "), letters.join(", "));
    let values = [("name", name.as_str()), ("kind", kind), ("countries", &countries), ("letters", &letters)];
    let template = match (countries.is_empty(), letters.is_empty()) {
        (true, _) => &access.thing,
        (false, true) => &access.thing_in,
        (false, false) => &access.thing_on_corridors,
    };
    template.fill_all(&values)
}

/// The features that are named; looked for anew only when the map or the files changed.
fn features(ui: &Ui, context: &Context<'_>) -> Arc<Vec<Feature>> {
    let state = context.state;
    let key: Vec<(u64, bool)> =
        state.files.iter().filter_map(|file| Some((file.dataset()?.id, file.is_visible))).collect();
    let camera = state.view.camera();
    let seen = (key, camera.center, camera.zoom.to_bits());
    let memory = EguiId::unique("features that are heard");
    let known: Option<(Seen, Arc<Vec<Feature>>)> = ui.data(|data| data.get_temp(memory));
    if let Some((_, found)) = known.filter(|(was, _)| *was == seen) {
        return found;
    }
    let found = Arc::new(nearest(context));
    ui.data_mut(|data| data.insert_temp(memory, (seen, Arc::clone(&found))));
    found
}

fn nearest(context: &Context<'_>) -> Vec<Feature> {
    let state = context.state;
    let viewport = state.view.viewport();
    let middle = state.view.middle();
    let mut found: Vec<(f64, Feature)> = Vec::new();
    for file in state.files.iter().filter(|file| file.is_visible) {
        let Some(dataset) = file.dataset() else { continue };
        let outlines = (0..u32::try_from(dataset.len()).unwrap_or(u32::MAX))
            .filter_map(|row| Some((dataset.outline(row)?.center(), row)));
        let near = dataset.points.iter().chain(outlines).filter_map(|(at, row)| {
            let on_screen = viewport.screen_from_world(at);
            let is_seen = (0.0..=viewport.size.width).contains(&on_screen.x)
                && (0.0..=viewport.size.height).contains(&on_screen.y);
            (is_seen && file.filter.lets_through(row))
                .then(|| (on_screen.distance(middle), (file.feature(row), at)))
        });
        found.extend(near);
    }
    if found.len() > MOST_FEATURES {
        found.select_nth_unstable_by(MOST_FEATURES, |a, b| a.0.total_cmp(&b.0));
        found.truncate(MOST_FEATURES);
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, feature)| feature).collect()
}
