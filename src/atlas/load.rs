//! Reads `assets/atlas`.

use super::*;
use crate::geo::WorldBounds;
use crate::i18n::Language;

/// What the atlas knows.
#[derive(Clone, Debug)]
pub struct Atlas {
    pub corridors: Vec<Corridor>,
    pub legs: Vec<Leg>,
    pub zones: Vec<Zone>,
    pub projects: Vec<Project>,
    pub border_zones: Vec<BorderZone>,
    pub crossings: Vec<Crossing>,
    pub events: Vec<Event>,
    pub connectivities: Vec<Connectivity>,
    pub lessons: Vec<Lesson>,
    pub lesson_places: Vec<LessonPlace>,
    pub belts: Vec<Belt>,
    pub document: Vec<Fact>,
    pub glossary: Vec<Glossary>,
    pub countries: Vec<CountryInfo>,
    pub sources: Vec<Source>,
    pub version: String,
    pub date: Date,
}

/// Why the atlas's files do not parse.
#[derive(Debug, thiserror::Error)]
pub enum AtlasError {}

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
impl<'a> Item<'a> {
    pub fn name(&self, _l: Language) -> &'a str {
        ""
    }
    pub fn names(&self) -> Option<&'a Names> { None }
    pub fn other_names(&self) -> Vec<&'a str> {
        vec![]
    }
    pub fn facts(&self) -> &'a [Fact] {
        &[]
    }
    pub fn related(&self) -> Vec<Id> {
        vec![]
    }
    pub fn bounds(&self, _a: &Atlas) -> Option<WorldBounds> {
        None
    }
}
impl Atlas {
    pub fn embedded() -> Result<Self, AtlasError> { return Ok(Self{corridors:vec![],legs:vec![],zones:vec![],projects:vec![],border_zones:vec![],crossings:vec![],events:vec![],connectivities:vec![],lessons:vec![],lesson_places:vec![],belts:vec![],document:vec![],glossary:vec![],countries:vec![],sources:vec![],version:String::new(),date:Date::year(2026)}); }
    pub fn embedded_x() -> Result<Self, AtlasError> {
        unimplemented!()
    }
    pub fn item(&self, _id: &Id) -> Option<Item<'_>> {
        None
    }
    pub fn ids(&self, _k: Kind) -> Vec<Id> {
        vec![]
    }
    pub fn source(&self, _n: &str) -> Option<&Source> {
        None
    }
}
