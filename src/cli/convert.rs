//! `convert`: a layer, or what of it passes a filter, in another format.

use std::path::Path;

use super::args::ConvertArguments;
use super::extract::{Extract, terms_path};
use super::picture::is_same;
use super::{Answer, CliError, files};
use crate::atlas::Kind;
use crate::content::Content;
use crate::data::{Filter, FilterError, OutFormat, Table, written_name};
use crate::format;
use crate::state::{Command, LISTED, Subject, TableCommand};

/// Writes it; says how many features there are and what of them the format does not take.
pub(super) fn convert(arguments: &ConvertArguments, content: Content) -> Result<Answer, CliError> {
    let output = &arguments.output;
    let format = OutFormat::of_path(output).ok_or_else(|| CliError::DataFormat { path: output.clone() })?;
    let input = Path::new(&arguments.input);
    if is_same(input, output) || is_same(input, &terms_path(output)) {
        return Err(CliError::OwnInput { path: output.clone() });
    }
    let extract = match layer(&arguments.input) {
        Some(kind) if !input.exists() => of_atlas(arguments, content, kind)?,
        None if !input.exists() && is_word(&arguments.input) => return Err(unknown(&arguments.input)),
        _ => of_file(arguments, input)?,
    };
    let written = extract.write(format, output)?;
    let features = if written.features == 1 { "feature" } else { "features" };
    let said = format!("{}: {} {features}", output.display(), written.features);
    let lines = written.told().into_iter().map(|line| format!("  {line}"));
    let lines: Vec<String> = std::iter::once(said).chain(lines).collect();
    Ok(format!("{}\n", lines.join("\n")).into())
}

/// The kind that a layer's name means, in the singular or the plural.
fn layer(name: &str) -> Option<Kind> {
    let name = name.strip_suffix('s').unwrap_or(name);
    LISTED.into_iter().find(|kind| kind.as_str() == name)
}

/// Whether it names no file by its look.
fn is_word(name: &str) -> bool {
    name.chars().all(|c| c.is_alphabetic() || c == '-') && name != "-"
}

fn unknown(name: &str) -> CliError {
    let layers: Vec<String> = LISTED.iter().map(|kind| format!("{}s", kind.as_str())).collect();
    let nearest = crate::search::nearest(name, layers.iter().map(String::as_str));
    let nearest = nearest.into_iter().map(str::to_owned).collect();
    CliError::UnknownLayer { name: name.to_owned(), nearest }
}

fn of_file(arguments: &ConvertArguments, input: &Path) -> Result<Extract, CliError> {
    let dataset = files::read(input, &arguments.reading.read_as())?;
    let rows = match &arguments.filter {
        None => (0..dataset.len() as u32).collect(),
        Some(text) => {
            let table = format::columns(&dataset);
            let rows = Filter::parse(text).and_then(|filter| filter.rows(&table));
            let rows = rows.map_err(|error| unread(text, error, &table))?;
            rows.iter().map(|row| row as u32).collect()
        }
    };
    Ok(Extract::of_file(input, &dataset, (rows, arguments.filter.clone())))
}

/// A filter that does not read, with the columns that it could name.
fn unread(text: &str, error: FilterError, table: &Table) -> CliError {
    let columns = table.columns.iter().map(|column| written_name(&column.name)).collect();
    CliError::Filter { text: text.to_owned(), error, columns }
}

fn of_atlas(arguments: &ConvertArguments, content: Content, kind: Kind) -> Result<Extract, CliError> {
    let mut state = content.state;
    let of = Subject::Atlas(kind);
    let _ = state.apply(Command::SetLanguage(arguments.lang));
    let _ = state.apply(Command::Table(TableCommand::Open(of.clone())));
    if let Some(text) = arguments.filter.clone() {
        let _ = state.apply(Command::Table(TableCommand::Filter { of: of.clone(), text: text.clone() }));
        if let Some(error) = state.filter_of(&of).and_then(|filter| filter.error.clone()) {
            let table = state.table_of(&of);
            return Err(table.map_or(CliError::DataFormat { path: arguments.output.clone() }, |table| {
                unread(&text, error, table)
            }));
        }
    }
    let rows = state.table.as_ref().map(|table| table.order.to_vec()).unwrap_or_default();
    Extract::of(&state, &of, &rows).ok_or_else(|| CliError::Usage(format!("{kind} has no table")))
}
