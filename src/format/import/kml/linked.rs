//! A KMZ: its document, and those of the same archive that it leads to, each once.
//!
//! Invariant: a link is looked for among the names of the archive and nowhere else.

use std::collections::{HashMap, HashSet, VecDeque};

use percent_encoding::percent_decode_str;

use super::super::archive::Archive;
use super::super::collect::{Collector, Halt};
use super::super::xml::decoded;
use super::{Place, read_text};
use crate::data::{Fault, ProblemKind, Spot};

/// A document that another one leads to.
pub(super) struct Link {
    /// Its place in the archive's directory.
    pub(super) entry: usize,
    /// The folders that it hangs in.
    pub(super) folder: String,
    pub(super) spot: Spot,
}

/// The files of an archive by their names.
type Names = HashMap<String, usize>;

/// Where a document lies among the others of its archive.
pub(super) struct Neighbours<'a> {
    names: &'a Names,
    /// The path of its own folder.
    path: &'a str,
}

impl Neighbours<'_> {
    /// The document that it means by `href`, by its place in the archive's directory; `None` where it has none.
    pub(super) fn find(&self, href: &str) -> Option<usize> {
        self.names.get(&resolved(self.path, href)?.to_lowercase()).copied()
    }
}

/// A name of the archive as links write it, in small letters.
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches("./").to_lowercase()
}

/// The path in the archive that `href` means in a document of the folder `path`; `None` where it leads out of it, or
/// to no document.
fn resolved(path: &str, href: &str) -> Option<String> {
    let href = percent_decode_str(href.split(['#', '?']).next()?.trim()).decode_utf8_lossy();
    let from_top = href.starts_with('/');
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && !from_top).collect();
    for part in href.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let is_document = parts.last()?.to_lowercase().ends_with(".kml");
    is_document.then(|| parts.join("/"))
}

/// The document that an archive opens with: the one that should be called so, else the first.
fn first(archive: &Archive<'_>, names: &Names) -> Option<usize> {
    let any = || names.get(&plain(&archive.first_ending(".kml")?.name)).copied();
    names.get("doc.kml").copied().or_else(any)
}

/// Reads all of them; faults in one that was led to have its lines.
pub(super) fn read(archive: &Archive<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    // Of two files of one name the first one counts.
    let entries = archive.entries.iter().enumerate().rev();
    let names: Names = entries.map(|(at, entry)| (plain(&entry.name), at)).collect();
    let first = first(archive, &names).ok_or(Fault::Archive)?;
    let mut known = HashSet::from([first]);
    let mut waiting = VecDeque::new();
    waiting.extend(document((archive, &names), first, String::new(), collector)?);
    while let Some(Link { entry, folder, spot }) = waiting.pop_front() {
        if !known.insert(entry) {
            continue;
        }
        match document((archive, &names), entry, folder, collector) {
            Ok(links) => waiting.extend(links),
            Err(Halt::Fault(Fault::Archive)) => collector.problem(ProblemKind::Broken, Some(spot)),
            Err(halt) => return Err(halt),
        }
    }
    Ok(())
}

fn document(
    (archive, names): (&Archive<'_>, &Names),
    entry: usize,
    folder: String,
    collector: &mut Collector<'_>,
) -> Result<Vec<Link>, Halt> {
    let entry = &archive.entries[entry];
    let bytes = archive.unpack(entry)?;
    let name = entry.name.replace('\\', "/");
    let path = name.rsplit_once('/').map_or("", |(path, _)| path);
    let place = Place { folder, neighbours: Some(Neighbours { names, path }) };
    read_text(&decoded(&bytes), place, collector)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_path_in_the_archive_or_none() {
        for (path, href, found) in [
            ("", "layers/base.kml", Some("layers/base.kml")),
            ("", " ./layers/my%20base.KML?x=1#part ", Some("layers/my base.KML")),
            ("layers", "next.kml", Some("layers/next.kml")),
            ("layers", "../next.kml", Some("next.kml")),
            ("layers", "/next.kml", Some("next.kml")),
            ("a/b", "..\\c\\d.kml", Some("a/c/d.kml")),
            ("", "../next.kml", None),
            ("", "picture.png", None),
            ("", "", None),
        ] {
            assert_eq!(resolved(path, href).as_deref(), found, "{href}");
        }
    }
}
