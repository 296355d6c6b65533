//! What every socket shares, and the bounds of each.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::live::Rooms;
use crate::store::Store;

use super::limiter::Limiter;
use super::meters::SocketMeters;
use super::rate_limit::Rate;
use super::tickets::Tickets;

/// Bounds of sockets.
#[derive(Clone, Copy, Debug)]
pub struct WsConfig {
    /// P11: messages that one socket may send.
    pub messages: Rate,
    /// A first frame must come within this time.
    pub hello_within: Duration,
    /// P9: a ping is sent after this much silence, and the socket closed after three times that.
    pub ping_every: Duration,
    /// P7: who does not read for this long is closed.
    pub write_within: Duration,
}

impl Default for WsConfig {
    fn default() -> Self {
        Self {
            messages: Rate { burst: 30.0, per_second: 10.0 },
            hello_within: Duration::from_secs(10),
            ping_every: Duration::from_secs(20),
            write_within: Duration::from_secs(10),
        }
    }
}

/// What every socket shares.
pub struct Gateway {
    /// The rooms.
    pub rooms: Rooms,
    /// Tickets that are out.
    pub tickets: Tickets,
    /// The time.
    pub clock: Clock,
    /// Role sessions.
    pub store: Store,
    /// The bounds.
    pub config: WsConfig,
    /// Cancelled when the server goes down: sockets say `bye` and end.
    pub closing: CancellationToken,
    /// Room for sockets: each holds a permit as long as it is open.
    pub sockets: Arc<Semaphore>,
    /// Rates that participants and networks have.
    pub limiter: Limiter,
    /// What sockets measure of themselves.
    pub meters: Arc<SocketMeters>,
    /// The sessions, to wait for their end.
    pub sessions: TaskTracker,
}
