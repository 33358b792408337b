//! A view comes back from each kind of figure, and hostile figures do no harm.

use std::io::Cursor;

use image::{ImageFormat, RgbaImage};
use krilla::Document;
use krilla::embed::{AssociationKind, EmbeddedFile};
use miniz_oxide::deflate::compress_to_vec_zlib;

use super::*;

const VIEW: &str = r#"{"lon":80.42,"title":"霍尔果斯 <&> \"zone\" ]]"}"#;

fn plain_png() -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    RgbaImage::new(9, 7).write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

fn plain_pdf(name: &str, compress: Option<bool>, view: &str) -> Vec<u8> {
    let mut document = Document::new();
    document.start_page().finish();
    let other = |name: &str, data: &str| EmbeddedFile {
        path: name.to_owned(),
        mime_type: None,
        description: Some("a view".to_owned()),
        association_kind: AssociationKind::Source,
        data: data.as_bytes().to_vec().into(),
        modification_date: None,
        compress,
        location: None,
    };
    document.embed_file(other("another.json", "{}")).unwrap();
    document.embed_file(other(name, view)).unwrap();
    document.finish().unwrap()
}

/// A PDF in which the dictionary that names the file is packed into a stream of objects.
fn packed_pdf() -> Vec<u8> {
    let spec = format!("<</Type/Filespec/F({PDF_NAME})/UF({PDF_NAME})/EF<</F 7 0 R>>>>");
    let objects = format!("3 0 4 4 null{spec}");
    let objects = compress_to_vec_zlib(objects.replacen("null", "\nnull", 1).as_bytes(), 6);
    let view = compress_to_vec_zlib(VIEW.as_bytes(), 6);
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let head =
        format!("2 0 obj<</Type/ObjStm/N 2/First 8/Length {}/Filter/FlateDecode>>stream\n", objects.len());
    pdf.extend([head.as_bytes(), &objects, b"\nendstream endobj\n"].concat());
    let head = "7 0 obj\n<</Type /EmbeddedFile /Filter [/FlateDecode] /Length 8 0 R>>\nstream\r\n";
    pdf.extend([head.as_bytes(), &view, b"\r\nendstream\nendobj\n"].concat());
    pdf.extend(format!("8 0 obj\n{}\nendobj\n", view.len()).as_bytes());
    pdf
}

fn svg(content: &str) -> Vec<u8> {
    format!("<svg xmlns='x'><metadata>{{}}</metadata>\n<metadata\n id='{SVG_ID}'>{content}</metadata></svg>")
        .into()
}

#[test]
fn a_png_with_a_view_gives_it_back_and_looks_the_same() {
    let png = png_with(&plain_png(), VIEW).unwrap();
    assert_eq!(carried(&png).as_deref(), Some(VIEW));
    let decoded = image::load_from_memory(&png).unwrap().to_rgba8();
    assert_eq!(decoded, RgbaImage::new(9, 7));
    let reader = png::Decoder::new(Cursor::new(&png)).read_info().unwrap();
    let text = &reader.info().utf8_text[0];
    assert_eq!((text.keyword.as_str(), text.get_text().unwrap().as_str()), (PNG_KEYWORD, VIEW));
}

#[test]
fn a_second_view_takes_the_place_of_the_first() {
    let png = png_with(&png_with(&plain_png(), "{\"old\":1}").unwrap(), VIEW).unwrap();
    assert_eq!(png, png_with(&plain_png(), VIEW).unwrap());
}

#[test]
fn what_is_no_png_or_too_long_is_not_written() {
    assert_eq!(png_with(b"GIF89a", VIEW), None);
    assert_eq!(png_with(&plain_png()[..40], VIEW), None);
    assert_eq!(png_with(&plain_png(), &" ".repeat(MOST_BYTES + 1)), None);
}

#[test]
fn a_compressed_chunk_is_read_and_a_damaged_one_is_not() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().unwrap();
    let mut text = png::text_metadata::ITXtChunk::new(PNG_KEYWORD, VIEW);
    text.compressed = true;
    writer.write_text_chunk(&text).unwrap();
    writer.write_image_data(&[0; 4]).unwrap();
    writer.finish().unwrap();
    assert_eq!(carried(&bytes).as_deref(), Some(VIEW));

    let mut damaged = png_with(&plain_png(), VIEW).unwrap();
    let at = memchr::memmem::find(&damaged, b"80.42").unwrap();
    damaged[at] = b'9';
    assert_eq!(carried(&damaged), None);
}

#[test]
fn a_view_that_unpacks_without_end_is_refused() {
    let bomb = compress_to_vec_zlib(&vec![b' '; MOST_BYTES + 1], 9);
    let mut data = [PNG_KEYWORD.as_bytes(), &[0, 1, 0, 0, 0]].concat();
    data.extend(bomb);
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::new(&mut bytes, 1, 1).write_header().unwrap();
    writer.write_chunk(png::chunk::iTXt, &data).unwrap();
    writer.write_image_data(&[0]).unwrap();
    writer.finish().unwrap();
    assert_eq!(carried(&bytes), None);
}

#[test]
fn an_svg_gives_its_view_back_however_it_is_written() {
    assert_eq!(
        carried(&svg(" <![CDATA[{\"a\":\"</metadata>\"}]]> ")).as_deref(),
        Some("{\"a\":\"</metadata>\"}")
    );
    let escaped = VIEW.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    assert_eq!(carried(&svg(&format!("<!-- < & -->{escaped}"))).as_deref(), Some(VIEW));
    assert_eq!(carried(&svg("&#x7b;&#125;")).as_deref(), Some("{}"));
    assert_eq!(carried(&svg("{}<rdf/>")), None);
    assert_eq!(carried(b"<svg><metadata id='another'>{}</metadata></svg>"), None);
    assert_eq!(carried(b"<svg><metadata data-id='corridor-atlas-view'>{}</metadata></svg>"), None);
}

#[test]
fn a_pdf_gives_its_view_back_packed_or_not() {
    let long = format!("{{\"words\":\"{}\"}}", "endobj endstream 12 0 obj ".repeat(200));
    for compress in [None, Some(true), Some(false)] {
        for view in [VIEW, &long] {
            assert_eq!(carried(&plain_pdf(PDF_NAME, compress, view)).as_deref(), Some(view), "{compress:?}");
        }
        assert_eq!(carried(&plain_pdf("other-view.json", compress, VIEW)), None);
    }
    assert_eq!(carried(&packed_pdf()).as_deref(), Some(VIEW));
}

#[test]
fn the_newest_object_of_a_pdf_counts() {
    let mut pdf = packed_pdf();
    pdf.extend(b"7 0 obj<</Type/EmbeddedFile/Length 2>>stream\n{}\nendstream endobj\n");
    assert_eq!(carried(&pdf).as_deref(), Some("{}"));
}

#[test]
fn no_change_of_bytes_makes_the_reader_fall_over() {
    let figures = [
        png_with(&plain_png(), VIEW).unwrap(),
        svg("<![CDATA[{\"a\":1}]]>&amp;<!-- -->"),
        plain_pdf(PDF_NAME, Some(false), VIEW),
        packed_pdf(),
    ];
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random >> 33).unwrap() % below
    };
    for figure in &figures {
        for _ in 0..3000 {
            let mut bytes = figure.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes.truncate(at.max(1)),
                    1 => bytes[at] = b"0 9<>/()\xff"[next(9)],
                    2 => bytes[at] = u8::try_from(next(256)).unwrap(),
                    _ => bytes.extend_from_within(at..),
                }
                bytes.truncate(64 << 10);
            }
            if let Some(view) = carried(&bytes) {
                assert!(view.len() <= MOST_BYTES);
            }
        }
    }
}

#[test]
fn ten_thousand_streams_that_claim_the_whole_file_are_given_up_soon() {
    let bomb = compress_to_vec_zlib(&vec![0; MOST_BYTES - 1], 9);
    let mut pdf = b"%PDF-1.7\n".to_vec();
    for _ in 0..10_000 {
        pdf.extend(b"1 0 obj<</Type/ObjStm/First 0/Filter/FlateDecode/Length 9000>>stream\n");
    }
    pdf.extend([&bomb, b"endstream".as_slice()].concat());
    assert_eq!(carried(&pdf), None);
}
