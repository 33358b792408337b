//! The atlas's things in words: kinds, dates, numbers, citations, in the language of the window.

use super::{Catalog, Entry};
use crate::atlas::{Citation, Date, Delay, Id, Item, Kind, Moment, Month, Precision, Source, Stage};
use crate::basemap::BoundaryKind;
use crate::geo::{LonLat, distance_m, initial_bearing};
use crate::i18n::strings::{BoundaryTexts, KindName, Template};
use crate::i18n::{Language, Strings, decimal};

/// What kind of thing it is.
#[must_use]
pub fn kind_name<'a>(strings: &'a Strings, entry: &Entry<'_>) -> &'a str {
    &kind(strings, entry).one
}

/// What several things of its kind are.
#[must_use]
pub fn kinds_name<'a>(strings: &'a Strings, entry: &Entry<'_>) -> &'a str {
    &kind(strings, entry).many
}

/// What the things of a kind that has a table are.
#[must_use]
pub fn kinds_of(strings: &Strings, kind: Kind) -> &str {
    let kinds = &strings.kinds;
    let name = match kind {
        Kind::Corridor => &kinds.corridor,
        Kind::Project => &kinds.project,
        Kind::Crossing => &kinds.crossing,
        Kind::BorderZone => &kinds.border_zone,
        Kind::Event => &kinds.event,
        _ => &kinds.zone,
    };
    &name.many
}

fn kind<'a>(strings: &'a Strings, entry: &Entry<'_>) -> &'a KindName {
    let kinds = &strings.kinds;
    match entry {
        Entry::Item(Item::Corridor(_)) => &kinds.corridor,
        Entry::Item(Item::Zone(zone)) if zone.order.is_none() => &kinds.centre,
        Entry::Item(Item::Zone(_)) => &kinds.zone,
        Entry::Item(Item::Project(_)) => &kinds.project,
        Entry::Item(Item::BorderZone(_)) => &kinds.border_zone,
        Entry::Item(Item::Crossing(crossing)) if crossing.sides.len() < 2 => &kinds.gauge_change,
        Entry::Item(Item::Crossing(_)) => &kinds.crossing,
        Entry::Item(Item::Event(_)) => &kinds.event,
        Entry::Item(Item::Connectivity(_)) => &kinds.connectivity,
        Entry::Item(Item::Lesson(_)) => &kinds.lesson,
        Entry::Item(Item::KoreaPlace(_)) => &kinds.lesson_place,
        Entry::Item(Item::Belt(_)) => &kinds.belt,
        Entry::Item(Item::Term(_)) => &kinds.term,
        Entry::Item(Item::Source(_)) => &kinds.source,
        Entry::Country(..) => &kinds.country,
        Entry::Place(_) | Entry::Stop(_) => &kinds.place,
        Entry::Boundary(_) => &kinds.boundary,
    }
}

/// The name in lists: the short one where there is one.
#[must_use]
pub fn short_name(catalog: &Catalog, id: &Id, language: Language) -> String {
    let Some(entry) = catalog.entry(id) else { return id.to_string() };
    match entry {
        Entry::Item(Item::Corridor(corridor)) => corridor.name.short(language).to_owned(),
        Entry::Item(Item::Project(project)) => project.name.short(language).to_owned(),
        Entry::Boundary(boundary) => boundary_name(boundary, language),
        entry => entry.name(language).to_owned(),
    }
}

/// A boundary's own name, else what lies on its two sides.
#[must_use]
pub fn boundary_name(boundary: &crate::basemap::Boundary, language: Language) -> String {
    let name = boundary.name.get(language);
    if !name.is_empty() {
        return name.to_owned();
    }
    let sides = [boundary.left.get(language), boundary.right.get(language)];
    sides.into_iter().filter(|side| !side.is_empty()).collect::<Vec<_>>().join(" – ")
}

/// A date as people write it.
#[must_use]
pub fn date(strings: &Strings, date: Date) -> String {
    let start = moment(strings, date.start);
    match date.end {
        Some(end) => strings.dates.span_short.fill_all(&[("start", &start), ("end", &moment(strings, end))]),
        None => start,
    }
}

fn moment(strings: &Strings, moment: Moment) -> String {
    let dates = &strings.dates;
    let month_name =
        |month: u8| dates.months.get(usize::from(month).saturating_sub(1)).map_or("", String::as_str);
    match moment {
        Moment::Decade(year) => dates.decade.fill("year", &year.to_string()),
        Moment::Year(year) => dates.year.fill("year", &year.to_string()),
        Moment::Month(year, month) => {
            dates.month.fill_all(&[("month", month_name(month)), ("year", &year.to_string())])
        }
        Moment::Day(year, month, day) => dates.day.fill_all(&[
            ("day", &day.to_string()),
            ("month", month_name(month)),
            ("year", &year.to_string()),
        ]),
    }
}

/// What a stage of a project says: its dates, and how late it is in the month `now`.
#[must_use]
pub fn stage(strings: &Strings, stage: &Stage, now: Month) -> String {
    let texts = &strings.timeline;
    let dated =
        |text: &Template, when: Option<Date>| when.map(|when| text.fill("date", &date(strings, when)));
    let months = |months: i32| usize::try_from(months).unwrap_or(0);
    let delay = match stage.delay(now) {
        // Over two years months say more than is known.
        Some(Delay::Late(late)) if late >= 24 => Some(texts.late_years.fill(months((late + 6) / 12))),
        Some(Delay::LateSoFar(late)) if late >= 24 => {
            Some(texts.late_years_so_far.fill(months((late + 6) / 12)))
        }
        Some(Delay::Late(late)) => Some(texts.late.fill(months(late))),
        Some(Delay::LateSoFar(late)) => Some(texts.late_so_far.fill(months(late))),
        Some(Delay::InTime) => Some(texts.in_time.clone()),
        Some(Delay::NotYet) | None => None,
    };
    let dates = [
        dated(&texts.begun, stage.begun),
        dated(&texts.planned, stage.planned),
        dated(&texts.opened, stage.opened),
        delay,
    ];
    dates.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Kilometres with their unit: one decimal under ten, none above.
#[must_use]
pub fn km(strings: &Strings, km: f64) -> String {
    strings.units.km.fill("n", &decimal(km, usize::from(km < 10.0)))
}

/// A round length as a scale bar says it: kilometres from one, metres below.
#[must_use]
pub fn length(strings: &Strings, metres: f64) -> String {
    let units = &strings.units;
    if metres >= 1_000.0 {
        units.km.fill("n", &decimal(metres / 1_000.0, 0))
    } else {
        units.m.fill("n", &decimal(metres, 2))
    }
}

/// `120 km NE`: how far `to` is and which way.
#[must_use]
pub fn way_to(strings: &Strings, from: LonLat, to: LonLat) -> String {
    let eighth = (initial_bearing(from, to) / 45.0).round() as usize % 8;
    let metres = distance_m(from, to);
    let km = if metres >= 1_000.0 {
        km(strings, metres / 1_000.0)
    } else {
        strings.units.m.fill("n", &decimal(metres, 0))
    };
    strings.here.way.fill_all(&[("km", &km), ("way", &strings.units.compass[eighth])])
}

/// Whom the map thanks.
#[must_use]
pub fn attribution(strings: &Strings) -> String {
    thanked(strings).join(" · ")
}

/// The same one by one.
#[must_use]
pub fn thanked(strings: &Strings) -> [&str; 3] {
    let texts = &strings.attribution;
    [texts.natural_earth.as_str(), &texts.geonames, &texts.openstreetmap]
}

/// `44.2125 N, 80.4097 E`.
#[must_use]
pub fn position(strings: &Strings, place: LonLat, decimals: usize) -> String {
    let units = &strings.units;
    let degrees = |value: f64| format!("{:.decimals$}°", value.abs());
    let lat = if place.lat < 0.0 { &units.south } else { &units.north }.fill("n", &degrees(place.lat));
    let lon = if place.lon < 0.0 { &units.west } else { &units.east }.fill("n", &degrees(place.lon));
    units.position.fill_all(&[("lat", &lat), ("lon", &lon)])
}

/// A source with the place in it: `People’s Daily, 2014`, `GeoNames · record 1529377`.
#[must_use]
pub fn cited(source: Option<&Source>, citation: &Citation, language: Language) -> String {
    let short = source.map_or(citation.id.as_str(), |source| source.chip(language));
    match &citation.at {
        Some(at) => format!("{short} · {at}"),
        None => short.to_owned(),
    }
}

/// The name of a country by its two letters.
#[must_use]
pub fn country(catalog: &Catalog, code: &str, language: Language) -> String {
    let id = Id::new(Kind::Country, code);
    catalog.entry(&id).map_or_else(|| code.to_owned(), |entry| entry.name(language).to_owned())
}

/// What a boundary line is, in words.
#[must_use]
pub fn boundary_kind(strings: &BoundaryTexts, kind: BoundaryKind) -> &str {
    match kind {
        BoundaryKind::International => &strings.international,
        BoundaryKind::Disputed => &strings.disputed,
        BoundaryKind::Indefinite | BoundaryKind::Indeterminate => &strings.indefinite,
        BoundaryKind::LineOfControl => &strings.line_of_control,
        BoundaryKind::LeaseLimit => &strings.lease,
        BoundaryKind::OverlayLimit | BoundaryKind::Claim => &strings.claim,
        BoundaryKind::Province => &strings.province,
        BoundaryKind::Unrecognized => &strings.not_drawn,
    }
}

/// How exact a line is, in a word.
#[must_use]
pub fn precision(strings: &Strings, precision: Precision) -> &str {
    match precision {
        Precision::Traced => &strings.precision.traced,
        Precision::Approximate => &strings.precision.approximate,
        Precision::Schematic => &strings.precision.schematic,
    }
}
