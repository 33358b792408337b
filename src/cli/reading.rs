//! What a person says on the command line of the numbers of a file.

use clap::Args;

use crate::format::{Crs, ReadAs};
use crate::geo::crs::Offset;

/// How the positions of files are read; without it, as the files say.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Reading {
    /// The coordinate system of the files in place of what they say, for example EPSG:32643
    #[arg(long, value_name = "CODE", value_parser = system)]
    crs: Option<Crs>,
    /// Latitude or northing stands first
    #[arg(long)]
    swap: bool,
    /// Take off the offset of Chinese map services: gcj-02 or bd-09
    #[arg(long, value_name = "NAME", value_parser = offset)]
    offset: Option<Offset>,
}

impl Reading {
    pub(super) fn read_as(&self) -> ReadAs {
        ReadAs { crs: self.crs.clone(), swap: self.swap, offset: self.offset }
    }
}

fn system(text: &str) -> Result<Crs, String> {
    let unknown = || "no coordinate system that is known; write its code, for example EPSG:32643".to_owned();
    Crs::of_name(text).filter(|crs| crs.system().is_ok()).ok_or_else(unknown)
}

fn offset(text: &str) -> Result<Offset, String> {
    Offset::named(text).ok_or_else(|| "the offsets are gcj-02 and bd-09".to_owned())
}
