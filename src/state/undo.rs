//! What a person did that can be taken back, and done again.

use super::{Command, Effect, Measure, MeasureCommand, State, Subject, TableCommand};

/// Steps that are kept.
const MOST_STEPS: usize = 100;

/// What is taken back as a whole: as it was before a command.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    filters: Vec<(Subject, String)>,
    measure: Measure,
}

/// Steps behind and ahead.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    behind: Vec<Step>,
    ahead: Vec<Step>,
    /// A measured point is being moved: all of the way is one step.
    is_moving: bool,
}

impl Undo {
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.behind.is_empty()
    }

    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.ahead.is_empty()
    }
}

impl State {
    /// Whether a command is one to be taken back.
    fn is_step(command: &Command) -> bool {
        matches!(command, Command::Table(TableCommand::Filter { .. }) | Command::Measure(_))
    }

    /// Notes what stood before a command; hand it to [`State::after_step`].
    pub(super) fn before_step(&self, command: &Command) -> Option<impl FnOnce(&mut Self) + use<>> {
        Self::is_step(command).then(|| {
            let before = self.step();
            let moves = matches!(command, Command::Measure(MeasureCommand::MovePoint { .. }));
            move |state: &mut Self| {
                let goes_on = std::mem::replace(&mut state.undo.is_moving, moves) && moves;
                if goes_on || state.step() == before {
                    return;
                }
                state.undo.ahead.clear();
                state.undo.behind.push(before);
                if state.undo.behind.len() > MOST_STEPS {
                    state.undo.behind.remove(0);
                }
            }
        })
    }

    fn step(&self) -> Step {
        let files = self.files.iter().map(|file| Subject::File(file.key.clone()));
        let lists = self.lists.kinds().map(Subject::Atlas);
        let filters = files
            .chain(lists)
            .filter_map(|of| self.filter_of(&of).map(|filter| (of.clone(), filter.text.clone())))
            .collect();
        Step { filters, measure: self.measure.clone() }
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let Some(step) = self.undo.behind.pop() else { return Vec::new() };
        self.undo.ahead.push(self.step());
        self.restore(step)
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        let Some(step) = self.undo.ahead.pop() else { return Vec::new() };
        self.undo.behind.push(self.step());
        self.restore(step)
    }

    /// What came since, such as another file, stays as it is.
    fn restore(&mut self, step: Step) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (of, text) in step.filters {
            if self.filter_of(&of).is_some_and(|filter| filter.text != text) {
                effects.extend(self.apply_to_table(TableCommand::Filter { of, text }));
            }
        }
        self.measure = step.measure;
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Kind;
    use crate::geo::LonLat;
    use crate::state::tests::fresh;

    #[test]
    fn filters_and_measured_points_come_back_step_by_step() {
        let mut state = fresh();
        let of = Subject::Atlas(Kind::Zone);
        let ask = |state: &mut State, command| drop(state.apply(command));
        ask(&mut state, Command::Table(TableCommand::Open(of.clone())));
        let filter = |text: &str| {
            Command::Table(TableCommand::Filter { of: Subject::Atlas(Kind::Zone), text: text.to_owned() })
        };
        ask(&mut state, filter("Heihe"));
        ask(&mut state, filter("Heihe"));
        ask(&mut state, Command::Measure(MeasureCommand::SetOn(true)));
        ask(&mut state, Command::Measure(MeasureCommand::Add(LonLat::new(1.0, 2.0))));
        let text = |state: &State| state.filter_of(&of).map(|filter| filter.text.clone());
        ask(&mut state, Command::Undo);
        assert!(state.measure.is_on && state.measure.points.is_empty());
        ask(&mut state, Command::Undo);
        assert!(!state.measure.is_on);
        assert_eq!(text(&state).as_deref(), Some("Heihe"));
        ask(&mut state, Command::Undo);
        assert_eq!(text(&state).as_deref(), Some(""), "the same text twice is one step");
        assert!(!state.undo.can_undo());
        (0..5).for_each(|_| ask(&mut state, Command::Redo));
        assert_eq!((text(&state).as_deref(), state.measure.points.len()), (Some("Heihe"), 1));
    }
}
