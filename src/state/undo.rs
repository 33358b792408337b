//! What a person did that can be taken back, and done again.

use std::sync::Arc;

use super::session::{Extent, Session};
use super::{
    Command, Effect, FileCommand, JoinCommand, MeasureCommand, NoteCommand, SessionCommand, State,
    TableCommand, TourCommand, TourPart,
};
use crate::data::Notes;
use crate::tour::Tour;

/// Steps that are kept.
const MOST_STEPS: usize = 100;

/// What is taken back as a whole: as it was before a command.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    /// As a session keeps it.
    session: Session,
    notes: Arc<Notes>,
    tour: Option<Arc<Tour>>,
}

/// A change that comes in many small ones.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Moving {
    Point(usize),
    Note(usize),
    Title(usize),
    Text(usize),
    Words(Option<usize>, TourPart),
    Seconds(usize),
    /// Of a file, by its key.
    Style(String),
    Name(String),
    TextSize,
}

fn goes_on(command: &Command) -> Option<Moving> {
    match command {
        Command::Measure(MeasureCommand::MovePoint { index, .. }) => Some(Moving::Point(*index)),
        Command::Note(NoteCommand::Move { index, .. }) => Some(Moving::Note(*index)),
        Command::Note(NoteCommand::SetTitle { index, .. }) => Some(Moving::Title(*index)),
        Command::Note(NoteCommand::SetText { index, .. }) => Some(Moving::Text(*index)),
        Command::Tour(TourCommand::SetWords { step, part, .. }) => Some(Moving::Words(*step, *part)),
        Command::Tour(TourCommand::SetSeconds { step, .. }) => Some(Moving::Seconds(*step)),
        Command::File(FileCommand::SetStyle { key, .. }) => Some(Moving::Style(key.clone())),
        Command::File(FileCommand::Rename { key, .. }) => Some(Moving::Name(key.clone())),
        Command::SetTextPercent(_) => Some(Moving::TextSize),
        _ => None,
    }
}

/// Steps behind and ahead.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    behind: Vec<Step>,
    ahead: Vec<Step>,
    /// What is being moved or typed: all of it is one step.
    moving: Option<Moving>,
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
        matches!(
            command,
            Command::SetLayerVisible { .. }
                | Command::SetCorridorVisible { .. }
                | Command::SetViewpoint(_)
                | Command::SetLanguage(_)
                | Command::SetTheme(_)
                | Command::SetMotionReduced(_)
                | Command::SetTextPercent(_)
                | Command::Session(SessionCommand::Open(_))
                | Command::File(
                    FileCommand::Open { .. }
                        | FileCommand::OpenText(_)
                        | FileCommand::OpenNamed(_)
                        | FileCommand::SetVisible { .. }
                        | FileCommand::Move { .. }
                        | FileCommand::Rename { .. }
                        | FileCommand::Place { .. }
                        | FileCommand::SetStyle { .. }
                        | FileCommand::Remove { .. }
                )
                | Command::Join(JoinCommand::Start)
                | Command::Table(TableCommand::Filter { .. } | TableCommand::DateBy { .. })
                | Command::Measure(_)
                | Command::Note(_)
                | Command::Tour(
                    TourCommand::Record
                        | TourCommand::Open { .. }
                        | TourCommand::Close
                        | TourCommand::New
                        | TourCommand::Retake(_)
                        | TourCommand::Move { .. }
                        | TourCommand::Remove(_)
                        | TourCommand::SetWords { .. }
                        | TourCommand::SetSeconds { .. }
                )
        )
    }

    /// Notes what stood before a command; hand it to [`State::after_step`].
    pub(super) fn before_step(&self, command: &Command) -> Option<impl FnOnce(&mut Self) + use<>> {
        Self::is_step(command).then(|| {
            let before = self.step();
            let moves = goes_on(command);
            move |state: &mut Self| {
                let is_same = moves.is_some() && state.undo.moving == moves;
                state.undo.moving.clone_from(&moves);
                if is_same || state.step() == before {
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
        Step { session: self.snapshot(), notes: Arc::clone(&self.notes.all), tour: self.tour_as_it_is() }
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

    /// What belongs to the moment stays as it is: where the map is looked at, what is selected.
    fn restore(&mut self, step: Step) -> Vec<Effect> {
        let mut effects = self.adopt(&step.session, Extent::Made);
        self.restore_tour(step.tour);
        effects.extend(self.restore_notes(step.notes));
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Kind;
    use crate::geo::LonLat;
    use crate::state::Subject;
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
