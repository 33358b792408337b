//! The look as data: colours, sizes and durations of the three themes.

/// A colour in sRGB with straight alpha.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgba(pub [u8; 4]);
