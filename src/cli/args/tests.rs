//! What a command line means.

use super::*;

#[test]
fn negative_coordinates_are_values() {
    for line in [
        &["corridor-atlas", "at", "-74.0,-40.7", "--json"][..],
        &["corridor-atlas", "at", "--zoom", "5", "-74.0,-40.7"],
        &["corridor-atlas", "--view", "-74,-40,5"],
        &["corridor-atlas", "--fit", "-10,-10,10,10"],
        &["corridor-atlas", "search", "-33.5, 70"],
    ] {
        assert!(Arguments::try_parse_from(line).is_ok(), "{line:?}");
    }
}

#[test]
fn a_view_out_of_range_says_which_part_is() {
    assert!("200,0,5".parse::<View>().is_err_and(|error| error.contains("longitude 200")));
    assert!("20,0,50".parse::<View>().is_err_and(|error| error.contains("zoom 50")));
    assert!("20,0".parse::<View>().is_err());
    assert!("90,10,80,20".parse::<Fit>().is_err_and(|error| error.contains("west")));
}

#[test]
fn the_arguments_hold_together() {
    use clap::CommandFactory;
    Arguments::command().debug_assert();
}
