//! Reading numbers out of bytes that may be damaged: every read checks that there is something to read.

use super::BasemapError;

/// A place in a run of bytes.
#[derive(Debug)]
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
    part: &'static str,
}

impl<'a> Bytes<'a> {
    pub(super) const fn new(bytes: &'a [u8], part: &'static str) -> Self {
        Self { rest: bytes, part }
    }

    pub(super) const fn damaged(&self, reason: &'static str) -> BasemapError {
        BasemapError::Damaged { part: self.part, reason }
    }

    /// The next `len` bytes as they are.
    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8], BasemapError> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(self.damaged("it ends early"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// All that is left.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], BasemapError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(self.damaged("it ends early"))?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(super) fn u8(&mut self) -> Result<u8, BasemapError> {
        Ok(self.fixed::<1>()?[0])
    }

    pub(super) fn u16(&mut self) -> Result<u16, BasemapError> {
        Ok(u16::from_le_bytes(self.fixed()?))
    }

    pub(super) fn u32(&mut self) -> Result<u32, BasemapError> {
        Ok(u32::from_le_bytes(self.fixed()?))
    }

    /// An unsigned LEB128 number of at most 32 bits.
    pub(super) fn varint(&mut self) -> Result<u32, BasemapError> {
        let mut value = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let (&byte, rest) = self.rest.split_first().ok_or(self.damaged("it ends early"))?;
            self.rest = rest;
            if shift == 28 && byte > 15 {
                break;
            }
            value |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(value);
            }
        }
        Err(self.damaged("a number is too large"))
    }

    /// A signed number, written as twice its size, less one where negative.
    pub(super) fn zigzag(&mut self) -> Result<i32, BasemapError> {
        let value = self.varint()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    /// How many items follow. Each takes at least `bytes_each`, so a lie cannot ask for much memory.
    pub(super) fn count(&mut self, bytes_each: usize) -> Result<usize, BasemapError> {
        let count = self.varint()? as usize;
        if count.saturating_mul(bytes_each) > self.rest.len() {
            return Err(self.damaged("it counts more than it holds"));
        }
        Ok(count)
    }

    /// `count` numbers, each the sum of the steps up to it.
    pub(super) fn sums(&mut self, count: usize) -> Result<Vec<u32>, BasemapError> {
        if count > self.rest.len() {
            return Err(self.damaged("it counts more than it holds"));
        }
        let mut sum = 0u32;
        (0..count)
            .map(|_| {
                sum = sum.wrapping_add_signed(self.zigzag()?);
                Ok(sum)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_lies_do_not() {
        assert_eq!(Bytes::new(&[0xAC, 0x02], "test").varint().unwrap(), 300);
        assert_eq!(Bytes::new(&[3], "test").zigzag().unwrap(), -2);
        assert!(Bytes::new(&[0xFF; 5], "test").varint().is_err());
        assert!(Bytes::new(&[0xFF], "test").varint().is_err());
        assert!(Bytes::new(&[200, 1, 0], "test").count(1).is_err());
    }
}
