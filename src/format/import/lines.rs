//! Lines and columns of places in a text that are asked for in their order.

use crate::data::Spot;

/// Counts on from the last place that was asked for: many a file is one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    /// (byte, line, column), the last two from 1.
    counted: (usize, u64, u64),
}

impl Lines {
    pub(super) fn new() -> Self {
        Self { counted: (0, 1, 1) }
    }

    /// The line and column of a byte; columns count characters.
    pub(super) fn spot(&mut self, text: &[u8], at: usize) -> Spot {
        let at = at.min(text.len());
        let (from, mut line, mut column) = if at >= self.counted.0 { self.counted } else { (0, 1, 1) };
        let mut between = &text[from..at];
        if let Some(last) = memchr::memrchr(b'\n', between) {
            line += memchr::memchr_iter(b'\n', between).count() as u64;
            column = 1;
            between = &between[last + 1..];
        }
        // Continuation bytes of UTF-8 begin no character.
        column += between.iter().filter(|byte| (**byte & 0xc0) != 0x80).count() as u64;
        self.counted = (at, line, column);
        Spot::Line { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::line_and_column;

    #[test]
    fn places_are_those_that_counting_from_the_begin_gives() {
        let text = "ab\nhórgos 霍尔\n\nx".as_bytes();
        let mut lines = Lines::new();
        for at in [0, 1, 3, 3, 9, 17, 18, 19, 99, 4] {
            let (line, column) = line_and_column(text, at);
            assert_eq!(lines.spot(text, at as usize), Spot::Line { line, column }, "byte {at}");
        }
    }
}
