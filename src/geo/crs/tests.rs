//! Systems held against published examples and against the numbers of PROJ.

use proptest::prelude::*;

use super::*;

/// Of each kind one: a code, numbers in it, and where they lie in WGS84 by PROJ 9.5.1, with the shift that the table
/// names (null where it names none).
const BY_PROJ: &[(u32, [f64; 2], [f64; 2])] = &[
    (3857, [33_395.847, 22_263.943], [0.3, 0.2]),
    (32644, [524_767.346, 4_672_025.939], [81.3, 42.2]),
    (4527, [39_526_898.088, 4_034_408.256], [117.3, 36.44]),
    (4498, [20_527_228.975, 3_926_778.364], [117.3, 35.47]),
    // EPSG:15921, Beijing 1954 to WGS 84 (4).
    (21413, [13_597_341.491, 4_257_557.621], [76.114_399_9, 38.445_261_4]),
    // EPSG:15920, Beijing 1954 to WGS 84 (3).
    (2436, [526_898.539, 4_034_479.74], [117.300_653_1, 36.440_244_5]),
    (2327, [13_597_339.906, 4_257_484.25], [76.115, 38.445]),
    (4573, [18_528_286.767, 3_564_132.889], [105.3, 32.2]),
    // Seoul and Busan; EPSG:5191, Korean 1985 to WGS 84 (1).
    (5174, [197_984.025, 451_583.736], [126.977_969_2, 37.566_535]),
    (2097, [389_267.498, 188_689.281], [129.075_6, 35.179_6]),
    (5179, [1_118_696.839, 1_627_514.603], [128.795, 34.635]),
    (5186, [227_071.325, 370_873.948], [127.3, 35.935]),
    // EPSG:15865, Pulkovo 1942 to WGS 84 (16).
    (28412, [12_514_076.641, 5_663_284.181], [69.2, 51.1]),
    // EPSG:1825, Hong Kong 1980 to WGS 84 (1).
    (2326, [835_559.642, 817_895.755], [114.17, 22.3]),
    // EPSG:9234, Kalianpur 1962 to WGS 84 (5).
    (24313, [520_117.792, 3_633_269.027], [75.214_151_6, 32.839_825_2]),
    // EPSG:6960, VN-2000 to WGS 84 (2).
    (3405, [539_574.293, 1_776_160.696], [105.371_829_6, 16.064_000_8]),
    (2443, [10_976.161, -216_202.92], [129.615, 31.05]),
    // London; EPSG:1314, OSGB36 to WGS 84 (6).
    (27700, [530_043.195, 180_358.209], [-0.127_6, 51.507_2]),
    (2154, [513_095.497, 6_608_996.063], [0.56, 46.555]),
    // Prague; EPSG:15965, S-JTSK to WGS 84 (3).
    (5514, [-743_017.932, -1_043_830.86], [14.42, 50.08]),
    (3035, [3_995_332.923, 3_540_271.809], [4.925, 54.865]),
    (102_025, [700_334.921, 2_185_727.939], [105.3, 47.7]),
    (54_009, [30_066.713, 24_728.954], [0.3, 0.2]),
    // EPSG:15484, Tokyo to WGS 84 (108).
    (4301, [138.74, 33.155], [138.736_946_8, 33.158_492_5]),
];

/// The worked examples of the EPSG's Guidance Note 7-2: a system without a shift, degrees in it, and its numbers.
const BY_EPSG: &[(&str, [f64; 2], [f64; 2])] = &[
    // Transverse Mercator: OSGB 1936 / British National Grid.
    (
        "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +a=6377563.396 +rf=299.32496",
        [0.5, 50.5],
        [577_274.99, 69_740.5],
    ),
    // Lambert Conic Conformal (1SP): JAD69 / Jamaica National Grid.
    (
        "+proj=lcc +lat_1=18 +lat_0=18 +lon_0=-77 +k_0=1 +x_0=250000 +y_0=150000 +a=6378206.4 +rf=294.97870",
        [-(76.0 + 56.0 / 60.0 + 37.26 / 3_600.0), 17.0 + 55.0 / 60.0 + 55.8 / 3_600.0],
        [255_966.58, 142_493.51],
    ),
    // Mercator (variant A): Makassar / NEIEZ.
    (
        "+proj=merc +lon_0=110 +k=0.997 +x_0=3900000 +y_0=900000 +a=6377397.155 +rf=299.15281",
        [120.0, -3.0],
        [5_009_726.58, 569_150.82],
    ),
    // Mercator (variant B): Pulkovo 1942 / Caspian Sea Mercator.
    ("+proj=merc +lat_ts=42 +lon_0=51 +a=6378245 +rf=298.3", [53.0, 53.0], [165_704.29, 5_171_848.07]),
    // Popular Visualisation Pseudo-Mercator.
    (
        "+proj=merc +a=6378137 +b=6378137",
        [-(100.0 + 20.0 / 60.0), 24.0 + 22.0 / 60.0 + 54.433 / 3_600.0],
        [-11_169_055.58, 2_800_000.0],
    ),
    // Lambert Azimuthal Equal Area: ETRS89-extended / LAEA Europe.
    (
        "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80",
        [5.0, 50.0],
        [3_962_799.45, 2_999_718.85],
    ),
    // Oblique Stereographic: Amersfoort / RD New.
    (
        "+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +a=6377397.155 +rf=299.15281",
        [6.0, 53.0],
        [196_105.28, 557_057.74],
    ),
    // Polar Stereographic (variant A): WGS 84 / UPS North.
    (
        "+proj=stere +lat_0=90 +lon_0=0 +k=0.994 +x_0=2000000 +y_0=2000000 +datum=WGS84",
        [44.0, 73.0],
        [3_320_416.75, 632_668.43],
    ),
];

fn system(code: u32) -> System {
    System::of_code(table::authority(code), code).expect("a known code")
}

/// Metres between where a system has some numbers and where they should be.
fn missed(system: &System, numbers: [f64; 2], [lon, lat]: [f64; 2]) -> f64 {
    let [own_lon, own_lat] = system.degrees(numbers).unwrap_or_else(|| panic!("{}: no place", system.name));
    distance_m(LonLat::new(own_lon, own_lat), LonLat::new(lon, lat))
}

#[test]
fn places_lie_where_proj_has_them() {
    for &(code, numbers, place) in BY_PROJ {
        let system = system(code);
        let missed = missed(&system, numbers, place);
        assert!(missed < 0.02, "{code} {}: {missed} m", system.name);
    }
}

#[test]
fn the_worked_examples_of_the_epsg_come_out() {
    for &(text, place, [x, y]) in BY_EPSG {
        let system = System::of_text(text).expect(text);
        let [own_x, own_y] = system.numbers(place).expect(text);
        assert!((own_x - x).hypot(own_y - y) < 0.02, "{text}: {own_x} {own_y}");
        assert!(missed(&system, [x, y], place) < 0.02, "{text}");
    }
}

#[test]
fn every_code_of_the_table_makes_a_system_that_says_its_accuracy() {
    for row in table::rows() {
        let system = system(row.code);
        let is_wgs84 = row.datum == 6326;
        assert!(is_wgs84 == (system.accuracy_m == 0.0), "{} {}", row.code, system.accuracy_m);
        assert!(system.accuracy_m <= 1_500.0 && !system.name.is_empty(), "{}", row.code);
    }
}

#[test]
fn datums_that_proj_strings_leave_unshifted_are_shifted_or_said_to_be_off() {
    for (code, shift, accuracy_m) in [
        (5174, Some(5191), 1.0),
        (4162, Some(5191), 1.0),
        (4490, None, 1.0),
        (2327, None, 130.0),
        (4610, None, 130.0),
        (4573, None, 150.0),
        (28412, Some(15865), 5.0),
        (27700, Some(1314), 2.0),
    ] {
        let system = system(code);
        assert_eq!(system.shift.map(|shift| shift.code), shift, "{code}");
        assert_eq!(system.accuracy_m, accuracy_m, "{code}");
    }
    let beijing = system(21415);
    assert!(beijing.shift.is_some() && (15.0..200.0).contains(&beijing.accuracy_m), "{}", beijing.accuracy_m);
    let seoul = LonLat::new(126.978, 37.5665);
    let moved = system(5174).shift_m(seoul).expect("a shift");
    assert!((300.0..450.0).contains(&moved), "{moved} m");
    assert_eq!(system(5179).shift_m(seoul), None);
}

#[test]
fn other_names_of_web_mercator_and_of_degrees_are_known() {
    let horgos = system(3857).numbers([80.4, 44.2]).expect("a place");
    for code in [3785, 900_913, 102_100, 102_113] {
        assert!(missed(&system(code), horgos, [80.4, 44.2]) < 1e-3, "{code}");
    }
    for (authority, code) in [("OGC", 84), ("epsg", 4326), ("EPSG", 4979), ("EPSG", 4258)] {
        let system = System::of_code(authority, code).expect("known");
        assert_eq!(system.degrees([80.4, 44.2]).map(|[lon, _]| (lon * 1e9).round()), Some(80.4e9), "{code}");
    }
    assert!(System::of_code("MINE", 3857).is_err() && System::of_code("EPSG", 1).is_err());
}

const BEIJING_PRJ: &str = r#"PROJCS["Beijing_1954_GK_Zone_13",GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",13500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",75.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;

#[test]
fn a_prj_without_a_shift_gets_that_of_its_datum_and_place() {
    let read = System::of_text(BEIJING_PRJ).expect("known");
    assert_eq!(read.name, "Beijing_1954_GK_Zone_13");
    assert_eq!(read.code, Some(("EPSG", 21413)));
    let (_, numbers, place) = BY_PROJ[4];
    assert!(missed(&read, numbers, place) < 0.02);
    // A meridian that no code has is placed with the datum's own shift.
    let own = System::of_text(&BEIJING_PRJ.replace("75.0", "76.25")).expect("known");
    assert!(own.code.is_none() && own.shift.is_some() && own.accuracy_m > 15.0);
}

#[test]
fn both_editions_of_well_known_text_are_read() {
    let second = r#"PROJCRS["WGS 84 / UTM zone 44N",BASEGEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]],ENSEMBLEACCURACY[2.0]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],CONVERSION["UTM zone 44N",METHOD["Transverse Mercator"],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",81,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",0.9996,SCALEUNIT["unity",1]],PARAMETER["False easting",500000,LENGTHUNIT["metre",1]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["(E)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["metre",1]]]"#;
    let read = System::of_text(second).expect("known");
    assert_eq!((read.code, read.accuracy_m), (Some(("EPSG", 32644)), 0.0));
    let web = r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#;
    let (_, numbers, place) = BY_PROJ[0];
    assert!(missed(&System::of_text(web).expect("known"), numbers, place) < 0.02);
    let odd = System::of_text(
        r#"PROJCS["My own",GEOGCS["g",DATUM["d",SPHEROID["s",6378245,298.3]]],PROJECTION["Nobody_Knows"]]"#,
    );
    assert_eq!(odd.err().map(|unknown| unknown.name), Some("My own".to_owned()));
}

#[test]
fn a_string_of_proj_says_how_exact_it_is() {
    for (text, accuracy_m) in [
        ("+proj=utm +zone=44 +datum=WGS84", 0.0),
        ("+proj=utm +zone=44 +ellps=GRS80", 5.0),
        ("+proj=tmerc +lon_0=75 +ellps=krass +towgs84=15.8,-154.4,-82.3", 30.0),
        ("+proj=tmerc +lon_0=75 +ellps=krass", 1000.0),
    ] {
        assert_eq!(System::of_text(text).expect(text).accuracy_m, accuracy_m, "{text}");
    }
    assert!(System::of_text("+proj=nothing").is_err() && System::of_text("").is_err());
}

#[test]
fn what_lies_off_a_system_is_no_place() {
    let utm = system(32644);
    assert_eq!(utm.degrees([1e9, 1e9]), None);
    assert_eq!(utm.degrees([f64::NAN, 0.0]), None);
    assert_eq!(system(4214).degrees([80.0, 95.0]), None);
    // Around the world and on.
    let east = system(3857).degrees([20_137_508.0, 0.0]).expect("a place");
    assert!((east[0] + 179.1).abs() < 0.1, "{east:?}");
}

#[test]
fn nesting_without_end_is_refused() {
    for open in ["PROJCS[", "GEOGCS[\"a\",", "PROJCS(\"a\",GEOGCS("] {
        assert!(System::of_text(&open.repeat(200_000)).is_err(), "{open}");
        assert!(System::of_text(&open.repeat(2_000)).is_err(), "{open}");
    }
}

proptest! {
    #[test]
    fn no_numbers_are_too_much(x in proptest::num::f64::ANY, y in proptest::num::f64::ANY, at in 0_usize..BY_PROJ.len()) {
        if let Some([lon, lat]) = system(BY_PROJ[at].0).degrees([x, y]) {
            prop_assert!((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat));
        }
    }

    #[test]
    fn grids_of_the_region_come_back(lon in 117.1..119.9_f64, lat in 20.0..50.0_f64) {
        for code in [4528, 2364, 2437, 32650, 3857] {
            let system = system(code);
            let numbers = system.numbers([lon, lat]).expect("a place");
            prop_assert!(missed(&system, numbers, [lon, lat]) < 0.01, "{}", code);
        }
    }

    #[test]
    fn no_text_is_too_much(text in "(PROJCS|GEOGCS|DATUM|UNIT|PROJECTION|[\\[\\]\",a0.+= ]){0,24}") {
        let _ = System::of_text(&text);
    }
}
