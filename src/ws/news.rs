//! What a socket is told unasked: that something was published, that the queue changed, that it is
//! time for a ping, that the server ends.

use tokio::sync::watch;
use tokio::time::Interval;
use tokio_util::sync::CancellationToken;

use crate::live::{Listener, Queue, RoomHandle, Seat};

/// One piece of news.
pub(super) enum News {
    /// A map, or other counts, state or rules.
    Published,
    /// The moderators' queue.
    Queue,
    /// Time to see whether the other side is there.
    Ping,
    /// Somebody may do more or less than before.
    Rights,
    /// The room has ended, or the server ends.
    Restart,
}

/// Where news come from.
pub(super) struct Sources {
    published: watch::Receiver<()>,
    /// Only for those who may see it.
    queue: Option<watch::Receiver<Queue>>,
    /// Only for staff.
    rights: Option<watch::Receiver<i64>>,
    ping: Interval,
    closing: CancellationToken,
}

impl Sources {
    /// The news of a room from now on, and the socket's place among those who wait for them.
    pub fn of(
        room: &RoomHandle,
        (with_queue, rights): (bool, Option<watch::Receiver<i64>>),
        ping: Interval,
        closing: CancellationToken,
    ) -> (Self, Seat) {
        let Listener { word, seat } = room.news();
        let queue = with_queue.then(|| {
            let mut queue = room.queue();
            queue.mark_unchanged();
            queue
        });
        (Self { published: word, queue, rights, ping, closing }, seat)
    }

    /// Waits for the next, and gives itself back with it: so the wait can go on across many frames,
    /// and is not begun again (four registrations) for each.
    pub async fn next(mut self) -> (News, Self) {
        let news = tokio::select! {
            () = self.closing.cancelled() => News::Restart,
            changed = self.published.changed() => match changed {
                Ok(()) => News::Published,
                Err(_) => News::Restart,
            },
            changed = changed(&mut self.queue) => if changed { News::Queue } else { News::Restart },
            changed = changed(&mut self.rights) => if changed { News::Rights } else { News::Restart },
            _ = self.ping.tick() => News::Ping,
        };
        (news, self)
    }
}

/// Whether it changed, and did not end; never for those who are not told.
async fn changed<T>(told: &mut Option<watch::Receiver<T>>) -> bool {
    match told {
        Some(told) => told.changed().await.is_ok(),
        None => std::future::pending().await,
    }
}
