//! What is said of the coordinate system of a file, in the language of the window.

use crate::data::{Doubt, Placed};
use crate::geo::crs::{Guess, Suspicion};
use crate::i18n::{Strings, decimal};

/// `EPSG:3857 · WGS 84 / Pseudo-Mercator · as exact as the file`, and what was done besides.
#[must_use]
pub fn placed(strings: &Strings, placed: &Placed) -> String {
    let texts = &strings.crs;
    let accuracy = match placed.accuracy_m {
        _ if placed.is_far => texts.far.clone(),
        0.0 => texts.as_file.clone(),
        metres => texts.within.fill("m", &in_metres(strings, metres)),
    };
    let (name, accuracy) = (("name", placed.system.as_str()), ("accuracy", accuracy.as_str()));
    let mut all = vec![match &placed.code {
        Some(code) => texts.line.fill_all(&[("code", code), name, accuracy]),
        None => texts.line_named.fill_all(&[name, accuracy]),
    }];
    if let Some(metres) = placed.shift_m {
        let metres = in_metres(strings, metres);
        match (placed.offset, &placed.shift) {
            (Some(offset), _) => {
                all.push(texts.offset.fill_all(&[("name", offset.name()), ("m", &metres)]));
            }
            (None, Some(shift)) => all.push(texts.shifted.fill_all(&[("m", &metres), ("shift", shift)])),
            (None, None) => {}
        }
    }
    if placed.is_swapped {
        all.push(texts.swapped.clone());
    }
    all.join(" · ")
}

/// What must be asked of a file; `None` where all is known.
#[must_use]
pub fn asked(strings: &Strings, doubt: &Doubt) -> Option<String> {
    let texts = &strings.crs;
    let question = match doubt.suspicion {
        Suspicion::Metres => &texts.ask_metres,
        Suspicion::Degrees => &texts.ask_degrees,
        Suspicion::Swapped => &texts.ask_swapped,
        Suspicion::PerhapsSwapped => &texts.ask_arctic,
        Suspicion::None => return doubt.unknown.as_deref().map(|name| unknown(strings, name)),
    };
    Some(question.clone())
}

/// Which system nobody here knows.
#[must_use]
pub fn unknown(strings: &Strings, name: &str) -> String {
    let texts = &strings.crs;
    texts.unknown.fill("name", if name.is_empty() { &texts.unnamed } else { name })
}

/// A system that numbers may be in.
#[must_use]
pub fn guessed(strings: &Strings, guess: &Guess) -> String {
    let code = format!("{}:{}", guess.authority, guess.code);
    let template = if guess.is_swapped { &strings.crs.guess_swapped } else { &strings.crs.guess };
    template.fill_all(&[("code", &code), ("name", guess.name)])
}

fn in_metres(strings: &Strings, metres: f64) -> String {
    strings.units.m.fill("n", &decimal(metres, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::LonLat;
    use crate::geo::crs::Offset;
    use crate::i18n::Language;

    fn of(accuracy_m: f64) -> Placed {
        Placed {
            system: "WGS 84 / Pseudo-Mercator".to_owned(),
            code: Some("EPSG:3857".to_owned()),
            accuracy_m,
            is_far: false,
            shift: None,
            shift_m: None,
            offset: None,
            is_swapped: false,
        }
    }

    #[test]
    fn the_accuracy_is_said_and_never_called_exact() {
        let strings = Strings::embedded(Language::En);
        assert_eq!(placed(strings, &of(0.0)), "EPSG:3857 · WGS 84 / Pseudo-Mercator · as exact as the file");
        let shifted = Placed { shift: Some("EPSG:5191".to_owned()), shift_m: Some(371.4), ..of(15.0) };
        assert_eq!(
            placed(strings, &Placed { code: None, ..shifted }),
            "WGS 84 / Pseudo-Mercator · within about 15 m · moved by 371 m (EPSG:5191)"
        );
        let far = placed(strings, &Placed { is_far: true, ..of(0.0) });
        assert!(far.contains("not made for") && !far.contains("as exact"), "{far}");
        let offset =
            Placed { offset: Some(Offset::Bd09), shift_m: Some(1_234.0), is_swapped: true, ..of(2.0) };
        let said = placed(strings, &offset);
        assert!(said.ends_with("BD-09 offset taken off, 1,234 m · numbers swapped"), "{said}");
        for language in Language::ALL {
            assert!(placed(Strings::embedded(language), &offset).contains("1,234 m"));
        }
    }

    #[test]
    fn a_doubt_is_a_question_or_a_name() {
        let strings = Strings::embedded(Language::En);
        let doubt = Doubt { unknown: Some(String::new()), ..Doubt::default() };
        assert_eq!(
            asked(strings, &doubt).as_deref(),
            Some("Coordinate system not known: a coordinate system without a name")
        );
        let doubt = Doubt { suspicion: Suspicion::Metres, ..doubt };
        assert!(asked(strings, &doubt).is_some_and(|text| text.ends_with('?')));
        assert_eq!(asked(strings, &Doubt::default()), None);
        let middle = LonLat::new(117.1, 39.8);
        let guess = Guess { authority: "EPSG", code: 4527, name: "CGCS2000", is_swapped: true, middle };
        assert_eq!(guessed(strings, &guess), "EPSG:4527 · CGCS2000, northing first");
    }
}
