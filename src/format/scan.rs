//! Walks over JSON without building it: where does a value end.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};

/// Bytes and a place in them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

/// The bytes end before the value does, or something else stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stuck {
    End,
    Unexpected,
    /// Nobody wants to know any more.
    Stopped,
}

impl<'a> Scan<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The next byte that is no white space.
    pub(super) fn peek(&mut self) -> Result<u8, Stuck> {
        while let Some(&byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
        Err(Stuck::End)
    }

    pub(super) fn expect(&mut self, wanted: u8) -> Result<(), Stuck> {
        if self.peek()? == wanted {
            self.at += 1;
            return Ok(());
        }
        Err(Stuck::Unexpected)
    }

    /// `true` if it stands there, and steps over it.
    pub(super) fn takes(&mut self, wanted: u8) -> Result<bool, Stuck> {
        let is_there = self.peek()? == wanted;
        self.at += usize::from(is_there);
        Ok(is_there)
    }

    /// A string without its quotes, escapes as they are written.
    pub(super) fn string(&mut self) -> Result<&'a [u8], Stuck> {
        self.expect(b'"')?;
        let start = self.at;
        self.leave_string()?;
        Ok(&self.bytes[start..self.at - 1])
    }

    /// From inside a string to behind its closing quote.
    fn leave_string(&mut self) -> Result<(), Stuck> {
        loop {
            let found = memchr2(b'"', b'\\', &self.bytes[self.at..]).ok_or(Stuck::End)?;
            self.at += found + 1;
            if self.bytes[self.at - 1] == b'"' {
                return Ok(());
            }
            self.at += 1;
            if self.at > self.bytes.len() {
                return Err(Stuck::End);
            }
        }
    }

    /// Every key of an object, the scan in front of its value.
    pub(super) fn each_member(
        &mut self,
        mut member: impl FnMut(&'a [u8], &mut Self) -> Result<(), Stuck>,
    ) -> Result<(), Stuck> {
        self.expect(b'{')?;
        if self.takes(b'}')? {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.expect(b':')?;
            self.peek()?;
            member(key, self)?;
            if !self.takes(b',')? {
                return self.expect(b'}');
            }
        }
    }

    /// Steps over any value; of objects and arrays only the brackets are counted.
    pub(super) fn skip(&mut self) -> Result<(), Stuck> {
        match self.peek()? {
            b'{' => self.skip_between(b'{', b'}'),
            b'[' => self.skip_between(b'[', b']'),
            b'"' => self.string().map(drop),
            b'}' | b']' | b',' | b':' => Err(Stuck::Unexpected),
            _ => {
                while self.bytes.get(self.at).is_some_and(|byte| !b",]} \n\r\t".contains(byte)) {
                    self.at += 1;
                }
                Ok(())
            }
        }
    }

    fn skip_between(&mut self, open: u8, close: u8) -> Result<(), Stuck> {
        let mut depth = 0_usize;
        loop {
            let found = memchr3(open, close, b'"', &self.bytes[self.at..]).ok_or(Stuck::End)?;
            self.at += found + 1;
            match self.bytes[self.at - 1] {
                b'"' => self.leave_string()?,
                byte if byte == open => depth += 1,
                _ => depth -= 1,
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }
}

/// A string as it is meant: most have no escapes and are taken as they stand. What is no text is told as such
/// and shown as well as can be.
pub(super) fn text(raw: &[u8]) -> Cow<'_, str> {
    if memchr::memchr(b'\\', raw).is_some() {
        let quoted = [b"\"", raw, b"\""].concat();
        if let Ok(text) = serde_json::from_slice::<String>(&quoted) {
            return Cow::Owned(text);
        }
    }
    String::from_utf8_lossy(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_they_end() {
        for (text, end) in [
            (r#"{"a":"}\"{","b":[{}]} x"#, 21),
            (r#"["]",[1,2]],"#, 11),
            (r#""a\\" "#, 5),
            ("-1.5e3,", 6),
            ("null}", 4),
        ] {
            let mut scan = Scan::new(text.as_bytes(), 0);
            assert_eq!((scan.skip(), scan.at), (Ok(()), end), "{text}");
        }
    }

    #[test]
    fn what_does_not_end_says_so() {
        for text in ["{", r#"{"a"#, r#"["\"#, "", "[[]"] {
            assert_eq!(Scan::new(text.as_bytes(), 0).skip(), Err(Stuck::End), "{text}");
        }
        assert_eq!(Scan::new(b"]", 0).skip(), Err(Stuck::Unexpected));
    }
}
