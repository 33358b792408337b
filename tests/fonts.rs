//! What the atlas says can be drawn with the letters it carries, on every system.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use corridor_atlas::atlas::Kind;
use corridor_atlas::catalog::words::short_name;
use corridor_atlas::content::Content;
use corridor_atlas::i18n::Language;
use corridor_atlas::theme::{Face, Font};
use serde_json::Value;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

const MOST_BYTES: usize = 4_500_000;

/// Names and figures that must never lose a letter, whatever becomes of the files.
const ALWAYS: &[&str] = &[
    "霍尔果斯 Huò’ěrguǒsī 훠얼궈쓰(호르고스)",
    "满洲里 二连浩特 绥芬河 黑河 珲春 瑞丽 磨憨 河口 东兴 凭祥 龙邦",
    "西氣東輸 西電東送 南水北調 八縱八橫 三峽 靑藏",
    "勐叻圳尕岘崴怡珲町畹皎艮蜿鳌东橫氣縱調輸電",
    "Điện Biên Phủ, Cao Bằng, Đồng Đăng, Trà Lĩnh, Móng Cái, Lào Cai",
    "Zamyn-Üüd, Ürümqi, Türkiye, Kraków, Łódź, Málaszewicze, Baqşaý",
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü ĀÁǍÀĒÉĚÈ",
    "Забайкальск Достык Қорғас Замын-Үүд",
    "10,871 km · 528 ha · 1,900 km² · 44.2125° N · −12 · ≈ ± × ½ € ₽ ©",
    "“quoted” ‘so’ – — … ← → ↑ ↓ ≤ ≥ ≠ ′ ″ № ™ ✓",
    "《愿景与行动》「비전과 행동」、。，；：？（）【】…—",
];

#[test]
fn every_character_of_the_atlas_is_in_its_fonts() {
    let covered = covered(Face::Ui);
    let mut missing = BTreeMap::new();
    for (path, text) in texts() {
        for character in text.chars().filter(|character| !character.is_control()) {
            if !covered.contains(&character) {
                missing.entry(character).or_insert_with(|| path.clone());
            }
        }
    }
    assert!(missing.is_empty(), "run tools/fonts/build: {missing:?}");
}

#[test]
fn every_name_on_the_map_can_be_drawn() {
    let content = Content::embedded().expect("the embedded content reads");
    let (catalog, covered) = (&content.state.catalog, covered(Face::Ui));
    let mut missing: BTreeMap<char, String> = BTreeMap::new();
    for kind in [Kind::Country, Kind::Place] {
        for id in catalog.ids(kind) {
            for language in Language::ALL {
                let name = short_name(catalog, &id, language);
                for character in name.chars().filter(|character| !covered.contains(character)) {
                    missing.entry(character).or_insert_with(|| format!("{id} {name}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "add them to tools/fonts/characters.txt: {missing:?}");
}

#[test]
fn han_and_hangul_come_from_their_own_font() {
    let (chinese, korean) = (characters(Font::Chinese400), characters(Font::Korean400));
    for (path, text) in texts() {
        for character in text.chars() {
            if is_han(character) {
                assert!(chinese.contains(&character), "{path}: {character}");
            }
            if is_hangul(character) {
                assert!(korean.contains(&character), "{path}: {character}");
            }
        }
    }
    assert!(chinese.iter().filter(|character| is_han(**character)).count() >= 3_755);
    assert!(korean.iter().filter(|character| is_hangul(**character)).count() >= 2_350);
}

#[test]
fn titles_and_italics_have_every_latin_letter_of_the_names() {
    for font in [Font::Serif600, Font::SerifItalic400] {
        let own = characters(font);
        for (path, text) in texts() {
            for character in text.chars().filter(|character| is_latin(*character)) {
                assert!(own.contains(&character), "{}: {character} of {path}", font.name());
            }
        }
    }
}

#[test]
fn every_glyph_has_an_outline_where_ink_is_due() {
    for font in Font::ALL {
        let reader = FontRef::new(font.bytes()).expect("a font");
        let outlines = reader.outline_glyphs();
        for (code, glyph) in reader.charmap().mappings() {
            let character = char::from_u32(code).expect("a character");
            let outline = outlines.get(glyph).expect("an outline");
            let mut pen = Strokes::default();
            let settings = DrawSettings::unhinted(Size::new(16.0), LocationRef::default());
            outline.draw(settings, &mut pen).expect("drawn");
            if character.is_alphanumeric() {
                assert!(pen.0 > 2, "{}: {character} is blank", font.name());
            }
        }
    }
}

#[test]
fn figures_are_of_one_width() {
    for font in [Font::Inter400, Font::Inter500, Font::Inter600, Font::Mono400] {
        let reader = FontRef::new(font.bytes()).expect("a font");
        let metrics = reader.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let widths: BTreeSet<i64> = ('0'..='9')
            .map(|figure| {
                let glyph = reader.charmap().map(figure).expect("a figure");
                metrics.advance_width(glyph).expect("a width").round() as i64
            })
            .collect();
        assert_eq!(widths.len(), 1, "{}: {widths:?}", font.name());
    }
}

#[test]
fn western_fonts_keep_their_kerning() {
    use skrifa::raw::TableProvider;
    for font in [Font::Inter400, Font::Inter500, Font::Inter600, Font::Serif600, Font::SerifItalic400] {
        let reader = FontRef::new(font.bytes()).expect("a font");
        let features = reader.gpos().and_then(|gpos| gpos.feature_list()).expect("features");
        let tags: BTreeSet<String> =
            features.feature_records().iter().map(|record| record.feature_tag().to_string()).collect();
        assert!(tags.contains("kern"), "{}: {tags:?}", font.name());
    }
}

#[test]
fn all_fonts_together_stay_small() {
    let total: usize = Font::ALL.iter().map(|font| font.bytes().len()).sum();
    assert!(total <= MOST_BYTES, "{total} bytes");
}

#[test]
fn every_font_file_names_its_licence() {
    let folder = root().join("assets/fonts");
    let text = fs::read_to_string(folder.join("LICENCES.json")).expect("the list");
    let list: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let mut named = BTreeSet::from(["LICENCES.json".to_owned()]);
    for entry in &list {
        for key in ["id", "title", "licence", "attribution"] {
            assert!(entry[key].as_str().is_some_and(|value| !value.is_empty()), "{key} of {entry}");
        }
        for file in entry["files"].as_array().expect("files") {
            named.insert(file.as_str().expect("a name").to_owned());
        }
    }
    let found: BTreeSet<String> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, named);
}

#[derive(Default)]
struct Strokes(usize);

impl OutlinePen for Strokes {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {
        self.0 += 1;
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }
    fn close(&mut self) {}
}

fn characters(font: Font) -> BTreeSet<char> {
    let reader = FontRef::new(font.bytes()).expect("a font");
    reader.charmap().mappings().filter_map(|(code, _)| char::from_u32(code)).collect()
}

fn covered(face: Face) -> BTreeSet<char> {
    face.fonts().iter().flat_map(|font| characters(*font)).collect()
}

fn is_han(character: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&character)
}

fn is_hangul(character: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&character)
}

fn is_latin(character: char) -> bool {
    character.is_alphabetic() && matches!(character, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// What the atlas says, by the file it stands in.
fn texts() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> =
        ALWAYS.iter().map(|text| ("the fixed list".to_owned(), (*text).to_owned())).collect();
    let mut paths = Vec::new();
    for folder in ["assets/atlas", "assets/i18n"] {
        collect(&root().join(folder), &mut paths);
    }
    for path in paths {
        let text = fs::read_to_string(&path).expect("a text file");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        // Written out again, so that an escape counts as its character.
        found.push((path.display().to_string(), value.to_string()));
    }
    let characters = root().join("assets/basemap/characters.txt");
    if let Ok(text) = fs::read_to_string(&characters) {
        found.push((characters.display().to_string(), text));
    }
    found
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "json" || ending == "geojson") {
            paths.push(path);
        }
    }
    paths.sort();
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
