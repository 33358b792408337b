//! Texts, each once, in one piece of memory.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Numbered from 0 in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Words {
    bytes: String,
    /// One past the last byte of each.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        (&self.bytes, &self.ends) == (&other.bytes, &other.ends)
    }
}

impl Words {
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    #[must_use]
    pub fn get(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.bytes[start..end])
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).filter_map(|number| self.get(number))
    }

    /// The number of a text, which may be new.
    pub fn number(&mut self, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        let known = self.numbers.find(hash, |number| self.get(*number) == Some(text));
        if let Some(number) = known {
            return *number;
        }
        let new = self.len() as u32;
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        let Self { bytes, ends, numbers, hasher } = self;
        let text_of = |number: u32| {
            let start = (number as usize).checked_sub(1).map_or(0, |before| ends[before]);
            &bytes[start..ends[number as usize]]
        };
        numbers.insert_unique(hash, new, |number| hasher.hash_one(text_of(*number)));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number() {
        let mut words = Words::default();
        let numbers: Vec<u32> =
            ["rail", "", "road", "rail", ""].iter().map(|text| words.number(text)).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 1]);
        assert_eq!(words.iter().collect::<Vec<_>>(), ["rail", "", "road"]);
        assert_eq!(words.get(3), None);
    }

    #[test]
    fn many_texts_are_found_again() {
        let mut words = Words::default();
        for round in 0..2 {
            for i in 0..5_000_u32 {
                assert_eq!(words.number(&format!("word {i}")), i, "{round}");
            }
        }
    }
}
