//! What a feature says of itself, as members of a JSON object.

use std::collections::HashMap;

use serde_json::Value;

use super::super::join_text::{filled_number, plain_number};
use super::geometry::push_number;

/// Properties in the order of the file; a name that comes again gets a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Properties {
    /// (name, value as JSON)
    list: Vec<(String, String)>,
    /// How often each name was given.
    names: HashMap<String, u32>,
}

impl Properties {
    /// A text; what is blank says nothing and is left out.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.json(name, quoted(text));
        }
    }

    /// Text that may be a number of a format without types: a number only where every digit comes back.
    pub(super) fn text_or_number(&mut self, name: &str, text: &str) {
        match plain_number(text.trim()) {
            Some(number) => self.json(name, number),
            None => self.text(name, text),
        }
    }

    /// Text of a field of numbers.
    pub(super) fn field_of_number(&mut self, name: &str, text: &str) {
        match filled_number(text) {
            Some(number) => self.json(name, number),
            None => self.text(name, text),
        }
    }

    pub(super) fn number(&mut self, name: &str, value: f64) {
        let mut json = Vec::new();
        push_number(&mut json, value);
        self.json(name, String::from_utf8_lossy(&json).into_owned());
    }

    /// A value that is JSON already.
    pub(super) fn json(&mut self, name: &str, json: String) {
        let name = self.free(name);
        self.list.push((name, json));
    }

    /// The name, or the name with a number that nothing else has.
    fn free(&mut self, name: &str) -> String {
        let mut number = *self.names.get(name).unwrap_or(&0);
        let mut free = name.to_owned();
        while self.names.contains_key(&free) {
            number += 1;
            free = format!("{name} {}", number + 1);
        }
        self.names.insert(name.to_owned(), number);
        self.names.entry(free.clone()).or_insert(0);
        free
    }

    /// Writes them as an object.
    pub(super) fn push_to(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        for (index, (name, json)) in self.list.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(quoted(name).as_bytes());
            out.push(b':');
            out.extend_from_slice(json.as_bytes());
        }
        out.push(b'}');
    }
}

/// A text as JSON.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_unique_and_values_as_they_are_written() {
        let mut properties = Properties::default();
        properties.text("name", "  Ürümqi \"铁路\"\n");
        properties.text_or_number("name", "2.50");
        properties.text_or_number("name", "007");
        properties.text("empty", " \n ");
        properties.number("km", 12.0);
        properties.json("name 2", "true".to_owned());
        let mut out = Vec::new();
        properties.push_to(&mut out);
        assert_eq!(
            String::from_utf8(out).expect("text"),
            r#"{"name":"Ürümqi \"铁路\"","name 2":2.50,"name 3":"007","km":12,"name 2 2":true}"#
        );
    }
}
