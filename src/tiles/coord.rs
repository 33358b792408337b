//! The place of a tile in the pyramid, and its number along the Hilbert curve.

use crate::geo::{WorldBounds, WorldFixed};

/// The deepest zoom that is read; numbers of tiles still fit 64 bits.
pub const MAX_ZOOM: u8 = 30;

/// A tile: zoom 0 to [`MAX_ZOOM`], column from the west, row from the north, each below 2^zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileCoord {
    z: u8,
    x: u32,
    y: u32,
}

impl TileCoord {
    /// `None` where the pyramid has no such tile.
    #[must_use]
    pub const fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        if z <= MAX_ZOOM && x < 1 << z && y < 1 << z { Some(Self { z, x, y }) } else { None }
    }

    #[must_use]
    pub const fn z(self) -> u8 {
        self.z
    }

    #[must_use]
    pub const fn x(self) -> u32 {
        self.x
    }

    #[must_use]
    pub const fn y(self) -> u32 {
        self.y
    }

    /// Tiles along a side of the world at this zoom.
    #[must_use]
    pub const fn side(self) -> u32 {
        1 << self.z
    }

    /// The row as TMS counts it, from the south.
    #[must_use]
    pub const fn tms_row(self) -> u32 {
        self.side() - 1 - self.y
    }

    /// The tile at a zoom in which a place of the world lies.
    #[must_use]
    pub fn at(z: u8, place: WorldFixed) -> Self {
        let z = z.min(MAX_ZOOM);
        let cell = |steps: u32| ((u64::from(steps) << z) >> 32) as u32;
        Self { z, x: cell(place.x), y: cell(place.y) }
    }

    /// What part of the world it covers.
    #[must_use]
    pub fn bounds(self) -> WorldBounds {
        let start = |cell: u32| (u64::from(cell) << 32) >> self.z;
        let corner = |x: u64, y: u64| {
            WorldFixed::new(x.min(u64::from(u32::MAX)) as u32, y.min(u64::from(u32::MAX)) as u32)
        };
        WorldBounds {
            min: corner(start(self.x), start(self.y)),
            max: corner(start(self.x + 1), start(self.y + 1)),
        }
    }

    /// The number of the tile in `PMTiles`: all tiles of the zooms before it, then along the Hilbert curve
    /// (`PMTiles` 3, section 4.1; the curve after Skilling's rotations).
    #[must_use]
    pub fn id(self) -> u64 {
        let (mut x, mut y) = (u64::from(self.x), u64::from(self.y));
        let mut along = 0;
        for bit in (0..self.z).rev() {
            let side = 1_u64 << bit;
            let (east, south) = ((x >> bit) & 1, (y >> bit) & 1);
            along += side * side * ((3 * east) ^ south);
            (x, y) = turned((x, y), side, (east, south));
        }
        tiles_before(self.z) + along
    }

    /// The tile of a number; `None` beyond [`MAX_ZOOM`].
    #[must_use]
    pub fn of_id(id: u64) -> Option<Self> {
        let z = (0..=MAX_ZOOM).find(|z| id < tiles_before(z + 1))?;
        let mut along = id - tiles_before(z);
        let (mut x, mut y) = (0_u64, 0_u64);
        for bit in 0..z {
            let side = 1_u64 << bit;
            let east = (along >> 1) & 1;
            let south = (along ^ east) & 1;
            (x, y) = turned((x, y), side, (east, south));
            x += side * east;
            y += side * south;
            along >>= 2;
        }
        Some(Self { z, x: x as u32, y: y as u32 })
    }
}

/// How many tiles the zooms before `z` have: (4^z − 1) / 3.
const fn tiles_before(z: u8) -> u64 {
    ((1 << (2 * z)) - 1) / 3
}

/// A quadrant of the curve, turned as it lies in the whole. Only the bits below `side` mean something.
fn turned((x, y): (u64, u64), side: u64, (east, south): (u64, u64)) -> (u64, u64) {
    match (east, south) {
        (_, 1) => (x, y),
        (1, _) => ((side - 1).wrapping_sub(y), (side - 1).wrapping_sub(x)),
        _ => (y, x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tile(z: u8, x: u32, y: u32) -> TileCoord {
        TileCoord::new(z, x, y).expect("a tile")
    }

    #[test]
    fn tiles_have_the_numbers_of_the_specification() {
        let known = [
            ((0, 0, 0), 0),
            ((1, 0, 0), 1),
            ((1, 0, 1), 2),
            ((1, 1, 1), 3),
            ((1, 1, 0), 4),
            ((2, 0, 0), 5),
            ((12, 3423, 1763), 19_078_479),
        ];
        for ((z, x, y), id) in known {
            assert_eq!(tile(z, x, y).id(), id, "{z}/{x}/{y}");
            assert_eq!(TileCoord::of_id(id), Some(tile(z, x, y)));
        }
    }

    #[test]
    fn outside_the_pyramid_there_is_no_tile() {
        for (z, x, y) in [(0, 1, 0), (3, 0, 8), (31, 0, 0), (255, 0, 0)] {
            assert_eq!(TileCoord::new(z, x, y), None, "{z}/{x}/{y}");
        }
        assert_eq!(TileCoord::of_id(u64::MAX), None);
        assert_eq!(tile(2, 0, 0).tms_row(), 3);
    }

    #[test]
    fn the_whole_world_is_one_tile() {
        assert_eq!(tile(0, 0, 0).bounds(), WorldBounds::WORLD);
        assert_eq!(TileCoord::at(1, WorldFixed::new(u32::MAX, 1 << 31)), tile(1, 1, 1));
        assert_eq!(tile(1, 1, 0).bounds().min, WorldFixed::new(1 << 31, 0));
    }

    proptest! {
        #[test]
        fn numbers_lead_back_to_their_tiles(z in 0..=MAX_ZOOM, x in any::<u32>(), y in any::<u32>()) {
            let mask = (1_u32 << z) - 1;
            let tile = tile(z, x & mask, y & mask);
            prop_assert_eq!(TileCoord::of_id(tile.id()), Some(tile));
        }

        #[test]
        fn neighbours_on_the_curve_are_neighbours_on_the_map(id in 5_u64..1 << 60) {
            if let (Some(a), Some(b)) = (TileCoord::of_id(id), TileCoord::of_id(id + 1))
                && a.z == b.z
            {
                prop_assert_eq!(a.x.abs_diff(b.x) + a.y.abs_diff(b.y), 1);
            }
        }
    }
}
