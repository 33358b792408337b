//! The rules of the house, held against the code: which module may use which, and what may stand where.

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use of ours. `lib.rs` and `main.rs` stand above the table.
const MAY_USE: &[(&str, &[&str])] = &[
    ("geo", &[]),
    ("i18n", &[]),
    ("net", &["i18n"]),
    ("theme", &[]),
    ("data", &["geo"]),
    ("doctor", &["i18n", "data"]),
    ("format", &["geo", "i18n", "data"]),
    ("tiles", &["geo", "i18n", "data", "format"]),
    ("atlas", &["geo", "i18n"]),
    ("basemap", &["geo", "i18n"]),
    ("catalog", &["geo", "i18n", "atlas", "basemap"]),
    ("search", &["geo", "i18n", "atlas", "catalog"]),
    ("tour", &["geo", "i18n", "theme", "atlas"]),
    ("state", &["geo", "i18n", "theme", "data", "doctor", "tiles", "atlas", "catalog", "search", "tour"]),
    ("scene", &["geo", "i18n", "theme", "data", "atlas", "basemap", "catalog", "state"]),
    ("content", &["theme", "atlas", "basemap", "catalog", "state", "scene"]),
    (
        "flight",
        &[
            "geo", "i18n", "theme", "format", "atlas", "catalog", "search", "tour", "state", "scene",
            "content",
        ],
    ),
    ("render", &["geo", "theme", "basemap", "scene"]),
    ("export", &["geo", "theme", "data", "basemap", "scene"]),
    (
        "ui",
        &[
            "geo", "i18n", "theme", "data", "doctor", "format", "tiles", "atlas", "catalog", "search",
            "tour", "state", "scene", "render",
        ],
    ),
    (
        "cli",
        &[
            "geo", "i18n", "theme", "data", "doctor", "format", "net", "tiles", "atlas", "basemap",
            "catalog", "search", "tour", "state", "scene", "content", "flight", "render", "export", "ui",
        ],
    ),
    (
        "app",
        &[
            "geo", "i18n", "theme", "data", "doctor", "format", "net", "tiles", "atlas", "basemap",
            "catalog", "search", "tour", "state", "scene", "content", "flight", "render", "export", "ui",
            "cli",
        ],
    ),
];

/// Words of the world outside, and the only modules in which they may stand.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("egui::", &["ui", "render", "app", "main"]),
    ("eframe::", &["app", "main"]),
    ("wgpu::", &["render"]),
    ("walkers::", &["ui"]),
    ("reqwest::", &["net"]),
    ("tokio::", &["net"]),
    ("clap::", &["cli", "main"]),
    ("std::fs", &["format", "net", "tiles", "app", "cli", "main"]),
    ("std::net", &["net"]),
    ("Instant::now", &["app", "main"]),
    ("SystemTime", &["app", "main"]),
    ("std::process", &["cli", "main"]),
];

const MOST_LINES: usize = 400;

struct Source {
    path: PathBuf,
    module: String,
    text: String,
}

#[test]
fn modules_only_use_what_is_below_them() {
    let mut faults = Vec::new();
    // Tests may build what they look at from above.
    for source in sources().into_iter().filter(|source| !source.path.ends_with("tests.rs")) {
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == source.module) else {
            if !["lib", "main"].contains(&source.module.as_str()) {
                faults.push(format!("{}: {} has no row in MAY_USE", source.path.display(), source.module));
            }
            continue;
        };
        for (number, line) in source.text.lines().enumerate() {
            for used in used_modules(line) {
                let is_own = used == source.module;
                let is_known = MAY_USE.iter().any(|(name, _)| *name == used);
                if is_known && !is_own && !allowed.contains(&used) {
                    let place = format!("{}:{}", source.path.display(), number + 1);
                    faults.push(format!("{place}: {} must not use {used}", source.module));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_world_outside_stands_only_where_it_may() {
    let mut faults = Vec::new();
    for source in sources() {
        for (word, modules) in ONLY_IN {
            for (number, line) in source.text.lines().enumerate() {
                let is_comment = line.trim_start().starts_with("//");
                if !is_comment && line.contains(word) && !modules.contains(&source.module.as_str()) {
                    faults.push(format!(
                        "{}:{}: {word} has no place here",
                        source.path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_opens_with_its_promise_and_stays_short() {
    let mut faults = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            faults.push(format!("{}: begin with `//! ` and a promise", source.path.display()));
        }
        let lines = source.text.lines().count();
        if lines > MOST_LINES {
            faults.push(format!("{}: {lines} lines are asking to be two files", source.path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_left_open() {
    let words = ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", "dbg!(", "#[ignore"];
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in source.text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                faults.push(format!("{}:{}: {word}", source.path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_architecture_names_every_module() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let missing: Vec<_> =
        MAY_USE.iter().map(|(name, _)| *name).filter(|name| !text.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}

/// The modules that a line names as `crate::name` or `corridor_atlas::name`.
fn used_modules(line: &str) -> Vec<&str> {
    if line.trim_start().starts_with("//") {
        return Vec::new();
    }
    let mut used = Vec::new();
    for prefix in ["crate::", "corridor_atlas::"] {
        for (at, _) in line.match_indices(prefix) {
            let rest = &line[at + prefix.len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            used.push(&rest[..end]);
        }
    }
    used
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut paths = Vec::new();
    collect(&src, &mut paths);
    paths.sort();
    assert!(!paths.is_empty());
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file is UTF-8");
            let inside = path.strip_prefix(&src).expect("inside src").to_path_buf();
            let first = inside.iter().next().and_then(|part| part.to_str()).expect("a name");
            let module = first.trim_end_matches(".rs").to_owned();
            Source { path: Path::new("src").join(inside), module, text }
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
