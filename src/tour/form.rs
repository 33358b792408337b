//! In what a tour can be handed on.

use std::path::Path;

/// A file, or a folder of them, that tells a tour without the atlas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TourForm {
    /// One page for a browser.
    Html,
    /// A step a page.
    Pdf,
    Gif,
    /// A moving PNG.
    Apng,
    /// By ffmpeg, where it is installed.
    Mp4,
    /// A folder of numbered PNG files with a list of how long each is seen.
    Frames,
}

impl TourForm {
    pub const ALL: [Self; 6] = [Self::Html, Self::Pdf, Self::Gif, Self::Apng, Self::Mp4, Self::Frames];

    /// What the end of a file's name asks for; a name without one is a folder.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let Some(end) = path.extension() else { return Some(Self::Frames) };
        let end = end.to_string_lossy().to_lowercase();
        let end = if end == "htm" { "html" } else { end.as_str() };
        Self::ALL.into_iter().find(|form| form.extension() == Some(end))
    }

    /// How the names of its files end, without the dot; `None` for a folder.
    #[must_use]
    pub fn extension(self) -> Option<&'static str> {
        match self {
            Self::Html => Some("html"),
            Self::Pdf => Some("pdf"),
            Self::Gif => Some("gif"),
            Self::Apng => Some("png"),
            Self::Mp4 => Some("mp4"),
            Self::Frames => None,
        }
    }

    /// Whether it moves; the others are pages.
    #[must_use]
    pub fn is_moving(self) -> bool {
        !matches!(self, Self::Html | Self::Pdf)
    }
}
