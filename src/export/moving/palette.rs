//! The colours of a GIF frame: at most 255, and one index that stands for "as before".
//!
//! A map is mostly pale relief with a few thin lines in strong colours. Common colours therefore count for
//! less than their number, so that the lines keep theirs.

use std::collections::HashMap;

/// One index of 256 is left for what does not change.
const MOST_COLOURS: usize = 255;
/// Shades of a channel that are told apart when colours are counted.
const BITS: u32 = 6;
/// Every so many pixels, one is looked at to see whether old colours still serve.
const SAMPLE_STEP: usize = 7;

type Rgb = [u8; 3];

#[derive(Debug, Default)]
pub(super) struct Palette {
    colours: Vec<Rgb>,
    /// The index for each colour met so far.
    indices: HashMap<Rgb, u8>,
    /// The mean squared distance of the frame for which the colours were chosen.
    error: f64,
}

impl Palette {
    /// Chooses colours for what changed. Those of the frame before stay where they serve about as well, so
    /// that quiet areas do not flicker.
    pub(super) fn fit(&mut self, changes: &[Option<[u8; 4]>]) {
        if !self.colours.is_empty() && self.error_of(changes) <= self.error.mul_add(1.5, 1.0) {
            return;
        }
        self.indices.clear();
        self.colours = exact(changes).unwrap_or_else(|| reduced(changes));
        self.error = self.error_of(changes);
    }

    /// The index of "as before".
    pub(super) fn transparent(&self) -> u8 {
        u8::try_from(self.colours.len()).unwrap_or(u8::MAX)
    }

    /// Red, green and blue of each index.
    pub(super) fn table(&self) -> Vec<u8> {
        self.colours.iter().copied().chain([[0; 3]]).flatten().collect()
    }

    /// The index of each pixel.
    pub(super) fn indexed(&mut self, changes: &[Option<[u8; 4]>]) -> Vec<u8> {
        let transparent = self.transparent();
        changes.iter().map(|change| change.map_or(transparent, |pixel| self.index(rgb(pixel)))).collect()
    }

    fn index(&mut self, colour: Rgb) -> u8 {
        let colours = &self.colours;
        *self.indices.entry(colour).or_insert_with(|| {
            let nearest = (0_u8..=u8::MAX).zip(colours).min_by_key(|(_, other)| distance(colour, **other));
            nearest.map_or(0, |(index, _)| index)
        })
    }

    fn error_of(&mut self, changes: &[Option<[u8; 4]>]) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        for pixel in changes.iter().flatten().step_by(SAMPLE_STEP) {
            let index = self.index(rgb(*pixel));
            let shown = self.colours.get(usize::from(index)).copied().unwrap_or_default();
            sum += f64::from(distance(rgb(*pixel), shown));
            count += 1.0;
        }
        if count == 0.0 { 0.0 } else { sum / count }
    }
}

/// The colours themselves, where there are few enough.
fn exact(changes: &[Option<[u8; 4]>]) -> Option<Vec<Rgb>> {
    let mut colours: Vec<Rgb> = Vec::new();
    let mut last = None;
    for colour in changes.iter().flatten().map(|pixel| rgb(*pixel)) {
        if last == Some(colour) {
            continue;
        }
        last = Some(colour);
        if let Err(place) = colours.binary_search(&colour) {
            if colours.len() == MOST_COLOURS {
                return None;
            }
            colours.insert(place, colour);
        }
    }
    Some(colours)
}

/// A colour that occurs, and what it counts for.
#[derive(Clone, Copy)]
struct Sample {
    colour: [f32; 3],
    weight: f32,
}

/// Colours among which the others are shared out: the group that varies most is cut in two at its mean, until
/// there are enough groups.
fn reduced(changes: &[Option<[u8; 4]>]) -> Vec<Rgb> {
    let mut samples = samples(changes);
    let mut groups = vec![Group::new(&mut samples)];
    while groups.len() < MOST_COLOURS {
        let widest = (0..groups.len()).max_by(|a, b| groups[*a].spread.total_cmp(&groups[*b].spread));
        let Some(widest) = widest.filter(|widest| groups[*widest].spread > 0.0) else { break };
        let Some((low, high)) = groups.swap_remove(widest).cut() else { break };
        groups.extend([low, high]);
    }
    groups.iter().map(|group| group.mean.map(|channel| channel.round() as u8)).collect()
}

struct Group<'a> {
    samples: &'a mut [Sample],
    mean: [f32; 3],
    /// The channel in which the colours lie farthest apart, and by how much with their weight.
    axis: usize,
    spread: f32,
}

impl<'a> Group<'a> {
    fn new(samples: &'a mut [Sample]) -> Self {
        let weight = samples.iter().map(|sample| sample.weight).sum::<f32>().max(f32::MIN_POSITIVE);
        let sum_of =
            |value: &dyn Fn(&Sample) -> f32| samples.iter().map(|it| value(it) * it.weight).sum::<f32>();
        let mean = [0, 1, 2].map(|axis| sum_of(&|it| it.colour[axis]) / weight);
        let spread = [0, 1, 2].map(|axis| sum_of(&|it| (it.colour[axis] - mean[axis]).powi(2)));
        let axis = (0..3).max_by(|a, b| spread[*a].total_cmp(&spread[*b])).unwrap_or_default();
        let spread = if samples.len() > 1 { spread[axis] } else { 0.0 };
        Self { samples, mean, axis, spread }
    }

    /// Two groups, neither empty.
    fn cut(self) -> Option<(Self, Self)> {
        let Self { samples, mean, axis, .. } = self;
        samples.sort_unstable_by(|a, b| a.colour[axis].total_cmp(&b.colour[axis]));
        let middle = samples.partition_point(|sample| sample.colour[axis] <= mean[axis]);
        let middle = middle.clamp(1, samples.len().checked_sub(1)?);
        let (low, high) = samples.split_at_mut_checked(middle)?;
        Some((Self::new(low), Self::new(high)))
    }
}

/// The colours that occur, those nearly alike as their mean.
fn samples(changes: &[Option<[u8; 4]>]) -> Vec<Sample> {
    let mut counts = vec![([0_u32; 3], 0_u32); 1 << (3 * BITS)];
    for colour in changes.iter().flatten().map(|pixel| rgb(*pixel)) {
        let bin = colour.iter().fold(0, |bin, &channel| (bin << BITS) | usize::from(channel >> (8 - BITS)));
        let (sums, count) = &mut counts[bin];
        // Within 2²⁴ pixels of one colour; beyond them the colour is known well enough.
        if *count < 1 << 24 {
            *count += 1;
            for (sum, channel) in sums.iter_mut().zip(colour) {
                *sum += u32::from(channel);
            }
        }
    }
    let counted = counts.into_iter().filter(|(_, count)| *count > 0);
    counted
        .map(|(sums, count)| Sample {
            colour: sums.map(|sum| sum as f32 / count as f32),
            weight: (count as f32).sqrt(),
        })
        .collect()
}

fn rgb([red, green, blue, _]: [u8; 4]) -> Rgb {
    [red, green, blue]
}

fn distance(a: Rgb, b: Rgb) -> u32 {
    a.into_iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}
