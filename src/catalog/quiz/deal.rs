//! Which questions a seed gives.
//!
//! Invariant: one question at most of a kind about a thing, and no wrong choice that the atlas also calls right.

use std::collections::BTreeSet;

use super::{CHOICES, Question};
use crate::atlas::{Corridor, Id, Kind, Zone};
use crate::catalog::Catalog;

/// So many questions, of the three kinds in turn as long as each has some.
pub(super) fn questions(catalog: &Catalog, seed: u64, count: usize) -> Vec<Question> {
    let mut dice = Dice(seed);
    let places = catalog.atlas.zones.iter().map(|zone| Question::Place { zone: zone.id.clone() });
    let mut piles =
        [places.collect(), corridor_questions(catalog, &mut dice), neighbour_questions(catalog, &mut dice)];
    for pile in &mut piles {
        dice.shuffle(pile);
    }
    // Else the same kind would always get the odd question.
    dice.shuffle(&mut piles);
    let mut questions = Vec::new();
    while questions.len() < count && piles.iter().any(|pile| !pile.is_empty()) {
        let room = count - questions.len();
        questions.extend(piles.iter_mut().filter_map(Vec::pop).take(room));
    }
    dice.shuffle(&mut questions);
    questions
}

fn corridor_questions(catalog: &Catalog, dice: &mut Dice) -> Vec<Question> {
    let atlas = &catalog.atlas;
    let zones = atlas.zones.iter().map(|zone| (&zone.id, &zone.corridors));
    let projects = atlas.projects.iter().map(|project| (&project.id, &project.corridors));
    let on_some = zones.chain(projects).filter(|(_, own)| !own.is_empty());
    let questions = on_some.map(|(of, own)| {
        let right = own[dice.below(own.len())].clone();
        // What lies on two corridors has one right choice too: the other is not among them.
        let is_wrong = |one: &&Corridor| !own.contains(&one.id) && !one.related.contains(of);
        let wrong = atlas.corridors.iter().filter(is_wrong).map(|one| one.id.clone()).collect();
        Question::WhichCorridor { of: of.clone(), choices: choices(dice, &right, wrong), right }
    });
    questions.filter(|question| question.choices().len() > 1).collect()
}

fn neighbour_questions(catalog: &Catalog, dice: &mut Dice) -> Vec<Question> {
    let atlas = &catalog.atlas;
    let zones = atlas.zones.iter().map(|zone| zone.neighbour.as_str());
    let codes: BTreeSet<&str> =
        zones.chain(atlas.border_zones.iter().map(|zone| zone.faces.as_str())).collect();
    let questions = atlas.zones.iter().map(|zone| {
        let right = Id::new(Kind::Country, &zone.neighbour);
        let bordering = bordering(catalog, zone);
        let wrong = codes.iter().filter(|code| !bordering.contains(*code));
        let wrong = wrong.map(|code| Id::new(Kind::Country, *code)).collect();
        Question::WhichNeighbour { zone: zone.id.clone(), choices: choices(dice, &right, wrong), right }
    });
    questions.filter(|question| question.choices().len() > 1).collect()
}

/// The countries on both sides of the crossings at a zone: Hunchun faces Russia, and North Korea is near.
fn bordering<'a>(catalog: &'a Catalog, zone: &'a Zone) -> Vec<&'a str> {
    let crossings = catalog.atlas.crossings.iter().filter(|one| zone.related.contains(&one.id));
    let sides = crossings.flat_map(|one| &one.sides).map(|side| side.country.as_str());
    std::iter::once(zone.neighbour.as_str()).chain(sides).collect()
}

/// The right one at any place among some of the wrong ones.
fn choices(dice: &mut Dice, right: &Id, mut wrong: Vec<Id>) -> Vec<Id> {
    dice.shuffle(&mut wrong);
    wrong.truncate(CHOICES - 1);
    wrong.insert(dice.below(wrong.len() + 1), right.clone());
    wrong
}

/// The numbers of a seed: splitmix64 (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `end`, without it; 0 where there is nothing to choose from.
    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
