//! Features taken out: of a file or of the atlas, all or those that pass a filter, with the terms they come under.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::unfinished::Unfinished;
use super::{CliError, files};
use crate::atlas::{Id, Kind};
use crate::catalog::Catalog;
use crate::data::{Column, Dataset, OutFormat, ProblemKind};
use crate::format::write::{Terms, Written, flat, terms, write};
use crate::format::{self, id_and_properties};
use crate::state::{State, Subject};

/// Of sources that were read, not copied.
const CITED: &str = "cited for facts";
/// Members of a collection that say whose the data is.
const TERMS: [&str; 5] = ["copyright", "attribution", "licence", "license", "source"];

/// What is written, and under which terms.
#[derive(Debug)]
pub struct Extract {
    features: Features,
    /// What the layer is called inside the file.
    name: String,
    sources: Vec<Source>,
    data_version: String,
    /// What the features were chosen by; `None` where all are there.
    filter: Option<String>,
    has_other_crs: bool,
}

#[derive(Debug)]
enum Features {
    /// Rows of a dataset, as they stand in its source.
    Kept(Arc<Dataset>, Vec<u32>),
    /// The same things as they are carried, and as rows of a table.
    Told { kept: Vec<Vec<u8>>, flat: Vec<Vec<u8>> },
}

#[derive(Debug)]
struct Source {
    title: String,
    licence: String,
    url: String,
}

impl Source {
    fn terms(&self) -> Terms<'_> {
        Terms { title: &self.title, licence: &self.licence, attribution: "", url: &self.url }
    }
}

impl Extract {
    /// Rows of a table, in that order; `None` while they are being read.
    #[must_use]
    pub fn of(state: &State, subject: &Subject, rows: &[u32]) -> Option<Self> {
        let filter = state.filter_of(subject).map(|filter| filter.text.trim());
        let is_whole = state.row_counts(subject).1 == rows.len();
        let chosen = || filter.filter(|text| !text.is_empty()).unwrap_or("chosen by hand").to_owned();
        let filter = (!is_whole).then(chosen);
        match subject {
            Subject::File(key) => {
                let file = state.files.get(key)?;
                Some(Self::of_file(&file.path, file.whole()?, (rows.to_vec(), filter)))
            }
            Subject::Atlas(kind) => {
                let table = state.table_of(subject)?;
                let columns: Vec<&Column> = table.columns.iter().collect();
                let ids = rows.iter().filter_map(|row| Some((*row, state.id_of_row(subject, *row)?)));
                Some(Self::of_atlas(&state.catalog, (*kind, &columns), (ids.collect(), filter)))
            }
        }
    }

    /// Rows of a file.
    pub(super) fn of_file(
        path: &Path,
        dataset: &Arc<Dataset>,
        (rows, filter): (Vec<u32>, Option<String>),
    ) -> Self {
        let title = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let source = Source { title, licence: said_of_terms(dataset), url: String::new() };
        Self {
            name,
            sources: vec![source],
            data_version: String::new(),
            filter,
            has_other_crs: dataset.problems.iter().any(|problem| problem.kind == ProblemKind::OtherCrs),
            features: Features::Kept(Arc::clone(dataset), rows),
        }
    }

    fn of_atlas(
        catalog: &Catalog,
        (kind, columns): (Kind, &[&Column]),
        (rows, filter): (Vec<(u32, Id)>, Option<String>),
    ) -> Self {
        let carried = files::carried(kind);
        let of = |id: &Id| -> Vec<&[u8]> {
            let id = id.to_string();
            carried.iter().filter(|(of, _)| *of == id).map(|(_, bytes)| bytes.as_slice()).collect()
        };
        let as_row =
            |(row, id): &(u32, Id)| flat(of(id).first().copied(), &id.to_string(), (columns, *row as usize));
        let kept: Vec<Vec<u8>> = rows.iter().flat_map(|(_, id)| of(id)).map(<[u8]>::to_vec).collect();
        let flat = match kind {
            // A corridor lies in many lines, each with its own few values.
            Kind::Corridor => kept.clone(),
            _ => rows.iter().map(as_row).collect(),
        };
        let ids: Vec<Id> = rows.into_iter().map(|(_, id)| id).collect();
        Self {
            features: Features::Told { kept: if kept.is_empty() { flat.clone() } else { kept }, flat },
            name: kind.as_str().to_owned(),
            sources: sources(catalog, &ids),
            data_version: catalog.atlas.version.clone(),
            filter,
            has_other_crs: false,
        }
    }

    /// A name for the file.
    #[must_use]
    pub fn file_name(&self, format: OutFormat) -> String {
        format!("{}.{}", self.name, format.extension())
    }

    /// Writes the features to `path`, and whose they are beside it.
    ///
    /// # Errors
    /// A path that cannot be written, a full disk, positions that are no degrees in a format that must have them.
    pub fn write(&self, format: OutFormat, path: &Path) -> Result<Written, CliError> {
        if self.has_other_crs && format != OutFormat::GeoJson {
            return Err(CliError::OtherCrs { path: path.to_owned() });
        }
        let features: Vec<&[u8]> = match &self.features {
            Features::Kept(dataset, rows) => rows.iter().filter_map(|row| dataset.bytes(*row)).collect(),
            Features::Told { kept, flat } => {
                let chosen = if format == OutFormat::GeoJson { kept } else { flat };
                chosen.iter().map(Vec::as_slice).collect()
            }
        };
        let data = Unfinished::beside(path)?;
        let beside = Unfinished::beside(&terms_path(path))?;
        let cannot = |error| CliError::Extract { path: path.to_owned(), source: error };
        let written = write(format, &features, &self.name, data.place()).map_err(cannot)?;
        beside.finish(|out| out.write_all(self.terms().as_bytes()))?;
        data.name()?;
        Ok(written)
    }

    fn terms(&self) -> String {
        let sources: Vec<Terms<'_>> = self.sources.iter().map(Source::terms).collect();
        terms(&sources, &self.data_version, self.filter.as_deref())
    }
}

/// `OUT.sources.txt`, beside `OUT`.
#[must_use]
pub(super) fn terms_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".sources.txt");
    path.with_file_name(name)
}

/// The sources that the facts and positions of some things rest on.
fn sources(catalog: &Catalog, ids: &[Id]) -> Vec<Source> {
    let drawn =
        |name: &str| catalog.atlas.legs.iter().any(|leg| leg.source == name && ids.contains(&leg.corridor));
    let rests =
        |source: &Id| drawn(&source.name) || catalog.related(source).iter().any(|id| ids.contains(id));
    let all = catalog.atlas.sources.iter().filter(|source| rests(&source.id));
    all.map(|source| Source {
        title: source.title.clone(),
        licence: source.licence.clone().unwrap_or_else(|| CITED.to_owned()),
        url: source.url.clone().unwrap_or_default(),
    })
    .collect()
}

/// What a collection says of its terms before and behind its features.
fn said_of_terms(dataset: &Dataset) -> String {
    let mut said: Vec<String> = Vec::new();
    for text in dataset.around().into_iter().map(String::from_utf8_lossy) {
        for member in TERMS {
            let Some((_, rest)) = text.split_once(&format!("\"{member}\"")) else { continue };
            let value = rest.trim_start().trim_start_matches(':').trim_start();
            let mut values = serde_json::Deserializer::from_str(value).into_iter::<String>();
            said.extend(values.next().and_then(Result::ok).filter(|text| !text.trim().is_empty()));
        }
    }
    said.join("; ")
}

/// The id that a feature of the atlas stands for: its own, or that of the corridor it is a line of.
pub(super) fn stands_for(bytes: &[u8]) -> Option<String> {
    let (id, properties) = id_and_properties(bytes);
    let corridor = properties.iter().find(|(name, _)| name == "corridor");
    corridor.map(|(_, value)| value).or(id.as_ref()).map(format::shown)
}
