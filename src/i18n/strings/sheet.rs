//! Texts of the sheets, of a person’s own files, and of what is said when something fails.

use serde::Deserialize;

use super::{Counted, Template};

/// Opening a person’s own files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileTexts {
    pub open: String,
    pub or_drop: String,
    pub path: String,
    pub pasted: String,
    pub browse: String,
    pub points: Counted,
    pub copy_feature: String,
    pub drop_here: String,
    pub loading: Template,
    pub preparing: Template,
    pub time_left: Template,
    pub open_now: String,
    pub stopped: Template,
    pub doctor: String,
    pub warnings: Counted,
    pub rest_opened: String,
    pub copy_list: String,
    pub cannot_open: String,
    pub at_line: Template,
    pub comma_missing: String,
    pub not_known: Template,
    pub no_crs: String,
    pub features: Counted,
    pub saved: Template,
    pub not_saved: Template,
    pub not_opened: Template,
    /// Of a file that is not where it was.
    pub find: String,
    pub changed: String,
    pub gone: String,
    pub reload: String,
    pub recent: String,
    /// Of layers of tiles.
    pub tiles: Template,
    /// Of features with an index.
    pub indexed: Template,
    pub too_wide: String,
    /// Files of a folder of which only the first ones open.
    pub left_out: Counted,
    /// A feature that was asked for when the program started.
    pub missing: Template,
}

/// How it goes with keeping the session, and projects.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionTexts {
    pub set_aside: Template,
    pub not_kept: Template,
    pub save_project: String,
    pub device_lost: String,
    pub broken: Template,
    pub later: String,
    pub later_version: Template,
}

/// Why a file could not be opened.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalTexts {
    pub not_found: String,
    pub not_allowed: String,
    pub folder: String,
    /// What the system says, in its own words.
    pub system: Template,
    pub not_a_file: String,
    pub address: String,
    /// Both in gigabytes.
    pub too_large: Template,
    pub empty: String,
    pub unknown_format: String,
    pub stopped: String,
    pub stumbled: String,
    pub not_asked: String,
    pub no_places: String,
    /// The format's name and what is wrong.
    pub broken: Template,
    pub no_features: Template,
    pub geometry: Template,
    pub archive: String,
    /// In gigabytes.
    pub unpacked: Template,
    /// What the database says, in its own words.
    pub database: Template,
    pub database_broken: String,
    pub sheet_not_text: String,
    pub sheet_workbook: String,
    pub sheet_no_rows: String,
    pub sheet_empty: String,
}

/// What can be wrong with a file, and where.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemTexts {
    pub at: Template,
    pub at_record: Template,
    pub more: Template,
    pub truncated: String,
    pub syntax: String,
    pub no_geometry: String,
    pub unknown_geometry: String,
    pub nesting: String,
    pub position: String,
    pub out_of_range: String,
    pub too_short: String,
    pub unclosed_ring: String,
    pub encoding: String,
    pub not_geojson: String,
    pub other_crs: String,
    pub broken: String,
    pub too_deep: String,
    pub not_followed: String,
    pub metres: String,
    pub degrees: String,
    pub swapped: String,
    pub perhaps_swapped: String,
    pub ragged: String,
    pub open_quote: String,
}

/// The table of a file's features.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableTexts {
    pub title: String,
    pub no_file: String,
    pub no_rows: String,
    pub clear_filter: String,
    pub filter: String,
    pub shown_of: Template,
    pub only_differences: String,
    pub export: String,
    pub save_csv: String,
    pub use_dates: String,
    pub close: String,
    pub reading: String,
    pub sort_by: Template,
    pub row: Template,
    pub copy: String,
    pub filter_hint: String,
    pub wants_column: String,
    pub wants_operator: String,
    pub wants_value: String,
    pub wants_end: String,
    pub wants_bracket: String,
    pub wants_quote: String,
    pub unknown_column: String,
    pub too_deep: String,
    /// Of a column: what the row is called.
    pub col_name: String,
    pub col_date: String,
    pub col_in_document: String,
    pub col_gauge: String,
    pub col_gauge_break: String,
    pub col_km: String,
    pub col_km_across: String,
    pub col_routes: String,
    pub col_sides: String,
    pub column: Template,
    pub move_left: String,
    pub move_right: String,
    pub hide_column: String,
    pub show_columns: String,
    pub values: String,
    pub missing: String,
    pub distinct: String,
    pub least: String,
    pub mean: String,
    pub greatest: String,
    pub whole_span: Template,
    pub from_to: Template,
    pub chosen: Template,
    pub more_values: Template,
    pub fewer_values: String,
    pub other: String,
}

/// The sheet of all keys: its parts, the keys that are words, and a line for each command.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyTexts {
    pub title: String,
    pub part_find: String,
    pub part_map: String,
    pub part_things: String,
    pub part_sheets: String,
    pub part_present: String,
    pub part_pointer: String,
    pub note_text_field: String,
    pub key_arrows: String,
    pub key_space: String,
    pub key_enter: String,
    pub key_or: String,
    pub key_to: Template,
    pub search: String,
    pub open_file: String,
    pub pan: String,
    pub pan_faster: String,
    pub walk: String,
    pub around: String,
    pub zoom: String,
    pub whole_map: String,
    pub move_focus: String,
    pub open: String,
    pub next_region: String,
    pub choose: String,
    pub next_zone: String,
    pub previous_zone: String,
    pub next_corridor: String,
    pub previous_corridor: String,
    pub text_larger: String,
    pub text_smaller: String,
    pub text_normal: String,
    pub commands: String,
    pub zones: String,
    pub corridors: String,
    pub layers: String,
    pub table: String,
    pub strip: String,
    pub compare: String,
    pub play: String,
    pub present: String,
    pub full_screen: String,
    pub black: String,
    pub notes: String,
    pub back_forward: String,
    pub copy_citation: String,
    pub next_theme: String,
    pub all_keys: String,
    pub escape: String,
    pub quit: String,
    pub mouse_click: String,
    pub mouse_double_click: String,
    pub mouse_drag: String,
    pub mouse_wheel: String,
    pub mouse_shift_drag: String,
    pub select: String,
    pub fly_to: String,
    pub click_again: String,
    pub zoom_at_pointer: String,
    pub box_zoom: String,
    pub clear: String,
}

/// The sheet that says what this is, from what it is made, and under which licences.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AboutTexts {
    pub title: String,
    pub version: Template,
    pub what: String,
    pub offline: String,
    pub borders: String,
    pub translations: String,
    pub document: String,
    pub licences: String,
    pub program: String,
    pub program_licence: String,
    pub map_data: String,
    pub facts: String,
    pub fonts: String,
    pub code: String,
    pub read_licence: String,
}

/// What is said when something does not work.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorTexts {
    pub graphics_lost: String,
    pub no_graphics: String,
    pub session_broken: String,
    pub cannot_copy: String,
    pub cannot_open_link: String,
    pub copy_details: String,
    pub restart: String,
}

/// A table of a person joined to places.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinTexts {
    pub title: Template,
    pub about: Template,
    pub to: String,
    pub by: String,
    pub countries: String,
    pub zones: String,
    /// The features of an opened file by one of its columns.
    pub features_of: Template,
    pub found: Counted,
    pub none_found: String,
    pub unmatched: Counted,
    pub line: Template,
    pub near: Template,
    pub ambiguous: String,
    pub empty: String,
    pub several: Counted,
    pub without: Counted,
    pub problems: Counted,
    pub copy: String,
    pub start: String,
    pub again: String,
    pub waiting: Template,
}

/// Pins and notes of a person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteTexts {
    pub title: String,
    pub add: String,
    pub add_here: String,
    pub note: String,
    pub untitled: String,
    pub name: String,
    pub text: String,
    pub delete: String,
    pub deleted: String,
    pub created: Template,
    pub kept: Template,
    pub not_kept: Template,
    pub set_aside: Template,
    pub measure_here: String,
    pub copy_place: String,
    pub copy_all: String,
}

/// All sources, and what rests on them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptTexts {
    pub title: String,
    pub sources: String,
    pub alone: String,
    pub differ: String,
    pub pairs: String,
    pub sources_note: String,
    pub alone_note: String,
    pub differ_note: String,
    pub pairs_note: String,
    pub rests: Counted,
    pub shown: Counted,
    pub find: String,
    pub copy: String,
    pub none: String,
}

/// A quiz from the facts of the atlas.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuizTexts {
    pub title: String,
    pub start: String,
    pub again: String,
    pub person: String,
    pub about: String,
    pub progress: Template,
    pub place: Template,
    pub corridor: Template,
    pub neighbour: Template,
    pub right: String,
    pub wrong: String,
    pub away: Template,
    pub answer: Template,
    pub skip: String,
    pub next: String,
    pub score: Template,
    pub copy: String,
    pub save: String,
    pub pool: String,
    pub pooled: Counted,
    pub hardest: String,
    pub here: String,
    pub close: String,
    pub not_pooled: Template,
}
