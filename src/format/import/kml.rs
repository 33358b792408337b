//! KML 2.2 (OGC 07-147r2) with Google's tracks, as a file or in a KMZ.
//!
//! Invariant: links, pictures and styles are named in the file and never fetched; a link is followed only to what lies
//! in the same KMZ.

mod geometry;
mod linked;
mod placemark;

use std::collections::HashSet;

use super::Input;
use super::archive::Archive;
use super::collect::{Collector, Halt};
use super::xml::{Element, Fault as XmlFault, Token, Xml, decoded, root};
use crate::data::ProblemKind;
use geometry::is_geometry;
use linked::{Link, Neighbours};
use placemark::Placemarks;

/// What holds features, and is found again behind a fault.
const AGAIN: [&str; 1] = ["Placemark"];
/// Stands between the names of folders.
const BETWEEN: &str = " / ";
/// The outermost element; some writers leave out the one that there should be.
const ROOTS: [&str; 4] = ["kml", "Document", "Folder", "Placemark"];

pub(super) fn matches(input: &Input<'_>) -> bool {
    if Archive::is_one(input.bytes) {
        return Archive::of(input.bytes).is_ok_and(|archive| archive.first_ending(".kml").is_some());
    }
    let Some(root) = root(input.head()) else { return false };
    ROOTS.contains(&root.as_str()) || (is_geometry(&root) && input.ends_in(&["kml"]))
}

pub(super) fn read(input: &Input<'_>, collector: &mut Collector<'_>) -> Result<(), Halt> {
    if Archive::is_one(input.bytes) {
        return linked::read(&Archive::of(input.bytes)?, collector);
    }
    read_text(&decoded(input.bytes), Place::default(), collector).map(drop)
}

/// Where a document stands.
#[derive(Default)]
struct Place<'a> {
    /// The folders that it hangs in.
    folder: String,
    /// What it may lead to.
    neighbours: Option<Neighbours<'a>>,
}

/// Where in a file the walk is.
struct Walk<'x, 'c, 'w> {
    xml: Xml<'x>,
    collector: &'c mut Collector<'w>,
    /// The names of the folders that are open, and how deep each is.
    folders: Vec<(usize, String)>,
    placemarks: Placemarks,
    neighbours: Option<Neighbours<'x>>,
    /// Where it leads, each document once.
    links: Vec<Link>,
    led: HashSet<usize>,
}

/// Reads a document, and says where it leads.
fn read_text(text: &str, place: Place<'_>, collector: &mut Collector<'_>) -> Result<Vec<Link>, Halt> {
    let (xml, placemarks) = (Xml::new(text), Placemarks::default());
    let Place { folder, neighbours } = place;
    let folders = vec![(0, folder)];
    let (links, led) = (Vec::new(), HashSet::new());
    let mut walk = Walk { xml, collector, folders, placemarks, neighbours, links, led };
    loop {
        let fault = match walk.elements() {
            Ok(()) => return Ok(walk.links),
            Err(End::Halt(halt)) => return Err(halt),
            Err(End::Xml(fault)) => fault,
        };
        let spot = walk.xml.spot(fault.at);
        walk.collector.problem(fault.kind, Some(spot));
        if !walk.xml.recover(fault, &AGAIN) {
            return Ok(walk.links);
        }
        // How deep they are is not known any more.
        for (depth, _) in &mut walk.folders {
            *depth = 0;
        }
    }
}

/// Why a walk ends.
enum End {
    Halt(Halt),
    Xml(XmlFault),
}

impl From<Halt> for End {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

impl From<XmlFault> for End {
    fn from(fault: XmlFault) -> Self {
        Self::Xml(fault)
    }
}

impl Walk<'_, '_, '_> {
    /// All that is not part of a feature.
    fn elements(&mut self) -> Result<(), End> {
        loop {
            let element = match self.xml.next()? {
                Token::Open(element) => element,
                Token::Close => {
                    while self.folders.last().is_some_and(|(depth, _)| *depth > self.xml.depth) {
                        self.folders.pop();
                    }
                    continue;
                }
                Token::Text(_) => continue,
                Token::End => return Ok(()),
            };
            match element.name() {
                "Folder" => self.folders.push((self.xml.depth, String::new())),
                "name" => {
                    let inside = self.xml.depth - 1;
                    let name = self.xml.text()?;
                    if let Some((_, own)) = self.folders.last_mut().filter(|(depth, _)| *depth == inside) {
                        name.trim().clone_into(own);
                    }
                }
                "Schema" => self.placemarks.schema(&element, &mut self.xml)?,
                "Placemark" => {
                    let folder = self.folder();
                    self.placemarks.read(&element, &folder, (&mut self.xml, self.collector))?;
                    self.collector.reach(self.xml.at() as u64)?;
                }
                name if is_geometry(name) => {
                    // A geometry without a placemark around it.
                    let folder = self.folder();
                    Placemarks::bare(&element, &folder, (&mut self.xml, self.collector))?;
                }
                "NetworkLink" => self.link(&element)?,
                "GroundOverlay" | "PhotoOverlay" | "ScreenOverlay" => {
                    let spot = self.xml.spot(element.at);
                    self.collector.problem(ProblemKind::NotFollowed, Some(spot));
                    self.xml.skip()?;
                }
                // Changes to other documents are not this one's features.
                "NetworkLinkControl" | "Update" | "Style" | "StyleMap" => self.xml.skip()?,
                // What holds others, such as a document.
                _ => {}
            }
        }
    }

    /// A link to another document, which is remembered where that lies beside this one.
    fn link(&mut self, element: &Element<'_>) -> Result<(), End> {
        let (spot, depth) = (self.xml.spot(element.at), self.xml.depth);
        let (mut name, mut href) = (String::new(), String::new());
        while self.xml.depth >= depth {
            let Token::Open(inside) = self.xml.next()? else { continue };
            match inside.name() {
                "name" => name = self.xml.text()?,
                "href" => href = self.xml.text()?,
                "Link" | "Url" => {}
                _ => self.xml.skip()?,
            }
        }
        let folders = [self.folder(), name.trim().to_owned()];
        let folder = folders.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(BETWEEN);
        match self.neighbours.as_ref().and_then(|neighbours| neighbours.find(&href)) {
            Some(entry) if self.led.insert(entry) => self.links.push(Link { entry, folder, spot }),
            Some(_) => {}
            None => self.collector.problem(ProblemKind::NotFollowed, Some(spot)),
        }
        self.collector.reach(self.xml.at() as u64)?;
        Ok(())
    }

    /// The names of the open folders, from the outermost on.
    fn folder(&self) -> String {
        let names = self.folders.iter().map(|(_, name)| name.as_str()).filter(|name| !name.is_empty());
        names.collect::<Vec<_>>().join(BETWEEN)
    }
}

#[cfg(test)]
mod tests;
