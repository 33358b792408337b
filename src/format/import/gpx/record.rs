//! A waypoint, a route or a track: its positions, its moments and what it says of itself.

use super::super::collect::{Collector, Feature, Halt};
use super::super::geometry::{Geometry, Position};
use super::super::property::Properties;
use super::super::xml::{Element, Fault, Token, Xml};
use crate::data::{ProblemKind, Spot};

/// Parts of the element that say nothing of their own.
const HOLDERS: [&str; 2] = ["extensions", "TrackPointExtension"];

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Waypoint,
    Route,
    Track,
}

/// One feature so far.
pub(super) struct Record {
    kind: Kind,
    properties: Properties,
    /// One for each segment of a track, else one.
    lines: Vec<Vec<Position>>,
    /// The first and the last moment.
    times: Option<(String, String)>,
    faults: Vec<ProblemKind>,
}

impl Record {
    pub(super) fn new(element: &Element<'_>) -> Self {
        let kind = match element.name() {
            "wpt" => Kind::Waypoint,
            "rte" => Kind::Route,
            _ => Kind::Track,
        };
        let (properties, lines, faults) = (Properties::default(), vec![Vec::new()], Vec::new());
        let mut record = Self { kind, properties, lines, times: None, faults };
        if kind == Kind::Waypoint {
            match place(element) {
                Some([lon, lat]) => record.lines[0].push([lon, lat, f64::NAN]),
                None => record.fault(ProblemKind::Position),
            }
        }
        record
    }

    /// Reads the record that was opened last to its end.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Fault> {
        let outside = xml.depth - 1;
        while xml.depth > outside {
            let Token::Open(element) = xml.next()? else { continue };
            match element.name() {
                "trkseg" => {
                    if self.lines.last().is_some_and(|line| !line.is_empty()) {
                        self.lines.push(Vec::new());
                    }
                }
                "trkpt" | "rtept" => {
                    let place = place(&element);
                    self.point(place, xml)?;
                }
                "link" => self.link(&element, xml)?,
                name if HOLDERS.contains(&name) => {}
                name => {
                    let name = name.to_owned();
                    self.property(&name, xml)?;
                }
            }
        }
        Ok(())
    }

    /// What stands beside positions. Of an extension only what holds a text is a property.
    fn property(&mut self, name: &str, xml: &mut Xml<'_>) -> Result<(), Fault> {
        let outside = xml.depth - 1;
        let mut text = String::new();
        while xml.depth > outside {
            match xml.next()? {
                Token::Text(more) => text.push_str(&more),
                Token::Open(element) => {
                    let inner = element.name().to_owned();
                    let own = xml.text()?;
                    self.properties.text_or_number(&inner, &own);
                }
                Token::Close => {}
                Token::End => break,
            }
        }
        match name {
            "ele" if self.kind == Kind::Waypoint => {
                if let (Some(at), Ok(height)) = (self.lines[0].first_mut(), text.trim().parse()) {
                    at[2] = height;
                }
                self.properties.text_or_number(name, &text);
            }
            "name" | "cmt" | "desc" | "src" | "sym" | "type" | "time" => self.properties.text(name, &text),
            _ => self.properties.text_or_number(name, &text),
        }
        Ok(())
    }

    /// A point of a line; of its own words only its height and its moment belong to the whole.
    fn point(&mut self, place: Option<[f64; 2]>, xml: &mut Xml<'_>) -> Result<(), Fault> {
        let outside = xml.depth - 1;
        let mut height = f64::NAN;
        while xml.depth > outside {
            let Token::Open(element) = xml.next()? else { continue };
            match element.name() {
                "ele" => height = xml.text()?.trim().parse().unwrap_or(f64::NAN),
                "time" => {
                    let time = xml.text()?.trim().to_owned();
                    self.times = Some(match self.times.take() {
                        Some((first, _)) => (first, time),
                        None => (time.clone(), time),
                    });
                }
                _ => xml.skip()?,
            }
        }
        match place {
            Some([lon, lat]) => {
                if let Some(line) = self.lines.last_mut() {
                    line.push([lon, lat, height]);
                }
            }
            None => self.fault(ProblemKind::Position),
        }
        Ok(())
    }

    /// The address of a page, which nobody opens but a person.
    fn link(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Fault> {
        let href = element.attribute("href").unwrap_or_default();
        xml.skip()?;
        self.properties.text("link", &href);
        Ok(())
    }

    /// Of many positions of one feature the first is told of.
    fn fault(&mut self, kind: ProblemKind) {
        if !self.faults.contains(&kind) {
            self.faults.push(kind);
        }
    }

    /// Hands over the feature.
    pub(super) fn add(self, spot: Spot, collector: &mut Collector<'_>) -> Result<(), Halt> {
        let Self { kind, mut properties, mut lines, times, faults } = self;
        if let Some((begin, end)) = times {
            properties.text("begin", &begin);
            properties.text("end", &end);
        }
        let layer = match kind {
            Kind::Waypoint => "waypoints",
            Kind::Route => "routes",
            Kind::Track => "tracks",
        };
        properties.text("layer", layer);
        lines.retain(|line| !line.is_empty());
        let geometry = match kind {
            Kind::Waypoint => lines.first().and_then(|line| line.first()).copied().map(Geometry::Point),
            Kind::Route | Kind::Track => Geometry::of_many(lines.into_iter().map(Geometry::Line).collect()),
        };
        collector.add(&Feature {
            spot,
            id: None,
            geometry: geometry.as_ref(),
            properties: &properties,
            faults,
        })
    }
}

/// Where a point lies, in degrees.
fn place(element: &Element<'_>) -> Option<[f64; 2]> {
    let degrees =
        |name| element.attribute(name)?.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    Some([degrees("lon")?, degrees("lat")?])
}
