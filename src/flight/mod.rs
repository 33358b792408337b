//! The check before a show: every step is looked at as the audience will see it, with the network off.
//!
//! Invariant: nothing here opens a file or a connection; whoever asks has opened what the tour shows.

mod letters;

use crate::atlas::Id;
use crate::format::{filter_fault, refused};
use crate::geo::Size;
use crate::i18n::{Language, Strings};
use crate::scene::{self, Item, Names, Scene, Scenery, TextRun};
use crate::search::nearest;
use crate::state::{FileContent, LISTED, State};
use crate::theme::Rgba;
use crate::tour::{Aim, Finding, Step, Tour, What};

use letters::Letters;

/// The screen that a projector of today has at least.
const SCREEN: Size = Size { width: 1280.0, height: 720.0 };
/// Names on the map that are smaller than this, in points, are not read from the last row.
const LEAST_SIZE: f32 = 9.0;
/// WCAG 2.2, 1.4.3: text against what is behind it.
const LEAST_CONTRAST: f32 = 4.5;
/// Steps may take this much more or less than is planned for the whole, as a share.
const TOLERANCE: f64 = 0.2;

/// What is to be mended or known before `tour` is shown, step by step. `state` has the tour's files open.
#[must_use]
pub fn check(state: &State, scenery: &Scenery, tour: &Tour) -> Vec<Finding> {
    let mut check = Check {
        state,
        scenery,
        letters: Letters::new(scenery.looks(state.settings.theme)),
        findings: Vec::new(),
    };
    for file in &tour.files {
        check.file(file);
    }
    for (number, step) in tour.steps.iter().enumerate() {
        check.step(number, step);
    }
    check.languages(tour);
    let (takes, planned) = (tour.lasts(), tour.planned());
    if f64::from(takes.abs_diff(planned)) > TOLERANCE * f64::from(planned) {
        check.find(None, What::Time { takes, planned });
    }
    check.findings
}

struct Check<'a> {
    state: &'a State,
    scenery: &'a Scenery,
    letters: Letters<'a>,
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn find(&mut self, at: Option<(usize, &Step)>, what: What) {
        let finding =
            Finding { step: at.map(|(step, _)| step), line: at.map_or(0, |(_, step)| step.line), what };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn strings(&self) -> &'static Strings {
        Strings::embedded(self.state.settings.language)
    }

    fn file(&mut self, name: &str) {
        let wanted = std::path::Path::new(name).file_name();
        let file = self.state.files.iter().find(|file| file.path.file_name() == wanted);
        match file.map(|file| &file.content) {
            None => self.find(None, What::MissingFile(name.to_owned())),
            Some(FileContent::Failed(fault)) => {
                let reason = refused(self.strings(), fault);
                self.find(None, What::BrokenFile { name: name.to_owned(), reason });
            }
            Some(FileContent::Reading { .. } | FileContent::Ready { .. }) => {}
        }
    }

    fn step(&mut self, number: usize, step: &Step) {
        let at = Some((number, step));
        let aimed = match &step.look.at {
            Some(Aim::Thing(id)) => Some(id),
            _ => None,
        };
        for id in aimed.into_iter().chain(&step.look.select) {
            self.id(at, id, aimed == Some(id));
        }
        for name in step.look.layers.iter().flatten().chain(&step.look.hide) {
            if let Err(unknown) = self.state.layer_commands((std::slice::from_ref(name), &[])) {
                self.find(at, What::UnknownLayer { name: unknown.name, nearest: unknown.nearest });
            }
        }
        for id in &step.sources {
            if !self.state.catalog.atlas.sources.iter().any(|source| source.id.name == *id) {
                self.find(at, What::UnknownSource(id.clone()));
            }
        }
        let viewpoint = step.look.viewpoint.as_deref();
        if let Some(unknown) = viewpoint.filter(|name| !self.state.catalog.viewpoints().contains(name)) {
            self.find(at, What::UnknownViewpoint(unknown.to_owned()));
        }
        if step.title.is_empty() {
            self.find(at, What::NoTitle);
        }
        if step.sources.is_empty() && !(step.caption.is_empty() && step.notes.is_empty()) {
            self.find(at, What::NoSource);
        }
        self.words(at, step);
        self.picture(at, step);
    }

    fn id(&mut self, at: Option<(usize, &Step)>, id: &Id, is_aimed: bool) {
        let state = self.state;
        if state.catalog.entry(id).is_none() && state.files.feature(id).is_none() {
            let known: Vec<String> =
                state.catalog.ids(id.kind).into_iter().map(|id| id.to_string()).collect();
            let nearest = nearest(&id.to_string(), known.iter().map(String::as_str));
            let nearest = nearest.into_iter().map(str::to_owned).collect();
            self.find(at, What::UnknownId { id: id.to_string(), nearest });
        } else if is_aimed && state.bounds(id).is_none() {
            self.find(at, What::NoPlace(id.to_string()));
        }
    }

    /// Letters that are there, and room for them.
    fn words(&mut self, at: Option<(usize, &Step)>, step: &Step) {
        for language in Language::ALL {
            let all = [&step.title, &step.caption, &step.notes];
            let missing: String = all
                .iter()
                .filter_map(|words| words.own(language))
                .flat_map(|text| self.letters.missing(text))
                .collect();
            if !missing.is_empty() {
                self.find(at, What::NoGlyph { text: missing, language });
            }
            let own = [step.title.own(language), step.caption.own(language)];
            if !self.letters.fit_card(own.map(Option::unwrap_or_default)) {
                self.find(at, What::LongCaption(language));
            }
        }
    }

    /// The map of the step as it will be seen.
    fn picture(&mut self, at: Option<(usize, &Step)>, step: &Step) {
        let seen = self.state.told(step, SCREEN);
        for name in step.look.filters.keys() {
            let kind = LISTED.into_iter().find(|kind| kind.as_str() == name);
            let of = kind.map(crate::state::Subject::Atlas).or_else(|| {
                self.state.files.get(name).map(|file| crate::state::Subject::File(file.key.clone()))
            });
            match of.as_ref().map(|of| seen.filter_of(of)) {
                None => self.find(at, What::UnknownFilter(name.clone())),
                Some(filter) => {
                    if let Some(error) = filter.and_then(|filter| filter.error.as_ref()) {
                        let reason = filter_fault(self.strings(), error.kind).to_owned();
                        self.find(at, What::BadFilter { of: name.clone(), reason });
                    } else if filter
                        .and_then(|filter| filter.passing.as_ref())
                        .is_some_and(|rows| rows.count() == 0)
                    {
                        self.find(at, What::EmptyFilter(name.clone()));
                    }
                }
            }
        }
        let scene = scene::build(&seen, self.scenery, 1.0, &mut Names::default());
        let smallest = runs(&scene).map(|run| run.size).fold(f32::INFINITY, f32::min);
        if smallest < LEAST_SIZE {
            self.find(at, What::SmallText(smallest));
        }
        let faintest = runs(&scene).filter_map(contrast).fold(f32::INFINITY, f32::min);
        if faintest < LEAST_CONTRAST {
            self.find(at, What::FaintText(faintest));
        }
    }

    /// A tour that is told in a language is told in it to the end.
    fn languages(&mut self, tour: &Tour) {
        let told: Vec<Language> =
            Language::ALL.into_iter().filter(|language| tour.title.own(*language).is_some()).collect();
        for (number, step) in tour.steps.iter().enumerate() {
            for language in &told {
                let lacks = [&step.title, &step.caption]
                    .into_iter()
                    .any(|words| !words.is_empty() && words.own(*language).is_none());
                if lacks {
                    self.find(Some((number, step)), What::NoWords(*language));
                }
            }
        }
    }
}

/// Every name and number on a picture.
fn runs(scene: &Scene) -> impl Iterator<Item = &TextRun> {
    let items = scene.layers.iter().flat_map(|layer| &layer.items);
    let texts = items.filter_map(|item| match item {
        Item::Text(runs) => Some(runs),
        _ => None,
    });
    texts.flatten().filter(|run| !run.glyphs.is_empty())
}

/// Of a text against its halo, where it has one; what has none stands on a plate of its own colour.
fn contrast(run: &TextRun) -> Option<f32> {
    let (halo, _) = run.halo?;
    Some(ratio(run.colour, halo))
}

/// WCAG 2.2, relative luminance and contrast ratio.
fn ratio(a: Rgba, b: Rgba) -> f32 {
    let linear = |channel: u8| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |rgba: Rgba| {
        let [r, g, b, _] = rgba.0;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests;
