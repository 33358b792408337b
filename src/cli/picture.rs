//! `render`: a picture in a file, drawn as in the window but without one.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::args::{PanelArguments, PictureSize, RenderArguments};
use super::figure::FigureJob;
use super::{CliError, commands, known};
use crate::atlas::Id;
use crate::content::Content;
use crate::format;
use crate::geo::{Padding, Projection, Size};
use crate::render::MOST_PIXELS;
use crate::scene::Furniture;
use crate::search::nearest;
use crate::state::{
    Command, CompareCommand, Effect, FigureForm, FigureOf, FigurePart, FigureWish, FileCommand,
    MOST_COMPARED, State, StripCommand, Subject, TableCommand,
};

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
    let Content { mut state, scenery, tokens, .. } = content;
    let _ = state.apply(Command::SetViewport { size, padding: Padding::default() });
    let is_placed = arguments.sight.view.is_some() || arguments.sight.fit.is_some();
    super::files::open(&mut state, (&arguments.files, &arguments.reading.read_as()), !is_placed)?;
    let mut wishes = state.layer_commands((&arguments.layers, &arguments.hide))?;
    wishes.extend(commands(&arguments.sight, &state)?);
    for wish in wishes {
        let _ = state.apply(wish);
    }
    let of = panel(arguments, &mut state)?;
    if arguments.projection != Projection::Mercator {
        let view = state.view.projected(arguments.projection);
        if !view.is_presentable() {
            return Err(CliError::TooWide);
        }
        state = state.on_paper(view);
    }
    let furniture =
        Furniture { title: arguments.title.clone(), parts: parts(arguments), ..Furniture::default() };
    let scale = arguments.scale;
    let job =
        FigureJob { state: &state, scenery: &scenery, tokens: &tokens, of, furniture: &furniture, scale };
    job.write(form, output)?;
    Ok(String::new())
}

/// Opens the panel that is drawn in place of the map.
fn panel(arguments: &RenderArguments, state: &mut State) -> Result<FigureOf, CliError> {
    let PanelArguments { strip, compare, compare_zones, timeline, chart } = &arguments.panel;
    if let Some(corridor) = strip {
        known(state, corridor)?;
        let (corridor, route) = (corridor.clone(), arguments.route.clone());
        let _ = state.apply(Command::Strip(StripCommand::Open { corridor, route: route.clone() }));
        let Some(open) = &state.strip else {
            return Err(CliError::Usage("only a corridor is laid out as a strip".to_owned()));
        };
        if let Some(route) = route.filter(|route| *route != open.route) {
            return Err(unknown_route(state, &open.corridor, &route));
        }
        return Ok(FigureOf::Strip);
    }
    if compare.len() > MOST_COMPARED {
        return Err(CliError::Usage(format!("{MOST_COMPARED} things at most stand side by side")));
    }
    for id in compare {
        known(state, id)?;
        if state.bounds(id).is_none() {
            return Err(CliError::NoPlace { id: id.clone() });
        }
        let _ = state.apply(Command::Compare(CompareCommand::Pin(id.clone())));
    }
    if *compare_zones {
        let _ = state.apply(Command::Compare(CompareCommand::SetAllZones(true)));
    }
    if *compare_zones || !compare.is_empty() {
        return Ok(FigureOf::Comparison);
    }
    if let Some(column) = chart {
        return charted(state, column);
    }
    Ok(if *timeline { FigureOf::Timeline } else { FigureOf::Map })
}

/// The column of the first file.
fn charted(state: &mut State, column: &str) -> Result<FigureOf, CliError> {
    let Some(key) = state.files.iter().next().map(|file| file.key.clone()) else {
        return Err(CliError::Usage("a chart is of a column of a file; name the file too".to_owned()));
    };
    for effect in state.apply(Command::Table(TableCommand::Open(Subject::File(key.clone())))) {
        if let Effect::ReadColumns { key, dataset } = effect {
            let table = Arc::new(format::columns(&dataset));
            let _ = state.apply(Command::File(FileCommand::Columns { key, table }));
        }
    }
    let columns = state.table_of(&Subject::File(key)).map_or(&[][..], |table| &table.columns);
    if columns.iter().any(|one| one.name == column) {
        let wish = FigureWish { column: column.to_owned(), ..FigureWish::default() };
        let _ = state.apply(Command::SetFigure(Box::new(wish)));
        return Ok(FigureOf::Chart);
    }
    let nearest = nearest(column, columns.iter().map(|one| one.name.as_str()));
    let nearest = nearest.into_iter().map(str::to_owned).collect();
    Err(CliError::UnknownColumn { name: column.to_owned(), nearest })
}

fn unknown_route(state: &State, corridor: &Id, route: &str) -> CliError {
    let corridor = state.catalog.route(corridor, "").map(|(corridor, _)| corridor);
    let routes = corridor.map_or(&[][..], |corridor| &corridor.routes);
    let nearest = nearest(route, routes.iter().map(|one| one.id.as_str()));
    let nearest = nearest.into_iter().map(str::to_owned).collect();
    CliError::UnknownRoute { name: route.to_owned(), nearest }
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
