//! Mended copies: what is wrong is put right, positions become degrees, and a log beside it tells what was done.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CliError;
use super::picture::is_same;
use super::unfinished::Unfinished;
use crate::data::{Placed, Source};
use crate::doctor::{self, Done, Fix, Mended};
use crate::format::{self, Patient, ReadAs, placed_text};
use crate::geo::crs::Suspicion;
use crate::i18n::Strings;

/// Bytes at the begin of a file that tell whether it is text.
const LOOKED_AT: usize = 1 << 12;

/// Where it is written what was mended.
pub(crate) fn log_path(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".log.txt");
    name.into()
}

/// Mends a file into a copy with a log beside it; how many things were done.
///
/// # Errors
/// Where the file does not read, is no `GeoJSON`, has numbers of which only a person knows what they are, or one of
/// the two cannot be written.
pub(crate) fn write_mended(
    strings: &Strings,
    (input, source): (&Path, &Source),
    (read_as, output): (&ReadAs, &Path),
) -> Result<usize, CliError> {
    if is_same(input, output) {
        return Err(CliError::OwnInput { path: output.to_owned() });
    }
    let bytes = (**source).as_ref();
    if format::named(bytes, input).is_some() || !seems_geojson(bytes, input) {
        return Err(CliError::Usage(format!("{}: only GeoJSON can be mended", input.display())));
    }
    // Of a page or of XML a mended copy would keep nothing.
    if matches!(bytes.trim_ascii_start().first(), Some(b'<')) {
        return Err(CliError::Usage(format!("{}: this is a web page or XML, not GeoJSON", input.display())));
    }
    let recoded = format::recoded(bytes).map(|text| -> Source { Arc::new(text) });
    let (text, turned) = in_degrees(input, recoded.as_ref().unwrap_or(source), read_as)?;
    let bytes = (*text).as_ref();
    let mut mended = doctor::mend(bytes);
    let is_changed = mended.text != bytes;
    let copied: Source = Arc::new(std::mem::take(&mut mended.text));
    if is_changed && has_no_feature(&copied) {
        let why = format!("{}: no feature in it could be kept, so there is no mended copy", input.display());
        return Err(CliError::Usage(why));
    }
    let of_all = [(turned.is_some(), Fix::Placed), (recoded.is_some(), Fix::Decoded)];
    for (_, fix) in of_all.into_iter().filter(|(is_done, _)| *is_done) {
        mended.log.insert(0, Done { fix, byte: 0, feature: None, of: None });
    }
    let log = log_of(strings, (input, bytes), &mended, turned.as_ref());
    let (copy, beside) = (Unfinished::beside(output)?, Unfinished::beside(&log_path(output))?);
    copy.finish(|out| out.write_all((*copied).as_ref()))?;
    beside.finish(|out| out.write_all(log.as_bytes()))?;
    Ok(mended.log.len())
}

fn has_no_feature(text: &Source) -> bool {
    let read = format::read_source(Arc::clone(text), Path::new("mended.geojson"), &Patient);
    read.is_ok_and(|(_, batch)| batch.places.is_empty())
}

/// The text with its positions in degrees, its lines as they were, and how they were placed where they were others.
fn in_degrees(input: &Path, text: &Source, read_as: &ReadAs) -> Result<(Source, Option<Placed>), CliError> {
    // What is broken beyond reading is mended as it stands.
    let Ok((read, batch)) = format::read_source_as(Arc::clone(text), input, (read_as, &Patient)) else {
        return Ok((Arc::clone(text), None));
    };
    let start = |source: &Source| (**source).as_ref().as_ptr();
    let is_turned = start(&read) != start(text);
    match batch.doubt {
        Some(doubt) if doubt.suspicion == Suspicion::Swapped && *read_as == ReadAs::default() => {
            in_degrees(input, text, &ReadAs { swap: true, ..ReadAs::default() })
        }
        Some(doubt) if doubt.hides() && read_as.crs.is_none() => {
            Err(CliError::Doubt { path: input.to_owned(), doubt })
        }
        _ => Ok((read, batch.placed.filter(|_| is_turned))),
    }
}

fn log_of(
    strings: &Strings,
    (input, bytes): (&Path, &[u8]),
    mended: &Mended,
    turned: Option<&Placed>,
) -> String {
    let name = input.file_name().unwrap_or(input.as_os_str()).to_string_lossy();
    let mut log = strings.doctor.log_title.fill("name", &name);
    log.push('\n');
    let mut done: Vec<_> = mended.log.iter().collect();
    done.sort_by_key(|done| done.byte);
    let places = doctor::places(bytes, done.iter().map(|done| done.byte));
    for (done, place) in done.into_iter().zip(places) {
        let row = done.feature.map(|row| format!("#{}, ", u64::from(row) + 1)).unwrap_or_default();
        let told = doctor::done_told(strings, done);
        let how = turned.filter(|_| done.fix == Fix::Placed);
        let how = how.map(|how| format!(" ({})", placed_text::placed(strings, how))).unwrap_or_default();
        let _ = writeln!(log, "{row}{}: {told}{how}", placed(strings, place));
    }
    log
}

/// By its name, or because it begins as `GeoJSON` or a broken one would; a picture is none, whatever it is called.
pub(crate) fn seems_geojson(bytes: &[u8], path: &Path) -> bool {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    // Text in UTF-16 and UTF-32 has zeros, and a mark at its begin.
    let is_text = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || !head.contains(&0);
    let end = format::ending(path);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let begins_so = matches!(first, None | Some(b'{' | b'[' | b'"' | 0x1e | 0xef));
    is_text && (format::EXTENSIONS.contains(&end.as_str()) || begins_so)
}

/// Where something stands, in words.
pub(super) fn placed(strings: &Strings, (line, column): (u64, u64)) -> String {
    let (line, column) = (line.to_string(), column.to_string());
    strings.doctor.place.fill_all(&[("line", &line), ("column", &column)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    /// The mended text and its log, or why there is none.
    fn mended(text: &str, read_as: &ReadAs) -> Result<(String, String), String> {
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("mended.geojson");
        let source: Source = Arc::new(text.as_bytes().to_vec());
        let strings = Strings::embedded(Language::En);
        let done = write_mended(strings, (Path::new("a.geojson"), &source), (read_as, &output));
        done.map_err(|error| error.to_string())?;
        let read = |path: &Path| std::fs::read_to_string(path).expect("written");
        Ok((read(&output), read(&log_path(&output))))
    }

    fn points(crs: &str, places: &[[f64; 2]]) -> String {
        let feature = |[x, y]: &[f64; 2]| {
            let point = format!("{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}");
            format!("{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{point}}}")
        };
        let features: Vec<String> = places.iter().map(feature).collect();
        format!("{{\"type\":\"FeatureCollection\",{crs}\"features\":[\n{}]}}", features.join(",\n"))
    }

    fn named(code: &str) -> String {
        format!("\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"{code}\"}}}},")
    }

    #[test]
    fn a_copy_is_in_degrees_and_its_log_says_from_which_system() {
        let metres = points(&named("urn:ogc:def:crs:EPSG::3857"), &[[8_951_203.0, 5_493_812.0]]);
        let (text, log) = mended(&metres, &ReadAs::default()).expect("mended");
        assert!(text.contains("\"coordinates\":[80.4") && !text.contains("crs"), "{text}");
        assert!(log.contains("degrees of WGS84 now (EPSG:3857"), "{log}");
    }

    #[test]
    fn swapped_numbers_are_swapped_and_numbers_of_no_known_system_are_asked_about() {
        let places = [[44.2, 110.4], [43.8, 117.6], [39.9, 116.4], [45.7, 126.6]];
        let (text, log) = mended(&points("", &places), &ReadAs::default()).expect("mended");
        assert!(text.contains("[110.4,44.2]") && log.contains("numbers swapped"), "{text} {log}");
        let places = [[434_000.0, 4_420_000.0], [448_000.0, 4_418_000.0]];
        let fault = mended(&points("", &places), &ReadAs::default()).expect_err("asked");
        assert!(fault.contains("--crs"), "{fault}");
        let read_as = ReadAs { crs: format::Crs::of_name("EPSG:32650"), ..ReadAs::default() };
        let (text, _) = mended(&points("", &places), &read_as).expect("mended");
        assert!(text.contains("\"coordinates\":[116.2"), "{text}");
    }

    #[test]
    fn a_system_that_says_nothing_goes_and_one_that_nobody_knows_stays() {
        let (text, _) =
            mended(&points(&named("urn:ogc:def:crs:OGC:1.3:CRS84"), &[[80.4, 44.2]]), &ReadAs::default())
                .expect("mended");
        assert_eq!(text, points("", &[[80.4, 44.2]]));
        let unknown = points(&named("urn:example:grid"), &[[80.4, 44.2]]);
        let (text, log) = mended(&unknown, &ReadAs::default()).expect("mended");
        assert!(text == unknown && log.contains("left as it is"), "{text} {log}");
    }

    #[test]
    fn of_what_has_no_feature_there_is_no_copy() {
        for text in ["", "{}", "just words"] {
            let fault = mended(text, &ReadAs::default()).expect_err(text);
            assert!(fault.contains("no feature in it"), "{text}: {fault}");
        }
        let seems = |bytes: &[u8], name: &str| seems_geojson(bytes, Path::new(name));
        assert!(seems(b"\xff\xfe{\0}\0", "a.geojson") && seems(b"{", "a") && seems(b"oops {", "a.json"));
        assert!(!seems(b"\xff\xd8\xff\xe0\0\x10JFIF", "a.geojson") && !seems(b"words", "a.txt"));
    }
}
