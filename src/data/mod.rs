//! A person's own geography in columns: geometry at every level of detail, an index, and where each feature
//! stands in its source.
//!
//! Invariant: a [`Dataset`] never changes once built; nothing of a feature is lost, because its bytes stay
//! where they came from and are read again when someone asks.

mod batch;
mod dataset;
mod level;
mod pick;
mod points;
mod runs;
mod sleeve;
mod triangles;

pub use batch::{Batch, Part, PartKind, Place, Problem, ProblemKind};
pub use dataset::{Dataset, Shape, Source, Unfilled};
pub use level::{AreaChunk, Level, LineChunk};
pub use pick::Near;
pub use points::{Cluster, Points};
