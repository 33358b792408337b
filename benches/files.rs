//! Opened files: reading beside the `geojson` crate on the same bytes, levels, triangles and hits, in steps of ten.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use corridor_atlas::atlas::Month;
use corridor_atlas::content::Content;
use corridor_atlas::data::{Dataset, Direction, Filter, RowSet, order};
use corridor_atlas::format::{self, Patient};
use corridor_atlas::geo::{Camera, LonLat, ScreenPoint, Size, Viewport};
use corridor_atlas::state::{Command, FileCommand, Subject, TableCommand, TimelineCommand};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Wavy lines of 250 vertices each.
fn lines(count: u32) -> String {
    let mut text = String::from(r#"{"type":"FeatureCollection","features":["#);
    for line in 0..count {
        let comma = if line > 0 { "," } else { "" };
        let _ = write!(
            text,
            r#"{comma}{{"type":"Feature","properties":{{"n":{line}}},"geometry":{{"type":"LineString","coordinates":["#
        );
        let (lon, lat) = (f64::from(line % 320) - 160.0, f64::from(line / 320 % 140) - 70.0);
        for vertex in 0..250 {
            let step = f64::from(vertex) * 0.01;
            let comma = if vertex > 0 { "," } else { "" };
            let _ = write!(text, "{comma}[{:.7},{:.7}]", lon + step, lat + (step * 9.0).sin());
        }
        text.push_str("]}}");
    }
    text.push_str("]}");
    text
}

/// Points with thirteen properties each, a date among them.
fn points(count: u32) -> String {
    let mut text = String::from(r#"{"type":"FeatureCollection","features":["#);
    for point in 0..count {
        let comma = if point > 0 { "," } else { "" };
        let _ = write!(text, r#"{comma}{{"type":"Feature","properties":{{"name":"Place {point}""#);
        for key in 0..11 {
            let _ = write!(text, r#","property {key}":"value {}""#, point * 7 + key);
        }
        let _ = write!(text, r#","opened":"{}-{:02}-01""#, 1990 + point % 36, 1 + point % 12);
        let (lon, lat) = (f64::from(point % 3_400) / 10.0 - 170.0, f64::from(point % 1_399) / 10.0 - 70.0);
        let _ = write!(text, r#"}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#);
    }
    text.push_str("]}");
    text
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("written");
    file
}

fn dataset(path: &Path) -> Dataset {
    let (source, batch) = format::read(path, &Patient).expect("reads");
    Dataset::new(source, batch).0
}

fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    let cases = [
        ("lines", lines(200)),
        ("lines", lines(2_000)),
        ("points", points(2_000)),
        ("points", points(20_000)),
    ];
    for (name, text) in cases {
        let file = file(&text);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let label = format!("{name} {} MB", text.len() as f64 / 1e6);
        group.bench_function(BenchmarkId::new("atlas", &label), |bench| {
            bench.iter(|| format::read(file.path(), &Patient).expect("reads").1);
        });
        group.bench_function(BenchmarkId::new("geojson", &label), |bench| {
            bench.iter(|| {
                let text = std::fs::read_to_string(file.path()).expect("text");
                text.parse::<geojson::GeoJson>().expect("parses")
            });
        });
    }
    group.finish();
}

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("levels and index");
    group.sample_size(10);
    for count in [200, 2_000] {
        let file = file(&lines(count));
        group.throughput(Throughput::Elements(u64::from(count) * 250));
        group.bench_function(BenchmarkId::from_parameter(count * 250), |bench| {
            bench.iter_batched(
                || format::read(file.path(), &Patient).expect("reads"),
                |(source, batch)| Dataset::new(source, batch),
                criterion::BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

fn hits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hit");
    for count in [200, 2_000, 20_000] {
        let dataset = dataset(file(&lines(count)).path());
        let size = Size { width: 1280.0, height: 800.0 };
        let viewport = Viewport::clamped(Camera::new(LonLat::new(20.0, 10.0), 5.0), size);
        group.bench_function(BenchmarkId::new("lines", count * 250), |bench| {
            bench.iter(|| dataset.lines_near(&viewport, ScreenPoint::new(640.0, 400.0), 12.0));
        });
    }
    group.finish();
}

fn tables(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("table");
    for count in [10_000, 100_000] {
        let dataset = dataset(file(&points(count)).path());
        let table = format::columns(&dataset);
        let wanted = "`property 3` contains \"7\" and name contains \"9\"";
        group.bench_function(BenchmarkId::new("filter", count), |bench| {
            let filter = Filter::parse(wanted).expect("a filter");
            bench.iter(|| filter.rows(&table).expect("columns"));
        });
        let all = RowSet::all(table.rows());
        for name in ["name", "property 3"] {
            let column = table.column(name).expect("a column");
            group.bench_function(BenchmarkId::new(format!("sort by {name}"), count), |bench| {
                bench.iter(|| order(&all, Some((column, Direction::Falling))));
            });
        }
    }
    group.finish();
}

/// What a person waits for with the table open: another filter with its facets, another column to sort by, another
/// month.
fn answers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("answer");
    group.sample_size(20);
    for count in [10_000, 100_000] {
        let mut state = Content::embedded().expect("the embedded content reads").state;
        let dataset = Arc::new(dataset(file(&points(count)).path()));
        let paths = vec![PathBuf::from("points.geojson")];
        let mut ask = |command: Command| drop(state.apply(command));
        ask(Command::File(FileCommand::Open { paths, fits: false }));
        let key = || "points".to_owned();
        ask(Command::File(FileCommand::Read { key: key(), dataset: Arc::clone(&dataset) }));
        let table = Arc::new(format::columns(&dataset));
        ask(Command::File(FileCommand::Columns { key: key(), table }));
        ask(Command::Table(TableCommand::Open(Subject::File(key()))));
        let mut turn = 0_u32;
        group.bench_function(BenchmarkId::new("filter", count), |bench| {
            bench.iter(|| {
                turn += 1;
                let text = format!("name contains {}", turn % 10);
                ask(Command::Table(TableCommand::Filter { of: Subject::File(key()), text }));
            });
        });
        ask(Command::Table(TableCommand::Filter { of: Subject::File(key()), text: String::new() }));
        group.bench_function(BenchmarkId::new("sort", count), |bench| {
            bench.iter(|| ask(Command::Table(TableCommand::Sort { column: "property 3".to_owned() })));
        });
        let mut month = 0;
        group.bench_function(BenchmarkId::new("month", count), |bench| {
            bench.iter(|| {
                month = (month + 7) % 400;
                let until = Some(Month::new(1990, 1).plus(month));
                ask(Command::Timeline(TimelineCommand::Show(until)));
            });
        });
    }
    group.finish();
}

criterion_group!(benches, read, build, hits, tables, answers);
criterion_main!(benches);
