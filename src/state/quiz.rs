//! A quiz under way, and the results of several people together.

use std::sync::Arc;

use super::{Effect, State};
use crate::catalog::quiz::{Answer, PoolFault, Pooled, Quiz, Round, pool, results_csv};

/// Questions of a round.
const QUESTIONS: usize = 10;

/// The quiz as it stands.
#[derive(Clone, Debug, Default)]
pub struct QuizState {
    pub is_open: bool,
    pub person: String,
    /// `None` before the first round.
    pub round: Option<Arc<Round>>,
    /// The last answer is being explained: the next question waits.
    pub is_explaining: bool,
    /// The files of results that were opened, by their names.
    files: Vec<(String, String)>,
    pub pooled: Option<Result<Arc<Pooled>, PoolFault>>,
}

/// What can be asked of the quiz.
#[derive(Clone, Debug, PartialEq)]
pub enum QuizCommand {
    SetOpen(bool),
    SetPerson(String),
    /// A new round; the same seed asks the same questions.
    Start {
        seed: u64,
    },
    Answer(Answer),
    Next,
    /// Keep the results in a file that the person chooses.
    Save,
    /// Results of somebody, as a file has them; it is no layer.
    Pool {
        key: String,
        name: String,
        text: String,
    },
}

impl QuizState {
    /// Whether the next click on the map is an answer: then the map names nothing.
    #[must_use]
    pub fn asks_for_a_place(&self) -> bool {
        let question = self.round.as_ref().and_then(|round| round.at());
        self.is_open && !self.is_explaining && question.is_some_and(|question| question.choices().is_empty())
    }
}

impl State {
    pub(super) fn apply_to_quiz(&mut self, command: QuizCommand) -> Vec<Effect> {
        match command {
            QuizCommand::SetOpen(is_open) => {
                self.quiz.is_open = is_open;
                if is_open {
                    self.search.close();
                    self.panels.sheet = None;
                    self.compare.is_open = false;
                }
            }
            QuizCommand::SetPerson(person) => self.quiz.person = person,
            QuizCommand::Start { seed } => {
                let quiz = Quiz::new(&self.catalog, seed, QUESTIONS);
                self.quiz.round = Some(Arc::new(Round::new(quiz, self.quiz.person.trim())));
                self.quiz.is_explaining = false;
                self.quiz.is_open = true;
                self.select(None);
            }
            QuizCommand::Answer(answer) => return self.answer(answer),
            QuizCommand::Next => {
                self.quiz.is_explaining = false;
                self.select(None);
            }
            QuizCommand::Save => {
                let language = self.settings.language;
                return self.quiz.round.as_ref().map_or_else(Vec::new, |round| {
                    let text = results_csv(round, &self.catalog, language);
                    vec![Effect::SaveAs { name: "quiz.csv".to_owned(), text }]
                });
            }
            QuizCommand::Pool { key, name, text } => {
                self.files.forget(&key);
                self.quiz.files.retain(|(other, _)| *other != name);
                self.quiz.files.push((name, text));
                let files: Vec<(&str, &str)> =
                    self.quiz.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
                let pooled = pool(&files).map(Arc::new);
                if pooled.is_err() {
                    self.quiz.files.pop();
                }
                self.quiz.pooled = Some(pooled);
                self.quiz.is_open = true;
            }
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        let Some(round) = self.quiz.round.as_mut().filter(|_| !self.quiz.is_explaining) else {
            return Vec::new();
        };
        let question = round.at().cloned();
        Arc::make_mut(round).answer(&self.catalog, answer);
        self.quiz.is_explaining = true;
        // The right answer is shown where it lies.
        if let Some(question) = question {
            self.select(Some(question.asked().clone()));
            self.bring_in(question.asked());
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Command;
    use crate::state::tests::fresh;

    fn ask(state: &mut State, command: QuizCommand) -> Vec<Effect> {
        state.apply(Command::Quiz(command))
    }

    #[test]
    fn a_round_is_asked_answered_explained_and_saved() {
        let mut state = fresh();
        let _ = ask(&mut state, QuizCommand::SetPerson("Kim".to_owned()));
        let _ = ask(&mut state, QuizCommand::Start { seed: 7 });
        let mut asked = 0;
        while let Some(question) = state.quiz.round.as_ref().and_then(|round| round.at()).cloned() {
            let right = match question.place(&state.catalog) {
                Some(place) => Answer::Position(place),
                None => Answer::Choice(question.right().clone()),
            };
            assert_eq!(state.quiz.asks_for_a_place(), question.choices().is_empty());
            let _ = ask(&mut state, QuizCommand::Answer(right.clone()));
            assert_eq!(state.picks.selected.as_ref(), Some(question.asked()));
            let _ = ask(&mut state, QuizCommand::Answer(right));
            let _ = ask(&mut state, QuizCommand::Next);
            asked += 1;
        }
        let round = state.quiz.round.clone().expect("a round");
        assert_eq!((asked, round.right_count()), (QUESTIONS, QUESTIONS), "each counts once");
        let saved = ask(&mut state, QuizCommand::Save);
        let [Effect::SaveAs { text, .. }] = saved.as_slice() else { panic!("saved") };
        let _ = ask(
            &mut state,
            QuizCommand::Pool { key: String::new(), name: "a.csv".to_owned(), text: text.clone() },
        );
        let _ = ask(
            &mut state,
            QuizCommand::Pool {
                key: String::new(),
                name: "b.csv".to_owned(),
                text: text.replace("Kim", "Lee"),
            },
        );
        let pooled = state.quiz.pooled.clone().expect("pooled").expect("results");
        assert_eq!(pooled.people.len(), 2);
        let _ = ask(
            &mut state,
            QuizCommand::Pool { key: String::new(), name: "c.csv".to_owned(), text: "a,b\n1,2\n".to_owned() },
        );
        assert!(state.quiz.pooled.clone().is_some_and(|pooled| pooled.is_err()));
        let _ = ask(
            &mut state,
            QuizCommand::Pool { key: String::new(), name: "a.csv".to_owned(), text: text.clone() },
        );
        assert!(state.quiz.pooled.is_some_and(|pooled| pooled.is_ok()), "the broken one is left out");
    }
}
