//! A colour in sRGB with straight alpha, and what is computed from colours.

use std::str::FromStr;

use serde::{Deserialize, Deserializer};

/// A colour in sRGB with straight alpha: red, green, blue, opacity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rgba(pub [u8; 4]);

/// A text that is no colour.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a colour; write #RRGGBB or rgba(r,g,b,a)")]
pub struct ParseColorError(String);

impl Rgba {
    pub const CLEAR: Self = Self([0, 0, 0, 0]);

    /// The same colour, its opacity times `share`.
    #[must_use]
    pub fn faded(self, share: f32) -> Self {
        let [r, g, b, a] = self.0;
        Self([r, g, b, byte(f32::from(a) * share.clamp(0.0, 1.0))])
    }

    /// The colour a share of the way to `other`, in sRGB, as a painter's table of tints is read.
    #[must_use]
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        let mut out = [0; 4];
        for (index, channel) in out.iter_mut().enumerate() {
            let (from, to) = (f32::from(self.0[index]), f32::from(other.0[index]));
            *channel = byte(from + (to - from) * share);
        }
        Self(out)
    }

    /// The four channels from 0 to 1, still sRGB and straight.
    #[must_use]
    pub fn to_unit(self) -> [f32; 4] {
        self.0.map(|channel| f32::from(channel) / 255.0)
    }

    /// Contrast with `other` by WCAG 2: 1 for the same lightness, 21 for black on white. Opacity is not looked at.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b, _] = self.0;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }
}

impl FromStr for Rgba {
    type Err = ParseColorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = match text.strip_prefix('#') {
            Some(digits) => hex(digits),
            None => rgba(text),
        };
        parsed.map(Self).ok_or_else(|| ParseColorError(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Rgba {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn hex(digits: &str) -> Option<[u8; 4]> {
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([r, g, b, 255])
}

fn rgba(text: &str) -> Option<[u8; 4]> {
    let inside = text.strip_prefix("rgba(")?.strip_suffix(')')?;
    let mut parts = inside.split(',').map(str::trim);
    let mut channel = || parts.next()?.parse::<u8>().ok();
    let [r, g, b] = [channel()?, channel()?, channel()?];
    let opacity: f32 = parts.next()?.parse().ok()?;
    let is_whole = parts.next().is_none() && (0.0..=1.0).contains(&opacity);
    is_whole.then(|| [r, g, b, byte(opacity * 255.0)])
}

fn byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_colour_are_read() {
        assert_eq!("#0F5C73".parse(), Ok(Rgba([15, 92, 115, 255])));
        assert_eq!("rgba(252,250,245,.70)".parse(), Ok(Rgba([252, 250, 245, 179])));
        assert_eq!("rgba(0, 0, 0, 1)".parse(), Ok(Rgba([0, 0, 0, 255])));
    }

    #[test]
    fn what_is_no_colour_says_so() {
        for text in
            ["", "red", "#fff", "#12345é", "#+12345", "rgba(1,2,3)", "rgba(1,2,3,4)", "rgba(1,2,3,1,1)"]
        {
            assert!(text.parse::<Rgba>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_mix_ends_in_its_colours() {
        let (black, white) = (Rgba([0, 0, 0, 255]), Rgba([255, 255, 255, 255]));
        assert_eq!(black.mixed(white, 0.0), black);
        assert_eq!(black.mixed(white, 1.0), white);
        assert_eq!(black.mixed(white, 0.5), Rgba([128, 128, 128, 255]));
        assert_eq!(white.faded(0.3), Rgba([255, 255, 255, 77]));
    }

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        let (black, white) = (Rgba([0, 0, 0, 255]), Rgba([255, 255, 255, 255]));
        assert!((black.contrast(white) - 21.0).abs() < 0.01);
        assert!((white.contrast(white) - 1.0).abs() < 0.01);
    }
}
