//! What a feature says of itself, read from its own bytes when someone asks: exact, and in its own order.

use serde_json::Value as Json;

use super::scan::{Scan, Stuck, text};

/// A value as the file has it.
pub type Value = Json;

/// Keys that hold a feature's name, the likeliest first.
const NAMES: [&str; 20] = [
    "name", "name_en", "name:en", "title", "label", "名称", "名字", "地名", "站名", "이름", "명칭", "지명",
    "역명", "admin", "station", "road", "ref", "code", "id", "fid",
];

/// The id and the properties of a feature's bytes, in their order; what stands before a fault.
#[must_use]
pub fn id_and_properties(bytes: &[u8]) -> (Option<Value>, Vec<(String, Value)>) {
    let (mut id, mut properties) = (None, Vec::new());
    let read = Scan::new(bytes, 0).each_member(|key, scan| match key {
        b"id" => {
            id = Some(value(scan)?).filter(|id| !id.is_null());
            Ok(())
        }
        b"properties" if scan.peek()? == b'{' => scan.each_member(|key, scan| {
            properties.push((text(key).into_owned(), value(scan)?));
            Ok(())
        }),
        _ => scan.skip(),
    });
    if let Err(stuck) = read {
        log::debug!("a feature's properties end early: {stuck:?}");
    }
    (id, properties)
}

/// The value that stands next; one that is no JSON as the text it is.
fn value(scan: &mut Scan<'_>) -> Result<Value, Stuck> {
    let is_text = scan.peek()? == b'"';
    let start = scan.at;
    scan.skip()?;
    let written = &scan.bytes[start..scan.at];
    let as_text = || {
        let inside = if is_text { &written[1..written.len() - 1] } else { written };
        Json::String(text(inside).into_owned())
    };
    Ok(serde_json::from_slice(written).unwrap_or_else(|_| as_text()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_three_languages() {
        for (key, name) in [("이름", "부산"), ("名称", "霍尔果斯"), ("NAME", "Horgos")] {
            let properties = [("fid".to_owned(), Json::from(2)), (key.to_owned(), Json::from(name))];
            assert_eq!(name_of(&properties).as_deref(), Some(name));
        }
    }
}
