//! A running server: the data directory, the rooms, the pages, and their orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::access::{Passwords, Provider, RightsChanges, Tickets};
use crate::clock::{Clock, Ticks, random_bytes};
use crate::domain::ConversationId;
use crate::edge::limiter::{Limiter, Limits};
use crate::edge::{self, Context, ListenConfig, SignInLimits};
use crate::http;
use crate::live::{LiveConfig, Rooms, keep_schedules};
use crate::notify::{MailConfig, MailError, Mailer, Notifier, keep_notifying, keep_sending};
use crate::store::{DataDir, DataDirError, Store, StoreError};
use crate::ws::{self, Gateway, SocketMeters, WsConfig};

mod cluster;
mod metrics;
mod reserved;

use cluster::Cluster;
pub use cluster::ClusterError;
pub use reserved::Reserved;

pub use crate::edge::SiteConfig;

/// How often it is looked whether a log has grown enough for a new snapshot.
const SNAPSHOTS_EVERY: Duration = Duration::from_secs(5);
/// More events than this between two of these moments, and votes have the machine to themselves: a
/// snapshot takes some of it, and nobody needs it now.
const BUSY: u64 = 5_000;

/// Why a server does not start: each a sentence for whoever starts it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data directory.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The database.
    #[error("the database in {path} can't be opened: {why}")]
    Store {
        /// The data directory.
        path: std::path::PathBuf,
        /// The store's reason.
        why: StoreError,
    },
    /// The place among other nodes.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The port.
    #[error("the address {bind} can't be listened on: {why}; choose another with --bind")]
    Bind {
        /// The address.
        bind: SocketAddr,
        /// The system's reason.
        why: std::io::Error,
    },
}

/// A running server.
pub struct App {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its rooms.
    pub rooms: Rooms,
    /// Its store.
    pub store: Store,
    /// Who shows this is exempt from rate limits.
    pub operator_key: String,
    /// Its time.
    pub clock: Clock,
    context: Context,
    meters: Arc<SocketMeters>,
    closing: CancellationToken,
    sessions: TaskTracker,
    server: JoinHandle<()>,
    snapshots: JoinHandle<()>,
    cluster: Option<Cluster>,
    // Dropped last: the lock of the data directory.
    _dir: DataDir,
}

/// How a server runs, beside where.
#[derive(Default)]
pub struct AppOptions {
    /// Bounds and pace of rooms.
    pub live: LiveConfig,
    /// The provider that signs staff in, where there is one.
    pub provider: Option<Provider>,
    /// Where other nodes on the same database reach this one.
    pub node: Option<Reserved>,
}

/// Takes the address that was asked for, or another free port when `or_free` and it is taken. Whoever connects is refused until
/// the server serves: nobody waits for one that is not ready.
pub fn bind(address: SocketAddr, or_free: bool) -> Result<Reserved, StartError> {
    let failed = |bind, why| StartError::Bind { bind, why };
    match Reserved::new(address) {
        Err(why) if or_free && why.kind() == std::io::ErrorKind::AddrInUse => {
            let free = SocketAddr::new(address.ip(), 0);
            Reserved::new(free).map_err(|why| failed(free, why))
        }
        reserved => reserved.map_err(|why| failed(address, why)),
    }
}

impl App {
    /// Starts serving. When this returns, votes can be taken.
    pub async fn start(
        dir: DataDir,
        reserved: Reserved,
        outside: &SiteConfig,
        live: LiveConfig,
    ) -> Result<Self, StartError> {
        Self::start_with(dir, reserved, outside, AppOptions { live, ..AppOptions::default() }).await
    }

    /// The same with more than that.
    pub async fn start_with(
        dir: DataDir,
        reserved: Reserved,
        outside: &SiteConfig,
        options: AppOptions,
    ) -> Result<Self, StartError> {
        let AppOptions { live, provider, node } = options;
        let operator_key = dir.operator_key(random_bytes())?;
        let path = dir.path().to_owned();
        let store = Store::open(&dir).await.map_err(|why| StartError::Store { path: path.clone(), why })?;
        let address = reserved.address();
        let clock = Clock::system();
        let rooms = Rooms::new(store.clone(), clock.clone(), live);
        let listen = ListenConfig::default().within_the_system(node.is_some());
        let mut cluster = Cluster::join(&store, rooms.clone(), node, &clock).await?;
        let rooms = cluster.as_ref().map_or(rooms, Cluster::rooms);
        let (closing, sessions) = (CancellationToken::new(), TaskTracker::new());
        let context = Context::new(edge::ContextParts {
            rooms: rooms.clone(),
            store: store.clone(),
            clock: clock.clone(),
            tickets: Tickets::default(),
            provider,
            passwords: Passwords::default(),
            rights_changes: RightsChanges::watch(store.clone(), closing.clone()),
            limiter: Limiter::new(Limits::default(), clock.clone()),
            sign_ins: SignInLimits::new(clock.clone()),
            closing: closing.clone(),
            draining: CancellationToken::new(),
            address,
            outside: outside.clone(),
            operator_key: operator_key.clone(),
        });
        let sockets = Arc::new(Semaphore::new(listen.sockets));
        let (site, meters) = site(&context, Arc::clone(&sockets), sessions.clone());
        let site = match &mut cluster {
            Some(cluster) => cluster.way(site, &context, (listen, sockets))?,
            None => site,
        };
        let listener = reserved.listen().map_err(|why| StartError::Bind { bind: address, why })?;
        let serving = edge::serve(listener, site, clock.clone(), closing.clone(), listen);
        let server = tokio::spawn(serving);
        let snapshots = tokio::spawn(keep_snapshots(rooms.clone(), store.clone(), closing.clone()));
        start_upkeep(&context, live.idle / 10);
        if dir.is_open_to_others() {
            let path = path.display();
            tracing::warn!(
                "others on this machine can look into {path}, where people's votes are: chmod 700 it"
            );
        }
        remember_address(&dir, outside.public_url.as_deref(), address);
        Ok(Self {
            address,
            rooms,
            store,
            operator_key,
            clock,
            context,
            meters,
            closing,
            sessions,
            server,
            snapshots,
            cluster,
            _dir: dir,
        })
    }

    /// Sends mail from now on, and writes what is due, until the server ends.
    pub fn send_mail(&self, config: &MailConfig) -> Result<(), MailError> {
        let mailer = Mailer::new(config)?;
        let notifier = Notifier {
            rooms: self.rooms.clone(),
            store: self.store.clone(),
            clock: self.clock.clone(),
            site: self.context.site_in_mail(),
            locale: self.context.outside.language,
        };
        tokio::spawn(keep_sending(self.store.clone(), mailer, self.clock.clone(), self.closing.clone()));
        tokio::spawn(keep_notifying(notifier, self.closing.clone()));
        Ok(())
    }

    /// Serves metrics and readiness on a port of their own, until the server ends. Where it listens.
    pub async fn serve_metrics(&self, address: SocketAddr) -> Result<SocketAddr, StartError> {
        let failed = |why| StartError::Bind { bind: address, why };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        let config = ListenConfig { connections: 64, ..ListenConfig::default() };
        let router =
            metrics::router(self.context.clone(), &self.meters, self.cluster.as_ref().map(Cluster::meters));
        tokio::spawn(edge::serve(listener, router, self.clock.clone(), self.closing.clone(), config));
        Ok(bound)
    }

    /// Ends in order: conversations go to other nodes where there are any, no new requests, sockets say `bye`, everything asked for is committed.
    pub async fn stop(mut self) {
        if let Some(cluster) = &self.cluster {
            self.context.draining.cancel();
            within("handing over", 5, cluster.hand_over()).await;
        }
        self.closing.cancel();
        self.sessions.close();
        within("sockets", 3, self.sessions.wait()).await;
        within("requests", 2, self.server).await;
        if let Some(cluster) = &mut self.cluster {
            within("requests of other nodes", 2, cluster.answered()).await;
        }
        within("rooms", 2, self.rooms.shut_down()).await;
        within("snapshots", 1, self.snapshots).await;
        if let Some(cluster) = &self.cluster {
            within("leaving the other nodes", 1, cluster.leave()).await;
        }
        within("the database", 1, self.store.close()).await;
    }
}

/// Every page and socket, and what sockets measure of themselves.
fn site(context: &Context, sockets: Arc<Semaphore>, sessions: TaskTracker) -> (Router, Arc<SocketMeters>) {
    let (config, meters) = (WsConfig::default(), Arc::<SocketMeters>::default());
    let gateway =
        Gateway { context: context.clone(), config, meters: Arc::clone(&meters), sockets, sessions };
    let pages = http::router(context.clone()).merge(ws::router(Arc::new(gateway)));
    let outside = &context.outside;
    (edge::answered(pages, edge::FrontDoor::new(outside.is_secure(), &outside.frames)), meters)
}

/// What goes on beside the requests, until the server ends.
fn start_upkeep(context: &Context, idle_looked_at_every: Duration) {
    let (rooms, store, clock, closing) =
        (context.rooms.clone(), context.store.clone(), context.clock.clone(), context.closing.clone());
    let looked_at = store.clone();
    tokio::spawn(async move { looked_at.look_for_damage().await });
    tokio::spawn(let_go_of_idle_rooms(rooms.clone(), idle_looked_at_every, closing.clone()));
    tokio::spawn(keep_schedules(rooms, store, clock, closing));
}

/// Waits for the end of a part, but never for ever: together these stay under ten seconds.
async fn within(what: &str, seconds: u64, end: impl Future) {
    if timeout(Duration::from_secs(seconds), end).await.is_err() {
        tracing::warn!("{what} did not end within {seconds} s");
    }
}

/// Makes snapshots of long logs anew when nothing else waits.
async fn keep_snapshots(rooms: Rooms, store: Store, closing: CancellationToken) {
    let mut ticks = Ticks::new(SNAPSHOTS_EVERY, closing.clone());
    let mut before = store.events_recorded();
    while ticks.next().await {
        let now = store.events_recorded();
        if now - std::mem::replace(&mut before, now) > BUSY {
            continue;
        }
        let Ok(conversations) = store.conversations_with_long_logs().await else { continue };
        // Each node makes those of what it has.
        let is_ours = |id: &ConversationId| rooms.places().is_none_or(|places| places.has(*id));
        for conversation in conversations.into_iter().filter(is_ours) {
            if closing.is_cancelled() {
                return;
            }
            if let Err(error) = store.keep_snapshot(conversation).await {
                tracing::warn!(%conversation, %error, "no snapshot could be made; later again");
            }
        }
    }
}

/// Keeps memory for conversations that somebody looks at.
async fn let_go_of_idle_rooms(rooms: Rooms, every: Duration, closing: CancellationToken) {
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            () = tokio::time::sleep(every) => rooms.let_go_of_idle(),
        }
    }
}

/// So that `boule link` prints addresses that work.
fn remember_address(dir: &DataDir, public_url: Option<&str>, address: SocketAddr) {
    let url = public_url.map_or_else(|| format!("http://{address}"), str::to_owned);
    if let Err(error) = crate::private::write(&dir.path().join("boule.address"), &url) {
        tracing::warn!(%error, "the server's address could not be noted for `boule link`");
    }
}

/// Waits for Ctrl-C or SIGTERM.
pub async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
