//! How fast a session may go (P11): its own rate, and those that participants and networks share.

use std::time::Duration;

use super::session::{Session, SocketVisitor};
use crate::live::RoomError;

impl Session {
    /// Takes one message from the rate; how long to wait when there is none left.
    pub(super) fn take_one(&mut self) -> Option<Duration> {
        if self.visitor.exempt {
            return None;
        }
        let rate = self.gateway.config.messages;
        if let Err(wait) = self.bucket.take(rate, self.gateway.clock.since(self.opened)) {
            return Some(wait);
        }
        let shared = self.gateway.limiter.take(self.visitor.identity, self.visitor.network).err();
        if shared.is_some() {
            self.bucket.give_back(rate);
        }
        shared
    }

    /// Holds the socket back until its rate lets one more message through.
    pub(super) async fn wait_for_rate(&mut self) {
        while let Some(wait) = self.take_one() {
            tokio::time::sleep(wait).await;
        }
        // Who was held back was not silent.
        self.heard = self.gateway.clock.instant();
    }

    /// P11: a statement has rates of its own; how long to wait when there is none left.
    pub(super) fn take_submission(&self) -> Result<(), Duration> {
        let SocketVisitor { identity, network, exempt, .. } = &self.visitor;
        if *exempt { Ok(()) } else { self.gateway.limiter.take_submission(*identity, *network) }
    }

    /// Gives it back where nobody could take the statement.
    pub(super) fn give_back_submission(&self, error: &RoomError, is_known: bool) {
        let SocketVisitor { identity, network, exempt, .. } = &self.visitor;
        if !*exempt && !is_known && !matches!(error, RoomError::Rejected(_)) {
            self.gateway.limiter.give_back_submission(*identity, *network);
        }
    }

    /// P11: a first vote or statement makes a participant, of whom a network has only so many a second.
    pub(super) async fn wait_as_newcomer(&mut self) {
        if self.participant.is_some() || self.visitor.exempt {
            return;
        }
        while let Err(wait) = self.gateway.limiter.take_newcomer(self.visitor.network) {
            tokio::time::sleep(wait).await;
        }
        self.visitor.room.note_network(&self.visitor.network);
    }
}
