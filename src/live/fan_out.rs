//! Tells the sockets of a conversation that there is something new, some of them at a time.
//!
//! What is new is one value that all share ([`super::PublishedMap`]); this file only passes on the word
//! that it changed. If ten thousand sockets were told at once, they would keep both cores busy for as
//! long as it takes to write ten thousand frames, and every vote would wait for that. So they are told in
//! parts, a few milliseconds apart, each part only when the last has heard: votes get in between, even
//! where the system gives the server less than its cores. A socket that is told late reads the newest
//! value, never an old one.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::PublishedMap;
use crate::clock::Clock;

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
/// How long it is at least. It goes on while more have not heard yet than are told at once.
const APART: Duration = Duration::from_millis(1);
/// So long after a publication nobody is waited for any more: the clock alone tells the rest.
const PATIENCE: Duration = Duration::from_millis(500);

/// The sockets' side: each listens to one part.
#[derive(Clone)]
pub(super) struct FanOut {
    words: Arc<[watch::Receiver<()>]>,
    shared: Arc<FanOutState>,
    next: Arc<AtomicUsize>,
}

/// The room's side.
pub(super) struct Teller {
    words: Vec<watch::Sender<()>>,
    shared: Arc<FanOutState>,
    published: watch::Receiver<Arc<PublishedMap>>,
    clock: Clock,
    patience: Duration,
}

/// What both sides know of each other.
struct FanOutState {
    publications: AtomicU64,
    parts: Vec<Mutex<Part>>,
    /// How many were waiting when they were told of the last publication, and still are.
    behind: AtomicUsize,
}

/// Those who are told at the same moment.
#[derive(Clone, Copy, Default)]
struct Part {
    /// How many have nothing else to do than to hear.
    waiting: usize,
    /// The publication that they were told of last.
    told: u64,
}

/// A fan-out of what is published here.
pub(super) fn fan_out(published: watch::Receiver<Arc<PublishedMap>>, clock: Clock) -> (FanOut, Teller) {
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..PARTS).map(|_| watch::channel(())).unzip();
    let parts = (0..PARTS).map(|_| Mutex::default()).collect();
    let shared =
        Arc::new(FanOutState { publications: AtomicU64::new(0), parts, behind: AtomicUsize::new(0) });
    let fan_out = FanOut { words: receivers.into(), shared: Arc::clone(&shared), next: Arc::default() };
    (fan_out, Teller { words: senders, shared, published, clock, patience: PATIENCE })
}

impl FanOut {
    /// The word for one more socket.
    pub fn listen(&self) -> Listener {
        let part = self.next.fetch_add(1, Ordering::Relaxed) % PARTS;
        let mut word = self.words[part].clone();
        word.mark_unchanged();
        Listener { word, seat: Seat { part, shared: Arc::clone(&self.shared) } }
    }

    /// How often there was something new.
    pub fn publications(&self) -> u64 {
        self.shared.publications()
    }
}

/// One socket's word that there is something new, and its seat among those who wait for it.
pub struct Listener {
    /// Changes with each publication; closed when the room has ended.
    pub word: watch::Receiver<()>,
    /// Where to be counted while waiting for it.
    pub seat: Seat,
}

/// A seat among those who are told at the same moment.
pub struct Seat {
    part: usize,
    shared: Arc<FanOutState>,
}

impl Seat {
    /// Counted among those who wait for the word, until this is dropped: the next are told when they
    /// have heard. Who has something else to do first is not waited for.
    pub fn wait(&self) -> WaitGuard<'_> {
        let mut part = self.shared.part(self.part);
        part.waiting += 1;
        WaitGuard { seat: self, told: part.told }
    }
}

/// Somebody who waits for the word.
pub struct WaitGuard<'a> {
    seat: &'a Seat,
    /// What was told last when this began.
    told: u64,
}

impl Drop for WaitGuard<'_> {
    fn drop(&mut self) {
        let Seat { part, shared } = self.seat;
        let mut part = shared.part(*part);
        part.waiting -= 1;
        if part.told != self.told && part.told == shared.publications() {
            // The next publication may have begun since, and nobody be behind on it.
            let one_less = |behind: usize| behind.checked_sub(1);
            let _ = shared.behind.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less);
        }
    }
}

impl FanOutState {
    fn part(&self, part: usize) -> MutexGuard<'_, Part> {
        self.parts[part].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to tell of a publication.
    fn begin(&self) -> u64 {
        // Nobody counts as behind on it before they are told.
        self.publications.fetch_add(1, Ordering::Relaxed);
        self.behind.store(0, Ordering::Relaxed);
        self.publications()
    }

    fn publications(&self) -> u64 {
        self.publications.load(Ordering::Relaxed)
    }
}

impl Teller {
    /// Passes the word on until the room ends; then every listener hears that.
    pub async fn run(mut self) {
        while self.published.changed().await.is_ok() {
            self.published.borrow_and_update();
            let publication = self.shared.begin();
            let until = self.clock.instant() + self.patience;
            let at_once = at_once(self.words.iter().map(listening).sum());
            let mut told = 0;
            for (number, word) in self.words.iter().enumerate() {
                told += listening(word);
                self.tell(number, publication);
                if told >= at_once {
                    told = 0;
                    self.pause(at_once, until).await;
                }
            }
        }
    }

    /// Tells one part.
    fn tell(&self, number: usize, publication: u64) {
        let mut part = self.shared.part(number);
        part.told = publication;
        self.shared.behind.fetch_add(part.waiting, Ordering::Relaxed);
        // Under the lock: who hears is counted off after they were counted.
        self.words[number].send_replace(());
    }

    /// Lets others go first, until most of those who were told have heard.
    async fn pause(&self, may_be_behind: usize, until: Instant) {
        loop {
            tokio::time::sleep(APART).await;
            if self.shared.behind.load(Ordering::Relaxed) <= may_be_behind || self.clock.instant() >= until {
                return;
            }
        }
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
        let (_sender, published) = watch::channel(Arc::new(PublishedMap::for_tests()));
        let (fan_out, teller) = fan_out(published, Clock::system());
        let _sockets: Vec<_> = (0..FEW - 1).map(|_| fan_out.listen()).collect();
        assert_eq!(teller.words.iter().map(listening).sum::<usize>(), FEW - 1);
        assert_eq!((at_once(FEW - 1), at_once(FEW)), (AT_ONCE_FEW, AT_ONCE));
        assert_eq!(at_once(12_000), 100);
    }

    /// What publishes, a teller that waits for ever, and so many listeners.
    struct TestFanOut {
        sender: watch::Sender<Arc<PublishedMap>>,
        teller: Teller,
        listeners: Vec<Listener>,
        /// Its own words are the ones that nobody hears.
        _fan_out: FanOut,
    }

    fn patient(listeners: usize) -> TestFanOut {
        let (sender, published) = watch::channel(Arc::new(PublishedMap::for_tests()));
        let (fan_out, mut teller) = fan_out(published, Clock::system());
        teller.patience = Duration::from_secs(3600);
        let listeners = (0..listeners).map(|_| fan_out.listen()).collect();
        TestFanOut { sender, teller, listeners, _fan_out: fan_out }
    }

    fn told(listeners: &[Listener]) -> usize {
        listeners.iter().filter(|listener| listener.word.has_changed().unwrap()).count()
    }

    async fn until_told(listeners: &[Listener], wanted: usize) {
        let all = async {
            while told(listeners) < wanted {
                tokio::time::sleep(APART).await;
            }
        };
        assert!(tokio::time::timeout(Duration::from_secs(20), all).await.is_ok(), "{}", told(listeners));
    }

    #[tokio::test]
    async fn the_next_are_told_when_the_last_have_heard() {
        let TestFanOut { sender, teller, listeners, _fan_out } = patient(4 * AT_ONCE_FEW);
        let shared = Arc::clone(&teller.shared);
        let telling = tokio::spawn(teller.run());
        let mut waiting: Vec<_> = listeners.iter().map(|listener| listener.seat.wait()).collect();
        sender.send_modify(|_| ());
        until_told(&listeners, 2 * AT_ONCE_FEW).await;
        tokio::time::sleep(APART * 20).await;
        assert_eq!(told(&listeners), 2 * AT_ONCE_FEW, "those who have not heard are waited for");
        // Half of them hear: then no more are behind than are told at once.
        waiting.drain(..AT_ONCE_FEW);
        until_told(&listeners, 3 * AT_ONCE_FEW).await;
        tokio::time::sleep(APART * 20).await;
        assert_eq!(told(&listeners), 3 * AT_ONCE_FEW);
        // The rest is busy, and is told all the same.
        waiting.clear();
        until_told(&listeners, 4 * AT_ONCE_FEW).await;
        assert_eq!(shared.behind.load(Ordering::Relaxed), 0);
        drop(sender);
        assert!(telling.await.is_ok());
    }

    #[tokio::test]
    async fn nobody_is_waited_for_without_end() {
        let TestFanOut { sender, mut teller, listeners, _fan_out } = patient(4 * AT_ONCE_FEW);
        teller.patience = Duration::ZERO;
        let _telling = tokio::spawn(teller.run());
        let _waiting: Vec<_> = listeners.iter().map(|listener| listener.seat.wait()).collect();
        sender.send_modify(|_| ());
        until_told(&listeners, 4 * AT_ONCE_FEW).await;
    }

    #[tokio::test]
    async fn who_is_behind_is_known_exactly() {
        let TestFanOut { teller, listeners, .. } = patient(3);
        let shared = Arc::clone(&teller.shared);
        let tell = |number: usize, publication: u64| teller.tell(number, publication);
        let behind = || shared.behind.load(Ordering::Relaxed);
        let [first, second, late] = [0, 1, 2].map(|number: usize| &listeners[number].seat);

        let (one, two) = (first.wait(), second.wait());
        let publication = shared.begin();
        tell(0, publication);
        assert_eq!(behind(), 1);
        drop(two);
        assert_eq!(behind(), 1, "who was not told yet was not behind");
        tell(1, publication);
        tell(2, publication);
        let three = late.wait();
        drop(three);
        assert_eq!(behind(), 1, "who came when all was told is not behind");

        // Another publication, of which the first has heard neither.
        let publication = shared.begin();
        assert_eq!(behind(), 0);
        tell(0, publication);
        assert_eq!(behind(), 1);
        drop(one);
        assert_eq!(behind(), 0);
        let again = first.wait();
        let _ = shared.begin();
        drop(again);
        assert_eq!(behind(), 0, "not told of this one");
        assert!(shared.parts.iter().all(|part| part.lock().unwrap().waiting == 0));
    }

    #[tokio::test]
    async fn everybody_hears_of_news_and_of_the_end() {
        let TestFanOut { sender, teller, mut listeners, _fan_out } = patient(4 * AT_ONCE);
        let telling = tokio::spawn(teller.run());
        sender.send_modify(|_| ());
        for listener in &mut listeners {
            assert!(listener.word.changed().await.is_ok());
        }
        drop(sender);
        assert!(telling.await.is_ok());
        for listener in &mut listeners {
            assert!(listener.word.changed().await.is_err());
        }
    }
}
