//! Tells the sockets of a conversation that there is something new, some of them at a time.
//!
//! What is new is one value that all share ([`super::Published`]); here is only the word that it
//! changed. Told to ten thousand sockets at once, they would keep both cores busy for as long as it
//! takes to write ten thousand frames, and every vote would wait for that. Told in parts a few
//! milliseconds apart, votes get in between. Who is told late reads the newest, never an old one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
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

/// The sockets' side: each listens to one part.
#[derive(Clone)]
pub(super) struct FanOut {
    parts: Arc<[watch::Receiver<()>]>,
    next: Arc<AtomicUsize>,
    publications: Arc<AtomicU64>,
}

/// The room's side.
pub(super) struct Teller {
    parts: Vec<watch::Sender<()>>,
    published: watch::Receiver<Arc<Published>>,
    publications: Arc<AtomicU64>,
}

/// A fan-out of what is published here.
pub(super) fn fan_out(published: watch::Receiver<Arc<Published>>) -> (FanOut, Teller) {
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..PARTS).map(|_| watch::channel(())).unzip();
    let publications = Arc::<AtomicU64>::default();
    let fan_out =
        FanOut { parts: receivers.into(), next: Arc::default(), publications: Arc::clone(&publications) };
    (fan_out, Teller { parts: senders, published, publications })
}

impl FanOut {
    /// The word for one more socket.
    pub fn listen(&self) -> watch::Receiver<()> {
        let part = self.next.fetch_add(1, Ordering::Relaxed) % PARTS;
        let mut word = self.parts[part].clone();
        word.mark_unchanged();
        word
    }

    /// How often there was something new.
    pub fn publications(&self) -> u64 {
        self.publications.load(Ordering::Relaxed)
    }
}

impl Teller {
    /// Passes the word on until the room ends; then every listener hears that.
    pub async fn run(mut self) {
        while self.published.changed().await.is_ok() {
            self.published.borrow_and_update();
            self.publications.fetch_add(1, Ordering::Relaxed);
            let at_once = at_once(self.parts.iter().map(listening).sum());
            let mut told = 0;
            for part in &self.parts {
                told += listening(part);
                part.send_replace(());
                if told >= at_once {
                    told = 0;
                    tokio::time::sleep(APART).await;
                }
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
        let (_sender, published) = watch::channel(Arc::new(Published::for_tests()));
        let (fan_out, teller) = fan_out(published);
        let _sockets: Vec<_> = (0..FEW - 1).map(|_| fan_out.listen()).collect();
        assert_eq!(teller.parts.iter().map(listening).sum::<usize>(), FEW - 1);
        assert_eq!((at_once(FEW - 1), at_once(FEW)), (AT_ONCE_FEW, AT_ONCE));
        assert_eq!(at_once(12_000), 100);
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
            assert!(listener.changed().await.is_ok());
        }
        drop(sender);
        assert!(telling.await.is_ok());
        for listener in &mut listeners {
            assert!(listener.changed().await.is_err());
        }
    }
}
