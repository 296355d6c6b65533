//! From the outbox to the server: what fails is tried again, ever more seldom, and given up after three days.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::mailer::{Mailer, NotSent};
use crate::clock::{Clock, Ticks};
use crate::domain::Timestamp;
use crate::store::{Store, StoreError, WaitingMail};

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// Mails of one look.
const AT_ONCE: u32 = 20;
const MINUTE_US: i64 = 60 * 1_000_000;
/// Longer than a server is waited for.
const ON_ITS_WAY_US: i64 = 2 * MINUTE_US;
/// How long a mail is tried.
const GIVEN_UP_AFTER_US: i64 = 3 * 24 * 60 * MINUTE_US;

/// Sends what is due until the server ends.
pub async fn keep_sending(store: Store, mailer: Mailer, clock: Clock, closing: CancellationToken) {
    let mut ticks = Ticks::new(EVERY, closing.clone());
    while ticks.next().await {
        let Ok(due) = store.due_mail(clock.now(), AT_ONCE).await else { continue };
        for mail in due {
            if closing.is_cancelled() {
                return;
            }
            if let Err(error) = send(&store, &mailer, &clock, &mail).await {
                tracing::warn!(%error, "the outbox can't be written");
            }
        }
    }
}

async fn send(store: &Store, mailer: &Mailer, clock: &Clock, mail: &WaitingMail) -> Result<(), StoreError> {
    // Who ends while it is on its way can't say whether it went: then it goes again.
    if !store.take_mail(mail, Timestamp(clock.now().0 + ON_ITS_WAY_US)).await? {
        return Ok(());
    }
    match mailer.send(mail).await {
        Ok(()) => store.mail_is_done(mail.number).await,
        Err(NotSent::TryAgain) if clock.now().0 - mail.created_at.0 < GIVEN_UP_AFTER_US => {
            store.mail_later(mail.number, next_try(mail.tries, clock.now())).await
        }
        Err(NotSent::TryAgain | NotSent::GiveUp) => {
            tracing::error!(what = %mail.what, "a mail is given up");
            store.mail_is_done(mail.number).await
        }
    }
}

/// After a minute, then after twice as long each time, up to six hours.
fn next_try(tries: u32, now: Timestamp) -> Timestamp {
    let minutes = 1_i64.checked_shl(tries.min(9)).unwrap_or(1).min(360);
    Timestamp(now.0 + minutes * MINUTE_US)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_ever_more_seldom() {
        let waits = [0, 1, 2, 8, 9, 40].map(|tries| next_try(tries, Timestamp(0)).0 / MINUTE_US);
        assert_eq!(waits, [1, 2, 4, 256, 360, 360]);
    }
}
