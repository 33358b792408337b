//! Systems held against published examples and against the numbers of PROJ.

use proptest::prelude::*;

use super::*;
use crate::geo::{LonLat, distance_m};

fn system(code: u32) -> System {
    System::of_code(table::authority(code), code).expect("a known code")
}

/// Metres between where a system has some numbers and where they should be.
fn missed(system: &System, numbers: [f64; 2], [lon, lat]: [f64; 2]) -> f64 {
    let [own_lon, own_lat] = system.degrees(numbers).unwrap_or_else(|| panic!("{}: no place", system.name));
    distance_m(LonLat::new(own_lon, own_lat), LonLat::new(lon, lat))
}

#[test]
#[ignore]
fn scratch_all() {
    let text = std::fs::read_to_string("/tmp/crs/check.tsv").unwrap();
    let (mut bad, mut n) = (0, 0);
    for line in text.lines() {
        let c: Vec<f64> = line.split('\t').map(|v| v.parse().unwrap()).collect();
        let code = c[0] as u32;
        let Ok(s) = System::of_code("EPSG", code) else { println!("{code} does not resolve {:?}", table::row(code)); bad += 1; continue };
        n += 1;
        match s.degrees([c[1], c[2]]) {
            None => { println!("{code} none {:?} {:?}", &c[1..], table::row(code).unwrap().params); bad += 1; }
            Some([lon, lat]) => {
                if !c[3].is_finite() { println!("{code} oracle inf"); continue; }
                let d = distance_m(LonLat::new(lon, lat), LonLat::new(c[3], c[4]));
                if !(d < 0.05) { println!("{code} {d} {} {:?}", s.name, table::row(code).unwrap().params); bad += 1; }
            }
        }
    }
    println!("{n} {bad} bad");
}
