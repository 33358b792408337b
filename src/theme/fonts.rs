//! The letters that the program carries: which file holds what, and in which order a family asks them.
//!
//! Invariant: what the atlas itself says is written with these alone, on every system. `tools/fonts/build`
//! makes the files; tests/fonts.rs holds them against the texts.

use super::types::Face;

/// One file of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Font {
    /// Inter, with figures of one width.
    Inter400,
    Inter500,
    Inter600,
    /// Source Serif 4 under another name.
    Serif600,
    SerifItalic400,
    Mono400,
    /// Noto Sans SC: level 1 of GB2312 and every Han character of the atlas.
    Chinese400,
    /// Noto Sans KR: the 2,350 syllables of KS X 1001 and every syllable of the atlas.
    Korean400,
}

impl Font {
    pub const ALL: [Self; 8] = [
        Self::Inter400,
        Self::Inter500,
        Self::Inter600,
        Self::Serif600,
        Self::SerifItalic400,
        Self::Mono400,
        Self::Chinese400,
        Self::Korean400,
    ];

    /// Its name in `assets/fonts`, without the ending.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inter400 => "inter-400",
            Self::Inter500 => "inter-500",
            Self::Inter600 => "inter-600",
            Self::Serif600 => "atlas-serif-600",
            Self::SerifItalic400 => "atlas-serif-400-italic",
            Self::Mono400 => "jetbrains-mono-400",
            Self::Chinese400 => "noto-sans-sc-400",
            Self::Korean400 => "noto-sans-kr-400",
        }
    }

    /// The file: TrueType, with outlines, kerning and marks.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Inter400 => include_bytes!("../../assets/fonts/inter-400.ttf"),
            Self::Inter500 => include_bytes!("../../assets/fonts/inter-500.ttf"),
            Self::Inter600 => include_bytes!("../../assets/fonts/inter-600.ttf"),
            Self::Serif600 => include_bytes!("../../assets/fonts/atlas-serif-600.ttf"),
            Self::SerifItalic400 => include_bytes!("../../assets/fonts/atlas-serif-400-italic.ttf"),
            Self::Mono400 => include_bytes!("../../assets/fonts/jetbrains-mono-400.ttf"),
            Self::Chinese400 => include_bytes!("../../assets/fonts/noto-sans-sc-400.ttf"),
            Self::Korean400 => include_bytes!("../../assets/fonts/noto-sans-kr-400.ttf"),
        }
    }
}

impl Face {
    /// The fonts in which a character of this family is looked for, first to last: its own, Inter for the
    /// signs and letters that its own lacks, then Chinese and Korean.
    #[must_use]
    pub const fn fonts(self) -> &'static [Font] {
        use Font::{Chinese400, Inter400, Inter500, Inter600, Korean400, Mono400, Serif600, SerifItalic400};
        match self {
            Self::Ui => &[Inter400, Chinese400, Korean400],
            Self::UiMedium => &[Inter500, Chinese400, Korean400],
            Self::UiSemibold => &[Inter600, Chinese400, Korean400],
            Self::Atlas => &[Serif600, Inter600, Chinese400, Korean400],
            Self::AtlasItalic => &[SerifItalic400, Inter400, Chinese400, Korean400],
            Self::Mono => &[Mono400, Inter400, Chinese400, Korean400],
        }
    }
}
