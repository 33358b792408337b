//! Texts of the network: why an opened address gave nothing, and what to do.

use serde::Deserialize;

use super::Template;

/// Why nothing came from an address. A hole `host` takes the name of a server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetTexts {
    /// What was typed.
    pub bad: Template,
    /// What stands before the colon, such as `ftp`.
    pub scheme: Template,
    pub user_info: String,
    pub offline: Template,
    pub unresolved: Template,
    pub refused: Template,
    pub timed_out: Template,
    pub tls: Template,
    pub not_http: Template,
    pub web_page: Template,
    pub forbidden: String,
    pub not_found: String,
    pub overloaded: String,
    /// The number of the status.
    pub status: Template,
    /// In seconds.
    pub busy: Template,
    /// In megabytes.
    pub too_large: Template,
    pub truncated: String,
    pub lying_length: String,
    /// The way of packing, such as `gzip`.
    pub packed: Template,
    pub no_range: String,
    pub changed: String,
    pub too_many_redirects: String,
    pub redirect_to_private: Template,
    pub redirect_downgrade: Template,
    pub redirect_elsewhere: Template,
    pub stopped: String,
    /// What the system says, in its own words.
    pub setup: Template,
}
