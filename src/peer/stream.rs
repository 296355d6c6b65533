//! A connection between two nodes: nothing is held back, and an end that is gone is noticed.

use std::io;
use std::time::Duration;

use rustix::net::sockopt;
use tokio::net::TcpStream;

/// What was sent and not received for so long, and an end that is silent for so long, ends the connection. (A process that hangs
/// still receives: its beats tell.)
const GONE_AFTER: Duration = Duration::from_secs(3);
const ASKED_EVERY: Duration = Duration::from_secs(1);

/// Prepares a connection, on either end.
pub(super) fn prepare(stream: &TcpStream) -> io::Result<()> {
    // Answers are waited for: never held back to fill a packet.
    stream.set_nodelay(true)?;
    sockopt::set_socket_keepalive(stream, true)?;
    #[cfg(target_os = "linux")]
    {
        sockopt::set_tcp_keepidle(stream, ASKED_EVERY)?;
        sockopt::set_tcp_keepintvl(stream, ASKED_EVERY)?;
        sockopt::set_tcp_user_timeout(stream, u32::try_from(GONE_AFTER.as_millis()).unwrap_or(u32::MAX))?;
    }
    Ok(())
}
