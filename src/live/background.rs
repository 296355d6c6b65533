//! Long computations on threads of their own, which give way to what answers people.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tokio::sync::oneshot;

/// How much a thread gives way, a niceness: a little, or under full load there would be no maps.
pub(super) const GIVES_WAY: i32 = 2;
/// The same, for what nobody waits for.
pub(super) const GIVES_WAY_TO_ALL: i32 = 15;

/// Runs `work` on a thread that gives way; threads that it starts inherit that. If no thread can be
/// started, one of the runtime's does the work and gives way to nobody. If it panics, nothing is received.
pub(super) fn run<T: Send + 'static>(
    name: &str,
    niceness: i32,
    work: impl FnOnce() -> T + Send + 'static,
) -> oneshot::Receiver<T> {
    let (sender, result) = oneshot::channel();
    // Shared: a thread that can't be started would take the work with it.
    let work = Arc::new(Mutex::new(Some((work, sender))));
    let same = Arc::clone(&work);
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        // Only on Linux has a thread a niceness of its own; elsewhere this would slow the process.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::nice(niceness);
        #[cfg(not(target_os = "linux"))]
        let _ = niceness;
        do_it(&same);
    });
    if let Err(error) = thread {
        tracing::warn!(%error, name, "no thread can be started");
        tokio::task::spawn_blocking(move || do_it(&work));
    }
    result
}

fn do_it<T, W: FnOnce() -> T>(work: &Mutex<Option<(W, oneshot::Sender<T>)>>) {
    let work = work.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((work, sender)) = work {
        // Who asked may be gone.
        let _ = sender.send(work());
    }
}

/// How long this thread has computed since it began, without what it waited for others.
pub(super) fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Called now and then by what computes. Niceness alone is not enough: a kernel lets a thread have its
/// turn of some milliseconds to the end, and with few cores a vote that comes meanwhile waits for it.
pub(super) fn let_others_go_first() {
    std::thread::yield_now();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_panics_is_known_to_have_failed_and_others_go_on() {
        assert!(run("broken", GIVES_WAY, || panic!("for this test")).await.is_err());
        assert_eq!(run("whole", GIVES_WAY, || 7).await, Ok(7));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_thread_gives_way_and_no_other_does() {
        let before = rustix::process::nice(0);
        let inside = run("nice", GIVES_WAY, || rustix::process::nice(0)).await;
        assert_eq!(inside.unwrap_or(before), before.map(|before| (before + GIVES_WAY).min(19)));
        assert_eq!(rustix::process::nice(0), before);
    }
}
