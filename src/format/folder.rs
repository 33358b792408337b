//! A folder in place of a file: what in it can be read, each for itself.

use std::path::{Path, PathBuf};

/// Files of a folder that are opened at once, at most.
const MOST: usize = 40;

/// What can be read of a folder in its place, and how many more files there are; anything else, and a folder without
/// such files, as it is.
#[must_use]
pub fn unfolded(path: PathBuf) -> (Vec<PathBuf>, usize) {
    let mut files = in_folder(&path);
    let more = files.len().saturating_sub(MOST);
    files.truncate(MOST);
    if files.is_empty() { (vec![path], 0) } else { (files, more) }
}

/// The files in a folder whose names end like those that can be read, in the order of their names; none where it is no
/// folder. A shapefile is one file: what lies beside its shapes comes along.
fn in_folder(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    let known = super::all_extensions();
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| known.contains(&super::ending(path).as_str()) && path.is_file())
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_what_can_be_read_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["roads.shp", "roads.dbf", "roads.prj", "a.GEOJSON", "notes.docx"] {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        std::fs::create_dir(folder.path().join("more.geojson")).expect("a folder");
        let names: Vec<_> = in_folder(folder.path())
            .iter()
            .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
            .collect();
        assert_eq!(names, ["a.GEOJSON", "roads.shp"]);
        let file = folder.path().join("roads.shp");
        assert_eq!(unfolded(file.clone()), (vec![file], 0));
        for number in 0..MOST {
            std::fs::write(folder.path().join(format!("{number}.csv")), "").expect("written");
        }
        let (files, more) = unfolded(folder.path().to_owned());
        assert_eq!((files.len(), more), (MOST, 2));
    }
}
