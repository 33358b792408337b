//! What an archive says of itself, read from its header, its table or its `TileJSON`.

use serde_json::{Map, Value};

use super::attribution::{one_line, plain};

/// Layers of an archive and fields of a layer that are listed, at most.
const MOST_LISTED: usize = 1_000;

/// What is in the tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Png,
    Jpeg,
    Webp,
    Avif,
    /// Mapbox Vector Tile.
    Mvt,
}

impl Kind {
    /// By the word that `MBTiles` and `TileJSON` have for it, or the end of a file's name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "png" | "image/png" => Some(Self::Png),
            "jpg" | "jpeg" | "image/jpeg" => Some(Self::Jpeg),
            "webp" | "image/webp" => Some(Self::Webp),
            "avif" | "image/avif" => Some(Self::Avif),
            "pbf" | "mvt" | "application/x-protobuf" | "application/vnd.mapbox-vector-tile" => {
                Some(Self::Mvt)
            }
            _ => None,
        }
    }

    /// By the first bytes of an unpacked tile. A vector tile begins with a layer.
    #[must_use]
    pub fn sniffed(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => Some(Self::Avif),
            [0x1a, ..] => Some(Self::Mvt),
            _ => None,
        }
    }
}

/// A layer of vector tiles, as the archive lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    pub id: String,
    pub description: Option<String>,
    /// Names and kinds of its properties, in the order of their names.
    pub fields: Vec<(String, String)>,
}

/// As deep as most servers of tiles go.
const DEEPEST_UNTOLD: u8 = 19;

/// What an archive says of itself. All texts are plain and in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Info {
    pub name: Option<String>,
    pub attribution: Option<String>,
    /// West, south, east, north in degrees.
    pub bounds: Option<[f64; 4]>,
    /// Zooms of the pyramid, 0 to [`super::MAX_ZOOM`], `min_zoom` not above `max_zoom`.
    pub min_zoom: u8,
    pub max_zoom: u8,
    pub kind: Kind,
    pub layers: Vec<Layer>,
}

impl Info {
    /// Of tiles whose server says nothing of them: all zooms of which there may be tiles. Without an ending that tells
    /// a picture they are taken for vector tiles.
    #[must_use]
    pub fn of_template(template: &super::Template) -> Self {
        Self {
            name: None,
            attribution: None,
            bounds: None,
            min_zoom: 0,
            max_zoom: DEEPEST_UNTOLD,
            kind: template.kind().unwrap_or(Kind::Mvt),
            layers: Vec::new(),
        }
    }

    /// Of a metadata object: keys that are missing or of another type than they should be stay empty.
    pub(super) fn of(object: &Map<String, Value>, kind: Kind) -> Self {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let (min_zoom, max_zoom) = zooms(zoom(object.get("minzoom")), zoom(object.get("maxzoom")));
        Self {
            name: text("name").map(one_line).filter(|name| !name.is_empty()),
            attribution: text("attribution").map(plain).filter(|text| !text.is_empty()),
            bounds: object.get("bounds").and_then(bounds),
            min_zoom,
            max_zoom,
            kind,
            layers: layers(object.get("vector_layers")),
        }
    }
}

/// Zooms within limits and in order; where they are not said, all.
pub(super) fn zooms(min: Option<u8>, max: Option<u8>) -> (u8, u8) {
    let max = max.unwrap_or(22).min(super::MAX_ZOOM);
    (min.unwrap_or(0).min(max), max)
}

/// West, south, east, north in degrees where they are a box on the globe.
pub(super) fn box_of([west, south, east, north]: [f64; 4]) -> Option<[f64; 4]> {
    let on_globe = [west, east].iter().all(|lon| (-180.01..=180.01).contains(lon))
        && [south, north].iter().all(|lat| (-90.01..=90.01).contains(lat));
    let [w, e] = [west, east].map(|lon| lon.clamp(-180.0, 180.0));
    let [s, n] = [south, north].map(|lat| lat.clamp(-90.0, 90.0));
    (on_globe && w < e && s < n).then_some([w, s, e, n])
}

/// A zoom as a number or, in `MBTiles`, as its digits.
fn zoom(value: Option<&Value>) -> Option<u8> {
    let number = match value? {
        Value::String(text) => text.trim().parse().ok()?,
        other => other.as_f64()?,
    };
    (0.0..=f64::from(u8::MAX)).contains(&number).then_some(number as u8)
}

/// Four numbers, as a list or, in `MBTiles`, with commas between.
fn bounds(value: &Value) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = match value {
        Value::String(text) => text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?,
        Value::Array(list) => list.iter().map(Value::as_f64).collect::<Option<_>>()?,
        _ => return None,
    };
    box_of(numbers.try_into().ok()?)
}

fn layers(value: Option<&Value>) -> Vec<Layer> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().take(MOST_LISTED).filter_map(layer).collect()
}

fn layer(value: &Value) -> Option<Layer> {
    let id = one_line(value.get("id")?.as_str()?);
    let description = value.get("description").and_then(Value::as_str).map(plain);
    let fields = value.get("fields").and_then(Value::as_object);
    let field =
        |(name, kind): (&String, &Value)| (one_line(name), one_line(kind.as_str().unwrap_or_default()));
    let mut fields: Vec<_> = fields.into_iter().flatten().take(MOST_LISTED).map(field).collect();
    fields.sort();
    Some(Layer { id, description: description.filter(|text| !text.is_empty()), fields })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn info(value: &Value) -> Info {
        Info::of(value.as_object().expect("an object"), Kind::Mvt)
    }

    #[test]
    fn numbers_may_stand_as_text() {
        let as_text = info(
            &json!({"name": " Ili\nvalley ", "bounds": "80.5,43,82,44.5", "minzoom": "2", "maxzoom": "9"}),
        );
        let as_numbers =
            info(&json!({"name": "Ili valley", "bounds": [80.5, 43, 82, 44.5], "minzoom": 2, "maxzoom": 9}));
        assert_eq!(as_text, as_numbers);
        assert_eq!(as_text.bounds, Some([80.5, 43.0, 82.0, 44.5]));
        assert_eq!((as_text.min_zoom, as_text.max_zoom), (2, 9));
    }

    #[test]
    fn what_is_of_another_type_stays_empty() {
        let empty = info(&json!({}));
        let wrong = info(&json!({
            "name": 3, "attribution": ["x"], "bounds": [0, 0, 0, 0], "minzoom": -1, "maxzoom": "deep",
            "vector_layers": [{"id": 4}, 5],
        }));
        assert_eq!(wrong, empty);
        assert_eq!(info(&json!({"bounds": "1,2,3,x"})).bounds, None);
        assert_eq!(info(&json!({"bounds": [500, 0, 600, 1]})).bounds, None);
        assert_eq!(info(&json!({"minzoom": 200, "maxzoom": 99})).min_zoom, super::super::MAX_ZOOM);
    }

    #[test]
    fn layers_are_listed_with_their_fields() {
        let layers = info(&json!({"vector_layers": [
            {"id": "roads", "description": "<b>All</b> roads", "fields": {"ref": "String", "lanes": "Number"}},
        ]}))
        .layers;
        let fields = [("lanes", "Number"), ("ref", "String")];
        let fields = fields.map(|(name, kind)| (name.to_owned(), kind.to_owned())).to_vec();
        let description = Some("All roads".to_owned());
        assert_eq!(layers, [Layer { id: "roads".to_owned(), description, fields }]);
    }
}
