//! `render`: a picture in a file, drawn as in the window but without one.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, RgbaImage};

use super::args::{PictureSize, RenderArguments};
use super::{CliError, commands, layers};
use crate::content::Content;
use crate::geo::{Padding, Size};
use crate::render::{Headless, Loader, MOST_PIXELS};
use crate::scene::{self, Furniture, Names};
use crate::state::Command;

/// Pixels in a point, at least and at most.
const SCALES: std::ops::RangeInclusive<f32> = 0.25..=8.0;

/// Draws and writes the picture; nothing is left behind where that fails.
pub(super) fn render(arguments: &RenderArguments, content: Content) -> Result<String, CliError> {
    let output = &arguments.output;
    if output.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("png")) {
        return Err(CliError::Format { path: output.clone() });
    }
    if arguments.files.iter().any(|file| is_same(file, output)) {
        return Err(CliError::OwnInput { path: output.clone() });
    }
    let size = checked_size(arguments)?;
    let Content { mut state, scenery, basemap, .. } = content;
    let _ = state.apply(Command::SetViewport { size, padding: Padding::default() });
    let is_placed = arguments.sight.view.is_some() || arguments.sight.fit.is_some();
    super::files::open(&mut state, &arguments.files, !is_placed)?;
    let mut wishes = layers::commands(&state, (&arguments.layers, &arguments.hide))?;
    wishes.extend(commands(&arguments.sight, &state)?);
    for wish in wishes {
        let _ = state.apply(wish);
    }
    let file = Unfinished::beside(output)?;
    let mut names = Names::default();
    let furniture = Furniture { title: arguments.title.clone(), has_legend: arguments.legend };
    let scene = scene::figure((&state, &scenery), arguments.scale, &mut names, &furniture);
    let image = Headless::new(Loader::new(basemap))?.image(&Arc::new(scene), arguments.scale)?;
    file.finish(&image)?;
    Ok(String::new())
}

fn checked_size(arguments: &RenderArguments) -> Result<Size, CliError> {
    let PictureSize { width, height } = arguments.size;
    let scale = arguments.scale;
    if !SCALES.contains(&scale) {
        let (least, most) = (SCALES.start(), SCALES.end());
        return Err(CliError::Usage(format!("a scale of {scale} is not between {least} and {most}")));
    }
    let pixels = |points: u32| (f64::from(points) * f64::from(scale)).round() as u64;
    if pixels(width).max(pixels(height)) > u64::from(MOST_PIXELS) {
        return Err(CliError::TooLarge { width: pixels(width), height: pixels(height), most: MOST_PIXELS });
    }
    Ok(Size { width: f64::from(width), height: f64::from(height) })
}

/// Whether two paths lead to one file, whichever way they are written.
fn is_same(input: &Path, output: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    whole(input).is_some_and(|input| whole(output).as_ref() == Some(&input))
}

/// A file that takes its name only when it is whole.
struct Unfinished {
    path: PathBuf,
    file: tempfile::NamedTempFile,
}

impl Unfinished {
    fn beside(path: &Path) -> Result<Self, CliError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(CliError::NoFolder { path: path.to_owned(), folder: folder.to_owned() });
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".corridor-atlas-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = if path.is_dir() {
            Err(std::io::Error::from(std::io::ErrorKind::IsADirectory))
        } else {
            builder.tempfile_in(folder).map_err(|error| plain(&error))
        };
        let file = file.map_err(|source| CliError::Write { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), file })
    }

    fn finish(self, image: &RgbaImage) -> Result<(), CliError> {
        let Self { path, mut file } = self;
        let mut out = BufWriter::new(&mut file);
        let (width, height) = image.dimensions();
        // The map is opaque everywhere: an alpha channel would say nothing.
        let rgb: Vec<u8> = image.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let encoded = PngEncoder::new(&mut out).write_image(&rgb, width, height, ExtendedColorType::Rgb8);
        let written = match encoded {
            Ok(()) => out.flush(),
            // A full disk, without the name of the temporary file.
            Err(image::ImageError::IoError(error)) => Err(plain(&error)),
            Err(error) => return Err(error.into()),
        };
        drop(out);
        let written = written.and_then(|()| file.as_file().sync_all());
        let named = written.and_then(|()| file.persist(&path).map(drop).map_err(|error| error.error));
        named.map_err(|source| CliError::Write { path, source })
    }
}

/// The cause without the name of the temporary file.
fn plain(error: &std::io::Error) -> std::io::Error {
    error.kind().into()
}
