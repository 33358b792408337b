//! Why nothing of a file can be shown.

use std::io::ErrorKind;

use super::{ProblemKind, SheetFault, Spot};

/// What is wrong with a file of which nothing can be shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The system does not give it; `message` is the system's own.
    Open {
        kind: ErrorKind,
        message: String,
    },
    /// A pipe or a device.
    NotAFile,
    /// Bytes of memory that it may need, and that are free.
    TooLarge {
        needed: u64,
        free: u64,
    },
    /// An address where only files are read.
    Address,
    Empty,
    UnknownFormat,
    /// Line and column from 1.
    Syntax {
        line: u64,
        column: u64,
        what: ProblemKind,
    },
    /// A file of another program of which nothing can be read; `format` is the format's own name.
    Broken {
        format: &'static str,
        spot: Option<Spot>,
        what: ProblemKind,
    },
    /// A file of another program without a single feature.
    NoFeatures {
        format: &'static str,
    },
    /// Geometry that no map shows, by the name that its format gives it.
    Geometry {
        name: &'static str,
    },
    /// An archive that is damaged, encrypted, or packed in a way that we do not read.
    Archive,
    /// What would be larger than so many bytes once it is unpacked.
    Unpacked {
        most: u64,
    },
    /// A database of which a part is missing or spoiled.
    DatabaseBroken,
    /// A database that does not read; `message` is the database's own.
    Database {
        message: String,
    },
    /// A table that does not read.
    Sheet(SheetFault),
    /// A table without columns of longitude and latitude.
    NoPlaces,
    /// The watch wanted no more of it.
    Stopped,
    /// Nothing came over the network; the message says why.
    Network {
        message: String,
    },
    /// It lies at an address that nobody asked for again since the window opened.
    NotAsked,
    /// An archive of tiles that does not read; the message says why.
    Tiles {
        message: String,
    },
    /// A fault of the reader itself.
    Stumbled,
    /// The system has no thread left for its reader.
    NoThread {
        message: String,
    },
}
