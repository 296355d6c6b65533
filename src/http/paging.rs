//! One page of a list, and where the others are. PURE.

use serde::Deserialize;

/// Which page the address asks for.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct ListPage {
    pub page: Option<usize>,
    /// An entry was deleted a moment ago.
    pub deleted: Option<u32>,
}

/// Which part of a list is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pages {
    /// This page, from 1.
    pub page: usize,
    /// Pages in all; 1 where the list is empty.
    pub pages: usize,
    /// Entries in all.
    pub total: usize,
    size: usize,
}

impl Pages {
    /// The page that is asked for, or the nearest there is.
    pub fn new(asked: Option<usize>, total: usize, size: usize) -> Self {
        let pages = total.div_ceil(size.max(1)).max(1);
        Self { page: asked.unwrap_or(1).clamp(1, pages), pages, total, size: size.max(1) }
    }

    /// How many entries come before this page.
    pub fn skip(&self) -> usize {
        (self.page - 1) * self.size
    }

    /// The most entries on it.
    pub fn take(&self) -> usize {
        self.size
    }

    /// The first entry's place, from 1; 0 where there is none.
    pub fn first(&self) -> usize {
        if self.total == 0 { 0 } else { self.skip() + 1 }
    }

    /// The last entry's place.
    pub fn last(&self) -> usize {
        (self.skip() + self.size).min(self.total)
    }

    /// The page before this one.
    pub fn before(&self) -> Option<usize> {
        (self.page > 1).then(|| self.page - 1)
    }

    /// The page after this one.
    pub fn after(&self) -> Option<usize> {
        (self.page < self.pages).then(|| self.page + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_on_one_page() {
        for total in [0, 1, 49, 50, 51, 120] {
            let pages = Pages::new(None, total, 50).pages;
            let seen: usize = (1..=pages)
                .map(|page| Pages::new(Some(page), total, 50))
                .map(|page| if total == 0 { 0 } else { page.last() + 1 - page.first() })
                .sum();
            assert_eq!(seen, total);
        }
        let last = Pages::new(Some(3), 120, 50);
        assert_eq!((last.first(), last.last(), last.before(), last.after()), (101, 120, Some(2), None));
        assert_eq!(Pages::new(Some(99), 120, 50).page, 3);
        assert_eq!(Pages::new(Some(0), 0, 50).first(), 0);
    }
}
