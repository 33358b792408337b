//! Tables of statistics offices, joined at the first try.

use std::collections::HashMap;

use super::*;
use crate::catalog::Catalog;

fn catalog() -> Catalog {
    crate::catalog::embedded()
}

/// The one target of a text, as the code of a country.
fn code(keys: &Keys, targets: &[CountryTarget], text: &str) -> String {
    let Found::Targets(&[target]) = keys.find(text) else { panic!("{text}: {:?}", keys.find(text)) };
    targets[target].id.as_ref().map_or_else(String::new, |id| id.name.clone())
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

#[test]
fn countries_are_found_as_lists_spell_them() {
    let catalog = catalog();
    let (keys, targets) = (Keys::countries(&catalog), country_targets(&catalog));
    for (wanted, spellings) in [
        ("KR", "KR|kor|South Korea|Korea, Rep.|Korea (Republic of)|Republic of Korea|韩国|한국"),
        ("KP", "PRK|Korea, Dem. People’s Rep.|Korea (Democratic People's Republic of)|북한"),
        ("RU", "Russian Federation|RUSSIA|러시아| Russia "),
        ("VN", "Vietnam|Viet Nam|越南"),
        ("LA", "Lao PDR|Lao People's Democratic Republic|country/LA"),
        ("IR", "Iran (Islamic Republic of)|Iran, Islamic Rep."),
        ("TR", "Turkey|Türkiye|Turkiye|터키"),
        ("KG", "Kyrgyz Republic|吉尔吉斯斯坦"),
        ("CD", "Congo, Dem. Rep.|Congo (Democratic Republic of the)|DR Congo"),
        ("CG", "Congo, Rep.|Congo"),
        ("NA", "NA|Namibia"),
        ("AD", "AND|Andorra"),
        ("MH", "Marshall Islands"),
        ("IS", "IS|ISL"),
        ("CU", "CU|CUB|Cuba"),
    ] {
        for text in spellings.split('|') {
            assert_eq!(code(&keys, &targets, text), wanted, "{text}");
        }
    }
    for text in ["Korea", "Islands", "Guantánamo Bay", "The", ""] {
        assert_eq!(keys.find(text), Found::Nothing, "{text}");
    }
    assert_eq!(keys.find("Georgia (United States)"), Found::Ambiguous);
}

#[test]
fn every_name_of_a_country_means_that_country() {
    let catalog = catalog();
    let (keys, targets) = (Keys::countries(&catalog), country_targets(&catalog));
    assert_eq!(keys.len(), targets.len());
    for (index, target) in targets.iter().enumerate() {
        let country = &catalog.tables.countries[usize::from(target.rows[0])];
        let codes = [country.iso_a2.as_str(), country.iso_a3.as_str()];
        for text in country.name.all().into_iter().chain(codes).filter(|text| !text.is_empty()) {
            assert_eq!(keys.find(text), Found::Targets(&[index]), "{text}");
        }
    }
    let cuba = targets.iter().find(|target| target.id.as_ref().is_some_and(|id| id.name == "CU"));
    let rows = &cuba.expect("Cuba").rows;
    assert_eq!(rows.len(), 2);
    assert_eq!(catalog.tables.countries[usize::from(rows[0])].name.en, "Cuba");
}

#[test]
fn every_other_name_belongs_to_a_country_and_to_one_alone() {
    #[derive(serde::Deserialize)]
    struct File {
        source: String,
        names: HashMap<String, Vec<String>>,
    }
    let text = include_str!("../../../assets/atlas/country-names.json");
    let file: File = serde_json::from_str(text).expect("names by code");
    assert!(!file.source.is_empty());
    let catalog = catalog();
    let (keys, targets) = (Keys::countries(&catalog), country_targets(&catalog));
    for (wanted, names) in &file.names {
        for name in names {
            assert_eq!(code(&keys, &targets, name), *wanted, "{name}");
        }
    }
    for country in &catalog.atlas.countries {
        assert!(file.names.contains_key(&country.id.name), "{}", country.id);
    }
}

#[test]
fn zones_are_found_by_id_and_name_with_tones_or_without() {
    let catalog = catalog();
    let keys = Keys::zones(&catalog);
    for (wanted, spellings) in [
        ("horgos", "zone/horgos|Khorgos|霍尔果斯|Huò’ěrguǒsī|huoerguosi|호르고스"),
        ("manzhouli", "Manzhouli|MAN ZHOU LI|만저우리|만주리"),
        ("hekou", "Hekou–Lao Cai|河口"),
    ] {
        for text in spellings.split('|') {
            let Found::Targets(&[zone]) = keys.find(text) else { panic!("{text}: {:?}", keys.find(text)) };
            assert_eq!(catalog.atlas.zones[zone].id.name, wanted, "{text}");
        }
    }
}

#[test]
fn what_does_not_match_is_told_with_what_is_near() {
    let catalog = catalog();
    let (keys, targets) = (Keys::countries(&catalog), country_targets(&catalog));
    let joined = join(["Kazakstan", "Laos", "", "Atlantis of the West", "LAO", "XQ"], &keys);
    let laos = targets.iter().position(|target| target.id.as_ref().is_some_and(|id| id.name == "LA"));
    let laos = laos.expect("Laos");
    assert_eq!(joined.pairs, [(1, laos), (4, laos)]);
    assert_eq!(joined.several, [Several { target: laos, key: "Laos".into(), rows: vec![1, 4] }]);
    assert_eq!(joined.targets_without_row.len(), keys.len() - 1);
    let whys: Vec<(usize, Why)> = joined.unmatched.iter().map(|one| (one.row, one.why)).collect();
    let kazakhstan = targets.iter().position(|target| target.id.as_ref().is_some_and(|id| id.name == "KZ"));
    let unknown = Why::Unknown { near: None };
    assert_eq!(whys, [(0, Why::Unknown { near: kazakhstan }), (2, Why::Empty), (3, unknown), (5, unknown)]);
}

#[test]
fn keys_of_a_layer_may_be_shared_but_not_mistaken() {
    let keys =
        Keys::of_values([Some("A-1"), Some("A-1"), None, Some("B 2"), Some("b2"), Some("07"), Some("1.5")]);
    assert_eq!(keys.len(), 7);
    assert_eq!(keys.find("A-1"), Found::Targets(&[0, 1]));
    assert_eq!(keys.find("a1"), Found::Targets(&[0, 1]));
    assert_eq!(keys.find("B 2"), Found::Targets(&[3]));
    assert_eq!(keys.find("B-2"), Found::Ambiguous);
    assert_eq!(keys.find("7"), Found::Targets(&[5]));
    assert_eq!(keys.find("15"), Found::Nothing);
    assert_eq!(keys.find("1 A"), Found::Nothing);
}

#[test]
fn the_column_that_names_countries_is_guessed() {
    let catalog = catalog();
    let keys = Keys::countries(&catalog);
    let table = rows("1;yes;China;2019\n2;no;Laos;2019\n3;no;Viet Nam;2020\n4;yes;Mongolya;2020");
    assert_eq!(guess(&table, &keys), Some(2));
    assert_eq!(guess(&rows("yes;1\nno;2"), &keys), None);
    assert_eq!(guess(&rows("China;1\nEarth;2\nMoon;3"), &keys), None);
    assert_eq!(guess(&[], &keys), None);
}

#[test]
fn what_a_table_is_about_is_guessed_before_what_it_mentions() {
    let catalog = catalog();
    let (countries, zones) = (Keys::countries(&catalog), Keys::zones(&catalog));
    let table = rows("Russia;Manzhouli\nRussia;Suifenhe\nRussia;Heihe\nViet Nam;Dongxing\nViet Nam;Hekou");
    let found = guess_target(&table, &[&countries, &zones]).expect("a guess");
    assert_eq!((found.keys, found.column), (1, 1));
    let layer = Keys::of_values(["p1", "p2", "p3"].map(Some));
    let found = guess_target(&rows("5;p3\n6;p1\n7;p9"), &[&countries, &zones, &layer]).expect("a guess");
    assert_eq!((found.keys, found.column), (2, 1));
    assert!((found.share - 2.0 / 3.0).abs() < 1e-9);
}
