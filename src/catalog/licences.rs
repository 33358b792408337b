//! What the program carries from others, and under which terms.

use serde::Deserialize;

const BASEMAP: &str = include_str!("../../assets/basemap/LICENCES.json");
const SYSTEMS: &str = include_str!("../../assets/crs/LICENCES.json");
const FONTS: &str = include_str!("../../assets/fonts/LICENCES.json");

/// One data set or family of letters.
#[derive(Clone, Debug, Deserialize)]
pub struct Licence {
    pub id: String,
    pub title: String,
    pub licence: String,
    pub attribution: String,
}

/// Those of the basemap and of the coordinate systems.
#[must_use]
pub fn data_licences() -> Vec<Licence> {
    let read = |text| serde_json::from_str::<Vec<Licence>>(text).unwrap_or_default();
    [read(BASEMAP), read(SYSTEMS)].concat()
}

/// Those of the letters.
#[must_use]
pub fn font_licences() -> Vec<Licence> {
    serde_json::from_str(FONTS).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_licence_names_its_terms_and_whom_to_thank() {
        let all: Vec<Licence> = data_licences().into_iter().chain(font_licences()).collect();
        assert!(all.iter().any(|one| one.id == "epsg"));
        assert!(all.len() >= 7, "{}", all.len());
        assert!(
            all.iter()
                .all(|one| !one.title.is_empty() && !one.licence.is_empty() && !one.attribution.is_empty())
        );
    }
}
