//! A way to a server that takes longer, as to another machine: what goes through it arrives a while later.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

/// Passes bytes on to a server, and holds all of them back for a while
///
/// Prints where it listens, and how long a round trip through it takes: a thread that sleeps wakes a little late.
#[derive(Args)]
pub(super) struct Delay {
    /// The server
    #[arg(long, value_name = "ADDR:PORT")]
    to: SocketAddr,
    /// Half of it is added on the way there, half on the way back
    #[arg(long, value_name = "MICROSECONDS", default_value_t = 500)]
    round_trip: u64,
}

impl Delay {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let each_way = Duration::from_micros(self.round_trip / 2);
        let echo = listen_on_loopback()?;
        let to_echo = echo.local_addr()?;
        thread::spawn(move || echo.incoming().flatten().for_each(echoed));
        let probe = listen_on_loopback()?;
        let through = probe.local_addr()?;
        thread::spawn(move || pass_each(&probe, to_echo, each_way));
        let (direct, through) = (round_trip(to_echo)?, round_trip(through)?);
        let listener = listen_on_loopback()?;
        boule::say!("listens at {}", listener.local_addr()?);
        boule::say!(
            "a round trip takes {:.2} ms through it, and {:.2} ms without",
            through.as_secs_f64() * 1e3,
            direct.as_secs_f64() * 1e3
        );
        pass_each(&listener, self.to, each_way);
        Ok(ExitCode::SUCCESS)
    }
}

fn listen_on_loopback() -> std::io::Result<TcpListener> {
    TcpListener::bind("127.0.0.1:0")
}

fn pass_each(listener: &TcpListener, to: SocketAddr, each_way: Duration) {
    for client in listener.incoming().flatten() {
        // A server that is not there is the client's news: its connection ends.
        if let Ok(server) = TcpStream::connect(to) {
            let _ = (client.set_nodelay(true), server.set_nodelay(true));
            if let (Ok(from), Ok(back)) = (client.try_clone(), server.try_clone()) {
                pass(from, server, each_way);
                pass(back, client, each_way);
            }
        }
    }
}

/// One direction: a thread reads, and another one writes when it is time.
fn pass(mut from: TcpStream, to: TcpStream, wait: Duration) {
    let (sender, receiver): (Sender<(Instant, Vec<u8>)>, _) = channel();
    thread::spawn(move || write_in_time(to, &receiver));
    thread::spawn(move || {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            let part = bytes.get(..count).unwrap_or_default().to_vec();
            if sender.send((Instant::now() + wait, part)).is_err() {
                break;
            }
        }
    });
}

fn write_in_time(mut to: TcpStream, parts: &Receiver<(Instant, Vec<u8>)>) {
    for (due, part) in parts {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if to.write_all(&part).is_err() {
            break;
        }
    }
    // The other end hears that there is no more.
    let _ = to.shutdown(Shutdown::Both);
}

fn echoed(mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut byte = [0];
    while stream.read_exact(&mut byte).is_ok() && stream.write_all(&byte).is_ok() {}
}

/// The median of a few hundred.
fn round_trip(to: SocketAddr) -> anyhow::Result<Duration> {
    let mut stream = TcpStream::connect(to)?;
    stream.set_nodelay(true)?;
    let mut took = Vec::new();
    for _ in 0..301 {
        let began = Instant::now();
        stream.write_all(b"?")?;
        stream.read_exact(&mut [0])?;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    Ok(took[took.len() / 2])
}
