//! A PostgreSQL server of Debian's package for a test: on loopback, in a directory of its own, gone with the test.
//! Where the package is missing, what needs it is skipped, and says so; in CI it has failed.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use boule::store::ServerAddress;

/// A server with one database.
pub struct Server {
    process: Child,
    dir: tempfile::TempDir,
    port: u16,
}

/// Whoever it runs as: it refuses to run as root.
struct RunAs {
    /// The account of Debian's package, where the test is root.
    postgres: Option<(u32, u32)>,
}

impl RunAs {
    fn somebody() -> Self {
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let account = || {
            let accounts = fs::read_to_string("/etc/passwd").ok()?;
            let line = accounts.lines().find(|line| line.starts_with("postgres:"))?;
            let mut numbers = line.split(':').skip(2).map_while(|number| number.parse().ok());
            Some((numbers.next()?, numbers.next()?))
        };
        Self { postgres: is_root.then(account).flatten() }
    }

    /// The program ends with the test, however that ends.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("setpriv");
        if let Some((user, group)) = self.postgres {
            command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".into()]);
        }
        command.args(["--pdeathsig", "QUIT"]).arg(program);
        command
    }

    fn own(&self, dir: &Path) {
        if let Some((user, group)) = self.postgres {
            chown(dir, Some(user), Some(group)).unwrap();
        }
    }
}

/// Where Debian puts the newest version.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let version = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let found = versions.filter_map(|entry| Some(entry.ok()?.path())).max_by_key(version)?.join("bin");
    found.join("postgres").is_file().then_some(found)
}

fn url_by(port: u16) -> String {
    format!("postgres://boule@127.0.0.1:{port}/postgres?sslmode=disable")
}

/// A directory that the server may use.
fn new_dir() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    RunAs::somebody().own(dir.path());
    dir
}

fn done(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Server {
    /// Starts one; `None` where the package is missing.
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// The same with settings.
    pub fn start_with(settings: &[&str]) -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(std::env::var_os("CI").is_none(), "PostgreSQL is missing: apt-get install postgresql");
            let _ =
                writeln!(std::io::stderr(), "SKIPPED: PostgreSQL is missing (apt-get install postgresql)");
            return None;
        };
        let dir = new_dir();
        let mut make = RunAs::somebody().command(&programs.join("initdb"));
        make.args(["-A", "trust", "-U", "boule", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        done(make.arg("--no-instructions").arg("-D").arg(dir.path().join("data")).current_dir(dir.path()));
        Some(Self::launch(dir, settings))
    }

    /// A standby that follows this one.
    #[allow(dead_code, reason = "not every binary that has this module wants one")]
    pub fn standby(&self) -> Self {
        let programs = programs().unwrap();
        let dir = new_dir();
        let mut make = RunAs::somebody().command(&programs.join("pg_basebackup"));
        make.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "boule", "-R", "-c", "fast"]);
        done(make.arg("-D").arg(dir.path().join("data")).current_dir(dir.path()));
        Self::launch(dir, &["wal_retrieve_retry_interval=100ms"])
    }

    /// Has a standby take the other one's place.
    #[allow(dead_code, reason = "not every binary that has this module wants to")]
    pub fn promote(&self) {
        let mut promote = RunAs::somebody().command(&programs().unwrap().join("pg_ctl"));
        done(
            promote
                .args(["promote", "-w", "-D"])
                .arg(self.dir.path().join("data"))
                .current_dir(self.dir.path()),
        );
    }

    fn launch(dir: tempfile::TempDir, settings: &[&str]) -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let mut command = RunAs::somebody().command(&programs().unwrap().join("postgres"));
        command.current_dir(dir.path()).arg("-D").arg(dir.path().join("data"));
        let port_setting = format!("port={port}");
        let own =
            ["listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=64MB", &port_setting];
        for setting in own.iter().chain(settings) {
            command.args(["-c", setting]);
        }
        let log = fs::File::create(dir.path().join("log")).unwrap();
        let process = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut server = Self { process, dir, port };
        server.wait_until_it_answers();
        server
    }

    fn wait_until_it_answers(&mut self) {
        let mut tries = 0;
        let is_ready = |log: String| {
            log.contains("ready to accept connections") || log.contains("ready to accept read-only")
        };
        while !is_ready(self.log()) || TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            let ended = self.process.try_wait().unwrap();
            tries += 1;
            assert!(ended.is_none() && tries < 3_000, "{ended:?} {}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }

    /// Where its database is.
    pub fn address(&self) -> ServerAddress {
        Self::address_by(self.port)
    }

    /// The same as an operator writes it.
    #[allow(dead_code, reason = "not every binary that has this module wants to know")]
    pub fn url(&self) -> String {
        url_by(self.port)
    }

    /// Where its database is by another port, such as that of a proxy.
    pub fn address_by(port: u16) -> ServerAddress {
        ServerAddress::parse(&url_by(port)).unwrap()
    }

    /// Where its files are.
    #[allow(dead_code, reason = "not every binary that has this module wants to know")]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The port it listens on.
    #[allow(dead_code, reason = "not every binary that has this module wants to know")]
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
