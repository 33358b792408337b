//! From kilometres to places on the paper and back.

use egui::Rangef;

use crate::catalog::Strip;
use crate::state::StripScale;

/// Room between two ticks, in points, at least.
const BETWEEN_TICKS: f32 = 90.0;

/// Kilometres and the x at which each lies, rising; straight between them.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    knots: Vec<(f64, f32)>,
}

impl Axis {
    pub(super) fn new(strip: &Strip<'_>, scale: StripScale, room: Rangef) -> Self {
        let knots = match scale {
            StripScale::Distance => vec![(0.0, room.min), (strip.km, room.max)],
            StripScale::Countries => {
                let each = room.span() / strip.countries.len().max(1) as f32;
                let ends =
                    strip.countries.iter().zip(1..).map(|(one, n)| (one.to, room.min + each * n as f32));
                std::iter::once((0.0, room.min)).chain(ends).collect()
            }
        };
        Self { knots }
    }

    pub(super) fn x(&self, km: f64) -> f32 {
        let next = self.knots.partition_point(|(at, _)| *at < km).clamp(1, self.knots.len() - 1);
        let ((from_km, from), (to_km, to)) = (self.knots[next - 1], self.knots[next]);
        let share = ((km - from_km) / (to_km - from_km).max(1e-9)).clamp(0.0, 1.0);
        egui::lerp(from..=to, share as f32)
    }

    pub(super) fn km(&self, x: f32) -> f64 {
        let next = self.knots.partition_point(|(_, at)| *at < x).clamp(1, self.knots.len() - 1);
        let ((from_km, from), (to_km, to)) = (self.knots[next - 1], self.knots[next]);
        let share = ((x - from) / (to - from).max(1e-3)).clamp(0.0, 1.0);
        from_km + (to_km - from_km) * f64::from(share)
    }

    /// Round kilometres, as many as there is room for.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let [(_, left), .., (km, right)] = self.knots.as_slice() else { return Vec::new() };
        let wanted = km / f64::from((right - left) / BETWEEN_TICKS).max(1.0);
        let power = 10_f64.powf(wanted.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|n| n * power).into_iter().find(|step| *step >= wanted);
        let step = step.unwrap_or(wanted);
        (0..=(km / step) as u32).map(|n| f64::from(n) * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilometres_come_back_and_ticks_are_round() {
        let axis = Axis { knots: vec![(0.0, 10.0), (4_000.0, 500.0), (11_000.0, 1_000.0)] };
        for km in [0.0, 1.0, 3_999.0, 4_000.0, 7_500.0, 11_000.0] {
            assert!((axis.km(axis.x(km)) - km).abs() < 0.5, "{km}");
        }
        assert_eq!((axis.x(-5.0), axis.x(12_000.0)), (10.0, 1_000.0));
        assert_eq!((axis.ticks()[..3].to_vec(), axis.ticks().len()), (vec![0.0, 1_000.0, 2_000.0], 12));
    }
}
