//! A person's own geography in columns: geometry at every level of detail, an index, and where each feature
//! stands in its source.
//!
//! Invariant: a [`Dataset`] never changes once built; nothing of a feature is lost, because its bytes stay
//! where they came from and are read again when someone asks.

mod batch;
mod classes;
mod dataset;
mod date;
mod delay;
mod fault;
mod filter;
mod fingerprint;
mod level;
mod near;
mod note;
mod order;
mod out_format;
mod pick;
mod points;
mod rows;
mod runs;
mod sheet;
mod simplestyle;
mod sleeve;
mod summary;
mod table;
mod triangles;
mod tsv;
mod until;

#[cfg(test)]
mod tests;

pub use batch::{Batch, Doubt, Part, PartKind, Place, Placed, Problem, ProblemKind, Spot};
pub use classes::{Class, Classes, Holds, MOST_CATEGORIES, Method};
pub use dataset::{Dataset, Source, Unfilled};
pub use date::is_date;
pub use fault::Fault;
pub use filter::{
    Completions, Filter, FilterError, FilterErrorKind, completions, written_name, written_value,
};
pub use fingerprint::fingerprint;
pub use level::{AreaChunk, Level, LineChunk};
pub use note::{Note, Notes};
pub use order::{Direction, order};
pub use out_format::OutFormat;
pub use pick::Near;
pub use points::{Cluster, Points};
pub use rows::RowSet;
pub use sheet::{Sheet, SheetFault, SheetProblem, SheetProblemKind};
pub use simplestyle::{OwnLook, has_looks, own_looks, seems_to_have_looks};
pub use summary::{Histogram, Summary, outline, summary};
pub use table::{Cell, Column, Table, TableBuilder, Texts, Values, Words};
pub use tsv::{csv, csv_line, tsv};
pub use until::{Until, dated_by, tells_when};
