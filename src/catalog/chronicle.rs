//! When what happened: the dated events in their order, and the dated steps of each thing.

use std::collections::HashMap;

use crate::atlas::{Atlas, Date, Id, Kind, Month};

/// An axis begins where no more than one event in so many lies before it.
const EARLY_SHARE: usize = 20;
/// Months of a decade.
const DECADE: i32 = 120;

/// The events of the atlas, and since when anything is known of a thing.
#[derive(Debug)]
pub struct Chronicle {
    /// From the earliest on.
    pub events: Vec<(Date, Id)>,
    /// By thing the months of its dated steps, rising.
    steps: HashMap<Id, Vec<Month>>,
    /// Where an axis of time begins; a few events may lie before it.
    pub first: Month,
    /// The last month of an axis: that of the atlas itself.
    pub last: Month,
}

impl Chronicle {
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let mut events: Vec<(Date, Id)> =
            atlas.events.iter().map(|event| (event.date, event.id.clone())).collect();
        events.sort_by_key(|(date, _)| *date);
        let mut steps: HashMap<Id, Vec<Month>> = HashMap::new();
        let mut step = |id: &Id, date: Date| steps.entry(id.clone()).or_default().push(date.first_month());
        for event in &atlas.events {
            event.related.iter().for_each(|id| step(id, event.date));
        }
        for zone in &atlas.border_zones {
            step(&zone.id, zone.approved);
        }
        for kind in [Kind::Corridor, Kind::Zone, Kind::Project, Kind::Crossing, Kind::KoreaPlace] {
            for id in atlas.ids(kind) {
                let Some(item) = atlas.item(&id) else { continue };
                let dated = item.facts().iter().filter(|fact| fact.is_event).flat_map(|fact| &fact.cited);
                let built = item.stages().iter().flat_map(|stage| [stage.begun, stage.opened]).flatten();
                dated.filter_map(|cited| cited.as_of).chain(built).for_each(|date| step(&id, date));
            }
        }
        for months in steps.values_mut() {
            months.sort_unstable();
        }
        let (first, last) = (first(&events), atlas.date.first_month());
        Self { events, steps, first, last }
    }

    /// Whether a thing has a dated step in the months, or none at all: what has no date is in no year and in all.
    #[must_use]
    pub fn has_step(&self, id: &Id, from: Option<Month>, to: Month) -> bool {
        let Some(months) = self.steps.get(id) else { return true };
        months.iter().any(|month| from.is_none_or(|from| *month >= from) && *month <= to)
    }

    /// The last event by then.
    #[must_use]
    pub fn event_by(&self, month: Month) -> Option<&(Date, Id)> {
        self.events.iter().rev().find(|(date, _)| date.first_month() <= month)
    }

    /// Events in the months.
    #[must_use]
    pub fn count(&self, from: Option<Month>, to: Month) -> usize {
        let is_in = |(date, _): &&(Date, Id)| {
            let month = date.first_month();
            month <= to && from.is_none_or(|from| month >= from)
        };
        self.events.iter().filter(is_in).count()
    }

    /// The next month after `month` in which something happened, or the one before it.
    #[must_use]
    pub fn step_from(&self, month: Month, is_forward: bool) -> Option<Month> {
        let months = self.events.iter().map(|(date, _)| date.first_month());
        if is_forward {
            months.filter(|one| *one > month).min()
        } else {
            months.filter(|one| *one < month).max()
        }
    }
}

/// The begin of the last decade before which hardly anything lies.
fn first(events: &[(Date, Id)]) -> Month {
    let is_early = |month: Month| {
        let before = events.iter().filter(|(date, _)| date.first_month() < month).count();
        before * EARLY_SHARE <= events.len()
    };
    let earliest = events.first().map_or(Month::new(2000, 1), |(date, _)| date.first_month());
    let decade = Month::new(earliest.year() / 10 * 10, 1);
    let decades = std::iter::successors(Some(decade), |decade| Some(decade.plus(DECADE)));
    decades.take_while(|decade| is_early(*decade)).last().unwrap_or(decade)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chronicle() -> Chronicle {
        Chronicle::new(&Atlas::embedded().expect("the atlas reads"))
    }

    #[test]
    fn the_axis_begins_with_the_decade_of_the_first_dense_events_and_ends_with_the_atlas() {
        let chronicle = chronicle();
        assert_eq!(chronicle.first, Month::new(1990, 1));
        assert!(chronicle.last >= chronicle.events.last().expect("events").0.first_month());
        assert!(chronicle.events.is_sorted_by_key(|(date, _)| *date));
    }

    #[test]
    fn a_thing_has_a_step_from_its_first_date_on_and_without_dates_always() {
        let chronicle = chronicle();
        let id = |text: &str| text.parse::<Id>().expect("an id");
        let (mohan, longbang) = (id("zone/mohan"), id("zone/longbang"));
        assert!(!chronicle.has_step(&mohan, None, Month::new(2010, 1)));
        assert!(chronicle.has_step(&mohan, None, Month::new(2016, 1)));
        assert!(chronicle.has_step(&longbang, None, Month::new(1900, 1)));
        assert!(!chronicle.has_step(&longbang, Some(Month::new(1950, 1)), Month::new(1960, 1)));
        assert!(chronicle.has_step(&id("country/CN"), None, Month::new(1900, 1)), "no date at all");
    }

    #[test]
    fn steps_go_from_event_to_event_and_end_at_the_ends() {
        let chronicle = chronicle();
        let (mut month, mut seen) = (Month::new(1800, 1), 0);
        while let Some(next) = chronicle.step_from(month, true) {
            assert!(next > month);
            assert!(chronicle.event_by(next).is_some());
            (month, seen) = (next, seen + 1);
        }
        assert!(seen > 30, "{seen}");
        assert_eq!(chronicle.count(None, month), chronicle.events.len());
        assert!(chronicle.step_from(month, false).is_some_and(|before| before < month));
    }
}
