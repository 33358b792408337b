//! Texts of the bars and of the two panels.

use serde::Deserialize;

use super::{Counted, Template};

/// Words that stand by themselves on controls and tags.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordTexts {
    pub close: String,
    pub show: String,
    pub hide: String,
    pub remove: String,
    pub stop: String,
    pub clear: String,
    pub cancel: String,
    pub open: String,
    pub yes: String,
    pub no: String,
    pub also: String,
    pub list_comma: String,
    pub list_and: Template,
    pub window_title: Template,
    pub name_with_note: Template,
}

/// The bar over the map, and the two zoom buttons.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolbarTexts {
    pub back: String,
    pub forward: String,
    pub language: String,
    pub theme: String,
    pub theme_light: String,
    pub theme_dark: String,
    pub theme_projector: String,
    pub zoom_in: String,
    pub zoom_out: String,
    pub whole_map: String,
    pub full_screen: String,
    pub present: String,
    pub all_keys: String,
    pub about: String,
    pub menu: String,
    pub open_list: String,
    pub close_list: String,
    pub open_details: String,
    pub close_details: String,
    pub less_motion: String,
    pub text_size: String,
    pub wheel_zooms: String,
    pub wheel_pans: String,
}

/// The search field and its list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchTexts {
    pub placeholder: String,
    pub hint: String,
    pub start: String,
    pub no_command: Template,
    pub none: Template,
    pub results: Counted,
    pub facts: String,
    pub faces: Template,
    pub in_country: Template,
    pub passes: Template,
    pub on_corridor: Template,
    pub also_called: Template,
}

/// The right panel with nothing selected.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverviewTexts {
    pub title: String,
    pub lead: String,
    pub start_tour: String,
    pub read_document: String,
    pub zones_north_east: String,
    pub zones_south_west: String,
    pub centre: String,
    pub connectivities: String,
    pub lessons: String,
    pub western_development: String,
    pub every_fact: String,
}

/// The right panel with something selected.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelTexts {
    pub document_and_check: String,
    pub document_says: String,
    pub document_says_in: Template,
    pub check_says: String,
    pub check_says_in: Template,
    pub they_differ: String,
    pub they_agree: String,
    pub not_certain: String,
    pub certain: String,
    pub ratified_by_both: String,
    pub facts: String,
    pub facts_by_year: String,
    pub in_short: String,
    pub show_all: String,
    pub show_all_facts: Counted,
    pub show_fewer: String,
    pub no_year: String,
    pub no_facts: String,
    pub on_these_corridors: String,
    pub zones_on_corridor: Counted,
    pub projects_on_corridor: String,
    pub in_this_country: String,
    pub position: String,
    pub region: String,
    pub stops: String,
    pub where_it_runs: String,
    pub examples: String,
    pub glossary: String,
    pub author: String,
    pub publisher: String,
    pub published: String,
    pub licence: String,
    pub link: String,
    pub related: String,
    pub sources: String,
    pub source_note: String,
    pub open_source: String,
    pub facts_from_source: String,
    pub accessed: Template,
    pub routes: String,
    pub main_route: String,
    pub branch: String,
    pub how_long: String,
    pub measured_here: Template,
    pub countries: String,
    pub position_good_to: Template,
    pub position_unknown_error: String,
    pub port: String,
    pub counterpart: String,
    pub port_to_counterpart: String,
    pub port_to_counterpart_km: Template,
    pub faces: Template,
    pub also_called: String,
    pub pinyin: String,
    pub status: String,
    pub province: String,
    pub neighbour: String,
    pub approved: String,
    pub administered_by: Template,
    pub administered_and_claimed: Template,
    pub sides: String,
    pub track: Template,
    pub gauge_break: String,
    pub along_route: Template,
    pub document_order: Template,
    pub in_document: String,
    pub not_in_document: String,
    pub not_one_of_eleven: String,
    pub fly_to: String,
    pub fly_along: String,
    pub compare: String,
    pub compare_zones: String,
    pub copy_citation: String,
    pub citation_as: String,
    pub copy_link: String,
    pub copy_position: String,
    pub copied: String,
    pub citation: Template,
    pub citation_undated: Template,
    pub citation_atlas: Template,
    pub export_figure: String,
}
