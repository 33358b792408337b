//! One thing that has an id, seen alike whatever it is.

use crate::atlas::{Atlas, CountryInfo, Fact, Id, Item, Stop};
use crate::basemap::{Boundary, Country, Place};
use crate::geo::{LonLat, WorldBounds};
use crate::i18n::{Language, Localized};

/// What an id names.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a> {
    Item(Item<'a>),
    /// A country of the basemap, and what the atlas knows of it.
    Country(&'a Country, Option<&'a CountryInfo>),
    Place(&'a Place),
    /// A stop that the basemap does not have.
    Stop(&'a Stop),
    Boundary(&'a Boundary),
}

impl<'a> Entry<'a> {
    /// Its name; in English where the language has none.
    #[must_use]
    pub fn name(&self, language: Language) -> &'a str {
        match self {
            Self::Item(item) => item.name(language),
            Self::Country(country, _) => country.name.get(language),
            Self::Place(place) => place.name(language),
            Self::Stop(stop) => stop.name.get(language),
            Self::Boundary(boundary) => boundary.name.get(language),
        }
    }

    /// Every name it goes by, pinyin and other spellings too.
    #[must_use]
    pub fn names(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = Language::ALL.iter().map(|&language| self.name(language)).collect();
        match self {
            Self::Item(item) => names.extend(item.other_names()),
            Self::Country(country, _) => names.extend([country.iso_a2.as_str(), country.iso_a3.as_str()]),
            Self::Stop(stop) => {
                names.push(&stop.name.pinyin);
                names.extend(stop.name.also.iter().map(String::as_str));
            }
            Self::Place(_) | Self::Boundary(_) => {}
        }
        // The names it is shown by come first: a search that finds several shows the first.
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| !name.is_empty() && seen.insert(*name));
        names
    }

    /// What the atlas knows of it, with sources.
    #[must_use]
    pub fn facts(&self) -> &'a [Fact] {
        match self {
            Self::Item(item) => item.facts(),
            Self::Country(_, Some(info)) => &info.facts,
            _ => &[],
        }
    }

    #[must_use]
    pub fn related(&self) -> Vec<Id> {
        match self {
            Self::Item(item) => item.related(),
            _ => Vec::new(),
        }
    }

    /// The box around it on the map; a point's box is the point.
    #[must_use]
    pub fn bounds(&self, atlas: &Atlas) -> Option<WorldBounds> {
        let point = |place: LonLat| {
            let at = place.to_world();
            Some(WorldBounds { min: at, max: at })
        };
        match self {
            Self::Item(item) => item.bounds(atlas),
            Self::Country(country, _) => Some(WorldBounds::of_degrees(country.bounds)),
            Self::Place(place) => point(place.at),
            Self::Stop(stop) => point(LonLat::new(stop.lon, stop.lat)),
            Self::Boundary(_) => None,
        }
    }

    /// The same name in the three languages.
    #[must_use]
    pub fn localized_name(&self) -> Localized {
        let [en, zh, ko] = Language::ALL.map(|language| match self {
            Self::Boundary(boundary) => super::words::boundary_name(boundary, language),
            _ => self.name(language).to_owned(),
        });
        Localized { en, zh, ko }
    }
}
