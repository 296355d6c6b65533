//! How a computation is carried out: on how many threads, and until when. Neither can show in a
//! result; that is why they are not among the parameters of a map.

use std::ops::Range;

/// Threads, and a question that long work asks now and then: is the answer still wanted?
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// Threads to use; 0 counts as 1.
    pub threads: usize,
    /// Whether to give up: a deadline has passed, or something newer is wanted. The clock is the
    /// caller's.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// The work was given up before its end; there is no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the computation was given up before its end")]
pub struct Stopped;

impl Work<'static> {
    /// On this thread, to the end.
    pub fn alone() -> Self {
        Self { threads: 1, stop: &|| false }
    }

    /// On so many threads, to the end.
    pub fn on(threads: usize) -> Self {
        Self { threads, stop: &|| false }
    }
}

impl Work<'_> {
    /// An error when the work is no longer wanted.
    pub fn go_on(&self) -> Result<(), Stopped> {
        if (self.stop)() { Err(Stopped) } else { Ok(()) }
    }

    /// Runs `job` on each of some ranges that make up `0..len`, one a thread, and gives the
    /// results in order. `grain` is the least that is worth a thread of its own.
    pub fn split<T: Send>(&self, len: usize, grain: usize, job: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
        let parts = self.threads.clamp(1, 64).min(len / grain.max(1)).max(1);
        let bounds: Vec<usize> = (0..=parts).map(|part| len * part / parts).collect();
        self.each(&bounds, job)
    }

    /// The same for ranges that are given by their bounds.
    pub fn each<T: Send>(&self, bounds: &[usize], job: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
        let mut nothing = vec![(); bounds.len().saturating_sub(1)];
        self.each_with(bounds, &mut nothing, |range, ()| job(range))
    }

    /// The same, with something of its own for each range to work on.
    pub fn each_with<S: Send, T: Send>(
        &self,
        bounds: &[usize],
        states: &mut [S],
        job: impl Fn(Range<usize>, &mut S) -> T + Sync,
    ) -> Vec<T> {
        let mut shares = bounds.windows(2).map(|pair| pair[0]..pair[1]).zip(states);
        let Some((own, own_state)) = shares.next() else { return Vec::new() };
        if bounds.len() == 2 {
            return vec![job(own, own_state)];
        }
        std::thread::scope(|scope| {
            let job = &job;
            let running: Vec<_> =
                shares.map(|(range, state)| scope.spawn(move || job(range, state))).collect();
            let mut results = vec![job(own, own_state)];
            for handle in running {
                match handle.join() {
                    Ok(result) => results.push(result),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            results
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_up_the_whole_in_order_on_any_number_of_threads() {
        for threads in [0, 1, 2, 5, 100] {
            let parts = Work::on(threads).split(1000, 10, std::iter::Iterator::collect::<Vec<_>>);
            assert_eq!(parts.concat(), (0..1000).collect::<Vec<_>>());
        }
        assert_eq!(Work::on(4).split(0, 1, |range| range.len()), [0]);
        assert_eq!(Work::on(4).split(3, 10, |range| range.len()), [3], "too little to share");
    }

    #[test]
    fn work_that_is_not_wanted_says_so() {
        let unwanted = Work { threads: 1, stop: &|| true };
        assert_eq!(unwanted.go_on(), Err(Stopped));
        assert_eq!(Work::alone().go_on(), Ok(()));
    }
}
