//! The view that a figure carries, so that the figure can be opened again where it was taken.
//!
//! A view is a short JSON text. PNG has it as an `iTXt` chunk, SVG as a `<metadata>` element, PDF as an
//! embedded file. Reading trusts nothing: a figure may have gone through other programs, or come from
//! a stranger.

mod pdf;

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// The keyword of the chunk in a PNG.
pub const PNG_KEYWORD: &str = "Corridor Atlas view";
/// The id of the `<metadata>` element in an SVG.
pub(super) const SVG_ID: &str = "corridor-atlas-view";
/// The name of the file embedded in a PDF.
pub const PDF_NAME: &str = "corridor-atlas-view.json";
/// The longest view that is written or read, in bytes.
pub(super) const MOST_BYTES: usize = 4 << 20;

/// The attributes of one element are looked at up to here.
const MOST_ATTRIBUTE_BYTES: usize = 1024;
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Before the data of a chunk: its length and its kind. After them: the checksum.
const CHUNK_HEAD: usize = 8;
const CHUNK_TAIL: usize = 4;

/// The PNG with the view in it, in place of one that it carried before. Nothing where `png` is no PNG with
/// a picture, or where the view is longer than [`MOST_BYTES`].
#[must_use]
pub fn png_with(png: &[u8], json: &str) -> Option<Vec<u8>> {
    if json.len() > MOST_BYTES {
        return None;
    }
    let mut carrying = Vec::with_capacity(png.len() + json.len() + 64);
    carrying.extend_from_slice(PNG_SIGNATURE);
    let mut is_placed = false;
    let mut rest = png.strip_prefix(PNG_SIGNATURE)?;
    while !rest.is_empty() {
        let (chunk, behind) = Chunk::first(rest)?;
        if chunk.kind == *b"IDAT" && !is_placed {
            push_view(&mut carrying, json)?;
            is_placed = true;
        }
        if chunk.view().is_none() {
            carrying.extend_from_slice(chunk.whole);
        }
        rest = behind;
    }
    is_placed.then_some(carrying)
}

/// The view that a PNG, SVG or PDF file carries, told apart by content. The text is as it was written:
/// whether it is JSON that makes sense is for the reader to see.
#[must_use]
pub fn carried(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(PNG_SIGNATURE) {
        in_png(bytes)
    } else if pdf::is_pdf(bytes) {
        pdf::embedded(bytes, PDF_NAME)
    } else {
        in_svg(std::str::from_utf8(bytes).ok()?)
    }
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    /// With length, kind and checksum.
    whole: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The chunk at the beginning of `bytes`, and what is behind it.
    fn first(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (length, _) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let end = length.checked_add(CHUNK_HEAD)?;
        let (whole, behind) = bytes.split_at_checked(end.checked_add(CHUNK_TAIL)?)?;
        let (kind, _) = whole.get(4..)?.split_first_chunk::<4>()?;
        Some((Self { kind: *kind, data: whole.get(CHUNK_HEAD..end)?, whole }, behind))
    }

    /// The view in this chunk: what follows keyword, two flags, language and translated keyword.
    fn view(&self) -> Option<String> {
        if self.kind != *b"iTXt" || !self.is_sound() {
            return None;
        }
        let rest = self.data.strip_prefix(PNG_KEYWORD.as_bytes())?.strip_prefix(&[0])?;
        let (&[is_compressed, method], rest) = rest.split_first_chunk::<2>()?;
        let (_, rest) = split_at_nul(rest)?;
        let (_, text) = split_at_nul(rest)?;
        match (is_compressed, method) {
            (0, _) => view_text(text.to_vec()),
            (1, 0) => view_text(decompress_to_vec_zlib_with_limit(text, MOST_BYTES).ok()?),
            _ => None,
        }
    }

    fn is_sound(&self) -> bool {
        let (summed, sum) = self.whole.split_at(self.whole.len() - CHUNK_TAIL);
        summed.get(4..).is_some_and(|summed| crc(summed).to_be_bytes() == sum)
    }
}

fn push_view(png: &mut Vec<u8>, json: &str) -> Option<()> {
    let mut chunk = b"iTXt".to_vec();
    chunk.extend_from_slice(PNG_KEYWORD.as_bytes());
    // The end of the keyword, not compressed, no method, no language, no translated keyword.
    chunk.extend_from_slice(&[0; 5]);
    chunk.extend_from_slice(json.as_bytes());
    let length = u32::try_from(chunk.len() - 4).ok()?;
    png.extend_from_slice(&length.to_be_bytes());
    png.extend_from_slice(&chunk);
    png.extend_from_slice(&crc(&chunk).to_be_bytes());
    Some(())
}

fn split_at_nul(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let nul = memchr::memchr(0, bytes)?;
    Some((&bytes[..nul], &bytes[nul + 1..]))
}

/// The checksum of a PNG chunk.
fn crc(bytes: &[u8]) -> u32 {
    const REVERSED_POLYNOMIAL: u32 = 0xEDB8_8320;
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            (sum >> 1) ^ if sum & 1 == 1 { REVERSED_POLYNOMIAL } else { 0 }
        })
    })
}

fn in_png(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes.strip_prefix(PNG_SIGNATURE)?;
    loop {
        let (chunk, behind) = Chunk::first(rest)?;
        if let Some(view) = chunk.view() {
            return Some(view);
        }
        rest = behind;
    }
}

/// A view as text, where it is one and not too long.
fn view_text(bytes: Vec<u8>) -> Option<String> {
    (bytes.len() <= MOST_BYTES).then(|| String::from_utf8(bytes).ok()).flatten()
}

fn in_svg(text: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (_, behind) = rest.split_once("<metadata")?;
        let end = behind.bytes().take(MOST_ATTRIBUTE_BYTES).position(|byte| byte == b'>');
        if let Some((attributes, content)) = end.map(|end| behind.split_at(end))
            && !attributes.ends_with('/')
            && has_id(attributes)
        {
            return svg_text(&content[1..]);
        }
        rest = behind;
    }
}

/// Whether the attributes of an element name the view's id, in either kind of quotes.
fn has_id(attributes: &str) -> bool {
    attributes.match_indices("id").any(|(at, _)| {
        let is_own_word = attributes[..at].ends_with(|before: char| before.is_ascii_whitespace());
        let value = attributes[at + 2..].trim_start().strip_prefix('=').map(str::trim_start);
        let is_ours = value.is_some_and(|value| {
            ['"', '\''].iter().any(|&quote| {
                value
                    .strip_prefix(quote)
                    .and_then(|value| value.split_once(quote))
                    .is_some_and(|it| it.0 == SVG_ID)
            })
        });
        is_own_word && is_ours
    })
}

/// The text of an element up to its end, without comments. Nothing where other elements are in it.
fn svg_text(content: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = content;
    while text.len() <= MOST_BYTES {
        let special = rest.find(['<', '&'])?;
        text.push_str(&rest[..special]);
        rest = &rest[special..];
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let (data, behind) = data.split_once("]]>")?;
            text.push_str(data);
            rest = behind;
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(entity) = rest.strip_prefix('&') {
            let (name, behind) = entity.split_once(';')?;
            text.push(character(name)?);
            rest = behind;
        } else if rest.starts_with("</metadata") {
            return view_text(text.trim().as_bytes().to_vec());
        } else {
            return None;
        }
    }
    None
}

/// The character that an entity stands for.
fn character(entity: &str) -> Option<char> {
    match entity {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests;
