//! Each option of `render` is seen in the picture, and in the part of it that it is about.

use std::path::Path;
use std::process::Command;

use image::RgbaImage;

const SIZE: (u32, u32) = (480, 320);

fn picture(folder: &Path, options: &[&str]) -> RgbaImage {
    let path = folder.join("picture.png");
    let output = Command::new(env!("CARGO_BIN_EXE_corridor-atlas"))
        .args(["render", "--size", "480x320", "-o"])
        .arg(&path)
        .args(options)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{options:?}: {}", String::from_utf8_lossy(&output.stderr));
    image::open(&path).expect("a picture").into_rgba8()
}

/// The share of pixels in which two pictures differ by more than the noise of rounding.
fn difference(a: &RgbaImage, b: &RgbaImage) -> f64 {
    let differ =
        |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 6);
    let count = a.pixels().zip(b.pixels()).filter(differ).count();
    count as f64 / f64::from(SIZE.0 * SIZE.1)
}

#[test]
fn each_option_changes_what_it_is_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let view = ["--view", "80.4,44.2,6"];
    let usual = picture(folder.path(), &view);
    // (options, least and most of the picture that they change)
    let cases: &[(&[&str], f64, f64)] = &[
        (&["--theme", "dark"], 0.95, 1.0),
        (&["--theme", "projector"], 0.9, 1.0),
        (&["--lang", "zh"], 0.005, 0.2),
        (&["--lang", "ko"], 0.005, 0.2),
        (&["--select", "zone/horgos"], 0.002, 0.3),
        // Who owns what is never shaded.
        (&["--select", "country/KZ"], 0.0, 0.0),
        (&["--hide", "corridors"], 0.005, 0.3),
        (&["--hide", "places"], 0.005, 0.2),
        (&["--hide", "grid"], 0.005, 0.2),
        (&["--layers", "zones"], 0.3, 1.0),
        (&["--legend"], 0.05, 0.8),
        (&["--title", "Two corridors meet"], 0.01, 0.4),
    ];
    for (options, least, most) in cases {
        let changed = difference(&usual, &picture(folder.path(), &[&view, *options].concat()));
        assert!((*least..=*most).contains(&changed), "{options:?} changes {changed:.4} of the picture");
    }
}

#[test]
fn a_hidden_corridor_is_gone_and_the_others_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let view = ["--view", "102,48,5", "--hide", "places"];
    let all = picture(folder.path(), &view);
    let teal = |picture: &RgbaImage| {
        picture.pixels().filter(|pixel| pixel.0[0] < 60 && pixel.0[1] > 100 && pixel.0[2] > 100).count()
    };
    let without = picture(folder.path(), &["--view", "102,48,5", "--hide", "places,corridor/cmrec"]);
    assert!(teal(&all) > 500, "corridor M is in the picture");
    // A few pixels of water are about as blue.
    assert!(teal(&without) < 20, "and is not when hidden");
}

#[test]
fn what_is_fitted_lies_within_the_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    // A box of one degree in the middle of nothing but land: its file's area fills most of the picture.
    let file = folder.path().join("box.geojson");
    let square = "[[[70,48],[71,48],[71,49],[70,49],[70,48]]]";
    std::fs::write(&file, format!(r#"{{"type":"Polygon","coordinates":{square}}}"#)).expect("written");
    let path = file.to_str().expect("UTF-8");
    let bare = picture(folder.path(), &["--fit", "70,48,71,49"]);
    let with = picture(folder.path(), &["--fit", "70,48,71,49", path]);
    let changed = difference(&bare, &with);
    assert!((0.25..0.95).contains(&changed), "{changed}");
    // South-west of Greenwich: negative numbers are values, not options.
    let west = picture(folder.path(), &["--fit", "-71,-49,-70,-48"]);
    assert!(difference(&bare, &west) > 0.1);
}
