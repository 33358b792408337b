//! A table of a person that is to be joined to countries, zones or the features of an opened file.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Effect, Sheet, State, StyleBy};
use crate::catalog::join::{Guess, Joined, Keys, Why, country_targets, guess_target, join};
use crate::data::{Column, Method, Sheet as Rows, Table, Values};

/// Columns of a file in which keys are looked for.
const MOST_KEY_COLUMNS: usize = 12;
/// Classes of a joined layer at first.
const CLASSES: usize = 5;

/// What its rows are joined to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum JoinTarget {
    Countries,
    Zones,
    /// The features of a file, by what they say in one column.
    File {
        key: String,
        column: String,
    },
}

/// A join that is being prepared.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    pub path: PathBuf,
    pub rows: Arc<Rows>,
    /// What can be joined to.
    pub targets: Vec<JoinTarget>,
    pub target: JoinTarget,
    /// The column whose values name the targets.
    pub column: usize,
    pub joined: Arc<Joined>,
    /// What the targets are called that rows without a match may mean.
    pub near: Arc<BTreeMap<usize, String>>,
    /// Whether a person has chosen; until then the best guess is taken.
    is_chosen: bool,
}

/// What can be asked of it.
#[derive(Clone, Debug, PartialEq)]
pub enum JoinCommand {
    /// A table was read that has no places of its own; the file of that key was it.
    Open {
        key: String,
        rows: Arc<Rows>,
    },
    SetTarget(JoinTarget),
    SetColumn(usize),
    /// Makes a layer of it.
    Start,
}

impl Join {
    /// Its file's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }
}

impl State {
    pub(super) fn apply_to_join(&mut self, command: JoinCommand) -> Vec<Effect> {
        match command {
            JoinCommand::Open { key, rows } => return self.open_join(&key, rows),
            JoinCommand::SetTarget(target) => self.rejoin(|join| join.target = target),
            JoinCommand::SetColumn(column) => self.rejoin(|join| join.column = column),
            JoinCommand::Start => return self.start_join(),
        }
        Vec::new()
    }

    fn open_join(&mut self, key: &str, rows: Arc<Rows>) -> Vec<Effect> {
        let Some(path) = self.files.get(key).map(|file| file.path.clone()) else { return Vec::new() };
        self.files.forget(key);
        let keys: Vec<String> = self.files.iter().map(|file| file.key.clone()).collect();
        // What features say may be what the rows name.
        let mut effects = Vec::new();
        for key in &keys {
            effects.extend(self.files.at(key).map(super::OpenFile::want_columns).unwrap_or_default());
        }
        self.join = Some(Join {
            path,
            rows,
            targets: Vec::new(),
            target: JoinTarget::Countries,
            column: 0,
            joined: Arc::default(),
            near: Arc::default(),
            is_chosen: false,
        });
        self.guess_join();
        self.panels.sheet = Some(Sheet::Join);
        self.search.close();
        effects
    }

    /// Columns of a file came: rows may name its features.
    pub(super) fn guess_join(&mut self) {
        let Some(mut join) = self.join.take() else { return };
        join.targets = vec![JoinTarget::Countries, JoinTarget::Zones];
        join.targets.extend(self.files.iter().flat_map(|file| {
            let columns = file.table().into_iter().flat_map(|table| &table.columns);
            let named = columns.filter(|column| names_things(column)).take(MOST_KEY_COLUMNS);
            named.map(|column| JoinTarget::File { key: file.key.clone(), column: column.name.clone() })
        }));
        if !join.is_chosen {
            // An opened file's own features first: whoever opened it wants it.
            let order = || join.targets.iter().skip(2).chain(join.targets.iter().take(2));
            let keys: Vec<Keys> = order().map(|target| self.keys_of(target)).collect();
            if let Some(Guess { keys, column, .. }) =
                guess_target(&join.rows.rows, &keys.iter().collect::<Vec<_>>())
            {
                join.target = order().nth(keys).cloned().unwrap_or(JoinTarget::Countries);
                join.column = column;
            }
        }
        self.match_rows(&mut join);
        self.join = Some(join);
    }

    fn match_rows(&self, open: &mut Join) {
        open.joined = Arc::new(join(open.rows.column(open.column), &self.keys_of(&open.target)));
        open.near = Arc::new(self.near_names(open));
    }

    fn rejoin(&mut self, change: impl FnOnce(&mut Join)) {
        let Some(mut open) = self.join.take() else { return };
        change(&mut open);
        open.is_chosen = true;
        open.column = open.column.min(open.rows.columns.len().saturating_sub(1));
        self.match_rows(&mut open);
        self.join = Some(open);
    }

    fn keys_of(&self, target: &JoinTarget) -> Keys {
        match target {
            JoinTarget::Countries => Keys::countries(&self.catalog),
            JoinTarget::Zones => Keys::zones(&self.catalog),
            JoinTarget::File { key, column } => {
                let table = self.files.get(key).and_then(super::OpenFile::table);
                let column = table.and_then(|table| Some((table, table.column(column)?)));
                column.map_or_else(Keys::default, |(table, column)| values(table, column))
            }
        }
    }

    fn near_names(&self, join: &Join) -> BTreeMap<usize, String> {
        let language = self.settings.language;
        let near = join.joined.unmatched.iter().filter_map(|one| match one.why {
            Why::Unknown { near } => near,
            Why::Empty | Why::Ambiguous => None,
        });
        let countries = country_targets(&self.catalog);
        let name = |target: usize| match &join.target {
            JoinTarget::Countries => {
                let row = countries.get(target)?.rows.first()?;
                Some(self.catalog.tables.countries[usize::from(*row)].name.get(language).to_owned())
            }
            JoinTarget::Zones => {
                self.catalog.atlas.zones.get(target).map(|zone| zone.name.get(language).to_owned())
            }
            JoinTarget::File { key, column } => {
                let column = self.files.get(key)?.table()?.column(column)?;
                column.text(target).map(Into::into)
            }
        };
        near.filter_map(|target| Some((target, name(target)?))).collect()
    }

    /// Where no row found its place nothing happens: the sheet says so.
    fn start_join(&mut self) -> Vec<Effect> {
        let is_ready = self.join.as_ref().is_some_and(|join| !join.joined.pairs.is_empty());
        let Some(join) = self.join.take_if(|_| is_ready) else { return Vec::new() };
        self.panels.sheet = None;
        // Countries reach round the world: the map stays where it is.
        let fits = join.target != JoinTarget::Countries;
        let key = self.files.add(join.path.clone(), Some(join.name()), fits);
        let by = first_number(&join);
        if let Some((file, column)) = self.files.at(&key).zip(by) {
            file.style.by = StyleBy::Numbers { column, method: Method::Natural, wanted: CLASSES };
        }
        if let Some(file) = self.files.at(&key) {
            file.origin = super::files::Origin::Made;
        }
        vec![Effect::Join { key, join: Box::new(join) }]
    }
}

fn values(table: &Table, column: &Column) -> Keys {
    let texts: Vec<Option<String>> = (0..table.rows()).map(|row| column.text(row).map(Into::into)).collect();
    Keys::of_values(texts.iter().map(Option::as_deref))
}

/// Whether a column can name things.
fn names_things(column: &Column) -> bool {
    matches!(column.values, Values::Text(_) | Values::Integer(_))
}

/// The first column of numbers that is not the key: the layer is coloured by it.
fn first_number(join: &Join) -> Option<String> {
    let is_number = |column: usize| {
        let mut cells = join.rows.column(column).map(str::trim).filter(|cell| !cell.is_empty()).peekable();
        let is_numeric = |cell: &str| cell.replace([',', ' '], "").parse::<f64>().is_ok();
        cells.peek().is_some() && cells.all(is_numeric)
    };
    let is_year = |column: &usize| {
        let name = join.rows.columns[*column].to_lowercase();
        ["year", "id", "code", "年", "연도"].iter().any(|word| name.contains(word))
    };
    let numbers =
        || (0..join.rows.columns.len()).filter(|column| *column != join.column && is_number(*column));
    let column = numbers().find(|column| !is_year(column)).or_else(|| numbers().next())?;
    Some(join.rows.columns[column].clone())
}
