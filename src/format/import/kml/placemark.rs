//! A placemark: what it says of itself, its time and its geometry.

use std::collections::HashMap;

use super::super::collect::{Collector, Feature, Halt};
use super::super::geometry::Geometry;
use super::super::property::{Properties, quoted};
use super::super::xml::{Element, Fault as XmlFault, Token, Xml};
use super::End;
use super::geometry::{Shapes, is_geometry};
use crate::data::{ProblemKind, Spot};

/// Fields that a file may declare, at most.
const MOST_FIELDS: usize = 1 << 16;

/// How values of a schema are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Bool,
}

/// What is known for all placemarks of a file.
#[derive(Debug, Default)]
pub(super) struct Placemarks {
    /// By the schema's id and the field's name.
    kinds: HashMap<(String, String), Kind>,
}

/// A placemark so far.
#[derive(Default)]
struct Draft {
    properties: Properties,
    begin: Option<String>,
    end: Option<String>,
    shapes: Shapes,
    faults: Vec<ProblemKind>,
}

impl Placemarks {
    /// Remembers the types of a schema's fields.
    pub(super) fn schema(&mut self, schema: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), XmlFault> {
        let id = schema.attribute("id").or_else(|| schema.attribute("name")).unwrap_or_default();
        let outside = xml.depth - 1;
        while xml.depth > outside {
            let Token::Open(field) = xml.next()? else { continue };
            if !field.name().starts_with("Simple") || self.kinds.len() >= MOST_FIELDS {
                continue;
            }
            let kind = match field.attribute("type").as_deref() {
                Some("int" | "uint" | "short" | "ushort" | "float" | "double") => Kind::Number,
                Some("bool") => Kind::Bool,
                _ => Kind::Text,
            };
            if let Some(name) = field.attribute("name") {
                self.kinds.insert((id.clone(), name), kind);
            }
        }
        Ok(())
    }

    /// Reads the placemark that was opened last.
    pub(super) fn read(
        &self,
        placemark: &Element<'_>,
        folder: &str,
        (xml, collector): (&mut Xml<'_>, &mut Collector<'_>),
    ) -> Result<(), End> {
        let spot = xml.spot(placemark.at);
        let outside = xml.depth - 1;
        let mut draft = Draft::default();
        // What stood before a fault is kept.
        let read = self.children(xml, outside, &mut draft);
        draft.add(placemark, (spot, folder), collector)?;
        Ok(read?)
    }

    /// Reads the geometry that was opened last as a feature that says nothing.
    pub(super) fn bare(
        element: &Element<'_>,
        folder: &str,
        (xml, collector): (&mut Xml<'_>, &mut Collector<'_>),
    ) -> Result<(), End> {
        let spot = xml.spot(element.at);
        let mut draft = Draft::default();
        let read = draft.shapes.read(element.name(), xml);
        draft.track_times();
        draft.add(element, (spot, folder), collector)?;
        Ok(read?)
    }

    fn children(&self, xml: &mut Xml<'_>, outside: usize, draft: &mut Draft) -> Result<(), XmlFault> {
        while xml.depth > outside {
            let Token::Open(element) = xml.next()? else { continue };
            match element.name() {
                name @ ("name" | "description" | "address" | "phoneNumber" | "Snippet" | "snippet") => {
                    let name = if name == "Snippet" { "snippet".to_owned() } else { name.to_owned() };
                    let text = xml.text()?;
                    draft.properties.text(&name, &text);
                }
                "TimeStamp" | "TimeSpan" => draft.time(xml)?,
                "ExtendedData" => self.extended(xml, draft)?,
                name if is_geometry(name) => {
                    let name = name.to_owned();
                    draft.shapes.read(&name, xml)?;
                    draft.track_times();
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Values with types of a schema, and values without.
    fn extended(&self, xml: &mut Xml<'_>, draft: &mut Draft) -> Result<(), XmlFault> {
        let outside = xml.depth - 1;
        let mut schema = String::new();
        while xml.depth > outside {
            let Token::Open(element) = xml.next()? else { continue };
            match element.name() {
                "SchemaData" => {
                    let url = element.attribute("schemaUrl").unwrap_or_default();
                    url.rsplit('#').next().unwrap_or_default().clone_into(&mut schema);
                }
                "SimpleData" => {
                    let name = element.attribute("name").unwrap_or_default();
                    let text = xml.text()?;
                    let kind = self.kinds.get(&(schema.clone(), name.clone())).copied();
                    draft.typed(&name, &text, kind.unwrap_or(Kind::Text));
                }
                "Data" => {
                    let name = element.attribute("name").unwrap_or_default();
                    let text = data_value(xml)?;
                    draft.properties.text_or_number(&name, &text);
                }
                // Of tracks: a value for each moment.
                "SimpleArrayData" => xml.skip()?,
                _ => {
                    let name = element.name().to_owned();
                    let text = xml.text()?;
                    draft.properties.text(&name, &text);
                }
            }
        }
        Ok(())
    }
}

/// The `value` of a `Data`; what it is called in balloons stands beside it.
fn data_value(xml: &mut Xml<'_>) -> Result<String, XmlFault> {
    let outside = xml.depth - 1;
    let mut value = String::new();
    while xml.depth > outside {
        let Token::Open(element) = xml.next()? else { continue };
        if element.name() == "value" { value = xml.text()? } else { xml.skip()? }
    }
    Ok(value)
}

impl Draft {
    /// Hands over the feature.
    fn add(
        self,
        element: &Element<'_>,
        (spot, folder): (Spot, &str),
        collector: &mut Collector<'_>,
    ) -> Result<(), Halt> {
        let Self { mut properties, begin, end, shapes, mut faults } = self;
        for (name, time) in [("begin", begin), ("end", end)] {
            properties.text(name, time.as_deref().unwrap_or_default());
        }
        properties.text("folder", folder);
        faults.extend(shapes.faults);
        let geometry = Geometry::of_many(shapes.parts);
        let id = element.attribute("id").map(|id| quoted(&id));
        collector.add(&Feature { spot, id, geometry: geometry.as_ref(), properties: &properties, faults })
    }

    fn typed(&mut self, name: &str, text: &str, kind: Kind) {
        match (kind, text.trim()) {
            (Kind::Number, _) => self.properties.text_or_number(name, text),
            (Kind::Bool, "1" | "true") => self.properties.json(name, "true".to_owned()),
            (Kind::Bool, "0" | "false") => self.properties.json(name, "false".to_owned()),
            _ => self.properties.text(name, text),
        }
    }

    /// A moment is when something begins; a span has both or one of them.
    fn time(&mut self, xml: &mut Xml<'_>) -> Result<(), XmlFault> {
        let outside = xml.depth - 1;
        while xml.depth > outside {
            let Token::Open(element) = xml.next()? else { continue };
            match element.name() {
                "when" | "begin" => self.begin = Some(xml.text()?),
                "end" => self.end = Some(xml.text()?),
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// A track lasts from its first moment to its last, unless the placemark says otherwise.
    fn track_times(&mut self) {
        if let Some((first, last)) = self.shapes.times.take() {
            self.begin.get_or_insert(first);
            self.end.get_or_insert(last);
        }
    }
}
