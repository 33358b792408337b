//! Quizzes of many seeds beside the catalog, and results that are written and read again.

use std::collections::HashSet;

use super::*;
use crate::atlas::Item;
use crate::catalog::Entry;

fn catalog() -> Catalog {
    crate::catalog::embedded()
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

/// What the atlas calls right for a question with choices, read without the quiz's own code.
fn is_true(catalog: &Catalog, question: &Question, choice: &Id) -> bool {
    match (question, catalog.entry(question.asked()).expect("an entry")) {
        (Question::WhichCorridor { .. }, Entry::Item(Item::Zone(zone))) => zone.corridors.contains(choice),
        (Question::WhichCorridor { .. }, Entry::Item(Item::Project(one))) => one.corridors.contains(choice),
        (Question::WhichNeighbour { .. }, Entry::Item(Item::Zone(zone))) => zone.neighbour == choice.name,
        (question, _) => panic!("{question:?} has no choices"),
    }
}

fn right_answer(catalog: &Catalog, question: &Question) -> Answer {
    question.place(catalog).map_or_else(|| Answer::Choice(question.right().clone()), Answer::Position)
}

/// A round in which the first `right` answers are right and the others skipped.
fn played(catalog: &Catalog, quiz: Quiz, person: &str, right: usize) -> Round {
    let mut round = Round::new(quiz, person);
    while let Some(question) = round.at() {
        let is_next_right = round.given().len() < right;
        let answer = if is_next_right { right_answer(catalog, question) } else { Answer::Skipped };
        assert!(round.answer(catalog, answer).is_some());
    }
    round
}

#[test]
fn the_seed_alone_decides() {
    let catalog = catalog();
    assert_eq!(Quiz::new(&catalog, 7, 12), Quiz::new(&catalog, 7, 12));
    let quizzes: Vec<Quiz> = (0..20).map(|seed| Quiz::new(&catalog, seed, 12)).collect();
    assert!(quizzes.windows(2).all(|pair| pair[0] != pair[1]));
    let short = (0..50).flat_map(|seed| Quiz::new(&catalog, seed, 3).questions);
    let asked: HashSet<Id> =
        short.filter(|one| one.kind() == "place").map(|one| one.asked().clone()).collect();
    assert!(asked.len() > catalog.atlas.zones.len() / 2, "{asked:?}");
    // A right answer that always stands at one place needs no atlas.
    let choosing = quizzes.iter().flat_map(|quiz| &quiz.questions);
    let places: HashSet<Option<usize>> = choosing
        .filter(|question| !question.choices().is_empty())
        .map(|question| question.choices().iter().position(|choice| choice == question.right()))
        .collect();
    assert_eq!(places, (0..CHOICES).map(Some).collect::<HashSet<_>>());
}

#[test]
fn every_question_stands_once_and_has_one_right_choice() {
    let catalog = catalog();
    for seed in 0..200 {
        let quiz = Quiz::new(&catalog, seed, usize::MAX);
        let mut seen = HashSet::new();
        for question in &quiz.questions {
            assert!(seen.insert((question.kind(), question.asked())), "{seed}: {question:?}");
            let choices = question.choices();
            if question.kind() == "place" {
                assert!(question.place(&catalog).is_some() && choices.is_empty(), "{question:?}");
                continue;
            }
            assert_eq!(choices.len(), CHOICES, "{seed}: {question:?}");
            assert_eq!(choices.iter().collect::<HashSet<_>>().len(), CHOICES, "{seed}: {question:?}");
            let right: Vec<&Id> =
                choices.iter().filter(|choice| is_true(&catalog, question, choice)).collect();
            assert_eq!(right, [question.right()], "{seed}: {question:?}");
            assert!(choices.iter().all(|choice| catalog.entry(choice).is_some()), "{question:?}");
        }
        let on_corridor = quiz.questions.iter().filter(|question| question.kind() == "corridor");
        let projects = catalog.atlas.projects.iter().filter(|one| !one.corridors.is_empty());
        assert_eq!(on_corridor.count(), catalog.atlas.zones.len() + projects.count());
    }
}

#[test]
fn hunchun_is_never_asked_with_the_other_country_at_its_crossings() {
    let catalog = catalog();
    let korea = id("country/KP");
    let quizzes = (0..200).map(|seed| Quiz::new(&catalog, seed, usize::MAX));
    let neighbours: Vec<Question> =
        quizzes.flat_map(|quiz| quiz.questions).filter(|one| one.kind() == "neighbour").collect();
    let (hunchun, others): (Vec<_>, Vec<_>) =
        neighbours.iter().partition(|one| *one.asked() == id("zone/hunchun"));
    assert_eq!(hunchun.len(), 200);
    assert!(hunchun.iter().all(|one| !one.choices().contains(&korea)));
    assert!(others.iter().any(|one| one.choices().contains(&korea)));
}

#[test]
fn the_kinds_are_mixed_evenly() {
    let catalog = catalog();
    for (seed, count) in (0..50).flat_map(|seed| [(seed, 1), (seed, 10), (seed, 12)]) {
        let quiz = Quiz::new(&catalog, seed, count);
        assert_eq!(quiz.questions.len(), count);
        let of = |kind| quiz.questions.iter().filter(|question| question.kind() == kind).count();
        for number in ["place", "corridor", "neighbour"].map(of) {
            assert!((count / 3..=count.div_ceil(3)).contains(&number), "{seed}: {number} of {count}");
        }
    }
    assert!(Quiz::new(&catalog, 1, 0).questions.is_empty());
}

#[test]
fn a_place_is_right_within_a_hundred_kilometres() {
    let catalog = catalog();
    let question = Question::Place { zone: id("zone/erenhot") };
    let at = question.place(&catalog).expect("a place");
    // A degree of the meridian here is 111.1 km.
    for (degrees, is_right) in [(0.0, true), (0.89, true), (0.91, false), (-0.89, true), (5.0, false)] {
        let verdict = question.judge(&catalog, &Answer::Position(LonLat::new(at.lon, at.lat + degrees)));
        assert_eq!(verdict.is_right, is_right, "{degrees}: {verdict:?}");
        let km = verdict.distance_km.expect("a distance");
        assert!((km - degrees.abs() * 111.1).abs() < 10.0, "{degrees}: {km}");
    }
    let wrong = Verdict { is_right: false, distance_km: None };
    assert_eq!(question.judge(&catalog, &Answer::Choice(id("zone/erenhot"))), wrong);
    assert_eq!(question.judge(&catalog, &Answer::Skipped), wrong);
}

#[test]
fn only_the_right_choice_is_right() {
    let catalog = catalog();
    let quiz = Quiz::new(&catalog, 3, 30);
    for question in quiz.questions.iter().filter(|question| question.kind() != "place") {
        let judged = |choice: &Id| question.judge(&catalog, &Answer::Choice(choice.clone())).is_right;
        let right: Vec<&Id> = question.choices().iter().filter(|choice| judged(choice)).collect();
        assert_eq!(right, [question.right()]);
        let place = Answer::Position(LonLat::new(80.0, 44.0));
        assert!(
            !question.judge(&catalog, &place).is_right
                && !question.judge(&catalog, &Answer::Skipped).is_right
        );
    }
}

#[test]
fn every_right_answer_is_explained_with_sources_that_the_atlas_has() {
    let catalog = catalog();
    for question in Quiz::new(&catalog, 5, usize::MAX).questions {
        for language in Language::ALL {
            let explained = question.explained(&catalog, language);
            assert_eq!(explained.right, *question.right());
            assert!(!explained.name.is_empty() && !explained.lines.is_empty(), "{question:?}");
            assert!(!explained.sources.is_empty(), "{question:?}");
            for source in &explained.sources {
                assert!(catalog.atlas.sources.iter().any(|one| one.id.name == source.id), "{source:?}");
                assert_eq!(explained.sources.iter().filter(|one| *one == source).count(), 1);
            }
        }
    }
}

#[test]
fn a_round_ends_after_its_last_question() {
    let catalog = catalog();
    let mut round = played(&catalog, Quiz::new(&catalog, 11, 9), "Kim", 4);
    assert_eq!((round.right_count(), round.given().len(), round.is_over()), (4, 9, true));
    assert_eq!(round.answer(&catalog, Answer::Skipped), None);
    assert_eq!(round.given().len(), 9);
}

#[test]
fn what_is_written_is_pooled_whatever_a_person_is_called_and_speaks() {
    let catalog = catalog();
    let names = ["=HYPERLINK(\"x\",1)", "'=1", "O\"Neil, Ann", "'t Hooft", "two\nlines", "김", ""];
    let texts: Vec<String> = names
        .iter()
        .zip(Language::ALL.into_iter().cycle())
        .map(|(name, language)| {
            results_csv(&played(&catalog, Quiz::new(&catalog, 2, 9), name, 4), &catalog, language)
        })
        .collect();
    assert!(texts[0].contains("\r\n\"'=HYPERLINK(\"\"x\"\",1)\",1,"), "{}", texts[0]);
    assert!(texts[0].starts_with("person,question,kind,asked,right_answer,answer,is_right,distance_km\r\n"));
    let files: Vec<(&str, &str)> = texts.iter().map(|text| ("a.csv", text.as_str())).collect();
    let pooled = pool(&files).expect("pooled");
    let mut expected = names;
    expected[6] = "a.csv";
    expected.sort_unstable();
    let people: Vec<&str> = pooled.people.iter().map(|one| one.person.as_str()).collect();
    assert_eq!(people, expected);
    assert!(pooled.people.iter().all(|one| one.tally == Tally { right: 4, asked: 9 }));
    // In three languages the nine questions are the same nine.
    assert_eq!(pooled.questions.len(), 9);
    assert!(pooled.questions[..5].iter().all(|one| one.tally == Tally { right: 0, asked: 7 }));
    assert!(pooled.questions[5..].iter().all(|one| one.tally == Tally { right: 7, asked: 7 }));
}

#[test]
fn a_place_in_the_west_is_no_formula() {
    let catalog = catalog();
    let quiz = Quiz { questions: vec![Question::Place { zone: id("zone/erenhot") }] };
    let mut round = Round::new(quiz, "Kim");
    let verdict = round.answer(&catalog, Answer::Position(LonLat::new(-73.5, 40.25))).expect("a verdict");
    let text = results_csv(&round, &catalog, Language::En);
    let km = verdict.distance_km.expect("a distance");
    assert!(text.ends_with(&format!(",\"'-73.5000,40.2500\",false,{km:.1}\r\n")), "{text}");
}

#[test]
fn columns_stand_in_any_order_and_the_hardest_question_comes_first() {
    let first = "\u{feff}is_right,asked,extra,kind,person\r\nTRUE,zone/heihe Heihe,,place,Kim\r\n\
                 FALSE,zone/ruili Ruili,,place,Kim\r\n\r\n";
    let second = "person,kind,asked,is_right\nLi,place,zone/heihe 黑河,false\nLi,corridor,zone/ruili 瑞丽,true\n\
                  Li,place,zone/mohan,true\nLi,place,zone/mohan,true\nLi,place,zone/mohan,false";
    let pooled = pool(&[("kim.csv", first), ("li.csv", second)]).expect("pooled");
    let questions: Vec<_> = pooled
        .questions
        .iter()
        .map(|one| (one.kind.as_str(), one.asked.as_str(), one.tally.right, one.tally.asked))
        .collect();
    assert_eq!(
        questions,
        [
            ("place", "zone/ruili", 0, 1),
            ("place", "zone/heihe", 1, 2),
            ("place", "zone/mohan", 2, 3),
            ("corridor", "zone/ruili", 1, 1),
        ]
    );
    let people: Vec<_> = pooled.people.iter().map(|one| (one.person.as_str(), one.tally)).collect();
    assert_eq!(people, [("Kim", Tally { right: 1, asked: 2 }), ("Li", Tally { right: 3, asked: 5 })]);
    assert_eq!(pool(&[]), Ok(Pooled::default()));
}

#[test]
fn a_file_that_cannot_be_counted_is_named_with_its_line() {
    let good = "person,kind,asked,is_right\nKim,place,zone/heihe,true\n";
    let file = || "b.csv".to_owned();
    let cases = [
        ("person,kind,is_right\n", PoolFault::NoColumn { file: file(), line: 1, column: "asked" }),
        ("\n\nkind,asked,is_right\n", PoolFault::NoColumn { file: file(), line: 3, column: "person" }),
        ("", PoolFault::NoColumn { file: file(), line: 1, column: "person" }),
        (
            "person,kind,asked,is_right\n\"two\nlines\",place,zone/heihe,true\nLi,place\n",
            PoolFault::NoValue { file: file(), line: 4, column: "is_right" },
        ),
        (
            "person,kind,asked,is_right\nLi,place,zone/heihe,yes\n",
            PoolFault::NotTrueOrFalse { file: file(), line: 2, found: "yes".to_owned() },
        ),
        (
            "person,kind,asked,is_right\n\"Li,place,zone/heihe,true\n",
            PoolFault::OpenQuote { file: file(), line: 2 },
        ),
    ];
    for (text, fault) in cases {
        assert!(fault.to_string().starts_with("b.csv line "), "{fault}");
        assert_eq!(pool(&[("a.csv", good), ("b.csv", text)]), Err(fault));
    }
}
