//! Everything that the document says is there to be found, and what it says is told from the checks on it.

use corridor_atlas::atlas::{Cited, Fact, Says};

use super::{assert_none, atlas, cited, facts};

const DOCUMENT: &str = "opinion-2018";

/// Where it stands (an id, or `document`) and words of it.
const SAID: &[(&str, &str)] = &[
    ("document", "proposed by President Xi Jinping in 2013"),
    ("document", "“Vision and Actions” of March 2015"),
    ("document", "National Development and Reform Committee"),
    ("document", "Six corridors"),
    ("document", "Five areas of cooperation"),
    ("document", "29 foreign heads of state and government"),
    ("document", "19th National Congress in October 2017"),
    ("document", "symposium in August 2018"),
    ("document", "5 trillion US dollars"),
    ("document", "60 billion US dollars"),
    ("document", "20 million jobs"),
    ("document", "the midwest and the north-east"),
    ("document", "use of the RMB abroad"),
    ("document", "e-commerce"),
    ("document", "14 border cities"),
    ("document", "17 border economic cooperation zones"),
    ("document", "ethnic minorities"),
    ("document", "set up and run by both"),
    ("document", "11: five in the north-east, six in the south-west"),
    ("document", "only cross-border zone officially ratified"),
    ("document", "In the 1980s and 1990s"),
    ("document", "Western Development Strategy since 2001"),
    ("document", "Six representative projects"),
    ("document", "supply of energy stable"),
    ("document", "new cities along the six corridors"),
    ("document", "Hambantota Port"),
    ("document", "Three lessons"),
    ("document", "December 2018"),
    ("corridor/nelb", "New Eurasian Land Bridge"),
    ("corridor/cmrec", "China-Mongolia-Russia Economic Corridor"),
    ("corridor/cpec", "China-Pakistan Economic Corridor"),
    ("corridor/ccwaec", "China-Central and Western Asia Economic Corridor"),
    ("corridor/cicpec", "China-Indochina Peninsula Economic Corridor"),
    ("corridor/bcimec", "Bangladesh-China-India-Myanmar"),
    ("zone/horgos", "528 ha: 343 ha in China, 185 ha in Kazakhstan"),
    ("zone/horgos", "December 2011"),
    ("zone/horgos", "Shanghai Cooperation Organisation"),
    ("zone/horgos", "2004–2005"),
    ("zone/horgos", "30 days for citizens of both countries"),
    ("zone/horgos", "up to 10 years"),
    ("zone/horgos", "tax benefits"),
    ("zone/horgos", "75 duty-free shops, run by Germany, Korea, China and Hong Kong"),
    ("zone/horgos", "8,000 yuan"),
    ("zone/horgos", "1,500 euros"),
    ("zone/horgos", "major hub"),
    ("zone/manzhouli", "ManZhouLi"),
    ("zone/erenhot", "ErLianHaoTe"),
    ("zone/suifenhe", "SuiFenHe"),
    ("zone/heihe", "HeiHe"),
    ("zone/hunchun", "HunChun"),
    ("zone/ruili", "RuiLi"),
    ("zone/mohan", "MoHan"),
    ("zone/hekou", "HeKou"),
    ("zone/dongxing", "DongXing"),
    ("zone/pingxiang", "PingXiang"),
    ("zone/longbang", "LongBang"),
    ("project/cn-pk-pipeline", "China-Pakistan’s oil-gas pipeline"),
    ("project/cn-pk-railway", "high-speed railway"),
    ("project/cn-mm-gas", "China-Myanmar’s oil-gas pipeline"),
    ("project/cn-mm-oil", "China-Myanmar’s oil-gas pipeline"),
    ("project/cn-mm-railway", "high-speed railway"),
    ("project/kyaukpyu", "Kyauk Phyu port and industrial zone"),
    ("project/hambantota", "Hambanthota Port"),
    ("project/pan-asia-rail", "Pan Asia High Speed Rail"),
    ("project/weg", "西氣東輸"),
    ("project/wep", "西電東送"),
    ("project/snwd", "南水北調"),
    ("project/8v8h", "八縱八橫"),
    ("project/three-gorges", "三峽"),
    ("project/qinghai-tibet", "靑藏"),
    ("connectivity/policy", "Policy Coordination"),
    ("connectivity/facilities", "Connectivity of Infrastructure"),
    ("connectivity/trade", "Unimpeded Trade"),
    ("connectivity/finance", "Financial Integration"),
    ("connectivity/people", "Closer People-to-People Ties"),
    ("event/document-198x-199x", "eastern coast"),
    ("event/document-1992", "14 border cities"),
    ("event/document-2001", "Western Development Strategy"),
    ("event/document-2004-2005", "Horgos Center"),
    ("event/document-2011-12", "Official operation"),
    ("event/document-2011-12", "528 ha"),
    ("event/document-2013", "Xi Jinping"),
    ("event/document-2013-2018", "11 CBECZs"),
    ("event/document-2015-03", "six corridors, five areas"),
    ("event/document-2017-05", "29 foreign heads"),
    ("event/document-2017-10", "Party constitution"),
    ("event/document-2018-08", "20 million jobs"),
    ("event/document-2018-12", "Cross-Border Economic Cooperation Research"),
    ("lesson/1", "not only as security lines"),
    ("lesson/2", "special economic zones on the borders"),
    ("lesson/3", "transport, communication, energy, logistics"),
    ("lesson/3", "New Economic Map"),
    ("border-zone/dandong", "14 border cities"),
];

fn is_of_the_document(cited: &Cited) -> bool {
    cited.says == Says::Document
        && cited
            .sources
            .iter()
            .all(|source| source.id == DOCUMENT && source.at.as_ref().is_some_and(|at| !at.is_empty()))
}

#[test]
fn everything_that_the_document_says_is_found_and_cited_with_its_place() {
    let facts = facts();
    let mut faults = Vec::new();
    for (id, words) in SAID {
        let mut said = facts.iter().filter(|(at, _)| at == id).flat_map(|(_, fact)| &fact.cited);
        if !said.any(|cited| is_of_the_document(cited) && cited.value.en.contains(words)) {
            faults.push(format!("{id}: {words:?}"));
        }
    }
    assert_none(&faults);
}

#[test]
fn the_document_speaks_where_it_is_cited_and_nowhere_else() {
    let mut faults = Vec::new();
    for (at, cited) in cited() {
        let is_cited = cited.sources.iter().any(|source| source.id == DOCUMENT);
        if is_cited != (cited.says == Says::Document) || (is_cited && !is_of_the_document(cited)) {
            faults.push(format!("{at}: {}", cited.value.en));
        }
    }
    assert_none(&faults);
}

#[test]
fn whatever_cites_the_document_names_the_place_in_it() {
    let mut faults = Vec::new();
    for (path, list) in super::citations() {
        let places = list.iter().filter(|source| source.id == DOCUMENT);
        for place in places {
            let at = place.at.as_deref().unwrap_or_default();
            if !(at.starts_with("page") || at.starts_with("note")) {
                faults.push(format!("{path}: {at:?}"));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn where_the_document_and_a_check_speak_it_is_told_whether_they_agree() {
    let mut disputed = 0;
    for (id, fact) in facts() {
        let has = |says: Says| fact.said_by(says).next().is_some();
        let both = has(Says::Document) && has(Says::Check);
        assert_eq!(both, fact.agreement.is_some(), "{id} {}", fact.key);
        disputed += usize::from(fact.is_disputed());
    }
    assert!(disputed > 15, "{disputed}");
}

#[test]
fn the_document_is_shown_first_where_it_speaks() {
    for (id, fact) in facts() {
        let document = fact.said_by(Says::Document).next();
        assert!(document.is_none() || fact.shown().says == Says::Document, "{id} {}", fact.key);
    }
}

/// The fact of that key, as the document and the checks tell it.
fn fact(id: &str, key: &str) -> &'static Fact {
    let found = facts().into_iter().find(|(at, fact)| at == id && fact.key == key);
    found.unwrap_or_else(|| panic!("{id} has no {key}")).1
}

fn checks(id: &str, key: &str, words: &str) -> bool {
    let fact = fact(id, key);
    fact.is_disputed() && fact.said_by(Says::Check).any(|cited| cited.value.en.contains(words))
}

#[test]
fn doubtful_figures_stand_with_their_check_beside_them() {
    assert!(checks("document", "jobs", "244,000"));
    assert!(!fact("document", "jobs").shown().certain);
    assert!(checks("event/document-2018-08", "jobs", "244,000"));
    assert!(checks("document", "becz", "14 zones date from 1992"));
    assert!(checks("document", "strategy", "1999 or 2000"));
    assert!(checks("document", "ratified", "Mohan–Boten"));
    assert!(checks("zone/horgos", "area", "560 ha: 343 ha in China, 217 ha in Kazakhstan"));
    assert!(checks("zone/horgos", "opened", "April 2012"));
    assert!(checks("project/8v8h", "named_in", "July 2016"));
    for zone in atlas().border_zones.iter().filter(|zone| zone.approved.first_year() == 1992) {
        assert!(checks(&zone.id.to_string(), "becz", "17 is the number approved by 2015"), "{}", zone.id);
    }
}

#[test]
fn later_checks_stand_above_the_older_values() {
    let said = |id: &str, words: &str| {
        facts().iter().any(|(at, fact)| at == id && fact.cited.iter().any(|one| one.value.en.contains(words)))
    };
    for (id, words) in [
        ("zone/manzhouli", "between Manzhouli and Zabaykalsk"),
        ("zone/suifenhe", "planned area of 5 km²"),
        ("zone/heihe", "About 750 m"),
        ("zone/hunchun", "November 1991"),
        ("zone/ruili", "456.82 m"),
        ("zone/mohan", "31 Aug 2015"),
        ("zone/longbang", "28.28 km"),
        ("zone/horgos", "10 Nov 2023"),
        ("project/cn-pk-railway", "US$6.7 bn for 1,687 km"),
        ("project/cn-mm-railway", "10 Jan 2021"),
        ("project/kyaukpyu", "26 Dec 2023"),
        ("project/pan-asia-rail", "1 Jan 2021"),
        ("project/weg", "583 km"),
        ("project/wep", "8 Nov 2000"),
        ("project/snwd", "76.5 bn m³"),
        ("project/8v8h", "50,400 km"),
        ("project/three-gorges", "22,500 MW"),
        ("project/qinghai-tibet", "1,142 km"),
        ("border-zone/dandong", "8 km of river front"),
        ("border-zone/lincang", "3.47 km²"),
    ] {
        assert!(said(id, words), "{id}: {words}");
    }
    for (id, words) in [("project/8v8h", "29,000 km"), ("zone/heihe", "700 m"), ("zone/mohan", "4.83")] {
        assert!(!said(id, words), "{id} still says {words}");
    }
    let notes = |name: &str| {
        let zone = atlas().zones.iter().find(|zone| zone.id.name == name).expect("a zone");
        zone.position.note.as_ref().map_or("", |note| note.en.as_str())
    };
    assert!(notes("suifenhe").contains("44.4106 N, 131.1928 E"));
    assert!(notes("heihe").contains("50.2011 N, 127.6005 E"));
    assert!(notes("hunchun").contains("42.5678 N, 130.5225 E"));
}
