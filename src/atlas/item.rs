//! One thing of the atlas, seen alike whatever it is.

use super::model::{
    Belt, BorderZone, Connectivity, Crossing, Event, Glossary, Lesson, LessonPlace, Names, Project, Source,
    Zone,
};
use super::route::{Corridor, Stop};
use super::{Atlas, Fact, Id, Kind, Stage};
use crate::geo::{LonLat, WorldBounds};
use crate::i18n::Language;

/// What an id of the atlas names.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    Corridor(&'a Corridor),
    Zone(&'a Zone),
    Project(&'a Project),
    BorderZone(&'a BorderZone),
    Crossing(&'a Crossing),
    Event(&'a Event),
    Connectivity(&'a Connectivity),
    Lesson(&'a Lesson),
    KoreaPlace(&'a LessonPlace),
    Belt(&'a Belt),
    Term(&'a Glossary),
    Source(&'a Source),
}

impl Atlas {
    /// What `id` names; `None` where the atlas has no such thing.
    #[must_use]
    pub fn item(&self, id: &Id) -> Option<Item<'_>> {
        match id.kind {
            Kind::Corridor => self.corridors.iter().find(|one| one.id == *id).map(Item::Corridor),
            Kind::Zone => self.zones.iter().find(|one| one.id == *id).map(Item::Zone),
            Kind::Project => self.projects.iter().find(|one| one.id == *id).map(Item::Project),
            Kind::BorderZone => self.border_zones.iter().find(|one| one.id == *id).map(Item::BorderZone),
            Kind::Crossing => self.crossings.iter().find(|one| one.id == *id).map(Item::Crossing),
            Kind::Event => self.events.iter().find(|one| one.id == *id).map(Item::Event),
            Kind::Connectivity => {
                self.connectivities.iter().find(|one| one.id == *id).map(Item::Connectivity)
            }
            Kind::Lesson => self.lessons.iter().find(|one| one.id == *id).map(Item::Lesson),
            Kind::KoreaPlace => self.lesson_places.iter().find(|one| one.id == *id).map(Item::KoreaPlace),
            Kind::Belt => self.belts.iter().find(|one| one.id == *id).map(Item::Belt),
            Kind::Term => self.glossary.iter().find(|one| one.id == *id).map(Item::Term),
            Kind::Source => self.sources.iter().find(|one| one.id == *id).map(Item::Source),
            Kind::Country | Kind::Place | Kind::Boundary | Kind::File => None,
        }
    }

    /// The ids of a kind, in the order of its file.
    #[must_use]
    pub fn ids(&self, kind: Kind) -> Vec<Id> {
        match kind {
            Kind::Corridor => self.corridors.iter().map(|one| one.id.clone()).collect(),
            Kind::Zone => self.zones.iter().map(|one| one.id.clone()).collect(),
            Kind::Project => self.projects.iter().map(|one| one.id.clone()).collect(),
            Kind::BorderZone => self.border_zones.iter().map(|one| one.id.clone()).collect(),
            Kind::Crossing => self.crossings.iter().map(|one| one.id.clone()).collect(),
            Kind::Event => self.events.iter().map(|one| one.id.clone()).collect(),
            Kind::Connectivity => self.connectivities.iter().map(|one| one.id.clone()).collect(),
            Kind::Lesson => self.lessons.iter().map(|one| one.id.clone()).collect(),
            Kind::KoreaPlace => self.lesson_places.iter().map(|one| one.id.clone()).collect(),
            Kind::Belt => self.belts.iter().map(|one| one.id.clone()).collect(),
            Kind::Term => self.glossary.iter().map(|one| one.id.clone()).collect(),
            Kind::Source => self.sources.iter().map(|one| one.id.clone()).collect(),
            Kind::Country => self.countries.iter().map(|one| one.id.clone()).collect(),
            Kind::Place | Kind::Boundary | Kind::File => Vec::new(),
        }
    }
}

impl<'a> Item<'a> {
    /// Its names, where it is called something rather than said in a sentence.
    #[must_use]
    pub fn names(&self) -> Option<&'a Names> {
        match self {
            Self::Corridor(one) => Some(&one.name),
            Self::Zone(one) => Some(&one.name),
            Self::Project(one) => Some(&one.name),
            Self::BorderZone(one) => Some(&one.name),
            Self::Crossing(one) => Some(&one.name),
            Self::Connectivity(one) => Some(&one.name),
            Self::KoreaPlace(one) => Some(&one.name),
            Self::Belt(one) => Some(&one.name),
            Self::Term(one) => Some(&one.name),
            Self::Event(_) | Self::Lesson(_) | Self::Source(_) => None,
        }
    }

    /// Its name in a language; a source's title is in its own.
    #[must_use]
    pub fn name(&self, language: Language) -> &'a str {
        match self {
            Self::Event(one) => one.name.get(language),
            Self::Lesson(one) => one.name.get(language),
            Self::Source(one) => &one.title,
            _ => self.names().map_or("", |names| names.get(language)),
        }
    }

    /// Pinyin, short names and other spellings.
    #[must_use]
    pub fn other_names(&self) -> Vec<&'a str> {
        let Some(names) = self.names() else { return Vec::new() };
        let short = names.short.iter().flat_map(super::super::i18n::Localized::all);
        std::iter::once(names.pinyin.as_str())
            .chain(names.also.iter().map(String::as_str))
            .chain(short)
            .collect()
    }

    #[must_use]
    pub fn facts(&self) -> &'a [Fact] {
        match self {
            Self::Corridor(one) => &one.facts,
            Self::Zone(one) => &one.facts,
            Self::Project(one) => &one.facts,
            Self::BorderZone(one) => &one.facts,
            Self::Crossing(one) => &one.facts,
            Self::Event(one) => &one.facts,
            Self::Connectivity(one) => &one.facts,
            Self::Lesson(one) => &one.facts,
            Self::KoreaPlace(one) => &one.facts,
            Self::Belt(one) => &one.facts,
            Self::Source(one) => &one.facts,
            Self::Term(_) => &[],
        }
    }

    /// What of it was to be built when.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        match self {
            Self::Project(one) => &one.stages,
            Self::Zone(one) => &one.stages,
            Self::KoreaPlace(one) => &one.stages,
            _ => &[],
        }
    }

    /// What it stands with.
    #[must_use]
    pub fn related(&self) -> Vec<Id> {
        match self {
            Self::Corridor(one) => one.related.clone(),
            Self::Zone(one) => one.related.clone(),
            Self::Project(one) => one.related.clone(),
            Self::BorderZone(one) => one.related.clone(),
            Self::Crossing(one) => one.related.clone(),
            Self::Event(one) => one.related.clone(),
            Self::Connectivity(one) => one.related.clone(),
            Self::Lesson(one) => one.related.clone(),
            Self::KoreaPlace(one) => one.related.clone(),
            Self::Belt(one) => one.related.clone(),
            Self::Term(_) | Self::Source(_) => Vec::new(),
        }
    }

    /// The box around it on the map; around what it stands with where it has no place of its own.
    #[must_use]
    pub fn bounds(&self, atlas: &Atlas) -> Option<WorldBounds> {
        let places = |places: Vec<LonLat>| WorldBounds::of(places.into_iter().map(LonLat::to_world));
        match self {
            Self::Corridor(one) => {
                let legs = atlas.legs.iter().filter(|leg| leg.corridor == one.id);
                places(legs.flat_map(|leg| leg.line.iter().copied()).collect())
            }
            Self::Zone(one) => places(vec![one.position.place()]),
            Self::Project(one) => {
                let stops = one.lines.iter().flat_map(|line| &line.points).map(Stop::place);
                places(std::iter::once(one.position.place()).chain(stops).collect())
            }
            Self::BorderZone(one) => places(vec![one.position.place()]),
            Self::Crossing(one) => places(vec![one.position.place()]),
            Self::KoreaPlace(one) => places(vec![one.position.place()]),
            Self::Belt(one) => places(one.points.iter().map(Stop::place).collect()),
            Self::Event(_) | Self::Connectivity(_) | Self::Lesson(_) => {
                let is_placed = |item: &Item<'_>| {
                    !matches!(item, Item::Event(_) | Item::Connectivity(_) | Item::Lesson(_))
                };
                let related = self.related();
                let bounds = related
                    .iter()
                    .filter_map(|id| atlas.item(id).filter(is_placed).and_then(|item| item.bounds(atlas)));
                bounds.reduce(WorldBounds::union)
            }
            Self::Term(_) | Self::Source(_) => None,
        }
    }
}

impl Source {
    /// For a chip: what it is called in a language, or the name under which it was published.
    #[must_use]
    pub fn chip(&self, language: Language) -> &str {
        self.called.as_ref().map_or(&self.short, |called| called.get(language))
    }
}
