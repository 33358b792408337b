//! Names of things across map, panel, command line and files: `kind/name`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What kind of thing an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Corridor,
    Zone,
    Project,
    BorderZone,
    Crossing,
    Event,
    Connectivity,
    Lesson,
    KoreaPlace,
    Belt,
    Term,
    Source,
    Country,
    Place,
    Boundary,
    File,
}

impl Kind {
    pub const ALL: [Self; 16] = [
        Self::Corridor,
        Self::Zone,
        Self::Project,
        Self::BorderZone,
        Self::Crossing,
        Self::Event,
        Self::Connectivity,
        Self::Lesson,
        Self::KoreaPlace,
        Self::Belt,
        Self::Term,
        Self::Source,
        Self::Country,
        Self::Place,
        Self::Boundary,
        Self::File,
    ];

    /// The part of an id before the slash.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Corridor => "corridor",
            Self::Zone => "zone",
            Self::Project => "project",
            Self::BorderZone => "border-zone",
            Self::Crossing => "crossing",
            Self::Event => "event",
            Self::Connectivity => "connectivity",
            Self::Lesson => "lesson",
            Self::KoreaPlace => "korea",
            Self::Belt => "belt",
            Self::Term => "term",
            Self::Source => "source",
            Self::Country => "country",
            Self::Place => "place",
            Self::Boundary => "boundary",
            Self::File => "file",
        }
    }
}

impl FromStr for Kind {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| ParseIdError(text.to_owned()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `kind/name`, for example `zone/horgos`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    pub kind: Kind,
    pub name: String,
}

/// A text that is no id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an id; ids are kind/name, for example zone/horgos")]
pub struct ParseIdError(pub String);

impl Id {
    pub fn new(kind: Kind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into() }
    }
}

impl FromStr for Id {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, name) = text.split_once('/').ok_or_else(|| ParseIdError(text.to_owned()))?;
        if name.is_empty() || name.chars().any(char::is_whitespace) {
            return Err(ParseIdError(text.to_owned()));
        }
        let kind = kind.parse().map_err(|_| ParseIdError(text.to_owned()))?;
        Ok(Self::new(kind, name))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.name)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_it_was_written() {
        for text in ["zone/horgos", "border-zone/yining", "file/roads/12", "country/KZ"] {
            assert_eq!(text.parse::<Id>().map(|id| id.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_no_id_says_so() {
        for text in ["horgos", "zone/", "town/x", "zone/a b"] {
            assert!(text.parse::<Id>().is_err(), "{text}");
        }
    }
}
