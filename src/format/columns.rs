//! The properties of all features, read from their bytes into columns.

use super::scan::{Scan, Stuck, text};
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
    let (mut own_id, mut has_id) = (None, false);
    let read = scan.each_member(|key, scan| match key {
        b"id" => {
            own_id = Some(*scan);
            builder.name("id");
            scan.skip()
        }
        b"properties" if scan.peek()? == b'{' => scan.each_member(|key, scan| {
            let name = text(key);
            has_id |= name == "id";
            value(scan, |cell| builder.set(&name, cell))
        }),
        _ => scan.skip(),
    });
    if let Some(mut scan) = own_id.filter(|_| !has_id) {
        value(&mut scan, |cell| builder.set("id", cell))?;
    }
    read
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
        // null, and the NaN and Infinity of writers that do not know JSON.
        b'n' | b'N' | b'I' => {}
        b't' => set(Cell::Bool(true)),
        b'f' => set(Cell::Bool(false)),
        _ => match (written.parse::<i64>(), written.parse::<f64>()) {
            (Ok(integer), _) => set(Cell::Integer(integer)),
            (_, Ok(real)) if real.is_finite() => set(Cell::Real(real)),
            (_, Ok(_)) => {}
            _ => set(Cell::Text(&written)),
        },
    }
    Ok(())
}
