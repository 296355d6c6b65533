//! Sparse rows of vote codes, one row a person.
//!
//! A vote on column `c` is the code `3·c + value + 1`; a row's codes ascend. Rows lie one after
//! the other in one block; a row that outgrows its place moves to the end, and the block is packed
//! anew when half of it is waste. Codes are two bytes wide as long as the columns allow.

/// A row's weight is a whole number of these parts: [`ONE`] is one person.
pub type Weight = u32;
/// The weight of one person.
pub const ONE: Weight = 1 << 20;

/// The group of a row that is in none.
pub const NO_GROUP: u8 = u8::MAX;

/// A vote's code, two or four bytes wide.
pub trait Code: Copy + Ord + Send + Sync + 'static {
    /// The code with this number; the caller knows that it fits.
    fn new(code: u32) -> Self;
    /// Its number.
    fn index(self) -> usize;
}

/// Codes that two bytes can name.
pub const NARROW: usize = 1 << 16;

impl Code for u16 {
    #[inline(always)]
    fn new(code: u32) -> Self {
        code as u16
    }

    #[inline(always)]
    fn index(self) -> usize {
        usize::from(self)
    }
}

impl Code for u32 {
    #[inline(always)]
    fn new(code: u32) -> Self {
        code
    }

    #[inline(always)]
    fn index(self) -> usize {
        self as usize
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: usize,
    len: u32,
    room: u32,
}

/// Rows of codes.
#[derive(Clone, Debug)]
pub struct CodeRows<C> {
    /// Where each row's codes lie: `len` is at most `room`, and `start + room` at most `codes.len()`.
    spans: Vec<Span>,
    codes: Vec<C>,
    votes: usize,
}

impl<C> Default for CodeRows<C> {
    fn default() -> Self {
        Self { spans: Vec::new(), codes: Vec::new(), votes: 0 }
    }
}

impl<C: Code> CodeRows<C> {
    /// Empty rows with room for so many.
    pub fn with_capacity(rows: usize, votes: usize) -> Self {
        Self { spans: Vec::with_capacity(rows), codes: Vec::with_capacity(votes), votes: 0 }
    }

    /// The number of rows.
    pub(in crate::opinion) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The number of votes in all rows.
    pub fn votes(&self) -> usize {
        self.votes
    }

    /// One row's codes, ascending.
    #[inline(always)]
    pub fn row(&self, index: usize) -> &[C] {
        // In range: callers ask for rows below `len()`, and a span lies within `codes` (see `spans`).
        let span = self.spans[index];
        &self.codes[span.start..span.start + span.len as usize]
    }

    /// Adds a row at the end; its codes ascend.
    pub fn push(&mut self, codes: impl IntoIterator<Item = C>) {
        let start = self.codes.len();
        self.codes.extend(codes);
        let len = (self.codes.len() - start) as u32;
        self.spans.push(Span { start, len, room: len });
        self.votes += len as usize;
    }

    /// Puts an empty row in at this place.
    pub fn insert_row(&mut self, index: usize) {
        self.spans.insert(index, Span::default());
    }

    /// Sets the vote on a code's column; the code that stood there is given back.
    pub fn set(&mut self, index: usize, code: C) -> Option<C> {
        // In range: as in `row`; `at` is at most the row's length, and `make_room` leaves room for one more.
        let column = code.index() / 3;
        match self.row(index).binary_search_by(|other| (other.index() / 3).cmp(&column)) {
            Ok(at) => {
                let position = self.spans[index].start + at;
                Some(std::mem::replace(&mut self.codes[position], code))
            }
            Err(at) => {
                self.make_room(index);
                let span = &mut self.spans[index];
                let (from, to) = (span.start + at, span.start + span.len as usize);
                span.len += 1;
                self.codes.copy_within(from..to, from + 1);
                self.codes[from] = code;
                self.votes += 1;
                None
            }
        }
    }

    /// Takes the vote on a column away; the code that stood there is given back.
    pub fn remove(&mut self, index: usize, column: usize) -> Option<C> {
        let at = self.row(index).binary_search_by(|other| (other.index() / 3).cmp(&column)).ok()?;
        // In range: as in `row`; a vote that was found lies within its row.
        let span = &mut self.spans[index];
        let (from, to) = (span.start + at, span.start + span.len as usize);
        let before = self.codes[from];
        self.codes.copy_within(from + 1..to, from);
        span.len -= 1;
        self.votes -= 1;
        Some(before)
    }

    /// Takes away a row without votes.
    pub fn remove_row(&mut self, index: usize) {
        self.spans.remove(index);
    }

    /// Replaces each code of a row by another of the same column.
    pub fn replace(&mut self, index: usize, mut with: impl FnMut(C) -> C) {
        // In range: as in `row`.
        let span = self.spans[index];
        let codes = &mut self.codes[span.start..span.start + span.len as usize];
        codes.iter_mut().for_each(|code| *code = with(*code));
    }

    /// Moves a full row to the end, with room to grow.
    fn make_room(&mut self, index: usize) {
        // In range: as in `row`.
        let span = self.spans[index];
        if span.len < span.room {
            return;
        }
        if self.codes.len() > 2 * self.votes + 4096 {
            self.pack();
        }
        let (start, len) = (self.spans[index].start, span.len as usize);
        let end = self.codes.len();
        let room = (len + len / 4 + 4) as u32;
        self.codes.extend_from_within(start..start + len);
        self.codes.resize(end + room as usize, C::new(0));
        self.spans[index] = Span { start: end, len: span.len, room };
    }

    fn pack(&mut self) {
        let mut packed = Vec::with_capacity(self.votes + self.votes / 8);
        // In range: a span lies within `codes` (see `spans`).
        for span in &mut self.spans {
            let start = packed.len();
            packed.extend_from_slice(&self.codes[span.start..span.start + span.len as usize]);
            *span = Span { start, len: span.len, room: span.len };
        }
        self.codes = packed;
    }

    /// Bounds that cut the rows into `parts` of about as many votes each.
    pub fn bounds(&self, parts: usize) -> Vec<usize> {
        let parts = parts.clamp(1, self.len().max(1));
        let mut bounds = vec![0];
        let mut seen = 0;
        for (index, span) in self.spans.iter().enumerate() {
            if bounds.len() < parts && seen * parts >= self.votes * bounds.len() && seen > 0 {
                bounds.push(index);
            }
            seen += span.len as usize;
        }
        bounds.push(self.len());
        bounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn rows_that_grow_and_move_hold_what_was_set_last(
            sets in proptest::collection::vec((0usize..7, 0u32..40, 0u32..3), 0..400),
        ) {
            let mut rows = CodeRows::<u16>::default();
            (0..7).for_each(|_| rows.push([]));
            let mut expected = vec![BTreeMap::new(); 7];
            for (row, column, value) in sets {
                let before = rows.set(row, u16::new(3 * column + value));
                let old = expected[row].insert(column, value);
                prop_assert_eq!(before.map(u32::from), old.map(|value| 3 * column + value));
            }
            for (index, expected) in expected.iter().enumerate() {
                let codes: Vec<u32> = expected.iter().map(|(column, value)| 3 * column + value).collect();
                prop_assert_eq!(rows.row(index).iter().map(|c| u32::from(*c)).collect::<Vec<_>>(), codes);
            }
            prop_assert_eq!(rows.votes(), expected.iter().map(BTreeMap::len).sum::<usize>());
        }
    }

    #[test]
    fn bounds_cut_by_votes_and_not_by_rows() {
        let mut rows = CodeRows::<u32>::default();
        rows.push((0..90).map(|c| 3 * c));
        (0..9).for_each(|_| rows.push((0..10).map(|c| 3 * c)));
        assert_eq!(rows.bounds(2), [0, 1, 10]);
        assert_eq!(rows.bounds(1), [0, 10]);
        assert_eq!(CodeRows::<u16>::default().bounds(3), [0, 0]);
    }
}
