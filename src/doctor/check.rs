//! What GeoJSON asks of its objects (RFC 7946), held against each of them.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::scan::{Member, Node, Value, Visit};
use super::{Finding, Kind, Report, geometry};
use crate::data::is_date;

/// The types of geometries, as the standard writes them.
pub(super) const GEOMETRIES: [&str; 7] =
    ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];
/// Findings of a kind that are kept with their places; the others are counted.
const MOST_KEPT: usize = 1_000;

/// Writes a report while a file is walked through.
pub(super) struct Checker<'a> {
    pub(super) report: Report,
    watch: &'a dyn Fn(u64) -> bool,
    is_stopped: bool,
    ids: HashSet<String>,
    types: BTreeSet<&'static str>,
    pub(super) positions: Positions,
}

/// What all positions of a file look like together.
#[derive(Debug, Default)]
pub(super) struct Positions {
    pub(super) count: u64,
    /// Neither number could be degrees.
    pub(super) far: u64,
    /// The first could be a latitude, and the second could not.
    pub(super) swapped: u64,
    /// More than ten decimals.
    pub(super) precise: Option<usize>,
    pub(super) first: Option<usize>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(watch: &'a dyn Fn(u64) -> bool) -> Self {
        Self {
            report: Report::default(),
            watch,
            is_stopped: false,
            ids: HashSet::new(),
            types: BTreeSet::new(),
            positions: Positions::default(),
        }
    }

    /// The row of the feature that is being looked at.
    fn row(&self) -> Option<u32> {
        u32::try_from(self.report.features).ok()
    }

    pub(super) fn find(&mut self, kind: Kind, byte: usize, detail: impl Into<String>) {
        self.find_at(kind, (byte, None), detail);
    }

    pub(super) fn find_at(
        &mut self,
        kind: Kind,
        (byte, at): (usize, Option<[f64; 2]>),
        detail: impl Into<String>,
    ) {
        let feature = self.row().filter(|_| self.report.is_in_feature);
        let finding = Finding { kind, byte: byte as u64, feature, at, detail: detail.into() };
        self.keep(finding);
    }

    fn keep(&mut self, finding: Finding) {
        let count = self.report.counts.entry(finding.kind).or_default();
        *count += 1;
        if *count <= MOST_KEPT as u64 {
            self.report.findings.push(finding);
        }
    }

    /// What only the whole file shows.
    pub(super) fn finish(mut self) -> Report {
        self.report.is_in_feature = false;
        let Positions { count, far, swapped, precise, first } = self.positions;
        if let Some(first) = first {
            // Nearly all: one slip is told where it is.
            self.report.is_placed_otherwise = far * 10 >= count * 9 || swapped * 10 >= count * 9;
            if far * 10 >= count * 9 {
                self.drop_kinds(&[Kind::Latitude, Kind::Past180, Kind::Antimeridian]);
                // Whoever names a system means its numbers.
                if !self.report.counts.contains_key(&Kind::CrsMember) {
                    self.find(Kind::Metres, first, "");
                }
            } else if swapped * 10 >= count * 9 {
                self.drop_kinds(&[Kind::Latitude, Kind::Past180]);
                self.find(Kind::Swapped, first, "");
            }
        }
        if let Some(byte) = precise {
            self.find(Kind::Precision, byte, "");
        }
        if self.types.len() > 1 {
            let names: Vec<&str> = self.types.iter().copied().collect();
            self.find(Kind::MixedTypes, 0, names.join(", "));
        }
        self.report.findings.sort_by_key(|finding| finding.byte);
        self.report
    }

    fn drop_kinds(&mut self, kinds: &[Kind]) {
        self.report.findings.retain(|finding| !kinds.contains(&finding.kind));
        self.report.counts.retain(|kind, _| !kinds.contains(kind));
    }

    /// An object of whatever type; `None` where it has none that is known.
    fn object_type(&mut self, node: &Node) -> Option<String> {
        let Some(member) = node.get("type") else {
            self.find(Kind::NoType, node.span.start, "");
            return None;
        };
        let Some(name) = member.text() else {
            self.find(Kind::TypeNotText, member.span.start, "");
            return None;
        };
        Some(name.to_owned())
    }

    fn unknown_type(&mut self, name: &str, byte: usize, among: &[&'static str]) {
        let alike = among.iter().find(|known| known.eq_ignore_ascii_case(name));
        match alike {
            Some(known) => self.find(Kind::TypeCase, byte, *known),
            None => self.find(Kind::UnknownType, byte, name),
        }
    }

    /// Members that would make another object of it (RFC 7946, section 7.1).
    fn foreign(&mut self, node: &Node, names: &[&str]) {
        let Value::Object(members) = &node.value else { return };
        for member in members.iter().filter(|member| names.contains(&member.name.as_str())) {
            self.find(Kind::ForeignMeaning, member.start, member.name.clone());
        }
    }

    /// Names that stand twice, in this object and in those within.
    fn twice(&mut self, node: &Node) {
        match &node.value {
            Value::Object(members) => {
                let mut seen: BTreeSet<&str> = BTreeSet::new();
                for member in members {
                    if !seen.insert(&member.name) {
                        self.find(Kind::DuplicateKey, member.start, member.name.clone());
                    }
                    self.twice(&member.node);
                }
            }
            // Positions have no names.
            Value::Array(items) if items.first().is_some_and(|item| item.number().is_none()) => {
                for item in items {
                    self.twice(item);
                }
            }
            _ => {}
        }
    }

    pub(super) fn check_feature(&mut self, node: &Node) {
        let Value::Object(members) = &node.value else {
            self.find(Kind::NotAFeature, node.span.start, "");
            return;
        };
        match self.object_type(node) {
            Some(name) if name == "Feature" => {}
            Some(name) => {
                let byte = node.get("type").map_or(node.span.start, |node| node.span.start);
                let is_other = name == "FeatureCollection" || GEOMETRIES.contains(&name.as_str());
                if is_other {
                    self.find(Kind::NotAFeature, byte, name);
                } else {
                    self.unknown_type(&name, byte, &["Feature"]);
                }
            }
            None => {}
        }
        self.twice(node);
        self.foreign(node, &["coordinates", "geometries", "features"]);
        self.id(node);
        self.properties(node);
        match node.get("geometry") {
            None => self.find(Kind::NoGeometry, node.span.start, ""),
            Some(geometry) if geometry.is_null() => {
                self.find(Kind::NullGeometry, geometry.span.start, "");
            }
            Some(geometry) => self.geometry(geometry, 0),
        }
        self.bbox(node, node.get("geometry"));
        self.crs(members);
    }

    fn id(&mut self, node: &Node) {
        let Some(id) = node.get("id") else { return };
        let text = match &id.value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return self.find(Kind::IdType, id.span.start, ""),
        };
        if !self.ids.insert(text.clone()) {
            self.find(Kind::SameId, id.span.start, text);
        }
    }

    fn properties(&mut self, node: &Node) {
        let Some(properties) = node.get("properties") else {
            return self.find(Kind::NoProperties, node.span.start, "");
        };
        match &properties.value {
            Value::Null => {}
            Value::Object(members) => {
                for member in members {
                    let is_bad = |text: &&str| seems_a_date(text) && !is_date(text);
                    if let Some(text) = member.node.text().filter(is_bad) {
                        self.find(Kind::BadDate, member.node.span.start, text);
                    }
                }
            }
            _ => self.find(Kind::PropertiesType, properties.span.start, ""),
        }
    }

    fn crs(&mut self, members: &[Member]) {
        if let Some(member) = members.iter().find(|member| member.name == "crs") {
            self.find(Kind::CrsMember, member.start, crs_name(&member.node).unwrap_or_default());
        }
    }

    /// `depth` counts collections around it.
    pub(super) fn geometry(&mut self, node: &Node, depth: usize) {
        if !matches!(node.value, Value::Object(_)) {
            return self.find(Kind::GeometryType, node.span.start, "");
        }
        let Some(name) = self.object_type(node) else { return };
        let Some(known) = GEOMETRIES.into_iter().find(|known| *known == name) else {
            let byte = node.get("type").map_or(node.span.start, |node| node.span.start);
            return self.unknown_type(&name, byte, &GEOMETRIES);
        };
        self.foreign(node, &["geometry", "properties", "features"]);
        if known == "GeometryCollection" {
            self.collection(node, depth);
        } else {
            if depth == 0 {
                self.types.insert(known.trim_start_matches("Multi"));
            }
            match node.get("coordinates") {
                None => self.find(Kind::NoCoordinates, node.span.start, ""),
                Some(coordinates) => geometry::check(self, known, coordinates),
            }
        }
        if depth > 0 || node.get("bbox").is_some() {
            self.bbox(node, Some(node));
        }
    }

    fn collection(&mut self, node: &Node, depth: usize) {
        if depth > 0 {
            self.find(Kind::NestedCollection, node.span.start, "");
        }
        let Some(members) = node.get("geometries") else {
            return self.find(Kind::NoCoordinates, node.span.start, "geometries");
        };
        let Some(items) = members.items() else {
            return self.find(Kind::GeometriesType, members.span.start, "");
        };
        match items.len() {
            0 => self.find(Kind::EmptyGeometry, node.span.start, ""),
            1 => self.find(Kind::SingleCollection, members.span.start, ""),
            _ => {}
        }
        for item in items {
            if matches!(item.value, Value::Object(_)) {
                self.geometry(item, depth + 1);
            } else {
                self.find(Kind::GeometriesType, item.span.start, "");
            }
        }
    }

    /// The box that an object says it lies in.
    fn bbox(&mut self, node: &Node, geometry: Option<&Node>) {
        let Some(bbox) = node.get("bbox") else { return };
        let Some(items) = bbox.items() else { return self.find(Kind::BboxType, bbox.span.start, "") };
        let numbers: Option<Vec<f64>> = items.iter().map(Node::number).collect();
        let Some(numbers) = numbers else { return self.find(Kind::BboxType, bbox.span.start, "") };
        let corners = match *numbers.as_slice() {
            [west, south, east, north] | [west, south, _, east, north, _] => [west, south, east, north],
            _ => return self.find(Kind::BboxLength, bbox.span.start, numbers.len().to_string()),
        };
        let [west, south, east, north] = corners;
        if south > north {
            return self.find(Kind::BboxOrder, bbox.span.start, "");
        }
        let Some([w, s, e, n]) = geometry.and_then(geometry::bounds) else { return };
        // Where it is wider than the world's other side it may cross 180°.
        let is_within = (west > east || (w >= west && e <= east)) && s >= south && n <= north;
        if !is_within {
            self.find(Kind::BboxOutside, bbox.span.start, "");
        }
    }
}

/// What an old `crs` names.
fn crs_name(crs: &Node) -> Option<&str> {
    crs.get("properties")?.get("name")?.text()
}

/// Whether it names nothing, or the system that all `GeoJSON` is in (RFC 7946, section 4).
pub(super) fn is_idle(crs: &Node) -> bool {
    crs.is_null() || crs_name(crs).is_some_and(|name| name.ends_with("CRS84") || name.ends_with(":4326"))
}

/// Three groups of digits as a date has them, whatever they say.
fn seems_a_date(text: &str) -> bool {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let groups: Vec<&str> = day.split('-').collect();
    let is_group =
        |group: &str, length: usize| group.len() == length && group.bytes().all(|b| b.is_ascii_digit());
    matches!(*groups.as_slice(), [year, month, day] if is_group(year, 4) && is_group(month, 2) && is_group(day, 2))
}

impl Visit for Checker<'_> {
    fn slip(&mut self, kind: Kind, at: usize, _instead: Option<(Range<usize>, &str)>) {
        self.find(kind, at, "");
    }

    fn feature(&mut self, node: &Node) -> bool {
        self.report.is_in_feature = true;
        self.check_feature(node);
        self.report.is_in_feature = false;
        self.report.features += 1;
        // One look at the clock for some thousand features is enough.
        if self.report.features.is_multiple_of(1_024) {
            self.is_stopped |= !(self.watch)(node.span.end as u64);
        }
        !self.is_stopped
    }

    fn lost(&mut self, _span: Range<usize>) {
        self.report.lost += 1;
    }

    fn top(&mut self, node: &Node, features: Option<usize>) {
        let Value::Object(members) = &node.value else {
            return self.find(Kind::NotAnObject, node.span.start, "");
        };
        let Some(name) = self.object_type(node) else { return self.twice(node) };
        match name.as_str() {
            "Feature" => {
                self.feature(node);
            }
            "FeatureCollection" => {
                self.twice(node);
                self.foreign(node, &["coordinates", "geometries", "geometry", "properties"]);
                match node.get("features") {
                    None => self.find(Kind::NoFeatures, node.span.start, ""),
                    Some(list) if features.is_none() => {
                        self.find(Kind::FeaturesNotList, list.span.start, "");
                    }
                    Some(_) => {}
                }
                self.bbox(node, None);
                self.crs(members);
            }
            name if GEOMETRIES.contains(&name) => {
                self.report.is_in_feature = true;
                self.twice(node);
                self.geometry(node, 0);
                self.report.is_in_feature = false;
                self.report.features += 1;
            }
            name => {
                let byte = node.get("type").map_or(0, |node| node.span.start);
                let known = [&GEOMETRIES[..], &["Feature", "FeatureCollection"]].concat();
                self.unknown_type(name, byte, &known);
            }
        }
    }
}
