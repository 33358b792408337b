//! Keys pressed faster than frames are drawn: each means what it would have meant had the frames kept up.
//!
//! A key such as Ctrl+K opens the field that the next letters belong to, and Enter takes what the letters before
//! it found. A slow frame brings all of them at once; what follows such a key waits for the frame after it.

use egui::{Event, Key, Modifiers, RawInput};

/// What was pressed and is not yet delivered.
#[derive(Debug, Default)]
pub struct TypeAhead {
    waiting: Vec<Event>,
}

impl TypeAhead {
    /// Leaves in `input` what belongs to this frame. Returns whether more waits, so that another frame is needed.
    pub fn deliver(&mut self, input: &mut RawInput) -> bool {
        let mut events = std::mem::take(&mut self.waiting);
        events.append(&mut input.events);
        let end = end_of_frame(&events);
        self.waiting = events.split_off(end);
        input.events = events;
        !self.waiting.is_empty()
    }
}

/// Where the first press stands that has to wait; the length where none has.
fn end_of_frame(events: &[Event]) -> usize {
    let mut before: Option<(Key, Modifiers)> = None;
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Key { key, modifiers, pressed: true, .. } => {
                let press = (*key, *modifiers);
                if before.is_some_and(|before| before != press && (turns(before) || turns(press))) {
                    return index;
                }
                before = Some(press);
            }
            Event::PointerButton { pressed: true, .. } if before.is_some_and(turns) => return index,
            _ => {}
        }
    }
    events.len()
}

/// Whether the press may change what those around it mean.
fn turns((key, modifiers): (Key, Modifiers)) -> bool {
    modifiers.command
        || modifiers.ctrl
        || modifiers.alt
        || matches!(key, Key::Enter | Key::Escape | Key::Tab | Key::Questionmark | Key::Slash)
        || matches!(key, Key::F1 | Key::F6 | Key::F11)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn letters(text: &str) -> Vec<Event> {
        let letter = |letter: char| {
            let key = Key::from_name(&letter.to_uppercase().to_string()).expect("a key");
            [press(key, Modifiers::NONE), Event::Text(letter.to_string())]
        };
        text.chars().flat_map(letter).collect()
    }

    /// The frames that it takes to deliver these events, all of which came at once.
    fn frames(events: Vec<Event>) -> Vec<Vec<Event>> {
        let mut ahead = TypeAhead::default();
        let mut input = RawInput { events, ..RawInput::default() };
        let mut frames = Vec::new();
        loop {
            let more = ahead.deliver(&mut input);
            frames.push(std::mem::take(&mut input.events));
            if !more {
                return frames;
            }
        }
    }

    #[test]
    fn a_name_typed_at_once_is_searched_for() {
        let open = press(Key::K, Modifiers::COMMAND);
        let enter = press(Key::Enter, Modifiers::NONE);
        let all = [vec![open.clone()], letters("mohan"), vec![enter.clone()]].concat();
        assert_eq!(frames(all), [vec![open], letters("mohan"), vec![enter]]);
    }

    #[test]
    fn repeats_and_letters_wait_for_nothing() {
        let again = vec![press(Key::ArrowRight, Modifiers::CTRL); 5];
        assert_eq!(frames(again).len(), 1);
        assert_eq!(frames(letters("horgos")).len(), 1);
        assert_eq!(frames(Vec::new()), [Vec::<Event>::new()]);
    }

    #[test]
    fn a_click_comes_after_the_key_before_it() {
        let click = Event::PointerButton {
            pos: egui::Pos2::ZERO,
            button: egui::PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::NONE,
        };
        let escape = press(Key::Escape, Modifiers::NONE);
        assert_eq!(frames(vec![escape.clone(), click.clone()]), [vec![escape], vec![click]]);
    }
}
