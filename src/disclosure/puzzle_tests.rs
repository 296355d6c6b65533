//! Whole numbers with bounds and sums: what can be worked out of them. The attacker's tool.

/// Unknown counts, and sums of them whose value is known or bounded.
#[derive(Clone, Default)]
pub struct Puzzle {
    low: Vec<i64>,
    high: Vec<i64>,
    sums: Vec<Sum>,
}

#[derive(Clone)]
struct Sum {
    terms: Vec<(usize, i64)>,
    low: i64,
    high: i64,
}

/// No numbers fit.
struct Contradiction;

impl Puzzle {
    /// One more count, within these bounds.
    pub fn count(&mut self, low: u32, high: u32) -> usize {
        self.low.push(i64::from(low));
        self.high.push(i64::from(high));
        self.low.len() - 1
    }

    /// A sum of counts lies within these bounds.
    pub fn sum(&mut self, counts: &[usize], low: u32, high: u32) {
        let terms = counts.iter().map(|count| (*count, 1)).collect();
        self.sums.push(Sum { terms, low: i64::from(low), high: i64::from(high) });
    }

    /// One count is at most another.
    pub fn at_most(&mut self, less: usize, more: usize) {
        self.sums.push(Sum { terms: vec![(more, 1), (less, -1)], low: 0, high: i64::from(u32::MAX) });
    }

    /// Whether any numbers may fit.
    pub fn may_be_solved(&mut self) -> bool {
        self.narrow().is_ok()
    }

    /// The values that a count may have: whatever is outside leads to a contradiction.
    pub fn range(&self, count: usize) -> (i64, i64) {
        let fails = |value: i64| {
            let mut guess = self.clone();
            (guess.low[count], guess.high[count]) = (value, value);
            guess.narrow().is_err()
        };
        let (mut low, mut high) = (self.low[count], self.high[count]);
        while low < high && fails(low) {
            low += 1;
        }
        while high > low && fails(high) {
            high -= 1;
        }
        (low, high)
    }

    /// Narrows every count to what each sum leaves it, until nothing changes.
    fn narrow(&mut self) -> Result<(), Contradiction> {
        let mut changed = true;
        while changed {
            changed = false;
            for sum in &self.sums {
                let least = |at: &(usize, i64)| if at.1 > 0 { self.low[at.0] } else { -self.high[at.0] };
                let most = |at: &(usize, i64)| if at.1 > 0 { self.high[at.0] } else { -self.low[at.0] };
                let (all_least, all_most): (i64, i64) =
                    (sum.terms.iter().map(least).sum(), sum.terms.iter().map(most).sum());
                if all_least > sum.high || all_most < sum.low {
                    return Err(Contradiction);
                }
                let bounds: Vec<(usize, i64, i64, i64)> = sum
                    .terms
                    .iter()
                    .map(|at| {
                        let others = (all_least - least(at), all_most - most(at));
                        (at.0, at.1, sum.low - others.1, sum.high - others.0)
                    })
                    .collect();
                for (count, sign, low, high) in bounds {
                    let (low, high) = if sign > 0 { (low, high) } else { (-high, -low) };
                    if low > self.low[count] {
                        (self.low[count], changed) = (low, true);
                    }
                    if high < self.high[count] {
                        (self.high[count], changed) = (high, true);
                    }
                    if self.low[count] > self.high[count] {
                        return Err(Contradiction);
                    }
                }
            }
        }
        Ok(())
    }
}

#[test]
fn what_is_left_of_a_sum_is_found() {
    let mut puzzle = Puzzle::default();
    let [a, b, c] = [(0, 9), (0, 4), (2, 5)].map(|(low, high)| puzzle.count(low, high));
    puzzle.sum(&[a, b, c], 17, 17);
    assert!(puzzle.may_be_solved());
    assert_eq!([a, b, c].map(|count| puzzle.range(count)), [(8, 9), (3, 4), (4, 5)]);
    puzzle.at_most(c, b);
    assert_eq!([a, b, c].map(|count| puzzle.range(count)), [(9, 9), (4, 4), (4, 4)]);
    puzzle.sum(&[a, b], 0, 12);
    assert!(!puzzle.may_be_solved());
}
