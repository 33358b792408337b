//! The drawing itself: countries above, the track with its stops, what lies at it below, kilometres at the foot.

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::things::{Names, Thing, things};
use super::{Laid, column, pointed_on_map};
use crate::atlas::Id;
use crate::catalog::words::{country, km as length, short_name};
use crate::i18n::integer;
use crate::state::{Command, StripCommand, StripPart};
use crate::theme::Face;
use crate::ui::look::colour;
use crate::ui::mark_of;
use crate::ui::widgets::{paint_mark, paint_precision};
use crate::ui::{Commands, Context};

/// From the top of the paper: the band of countries, names of branches, names of stops, the track, what lies below,
/// and the scale.
const BAND: f32 = 20.0;
const BRANCHES: f32 = 40.0;
const NAMES: f32 = 70.0;
const TRACK: f32 = 88.0;
const BELOW: f32 = 127.0;
const SCALE: f32 = 146.0;
/// Of the track, and of the light band between its lines.
const TRACK_WIDTH: f32 = 9.0;
const LINE_WIDTH: f32 = 1.8;
/// Room for the mark of a zone on a branch.
const MARK: f32 = 22.0;
/// Names may stand out over the ends of the track so far.
const BESIDE: f32 = 32.0;
/// Around what the pointer is on.
const LIT: f32 = 16.0;

/// Draws it; the kilometre under the pointer.
pub(super) fn drawing_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (laid, room): (&Laid<'_>, Rect),
    commands: &mut Commands,
) -> Option<f64> {
    let pointed = measure_ui(ui, context, (laid, room), commands);
    let things = things(context, laid);
    lit_ui(ui, context, (laid, room), &things);
    countries_ui(ui, context, laid, room);
    track_ui(ui, context, laid, room);
    if laid.open.shows(StripPart::Gauge) {
        gauges_ui(ui, context, laid, room);
    }
    scale_ui(ui, context, laid, room);
    junctions_ui(ui, context, (laid, room), commands);
    let mut hovered = None;
    let mut names = [Names::default(), Names::default()];
    for thing in &things {
        let response = thing_ui(ui, context, (laid, room, thing), (&mut names, commands));
        if response.hovered() {
            hovered = Some(thing);
        }
    }
    let wanted = hovered.and_then(|thing| thing.id.clone());
    if (pointed.is_some() || hovered.is_some()) && context.state.picks.hovered != wanted {
        commands.push(Command::Hover(wanted));
    }
    let flown =
        context.state.along.as_ref().filter(|along| along.route == laid.open.route).map(|along| along.km);
    if let Some(km) = pointed.or(flown).or_else(|| pointed_on_map(ui, context, laid.open)) {
        crosshair_ui(ui, context, (laid, room), (km, hovered));
    }
    pointed
}

/// Behind what is selected or hovered, here or on the map.
fn lit_ui(ui: &Ui, context: &Context<'_>, (laid, room): (&Laid<'_>, Rect), things: &[Thing]) {
    let picks = &context.state.picks;
    let is_lit =
        |thing: &&Thing| thing.id.is_some() && (picks.selected == thing.id || picks.hovered == thing.id);
    let band = Rect::from_x_y_ranges(room.x_range(), room.top() + BAND + 4.0..=room.top() + SCALE);
    for thing in things.iter().filter(is_lit) {
        let lit = column(band, laid.axis.x(thing.km), LIT);
        ui.painter().rect_filled(lit, 4.0, colour(context.look.colours().accent.soft));
    }
}

/// A drag measures, a press ends that; the kilometre under the pointer.
fn measure_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (laid, room): (&Laid<'_>, Rect),
    commands: &mut Commands,
) -> Option<f64> {
    let response = ui.interact(room, ui.scope_id().with("measure"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &context.strings.strip.drag));
    let at =
        ui.input(|input| input.pointer.hover_pos()).filter(|at| room.expand2(vec2(4.0, 0.0)).contains(*at));
    if response.dragged()
        && let (Some(from), Some(to)) =
            (ui.input(|input| input.pointer.press_origin()), response.interact_pointer_pos())
    {
        let between = Some((laid.axis.km(from.x), laid.axis.km(to.x)));
        if laid.open.measured != between {
            commands.push(Command::Strip(StripCommand::Measure(between)));
        }
    } else if response.clicked() && laid.open.measured.is_some() {
        commands.push(Command::Strip(StripCommand::Measure(None)));
    }
    if let Some((from, to)) = laid.open.measured {
        let (a, b) = (laid.axis.x(from), laid.axis.x(to));
        let rect = Rect::from_x_y_ranges(a.min(b)..=a.max(b), room.top() + BAND..=room.top() + SCALE);
        ui.painter().rect_filled(rect, 4.0, colour(context.look.colours().accent.soft));
    }
    at.map(|at| laid.axis.km(at.x))
}

fn countries_ui(ui: &Ui, context: &Context<'_>, laid: &Laid<'_>, room: Rect) {
    let colours = context.look.colours();
    for (number, stretch) in laid.strip.countries.iter().enumerate() {
        let (left, right) = (laid.axis.x(stretch.from), laid.axis.x(stretch.to));
        let band = Rect::from_min_max(pos2(left + 1.0, room.top()), pos2(right - 1.0, room.top() + BAND));
        ui.painter().rect_filled(band, 4.0, colour(colours.surface.sunken));
        let name = country(&context.state.catalog, stretch.what, context.language());
        // Where the name has no room its two letters may have.
        let fits = [name.as_str(), stretch.what].into_iter().find(|text| {
            let galley = small(ui, context, text, context.look.secondary());
            galley.size().x + 6.0 <= band.width()
        });
        if let Some(text) = fits {
            let galley = small(ui, context, text, context.look.secondary());
            ui.painter().galley(band.center() - galley.size() / 2.0, galley, Color32::PLACEHOLDER);
        }
        if number > 0 && laid.open.shows(StripPart::Borders) {
            dashed_down(
                ui,
                colour(colours.surface.line_strong),
                left,
                room.top() + BAND + 2.0..=room.top() + SCALE,
            );
        }
    }
}

fn dashed_down(ui: &Ui, ink: Color32, x: f32, range: std::ops::RangeInclusive<f32>) {
    let points = [pos2(x, *range.start()), pos2(x, *range.end())];
    ui.painter().extend(egui::Shape::dashed_line(&points, Stroke::new(1.0, ink), 2.0, 3.0));
}

/// Two lines, drawn as surely as the line on the map is known.
fn track_ui(ui: &Ui, context: &Context<'_>, laid: &Laid<'_>, room: Rect) {
    let y = room.top() + TRACK;
    for stretch in &laid.strip.precisions {
        let (left, right) = (laid.axis.x(stretch.from), laid.axis.x(stretch.to));
        let band = Rect::from_x_y_ranges(left..=right, y - TRACK_WIDTH / 2.0..=y + TRACK_WIDTH / 2.0);
        ui.painter().rect_filled(band, 0.0, laid.ink.gamma_multiply(0.16));
        for y in [band.top(), band.bottom()] {
            paint_precision(
                ui.painter(),
                context,
                [pos2(left, y), pos2(right, y)],
                (stretch.what, LINE_WIDTH, laid.ink),
            );
        }
    }
}

/// The gauge of each stretch under it, and both where it breaks.
fn gauges_ui(ui: &Ui, context: &Context<'_>, laid: &Laid<'_>, room: Rect) {
    let y = room.top() + TRACK;
    for stretch in &laid.strip.gauges {
        let (left, right) = (laid.axis.x(stretch.from), laid.axis.x(stretch.to));
        if stretch.what.gauge_mm.is_empty() {
            continue;
        }
        let gauges: Vec<String> = stretch.what.gauge_mm.iter().map(ToString::to_string).collect();
        let doubt = if stretch.what.certain { "" } else { " ?" };
        let mm = context.strings.units.mm.fill("n", &format!("{}{doubt}", gauges.join(" / ")));
        let galley =
            small(ui, context, &context.strings.panel.track.fill("mm", &mm), context.look.secondary());
        if galley.size().x + 90.0 < right - left {
            let at = pos2(f32::midpoint(left, right) - galley.size().x / 2.0, y + 10.0);
            ui.painter().galley(at, galley, Color32::PLACEHOLDER);
        }
    }
    for (km, _) in laid.strip.crossings.iter().filter(|(_, crossing)| crossing.is_gauge_break) {
        let x = laid.axis.x(*km);
        let primary = context.look.primary();
        ui.painter().vline(x, y - 16.0..=y + 16.0, Stroke::new(1.6, primary));
        for (side, offset) in [(-1.0, 6.0), (1.0, 4.0)] {
            for up in [-1.0, 1.0] {
                let end = pos2(x + side * 9.0, y + up * offset);
                ui.painter().line_segment([pos2(x, end.y), end], Stroke::new(1.6, primary));
            }
        }
        let sides: Vec<String> = laid
            .strip
            .gauges
            .iter()
            .filter_map(|one| {
                let touches = (one.from - km).abs() < 1.0 || (one.to - km).abs() < 1.0;
                touches.then(|| {
                    one.what.gauge_mm.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / ")
                })
            })
            .collect();
        if let [before, after] = sides.as_slice() {
            let mut style = context.look.tokens.text.small;
            style.face = Face::UiSemibold;
            let font = context.look.font(style);
            let y = y + 19.0;
            ui.painter().text(pos2(x - 4.0, y), Align2::RIGHT_CENTER, before, font.clone(), primary);
            ui.painter().text(pos2(x + 4.0, y), Align2::LEFT_CENTER, after, font, primary);
        }
    }
}

fn scale_ui(ui: &Ui, context: &Context<'_>, laid: &Laid<'_>, room: Rect) {
    let y = room.top() + SCALE;
    let line = colour(context.look.colours().surface.line_strong);
    ui.painter().hline(room.x_range(), y, Stroke::new(1.0, line));
    let mut last = f32::NEG_INFINITY;
    for km in laid.axis.ticks() {
        let x = laid.axis.x(km);
        ui.painter().vline(x, y - 3.0..=y + 3.0, Stroke::new(1.0, line));
        let text = if km == 0.0 { length(context.strings, 0.0) } else { integer(km as i64) };
        let galley = small(ui, context, &text, context.look.secondary());
        if x - galley.size().x / 2.0 > last + 8.0 {
            last = x + galley.size().x / 2.0;
            ui.painter().galley(pos2(x - galley.size().x / 2.0, y + 5.0), galley, Color32::PLACEHOLDER);
        }
    }
}

/// Where other routes leave or join: a curve from the track to their names, which open them.
fn junctions_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (laid, room): (&Laid<'_>, Rect),
    commands: &mut Commands,
) {
    let mut names = Names::default();
    for junction in &laid.strip.junctions {
        let texts = &context.strings.strip;
        let text = if junction.leaves { &texts.branch_to } else { &texts.branch_from };
        let place = junction.far.name.get(context.language());
        let mut text =
            text.fill_all(&[("place", place), ("km", &length(context.strings, junction.route.km))]);
        let galley = small(ui, context, &text, context.look.secondary());
        // The zones that lie on it, which the strip itself does not pass.
        let own: Vec<Id> = laid.strip.zones.iter().map(|(_, id)| id.clone()).collect();
        let mut zones = context.state.catalog.zones_on(&laid.open.corridor, &junction.route.id);
        zones.retain(|id| laid.open.shows(StripPart::Zones) && !own.contains(id));
        for zone in &zones {
            text = format!("{text} · {}", short_name(&context.state.catalog, zone, context.language()));
        }
        let marks = zones.len() as f32 * MARK;
        let x = laid.axis.x(junction.km);
        let y = room.top() + BRANCHES;
        // The name stands on the side to which there is more room.
        let size = galley.size() + vec2(marks, 0.0);
        let is_left = x + 24.0 + size.x > room.right();
        let left = if is_left { x - 24.0 - size.x } else { x + 20.0 };
        let rect = Rect::from_min_size(pos2(left, y - size.y / 2.0), size);
        if !names.take(rect.x_range(), 6.0) {
            continue;
        }
        let end = if is_left { rect.right() + 4.0 } else { rect.left() - 4.0 };
        let curve = [pos2(x, room.top() + TRACK - 8.0), pos2(x, y + 4.0), pos2(x, y), pos2(end, y)];
        let stroke = Stroke::new(1.6, laid.ink);
        ui.painter().add(egui::epaint::CubicBezierShape::from_points_stroke(
            curve,
            false,
            Color32::TRANSPARENT,
            stroke,
        ));
        let response = ui.interact(rect.expand(4.0), ui.scope_id().with(&junction.route.id), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(
                rect.expand2(vec2(5.0, 2.0)),
                5.0,
                colour(context.look.colours().surface.sunken),
            );
        }
        ui.painter().galley(rect.min, galley, Color32::PLACEHOLDER);
        for (number, zone) in zones.iter().enumerate() {
            let at = pos2(rect.right() - marks + (number as f32 + 0.6) * MARK, y);
            if let Some(kind) = mark_of(&context.state.catalog, zone) {
                paint_mark(ui.painter(), context, &kind, at);
            }
        }
        let response = if zones.is_empty() { response } else { response.on_hover_text(&text) };
        if response.clicked() {
            let (corridor, route) = (laid.open.corridor.clone(), Some(junction.route.id.clone()));
            commands.push(Command::Strip(StripCommand::Open { corridor, route }));
        }
    }
}

/// One stop, crossing, zone or project with its name where that has room.
fn thing_ui(
    ui: &mut Ui,
    context: &Context<'_>,
    (laid, room, thing): (&Laid<'_>, Rect, &Thing),
    (names, commands): (&mut [Names; 2], &mut Commands),
) -> egui::Response {
    let x = laid.axis.x(thing.km);
    let track = room.top() + TRACK;
    let y = if thing.is_below { room.top() + BELOW } else { track };
    let rect = Rect::from_center_size(pos2(x, y), vec2(18.0, 20.0));
    let response =
        ui.interact(rect, ui.scope_id().with((&thing.id, &thing.told, thing.is_below)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &thing.told));
    let picks = &context.state.picks;
    let is_selected = thing.id.is_some() && picks.selected == thing.id;
    let is_lit =
        response.hovered() || response.has_focus() || (thing.id.is_some() && picks.hovered == thing.id);
    let row = &mut names[usize::from(thing.is_below)];
    let galley = thing.galley(ui, context, is_lit || is_selected);
    let half = galley.size().x / 2.0;
    let top =
        if thing.is_below { y - galley.size().y / 2.0 } else { room.top() + NAMES - galley.size().y / 2.0 };
    let ends = (room.left() - BESIDE, room.right() + BESIDE);
    let centred = (x - half).min(ends.1 - 2.0 * half).max(ends.0);
    let beside = [x + 6.0, x - 6.0 - 2.0 * half];
    let below = [x + 14.0, x - 14.0 - 2.0 * half];
    let places =
        if thing.is_below { [below[0], below[1], below[0]] } else { [centred, beside[0], beside[1]] };
    let free = places[thing.first_place..].iter().copied().find(|left| {
        let right = left + 2.0 * half;
        *left >= ends.0 && right <= ends.1 + 0.5 && row.take(egui::Rangef::new(*left, right), 8.0)
    });
    thing.paint(ui, context, (pos2(x, y), laid.ink), free.is_some());
    if let Some(left) = free.filter(|_| half > 0.0) {
        // Over the curves of branches it stands on paper.
        let ground = Rect::from_min_size(pos2(left, top), galley.size()).expand2(vec2(2.0, 0.0));
        if !(is_lit || is_selected) {
            ui.painter().rect_filled(ground, 2.0, colour(context.look.colours().surface.panel));
        }
        ui.painter().galley(pos2(left, top), galley, Color32::PLACEHOLDER);
    }
    if response.clicked() {
        commands.push(Command::Select(thing.id.clone()));
    }
    if response.double_clicked()
        && let Some(id) = &thing.id
    {
        commands.push(Command::FlyTo(id.clone()));
    }
    response
}

/// A line through the strip, and what stands there.
fn crosshair_ui(
    ui: &Ui,
    context: &Context<'_>,
    (laid, room): (&Laid<'_>, Rect),
    (km, thing): (f64, Option<&Thing>),
) {
    let x = laid.axis.x(km);
    let colours = context.look.colours();
    ui.painter().vline(
        x,
        room.top() + BAND + 2.0..=room.top() + SCALE,
        Stroke::new(1.0, colour(colours.accent.fill)),
    );
    let at =
        context.strings.strip.at_km.fill("km", &integer(thing.map_or(km, |thing| thing.km).round() as i64));
    let text = thing.map_or_else(|| at.clone(), |thing| thing.told.clone());
    let galley = small(ui, context, &text, colour(colours.surface.panel));
    let size = galley.size() + vec2(16.0, 8.0);
    let left = (x - size.x / 2.0).min(room.right() + 20.0 - size.x).max(room.left() - 20.0);
    let plate = Rect::from_min_size(pos2(left, room.top() - 2.0), size);
    ui.painter().rect_filled(plate, 6.0, colour(colours.text.primary));
    ui.painter().galley(plate.min + vec2(8.0, 4.0), galley, Color32::PLACEHOLDER);
}

pub(super) fn small(
    ui: &Ui,
    context: &Context<'_>,
    text: &str,
    ink: Color32,
) -> std::sync::Arc<egui::Galley> {
    ui.painter().layout_no_wrap(text.to_owned(), context.look.font(context.look.tokens.text.small), ink)
}
