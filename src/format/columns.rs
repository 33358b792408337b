//! The properties of all features, read from their bytes into columns.

use std::borrow::Cow;

use super::scan::{Scan, Stuck};
use crate::data::{Cell, Dataset, Table, TableBuilder};

/// Reads what every feature of a dataset says of itself; its own id is the column `id` unless a property is
/// called so. What does not parse is left out: the reader told of it already.
#[must_use]
pub fn columns(dataset: &Dataset) -> Table {
    let rows = dataset.len() as u32;
    let part = |rows: std::ops::Range<u32>| {
        let mut builder = TableBuilder::default();
        for row in rows {
            builder.row();
            let bytes = dataset.bytes(row).unwrap_or_default();
            // A feature that ends too early has what stood before.
            let _ = feature(&mut Scan::new(bytes, 0), &mut builder);
        }
        builder
    };
    let (mut first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| part(rows / 2..rows));
        (part(0..rows / 2), second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    first.append(second);
    first.finish()
}

fn feature(scan: &mut Scan<'_>, builder: &mut TableBuilder) -> Result<(), Stuck> {
    each_member(scan, |key, scan| match key {
        b"id" => value(scan, |cell| builder.set("id", cell)),
        b"properties" if scan.peek()? == b'{' => each_member(scan, |key, scan| {
            let name = text(key);
            value(scan, |cell| builder.set(&name, cell))
        }),
        _ => scan.skip(),
    })
}

/// Every key of an object, the scan in front of its value.
fn each_member<'a>(
    scan: &mut Scan<'a>,
    mut member: impl FnMut(&'a [u8], &mut Scan<'a>) -> Result<(), Stuck>,
) -> Result<(), Stuck> {
    scan.expect(b'{')?;
    if scan.takes(b'}')? {
        return Ok(());
    }
    loop {
        let key = scan.string()?;
        scan.expect(b':')?;
        scan.peek()?;
        member(key, scan)?;
        if !scan.takes(b',')? {
            return scan.expect(b'}');
        }
    }
}

/// Hands over the value that stands next; null is none.
fn value<'a>(scan: &mut Scan<'a>, mut set: impl FnMut(Cell<'_>)) -> Result<(), Stuck> {
    let first = scan.peek()?;
    if first == b'"' {
        set(Cell::Text(&text(scan.string()?)));
        return Ok(());
    }
    let start = scan.at;
    scan.skip()?;
    let bytes: &'a [u8] = scan.bytes;
    let written = String::from_utf8_lossy(&bytes[start..scan.at]);
    match first {
        b'{' | b'[' => set(Cell::Json(&written)),
        b'n' => {}
        b't' => set(Cell::Bool(true)),
        b'f' => set(Cell::Bool(false)),
        _ => match (written.parse::<i64>(), written.parse::<f64>()) {
            (Ok(integer), _) => set(Cell::Integer(integer)),
            (_, Ok(real)) if real.is_finite() => set(Cell::Real(real)),
            _ => set(Cell::Text(&written)),
        },
    }
    Ok(())
}

/// A string as it is meant: most have no escapes and are taken as they stand.
fn text(raw: &[u8]) -> Cow<'_, str> {
    if memchr::memchr(b'\\', raw).is_some() {
        let quoted = [b"\"", raw, b"\""].concat();
        if let Ok(text) = serde_json::from_slice::<String>(&quoted) {
            return Cow::Owned(text);
        }
    }
    String::from_utf8_lossy(raw)
}
