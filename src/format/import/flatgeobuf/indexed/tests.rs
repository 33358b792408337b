//! Files of a grid of points, read through their index and with it spoiled.

use std::sync::{Arc, Mutex};

use super::*;
use crate::data::OutFormat;
use crate::format::Patient;
use crate::format::write::write;

const SIDE: usize = 40;

/// Bytes in memory that remember what was asked of them.
#[derive(Clone)]
struct Memory {
    bytes: Arc<Vec<u8>>,
    asked: Arc<Mutex<Vec<(u64, usize)>>>,
}

impl Memory {
    fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: Arc::new(bytes), asked: Arc::default() }
    }

    fn read(&self) -> usize {
        self.asked.lock().expect("a lock").iter().map(|(_, len)| len).sum()
    }
}

impl Pieces for Memory {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn piece(&self, from: u64, len: usize) -> Result<Vec<u8>, Fault> {
        self.asked.lock().expect("a lock").push((from, len));
        let from = usize::try_from(from).expect("a place");
        Ok(self.bytes[from..from + len].to_vec())
    }
}

/// A point at each whole degree of a square from 0, 0.
fn grid() -> Vec<u8> {
    let point = |number: usize| {
        let (x, y) = (number % SIDE, number / SIDE);
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{x},{y}]}},"properties":{{"at":"{x} {y}"}}}}"#
        )
    };
    let features: Vec<String> = (0..SIDE * SIDE).map(point).collect();
    let bytes: Vec<&[u8]> = features.iter().map(String::as_bytes).collect();
    let file = tempfile::NamedTempFile::new().expect("a file");
    write(OutFormat::FlatGeobuf, &bytes, "grid", file.path()).expect("written");
    std::fs::read(file.path()).expect("read")
}

fn open(memory: &Memory) -> Indexed {
    Indexed::open(Box::new(memory.clone())).expect("a file").expect("an index")
}

fn seen(indexed: &Indexed, boxes: &[[f64; 4]]) -> Vec<String> {
    let (source, batch) = indexed.within(boxes, &Patient).expect("read").expect("not too many");
    assert!(batch.problems.is_empty(), "{:?}", batch.problems);
    let text = String::from_utf8((*source).as_ref().to_vec()).expect("text");
    let mut names: Vec<String> = text
        .lines()
        .filter_map(|line| line.split("\"at\":\"").nth(1)?.split('"').next().map(str::to_owned))
        .collect();
    assert_eq!(names.len(), batch.places.len());
    names.sort();
    names
}

#[test]
fn a_view_has_its_features_and_little_else_is_read() {
    let memory = Memory::new(grid());
    let indexed = open(&memory);
    assert_eq!(indexed.count(), (SIDE * SIDE) as u64);
    assert_eq!(indexed.bounds, Some([0.0, 0.0, 39.0, 39.0]));
    assert_eq!(seen(&indexed, &[[9.5, 19.5, 11.5, 20.5]]), ["10 20", "11 20"]);
    assert!(memory.read() < memory.bytes.len() / 2, "{} of {}", memory.read(), memory.bytes.len());
    assert_eq!(seen(&indexed, &[[-1.0, -1.0, 0.5, 0.5], [38.5, 38.5, 50.0, 50.0]]), ["0 0", "39 39"]);
    assert!(seen(&indexed, &[[0.1, 0.1, 0.9, 0.9]]).is_empty());
    assert_eq!(seen(&indexed, &[[-180.0, -90.0, 180.0, 90.0]]).len(), SIDE * SIDE);
}

#[test]
fn a_file_without_an_index_is_read_whole() {
    let mut bytes = grid();
    let file = tempfile::NamedTempFile::new().expect("a file");
    let one: [&[u8]; 1] = [br#"{"type":"Feature","geometry":null,"properties":{}}"#];
    write(OutFormat::FlatGeobuf, &one, "none", file.path()).expect("written");
    let nowhere = std::fs::read(file.path()).expect("read");
    assert!(Indexed::open(Box::new(Memory::new(nowhere))).expect("read").is_none());
    bytes.truncate(200);
    assert!(!matches!(Indexed::open(Box::new(Memory::new(bytes))), Ok(Some(_))));
    assert!(matches!(Indexed::open(Box::new(Memory::new(b"{}".to_vec()))), Err(Fault::Broken { .. })));
    let other = b"{\"type\":\"FeatureCollection\"}".to_vec();
    assert!(matches!(Indexed::open(Box::new(Memory::new(other))), Err(Fault::UnknownFormat)));
}

#[test]
fn a_spoiled_index_is_told_or_leads_to_less_and_never_outside() {
    let good = grid();
    let sound = open(&Memory::new(good.clone()));
    let (index, features) = (sound.index as usize, sound.features as usize);
    let everywhere = [[-180.0, -90.0, 180.0, 90.0]];
    // `piece` panics where it is asked for bytes outside of the file.
    for at in (index..features).step_by(211) {
        let mut bad = good.clone();
        bad[at] ^= 0xff;
        let read = open(&Memory::new(bad)).within(&everywhere, &Patient).map(|read| read.is_some());
        assert!(
            matches!(read, Ok(_) | Err(Fault::Broken { .. } | Fault::NoFeatures { .. })),
            "{at}: {read:?}"
        );
    }
    let mut far = good.clone();
    far[index + 32..index + 40].copy_from_slice(&u64::MAX.to_le_bytes());
    assert!(matches!(open(&Memory::new(far)).within(&everywhere, &Patient), Err(Fault::Broken { .. })));
}
