//! Against the boundaries and lines that the program carries.

use crate::content::Content;

#[test]
fn the_land_bridge_touches_the_boundary_that_it_crosses_at_the_alataw_pass() {
    let Content { state, scenery, .. } = Content::embedded().expect("the embedded content reads");
    scenery.read_boundaries();
    scenery.find_touching(&state.catalog);
    let touched = |name: &str| -> Vec<String> {
        let rows = 0..u16::try_from(state.catalog.tables.boundaries.len()).expect("rows");
        let is_touched = |row: &u16| scenery.touching(*row).any(|id| id.to_string() == name);
        let sides = |row: u16| {
            let boundary = &state.catalog.tables.boundaries[usize::from(row)];
            format!("{} {}", boundary.left.en, boundary.right.en)
        };
        rows.filter(is_touched).map(sides).collect()
    };
    let by_rail = touched("corridor/nelb");
    let is_between = |sides: &String| sides.contains("China") && sides.contains("Kazakhstan");
    assert!(by_rail.iter().any(is_between), "{by_rail:?}");
    assert!(touched("zone/horgos").iter().any(is_between));
    assert!(!touched("zone/hekou").iter().any(is_between));
}
