//! What a package installs fits the program: names, types of files, versions, libraries, man pages and completions.

use std::fs;
use std::path::Path;

use clap_complete::{Shell, generate};
use clap_mangen::Man;
use corridor_atlas::cli;
use corridor_atlas::format::all_extensions;
use corridor_atlas::i18n::{Language, Strings};

/// Types that shared-mime-info knows by itself.
const KNOWN: [(&str, &str); 4] = [
    ("geojson", "application/geo+json"),
    ("gpx", "application/gpx+xml"),
    ("kml", "application/vnd.google-earth.kml+xml"),
    ("kmz", "application/vnd.google-earth.kmz"),
];
/// Endings of much else: no menu should offer an atlas first for them.
const GENERAL: [&str; 5] = ["csv", "json", "tab", "tsv", "zip"];

#[test]
fn every_file_that_opens_has_a_type_in_the_menu_entry() {
    let types = text("packaging/linux/corridor-atlas.xml");
    let entry = text("packaging/linux/corridor-atlas.desktop");
    let offered = value(&entry, "MimeType");
    let mut missing: Vec<&str> = Vec::new();
    for extension in all_extensions().into_iter().chain(["tour.toml"]) {
        let is_offered = |name: &str| offered.split(';').any(|other| other == name);
        let known = KNOWN.iter().find(|(end, _)| *end == extension).map(|(_, name)| *name);
        let name = known.or_else(|| type_of(&types, extension));
        if !GENERAL.contains(&extension) && !name.is_some_and(is_offered) {
            missing.push(extension);
        }
    }
    assert_eq!(missing, Vec::<&str>::new(), "add them to packaging/linux");
}

#[test]
fn the_menu_entry_has_the_names_of_the_window() {
    let entry = text("packaging/linux/corridor-atlas.desktop");
    for (key, language) in [("Name", Language::En), ("Name[zh_CN]", Language::Zh), ("Name[ko]", Language::Ko)]
    {
        assert_eq!(value(&entry, key), Strings::embedded(language).app_name);
    }
}

#[test]
fn every_description_of_the_program_has_its_version() {
    let version = env!("CARGO_PKG_VERSION");
    let metainfo = text("packaging/linux/corridor-atlas.metainfo.xml");
    assert!(metainfo.contains(&format!("<release version=\"{version}\"")));
    let plist = text("packaging/macos/Info.plist");
    assert_eq!(plist.matches(&format!("<string>{version}</string>")).count(), 2);
}

#[test]
fn the_package_names_the_libraries_that_running_needs() {
    let setup = text("tools/setup");
    let wanted = setup.lines().find_map(|line| line.strip_prefix("run=")).expect("a list of packages");
    let manifest = text("Cargo.toml");
    let named: Vec<&str> = manifest
        .lines()
        .filter(|line| line.starts_with("depends = ") || line.starts_with("recommends = "))
        .flat_map(|line| line.split([' ', ',', '"']))
        .collect();
    for library in wanted.trim_matches('"').split(' ') {
        assert!(named.contains(&library), "{library}");
    }
}

#[test]
fn completions_know_every_command() {
    for shell in [Shell::Bash, Shell::Fish, Shell::Zsh] {
        let mut written = Vec::new();
        generate(shell, &mut cli::command(), "corridor-atlas", &mut written);
        let written = String::from_utf8(written).expect("UTF-8");
        for command in cli::command().get_subcommands() {
            assert!(written.contains(command.get_name()), "{shell}: {}", command.get_name());
        }
    }
}

#[test]
fn man_pages_tell_every_option() {
    let mut command = cli::command();
    command.build();
    for command in command.get_subcommands().chain([&command]) {
        let mut page = Vec::new();
        Man::new(command.clone()).render(&mut page).expect("memory takes all");
        let page = String::from_utf8(page).expect("UTF-8").replace("\\-", "-");
        for option in command.get_opts().filter_map(|option| option.get_long()) {
            assert!(page.contains(&format!("--{option}")), "{}: {option}", command.get_name());
        }
    }
}

/// The type whose pattern is `*.extension`.
fn type_of<'a>(types: &'a str, extension: &str) -> Option<&'a str> {
    let (before, _) = types.split_once(&format!("pattern=\"*.{extension}\""))?;
    before.rsplit_once("<mime-type type=\"")?.1.split('"').next()
}

fn value<'a>(entry: &'a str, key: &str) -> &'a str {
    let of_key = |line: &'a str| line.strip_prefix(key)?.strip_prefix('=');
    entry.lines().find_map(of_key).unwrap_or_else(|| panic!("no {key}"))
}

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}
