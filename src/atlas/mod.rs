//! The atlas's own content: what the document tells, what checks found, and where it all lies.
//!
//! Invariant: a fact without a source does not parse, and nothing factual stands in Rust:
//! everything here is read from the plain files in `assets/atlas`.

mod date;
mod fact;
mod id;
mod item;
mod load;
mod model;
mod route;
mod stage;

pub use date::{Date, Moment, Month, ParseDateError};
pub use fact::{Agreement, Citation, Cited, Fact, Part, Says};
pub use id::{Id, Kind, ParseIdError};
pub use item::Item;
pub use load::{Atlas, AtlasError, Edition};
pub use model::{
    Along, Belt, BorderZone, Connectivity, CountryInfo, Crossing, CrossingSide, Event, Glossary, Lesson,
    LessonPlace, Names, Place, Position, Project, ProjectLine, Source, ToldBy, Zone,
};
pub use route::{Corridor, GaugeSection, Leg, Precision, Route, RouteRole, Stop};
pub use stage::{Delay, Stage};
