//! An address that is taken, at which nobody is heard yet.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// An address of this process. Whoever connects to it is refused until somebody listens.
pub struct Reserved {
    socket: TcpSocket,
    address: SocketAddr,
}

impl Reserved {
    /// Takes an address; with port 0 any port that is free.
    pub fn new(address: SocketAddr) -> io::Result<Self> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // A server that is started again need not wait until its old connections are forgotten.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }

    /// Which it is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Hears whoever connects from now on.
    pub fn listen(self) -> io::Result<TcpListener> {
        self.socket.listen(BACKLOG)
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn nobody_is_heard_at_an_address_before_its_time() {
        let reserved = Reserved::new("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = reserved.address();
        let refused = TcpStream::connect(address).await.map(drop).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
        let _listener = reserved.listen().unwrap();
        assert!(TcpStream::connect(address).await.is_ok());
        assert!(Reserved::new(address).is_err(), "it is taken");
    }
}
