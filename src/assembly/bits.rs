//! A table of bits: which voters said yes to which candidate.
//!
//! A row a candidate, a column a voter. A hundred thousand voters and a thousand candidates are 12.5 MB, where
//! lists of those who agree would be a gigabyte once unseen statements count by what a group thinks.

const WORD: usize = u64::BITS as usize;

/// Bits in rows and columns, all off at first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BitTable {
    columns: usize,
    /// Words a row.
    words: usize,
    bits: Vec<u64>,
}

impl BitTable {
    /// A table without any bit on.
    pub fn new(rows: usize, columns: usize) -> Self {
        let words = columns.div_ceil(WORD);
        Self { columns, words, bits: vec![0; rows * words] }
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Turns a bit on.
    pub fn set(&mut self, row: usize, column: usize) {
        self.bits[row * self.words + column / WORD] |= 1 << (column % WORD);
    }

    /// Whether a bit is on.
    pub fn has(&self, row: usize, column: usize) -> bool {
        self.row(row).get(column / WORD).is_some_and(|word| word >> (column % WORD) & 1 == 1)
    }

    /// A row's words, from the first column on; nothing beyond the last row.
    pub fn row(&self, row: usize) -> &[u64] {
        self.bits.get(row * self.words..(row + 1) * self.words).unwrap_or_default()
    }

    /// Turns the bits of one row on in another.
    pub fn or_into(&mut self, from: usize, to: usize) {
        for at in 0..self.words {
            self.bits[to * self.words + at] |= self.bits[from * self.words + at];
        }
    }

    /// These rows, in this order.
    pub fn of_rows(&self, rows: &[usize]) -> Self {
        let bits = rows.iter().flat_map(|row| self.row(*row)).copied().collect();
        Self { columns: self.columns, words: self.words, bits }
    }

    /// A row's words, to be changed. Bits beyond the last column stay off.
    pub fn row_mut(&mut self, row: usize) -> &mut [u64] {
        self.bits.get_mut(row * self.words..(row + 1) * self.words).unwrap_or_default()
    }

    /// One row, with the bits that are on in any.
    pub fn union(&self) -> Self {
        let mut all = Self::new(1, self.columns);
        for row in self.bits.chunks_exact(self.words.max(1)) {
            all.bits.iter_mut().zip(row).for_each(|(all, own)| *all |= own);
        }
        all
    }

    /// The columns whose bits are on in a row, ascending.
    pub fn ones(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.row(row).iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at * WORD + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_on_is_found_again_in_its_row_alone() {
        let mut table = BitTable::new(2, 130);
        for column in [0, 63, 64, 129] {
            table.set(1, column);
        }
        assert_eq!(table.ones(1).collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(table.ones(0).count() + table.ones(2).count(), 0);
        assert!(table.has(1, 129) && !table.has(1, 128) && !table.has(0, 129) && !table.has(7, 0));
        assert_eq!(table.union().ones(0).collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(BitTable::new(0, 130).union().ones(0).count(), 0);
        table.row_mut(1)[1] = 0;
        assert_eq!(table.ones(1).collect::<Vec<_>>(), [0, 63, 129]);
    }
}
