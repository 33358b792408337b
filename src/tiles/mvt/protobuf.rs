//! The wire format of protobuf (Encoding, sections 1 to 4): fields one after another, borrowed from their bytes.

/// Bytes that are no protobuf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoProtobuf;

/// What a field holds. Groups are not read; nothing of vector tiles has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wire<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
}

/// Reads a message from its begin.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The next field and its number; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(u32, Wire<'a>)>, NoProtobuf> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let key = self.varint()?;
        let number = u32::try_from(key >> 3).ok().filter(|number| *number > 0).ok_or(NoProtobuf)?;
        let wire = match key & 7 {
            0 => Wire::Varint(self.varint()?),
            1 => Wire::Fixed64(self.chunk()?),
            2 => {
                let len = usize::try_from(self.varint()?).map_err(|_| NoProtobuf)?;
                let (bytes, rest) = self.bytes.split_at_checked(len).ok_or(NoProtobuf)?;
                self.bytes = rest;
                Wire::Bytes(bytes)
            }
            5 => Wire::Fixed32(self.chunk()?),
            _ => return Err(NoProtobuf),
        };
        Ok(Some((number, wire)))
    }

    /// The next number of a packed list; `None` at the end.
    pub(super) fn packed(&mut self) -> Result<Option<u32>, NoProtobuf> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        u32::try_from(self.varint()?).map(Some).map_err(|_| NoProtobuf)
    }

    /// Bytes that are still to come.
    pub(super) fn left(&self) -> usize {
        self.bytes.len()
    }

    fn varint(&mut self) -> Result<u64, NoProtobuf> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.bytes.split_first().ok_or(NoProtobuf)?;
            self.bytes = rest;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(NoProtobuf);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(NoProtobuf)
    }

    fn chunk<const N: usize>(&mut self) -> Result<[u8; N], NoProtobuf> {
        let (chunk, rest) = self.bytes.split_first_chunk().ok_or(NoProtobuf)?;
        self.bytes = rest;
        Ok(*chunk)
    }
}

/// A signed number as the specification folds it: 0, −1, 1, −2, …
pub(super) fn unfolded(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_in_their_order() {
        let bytes = [0x08, 0x96, 0x01, 0x12, 2, b'o', b'k', 0x1d, 1, 2, 3, 4];
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.next(), Ok(Some((1, Wire::Varint(150)))));
        assert_eq!(reader.next(), Ok(Some((2, Wire::Bytes(b"ok")))));
        assert_eq!(reader.next(), Ok(Some((3, Wire::Fixed32([1, 2, 3, 4])))));
        assert_eq!(reader.next(), Ok(None));
    }

    #[test]
    fn lengths_past_the_end_and_endless_numbers_are_refused() {
        for bytes in
            [&[0x12, 3, 1, 2][..], &[0x08], &[0x08, 0x80], &[0xff; 11], &[0x0b], &[0x00, 0x00], &[0x09, 1]]
        {
            assert_eq!(Reader::new(bytes).next(), Err(NoProtobuf), "{bytes:?}");
        }
        let longest = [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        assert_eq!(Reader::new(&longest).next(), Ok(Some((1, Wire::Varint(u64::MAX)))));
    }

    #[test]
    fn signed_numbers_unfold() {
        let unfolded: Vec<_> = [0, 1, 2, 3, u64::MAX].map(unfolded).into();
        assert_eq!(unfolded, [0, -1, 1, -2, i64::MIN]);
    }
}
