//! Bytes of a binary file, taken one number after the other and never beyond their end.

/// The bytes end before what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Short;

/// Which end of a number comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Big,
    Little,
}

/// Bytes and a place in them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) order: Order,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, order: Order) -> Self {
        Self { bytes, at, order }
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Short> {
        let end = self.at.checked_add(count).ok_or(Short)?;
        let taken = self.bytes.get(self.at..end).ok_or(Short)?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Short> {
        self.take(N)?.try_into().map_err(|_| Short)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Short> {
        Ok(self.array::<1>()?[0])
    }

    pub(super) fn u16(&mut self) -> Result<u16, Short> {
        let bytes = self.array()?;
        Ok(if self.order == Order::Big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    pub(super) fn u32(&mut self) -> Result<u32, Short> {
        let bytes = self.array()?;
        Ok(if self.order == Order::Big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    pub(super) fn u64(&mut self) -> Result<u64, Short> {
        let bytes = self.array()?;
        Ok(if self.order == Order::Big { u64::from_be_bytes(bytes) } else { u64::from_le_bytes(bytes) })
    }

    pub(super) fn f64(&mut self) -> Result<f64, Short> {
        let bytes = self.array()?;
        Ok(if self.order == Order::Big { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) })
    }

    /// How many follow, each at least so many bytes long: a number that lies is found out before room is made for it.
    pub(super) fn count(&mut self, least: usize) -> Result<usize, Short> {
        let count = self.u32()? as usize;
        let needed = count.checked_mul(least).ok_or(Short)?;
        if needed > self.bytes.len().saturating_sub(self.at) { Err(Short) } else { Ok(count) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_either_order_and_end_with_the_bytes() {
        let bytes = [1, 0, 0, 0, 2, 9];
        let mut little = Cursor::new(&bytes, 0, Order::Little);
        assert_eq!((little.u32(), little.u16(), little.u8()), (Ok(1), Ok(0x902), Err(Short)));
        let mut big = Cursor::new(&bytes, 1, Order::Big);
        assert_eq!((big.u32(), big.f64()), (Ok(2), Err(Short)));
        assert_eq!(Cursor::new(&bytes, 0, Order::Little).count(2), Ok(1));
        assert_eq!(Cursor::new(&bytes, 0, Order::Little).count(3), Err(Short));
        assert_eq!(Cursor::new(&bytes, usize::MAX, Order::Little).u16(), Err(Short));
    }
}
