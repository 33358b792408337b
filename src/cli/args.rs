//! The command line as clap reads it; negative coordinates are values, not options.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand};

use super::reading::Reading;
use crate::atlas::Id;
use crate::geo::{Camera, LonLat, MAX_ZOOM, MIN_ZOOM, Projection, WorldBounds};
use crate::i18n::Language;
use crate::theme::Theme;

/// An atlas of the Belt and Road's six economic corridors and eleven cross-border zones.
#[derive(Debug, Parser)]
#[command(name = "corridor-atlas", args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) window: WindowArguments,
    #[command(subcommand)]
    pub(super) command: Option<Subcommands>,
}

/// How the window opens.
#[derive(Clone, Debug, Default, Args)]
pub struct WindowArguments {
    /// Files to open as layers, of any format that is read; - is standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub sight: Sight,
    /// Open a tour: a .tour.toml file, or tour/six-corridors and others that come along
    #[arg(long, value_name = "FILE|ID")]
    pub tour: Option<String>,
    /// Show the tour at once, on the full screen
    #[arg(long, requires = "tour")]
    pub present: bool,
    /// Start without what the last session left
    #[arg(long)]
    pub fresh: bool,
}

/// Where to look, at what, and how.
#[derive(Clone, Debug, Default, Args)]
pub struct Sight {
    /// The middle of the map in degrees, and the zoom (2 to 22)
    #[arg(long, value_name = "LON,LAT,ZOOM", allow_hyphen_values = true, conflicts_with = "fit")]
    pub view: Option<View>,
    /// Show the whole of a thing, or of a box in degrees
    #[arg(long, value_name = "ID|W,S,E,N", allow_hyphen_values = true)]
    pub fit: Option<Fit>,
    /// Select a thing, for example zone/horgos
    #[arg(long, value_name = "ID")]
    pub select: Option<Id>,
    /// en, zh or ko
    #[arg(long)]
    pub lang: Option<Language>,
    /// light, dark or projector
    #[arg(long)]
    pub theme: Option<Theme>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Subcommands {
    /// Draw a figure into a PNG, SVG or PDF file, without a window
    Render(Box<RenderArguments>),
    /// Write a layer, or what passes a filter, in another format, values untouched
    Convert(ConvertArguments),
    /// What a click at a place would find, nearest first
    At(AtArguments),
    /// Everything the panel says of a thing
    Info(InfoArguments),
    /// Find things by name in any language, by pinyin, by words or by coordinates
    Search(SearchArguments),
    /// The ids and names of a kind of thing
    List(ListArguments),
    /// Check a tour before it is shown, or take it out as a handout or a moving picture
    #[command(subcommand)]
    Tour(TourSubcommands),
    /// The file doctor: what is wrong with files and where, and a mended copy
    Check(CheckArguments),
    /// Measure start, pan, zoom and hit times in the real window, then exit
    Profile(ProfileArguments),
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(super) struct RenderArguments {
    /// Files to draw as layers
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The picture to write: OUT.png, OUT.svg or OUT.pdf
    #[arg(short = 'o', long = "output", value_name = "OUT")]
    pub(super) output: PathBuf,
    /// Width and height in points
    #[arg(long, value_name = "WxH", default_value = "1440x900", allow_hyphen_values = true)]
    pub(super) size: PictureSize,
    /// Pixels in a point
    #[arg(long, default_value_t = 1.0, value_name = "N", allow_hyphen_values = true)]
    pub(super) scale: f32,
    #[command(flatten)]
    pub(super) sight: Sight,
    /// mercator, true to shape, or equal-area, true to area
    #[arg(long, value_name = "NAME", default_value = "mercator")]
    pub(super) projection: Projection,
    /// Show these layers and corridors only
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    pub(super) layers: Vec<String>,
    /// Leave these layers and corridors out
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    pub(super) hide: Vec<String>,
    /// Explain corridors, marks and lines in a corner
    #[arg(long)]
    pub(super) legend: bool,
    /// An arrow to the north
    #[arg(long)]
    pub(super) north: bool,
    /// Degrees at the edges
    #[arg(long)]
    pub(super) degrees: bool,
    /// Where on Earth it is, in a corner
    #[arg(long)]
    pub(super) locator: bool,
    /// Words over the picture
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    #[command(flatten)]
    pub(super) panel: PanelArguments,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// With --strip: another route of the corridor than its main one, for example nelb-horgos
    #[arg(long, value_name = "ROUTE", requires = "strip")]
    pub(super) route: Option<String>,
}

/// What is drawn in place of the map; its page is as wide as the size says, and as high as what stands on it.
#[derive(Debug, Args)]
#[group(multiple = false, conflicts_with_all = ["legend", "north", "degrees", "locator", "projection"])]
pub(super) struct PanelArguments {
    /// Draw a corridor laid out straight in place of the map, for example corridor/nelb
    #[arg(long, value_name = "ID")]
    pub(super) strip: Option<Id>,
    /// Draw up to four things side by side in place of the map
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    pub(super) compare: Vec<Id>,
    /// Draw all zones side by side in place of the map
    #[arg(long)]
    pub(super) compare_zones: bool,
    /// Draw the years with their events in place of the map
    #[arg(long)]
    pub(super) timeline: bool,
    /// Draw how a column of the first file spreads in place of the map
    #[arg(long, value_name = "COLUMN")]
    pub(super) chart: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArguments {
    /// A file, or a layer of the atlas: zone, corridor, project, crossing, border-zone, event
    #[arg(value_name = "IN")]
    pub(super) input: String,
    /// OUT.geojson, .csv, .fgb, .kml or .gpkg; whose the data is stands beside it, as OUT.csv.sources.txt
    #[arg(value_name = "OUT")]
    pub(super) output: PathBuf,
    /// Only features that pass, for example 'lanes >= 2'; names of columns with spaces stand in `backticks`
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    pub(super) filter: Option<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Names and columns of the atlas's own layers: en, zh or ko
    #[arg(long, default_value_t = Language::En)]
    pub(super) lang: Language,
}

#[derive(Debug, Args)]
pub(super) struct AtArguments {
    /// Longitude and latitude in degrees
    #[arg(value_name = "LON,LAT", allow_hyphen_values = true)]
    pub(super) place: LonLat,
    /// Files to look into
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// The zoom at which the click is made (2 to 22)
    #[arg(long, value_name = "Z", default_value = "8", value_parser = zoom, allow_hyphen_values = true)]
    pub(super) zoom: f64,
    /// Show these layers and corridors only
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    pub(super) layers: Vec<String>,
    /// Leave these layers and corridors out
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    pub(super) hide: Vec<String>,
    #[command(flatten)]
    pub(super) form: Form,
}

#[derive(Debug, Args)]
pub(super) struct InfoArguments {
    /// For example zone/horgos
    pub(super) id: Id,
    /// The files that the id may be of
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) form: Form,
}

#[derive(Debug, Args)]
pub(super) struct SearchArguments {
    #[arg(allow_hyphen_values = true)]
    pub(super) text: String,
    /// Results at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(super) limit: usize,
    #[command(flatten)]
    pub(super) form: Form,
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// corridor, zone, project, border-zone, event, connectivity, source …
    pub(super) kind: Option<String>,
    #[command(flatten)]
    pub(super) form: Form,
}

#[derive(Debug, Subcommand)]
pub(super) enum TourSubcommands {
    /// Look at every step as the audience will, with the network off
    Check(TourCheckArguments),
    /// Take it out: pages to hand out, or a moving picture
    Export(TourExportArguments),
}

#[derive(Debug, Args)]
pub(super) struct TourCheckArguments {
    /// A .tour.toml file, or one of tour/six-corridors, tour/eleven-zones, tour/1992-to-today, tour/korea
    #[arg(value_name = "FILE|ID")]
    pub(super) tour: String,
    #[command(flatten)]
    pub(super) form: Form,
}

#[derive(Debug, Args)]
pub(super) struct TourExportArguments {
    /// A .tour.toml file, a tour that comes along, or "timeline" for the map year by year
    #[arg(value_name = "FILE|ID|timeline")]
    pub(super) tour: String,
    /// OUT.html, .pdf, .gif, .png (moving) or .mp4, or a folder for numbered pictures
    #[arg(short = 'o', long = "output", value_name = "OUT")]
    pub(super) output: PathBuf,
    /// Width and height of the pictures in points; 1280x720 in HTML, 960x540 where they move
    #[arg(long, value_name = "WxH", allow_hyphen_values = true)]
    pub(super) size: Option<PictureSize>,
    /// Pictures a second while the map flies
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=60))]
    pub(super) fps: u32,
    /// en, zh or ko
    #[arg(long, default_value_t = Language::En)]
    pub(super) lang: Language,
    /// light, dark or projector
    #[arg(long, default_value_t = Theme::Light)]
    pub(super) theme: Theme,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// The files to look through
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Write a mended copy of the one file there, with OUT.log.txt beside it; GeoJSON only
    #[arg(long, value_name = "OUT")]
    pub(super) fix: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) form: Form,
}

#[derive(Debug, Args)]
pub(super) struct ProfileArguments {
    /// Files to open
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Form {
    /// Answer as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// en, zh or ko
    #[arg(long, default_value_t = Language::En)]
    pub(super) lang: Language,
}

/// `LON,LAT,ZOOM`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View(pub Camera);

impl FromStr for View {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (place, level) = text
            .rsplit_once(',')
            .filter(|(place, _)| place.contains(','))
            .ok_or_else(|| "expected LON,LAT,ZOOM, for example 80.41,44.21,8".to_owned())?;
        let place: LonLat = place.parse().map_err(|error: crate::geo::ParseLonLatError| error.to_string())?;
        Ok(Self(Camera::new(place, zoom(level)?)))
    }
}

/// What the map is fitted to.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    Thing(Id),
    Bounds(WorldBounds),
}

impl FromStr for Fit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains('/') {
            return text
                .parse()
                .map(Self::Thing)
                .map_err(|error: crate::atlas::ParseIdError| error.to_string());
        }
        let parts: Vec<&str> = text.split(',').collect();
        let [west, south, east, north] = parts.as_slice() else {
            return Err("expected an id or W,S,E,N, for example zone/horgos or 70,35,90,50".to_owned());
        };
        let corner = |lon: &str, lat: &str| -> Result<LonLat, String> {
            format!("{lon},{lat}").parse().map_err(|error: crate::geo::ParseLonLatError| error.to_string())
        };
        let (a, b) = (corner(west, south)?, corner(east, north)?);
        if a.lon >= b.lon || a.lat >= b.lat {
            return Err("west must be less than east, and south less than north".to_owned());
        }
        Ok(Self::Bounds(WorldBounds::of_degrees([a.lon, a.lat, b.lon, b.lat])))
    }
}

/// `WxH` in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PictureSize {
    pub(super) width: u32,
    pub(super) height: u32,
}

impl FromStr for PictureSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let side = |part: &str| part.parse::<u32>().ok().filter(|side| (16..=16_384).contains(side));
        let parts = text.split_once(['x', 'X', '×']);
        let sides = parts.and_then(|(width, height)| Some((side(width)?, side(height)?)));
        let (width, height) = sides.ok_or("expected WxH, each from 16 to 16384, for example 1440x900")?;
        Ok(Self { width, height })
    }
}

fn zoom(text: &str) -> Result<f64, String> {
    let value = text.trim().parse::<f64>().ok().filter(|zoom| (MIN_ZOOM..=MAX_ZOOM).contains(zoom));
    value.ok_or_else(|| format!("zoom {text} is not between {MIN_ZOOM} and {MAX_ZOOM}"))
}

#[cfg(test)]
mod tests;
