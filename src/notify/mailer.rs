//! The way to an SMTP server.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::store::WaitingMail;

/// RFC 8058: with one click, and without a page, a mail program calls off what comes.
const LIST_UNSUBSCRIBE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
const LIST_UNSUBSCRIBE_POST: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";
/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// How mail is sent: each reason a sentence for whoever configured it.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address of the server is not one.
    #[error(
        "smtp is not an address such as smtps://user:password@mail.example.org or smtp://mail.example.org:587?tls=required"
    )]
    BadServer,
    /// Without TLS, names, passwords and keys of invitations go in clear.
    #[error("smtp names a server without TLS; write smtps://… or add ?tls=required")]
    NoTls,
    /// The sender's address is not one.
    #[error("mail_from is “{0}”, which is not an address such as Boule <boule@example.org>")]
    BadSender(String),
    /// A server is named and no sender.
    #[error("smtp is set, so mail_from has to be: the address that mail comes from")]
    NoSender,
}

/// An SMTP server and the address that mail comes from. `Debug` does not show the password.
#[derive(Clone)]
pub struct MailConfig {
    server: String,
    from: Mailbox,
}

impl fmt::Debug for MailConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailConfig(from {})", self.from)
    }
}

impl MailConfig {
    /// Checks what was configured.
    pub fn check(server: &str, from: Option<&str>) -> Result<Self, MailError> {
        let from = from.ok_or(MailError::NoSender)?;
        let from = from.parse().map_err(|_| MailError::BadSender(from.to_owned()))?;
        AsyncSmtpTransport::<Tokio1Executor>::from_url(server).map_err(|_| MailError::BadServer)?;
        if !(server.starts_with("smtps://") || server.contains("tls=required") || is_this_machine(server)) {
            return Err(MailError::NoTls);
        }
        Ok(Self { server: server.to_owned(), from })
    }
}

/// Whether a server is on this machine, where nobody listens between.
fn is_this_machine(server: &str) -> bool {
    let rest = server.split_once("://").map_or(server, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What becomes of a mail that was not sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSent {
    /// The server may take it later.
    TryAgain,
    /// It never will.
    GiveUp,
}

/// A mailer. Each mail has a connection of its own: there are few.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A mailer for a server that was checked.
    pub fn new(config: &MailConfig) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.server);
        let transport = transport.map_err(|_| MailError::BadServer)?.timeout(Some(PATIENCE)).build();
        Ok(Self { transport, from: config.from.clone() })
    }

    /// Whether the server answers and takes the sender's name and password.
    pub async fn test(&self) -> Result<bool, String> {
        self.transport.test_connection().await.map_err(|error| error.to_string())
    }

    /// Sends a mail.
    pub async fn send(&self, mail: &WaitingMail) -> Result<(), NotSent> {
        let to: Mailbox = mail.to.parse().map_err(|_| NotSent::GiveUp)?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject.clone())
            .header(ContentType::TEXT_PLAIN);
        if !mail.unsubscribe.is_empty() {
            message = message
                .raw_header(HeaderValue::new(LIST_UNSUBSCRIBE, format!("<{}>", mail.unsubscribe)))
                .raw_header(HeaderValue::new(LIST_UNSUBSCRIBE_POST, ONE_CLICK.into()));
        }
        let message = message.body(mail.body.clone()).map_err(|_| NotSent::GiveUp)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                // Never to whom, nor what it says: a server's own words may repeat both.
                let why = error.status().map_or_else(|| kind_of(&error).to_owned(), |code| code.to_string());
                tracing::warn!(what = %mail.what, tries = mail.tries + 1, why, "a mail was not sent");
                Err(if error.is_permanent() { NotSent::GiveUp } else { NotSent::TryAgain })
            }
        }
    }
}

fn kind_of(error: &lettre::transport::smtp::Error) -> &'static str {
    match () {
        () if error.is_timeout() => "the server took too long",
        () if error.is_tls() => "TLS failed",
        () if error.is_client() => "the mail can't be sent as it is",
        () => "the server can't be reached",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_elsewhere_needs_tls_and_a_sender_is_asked_for() {
        let from = Some("Boule <boule@town.example>");
        for server in [
            "smtps://user:secret@mail.town.example",
            "smtp://mail.town.example:587?tls=required",
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
            "smtp://[::1]:25",
        ] {
            assert!(MailConfig::check(server, from).is_ok(), "{server}");
        }
        for server in
            ["smtp://mail.town.example", "smtp://localhost.evil.example", "smtp://127.0.0.1@evil.example"]
        {
            assert!(matches!(MailConfig::check(server, from), Err(MailError::NoTls)), "{server}");
        }
        assert!(matches!(MailConfig::check("mail.town.example", from), Err(MailError::BadServer)));
        assert!(matches!(MailConfig::check("smtp://localhost", None), Err(MailError::NoSender)));
        assert!(matches!(MailConfig::check("smtp://localhost", Some("x")), Err(MailError::BadSender(_))));
        let config = MailConfig::check("smtps://user:secret@mail.town.example", from).unwrap();
        assert!(!format!("{config:?}").contains("secret"));
    }
}
