//! Tells the sockets of a conversation that there is something new, some of them at a time.
//!
//! What is new is one value that all share ([`super::Published`]); here is only the word that it
//! changed. Told to ten thousand sockets at once, they would keep both cores busy for as long as it
//! takes to write ten thousand frames, and every vote would wait for that. Told in parts a few
//! milliseconds apart, and the next only when the last has been heard, votes get in between: also
//! where the system gives the server less than its cores. Who is told late reads the newest, never an
//! old one.

use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use super::Published;

/// Parts that the sockets of a conversation are told in.
const PARTS: usize = 256;
/// After so many sockets there is a pause: few in small conversations, where an ack would wait for the
/// frames of one part; more in large ones, where all must have it within a fifth of a second.
const AT_ONCE_FEW: usize = 20;
const AT_ONCE: usize = 40;
/// Below so many sockets a conversation is small.
const FEW: usize = 500;
/// Pauses that a large one is given.
const PAUSES: usize = 120;
/// How long it is.
const APART: Duration = Duration::from_millis(1);
/// It goes on while more have not heard yet than are told at once; but when nobody hears for so many
/// times as long, they are gone or busy with something else, and are not waited for.
const QUIET_PAUSES: u32 = 5;

/// The sockets' side: each listens to one part.
#[derive(Clone)]
pub(super) struct FanOut {
    words: Arc<[watch::Receiver<()>]>,
    shared: Arc<Shared>,
    next: Arc<AtomicUsize>,
}

/// The room's side.
pub(super) struct Teller {
    words: Vec<watch::Sender<()>>,
    shared: Arc<Shared>,
    published: watch::Receiver<Arc<Published>>,
}

/// What both sides know of each other.
struct Shared {
    publications: AtomicU64,
    /// For each part, how many wait for the word.
    waiting: Vec<AtomicUsize>,
    /// How many waited when they were told and have not heard yet. About: who stops listening in
    /// between is counted on, until the next publication.
    behind: AtomicIsize,
}

/// A fan-out of what is published here.
pub(super) fn fan_out(published: watch::Receiver<Arc<Published>>) -> (FanOut, Teller) {
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..PARTS).map(|_| watch::channel(())).unzip();
    let waiting = (0..PARTS).map(|_| AtomicUsize::new(0)).collect();
    let shared = Arc::new(Shared { publications: AtomicU64::new(0), waiting, behind: AtomicIsize::new(0) });
    let fan_out = FanOut { words: receivers.into(), shared: Arc::clone(&shared), next: Arc::default() };
    (fan_out, Teller { words: senders, shared, published })
}

impl FanOut {
    /// The word for one more socket.
    pub fn listen(&self) -> Listener {
        let part = self.next.fetch_add(1, Ordering::Relaxed) % PARTS;
        let mut word = self.words[part].clone();
        word.mark_unchanged();
        Listener { word, part, shared: Arc::clone(&self.shared) }
    }

    /// How often there was something new.
    pub fn publications(&self) -> u64 {
        self.shared.publications.load(Ordering::Relaxed)
    }
}

/// One socket's word that there is something new.
pub struct Listener {
    word: watch::Receiver<()>,
    part: usize,
    shared: Arc<Shared>,
}

impl Listener {
    /// Waits for something new; false when the room has ended.
    pub async fn changed(&mut self) -> bool {
        // Who was busy and hears of it late was not waited for.
        if !matches!(self.word.has_changed(), Ok(false)) {
            return self.word.changed().await.is_ok();
        }
        let waits = Waits::new(&self.shared.waiting[self.part]);
        let is_new = self.word.changed().await.is_ok();
        drop(waits);
        self.shared.behind.fetch_sub(1, Ordering::Relaxed);
        is_new
    }
}

/// Counted among those who wait for the word.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Teller {
    /// Passes the word on until the room ends; then every listener hears that.
    pub async fn run(mut self) {
        while self.published.changed().await.is_ok() {
            self.published.borrow_and_update();
            self.shared.publications.fetch_add(1, Ordering::Relaxed);
            self.shared.behind.store(0, Ordering::Relaxed);
            let at_once = at_once(self.words.iter().map(listening).sum());
            let mut pauses = Pauses::new(at_once);
            let mut told = 0;
            for (word, waiting) in self.words.iter().zip(&self.shared.waiting) {
                told += listening(word);
                let waiting = isize::try_from(waiting.load(Ordering::Relaxed)).unwrap_or(isize::MAX);
                self.shared.behind.fetch_add(waiting, Ordering::Relaxed);
                word.send_replace(());
                if told >= at_once {
                    told = 0;
                    self.pause(&mut pauses).await;
                }
            }
        }
    }

    /// Lets others go first.
    async fn pause(&self, pauses: &mut Pauses) {
        loop {
            tokio::time::sleep(APART).await;
            let behind = self.shared.behind.load(Ordering::Relaxed);
            if pauses.may_end(usize::try_from(behind).unwrap_or(0)) {
                return;
            }
        }
    }
}

/// Decides how long to pause: until most of those who were told have heard.
struct Pauses {
    /// So many may still have to hear when the next are told.
    may_be_behind: usize,
    /// So many did not, and are waited for no longer.
    forgiven: usize,
    /// The fewest that this pause saw behind, and how often in a row there were no fewer.
    least: usize,
    quiet: u32,
}

impl Pauses {
    fn new(may_be_behind: usize) -> Self {
        Self { may_be_behind, forgiven: 0, least: usize::MAX, quiet: 0 }
    }

    /// Whether this pause may end, with so many who were told and have not heard. The next call is
    /// the next pause's then.
    fn may_end(&mut self, behind: usize) -> bool {
        self.forgiven = self.forgiven.min(behind);
        self.quiet = if behind < self.least { 0 } else { self.quiet + 1 };
        self.least = self.least.min(behind);
        if self.quiet >= QUIET_PAUSES {
            self.forgiven = behind;
        }
        let may_end = behind <= self.may_be_behind + self.forgiven;
        if may_end {
            (self.least, self.quiet) = (usize::MAX, 0);
        }
        may_end
    }
}

/// Sockets that listen to a part; one of its receivers is nobody's.
fn listening(part: &watch::Sender<()>) -> usize {
    part.receiver_count().saturating_sub(1)
}

/// After how many sockets there is a pause, among so many.
fn at_once(listening: usize) -> usize {
    match listening {
        0..FEW => AT_ONCE_FEW,
        many => AT_ONCE.max(many / PAUSES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sockets_are_counted_and_few_are_told_fewer_at_a_time() {
        let (_sender, published) = watch::channel(Arc::new(Published::for_tests()));
        let (fan_out, teller) = fan_out(published);
        let _sockets: Vec<_> = (0..FEW - 1).map(|_| fan_out.listen()).collect();
        assert_eq!(teller.words.iter().map(listening).sum::<usize>(), FEW - 1);
        assert_eq!((at_once(FEW - 1), at_once(FEW)), (AT_ONCE_FEW, AT_ONCE));
        assert_eq!(at_once(12_000), 100);
    }

    #[test]
    fn a_pause_lasts_until_most_have_heard_and_nobody_is_waited_for_in_vain() {
        let mut pauses = Pauses::new(10);
        assert!(pauses.may_end(10), "one part may be behind");
        assert!(!pauses.may_end(20));
        assert!(!pauses.may_end(15), "some hear: they are waited for");
        assert!(pauses.may_end(9));
        for _ in 0..QUIET_PAUSES {
            assert!(!pauses.may_end(20));
        }
        assert!(pauses.may_end(20), "nobody hears");
        assert!(pauses.may_end(30), "and those are not waited for again");
        assert!(!pauses.may_end(31));
        assert!(pauses.may_end(15));
        assert!(!pauses.may_end(26), "who has heard in the end is forgiven nothing any more");
    }

    #[tokio::test]
    async fn those_who_wait_are_counted_until_they_hear() {
        let first = Arc::new(Published::for_tests());
        let (sender, published) = watch::channel(Arc::clone(&first));
        let (fan_out, teller) = fan_out(published);
        let shared = Arc::clone(&teller.shared);
        let waiting = || shared.waiting.iter().map(|waiting| waiting.load(Ordering::Relaxed)).sum::<usize>();
        let telling = tokio::spawn(teller.run());
        let mut listeners: Vec<_> = (0..3 * AT_ONCE_FEW).map(|_| fan_out.listen()).collect();
        let (late, others) = listeners.split_last_mut().unwrap();
        {
            let mut hearing: Vec<_> = others.iter_mut().map(|other| Box::pin(other.changed())).collect();
            for hears in &mut hearing {
                assert!(futures_util::poll!(hears.as_mut()).is_pending());
            }
            assert_eq!(waiting(), 3 * AT_ONCE_FEW - 1);
            sender.send_replace(first);
            // The last of them is told, although none before it has heard.
            assert!(late.changed().await);
            let behind = shared.behind.load(Ordering::Relaxed);
            assert_eq!(usize::try_from(behind), Ok(3 * AT_ONCE_FEW - 1));
            for hears in &mut hearing[1..] {
                assert!(hears.as_mut().await);
            }
            assert_eq!((waiting(), shared.behind.load(Ordering::Relaxed)), (1, 1));
        }
        assert_eq!(waiting(), 0, "who is gone waits no more");
        drop(sender);
        assert!(telling.await.is_ok());
    }

    #[tokio::test]
    async fn everybody_hears_of_news_and_of_the_end() {
        let first = Arc::new(Published::for_tests());
        let (sender, published) = watch::channel(Arc::clone(&first));
        let (fan_out, teller) = fan_out(published);
        let telling = tokio::spawn(teller.run());
        let mut listeners: Vec<_> = (0..4 * AT_ONCE).map(|_| fan_out.listen()).collect();
        sender.send_replace(first);
        for listener in &mut listeners {
            assert!(listener.changed().await);
        }
        drop(sender);
        assert!(telling.await.is_ok());
        for listener in &mut listeners {
            assert!(!listener.changed().await);
        }
    }
}
