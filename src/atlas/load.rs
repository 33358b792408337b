//! Reads `assets/atlas`: plain JSON and `GeoJSON`, each entry checked by its type.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::model::{
    Belt, BorderZone, Connectivity, CountryInfo, Crossing, Event, Glossary, Lesson, LessonPlace, Position,
    Project, Source, Zone,
};
use super::route::{Corridor, Leg, Precision, RouteRole};
use super::{Date, Fact, Id, Kind};
use crate::geo::LonLat;

/// Everything the atlas tells, in the order of its files.
#[derive(Clone, Debug)]
pub struct Atlas {
    pub corridors: Vec<Corridor>,
    pub legs: Vec<Leg>,
    pub zones: Vec<Zone>,
    pub projects: Vec<Project>,
    pub border_zones: Vec<BorderZone>,
    pub crossings: Vec<Crossing>,
    pub events: Vec<Event>,
    pub connectivities: Vec<Connectivity>,
    pub lessons: Vec<Lesson>,
    pub lesson_places: Vec<LessonPlace>,
    pub belts: Vec<Belt>,
    pub glossary: Vec<Glossary>,
    pub countries: Vec<CountryInfo>,
    pub sources: Vec<Source>,
    /// The row of the document that the atlas tells, in `sources`.
    document: usize,
    /// Of the data.
    pub version: String,
    pub date: Date,
}

/// Why a file of the atlas does not parse.
#[derive(Debug, thiserror::Error)]
#[error("assets/atlas/{file}: {reason}")]
pub struct AtlasError {
    file: &'static str,
    #[source]
    reason: serde_json::Error,
}

/// The text of a file, with its name for errors.
#[derive(Clone, Copy, Debug)]
struct File {
    name: &'static str,
    text: &'static str,
}

macro_rules! file {
    ($name:literal) => {
        File { name: $name, text: include_str!(concat!("../../assets/atlas/", $name)) }
    };
}

impl File {
    fn read<T: DeserializeOwned>(self) -> Result<T, AtlasError> {
        serde_json::from_str(self.text).map_err(|reason| AtlasError { file: self.name, reason })
    }

    /// The properties of each feature; its point is the one truth for where it is.
    fn points<T: DeserializeOwned + Placed>(self) -> Result<Vec<T>, AtlasError> {
        let collection: Collection<T, [f64; 2]> = self.read()?;
        let place = |feature: Feature<T, [f64; 2]>| {
            let [lon, lat] = feature.geometry.coordinates;
            let mut thing = feature.properties;
            let position = thing.position_mut();
            (position.lon, position.lat) = (lon, lat);
            thing
        };
        Ok(collection.features.into_iter().map(place).collect())
    }
}

#[derive(Deserialize)]
struct Collection<T, C> {
    features: Vec<Feature<T, C>>,
}

#[derive(Deserialize)]
struct Feature<T, C> {
    properties: T,
    geometry: Geometry<C>,
}

#[derive(Deserialize)]
struct Geometry<C> {
    coordinates: C,
}

/// A thing at a point.
trait Placed {
    fn position_mut(&mut self) -> &mut Position;
}

macro_rules! placed {
    ($($name:ty),*) => {
        $(impl Placed for $name {
            fn position_mut(&mut self) -> &mut Position {
                &mut self.position
            }
        })*
    };
}

placed!(Zone, Project, BorderZone, Crossing);

#[derive(Deserialize)]
struct LegProperties {
    corridor: Id,
    route: String,
    order: u32,
    role: RouteRole,
    precision: Precision,
    licence: String,
    source: String,
    km: f64,
}

#[derive(Deserialize)]
struct Korea {
    lessons: Vec<Lesson>,
    places: Vec<LessonPlace>,
    belts: Vec<Belt>,
}

#[derive(Deserialize)]
struct Document {
    source: Id,
    facts: Vec<Fact>,
}

/// Which state of the data this is, as `version.json` says.
#[derive(Clone, Debug, Deserialize)]
pub struct Edition {
    pub version: String,
    /// The day of the last change.
    pub date: Date,
}

impl Atlas {
    /// Which data the program carries, without reading the rest of it.
    pub fn edition() -> Result<Edition, AtlasError> {
        file!("version.json").read()
    }

    /// The `GeoJSON` of a kind as the program carries it; `None` for what has no file of places.
    #[must_use]
    pub fn text_of(kind: Kind) -> Option<&'static str> {
        let file = match kind {
            Kind::Zone => file!("zones.geojson"),
            Kind::Corridor => file!("corridors.geojson"),
            Kind::Project => file!("projects.geojson"),
            Kind::Crossing => file!("crossings.geojson"),
            Kind::BorderZone => file!("border-zones.geojson"),
            _ => return None,
        };
        Some(file.text)
    }

    /// The atlas that the program carries.
    pub fn embedded() -> Result<Self, AtlasError> {
        // The two largest parts are read side by side.
        let (legs, rest) = std::thread::scope(|scope| {
            let legs = scope.spawn(legs);
            (legs.join(), Self::without_legs())
        });
        let mut atlas = rest?;
        atlas.legs = match legs {
            Ok(legs) => legs?,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        Ok(atlas)
    }

    fn without_legs() -> Result<Self, AtlasError> {
        let korea: Korea = file!("korea.json").read()?;
        let edition = Self::edition()?;
        let mut sources: Vec<Source> = file!("sources.json").read()?;
        let Document { source, facts } = file!("document.json").read()?;
        let document = position(&sources, &source)?;
        sources[document].facts = facts;
        Ok(Self {
            corridors: file!("corridors.json").read()?,
            legs: Vec::new(),
            zones: file!("zones.geojson").points()?,
            projects: file!("projects.geojson").points()?,
            border_zones: file!("border-zones.geojson").points()?,
            crossings: file!("crossings.geojson").points()?,
            events: file!("timeline.json").read()?,
            connectivities: file!("connectivities.json").read()?,
            lessons: korea.lessons,
            lesson_places: korea.places,
            belts: korea.belts,
            glossary: file!("glossary.json").read()?,
            countries: file!("countries.json").read()?,
            sources,
            document,
            version: edition.version,
            date: edition.date,
        })
    }

    /// The document that the atlas tells.
    #[must_use]
    pub fn document(&self) -> &Source {
        &self.sources[self.document]
    }

    /// The source of that name; citations leave out its kind.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id.name == name)
    }
}

/// The row of the source `id`.
fn position(sources: &[Source], id: &Id) -> Result<usize, AtlasError> {
    let reason = || serde::de::Error::custom(format!("{id} is not in sources.json"));
    let found = sources.iter().position(|source| source.id == *id);
    found.ok_or_else(|| AtlasError { file: "document.json", reason: reason() })
}

fn legs() -> Result<Vec<Leg>, AtlasError> {
    let collection: Collection<LegProperties, Vec<[f64; 2]>> = file!("corridors.geojson").read()?;
    let leg = |feature: Feature<LegProperties, Vec<[f64; 2]>>| {
        let LegProperties { corridor, route, order, role, precision, licence, source, km } =
            feature.properties;
        let line = feature.geometry.coordinates.into_iter().map(|[lon, lat]| LonLat::new(lon, lat)).collect();
        Leg { corridor, route, order, precision, role, licence, source, km, line }
    };
    Ok(collection.features.into_iter().map(leg).collect())
}
