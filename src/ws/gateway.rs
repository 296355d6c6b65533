//! What every socket shares, and the bounds of each.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use super::meters::SocketMeters;
use crate::edge::Context;
use crate::edge::rate_limit::Rate;

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
    /// What pages share, too.
    pub context: Context,
    /// The bounds.
    pub config: WsConfig,
    /// Room for sockets: each holds a permit as long as it is open.
    pub sockets: Arc<Semaphore>,
    /// What sockets measure of themselves.
    pub meters: Arc<SocketMeters>,
    /// The sessions, to wait for their end.
    pub sessions: TaskTracker,
}

impl Deref for Gateway {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.context
    }
}

impl FromRef<Arc<Gateway>> for Context {
    fn from_ref(gateway: &Arc<Gateway>) -> Context {
        gateway.context.clone()
    }
}
