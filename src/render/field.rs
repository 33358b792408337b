//! From an outline to covered pixels, and from these to distances.
//!
//! Coverage by signed areas as in font-rs (Levien 2016); distances by the transform of Felzenszwalb and
//! Huttenlocher (2012) on edges placed by coverage.

/// How much of each pixel an outline covers.
pub(super) struct Coverage {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Differences along each row; their running sum is the coverage.
    steps: Vec<f32>,
}

/// Far enough to be no distance at all.
const FAR: f32 = 1e12;

impl Coverage {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, steps: vec![0.0; width * height + 2] }
    }

    /// Adds one edge of a closed outline, in pixels from the upper left corner.
    pub(super) fn edge(&mut self, a: [f32; 2], b: [f32; 2]) {
        if (a[1] - b[1]).abs() < f32::EPSILON {
            return;
        }
        let (sign, top, bottom) = if a[1] < b[1] { (1.0, a, b) } else { (-1.0, b, a) };
        let slope = (bottom[0] - top[0]) / (bottom[1] - top[1]);
        let first = top[1].max(0.0).floor() as usize;
        let last = (bottom[1].ceil() as usize).min(self.height);
        for row in first..last {
            let (y0, y1) = (top[1].max(row as f32), bottom[1].min(row as f32 + 1.0));
            if y1 <= y0 {
                continue;
            }
            let x_at = |y: f32| (top[0] + (y - top[1]) * slope).clamp(0.0, self.width as f32 - 1.0);
            self.row(row, (x_at(y0), x_at(y1)), sign * (y1 - y0));
        }
    }

    /// One edge within one row: `height` of it, from `x0` to `x1`.
    fn row(&mut self, row: usize, (x0, x1): (f32, f32), height: f32) {
        let start = row * self.width;
        let (left, right) = (x0.min(x1), x0.max(x1));
        let (first, last) = (left.floor() as usize, right.ceil() as usize);
        if last <= first + 1 {
            let middle = f32::midpoint(left, right) - first as f32;
            self.steps[start + first] += height * (1.0 - middle);
            self.steps[start + first + 1] += height * middle;
            return;
        }
        let per_x = height / (right - left);
        let mut before = 0.0;
        for x in first..last {
            // The area to the right of the edge within this column, summed so far.
            let (from, to) = (left.max(x as f32), right.min(x as f32 + 1.0));
            let part = (to - from) * per_x;
            let middle = f32::midpoint(from, to) - x as f32;
            self.steps[start + x] += part * (1.0 - middle) + before;
            before = part * middle;
        }
        self.steps[start + last] += before;
    }

    fn values(&self) -> Vec<f32> {
        let mut values = Vec::with_capacity(self.width * self.height);
        for row in 0..self.height {
            let mut sum = 0.0;
            for step in &self.steps[row * self.width..(row + 1) * self.width] {
                sum += step;
                values.push(whole(sum.abs().min(1.0)));
            }
        }
        values
    }
}

/// Rounding leaves a trace of a sum that should be 0 or 1, which would pass for an edge.
fn whole(value: f32) -> f32 {
    const TRACE: f32 = 1.0 / 1024.0;
    match value {
        v if v < TRACE => 0.0,
        v if v > 1.0 - TRACE => 1.0,
        v => v,
    }
}

/// A byte for each pixel: 128 on the outline, more inside, `spread` pixels to either end.
pub(super) fn distance_field(coverage: &Coverage, spread: f32) -> Vec<u8> {
    let (width, height) = (coverage.width, coverage.height);
    let values = coverage.values();
    let mut outer = Vec::with_capacity(values.len());
    let mut inner = Vec::with_capacity(values.len());
    for &value in &values {
        let edge = value - 0.5;
        outer.push(if value >= 1.0 {
            0.0
        } else if value <= 0.0 {
            FAR
        } else {
            (-edge).max(0.0).powi(2)
        });
        inner.push(if value >= 1.0 {
            FAR
        } else if value <= 0.0 {
            0.0
        } else {
            edge.max(0.0).powi(2)
        });
    }
    transform(&mut outer, width, height);
    transform(&mut inner, width, height);
    let byte = |(outer, inner): (&f32, &f32)| {
        let distance = inner.sqrt() - outer.sqrt();
        ((distance / spread * 0.5 + 0.5) * 255.0).round().clamp(0.0, 255.0) as u8
    };
    outer.iter().zip(&inner).map(byte).collect()
}

/// Squared distances to the nearest zero, along columns and then rows.
fn transform(grid: &mut [f32], width: usize, height: usize) {
    let mut scratch = Scratch::new(width.max(height));
    let mut line = vec![0.0; width.max(height)];
    for x in 0..width {
        for y in 0..height {
            line[y] = grid[y * width + x];
        }
        scratch.transform(&mut line[..height]);
        for y in 0..height {
            grid[y * width + x] = line[y];
        }
    }
    for row in grid.chunks_exact_mut(width) {
        scratch.transform(row);
    }
}

struct Scratch {
    input: Vec<f32>,
    apexes: Vec<usize>,
    bounds: Vec<f32>,
}

impl Scratch {
    fn new(length: usize) -> Self {
        Self { input: vec![0.0; length], apexes: vec![0; length], bounds: vec![0.0; length + 1] }
    }

    /// The lower envelope of a parabola on each pixel.
    fn transform(&mut self, line: &mut [f32]) {
        let length = line.len();
        self.input[..length].copy_from_slice(line);
        let input = &self.input;
        let mut count = 0;
        self.apexes[0] = 0;
        self.bounds[0] = -FAR;
        self.bounds[1] = FAR;
        for at in 1..length {
            let crossing = |apex: usize| {
                let (here, there) = (at as f32, apex as f32);
                (input[at] - input[apex] + here * here - there * there) / (2.0 * (here - there))
            };
            let mut cross = crossing(self.apexes[count]);
            while count > 0 && cross <= self.bounds[count] {
                count -= 1;
                cross = crossing(self.apexes[count]);
            }
            count += 1;
            self.apexes[count] = at;
            self.bounds[count] = cross;
            self.bounds[count + 1] = FAR;
        }
        let mut index = 0;
        for (at, value) in line.iter_mut().enumerate() {
            while self.bounds[index + 1] < at as f32 {
                index += 1;
            }
            let apex = self.apexes[index];
            let way = at as f32 - apex as f32;
            *value = way * way + input[apex];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: f32) -> Coverage {
        let mut coverage = Coverage::new(20, 20);
        let (low, high) = (10.0 - side / 2.0, 10.0 + side / 2.0);
        let corners = [[low, low], [high, low], [high, high], [low, high], [low, low]];
        for pair in corners.windows(2) {
            coverage.edge(pair[0], pair[1]);
        }
        coverage
    }

    #[test]
    fn coverage_sums_to_the_area() {
        let total: f32 = square(7.5).values().iter().sum();
        assert!((total - 56.25).abs() < 0.01, "{total}");
    }

    #[test]
    fn no_trace_of_an_outline_is_left_beside_it() {
        let mut coverage = Coverage::new(64, 24);
        let corners: Vec<[f32; 2]> = (0..=40)
            .map(|i| {
                let (sin, cos) = (i as f32 / 40.0 * std::f32::consts::TAU).sin_cos();
                [12.0 + 7.3 * cos, 12.0 + 7.3 * sin]
            })
            .collect();
        for pair in corners.windows(2) {
            coverage.edge(pair[0], pair[1]);
        }
        let field = distance_field(&coverage, 5.0);
        assert!((0..24).all(|y| field[y * 64 + 40] == 0), "a streak runs to the right of the disc");
    }

    #[test]
    fn the_field_falls_off_evenly_from_the_outline() {
        let field = distance_field(&square(8.0), 5.0);
        let at = |x: usize| field[10 * 20 + x];
        assert!(at(10) > 220 && at(2) < 40, "{} {}", at(10), at(2));
        let step = i32::from(at(4)) - i32::from(at(3));
        assert!((24..=27).contains(&step), "{step}");
    }
}
