//! Where things are: the world as integers, the camera over it, and distances on the ellipsoid.
//!
//! Invariant: this module knows no file, no window and no feature; everything here is arithmetic.

mod angle;
mod camera;
pub mod crs;
mod equal_area;
mod flight;
mod geodesic;
mod mercator;
mod page;
mod simplify;
mod warp;
mod world;

pub use angle::{Angle, Axis};
pub use camera::{Camera, MAX_ZOOM, MIN_ZOOM, Padding, ScreenPoint, Size, Viewport};
pub use flight::Flight;
pub use geodesic::{Bearing, along, area_m2, circle, destination, distance_m, initial_bearing, length_m};
pub use page::{Projection, WIDEST_DEG};
pub use simplify::simplify;
pub use warp::{Bent, Warp};
pub use world::{LonLat, MAX_LATITUDE, ParseLonLatError, WorldBounds, WorldFixed};
