//! What only zones and crossings have: the port, the town across the border, the two sides of a track.

use egui::Ui;

use super::facts::chips;
use crate::atlas::{Crossing, Zone};
use crate::ui::widgets::section;
use crate::ui::words::{country, km};
use crate::ui::{Commands, Context};

pub(super) fn zone_ui(ui: &mut Ui, context: &Context<'_>, zone: &Zone, commands: &mut Commands) {
    let (strings, language) = (context.strings, context.language());
    let panel = &strings.panel;
    ui.add_space(10.0);
    ui.label(context.look.text(context.look.tokens.text.reading, zone.status.get(language)));
    ui.add_space(8.0);
    let across = country(&context.state.catalog, &zone.neighbour, language);
    let counterpart = zone.counterpart.name.get(language);
    let order = match zone.order {
        Some(order) => panel.document_order.fill("n", &order.to_string()),
        None => panel.not_one_of_eleven.clone(),
    };
    let lines = [
        (&panel.province, zone.province.get(language).to_owned()),
        (&panel.neighbour, across),
        (&panel.counterpart, counterpart.to_owned()),
        (&panel.port, zone.port_name.get(language).to_owned()),
        (&panel.port_to_counterpart, km(strings, zone.km_to_counterpart)),
    ];
    pairs(ui, context, "zone", &lines);
    chips(ui, context, &zone.counterpart.position.sources, commands);
    ui.add_space(4.0);
    ui.label(context.look.small(&format!("{} · {order}", zone.region_name.get(language))));
}

pub(super) fn crossing_ui(ui: &mut Ui, context: &Context<'_>, crossing: &Crossing) {
    let (strings, language) = (context.strings, context.language());
    section(ui, context, &strings.panel.sides);
    let lines: Vec<(String, String)> = crossing
        .sides
        .iter()
        .map(|side| {
            let gauges: Vec<String> = side.gauge_mm.iter().map(ToString::to_string).collect();
            let track = strings.panel.track.fill("mm", &strings.units.mm.fill("n", &gauges.join(" / ")));
            let post = format!(
                "{}, {}",
                side.post.get(language),
                country(&context.state.catalog, &side.country, language)
            );
            (post, if gauges.is_empty() { String::new() } else { track })
        })
        .collect();
    for (post, track) in &lines {
        ui.horizontal(|ui| {
            ui.label(context.look.strong(post));
            ui.label(context.look.small(track));
        });
    }
    for along in &crossing.along {
        let routes = context.state.catalog.atlas.corridors.iter().flat_map(|corridor| &corridor.routes);
        let Some(route) = routes.into_iter().find(|route| route.id == along.route) else { continue };
        let number = crate::i18n::integer(along.km.round() as i64);
        let text = strings
            .panel
            .along_route
            .fill_all(&[("km", &strings.units.km.fill("n", &number)), ("route", route.name.get(language))]);
        ui.label(context.look.small(&text));
    }
}

/// Two columns: what, and how it is.
pub(super) fn pairs(ui: &mut Ui, context: &Context<'_>, name: &str, lines: &[(&String, String)]) {
    egui::Grid::new(name).num_columns(2).spacing([12.0, 5.0]).min_col_width(96.0).max_col_width(210.0).show(
        ui,
        |ui| {
            for (what, how) in lines.iter().filter(|(_, how)| !how.is_empty()) {
                ui.label(context.look.small(what));
                ui.add(egui::Label::new(context.look.body(how)).wrap());
                ui.end_row();
            }
        },
    );
}
