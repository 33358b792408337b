//! What a presenter asks for while a tour is shown: the keys of a clicker and those beside it.

use crate::i18n::strings::PresenterTexts;
use crate::state::{Blank, Command, NotesAt, State, TourCommand};

/// Something to do with the tour that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    Next,
    Previous,
    First,
    Last,
    /// The digit is the key's place in its row.
    Digit,
    Enter,
    Return,
    Black,
    White,
    Laser,
    Notes,
    SecondWindow,
    Play,
}

impl Telling {
    #[must_use]
    pub(super) fn text(self, texts: &PresenterTexts) -> &String {
        match self {
            Self::Next => &texts.next_key,
            Self::Previous => &texts.back_key,
            Self::First => &texts.first,
            Self::Last => &texts.last,
            Self::Digit | Self::Enter => &texts.jump,
            Self::Return => &texts.back_to_step,
            Self::Black => &texts.black,
            Self::White => &texts.white,
            Self::Laser => &texts.laser,
            Self::Notes => &texts.notes,
            Self::SecondWindow => &texts.second_window,
            Self::Play => &texts.play,
        }
    }

    #[must_use]
    pub(super) fn command(self, state: &State, index: usize) -> Option<Command> {
        let (open, show) = state.tours.presented()?;
        Some(Command::Tour(match self {
            Self::Next => TourCommand::Step { is_forward: true },
            Self::Previous => TourCommand::Step { is_forward: false },
            Self::First => TourCommand::Go(0),
            Self::Last => TourCommand::Go(open.tour.steps.len()),
            Self::Digit => TourCommand::Digit(u8::try_from(index).unwrap_or(0)),
            Self::Enter => TourCommand::Enter,
            Self::Return => TourCommand::Return,
            Self::Black => TourCommand::Blank(Blank::Black),
            Self::White => TourCommand::Blank(Blank::White),
            Self::Laser => TourCommand::SetLaser(!show.has_laser),
            Self::Notes => TourCommand::Notes(NotesAt::Screen),
            Self::SecondWindow => TourCommand::Notes(NotesAt::Window),
            Self::Play => TourCommand::SetPlaying(!show.is_playing),
        }))
    }
}
