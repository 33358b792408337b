//! Points in the order of the Z curve, so that those of any square stand together: as marks, or as clusters.

use super::RowSet;
use super::runs::along_curve;
use crate::geo::{WorldBounds, WorldFixed};

/// All points of a dataset.
#[derive(Debug, Default)]
pub struct Points {
    /// Sorted along the curve.
    points: Vec<(WorldFixed, u32)>,
}

/// One point, or those that share a square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    pub at: WorldFixed,
    pub count: u32,
    /// Of the first of them.
    pub row: u32,
}

impl Points {
    pub(super) fn new(mut points: Vec<(WorldFixed, u32)>) -> Self {
        points.sort_unstable_by_key(|(at, row)| (along_curve(*at), *row));
        Self { points }
    }

    /// Those of the features in a set.
    #[must_use]
    pub fn passing(&self, rows: &RowSet) -> Self {
        let passes = |(_, row): &&(WorldFixed, u32)| rows.contains(*row as usize);
        Self { points: self.points.iter().filter(passes).copied().collect() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Every point with the row of its feature.
    pub fn iter(&self) -> impl Iterator<Item = (WorldFixed, u32)> {
        self.points.iter().copied()
    }

    /// What is in `bounds`, one cluster to a square of the world divided `2^depth` times.
    #[must_use]
    pub fn clusters(&self, bounds: WorldBounds, depth: u32) -> Vec<Cluster> {
        let shift = 32 - depth.min(31);
        let square = |value: u32| (u64::from(value) >> shift) as u32;
        let (left, right) = (square(bounds.min.x), square(bounds.max.x));
        let (top, bottom) = (square(bounds.min.y), square(bounds.max.y));
        let corner = |value: u32| (u64::from(value) << shift) as u32;
        let mut clusters = Vec::new();
        for y in top..=bottom {
            for x in left..=right {
                clusters.extend(self.cluster(WorldFixed::new(corner(x), corner(y)), shift));
            }
        }
        clusters
    }

    fn cluster(&self, corner: WorldFixed, shift: u32) -> Option<Cluster> {
        let first = along_curve(corner);
        let last = first | ((1_u128 << (2 * shift)) - 1) as u64;
        let start = self.points.partition_point(|(at, _)| along_curve(*at) < first);
        let inside = &self.points[start..];
        let count = inside.partition_point(|(at, _)| along_curve(*at) <= last);
        let &(at, row) = inside.first().filter(|_| count > 0)?;
        if count == 1 {
            return Some(Cluster { at, count: 1, row });
        }
        // The middle of a few of them is as good as that of all.
        let some = inside[..count].iter().step_by(count.div_ceil(64));
        let (mut x, mut y, mut seen) = (0_u64, 0_u64, 0_u64);
        for (at, _) in some {
            x += u64::from(at.x);
            y += u64::from(at.y);
            seen += 1;
        }
        let at = WorldFixed::new((x / seen) as u32, (y / seen) as u32);
        Some(Cluster { at, count: count as u32, row })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_in_one_cluster() {
        let spread = |i: u32| WorldFixed::new(i.wrapping_mul(2_654_435_761), i.wrapping_mul(40_503_000));
        let points = Points::new((0..5_000).map(|i| (spread(i), i)).collect());
        for depth in [0, 3, 8] {
            let clusters = points.clusters(WorldBounds::WORLD, depth);
            assert_eq!(clusters.iter().map(|cluster| cluster.count).sum::<u32>(), 5_000, "{depth}");
            assert!(clusters.len() <= 1 << (2 * depth));
        }
    }

    #[test]
    fn a_cluster_stands_in_the_middle_of_its_points_and_a_filter_takes_points_out_of_it() {
        let at = |x: u32, y: u32| WorldFixed::new(1_000_000 + x, 2_000_000 + y);
        let points = Points::new(vec![(at(0, 0), 0), (at(10, 0), 1), (at(20, 30), 2)]);
        let one = |points: &Points| points.clusters(WorldBounds::WORLD, 4);
        assert_eq!(one(&points), [Cluster { at: at(10, 10), count: 3, row: 0 }]);
        let some = points.passing(&RowSet::of(3, |row| row < 2));
        assert_eq!(one(&some), [Cluster { at: at(5, 0), count: 2, row: 0 }]);
        assert_eq!(
            one(&points.passing(&RowSet::of(3, |row| row == 2))),
            [Cluster { at: at(20, 30), count: 1, row: 2 }]
        );
    }

    #[test]
    fn a_lone_point_stands_where_it_is() {
        let at = WorldFixed::new(123_456_789, 987_654_321);
        let points = Points::new(vec![(at, 4)]);
        assert_eq!(points.clusters(WorldBounds::WORLD, 5), [Cluster { at, count: 1, row: 4 }]);
    }
}
