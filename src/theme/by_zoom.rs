//! A number that changes with the zoom of the map.

use serde::{Deserialize, Deserializer};

/// A table from zoom to a number: linear between its entries, flat beyond its ends.
///
/// Invariant: it has at least one entry, and its zooms rise.
#[derive(Clone, Debug, PartialEq)]
pub struct ByZoom(Vec<(f32, f32)>);

impl ByZoom {
    /// The same number at every zoom.
    #[must_use]
    pub fn constant(value: f32) -> Self {
        Self(vec![(0.0, value)])
    }

    /// The number at a zoom.
    #[must_use]
    pub fn at(&self, zoom: f64) -> f32 {
        let zoom = zoom as f32;
        let after = self.0.partition_point(|(at, _)| *at <= zoom);
        match (after.checked_sub(1).and_then(|index| self.0.get(index)), self.0.get(after)) {
            (Some((from, low)), Some((to, high))) => low + (high - low) * (zoom - from) / (to - from),
            (Some((_, value)), None) | (None, Some((_, value))) => *value,
            (None, None) => 0.0,
        }
    }

    /// Every number times `factor`.
    #[must_use]
    pub fn scaled(&self, factor: f32) -> Self {
        Self(self.0.iter().map(|(zoom, value)| (*zoom, value * factor)).collect())
    }

    /// The entries as (zoom, number), by rising zoom.
    #[must_use]
    pub fn entries(&self) -> &[(f32, f32)] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for ByZoom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rising_table(deserializer, "a zoom").map(Self)
    }
}

/// Reads `{"2": 0.7, "4": 0.9}` as pairs by rising key.
pub(super) fn rising_table<'de, D, T>(deserializer: D, what: &str) -> Result<Vec<(f32, T)>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    use serde::de::Error;

    let map = std::collections::BTreeMap::<String, T>::deserialize(deserializer)?;
    let mut table = Vec::with_capacity(map.len());
    for (key, value) in map {
        let number = key.parse::<f32>().ok().filter(|number| number.is_finite());
        let number = number.ok_or_else(|| D::Error::custom(format!("{key:?} is not {what}")))?;
        table.push((number, value));
    }
    table.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    if table.is_empty() || table.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(D::Error::custom(format!("a table needs at least one entry, and {what} only once")));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_grows_evenly_between_its_zooms_and_stays_beyond_them() {
        let widths: ByZoom = serde_json::from_str(r#"{"10": 5.0, "2": 2.6, "4": 3.4}"#).expect("a table");
        assert_eq!(widths.at(0.0), 2.6);
        assert_eq!(widths.at(2.0), 2.6);
        assert!((widths.at(3.0) - 3.0).abs() < 1e-6);
        assert_eq!(widths.at(4.0), 3.4);
        assert_eq!(widths.at(22.0), 5.0);
        assert_eq!(widths.scaled(2.0).at(4.0), 6.8);
        assert_eq!(ByZoom::constant(3.0).at(7.0), 3.0);
    }

    #[test]
    fn a_table_that_is_empty_or_unclear_does_not_parse() {
        for text in ["{}", r#"{"x": 1}"#, r#"{"2": 1, "2.0": 2}"#, r#"{"NaN": 2}"#] {
            assert!(serde_json::from_str::<ByZoom>(text).is_err(), "{text}");
        }
    }
}
