//! The doctor, kind by kind: what is found and where, and that nothing wrong is left in a mended copy.

use proptest::prelude::*;

use super::*;
use crate::i18n::{Language, Strings};

fn found(text: &str) -> Vec<(Kind, u64)> {
    let report = examine(text.as_bytes(), &|_| true);
    report.findings.iter().map(|finding| (finding.kind, finding.byte)).collect()
}

fn kinds(text: &str) -> Vec<Kind> {
    found(text).into_iter().map(|(kind, _)| kind).collect()
}

fn feature(geometry: &str) -> String {
    format!("{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{geometry}}}")
}

fn shape(kind: &str, coordinates: &str) -> String {
    feature(&format!("{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}"))
}

fn mended(text: &str) -> String {
    String::from_utf8(mend(text.as_bytes()).text).expect("UTF-8")
}

const SOUND: &str = "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":7,\"properties\":\
    {\"day\":\"2013-09-07\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,4],[0,0]],\
    [[1,1],[1,2],[2,2],[2,1],[1,1]]]}}\n]}\n";

#[test]
fn a_sound_file_has_nothing_and_stays_as_it_is() {
    let report = examine(SOUND.as_bytes(), &|_| true);
    assert_eq!(report.findings, []);
    assert_eq!((report.features, report.vertices, report.bounds), (1, 10, Some([0.0, 0.0, 4.0, 4.0])));
    assert_eq!(mend(SOUND.as_bytes()), Mended { text: SOUND.as_bytes().to_vec(), log: Vec::new() });
}

#[test]
fn slips_of_the_pen_are_told_at_their_byte() {
    for (text, kind, at) in [
        ("", Kind::Empty, 0),
        (" \n", Kind::Empty, 0),
        ("{\"type\":\"Point\",\"coordinates\":[1,2],}", Kind::TrailingComma, 35),
        ("{\"type\":\"Point\",\"coordinates\":[1 2]}", Kind::MissingComma, 33),
        ("{\"type\" \"Point\",\"coordinates\":[1,2]}", Kind::MissingColon, 8),
        ("{\"type\":\"Point\",\"coordinates\":[1,2]", Kind::CutShort, 35),
        ("{\"type\":\"Point\",\"coordinates\":[1,2]} x", Kind::AfterEnd, 37),
        ("{\"type\":\"Point\",\"coordinates\":[01,2]}", Kind::BadNumber, 31),
        ("{\"type\":\"Point\",\"coordinates\":[1,.5]}", Kind::BadNumber, 33),
        ("{\"type\":\"Point\",\"coordinates\":[NaN,2]}", Kind::NotANumber, 31),
        ("{\"type\":\"Point\",\"coordinates\":[1e999,2]}", Kind::HugeNumber, 31),
        ("{'type':\"Point\",\"coordinates\":[1,2]}", Kind::SingleQuotes, 1),
        ("{type:\"Point\",\"coordinates\":[1,2]}", Kind::UnquotedKey, 1),
        ("{/* a */\"type\":\"Point\",\"coordinates\":[1,2]}", Kind::Comment, 1),
        ("{\"a\":\"\\x\",\"type\":\"Point\",\"coordinates\":[1,2]}", Kind::BadEscape, 6),
        ("{\"a\":\"\\ud800\",\"type\":\"Point\",\"coordinates\":[1,2]}", Kind::LoneSurrogate, 6),
        ("{\"a\":\"\t\",\"type\":\"Point\",\"coordinates\":[1,2]}", Kind::ControlCharacter, 6),
        ("{\"type\":\"Point\",\"type\":\"Point\",\"coordinates\":[1,2]}", Kind::DuplicateKey, 16),
        ("[1,2]", Kind::NotAnObject, 0),
    ] {
        let found = found(text);
        assert!(found.contains(&(kind, at)), "{text}: {found:?}");
    }
    assert_eq!(kinds("\u{feff}{\"type\":\"Point\",\"coordinates\":[1,2]}"), [Kind::ByteOrderMark]);
    let bytes = b"{\"type\":\"Point\",\"a\":\"\xff\",\"coordinates\":[1,2]}";
    let report = examine(bytes, &|_| true);
    assert_eq!(
        report.findings.iter().map(|finding| (finding.kind, finding.byte)).collect::<Vec<_>>(),
        [(Kind::NotUtf8, 21)]
    );
}

#[test]
fn nesting_is_counted_and_never_felt() {
    for text in ["[".repeat(200_000), "{\"a\":".repeat(200_000)] {
        assert!(kinds(&text).contains(&Kind::TooDeep));
        assert!(examine(&mend(text.as_bytes()).text, &|_| true).count(Severity::Error) == 0);
    }
}

#[test]
fn each_fault_of_an_object_has_its_kind() {
    let point = "{\"type\":\"Point\",\"coordinates\":[1,2]}";
    for (text, wanted) in [
        ("{}".to_owned(), Kind::NoType),
        ("{\"type\":3}".to_owned(), Kind::TypeNotText),
        ("{\"type\":\"Foo\"}".to_owned(), Kind::UnknownType),
        ("{\"type\":\"featurecollection\",\"features\":[]}".to_owned(), Kind::TypeCase),
        ("{\"type\":\"FeatureCollection\"}".to_owned(), Kind::NoFeatures),
        ("{\"type\":\"FeatureCollection\",\"features\":{}}".to_owned(), Kind::FeaturesNotList),
        ("{\"type\":\"FeatureCollection\",\"features\":[1]}".to_owned(), Kind::NotAFeature),
        (format!("{{\"type\":\"FeatureCollection\",\"features\":[{point}]}}"), Kind::NotAFeature),
        ("{\"type\":\"Feature\",\"properties\":{}}".to_owned(), Kind::NoGeometry),
        (feature("null"), Kind::NullGeometry),
        (format!("{{\"type\":\"Feature\",\"geometry\":{point}}}"), Kind::NoProperties),
        (format!("{{\"type\":\"Feature\",\"properties\":[],\"geometry\":{point}}}"), Kind::PropertiesType),
        (
            format!("{{\"type\":\"Feature\",\"id\":[],\"properties\":{{}},\"geometry\":{point}}}"),
            Kind::IdType,
        ),
        (
            format!("{{\"type\":\"Feature\",\"coordinates\":[],\"properties\":{{}},\"geometry\":{point}}}"),
            Kind::ForeignMeaning,
        ),
        (feature("3"), Kind::GeometryType),
        (feature("{\"type\":\"Point\"}"), Kind::NoCoordinates),
        (shape("Point", "[[1,2]]"), Kind::Nesting),
        (shape("MultiPolygon", "[1,2]"), Kind::Nesting),
        (shape("Point", "[1]"), Kind::PositionShort),
        (shape("Point", "[1,2,3,4]"), Kind::PositionLong),
        (shape("Point", "[1,\"2\"]"), Kind::PositionNumber),
        (shape("LineString", "[[190,1],[191,2]]"), Kind::Past180),
        (
            shape("LineString", "[[1,1],[1,91],[2,2],[3,3],[4,4],[5,5],[6,6],[7,7],[8,8],[9,9],[9,8]]"),
            Kind::Latitude,
        ),
        (shape("LineString", "[[39.9,116.4],[31.2,121.5]]"), Kind::Swapped),
        (shape("LineString", "[[500000,4400000],[500100,4400100]]"), Kind::Metres),
        (shape("LineString", "[[1,2]]"), Kind::ShortLine),
        (shape("LineString", "[[1,2],[1,2]]"), Kind::ZeroLine),
        (shape("Polygon", "[[[0,0],[1,0],[0,0]]]"), Kind::ShortRing),
        (shape("Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]"), Kind::OpenRing),
        (shape("Polygon", "[[[0,0],[0,1],[1,1],[1,0],[0,0]]]"), Kind::Winding),
        (shape("Polygon", "[[[0,0],[1,1],[2,2],[0,0]]]"), Kind::FlatRing),
        (shape("Polygon", "[[[0,0],[2,2],[2,0],[0,3],[0,0]]]"), Kind::SelfCrossing),
        (
            shape("Polygon", "[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[5,5],[5,6],[6,6],[6,5],[5,5]]]"),
            Kind::HoleOutside,
        ),
        (shape("LineString", "[[0,0],[0,0],[1,1]]"), Kind::DuplicateVertices),
        (shape("LineString", "[[179,0],[-179,0]]"), Kind::Antimeridian),
        (shape("LineString", "[]"), Kind::EmptyGeometry),
        (feature("{\"type\":\"GeometryCollection\",\"geometries\":[3,4]}"), Kind::GeometriesType),
        (
            feature(&format!("{{\"type\":\"GeometryCollection\",\"geometries\":[{point}]}}")),
            Kind::SingleCollection,
        ),
        (
            feature(
                "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"GeometryCollection\",\"geometries\":[]}]}",
            ),
            Kind::NestedCollection,
        ),
        (feature("{\"type\":\"Point\",\"bbox\":3,\"coordinates\":[1,2]}"), Kind::BboxType),
        (feature("{\"type\":\"Point\",\"bbox\":[1,2,3],\"coordinates\":[1,2]}"), Kind::BboxLength),
        (feature("{\"type\":\"Point\",\"bbox\":[1,3,1,2],\"coordinates\":[1,2]}"), Kind::BboxOrder),
        (feature("{\"type\":\"Point\",\"bbox\":[5,5,6,6],\"coordinates\":[1,2]}"), Kind::BboxOutside),
        (
            format!("{{\"type\":\"Feature\",\"crs\":{{}},\"properties\":{{}},\"geometry\":{point}}}"),
            Kind::CrsMember,
        ),
        (
            format!("{{\"type\":\"Feature\",\"properties\":{{\"d\":\"2021-13-45\"}},\"geometry\":{point}}}"),
            Kind::BadDate,
        ),
        (shape("Point", "[1.123456789012,2]"), Kind::Precision),
    ] {
        let found = kinds(&text);
        assert!(found.contains(&wanted), "{text}: {found:?} is without {wanted:?}");
        let after = examine(&mend(text.as_bytes()).text, &|_| true);
        assert_eq!(after.count(Severity::Error), 0, "{text}: {:?}", after.findings);
    }
}

#[test]
fn a_finding_tells_its_feature_and_its_place_on_earth() {
    let ring = shape("Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]");
    let text =
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{},\n {ring}]}}", shape("Point", "[9,9]"));
    let report = examine(text.as_bytes(), &|_| true);
    let open = report.findings.iter().find(|finding| finding.kind == Kind::OpenRing).expect("it is open");
    assert_eq!((open.feature, open.at), (Some(1), Some([0.0, 1.0])));
    assert_eq!(places(text.as_bytes(), [open.byte].into_iter())[0].0, 2);
    assert_eq!(report.counts[&Kind::OpenRing], 1);
}

#[test]
fn what_can_be_put_right_is() {
    for (text, wanted) in [
        (shape("Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]"), "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]"),
        (shape("Polygon", "[[[0,0],[0,1.50],[1,1],[1,0],[0,0]]]"), "[[[0,0],[1,0],[1,1],[0,1.50],[0,0]]]"),
        (shape("LineString", "[[0,0],[0,0],[1,1]]"), "[[0,0],[1,1]]"),
        (shape("Point", "[190,1]"), "[-170.0,1.0]"),
        (
            shape("LineString", "[[178,0],[-178,4]]"),
            "{\"type\":\"MultiLineString\",\"coordinates\":[[[178,0],[180.0,2.0]],[[-180.0,2.0],[-178,4]]]}",
        ),
        (feature("{\"type\":\"Point\",\"bbox\":[5,5,6,6],\"coordinates\":[1,2]}"), "\"bbox\":[1,2,1,2]"),
        (
            "{'type':'Point','coordinates':[+1,.5,],}".to_owned(),
            "{\"type\":\"Point\",\"coordinates\":[1.0,0.5]}",
        ),
    ] {
        let mended = mended(&text);
        assert!(mended.contains(wanted), "{text} became {mended}");
        assert_eq!(examine(mended.as_bytes(), &|_| true).findings, [], "{mended}");
    }
}

#[test]
fn an_area_across_180_degrees_becomes_one_on_each_side_with_its_hole() {
    let text = shape(
        "Polygon",
        "[[[170,0],[-170,0],[-170,10],[170,10],[170,0]],[[175,4],[175,6],[-175,6],[-175,4],[175,4]]]",
    );
    let mended = mended(&text);
    let report = examine(mended.as_bytes(), &|_| true);
    assert_eq!(report.findings, [], "{mended}");
    assert!(
        mended.contains("\"MultiPolygon\"") && report.bounds == Some([-180.0, 0.0, 180.0, 10.0]),
        "{mended}"
    );
}

#[test]
fn a_file_cut_short_keeps_what_was_whole_and_the_same_id_gets_another() {
    let point = |n: usize| {
        format!(
            "{{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{{\"n\":{n}}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{n},1]}}}}"
        )
    };
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{},{},{}",
        point(1),
        point(2),
        &point(3)[..40]
    );
    let mended = mended(&text);
    let report = examine(mended.as_bytes(), &|_| true);
    assert_eq!((report.features, report.findings), (2, Vec::new()), "{mended}");
    assert!(mended.contains("\"a-2\"") && mended.contains("{\"n\":2}"));
}

#[test]
fn a_broken_feature_is_left_out_and_those_around_it_stay() {
    let whole = shape("Point", "[1,2]");
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{whole},\n{{\"type\":\"Feature\",]]]\n,{whole}]}}"
    );
    let report = examine(text.as_bytes(), &|_| true);
    assert_eq!((report.features, report.lost), (2, 1));
    let done = mend(text.as_bytes());
    assert_eq!(examine(&done.text, &|_| true).features, 2);
    assert!(done.log.iter().any(|done| done.fix == Fix::FeatureLeftOut), "{:?}", done.log);
}

#[test]
fn every_kind_and_every_fix_is_told_in_every_language() {
    for language in Language::ALL {
        let strings = Strings::embedded(language);
        for kind in Kind::ALL {
            assert!(strings.doctor.names.contains_key(kind.key()), "{language:?}: {}", kind.key());
        }
        for fix in Fix::ALL {
            assert!(strings.doctor.fixes.contains_key(fix.key()), "{language:?}: {}", fix.key());
        }
        assert_eq!(
            (strings.doctor.names.len(), strings.doctor.fixes.len()),
            (Kind::ALL.len(), Fix::ALL.len())
        );
    }
}

/// Files as people break them: a sound one with pieces cut out, doubled and put elsewhere.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    let geometry = prop::sample::select(vec![
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[0,1],[1,1],[0,0]]]}",
        "{\"type\":\"LineString\",\"coordinates\":[[179,0],[-179,1],[-179,1]]}",
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[170,0],[190,0],[190,9],[170,9]]]]}",
        "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,95]}]}",
        "{\"type\":\"Point\",\"coordinates\":[1,2],\"bbox\":[3,3,4]}",
        "null",
    ]);
    let text = prop::collection::vec(geometry, 0..5).prop_map(|geometries| {
        let features: Vec<String> = geometries.iter().map(|geometry| feature(geometry)).collect();
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(",")).into_bytes()
    });
    let cuts = prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, any::<u8>()), 0..5);
    (text, cuts).prop_map(|(mut text, cuts)| {
        for (at, length, byte) in cuts {
            let at = at.index(text.len() + 1).min(text.len());
            let end = (at + length).min(text.len());
            match byte % 3 {
                0 => drop(text.drain(at..end)),
                1 => text.insert(at, byte),
                _ => {
                    let piece = text[at..end].to_vec();
                    text.splice(at..at, piece);
                }
            }
        }
        text
    })
}

proptest! {
    #[test]
    fn whatever_the_bytes_are_it_ends(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = examine(&bytes, &|_| true);
        prop_assert_eq!(examine(&mend(&bytes).text, &|_| true).count(Severity::Error), 0);
    }

    #[test]
    fn a_mended_file_has_no_error_and_is_not_mended_again(bytes in broken()) {
        let once = mend(&bytes);
        let report = examine(&once.text, &|_| true);
        prop_assert_eq!(report.count(Severity::Error), 0, "{}: {:?}", String::from_utf8_lossy(&once.text), report.findings);
        let twice = mend(&once.text);
        prop_assert_eq!(String::from_utf8_lossy(&twice.text), String::from_utf8_lossy(&once.text));
    }
}

#[test]
fn numbers_that_are_no_degrees_are_left_as_they_are() {
    for text in [
        shape("LineString", "[[500000,4400000],[500100,4400100]]"),
        shape("LineString", "[[39.9,116.4],[31.2,121.5]]"),
    ] {
        assert_eq!(mended(&text), text);
    }
}

#[test]
fn a_bow_tie_whose_halves_take_each_other_away_crosses_itself() {
    let bow_tie = shape("Polygon", "[[[0,0],[2,2],[2,0],[0,2],[0,0]]]");
    assert_eq!(kinds(&bow_tie), [Kind::SelfCrossing]);
}
