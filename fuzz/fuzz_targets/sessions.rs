//! Sessions and projects: what reads is written and reads as the same again.
#![no_main]

use corridor_atlas::state::Session;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(session) = Session::from_json(text) {
        let again = Session::from_json(&session.to_json()).expect("what was written reads");
        assert_eq!(again.to_json(), session.to_json());
    }
});
