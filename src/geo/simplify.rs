//! Fewer points for small scales: Douglas and Peucker (1973) on world steps.

use super::WorldFixed;

/// The indices of `line` to keep so that no dropped point lies farther than `tolerance` world steps
/// from the kept line. The first and last are always kept, and every index for which `is_fixed` holds.
pub fn simplify(line: &[WorldFixed], tolerance: f64, is_fixed: impl Fn(usize) -> bool) -> Vec<usize> {
    if line.len() < 3 {
        return (0..line.len()).collect();
    }
    let mut keep = vec![false; line.len()];
    let mut anchors: Vec<usize> =
        (0..line.len()).filter(|&i| i == 0 || i + 1 == line.len() || is_fixed(i)).collect();
    anchors.dedup();
    let mut spans: Vec<(usize, usize)> = anchors.windows(2).map(|pair| (pair[0], pair[1])).collect();
    for &anchor in &anchors {
        keep[anchor] = true;
    }
    while let Some((first, last)) = spans.pop() {
        let farthest = (first + 1..last)
            .map(|i| (i, distance_to_segment(line[i], line[first], line[last])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((index, distance)) = farthest
            && distance > tolerance
        {
            keep[index] = true;
            spans.push((first, index));
            spans.push((index, last));
        }
    }
    (0..line.len()).filter(|&i| keep[i]).collect()
}

/// World steps from `point` to the segment from `a` to `b`.
fn distance_to_segment(point: WorldFixed, a: WorldFixed, b: WorldFixed) -> f64 {
    let offset = |p: WorldFixed| {
        let (dx, dy) = p.offset_from(a);
        (dx as f64, dy as f64)
    };
    let (px, py) = offset(point);
    let (bx, by) = offset(b);
    let length_squared = bx * bx + by * by;
    let along =
        if length_squared == 0.0 { 0.0 } else { ((px * bx + py * by) / length_squared).clamp(0.0, 1.0) };
    (px - along * bx).hypot(py - along * by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ends_stay_and_nothing_dropped_is_far(
            points in prop::collection::vec((0u32..10_000, 0u32..10_000), 2..60), tolerance in 0.0..500.0,
        ) {
            let line: Vec<_> = points.into_iter().map(|(x, y)| WorldFixed::new(x, y)).collect();
            let kept = simplify(&line, tolerance, |_| false);
            prop_assert_eq!(kept.first(), Some(&0));
            prop_assert_eq!(kept.last(), Some(&(line.len() - 1)));
            for (i, &point) in line.iter().enumerate() {
                let near = kept.windows(2)
                    .filter(|pair| (pair[0]..=pair[1]).contains(&i))
                    .any(|pair| distance_to_segment(point, line[pair[0]], line[pair[1]]) <= tolerance + 1e-9);
                prop_assert!(near);
            }
        }
    }
}
