//! What every value rests on, for the whole atlas at once: what one source says alone, and where sources differ.

use std::collections::BTreeSet;

use super::{Catalog, WITH_FACTS};
use crate::atlas::{Agreement, Cited, Fact, Id, Kind, Says};

/// One value of one thing, as somebody says it.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    pub fact: &'a Fact,
    pub cited: &'a Cited,
}

/// A fact with the thing it is about.
#[derive(Clone, Debug)]
pub struct About<T> {
    pub id: Id,
    pub what: T,
}

impl Catalog {
    /// Every source with how many things rest on it, the most used first.
    #[must_use]
    pub fn sources_by_use(&self) -> Vec<(Id, usize)> {
        let mut sources: Vec<(Id, usize)> = self
            .ids(Kind::Source)
            .into_iter()
            .map(|id| {
                let rests = self.related(&id).len();
                (id, rests)
            })
            .collect();
        sources.sort_by_key(|(_, rests)| std::cmp::Reverse(*rests));
        sources
    }

    /// What only one source says, where no other value of the same fact has another source.
    #[must_use]
    pub fn on_one_source(&self) -> Vec<About<Claim<'_>>> {
        let alone = |fact: &Fact| {
            let sources: BTreeSet<&str> = fact
                .cited
                .iter()
                .flat_map(|cited| &cited.sources)
                .map(|citation| citation.id.as_str())
                .collect();
            sources.len() == 1
        };
        let facts = self.facts_with_ids().filter(|about| alone(about.what));
        facts
            .flat_map(|About { id, what: fact }| {
                fact.cited.iter().map(move |cited| About { id: id.clone(), what: Claim { fact, cited } })
            })
            .collect()
    }

    /// The facts on which sources do not agree.
    #[must_use]
    pub fn disagreements(&self) -> Vec<About<&Fact>> {
        self.facts_with_ids().filter(|about| about.what.agreement == Some(Agreement::Differ)).collect()
    }

    /// The facts of which both the document and a check speak.
    #[must_use]
    pub fn document_and_check(&self) -> Vec<About<&Fact>> {
        let has = |fact: &Fact, says| fact.said_by(says).next().is_some();
        self.facts_with_ids()
            .filter(|about| has(about.what, Says::Document) && has(about.what, Says::Check))
            .collect()
    }

    /// Every fact of every thing, in the order of the kinds.
    fn facts_with_ids(&self) -> impl Iterator<Item = About<&Fact>> {
        let ids = WITH_FACTS.into_iter().chain([Kind::Source]).flat_map(|kind| self.ids(kind));
        ids.flat_map(|id| {
            let facts: &[Fact] = self.entry(&id).map_or(&[], |entry| entry.facts());
            facts.iter().map(move |what| About { id: id.clone(), what })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::embedded;

    #[test]
    fn sources_come_by_their_use_and_the_document_is_among_the_first() {
        let catalog = embedded();
        let sources = catalog.sources_by_use();
        assert_eq!(sources.len(), catalog.atlas.sources.len());
        assert!(sources.is_sorted_by(|a, b| a.1 >= b.1));
        assert!(sources.iter().take(5).any(|(id, _)| id.name == "opinion-2018"));
    }

    #[test]
    fn what_rests_on_one_source_has_one_and_differences_differ() {
        let catalog = embedded();
        let alone = catalog.on_one_source();
        assert!(alone.len() > 50);
        for about in &alone {
            let all: BTreeSet<_> =
                about.what.fact.cited.iter().flat_map(|one| &one.sources).map(|one| &one.id).collect();
            assert_eq!(all.len(), 1, "{}", about.id);
        }
        let differ = catalog.disagreements();
        let horgos = differ.iter().filter(|about| about.id.to_string() == "zone/horgos").count();
        assert!(horgos >= 2 && differ.iter().all(|about| about.what.cited.len() > 1));
        assert!(catalog.document_and_check().len() >= differ.len() / 2);
    }
}
