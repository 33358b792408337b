//! Tiles behind addresses: templates such as `https://host/{z}/{x}/{y}.pbf`, and `TileJSON` that names one.
//!
//! Nothing is fetched here: [`Remote`] asks the [`Fetch`] that it is given.

use std::error::Error;

use serde_json::Value;

use super::pack::{Packing, unpack};
use super::pmtiles::MOST_TILE;
use super::{Archive, Info, Kind, Part, TemplateFault, TileCoord, TileError};

/// Bytes of a `TileJSON` document that are read.
const MOST_JSON: usize = 4 << 20;
/// The servers that `{s}` means, as Leaflet has them.
const SUBDOMAINS: [&str; 3] = ["a", "b", "c"];

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Zoom,
    Column,
    /// From the north.
    Row,
    /// `{-y}`: from the south.
    TmsRow,
    /// `{s}`: one of [`SUBDOMAINS`].
    Subdomain,
    /// `{r}`: `@2x` where dense pictures are wanted.
    Ratio,
}

/// An address with holes for a tile's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
    /// Whether `{r}` asks for pictures of twice the pixels.
    pub is_dense: bool,
}

impl Template {
    /// Reads an address. It begins with `https://` or `http://` and has `{z}`, `{x}` and `{y}` or `{-y}`; `{s}` and
    /// `{r}` are known too, and others are refused by name.
    pub fn parse(text: &str) -> Result<Self, TileError> {
        parse(text.trim()).map_err(TileError::Template)
    }

    /// The same address where the rows of `{y}` count from the south, as `TileJSON` says with `"scheme": "tms"`.
    #[must_use]
    pub fn with_tms_rows(mut self) -> Self {
        for piece in &mut self.pieces {
            if *piece == Piece::Row {
                *piece = Piece::TmsRow;
            }
        }
        self
    }

    /// The address of a tile; `None` where the pyramid has none.
    #[must_use]
    pub fn url(&self, z: u8, x: u32, y: u32) -> Option<String> {
        let coord = TileCoord::new(z, x, y)?;
        let mut url = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => url.push_str(text),
                Piece::Zoom => url.push_str(&z.to_string()),
                Piece::Column => url.push_str(&x.to_string()),
                Piece::Row => url.push_str(&y.to_string()),
                Piece::TmsRow => url.push_str(&coord.tms_row().to_string()),
                Piece::Subdomain => {
                    let index = (u64::from(x) + u64::from(y)) % SUBDOMAINS.len() as u64;
                    url.push_str(SUBDOMAINS[index as usize]);
                }
                Piece::Ratio if self.is_dense => url.push_str("@2x"),
                Piece::Ratio => {}
            }
        }
        Some(url)
    }

    /// What the end of the address says that the tiles are.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        let texts = self.pieces.iter().rev();
        let path = texts.filter_map(|piece| if let Piece::Text(text) = piece { Some(text) } else { None });
        path.map(|text| text.split(['?', '#']).next().unwrap_or_default())
            .find_map(|text| text.rsplit_once('.').and_then(|(_, end)| Kind::named(end)))
    }
}

fn parse(text: &str) -> Result<Template, TemplateFault> {
    let lower = text.get(..8).unwrap_or_default().to_ascii_lowercase();
    if !lower.starts_with("https://") && !lower.starts_with("http://") || text.contains(char::is_control) {
        return Err(TemplateFault::Scheme);
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (hole, after) = after.split_once('}').ok_or(TemplateFault::MissingHole)?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(match hole {
            "z" => Piece::Zoom,
            "x" => Piece::Column,
            "y" => Piece::Row,
            "-y" => Piece::TmsRow,
            "s" => Piece::Subdomain,
            "r" => Piece::Ratio,
            other => return Err(TemplateFault::UnknownHole(other.chars().take(20).collect())),
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    let has_row = pieces.contains(&Piece::Row) || pieces.contains(&Piece::TmsRow);
    if pieces.contains(&Piece::Zoom) && pieces.contains(&Piece::Column) && has_row {
        Ok(Template { pieces, is_dense: false })
    } else {
        Err(TemplateFault::MissingHole)
    }
}

/// Whether a text that begins so seems to be a `TileJSON` document: an object with the member that all of them have.
#[must_use]
pub fn is_tilejson(head: &[u8]) -> bool {
    let is_object = head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    is_object && memchr::memmem::find(head, b"\"tilejson\"").is_some()
}

/// Reads a `TileJSON` document (2 or 3): the first of its addresses and what it says of the tiles.
pub fn tilejson(bytes: &[u8]) -> Result<(Template, Info), TileError> {
    if bytes.len() > MOST_JSON {
        return Err(TileError::TooLarge { part: Part::Metadata, most: MOST_JSON as u64 });
    }
    let Ok(Value::Object(object)) = serde_json::from_slice(bytes) else { return Err(TileError::TileJson) };
    let address = object.get("tiles").and_then(|tiles| tiles.get(0)).and_then(Value::as_str);
    let mut template = Template::parse(address.ok_or(TileError::TileJson)?)?;
    if object.get("scheme").and_then(Value::as_str) == Some("tms") {
        template = template.with_tms_rows();
    }
    let said = object.get("format").and_then(Value::as_str).and_then(Kind::named);
    let listed = object.contains_key("vector_layers").then_some(Kind::Mvt);
    let kind = said.or(listed).or_else(|| template.kind()).ok_or_else(|| TileError::Kind("?".to_owned()))?;
    Ok((template, Info::of(&object, kind)))
}

/// Brings what stands at an address.
pub trait Fetch: Send + Sync {
    /// The bytes of an answer; `None` where the server says that there is nothing (204, 404).
    fn fetch(&self, url: &str) -> Result<Option<Vec<u8>>, Box<dyn Error + Send + Sync>>;
}

/// Tiles behind addresses, as an archive.
pub struct Remote {
    pub template: Template,
    pub info: Info,
    pub fetch: Box<dyn Fetch>,
}

impl std::fmt::Debug for Remote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Remote").field("template", &self.template).finish_non_exhaustive()
    }
}

impl Archive for Remote {
    fn info(&self) -> &Info {
        &self.info
    }

    fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TileError> {
        let Some(url) = self.template.url(z, x, y) else { return Ok(None) };
        let Some(bytes) = self.fetch.fetch(&url).map_err(TileError::Remote)? else { return Ok(None) };
        let packing = if self.info.kind == Kind::Mvt { Packing::Unknown } else { Packing::None };
        unpack(bytes, packing, Part::Tile, MOST_TILE).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiles::pack::gzip;

    fn template(text: &str) -> Template {
        Template::parse(text).expect("a template")
    }

    #[test]
    fn holes_are_filled_with_a_place() {
        let url = |text: &str| template(text).url(3, 6, 2);
        assert_eq!(url("https://t.example/{z}/{x}/{y}.pbf").as_deref(), Some("https://t.example/3/6/2.pbf"));
        assert_eq!(
            url("http://{s}.example/{z}/{x}/{-y}{r}.png").as_deref(),
            Some("http://c.example/3/6/5.png")
        );
        assert_eq!(template("https://t.example/{z}/{x}/{y}").url(3, 8, 0), None);
        let mut dense = template("https://t.example/{z}/{x}/{y}{r}.png?key=1");
        dense.is_dense = true;
        assert_eq!(dense.url(0, 0, 0).as_deref(), Some("https://t.example/0/0/0@2x.png?key=1"));
        assert_eq!(dense.kind(), Some(Kind::Png));
    }

    #[test]
    fn what_is_no_template_is_refused_by_name() {
        let fault = |text: &str| match Template::parse(text) {
            Err(TileError::Template(fault)) => fault,
            other => panic!("{other:?}"),
        };
        assert_eq!(fault("file:///{z}/{x}/{y}"), TemplateFault::Scheme);
        assert_eq!(fault("ftp://a/{z}/{x}/{y}"), TemplateFault::Scheme);
        assert_eq!(fault("https://a/{z}/{x}"), TemplateFault::MissingHole);
        assert_eq!(
            fault("https://a/{z}/{x}/{y}/{quadkey}"),
            TemplateFault::UnknownHole("quadkey".to_owned())
        );
        assert_eq!(fault("https://a/{z}/{x}/{y"), TemplateFault::MissingHole);
    }

    #[test]
    fn a_tilejson_gives_its_first_address() {
        let text = br#"{"tilejson": "3.0.0", "name": "Roads", "scheme": "tms", "minzoom": 2, "maxzoom": 14,
            "tiles": ["https://t.example/{z}/{x}/{y}?key=k", "https://u.example/{z}/{x}/{y}"],
            "attribution": "<a href='x'>&copy; OSM</a>", "vector_layers": [{"id": "roads", "fields": {}}]}"#;
        let (template, info) = tilejson(text).expect("a TileJSON");
        assert_eq!(template.url(1, 0, 0).as_deref(), Some("https://t.example/1/0/1?key=k"));
        assert_eq!((info.kind, info.min_zoom, info.max_zoom), (Kind::Mvt, 2, 14));
        assert_eq!(info.attribution.as_deref(), Some("© OSM"));
        for bad in ["[]", "{\"tiles\": []}", "{\"tiles\": [3]}", "x"] {
            assert!(matches!(tilejson(bad.as_bytes()), Err(TileError::TileJson)), "{bad}");
        }
        let unknown = tilejson(br#"{"tiles": ["https://t.example/{z}/{x}/{y}"]}"#);
        assert!(matches!(unknown, Err(TileError::Kind(_))));
    }

    #[test]
    fn a_document_is_known_by_its_begin() {
        assert!(is_tilejson(br#" {"tilejson": "2.2.0", "tiles": []}"#));
        assert!(!is_tilejson(br#"{"type": "FeatureCollection"}"#));
        assert!(!is_tilejson(br#"["tilejson", {"tilejson": 1}]"#));
    }

    struct Server;

    impl Fetch for Server {
        fn fetch(&self, url: &str) -> Result<Option<Vec<u8>>, Box<dyn Error + Send + Sync>> {
            match url {
                "https://t.example/0/0/0.pbf" => Ok(Some(gzip(b"\x1a\0"))),
                "https://t.example/1/0/0.pbf" => Err("the server is away".into()),
                _ => Ok(None),
            }
        }
    }

    #[test]
    fn a_server_is_an_archive_too() {
        let text = br#"{"tiles": ["https://t.example/{z}/{x}/{y}.pbf"]}"#;
        let (template, info) = tilejson(text).expect("a TileJSON");
        let remote = Remote { template, info, fetch: Box::new(Server) };
        assert_eq!(remote.tile(0, 0, 0).expect("a tile").as_deref(), Some(&b"\x1a\0"[..]));
        assert_eq!(remote.tile(1, 1, 0).expect("no tile"), None);
        let error = remote.tile(1, 0, 0).expect_err("no answer");
        let strings = crate::i18n::Strings::embedded(crate::i18n::Language::En);
        assert!(error.told(strings).ends_with("the server is away"), "{}", error.told(strings));
    }
}
