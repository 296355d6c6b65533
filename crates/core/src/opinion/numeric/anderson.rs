//! Anderson acceleration of a fixed-point iteration. It knows vectors and nothing else.
//! Source: Walker & Ni 2011, *Anderson acceleration for fixed-point iterations*.

/// Steps that are remembered.
const DEPTH: usize = 5;
/// A residual that grows by more than this makes it forget.
const WORSE: f64 = 2.0;

/// The last steps of an iteration x → G(x).
#[derive(Default)]
pub struct Anderson {
    /// Differences of residuals, and of images, between neighbouring steps.
    residual_steps: Vec<Vec<f64>>,
    image_steps: Vec<Vec<f64>>,
    last: Option<(Vec<f64>, Vec<f64>)>,
    last_norm: f64,
}

impl Anderson {
    /// Remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next x, from x and its image G(x).
    pub fn next(&mut self, x: &[f64], image: Vec<f64>) -> Vec<f64> {
        let residual: Vec<f64> = image.iter().zip(x).map(|(g, x)| g - x).collect();
        let norm = dot(&residual, &residual).sqrt();
        if self.last.is_some() && norm > WORSE * self.last_norm {
            *self = Self::default();
        }
        if let Some((last_residual, last_image)) = self.last.take() {
            if self.residual_steps.len() == DEPTH {
                self.residual_steps.remove(0);
                self.image_steps.remove(0);
            }
            self.residual_steps.push(difference(&residual, &last_residual));
            self.image_steps.push(difference(&image, &last_image));
        }
        let mut next = image.clone();
        for (step, share) in self.image_steps.iter().zip(self.shares(&residual)) {
            next.iter_mut().zip(step).for_each(|(next, step)| *next -= share * step);
        }
        self.last = Some((residual, image.clone()));
        self.last_norm = norm;
        if next.iter().all(|x| x.is_finite()) { next } else { image }
    }

    /// The combination of residual steps that is nearest to the residual: normal equations with a
    /// little ridge, solved by elimination.
    fn shares(&self, residual: &[f64]) -> Vec<f64> {
        // In range: i and j stay below m, j is above i where rows are split, and each row has m + 1 numbers.
        let m = self.residual_steps.len();
        let mut rows: Vec<Vec<f64>> = (0..m)
            .map(|i| {
                let own = &self.residual_steps[i];
                let products = self.residual_steps.iter().map(|other| dot(own, other));
                products.chain([dot(own, residual)]).collect()
            })
            .collect();
        let trace: f64 = (0..m).map(|i| rows[i][i]).sum();
        (0..m).for_each(|i| rows[i][i] += 1e-10 * trace + f64::MIN_POSITIVE);
        for i in 0..m {
            for j in i + 1..m {
                let factor = rows[j][i] / rows[i][i];
                let (above, below) = rows.split_at_mut(j);
                below[0].iter_mut().zip(&above[i]).skip(i).for_each(|(x, pivot)| *x -= factor * pivot);
            }
        }
        let mut shares = vec![0.0; m];
        for i in (0..m).rev() {
            let known: f64 = (i + 1..m).map(|j| rows[i][j] * shares[j]).sum();
            shares[i] = (rows[i][m] - known) / rows[i][i];
        }
        shares
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_linear_iteration_ends_in_a_few_steps() {
        // G(x) = Ax + b with eigenvalues up to 0.99: plain steps need hundreds.
        let rates = [0.99, 0.9, 0.5, 0.1];
        let fixed = [100.0, 10.0, 2.0, 10.0 / 9.0];
        let mut x = vec![0.0; 4];
        let mut anderson = Anderson::new();
        for _ in 0..8 {
            let image = x.iter().zip(rates).map(|(x, rate)| rate * x + 1.0).collect();
            x = anderson.next(&x, image);
        }
        assert!(x.iter().zip(fixed).all(|(x, fixed)| (x - fixed).abs() < 1e-4), "{x:?}");
    }

    #[test]
    fn a_fixed_point_stays() {
        let mut anderson = Anderson::new();
        for _ in 0..4 {
            assert_eq!(anderson.next(&[1.0, 2.0], vec![1.0, 2.0]), [1.0, 2.0]);
        }
    }
}
