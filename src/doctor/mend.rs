//! A mended copy: what is right stays byte for byte, what is wrong is put right where that is sure, else left out, and
//! everything that was done is told.

mod edit;
mod rebuild;
mod shape;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::check::{GEOMETRIES, is_idle};
use super::scan::{Member, Node, Value, Visit, scan};
use super::{Finding, Kind, MARK, Severity, examine};
use edit::{Edit, applied, decoded};
use rebuild::rebuilt;

/// More rounds change nothing: each one only sees what the one before laid open.
const MOST_ROUNDS: usize = 4;

macro_rules! fixes {
    ($($name:ident, $key:literal;)*) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fix {
            $($name,)*
        }

        impl Fix {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its name on the command line and in the texts.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

fixes! {
    Rewritten, "rewritten";
    MarkRemoved, "mark-removed";
    Decoded, "decoded";
    Replaced, "replaced";
    FeatureLeftOut, "feature-left-out";
    GeometryLeftOut, "geometry-left-out";
    PartLeftOut, "part-left-out";
    MemberLeftOut, "member-left-out";
    MemberAdded, "member-added";
    Renamed, "renamed";
    Closed, "closed";
    Rewound, "rewound";
    Thinned, "thinned";
    Wrapped, "wrapped";
    Cut, "cut";
    BboxCorrected, "bbox-corrected";
    TypeCorrected, "type-corrected";
    Placed, "placed";
    LeftAsItIs, "left-as-it-is";
}

/// One thing that was done, or that could not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub fix: Fix,
    /// In the file as it was in that round.
    pub byte: u64,
    /// The row of the feature, from 0.
    pub feature: Option<u32>,
    /// What it was about, where that is left.
    pub of: Option<Kind>,
}

/// A copy and what was done to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    pub text: Vec<u8>,
    pub log: Vec<Done>,
}

/// Mends a file. A file without faults comes back as it is, byte for byte.
#[must_use]
pub fn mend(bytes: &[u8]) -> Mended {
    let mut mended = Mended { text: decoded(bytes), log: Vec::new() };
    if mended.text != bytes {
        let fix = if bytes.starts_with(MARK) { Fix::MarkRemoved } else { Fix::Decoded };
        mended.log.push(Done { fix, byte: 0, feature: None, of: None });
    }
    let keeps_numbers = examine(&mended.text, &|_| true).is_placed_otherwise;
    for _ in 0..MOST_ROUNDS {
        let mut mender = Mender { keeps_numbers, ..Mender::new(&mended.text) };
        scan(&mended.text, 0, &mut mender);
        let Mender { edits, log, .. } = mender;
        if edits.is_empty() {
            break;
        }
        mended.log.extend(log);
        mended.text = applied(&mended.text, edits);
    }
    let mut report = examine(&mended.text, &|_| true);
    if report.count(Severity::Error) > 0 {
        mended = rebuilt(mended);
        report = examine(&mended.text, &|_| true);
    }
    for Finding { kind, byte, feature, .. } in report.findings {
        if kind.severity() == Severity::Warning {
            mended.log.push(Done { fix: Fix::LeftAsItIs, byte, feature, of: Some(kind) });
        }
    }
    mended
}

fn has_errors(text: &[u8]) -> bool {
    examine(text, &|_| true).count(Severity::Error) > 0
}

/// Collects edits while a file is walked through.
struct Mender<'a> {
    text: &'a [u8],
    edits: Vec<Edit>,
    log: Vec<Done>,
    row: u32,
    is_in_feature: bool,
    ids: HashSet<String>,
    /// Positions stay as they are, whatever they say.
    keeps_numbers: bool,
}

impl<'a> Mender<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            edits: Vec::new(),
            log: Vec::new(),
            row: 0,
            is_in_feature: false,
            ids: HashSet::new(),
            keeps_numbers: false,
        }
    }

    fn edit(&mut self, span: Range<usize>, instead: impl Into<String>, fix: Fix) {
        let feature = self.is_in_feature.then_some(self.row);
        self.log.push(Done { fix, byte: span.start as u64, feature, of: None });
        self.edits.push(Edit { span, instead: instead.into() });
    }

    /// A member of an object goes, with the comma beside it.
    fn leave_out(&mut self, members: &[Member], at: usize) {
        let member = &members[at];
        let span = if at == 0 {
            member.start..members.get(1).map_or(member.node.span.end, |next| next.start)
        } else {
            members[at - 1].node.span.end..member.node.span.end
        };
        self.edit(span, "", Fix::MemberLeftOut);
    }

    /// Of members that are called the same the last one stays, as readers see it.
    fn repeated(&mut self, node: &Node) {
        match &node.value {
            Value::Object(members) => {
                for at in 0..members.len() {
                    if members[at + 1..].iter().any(|later| later.name == members[at].name) {
                        self.leave_out(members, at);
                    } else {
                        self.repeated(&members[at].node);
                    }
                }
            }
            Value::Array(items) if items.first().is_some_and(|item| item.number().is_none()) => {
                for item in items {
                    self.repeated(item);
                }
            }
            _ => {}
        }
    }

    /// Members that would make another object of it, and an old `crs` that says nothing but what the standard does.
    fn foreign(&mut self, members: &[Member], names: &[&str]) {
        for at in 0..members.len() {
            let Member { name, node, .. } = &members[at];
            if names.contains(&name.as_str()) || (name == "crs" && is_idle(node)) {
                self.leave_out(members, at);
            }
        }
    }

    fn add(&mut self, node: &Node, member: &str) {
        let at = node.span.start + 1;
        let is_empty = matches!(&node.value, Value::Object(members) if members.is_empty());
        let comma = if is_empty { "" } else { "," };
        self.edit(at..at, format!("{member}{comma}"), Fix::MemberAdded);
    }

    fn mend_feature(&mut self, node: &Node) {
        let Value::Object(members) = &node.value else {
            return self.edit(node.span.clone(), EMPTY_FEATURE, Fix::Replaced);
        };
        match node.get("type") {
            None => self.add(node, "\"type\":\"Feature\""),
            Some(name) if name.text() == Some("Feature") => {}
            // A geometry among features is what a feature has.
            Some(name) if name.text().is_some_and(|name| GEOMETRIES.contains(&name)) => {
                let geometry = String::from_utf8_lossy(&self.text[node.span.clone()]);
                let wrapped = format!("{{\"type\":\"Feature\",\"properties\":null,\"geometry\":{geometry}}}");
                return self.edit(node.span.clone(), wrapped, Fix::Replaced);
            }
            Some(name) => self.edit(name.span.clone(), "\"Feature\"", Fix::TypeCorrected),
        }
        self.repeated(node);
        self.foreign(members, &["coordinates", "geometries", "features"]);
        self.mend_id(node);
        match node.get("properties") {
            None => self.add(node, "\"properties\":null"),
            Some(properties) if matches!(properties.value, Value::Null | Value::Object(_)) => {}
            Some(properties) => {
                let kept = String::from_utf8_lossy(&self.text[properties.span.clone()]);
                self.edit(properties.span.clone(), format!("{{\"value\":{kept}}}"), Fix::Replaced);
            }
        }
        match node.get("geometry") {
            None => self.add(node, "\"geometry\":null"),
            Some(geometry) => self.mend_geometry(geometry, 0),
        }
        self.mend_bbox(node, node.get("geometry"));
    }

    fn mend_id(&mut self, node: &Node) {
        let Some(id) = node.get("id") else { return };
        let text = match &id.value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => {
                let kept = String::from_utf8_lossy(&self.text[id.span.clone()]).into_owned();
                return self.edit(id.span.clone(), quoted(&kept), Fix::Replaced);
            }
        };
        if self.ids.insert(text.clone()) {
            return;
        }
        let free =
            (2..u64::MAX).map(|number| format!("{text}-{number}")).find(|name| !self.ids.contains(name));
        let free = free.unwrap_or(text);
        self.edit(id.span.clone(), quoted(&free), Fix::Renamed);
        self.ids.insert(free);
    }

    /// `depth` counts collections around it.
    fn mend_geometry(&mut self, node: &Node, depth: usize) {
        if node.is_null() && depth == 0 {
            return;
        }
        let Value::Object(members) = &node.value else {
            return self.edit(node.span.clone(), "null", Fix::GeometryLeftOut);
        };
        let name = node.get("type").and_then(Node::text).unwrap_or_default();
        let known = GEOMETRIES.into_iter().find(|known| known.eq_ignore_ascii_case(name));
        let Some(known) = known else {
            return self.no_geometry(node, depth);
        };
        if known != name
            && let Some(name) = node.get("type")
        {
            self.edit(name.span.clone(), quoted(known), Fix::TypeCorrected);
        }
        self.foreign(members, &["geometry", "properties", "features"]);
        if known == "GeometryCollection" {
            match node.get("geometries").and_then(Node::items) {
                Some(items) => items.iter().for_each(|item| self.mend_geometry(item, depth + 1)),
                None => self.no_geometry(node, depth),
            }
        } else {
            match node.get("coordinates") {
                Some(coordinates) => self.mend_coordinates((node, depth), known, coordinates),
                None => self.no_geometry(node, depth),
            }
        }
        if node.get("bbox").is_some() {
            self.mend_bbox(node, Some(node));
        }
    }

    /// Nothing can be made of it. In a collection an empty one takes its place, elsewhere nothing.
    fn no_geometry(&mut self, node: &Node, depth: usize) {
        let is_alone = depth == 0 && self.is_in_feature;
        let instead = if is_alone { "null" } else { EMPTY_GEOMETRY };
        self.edit(node.span.clone(), instead, Fix::GeometryLeftOut);
    }

    fn mend_coordinates(&mut self, (node, depth): (&Node, usize), name: &'static str, coordinates: &Node) {
        if self.keeps_numbers {
            return;
        }
        let mut fixes = BTreeSet::new();
        let mended = shape::mend(self.text, (name, coordinates), &mut fixes);
        let Some((name_now, text)) = mended else { return self.no_geometry(node, depth) };
        if fixes.is_empty() {
            return;
        }
        let feature = self.is_in_feature.then_some(self.row);
        let byte = coordinates.span.start as u64;
        self.log.extend(fixes.into_iter().map(|fix| Done { fix, byte, feature, of: None }));
        self.edits.push(Edit { span: coordinates.span.clone(), instead: text });
        if name_now != name
            && let Some(name) = node.get("type")
        {
            self.edits.push(Edit { span: name.span.clone(), instead: quoted(name_now) });
        }
    }

    /// A box that is none, or too small, is made anew from the geometry, or goes.
    fn mend_bbox(&mut self, node: &Node, geometry: Option<&Node>) {
        let (Some(bbox), Value::Object(members)) = (node.member("bbox"), &node.value) else { return };
        let numbers: Option<Vec<f64>> =
            bbox.node.items().and_then(|items| items.iter().map(Node::number).collect());
        let bounds = geometry.and_then(super::geometry::bounds);
        let corners = numbers.as_deref().and_then(|numbers| match *numbers {
            [west, south, east, north] | [west, south, _, east, north, _] => Some([west, south, east, north]),
            _ => None,
        });
        let is_right = corners.is_some_and(|[west, south, east, north]| {
            let holds = |[w, s, e, n]: [f64; 4]| {
                (west > east || (w >= west && e <= east)) && s >= south && n <= north
            };
            south <= north && bounds.is_none_or(holds)
        });
        if is_right {
            return;
        }
        match bounds {
            Some([w, s, e, n]) => {
                self.edit(bbox.node.span.clone(), format!("[{w},{s},{e},{n}]"), Fix::BboxCorrected);
            }
            None => {
                if let Some(at) = members.iter().rposition(|member| member.name == "bbox") {
                    self.leave_out(members, at);
                }
            }
        }
    }
}

const EMPTY_FEATURE: &str = "{\"type\":\"Feature\",\"properties\":null,\"geometry\":null}";
const EMPTY_GEOMETRY: &str = "{\"type\":\"GeometryCollection\",\"geometries\":[]}";

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl Visit for Mender<'_> {
    fn slip(&mut self, kind: Kind, at: usize, instead: Option<(Range<usize>, &str)>) {
        if let Some((span, instead)) = instead {
            let fix = if kind == Kind::AfterEnd { Fix::FeatureLeftOut } else { Fix::Rewritten };
            self.edit(span, instead, fix);
        } else {
            log::debug!("{} at byte {at} is left to the rebuilding", kind.key());
        }
    }

    fn feature(&mut self, node: &Node) -> bool {
        self.is_in_feature = true;
        self.mend_feature(node);
        self.is_in_feature = false;
        self.row += 1;
        true
    }

    /// Rebuilding leaves it out.
    fn lost(&mut self, _span: Range<usize>) {}

    fn top(&mut self, node: &Node, features: Option<usize>) {
        let Value::Object(members) = &node.value else { return };
        let name = node.get("type").and_then(Node::text).unwrap_or_default();
        if name == "Feature" && features.is_none() {
            self.feature(node);
        } else if GEOMETRIES.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            self.repeated(node);
            self.mend_geometry(node, 0);
        } else if features.is_some() {
            match node.get("type") {
                None => self.add(node, "\"type\":\"FeatureCollection\""),
                Some(named) if name != "FeatureCollection" => {
                    self.edit(named.span.clone(), "\"FeatureCollection\"", Fix::TypeCorrected);
                }
                Some(_) => {}
            }
            self.repeated(node);
            self.foreign(members, &["coordinates", "geometries", "geometry", "properties"]);
            self.mend_bbox(node, None);
        }
    }
}
