//! Writes GeoJSON of any size, the same each time: what docs/performance.md measures with.
//!
//! `make_geojson lines|points FEATURES VERTICES OUT`: lines of so many vertices, or points with twelve properties.

use std::io::{BufWriter, Write};

/// Numbers from 0 to 1 that look random (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, features, vertices, out] = arguments.as_slice() else {
        anyhow::bail!("usage: make_geojson lines|points FEATURES VERTICES OUT");
    };
    let (features, vertices): (u64, u64) = (features.parse()?, vertices.parse()?);
    let mut out = BufWriter::new(std::fs::File::create(out)?);
    let mut dice = Dice(7);
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n")?;
    for number in 0..features {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        match kind.as_str() {
            "lines" => line(&mut out, &mut dice, (number, vertices))?,
            "points" => point(&mut out, &mut dice, number)?,
            other => anyhow::bail!("{other} is neither lines nor points"),
        }
    }
    out.write_all(b"\n]}\n")?;
    Ok(out.flush()?)
}

/// A walk that turns a little at each step.
fn line(out: &mut impl Write, dice: &mut Dice, (number, vertices): (u64, u64)) -> std::io::Result<()> {
    write!(
        out,
        r#"{{"type":"Feature","properties":{{"name":"Line {number}","n":{number}}},"geometry":{{"type":"LineString","coordinates":["#
    )?;
    let (mut lon, mut lat) = (dice.next() * 160.0 - 20.0, dice.next() * 95.0 - 30.0);
    let mut heading = dice.next() * std::f64::consts::TAU;
    for vertex in 0..vertices {
        heading += dice.next() - 0.5;
        lon = (lon + heading.cos() * 0.004).clamp(-179.0, 179.0);
        lat = (lat + heading.sin() * 0.003).clamp(-84.0, 84.0);
        let comma = if vertex > 0 { "," } else { "" };
        write!(out, "{comma}[{lon:.7},{lat:.7}]")?;
    }
    out.write_all(b"]}}")
}

fn point(out: &mut impl Write, dice: &mut Dice, number: u64) -> std::io::Result<()> {
    let (lon, lat) = (dice.next() * 340.0 - 170.0, dice.next() * 150.0 - 70.0);
    write!(out, r#"{{"type":"Feature","properties":{{"name":"Place {number}""#)?;
    for key in ["population", "elevation", "area", "year", "rank", "score"] {
        write!(out, r#","{key}":{}"#, (dice.next() * 1e5).round())?;
    }
    for key in ["country", "region", "status", "source", "remark"] {
        write!(out, r#","{key}":"{key} {}""#, (dice.next() * 100.0).round())?;
    }
    write!(out, r#"}},"geometry":{{"type":"Point","coordinates":[{lon:.7},{lat:.7}]}}}}"#)
}
