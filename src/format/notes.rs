//! Notes as `GeoJSON`, so that any program can read them.
//!
//! Invariant: what stands in the file and is not ours is written back as it was.

use serde_json::{Map, Value, json};

use crate::data::{Note, Notes};
use crate::geo::LonLat;

const TITLE: &str = "title";
const TEXT: &str = "description";
const CREATED: &str = "created";

/// A file of notes that is not one; the message is the reader's, with its line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotNotes(String);

/// Reads the notes of a file.
pub fn read(text: &str) -> Result<Notes, NotNotes> {
    let value: Value = serde_json::from_str(text).map_err(|error| NotNotes(error.to_string()))?;
    let features = value.get("features").and_then(Value::as_array);
    let features = features.ok_or_else(|| NotNotes("line 1: no list of features".to_owned()))?;
    let mut notes = Notes::default();
    for feature in features {
        match note(feature) {
            Some(note) => notes.list.push(note),
            None => notes.others.push(feature.clone()),
        }
    }
    Ok(notes)
}

fn note(feature: &Value) -> Option<Note> {
    let geometry = feature.get("geometry")?;
    if geometry.get("type")?.as_str()? != "Point" {
        return None;
    }
    let place = geometry.get("coordinates")?.as_array()?;
    let at = LonLat::new(place.first()?.as_f64()?, place.get(1)?.as_f64()?);
    let mut rest = feature.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut take = |name: &str| match rest.get(name) {
        Some(Value::String(_)) => match rest.remove(name) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        },
        _ => String::new(),
    };
    let (title, text, created) = (take(TITLE), take(TEXT), take(CREATED));
    Some(Note { at, title, text, created, rest })
}

/// The file of some notes.
#[must_use]
pub fn write(notes: &Notes) -> String {
    let mut out = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    let features = notes.list.iter().map(feature).chain(notes.others.iter().cloned());
    for (number, feature) in features.enumerate() {
        out.push_str(if number == 0 { "\n" } else { ",\n" });
        out.push_str(&feature.to_string());
    }
    out.push_str("\n]}\n");
    out
}

fn feature(note: &Note) -> Value {
    let mut properties = Map::new();
    for (name, text) in [(TITLE, &note.title), (TEXT, &note.text), (CREATED, &note.created)] {
        if !text.is_empty() {
            properties.insert(name.to_owned(), Value::from(text.as_str()));
        }
    }
    properties.extend(note.rest.clone());
    json!({
        "type": "Feature",
        "properties": properties,
        "geometry": { "type": "Point", "coordinates": [note.at.lon, note.at.lat] },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r##"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"title":"霍尔果斯","description":"two\nlines","created":"2026-11-26","marker-color":"#f00"},"geometry":{"type":"Point","coordinates":[80.4,44.2]}},
{"type":"Feature","properties":{"title":7},"geometry":{"type":"Point","coordinates":[1,2]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}"##;

    #[test]
    fn notes_come_back_as_they_were_with_what_others_wrote() {
        let notes = read(FILE).expect("notes");
        assert_eq!((notes.list.len(), notes.others.len()), (2, 1));
        assert_eq!((notes.list[0].title.as_str(), notes.list[0].text.as_str()), ("霍尔果斯", "two\nlines"));
        assert_eq!(notes.list[0].rest["marker-color"], "#f00");
        assert_eq!(notes.list[1].rest["title"], 7);
        assert_eq!(read(&write(&notes)), Ok(notes));
    }

    #[test]
    fn what_is_no_file_of_notes_says_where() {
        assert!(read("{\n\"features\": [,]}").is_err_and(|error| error.to_string().contains("line 2")));
        assert!(read("[]").is_err());
        assert_eq!(read(&write(&Notes::default())), Ok(Notes::default()));
    }
}
