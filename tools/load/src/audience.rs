//! Those who only watch, and those who do not even read.

use std::time::Duration;

use tokio::sync::watch;

use super::maps::Arrivals;
use super::voter::Phase;
use super::wire::{FOR_ANSWERS, FOR_MAPS, ServerMessage, Socket, Wire};

/// A socket that is not open within this time is not opened.
const OPEN_WITHIN: Duration = Duration::from_secs(60);

/// Of a reader that takes nothing the kernel keeps little, so that the queue is the server's.
const LITTLE_ROOM: u32 = 4096;

/// A socket that reads everything and says nothing.
pub(super) async fn watch(wire: &Wire, number: usize) -> anyhow::Result<Socket> {
    let stream = wire.connect(number).await?;
    Ok(wire.open(stream, None, FOR_MAPS).await?.0)
}

/// Reads until everybody leaves. The second is whether the server ended the socket.
pub(super) async fn listen(mut socket: Socket, mut phases: watch::Receiver<Phase>) -> (Arrivals, bool) {
    let mut arrivals = Arrivals::default();
    loop {
        if *phases.borrow_and_update() == Phase::Leave {
            socket.leave().await;
            return (arrivals, false);
        }
        tokio::select! {
            _ = phases.changed() => {}
            heard = socket.hear() => match heard {
                Ok(ServerMessage::Map { version }) => arrivals.note(version),
                Ok(ServerMessage::Gone) | Err(_) => return (arrivals, true),
                Ok(_) => {}
            }
        }
    }
}

/// A socket that says hello and then never reads again, with as little room in the kernel as it
/// gives.
pub(super) async fn never_read(wire: &Wire, number: usize) -> anyhow::Result<DeafSocket> {
    let stream = wire.connect_with(number, Some(LITTLE_ROOM)).await?;
    Ok(DeafSocket(wire.open(stream, None, FOR_ANSWERS).await?.0))
}

/// A socket that is held open and never read.
pub(super) struct DeafSocket(#[expect(dead_code, reason = "it is held open, and never read")] Socket);

/// Opens this many of a kind, so many at once, spread over `ramp`.
pub(super) async fn open_all<T: Send + 'static, F>(
    count: usize,
    ramp: Duration,
    open: impl Fn(usize) -> F,
) -> anyhow::Result<Vec<T>>
where
    F: Future<Output = anyhow::Result<T>> + Send + 'static,
{
    const AT_ONCE: usize = 64;
    let began = tokio::time::Instant::now();
    let mut opening = tokio::task::JoinSet::new();
    let mut opened = Vec::with_capacity(count);
    for number in 0..count {
        if opening.len() >= AT_ONCE
            && let Some(done) = opening.join_next().await
        {
            opened.push(done??);
        }
        tokio::time::sleep_until(began + ramp.mul_f64(number as f64 / count as f64)).await;
        let one = open(number);
        opening.spawn(async move {
            let opened = tokio::time::timeout(OPEN_WITHIN, one).await;
            opened.unwrap_or_else(|_| Err(anyhow::anyhow!("no answer within {} s", OPEN_WITHIN.as_secs())))
        });
    }
    while let Some(done) = opening.join_next().await {
        opened.push(done??);
    }
    Ok(opened)
}
