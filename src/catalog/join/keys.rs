//! What each target is called, in an index from every spelling to the targets that it means.
//!
//! Invariant: a spelling that is written out finds before one that had to be bent, and a bent one that means
//! different things finds nothing.

use std::collections::HashMap;

use serde::Deserialize;

use super::fold::{folded, parenthesised, plain_number, word_bag};
use crate::atlas::{Id, Kind};
use crate::catalog::Catalog;

const OTHER_NAMES: &str = include_str!("../../../assets/atlas/country-names.json");

/// Less similar keys are not near.
const LEAST_SIMILAR: f64 = 0.68;
/// Among more keys than these the nearest is not looked for: it is a list of numbers more often than of names.
const MOST_COMPARED: usize = 20_000;

/// How a key was bent to find something, the boldest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bent {
    Not,
    Folded,
    /// Words sorted and written out, or a number without its zeros.
    Words,
}

/// An index of what targets are called. A target is a number from 0; its order is that of whoever made the keys.
#[derive(Debug, Default)]
pub struct Keys {
    exact: HashMap<String, Slot>,
    folded: HashMap<String, Slot>,
    words: HashMap<String, Slot>,
    /// Folded, for what is nearest.
    names: Vec<(String, usize)>,
    len: usize,
    /// Whether texts may be found by their words in another order and without what is in parentheses.
    has_names: bool,
}

/// What one spelling means.
#[derive(Debug, Default)]
struct Slot {
    targets: Vec<usize>,
    /// The key as its target has it.
    written: String,
    /// Different keys of different targets are spelled so.
    is_mixed: bool,
}

/// What a text means among some keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    Nothing,
    /// Different things are called so.
    Ambiguous,
    /// One thing, or several features that bear the very same key.
    Targets(&'a [usize]),
}

/// A country that rows may speak of, with all its parts in the basemap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryTarget {
    /// `None` for what has no code.
    pub id: Option<Id>,
    /// Its rows in the basemap's tables, the one that names it first: owners of land in chunks.
    pub rows: Vec<u16>,
}

/// The countries in the order of [`Keys::countries`]; parts that share a code are one.
#[must_use]
pub fn country_targets(catalog: &Catalog) -> Vec<CountryTarget> {
    let countries = &catalog.tables.countries;
    let mut targets: Vec<CountryTarget> = Vec::new();
    let mut of_code: HashMap<&str, usize> = HashMap::new();
    for (row, country) in countries.iter().enumerate() {
        let row = row as u16;
        let code = country.iso_a2.as_str();
        let known = of_code.get(code).copied().filter(|_| !code.is_empty());
        if let Some(target) = known {
            targets[target].rows.push(row);
            continue;
        }
        of_code.insert(code, targets.len());
        let id = (!code.is_empty()).then(|| Id::new(Kind::Country, code));
        targets.push(CountryTarget { id, rows: vec![row] });
    }
    for target in &mut targets {
        // Cuba rather than Guantánamo Bay.
        target.rows.sort_by_key(|row| countries[usize::from(*row)].label_rank);
    }
    targets
}

/// `country-names.json`: how else lists of countries call them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherNames {
    /// Where the names are from; read by people.
    #[serde(rename = "source")]
    _source: String,
    /// By two letters of ISO 3166-1.
    names: HashMap<String, Vec<String>>,
}

impl Keys {
    /// Countries by code, id, their names in the three languages and how else lists call them; the targets are
    /// those of [`country_targets`].
    #[must_use]
    pub fn countries(catalog: &Catalog) -> Self {
        // A test reads the file: it cannot fail here.
        let other: HashMap<String, Vec<String>> =
            serde_json::from_str::<OtherNames>(OTHER_NAMES).map(|file| file.names).unwrap_or_default();
        let mut keys = Self { has_names: true, ..Self::default() };
        for target in country_targets(catalog) {
            let Some(country) = target.rows.first().map(|row| &catalog.tables.countries[usize::from(*row)])
            else {
                continue;
            };
            let index = keys.next_target();
            for name in country.name.all() {
                keys.add_name(name, index);
            }
            for code in [&country.iso_a2, &country.iso_a3] {
                keys.add(code, index);
            }
            if let Some(id) = &target.id {
                keys.add(&id.to_string(), index);
            }
            for name in other.get(&country.iso_a2).into_iter().flatten() {
                keys.add_name(name, index);
            }
        }
        keys
    }

    /// Zones by id and every name, pinyin with and without tones; the targets are `catalog.atlas.zones`.
    #[must_use]
    pub fn zones(catalog: &Catalog) -> Self {
        let mut keys = Self { has_names: true, ..Self::default() };
        for zone in &catalog.atlas.zones {
            let index = keys.next_target();
            keys.add(&zone.id.to_string(), index);
            let Some(entry) = catalog.entry(&zone.id) else { continue };
            for name in entry.names() {
                keys.add_name(name, index);
                let Some((outside, inside)) = parenthesised(name) else { continue };
                keys.add_name(&outside, index);
                keys.add_name(&inside, index);
            }
        }
        keys
    }

    /// The values of a property of a layer's features, in their order; a feature without one is found by nothing.
    #[must_use]
    pub fn of_values<'a>(values: impl IntoIterator<Item = Option<&'a str>>) -> Self {
        let mut keys = Self::default();
        for value in values {
            let index = keys.next_target();
            if let Some(value) = value {
                keys.add_name(value, index);
            }
        }
        keys
    }

    /// How many targets there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What a text means.
    #[must_use]
    pub fn find(&self, text: &str) -> Found<'_> {
        let whole = self.find_whole(text);
        if whole != Found::Nothing || !self.has_names {
            return whole;
        }
        // Iran (Islamic Republic of) is Iran; Georgia (United States) may be either.
        let Some((outside, inside)) = parenthesised(text) else { return Found::Nothing };
        match (self.find_whole(&outside), self.find_whole(&inside)) {
            (Found::Targets(one), Found::Targets(other)) if one != other => Found::Ambiguous,
            (outside, _) => outside,
        }
    }

    /// The target whose name is spelled most like a text, where one is similar.
    #[must_use]
    pub fn nearest(&self, text: &str) -> Option<usize> {
        let wanted = folded(text);
        if is_code(&wanted) || self.names.len() > MOST_COMPARED {
            return None;
        }
        let mut best: Option<(f64, usize)> = None;
        for (name, target) in &self.names {
            let similar = strsim::normalized_damerau_levenshtein(&wanted, name);
            if similar >= LEAST_SIMILAR && best.is_none_or(|(most, _)| similar > most) {
                best = Some((similar, *target));
            }
        }
        best.map(|(_, target)| target)
    }

    fn find_whole(&self, text: &str) -> Found<'_> {
        for bent in [Bent::Not, Bent::Folded, Bent::Words] {
            let Some(key) = self.bend(text, bent) else { continue };
            let index = match bent {
                Bent::Not => &self.exact,
                Bent::Folded => &self.folded,
                Bent::Words => &self.words,
            };
            match index.get(&key) {
                Some(slot) if slot.is_mixed => return Found::Ambiguous,
                Some(slot) => return Found::Targets(&slot.targets),
                None => {}
            }
        }
        Found::Nothing
    }

    /// A text as it is looked for; `None` where nothing of it is left.
    fn bend(&self, text: &str, bent: Bent) -> Option<String> {
        let key = match bent {
            Bent::Not => text.trim().to_owned(),
            Bent::Folded => folded(text),
            Bent::Words => plain_number(text).or_else(|| self.bag(text))?,
        };
        (!key.is_empty()).then_some(key)
    }

    /// The words of a name that has several: IS alone is Iceland, not islands.
    fn bag(&self, text: &str) -> Option<String> {
        self.has_names.then(|| word_bag(text)).filter(|bag| bag.contains(' '))
    }

    fn next_target(&mut self) -> usize {
        self.len += 1;
        self.len - 1
    }

    /// A name, which may be misspelt and be the nearest.
    fn add_name(&mut self, text: &str, target: usize) {
        self.add(text, target);
        let name = folded(text);
        if !is_code(&name) {
            self.names.push((name, target));
        }
    }

    fn add(&mut self, text: &str, target: usize) {
        for bent in [Bent::Not, Bent::Folded, Bent::Words] {
            let Some(key) = self.bend(text, bent) else { continue };
            let index = match bent {
                Bent::Not => &mut self.exact,
                Bent::Folded => &mut self.folded,
                Bent::Words => &mut self.words,
            };
            index.entry(key).or_default().add(text.trim(), target, self.has_names);
        }
    }
}

impl Slot {
    /// `is_name`: two targets of one name are two things, where two of one key are features of one thing.
    fn add(&mut self, written: &str, target: usize, is_name: bool) {
        if self.targets.is_empty() {
            written.clone_into(&mut self.written);
        }
        // Targets come in their order, so that one that is known is the last.
        if self.targets.last() != Some(&target) {
            self.is_mixed |= !self.targets.is_empty() && (is_name || self.written != written);
            self.targets.push(target);
        }
    }
}

/// Codes and numbers are never misspelt names.
fn is_code(folded: &str) -> bool {
    (folded.is_ascii() && folded.len() < 4)
        || folded.chars().count() < 2
        || !folded.chars().any(char::is_alphabetic)
}
