//! `render`: a picture in a file, drawn as in the window but without one.

use std::collections::BTreeSet;
use std::path::Path;

use super::args::{PictureSize, RenderArguments};
use super::figure::FigureJob;
use super::{CliError, commands};
use crate::content::Content;
use crate::geo::{Padding, Size};
use crate::render::MOST_PIXELS;
use crate::scene::Furniture;
use crate::state::{Command, FigureForm, FigurePart};

/// Pixels in a point, at least and at most.
const SCALES: std::ops::RangeInclusive<f32> = 0.25..=8.0;

/// Draws and writes the picture; nothing is left behind where that fails.
pub(super) fn render(arguments: &RenderArguments, content: Content) -> Result<String, CliError> {
    let output = &arguments.output;
    let form = form_of(output).ok_or_else(|| CliError::Format { path: output.clone() })?;
    if arguments.files.iter().any(|file| is_same(file, output)) {
        return Err(CliError::OwnInput { path: output.clone() });
    }
    let size = checked_size(arguments)?;
    let Content { mut state, scenery, .. } = content;
    let _ = state.apply(Command::SetViewport { size, padding: Padding::default() });
    let is_placed = arguments.sight.view.is_some() || arguments.sight.fit.is_some();
    super::files::open(&mut state, &arguments.files, !is_placed)?;
    let mut wishes = state.layer_commands((&arguments.layers, &arguments.hide))?;
    wishes.extend(commands(&arguments.sight, &state)?);
    for wish in wishes {
        let _ = state.apply(wish);
    }
    let furniture =
        Furniture { title: arguments.title.clone(), parts: parts(arguments), ..Furniture::default() };
    let scale = arguments.scale;
    FigureJob { state: &state, scenery: &scenery, furniture: &furniture, scale }.write(form, output)?;
    Ok(String::new())
}

/// What stands on it beside the map.
fn parts(arguments: &RenderArguments) -> BTreeSet<FigurePart> {
    let wanted = [
        (arguments.legend, FigurePart::Legend),
        (arguments.north, FigurePart::North),
        (arguments.degrees, FigurePart::Degrees),
        (arguments.locator, FigurePart::Locator),
    ];
    wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, part)| part).collect()
}

/// By how the file's name ends.
fn form_of(path: &Path) -> Option<FigureForm> {
    let ending = path.extension()?.to_str()?;
    FigureForm::ALL.into_iter().find(|form| form.ending().eq_ignore_ascii_case(ending))
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
pub(super) fn is_same(input: &Path, output: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    whole(input).is_some_and(|input| whole(output).as_ref() == Some(&input))
}
