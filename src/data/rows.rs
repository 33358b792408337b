//! A set of features of one dataset, a bit each.

/// Which rows of a table are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSet {
    words: Vec<u64>,
    rows: usize,
}

impl RowSet {
    /// The rows for which `is_in` holds, of `rows` in all.
    #[must_use]
    pub fn of(rows: usize, is_in: impl Fn(usize) -> bool) -> Self {
        let word = |at: usize| {
            let end = (at + 64).min(rows);
            (at..end).fold(0u64, |word, row| word | (u64::from(is_in(row)) << (row - at)))
        };
        Self { words: (0..rows).step_by(64).map(word).collect(), rows }
    }

    #[must_use]
    pub fn all(rows: usize) -> Self {
        Self::of(rows, |_| true)
    }

    #[must_use]
    pub fn contains(&self, row: usize) -> bool {
        row < self.rows && self.words[row / 64] >> (row % 64) & 1 == 1
    }

    /// How many rows are in it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Of the whole table.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows in it, rising.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        let of_word = |(at, &word): (usize, &u64)| {
            std::iter::successors((word != 0).then_some(word), |word| {
                let rest = word & (word - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |word| at * 64 + word.trailing_zeros() as usize)
        };
        self.words.iter().enumerate().flat_map(of_word)
    }

    /// What is in both; of tables of one length.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
        self
    }

    /// What is in either.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
        self
    }

    /// What is not in it.
    #[must_use]
    pub fn complement(mut self) -> Self {
        self.words.iter_mut().for_each(|word| *word = !*word);
        // Bits past the last row stand for nothing.
        if let Some(last) = self.words.last_mut()
            && !self.rows.is_multiple_of(64)
        {
            *last &= (1 << (self.rows % 64)) - 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_add_up_at_the_edges_of_words() {
        for rows in [0, 1, 63, 64, 65, 128, 200] {
            let thirds = RowSet::of(rows, |row| row % 3 == 0);
            let rest = thirds.clone().complement();
            assert_eq!(thirds.count() + rest.count(), rows);
            assert_eq!(thirds.clone().and(&rest).count(), 0);
            assert_eq!(thirds.clone().or(&rest), RowSet::all(rows));
            assert_eq!(thirds.iter().collect::<Vec<_>>(), (0..rows).step_by(3).collect::<Vec<_>>());
            assert!(!thirds.contains(rows));
        }
    }
}
