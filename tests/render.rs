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

/// Where a place is drawn about another, in points right of and below it: the azimuthal equal-area projection of the
/// sphere (Snyder 1987, eq. 24-2 to 24-4), which on a picture so small is that of the ellipsoid.
fn equal_area([lon0, lat0]: [f64; 2], [lon, lat]: [f64; 2], metres_per_point: f64) -> [f64; 2] {
    let (lat0, lat, lon) = (lat0.to_radians(), lat.to_radians(), (lon - lon0).to_radians());
    let scale = (2.0 / (1.0 + lat0.sin() * lat.sin() + lat0.cos() * lat.cos() * lon.cos())).sqrt();
    let east = scale * lat.cos() * lon.sin();
    let north = scale * (lat0.cos() * lat.sin() - lat0.sin() * lat.cos() * lon.cos());
    [east, -north].map(|way| way * 6_371_007.0 / metres_per_point)
}

#[test]
fn an_equal_area_picture_has_land_and_files_where_the_formula_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let center: [f64; 2] = [60.0, 45.0];
    let places: [[f64; 2]; 5] = [[38.0, 20.8], [51.2, 25.3], [122.0, 52.0], [12.0, 62.0], [60.0, 45.0]];
    let file = folder.path().join("places.geojson");
    let boxes = places.map(|[lon, lat]| {
        let side = 0.8;
        let (west, south, east, north) = (lon - side, lat - side / 2.0, lon + side, lat + side / 2.0);
        format!("[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]")
    });
    let json = format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, boxes.join(","));
    std::fs::write(&file, json).expect("written");
    let path = file.to_str().expect("UTF-8");
    let view = ["--view", "60,45,2.6", "--projection", "equal-area", "--hide", "places,names,corridors"];
    let bare = picture(folder.path(), &view);
    let with = picture(folder.path(), &[&view[..], &[path]].concat());
    // Points of Web Mercator are so long there (a tile of 256 points is the equator at zoom 0).
    let metres_per_point =
        2.0 * std::f64::consts::PI * 6_378_137.0 * center[1].to_radians().cos() / (256.0 * 2.6_f64.exp2());
    let mut seen = 0;
    for place in places {
        let [right, down] = equal_area(center, place, metres_per_point);
        let (x, y) = (240.0 + right, 160.0 + down);
        assert!(
            (4.0..476.0).contains(&x) && (4.0..316.0).contains(&y),
            "{place:?} is on the picture: {x} {y}"
        );
        let at = |picture: &RgbaImage| picture.get_pixel(x as u32, y as u32).0;
        seen += usize::from(at(&bare).iter().zip(at(&with)).any(|(a, b)| a.abs_diff(b) > 6));
    }
    assert_eq!(seen, places.len(), "each box lies about its place");
    // The whole Earth is too wide, and nothing is written.
    let refused = Command::new(env!("CARGO_BIN_EXE_corridor-atlas"))
        .args(["render", "--view", "60,45,2", "--projection", "equal-area", "-o"])
        .arg(folder.path().join("wide.png"))
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && told.contains("too wide") && told.lines().count() == 1, "{told}");
    assert!(!folder.path().join("wide.png").exists());
}
