//! Files of KML, good and bad.

use super::super::tests::{batch, corpus, imported, lines};
use super::*;
use crate::data::{Fault, PartKind, Spot};

fn placemark(inside: &str) -> (String, Vec<ProblemKind>) {
    let (mut lines, kinds) = lines(format!("<kml><Placemark>{inside}</Placemark></kml>").as_bytes(), "a.kml");
    assert_eq!(lines.len(), 1);
    (lines.remove(0), kinds)
}

#[test]
fn every_geometry_is_read() {
    let ring = "<LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing>";
    let polygon = format!(
        "<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs><innerBoundaryIs>{ring}{ring}</innerBoundaryIs></Polygon>"
    );
    let rings = "[[0,0],[4,0],[4,4],[0,0]]";
    let cases = [
        ("<Point><coordinates>80.4,44.2,7</coordinates></Point>".to_owned(), r#"{"type":"Point","coordinates":[80.4,44.2,7]}"#.to_owned()),
        ("<LineString><coordinates>\n1,2 3 , 4 5, 6,7\n8,9\n</coordinates></LineString>".to_owned(), r#"{"type":"LineString","coordinates":[[1,2],[3,4],[5,6,7],[8,9]]}"#.to_owned()),
        (ring.to_owned(), format!(r#"{{"type":"LineString","coordinates":{rings}}}"#)),
        (polygon.clone(), format!(r#"{{"type":"Polygon","coordinates":[{rings},{rings},{rings}]}}"#)),
        (format!("<MultiGeometry>{ring}<MultiGeometry>{ring}</MultiGeometry></MultiGeometry>"), format!(r#"{{"type":"MultiLineString","coordinates":[{rings},{rings}]}}"#)),
        (format!("<MultiGeometry><Point><coordinates>1,2</coordinates></Point>{ring}</MultiGeometry>"), format!(r#"{{"type":"GeometryCollection","geometries":[{{"type":"Point","coordinates":[1,2]}},{{"type":"LineString","coordinates":{rings}}}]}}"#)),
        ("<Model><Location><longitude>1</longitude><latitude>2</latitude></Location><Link><href>x.dae</href></Link></Model>".to_owned(), r#"{"type":"Point","coordinates":[1,2]}"#.to_owned()),
        ("<gx:Track><when>2020-01-01</when><when>2020-01-02</when><gx:coord>1 2 3</gx:coord><gx:coord>4 5</gx:coord></gx:Track>".to_owned(), r#"{"type":"LineString","coordinates":[[1,2,3],[4,5]]}"#.to_owned()),
    ];
    for (kml, json) in cases {
        let (line, kinds) = placemark(&kml);
        assert!(line.contains(&format!("\"geometry\":{json},")), "{kml}: {line}");
        assert!(kinds.is_empty(), "{kml}: {kinds:?}");
    }
}

#[test]
fn a_placemark_says_what_it_says() {
    let (line, _) = placemark(
        "<name>Horgos &amp; more</name><description><![CDATA[<b>gate</b> &lt;]]></description>\
         <TimeSpan><begin>2013-09</begin><end>2020</end></TimeSpan>\
         <ExtendedData><Data name=\"km\"><displayName>K</displayName><value>12.50</value></Data>\
         <Data name=\"code\"><value>007</value></Data></ExtendedData>\
         <Style><IconStyle><Icon><href>http://example.org/i.png</href></Icon></IconStyle></Style>",
    );
    assert!(
        line.ends_with(
            r#""properties":{"name":"Horgos & more","description":"<b>gate</b> &lt;","km":12.50,"code":"007","begin":"2013-09","end":"2020"}}"#
        ),
        "{line}"
    );
    let (line, _) = placemark("<TimeStamp><when>1990</when></TimeStamp><gx:Track><when>1</when></gx:Track>");
    assert!(line.ends_with(r#""properties":{"begin":"1990","end":"1"}}"#), "{line}");
}

#[test]
fn folders_and_schemas_hold_for_what_is_in_them() {
    let file = "<kml><Document id=\"d\"><name>All</name><Schema id=\"s\"><SimpleField name=\"n\" type=\"int\"/>\
        <SimpleField name=\"b\" type=\"bool\"/><SimpleField name=\"t\" type=\"string\"/></Schema>\
        <Folder><name>Roads</name><Folder><Placemark id=\"p1\"><name>A</name></Placemark><name>North</name></Folder>\
        <Placemark><ExtendedData><SchemaData schemaUrl=\"#s\"><SimpleData name=\"n\">7</SimpleData>\
        <SimpleData name=\"b\">1</SimpleData><SimpleData name=\"t\">7</SimpleData></SchemaData></ExtendedData></Placemark>\
        </Folder><Placemark/></Document></kml>";
    let (lines, kinds) = lines(file.as_bytes(), "a.kml");
    let wanted = [
        r#"{"type":"Feature","id":"p1","geometry":null,"properties":{"name":"A","folder":"Roads"}}"#,
        r#"{"type":"Feature","geometry":null,"properties":{"n":7,"b":true,"t":"7","folder":"Roads"}}"#,
        r#"{"type":"Feature","geometry":null,"properties":{}}"#,
    ];
    assert_eq!(lines, wanted);
    assert!(kinds.is_empty());
}

#[test]
fn what_is_broken_is_told_and_the_rest_opens() {
    let good = "<Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>";
    for (bad, kinds, features) in [
        (
            "<Placemark><Point><coordinates>x,2</coordinates></Point></Placemark>",
            &[ProblemKind::Position][..],
            3,
        ),
        ("<Placemark><name>n</Placemark>", &[ProblemKind::Broken], 3),
        (
            "<NetworkLink><Link><href>http://example.org/</href></Link></NetworkLink>",
            &[ProblemKind::NotFollowed],
            2,
        ),
        ("<Placemark><Point><coordinates></coordinates></Point></Placemark>", &[], 3),
        (
            "<Placemark><Polygon><innerBoundaryIs><LinearRing><coordinates>0,0 1,1 1,0</coordinates></LinearRing></innerBoundaryIs></Polygon></Placemark>",
            &[ProblemKind::TooShort],
            3,
        ),
    ] {
        let file = format!("<kml><Folder>{good}\n{bad}\n{good}</Folder></kml>");
        let (lines, found) = lines(file.as_bytes(), "a.kml");
        assert_eq!((lines.len(), &found[..]), (features, kinds), "{bad}");
        let batch = batch(file.as_bytes(), "a.kml");
        let in_line_2 = |spot| matches!(spot, Some(Spot::Line { line: 2, .. }));
        assert!(batch.problems.iter().all(|problem| in_line_2(problem.spot)), "{:?}", batch.problems);
        assert!(batch.parts.iter().any(|part| part.row + 1 == features as u32), "{bad}");
    }
}

#[test]
fn no_nesting_ends_the_program() {
    for (file, kind) in [
        ("<kml>".to_owned() + &"<Folder>".repeat(100_000), ProblemKind::TooDeep),
        ("<kml><Placemark>".to_owned() + &"<MultiGeometry>".repeat(100_000), ProblemKind::TooDeep),
    ] {
        let kinds = match imported(file.as_bytes(), "a.kml") {
            Ok(read) => read.problems.iter().map(|problem| problem.kind).collect(),
            Err(Fault::Broken { what, .. }) => vec![what],
            Err(fault) => panic!("{fault:?}"),
        };
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
}

#[test]
fn a_kmz_is_the_document_in_it() {
    let kml = b"<kml><Placemark><name>A</name></Placemark></kml>";
    let files: [(&str, &[u8]); 3] = [("files/i.png", b"png"), ("doc.kml", kml), ("more.kml", b"<kml/>")];
    let bytes = super::super::archive::tests::zip(&files);
    assert_eq!(lines(&bytes, "a.kmz").0.len(), 1);
    let mut broken = bytes;
    let at = memchr::memmem::find(&broken, b"doc.kml").expect("there") + 9;
    broken[at] ^= 0x55;
    assert_eq!(imported(&broken, "a.kmz").err(), Some(Fault::Archive));
}

#[test]
fn a_kmz_leads_to_what_lies_in_it_and_nowhere_else() {
    let link = |name: &str, href: &str| {
        format!("<NetworkLink><name>{name}</name><Link><href>{href}</href></Link></NetworkLink>")
    };
    let doc = format!(
        "<kml><Document><Folder><name>All</name>{}{}{}</Folder>{}</Document></kml>",
        link("Roads", "layers/roads.kml"),
        link("", "http://example.org/a.kml"),
        link("", "layers/torn.kml"),
        link("", "../a.kml"),
    );
    // In a circle, and to what stands in the document too.
    let roads = format!(
        "<kml><Folder><name>North</name><Placemark><name>A</name></Placemark></Folder>{}{}</kml>",
        link("", "../doc.kml"),
        link("", "more.kml")
    );
    let more = "<kml><Placemark><name>B</name></Placemark></kml>";
    let files: [(&str, &[u8]); 4] = [
        ("layers/roads.kml", roads.as_bytes()),
        ("layers/more.kml", more.as_bytes()),
        ("layers/torn.kml", b"<kml><Placemark/></kml>"),
        ("doc.kml", doc.as_bytes()),
    ];
    let mut bytes = super::super::archive::tests::zip(&files);
    let torn = memchr::memmem::find(&bytes, b"layers/torn.kml").expect("there") + "layers/torn.kml".len();
    bytes[torn] ^= 0x55;
    let (lines, kinds) = lines(&bytes, "a.kmz");
    let feature = |name: &str, folder: &str| {
        format!(
            r#"{{"type":"Feature","geometry":null,"properties":{{"name":"{name}","folder":"{folder}"}}}}"#
        )
    };
    assert_eq!(lines, [feature("A", "All / Roads / North"), feature("B", "All / Roads")]);
    assert_eq!(kinds, [ProblemKind::NotFollowed, ProblemKind::NotFollowed, ProblemKind::Broken]);
}

#[test]
fn public_files_open() {
    for (name, features, areas, links) in [
        ("countries.kml", 180, 292, 0),
        ("sample.kml", 20, 9, 8),
        ("polygon.kmz", 1, 1, 0),
        ("polygon.kml", 1, 1, 0),
        ("style-merging.kml", 3, 1, 0),
    ] {
        let Some((path, bytes)) = corpus(&format!("kml/tests/fixtures/{name}")) else { return };
        let batch = batch(&bytes, &path.to_string_lossy());
        let outer = batch.parts.iter().filter(|part| part.kind == PartKind::Outer).count();
        let left = |problem: &&crate::data::Problem| problem.kind == ProblemKind::NotFollowed;
        let found = (batch.places.len(), outer, batch.problems.iter().filter(left).count());
        assert_eq!(found, (features, areas, links), "{name}");
    }
}
