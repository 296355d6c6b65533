//! Mail: what is due to be written, and the way from the outbox to an SMTP server.
//!
//! Mail about an act is written in the act's own transaction (`store`); here it is sent, tried again, and
//! given up. Votes never wait for it.

mod addresses;
mod duties;
mod followers;
mod mailer;
mod messages;
mod sending;

pub use duties::{Notifier, keep_notifying};
pub use mailer::{MailConfig, MailError, Mailer};
pub use messages::MailWords;
pub use sending::keep_sending;
