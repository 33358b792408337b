//! What a feature says of itself, read from its own bytes when someone asks: exact, and in its own order.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value as Json;

/// A value as the file has it.
pub type Value = Json;

/// Keys that hold a feature's name, the likeliest first.
const NAMES: [&str; 12] =
    ["name", "name_en", "name:en", "title", "label", "admin", "station", "road", "ref", "code", "id", "fid"];

/// An object with its keys in the order of the file.
#[derive(Debug, Default)]
struct Ordered(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Ordered;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_unit<E>(self) -> Result<Ordered, E> {
                Ok(Ordered::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Ordered(pairs))
            }
        }
        deserializer.deserialize_any(Pairs)
    }
}

#[derive(serde::Deserialize)]
struct Feature {
    #[serde(default)]
    id: Option<Json>,
    #[serde(default)]
    properties: Option<Ordered>,
}

/// The id and the properties of a feature's bytes; nothing where they do not parse.
#[must_use]
pub fn id_and_properties(bytes: &[u8]) -> (Option<Value>, Vec<(String, Value)>) {
    match serde_json::from_slice::<Feature>(bytes) {
        Ok(feature) => (feature.id, feature.properties.unwrap_or_default().0),
        Err(_) => (None, Vec::new()),
    }
}

/// What a feature is best called; `None` where no property looks like a name.
#[must_use]
pub fn name_of(properties: &[(String, Value)]) -> Option<String> {
    NAMES.iter().find_map(|name| {
        let found = properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        match found?.1 {
            Json::String(ref text) if !text.trim().is_empty() => Some(text.clone()),
            Json::Number(ref number) => Some(number.to_string()),
            _ => None,
        }
    })
}

/// A value as a person reads it: text without its quotes, the rest as JSON.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
