//! Agreement across people without assuming groups: a one-factor matrix factorisation.
//!
//! A vote r (agree 1, pass ½, disagree 0) is explained as μ + i_u + i_s + f_u·f_s. The factor f takes
//! up what divides people; what is left of a statement, its intercept i_s, is how far people agree
//! with it who disagree otherwise: the *bridging score*. Found by alternating ridge regressions on
//! the summed loss, accelerated. The gauge is fixed: the mean of f_u is 0, and that of f_u² is 1, so
//! that |f_s| says how far a vote's expected value moves from one side of the public to the other.
//! It knows votes, not groups. Source: Community Notes (Wojcik et al. 2022);
//! Anderson acceleration: Walker & Ni 2011.

use crate::opinion::axes::projection::Projection;
use crate::opinion::map::params::BridgingParams;
use crate::opinion::numeric::anderson::Anderson;
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::votes::pass::{self, FixedPoint, Scatter};
use crate::opinion::votes::rows::{Code, CodeRows};
use crate::opinion::votes::vote_matrix::{VoteMatrix, Weight, each_width};

/// The factorisation.
#[derive(Clone, Debug, Default)]
pub struct Factorisation {
    /// The mean μ.
    pub mean: f64,
    /// i_s of each live column: the bridging score.
    pub intercepts: Vec<f64>,
    /// f_s of each live column: how far it divides, and which way.
    pub factors: Vec<f64>,
    /// Sweeps over the votes.
    pub sweeps: u32,
    /// Whether the intercepts settled.
    pub converged: bool,
}

/// No intercept or factor of a person is beyond this.
const LARGEST: f64 = 64.0;

/// Factorises the live votes of everybody with a weight, starting from the first component.
pub fn factorise(
    matrix: &VoteMatrix,
    projection: &Projection,
    weights: Option<&[Weight]>,
    params: &BridgingParams,
    work: &Work<'_>,
) -> Result<Factorisation, Stopped> {
    if projection.centring.live.is_empty() {
        return Ok(Factorisation { converged: true, ..Factorisation::default() });
    }
    each_width!(&matrix.codes, rows => Sweeps::new(rows, matrix, projection, weights, params, work).run())
}

/// The sweeps. A state is every statement's intercept, every statement's factor, and the mean.
struct Sweeps<'a, C> {
    rows: &'a CodeRows<C>,
    projection: &'a Projection,
    weights: Option<&'a [Weight]>,
    params: &'a BridgingParams,
    work: &'a Work<'a>,
    scatter: Scatter<4>,
    fixed: FixedPoint,
    /// Live votes of each row.
    votes: Vec<u32>,
    /// People by code.
    counts: Vec<f64>,
    /// How many take part.
    people: f64,
    /// The mean vote, where the search begins.
    mean: f64,
}

fn value(code: usize) -> f64 {
    (code % 3) as f64 / 2.0
}

impl<'a, C: Code> Sweeps<'a, C> {
    fn new(
        rows: &'a CodeRows<C>,
        matrix: &'a VoteMatrix,
        projection: &'a Projection,
        weights: Option<&'a [Weight]>,
        params: &'a BridgingParams,
        work: &'a Work<'a>,
    ) -> Self {
        // In range: table and counts cover what `each_code` gives, and there is a weight for each row.
        let mut is_live = pass::table::<4>(matrix.columns());
        let (mut sum, mut all) = (0.0, 0.0);
        let counts: Vec<f64> = matrix.counts(weights, work).into_iter().map(f64::from).collect();
        projection.centring.each_code(|_, code, _| {
            is_live[code] = [1.0, 0.0, 0.0, 0.0];
            sum += counts[code] * value(code);
            all += counts[code];
        });
        let votes =
            pass::gather(rows, &is_live, work, |_| Vec::new(), |votes, _, [n, ..]| votes.push(n as u32));
        let votes = votes.concat();
        let take_part = votes
            .iter()
            .enumerate()
            .filter(|(row, votes)| **votes > 0 && weights.is_none_or(|weights| weights[*row] > 0));
        Self {
            people: take_part.count().max(1) as f64,
            rows,
            projection,
            weights,
            params,
            work,
            scatter: Scatter::new(matrix.columns()),
            fixed: FixedPoint::up_to(LARGEST * LARGEST * rows.len().max(1) as f64),
            votes,
            counts,
            mean: if all > 0.0 { sum / all } else { 0.0 },
        }
    }

    fn run(mut self) -> Result<Factorisation, Stopped> {
        let live = self.projection.centring.live.len();
        let mut state = self.start();
        let mut anderson = Anderson::new();
        let mut found = Factorisation::default();
        while found.sweeps < self.params.sweeps && !found.converged {
            self.work.go_on()?;
            let swept = self.sweep(&state);
            found.sweeps += 1;
            let change = state.iter().zip(&swept).take(live).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            found.converged = change <= self.params.tolerance;
            state = if found.converged { swept } else { anderson.next(&state, swept) };
        }
        found.mean = state.pop().unwrap_or_default();
        found.factors = state.split_off(live);
        found.intercepts = state;
        Ok(found)
    }

    /// Intercepts from the means of statements, factors from the first component.
    fn start(&self) -> Vec<f64> {
        let centring = &self.projection.centring;
        let intercepts = centring.means.iter().map(|mean| (mean + 1.0) / 2.0 - self.mean);
        // As large as they will be: the loading, in votes of ½, shared with the people.
        let [first, ..] = self.projection.eigenvalues;
        let scale = (first.sqrt() / 2.0).sqrt();
        let factors = self.projection.components[0].iter().map(|loading| scale * loading);
        intercepts.chain(factors).chain([self.mean]).collect()
    }

    /// People from statements, statements from people, in one pass over the votes.
    fn sweep(&mut self, state: &[f64]) -> Vec<f64> {
        let live = self.projection.centring.live.len();
        // In range: a state has 2·live + 1 numbers, tables cover `each_code`, votes and weights all rows.
        let (intercepts, factors) = state.split_at(live);
        let (table, mean) = (&mut self.scatter.table, state[2 * live]);
        self.projection.centring.each_code(|index, code, _| {
            let (left, factor) = (value(code) - mean - intercepts[index], factors[index]);
            table[code] = [factor, factor * factor, left, factor * left];
        });
        let (on_intercept, on_factor) = (self.params.on_intercepts, self.params.on_factors);
        let (votes, fixed, weights) = (&self.votes, self.fixed, self.weights);
        let (sums, by_row) = self.scatter.pass(
            self.rows,
            self.work,
            |row| votes[row] > 0 && weights.is_none_or(|weights| weights[row] > 0),
            #[inline(always)]
            |row, sums| {
                let [intercept, factor] = ridge(f64::from(votes[row]), sums, on_intercept, on_factor);
                let (i, f) = (intercept.clamp(-LARGEST, LARGEST), factor.clamp(-LARGEST, LARGEST));
                [i, f, f * f, f * i].map(|x| fixed.whole(x))
            },
        );
        let mut people = vec![[0.0f64; 4]; live];
        let mut seen = vec![0.0; live];
        let mut left = 0.0;
        self.projection.centring.each_code(|index, code, _| {
            let [i, f, f2, fi] = sums[code].map(|whole| fixed.number(whole));
            let (n, over) = (self.counts[code], value(code) - mean);
            let add = [f, f2, n * over - i, over * f - fi];
            (0..4).for_each(|at| people[index][at] += add[at]);
            seen[index] += n;
            left += n * value(code) - i;
        });
        let by_row = by_row.map(|whole| fixed.number(whole));
        self.statements(&people, &seen, left, by_row)
    }

    /// Every statement's ridge regression, the mean, and the gauge.
    /// `[Σi, Σf, Σf², Σif]` are sums over the people.
    fn statements(
        &self,
        people: &[[f64; 4]],
        seen: &[f64],
        mut left: f64,
        [intercept_sum, factor_sum, factor_squares, cross]: [f64; 4],
    ) -> Vec<f64> {
        let (on_intercept, on_factor) = (self.params.on_intercepts, self.params.on_factors);
        let live = people.len();
        let mut state = vec![0.0; 2 * live];
        let mut all = 0.0;
        // In range: `place` is below `live`, and a state has two numbers for each.
        for (index, (sums, n)) in people.iter().zip(seen).enumerate() {
            let [intercept, factor] = ridge(*n, *sums, on_intercept, on_factor);
            state[index] = intercept;
            state[live + index] = factor;
            left -= n * intercept + factor * sums[0];
            all += n;
        }
        if all <= 0.0 {
            state.push(0.0);
            return state;
        }
        // The gauge. Adding to all intercepts of one kind what the mean loses, turning the people's
        // factors by a constant that the statements' intercepts take up, and the other way round,
        // and scaling one factor against the other change no prediction: plain sweeps crawl along
        // these ways. Each is set to where the ridges have their least, or as the gauge says.
        let n = live as f64;
        let middle = factor_sum / self.people;
        let spread = (factor_squares - middle * factor_sum).max(0.0);
        let cross = cross - middle * intercept_sum;
        for index in 0..live {
            state[index] += middle * state[live + index];
        }
        let mean_factor = state[live..].iter().sum::<f64>() / n;
        let turn =
            (on_factor * n * mean_factor - on_intercept * cross) / (on_intercept * spread + on_factor * n);
        let turn = if turn.is_finite() { turn } else { 0.0 };
        state[live..].iter_mut().for_each(|factor| *factor -= turn);
        let scale = if spread > 1e-12 { (spread / self.people).sqrt() } else { 1.0 };
        state[live..].iter_mut().for_each(|factor| *factor *= scale);
        let mean_intercept = state[..live].iter().sum::<f64>() / n;
        state[..live].iter_mut().for_each(|intercept| *intercept -= mean_intercept);
        state.push(left / all + mean_intercept + intercept_sum / self.people);
        state
    }
}

/// Intercept and factor from n votes: `[Σf, Σf², Σe, Σfe]` over what is left of them.
#[inline(always)]
fn ridge(n: f64, [f, f2, e, fe]: [f64; 4], on_intercept: f64, on_factor: f64) -> [f64; 2] {
    let (a, d) = (n + on_intercept, f2 + on_factor);
    let determinant = a * d - f * f;
    if determinant > 1e-300 {
        [(d * e - f * fe) / determinant, (a * fe - f * e) / determinant]
    } else {
        [0.0; 2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::map::checked_params::CheckedParams;
    use crate::opinion::pipeline::compute::compute_with;
    use crate::opinion::votes::input::Votes;
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256Plus;

    fn factorised(matrix: &VoteMatrix, params: &BridgingParams) -> Factorisation {
        let computed = compute_with(matrix, &CheckedParams::default(), &Work::alone()).expect("it is wanted");
        let stages = &computed.stages;
        factorise(matrix, &stages.projection, None, params, &Work::alone()).expect("it is wanted")
    }

    #[test]
    fn what_both_camps_like_bridges_and_what_divides_them_does_not() {
        let grid: Vec<&str> = ["+++---++0", "+++---+-+", "+++---++-", "---++++-+", "---++++++", "---+++++0"]
            .into_iter()
            .cycle()
            .take(60)
            .collect();
        let found = factorised(&VoteMatrix::new(&Votes::drawn(&grid)), &BridgingParams::default());
        assert!(found.converged, "{} sweeps", found.sweeps);
        assert!(found.intercepts[..6].iter().all(|score| *score < found.intercepts[6] - 0.2));
        let divides = |index: usize| found.factors[index].abs();
        assert!((0..6).all(|index| divides(index) > 5.0 * divides(6)));
        assert!(found.factors[0] * found.factors[3] < 0.0);
    }

    /// Plain sweeps, one person and one statement at a time, from the same start, until nothing moves.
    fn naive(matrix: &VoteMatrix, params: &BridgingParams) -> Vec<f64> {
        let computed = compute_with(matrix, &CheckedParams::default(), &Work::alone()).expect("it is wanted");
        let rows: Vec<Vec<(usize, f64)>> = (0..matrix.rows())
            .map(|row| matrix.row(row).map(|(column, v)| (column, v as f64 / 2.0)).collect())
            .collect();
        let all = rows.iter().map(Vec::len).sum::<usize>() as f64;
        let columns = matrix.columns();
        let mut mean = rows.iter().flatten().map(|(_, r)| r).sum::<f64>() / all;
        let projection = &computed.stages.projection;
        let scale = (projection.eigenvalues[0].sqrt() / 2.0).sqrt();
        let mut f_s: Vec<f64> = projection.components[0].iter().map(|loading| scale * loading).collect();
        let mut i_s: Vec<f64> = projection.centring.means.iter().map(|m| (m + 1.0) / 2.0 - mean).collect();
        for _ in 0..3_000 {
            let mut people = vec![[0.0; 2]; rows.len()];
            for (own, row) in people.iter_mut().zip(&rows) {
                let mut sums = [0.0; 4];
                for (c, r) in row {
                    let left = r - mean - i_s[*c];
                    let add = [f_s[*c], f_s[*c] * f_s[*c], left, f_s[*c] * left];
                    (0..4).for_each(|at| sums[at] += add[at]);
                }
                *own = ridge(row.len() as f64, sums, params.on_intercepts, params.on_factors);
            }
            let mut sums = vec![[0.0; 4]; columns];
            let mut seen = vec![0.0; columns];
            for ([i, f], row) in people.iter().zip(&rows) {
                for (c, r) in row {
                    let left = r - mean - i;
                    let add = [*f, f * f, left, f * left];
                    (0..4).for_each(|at| sums[*c][at] += add[at]);
                    seen[*c] += 1.0;
                }
            }
            for c in 0..columns {
                [i_s[c], f_s[c]] = ridge(seen[c], sums[c], params.on_intercepts, params.on_factors);
            }
            let mut left = 0.0;
            for ([i, f], row) in people.iter().zip(&rows) {
                row.iter().for_each(|(c, r)| left += r - i - i_s[*c] - f * f_s[*c]);
            }
            mean = left / all;
            let n = rows.len() as f64;
            let middle = people.iter().map(|[_, f]| f).sum::<f64>() / n;
            let spread = people.iter().map(|[_, f]| (f - middle) * (f - middle)).sum::<f64>();
            let scale = (spread / n).sqrt();
            let cross = people.iter().map(|[i, f]| i * (f - middle)).sum::<f64>();
            let (on_i, on_f, c) = (params.on_intercepts, params.on_factors, columns as f64);
            let turn = (on_f * f_s.iter().sum::<f64>() - on_i * cross) / (on_i * spread + on_f * c);
            for c in 0..columns {
                i_s[c] += middle * f_s[c];
                f_s[c] = (f_s[c] - turn) * scale;
            }
            let shift = i_s.iter().sum::<f64>() / c;
            i_s.iter_mut().for_each(|i| *i -= shift);
            mean += shift + people.iter().map(|[i, _]| i).sum::<f64>() / n;
        }
        i_s
    }

    /// A public that one question divides, and that statements touch more or less.
    fn divided(seed: u64) -> VoteMatrix {
        let mut random = Xoshiro256Plus::seed_from_u64(seed);
        let statements: Vec<[f64; 2]> =
            (0..12).map(|_| [random.gen_range(0.3..0.7), random.gen_range(-0.3..0.3)]).collect();
        let mut person = |camp: f64| -> String {
            let mut vote = |[base, divides]: &[f64; 2]| match random.gen_range(0.0..1.0) {
                unseen if unseen < 0.4 => '.',
                pass if pass < 0.45 => '0',
                _ if random.gen_bool(base + camp * divides) => '+',
                _ => '-',
            };
            statements.iter().map(&mut vote).collect()
        };
        let grid: Vec<String> = (0..400).map(|n| person(if n % 5 < 3 { 1.0 } else { -1.0 })).collect();
        VoteMatrix::new(&Votes::drawn(&grid.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    #[test]
    fn the_accelerated_sweeps_end_where_plain_ones_do() {
        // Where two directions divide people about equally, the loss has several least places, and
        // steps of another length can end in another one: one direction leads here.
        for seed in 0..8 {
            let (matrix, params) = (divided(seed), BridgingParams::default());
            let found = factorised(&matrix, &params);
            assert!(found.converged && found.sweeps < 60, "seed {seed}: {} sweeps", found.sweeps);
            for (ours, plain) in found.intercepts.iter().zip(naive(&matrix, &params)) {
                assert!((ours - plain).abs() < 2e-5, "seed {seed}: {ours} {plain}");
            }
        }
    }

    #[test]
    fn no_votes_one_vote_and_equal_votes_are_answered() {
        for grid in [&[][..], &["+"], &["++++++++"; 9], &["0"; 3]] {
            let found = factorised(&VoteMatrix::new(&Votes::drawn(grid)), &BridgingParams::default());
            assert!(found.intercepts.iter().chain(&found.factors).all(|x| x.is_finite()));
        }
    }
}
