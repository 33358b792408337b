//! Files that are packed once more: one file in gzip (RFC 1952), or alone in a zip archive.
//!
//! Invariant: no number in the file decides how much memory is taken.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::{ReadError, import, room};
use crate::data::{Fault, Source};

/// The begin of gzip with the one method that it has.
const GZIP: &[u8] = b"\x1f\x8b\x08";

/// What is packed, or the bytes as they are.
pub(super) fn unpacked(source: Source, path: &Path) -> Result<Source, ReadError> {
    let bytes = (*source).as_ref();
    let inside = if bytes.starts_with(GZIP) {
        Some(gunzipped(bytes, room::most_text()))
    } else {
        import::alone(bytes)
    };
    match inside {
        None => Ok(source),
        Some(Ok(bytes)) => Ok(Arc::new(bytes)),
        Some(Err(fault)) => Err(ReadError::new(path, fault)),
    }
}

fn gunzipped(bytes: &[u8], most: u64) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(most.saturating_add(1)).read_to_end(&mut out);
    if out.len() as u64 > most {
        return Err(Fault::Unpacked { most });
    }
    read.map(|_| out).map_err(|_| Fault::Archive)
}

/// How a file's name ends, in small letters and without what only says that it is packed.
#[must_use]
pub fn ending(path: &Path) -> String {
    let lower = |path: &Path| path.extension().map(|end| end.to_string_lossy().to_lowercase());
    let end = lower(path).unwrap_or_default();
    if end == "gz" { path.file_stem().and_then(|stem| lower(Path::new(stem))).unwrap_or(end) } else { end }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).expect("packed");
        packer.finish().expect("packed")
    }

    #[test]
    fn what_is_packed_comes_out_and_a_bomb_or_a_cut_does_not() {
        let packed = gzip(b"{}");
        let out = |bytes: &[u8]| unpacked(Arc::new(bytes.to_vec()), Path::new("a.geojson.gz"));
        assert_eq!((*out(&packed).expect("unpacked")).as_ref(), b"{}");
        assert_eq!((*out(b"{}").expect("as it is")).as_ref(), b"{}");
        let cut = out(&packed[..packed.len() - 4]).map(|_| ()).expect_err("cut");
        assert_eq!(cut.fault, Fault::Archive);
        let bomb = gzip(&vec![b' '; 1 << 20]);
        assert_eq!(gunzipped(&bomb, 1_000), Err(Fault::Unpacked { most: 1_000 }));
    }

    #[test]
    fn a_name_ends_as_what_is_packed_does() {
        let ends = |path: &str| ending(Path::new(path));
        assert_eq!(
            [ends("a.GeoJSON.gz"), ends("a.CSV"), ends("b.gz"), ends("c")],
            ["geojson", "csv", "gz", ""]
        );
    }
}
