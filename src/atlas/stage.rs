//! What was to be built when: the begin of the works, the opening that was planned, the opening that came.

use serde::Deserialize;

use super::{Citation, Date, Month};
use crate::i18n::Localized;

/// One part of a project with the dates that are known of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub name: Localized,
    #[serde(default)]
    pub begun: Option<Date>,
    /// When it was to open.
    #[serde(default)]
    pub planned: Option<Date>,
    /// When it opened.
    #[serde(default)]
    pub opened: Option<Date>,
    pub sources: Vec<Citation>,
}

/// How a plan came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// It opened so many months after the last month that was planned.
    Late(i32),
    /// It opened by then.
    InTime,
    /// It is not open so many months after.
    LateSoFar(i32),
    /// It is not to be open yet.
    NotYet,
}

impl Stage {
    /// How late it is, as seen in the month `now`; `None` where no opening was planned.
    #[must_use]
    pub fn delay(&self, now: Month) -> Option<Delay> {
        let last = |date: Date| {
            let (year, month, _) = date.last_day();
            Month::new(year, month)
        };
        let planned = last(self.planned?);
        Some(match self.opened {
            Some(opened) if opened.first_month() <= planned => Delay::InTime,
            Some(opened) => Delay::Late(opened.first_month().since(planned)),
            None if now <= planned => Delay::NotYet,
            None => Delay::LateSoFar(now.since(planned)),
        })
    }

    /// Its first and last date, planned or not.
    #[must_use]
    pub fn span(&self) -> Option<(Month, Month)> {
        let dates = [self.begun, self.planned, self.opened];
        let months = || dates.into_iter().flatten().map(Date::first_month);
        Some((months().min()?, months().max()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(planned: Option<&str>, opened: Option<&str>) -> Stage {
        let date = |text: &str| text.parse().expect("a date");
        Stage {
            name: Localized::default(),
            begun: None,
            planned: planned.map(date),
            opened: opened.map(date),
            sources: Vec::new(),
        }
    }

    #[test]
    fn a_delay_counts_from_the_end_of_what_was_planned() {
        let now = Month::new(2026, 11);
        let delay = |planned, opened| stage(planned, opened).delay(now);
        assert_eq!(delay(Some("2014"), Some("2015-03")), Some(Delay::Late(3)));
        assert_eq!(delay(Some("2014"), Some("2014-12")), Some(Delay::InTime));
        assert_eq!(delay(Some("2014"), None), Some(Delay::LateSoFar(143)));
        assert_eq!(delay(Some("2030"), None), Some(Delay::NotYet));
        assert_eq!(delay(None, Some("2014")), None);
    }
}
