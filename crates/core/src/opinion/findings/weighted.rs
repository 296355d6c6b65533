//! Shares in which each vote counts as the inverse of the probability that its statement was offered (Hájek's estimator).
//!
//! The draw offers some statements to some people more often than others. Where it does so along what people think, a raw
//! share leans towards those who were asked more often; weights undo that as far as the stored probabilities go. It knows
//! nothing of people or statements. Source: Hájek 1971; the effective number of votes is Kish's (1965).

/// One side's share of some votes, raw and weighted.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WeightedShare {
    /// The votes.
    pub votes: u32,
    /// The share of them on this side.
    pub raw: f64,
    /// The same, each vote weighted with the inverse of its probability.
    pub weighted: f64,
    /// So many votes with equal weights would tell as much.
    pub effective: f64,
}

impl WeightedShare {
    /// Of votes that are on this side or not, each with the probability in millionths with which its statement was offered.
    /// `None` where there are none. A probability of 0 is taken for the least that can be stored.
    pub fn of(votes: impl IntoIterator<Item = (bool, u32)>) -> Option<Self> {
        let (mut count, mut side) = (0u32, 0u32);
        let (mut weights, mut squares, mut weighted) = (0.0f64, 0.0f64, 0.0f64);
        for (is_on_side, ppm) in votes {
            let weight = 1e6 / f64::from(ppm.max(1));
            count += 1;
            weights += weight;
            squares += weight * weight;
            if is_on_side {
                side += 1;
                weighted += weight;
            }
        }
        (count > 0).then(|| Self {
            votes: count,
            raw: f64::from(side) / f64::from(count),
            weighted: weighted / weights,
            effective: weights * weights / squares,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_one_probability_for_all_nothing_is_weighted() {
        let share = WeightedShare::of([(true, 250_000), (true, 250_000), (false, 250_000)]).unwrap();
        assert_eq!((share.votes, share.raw, share.weighted), (3, 2.0 / 3.0, 2.0 / 3.0));
        assert!((share.effective - 3.0).abs() < 1e-9);
        assert_eq!(WeightedShare::of([]), None);
    }

    #[test]
    fn weights_undo_that_one_side_was_asked_more_often() {
        // Of 1,000 people half agree. Those who agree are asked with probability 0.8, the others with 0.2.
        let asked =
            std::iter::repeat_n((true, 800_000), 400).chain(std::iter::repeat_n((false, 200_000), 100));
        let share = WeightedShare::of(asked).unwrap();
        assert_eq!(share.raw, 0.8);
        assert!((share.weighted - 0.5).abs() < 1e-12, "{share:?}");
        assert!((share.effective - 320.0).abs() < 1e-9, "(400·1.25 + 100·5)² / (400·1.25² + 100·5²) = 320");
    }
}
