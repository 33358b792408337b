//! A quiz from the atlas's own facts: what is asked, how an answer is judged, and what a round leaves behind.
//!
//! Invariant: a quiz depends on the catalog, its seed and its length alone, no question of it stands there twice,
//! and of the choices of a question exactly one is right by the atlas.

mod deal;
mod results;
#[cfg(test)]
mod tests;

use super::{Catalog, Line, lines, words};
use crate::atlas::{Citation, Cited, Crossing, Fact, Id, Route};
use crate::geo::{LonLat, distance_m};
use crate::i18n::Language;

pub use results::{PersonTally, PoolFault, Pooled, QuestionTally, Tally, pool, results_csv};

/// A place this near to the zone is where the zone lies.
pub const NEAR_KM: f64 = 100.0;
/// A question has so many choices, where the atlas has enough.
pub const CHOICES: usize = 4;

/// Questions in the order in which they are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiz {
    pub questions: Vec<Question>,
}

/// One thing that the atlas knows and a person may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Where on the map the zone lies.
    Place { zone: Id },
    /// On which corridor a zone or a project lies.
    WhichCorridor { of: Id, choices: Vec<Id>, right: Id },
    /// Which country the zone faces.
    WhichNeighbour { zone: Id, choices: Vec<Id>, right: Id },
}

/// What a person says to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Position(LonLat),
    Choice(Id),
    Skipped,
}

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    pub is_right: bool,
    /// How far a place on the map is from the right one; `None` for all other answers.
    pub distance_km: Option<f64>,
}

/// Why the right answer is right, in the words of the atlas.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The right choice, or the zone whose place was asked for.
    pub right: Id,
    pub name: String,
    /// As the panel shows them.
    pub lines: Vec<Line>,
    /// Of all the lines, each once.
    pub sources: Vec<Citation>,
}

/// An answer and what it was worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub answer: Answer,
    pub verdict: Verdict,
}

/// A person's way through a quiz.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub quiz: Quiz,
    pub person: String,
    given: Vec<Given>,
}

impl Quiz {
    /// So many questions, of the three kinds in turn as long as each has some; fewer where the atlas has fewer.
    #[must_use]
    pub fn new(catalog: &Catalog, seed: u64, count: usize) -> Self {
        Self { questions: deal::questions(catalog, seed, count) }
    }
}

impl Question {
    /// The kind in one word, the same in every language, for files.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Place { .. } => "place",
            Self::WhichCorridor { .. } => "corridor",
            Self::WhichNeighbour { .. } => "neighbour",
        }
    }

    /// What it asks about.
    #[must_use]
    pub const fn asked(&self) -> &Id {
        match self {
            Self::Place { zone } | Self::WhichNeighbour { zone, .. } => zone,
            Self::WhichCorridor { of, .. } => of,
        }
    }

    /// The right choice; for a place the zone that lies there.
    #[must_use]
    pub const fn right(&self) -> &Id {
        match self {
            Self::Place { zone } => zone,
            Self::WhichCorridor { right, .. } | Self::WhichNeighbour { right, .. } => right,
        }
    }

    /// In the order in which they are shown; none where the answer is a place.
    #[must_use]
    pub fn choices(&self) -> &[Id] {
        match self {
            Self::Place { .. } => &[],
            Self::WhichCorridor { choices, .. } | Self::WhichNeighbour { choices, .. } => choices,
        }
    }

    /// Whether `answer` is right; an answer of another kind than the question's is not.
    #[must_use]
    pub fn judge(&self, catalog: &Catalog, answer: &Answer) -> Verdict {
        match (self, answer) {
            (Self::Place { .. }, Answer::Position(place)) => {
                let distance_km = self.place(catalog).map(|right| distance_m(*place, right) / 1_000.0);
                Verdict { is_right: distance_km.is_some_and(|km| km <= NEAR_KM), distance_km }
            }
            (
                Self::WhichCorridor { right, .. } | Self::WhichNeighbour { right, .. },
                Answer::Choice(choice),
            ) => Verdict { is_right: choice == right, distance_km: None },
            _ => Verdict { is_right: false, distance_km: None },
        }
    }

    /// Where the right place is; `None` where the answer is a choice.
    #[must_use]
    pub fn place(&self, catalog: &Catalog) -> Option<LonLat> {
        let Self::Place { zone } = self else { return None };
        catalog.atlas.zones.iter().find(|one| one.id == *zone).map(|one| one.position.place())
    }

    /// What the atlas says that makes the right answer right, and who says it.
    #[must_use]
    pub fn explained(&self, catalog: &Catalog, language: Language) -> Explained {
        let lines = match self {
            Self::Place { zone } => told(catalog, language, zone, &["position"]),
            Self::WhichCorridor { of, right, .. } => lying(catalog, language, of, right),
            Self::WhichNeighbour { zone, .. } => told(catalog, language, zone, &["neighbour", "counterpart"]),
        };
        let mut sources: Vec<Citation> = Vec::new();
        for source in lines.iter().flat_map(|line| &line.sources) {
            if !sources.contains(source) {
                sources.push(source.clone());
            }
        }
        let name = words::short_name(catalog, self.right(), language);
        Explained { right: self.right().clone(), name, lines, sources }
    }
}

impl Round {
    /// A round of which nothing is answered yet.
    #[must_use]
    pub fn new(quiz: Quiz, person: impl Into<String>) -> Self {
        Self { quiz, person: person.into(), given: Vec::new() }
    }

    /// The open question; `None` when the round is over.
    #[must_use]
    pub fn at(&self) -> Option<&Question> {
        self.quiz.questions.get(self.given.len())
    }

    /// Answers the open question and goes on to the next; nothing happens where none is open.
    pub fn answer(&mut self, catalog: &Catalog, answer: Answer) -> Option<Verdict> {
        let verdict = self.at()?.judge(catalog, &answer);
        self.given.push(Given { answer, verdict });
        Some(verdict)
    }

    /// The answers so far, in the order of the questions.
    #[must_use]
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// How many answers were right so far.
    #[must_use]
    pub fn right_count(&self) -> usize {
        self.given.iter().filter(|given| given.verdict.is_right).count()
    }

    /// Whether no question is open.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.at().is_none()
    }
}

/// Those of the lines of a thing that have one of the keys.
fn told(catalog: &Catalog, language: Language, id: &Id, keys: &[&str]) -> Vec<Line> {
    let Some(entry) = catalog.entry(id) else { return Vec::new() };
    lines(catalog, language, &entry).into_iter().filter(|line| keys.contains(&line.key)).collect()
}

/// Why a thing lies on a corridor: it is said so, or a crossing at it lies on a route; else who names the thing.
fn lying(catalog: &Catalog, language: Language, of: &Id, corridor: &Id) -> Vec<Line> {
    let Some(entry) = catalog.entry(of) else { return Vec::new() };
    let facts = || entry.facts().iter().flat_map(|fact| fact.cited.iter().map(move |cited| (fact, cited)));
    let line = |(fact, cited): (&Fact, &Cited)| Line {
        key: "corridor",
        label: fact.label.get(language).to_owned(),
        value: cited.value.get(language).to_owned(),
        as_of: cited.as_of,
        certain: cited.certain,
        note: cited.note.as_ref().map(|note| note.get(language).to_owned()),
        sources: cited.sources.clone(),
    };
    let said = facts().filter(|(_, cited)| cited.related.contains(corridor)).map(line);
    let mut found: Vec<Line> = said.chain(crossed(catalog, language, &entry.related(), corridor)).collect();
    if found.is_empty() {
        found.extend(facts().filter(|(fact, _)| fact.key == "named").map(line));
    }
    if found.is_empty() {
        found = told(catalog, language, of, &["status", "kind"]);
    }
    found
}

/// Those of the crossings `related` that lie on a route of the corridor: the route, and the crossing on it.
fn crossed(catalog: &Catalog, language: Language, related: &[Id], corridor: &Id) -> Vec<Line> {
    let corridors = catalog.atlas.corridors.iter().filter(|one| one.id == *corridor);
    let on_route = |route: &Route| {
        let is_on = |one: &&Crossing| {
            related.contains(&one.id) && one.along.iter().any(|along| along.route == route.id)
        };
        let line = |one: &Crossing| Line {
            key: "along",
            label: route.name.get(language).to_owned(),
            value: one.name.get(language).to_owned(),
            as_of: None,
            certain: one.position.certain,
            note: None,
            sources: one.position.sources.clone(),
        };
        catalog.atlas.crossings.iter().filter(is_on).map(line).collect::<Vec<_>>()
    };
    corridors.flat_map(|one| &one.routes).flat_map(on_route).collect()
}
