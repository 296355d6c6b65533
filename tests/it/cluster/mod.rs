//! Several servers on one database, each in a process of its own, as a city runs them.

mod cuts;
mod deaths;
mod maps;
mod passing;
mod people;
mod together;

use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use boule::domain::{ConversationId, Slug};
use boule::live::LiveConfig;
use boule::store::{DataDir, NodeId, Register, RegisteredNode, Store};
use rustix::process::{Pid, Signal, kill_process};

use crate::app::{TestApp, open_settings};
use crate::process::listening;
use crate::server::Server;

/// Who is registered, as a beat of nobody hears it.
pub async fn registered(register: &Register) -> Vec<RegisteredNode> {
    register.beat(NodeId(0), false, &[]).await.unwrap().nodes
}

/// Where one is started.
#[derive(Clone)]
struct Host {
    /// The network that it is in, where that is one of its own.
    namespace: Option<String>,
    ip: String,
    /// How it reaches the database.
    store: String,
}

/// One of them.
struct Node {
    process: Child,
    address: String,
    /// As the register has it.
    id: NodeId,
}

/// All of them, with an open conversation `c`.
pub struct Nodes {
    server: Server,
    hosts: Vec<Host>,
    store: Store,
    dirs: Vec<tempfile::TempDir>,
    running: Vec<Node>,
    /// Where people find them.
    pub addresses: Arc<Mutex<Vec<String>>>,
    pub conversation: ConversationId,
}

impl Nodes {
    /// Starts so many; `None` where PostgreSQL is missing.
    pub async fn start(count: usize, statements: usize) -> Option<Self> {
        let server = Server::start()?;
        let host = Host { namespace: None, ip: "127.0.0.1".into(), store: server.url() };
        Some(Self::start_on(server, vec![host; count], statements).await)
    }

    /// The same on these hosts.
    async fn start_on(server: Server, hosts: Vec<Host>, statements: usize) -> Self {
        let count = hosts.len();
        let dir = tempfile::tempdir().unwrap();
        let app = TestApp::spawn_for(dir, LiveConfig::default(), Some(server.address())).await;
        drop(app.conversation("c", statements, open_settings()).await);
        app.app.stop().await;
        let dirs: Vec<_> = (0..count).map(|_| tempfile::tempdir().unwrap()).collect();
        let beside = DataDir::beside_for(dirs[0].path(), Some(server.address())).unwrap();
        let store = Store::open_beside(&beside).await.unwrap();
        let conversation = store.conversation(&Slug::parse("c").unwrap()).await.unwrap().unwrap();
        let addresses = Arc::new(Mutex::new(vec![String::new(); count]));
        let mut nodes = Self { server, hosts, store, dirs, running: Vec::new(), addresses, conversation };
        for at in 0..count {
            let node = nodes.launch(at).await;
            nodes.running.push(node);
        }
        nodes
    }

    async fn launch(&self, at: usize) -> Node {
        let Host { namespace, ip, store } = &self.hosts[at];
        let boule = env!("CARGO_BIN_EXE_boule");
        let mut command = Command::new(if namespace.is_some() { "ip" } else { boule });
        if let Some(namespace) = namespace {
            command.args(["netns", "exec", namespace, boule]);
        }
        let (process, address) = listening(
            command
                .args(["serve", "--bind", &format!("{ip}:0"), "--node", &format!("{ip}:0"), "--data"])
                .arg(self.dirs[at].path())
                .env("BOULE_STORE", store),
        );
        self.addresses.lock().unwrap()[at] = address.clone();
        // The latest start has the highest number.
        let id = registered(&self.register()).await.iter().map(|node| node.id).max().unwrap();
        Node { process, address, id }
    }

    pub fn register(&self) -> Register {
        self.store.register().unwrap()
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub fn address(&self, at: usize) -> String {
        self.running[at].address.clone()
    }

    /// Which node has the conversation, once any has.
    pub async fn owner(&self) -> usize {
        let slug = Slug::parse("c").unwrap();
        loop {
            let place = self.register().place(&slug).await.unwrap().unwrap();
            let is_owner = |node: &Node| place.owner.is_some_and(|owner| owner.node == node.id);
            if let Some(at) = self.running.iter().position(is_owner) {
                return at;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// One that has not.
    pub async fn another(&self) -> usize {
        (self.owner().await + 1) % self.running.len()
    }

    pub fn signal(&self, at: usize, signal: Signal) {
        let process = Pid::from_child(&self.running[at].process);
        kill_process(process, signal).unwrap();
    }

    /// Ends one and waits until it has ended.
    pub fn end(&mut self, at: usize, signal: Signal) {
        self.signal(at, signal);
        self.running[at].process.wait().unwrap();
    }

    /// Starts one that has ended.
    pub async fn start_again(&mut self, at: usize) {
        self.running[at] = self.launch(at).await;
    }

    /// What `boule check` says; it has to be all right.
    pub fn check(&self) {
        let check = Command::new(env!("CARGO_BIN_EXE_boule"))
            .args(["check", "--data"])
            .arg(self.dirs[0].path())
            .env("BOULE_STORE", self.server.url())
            .output()
            .unwrap();
        let said =
            String::from_utf8_lossy(&check.stdout).into_owned() + &String::from_utf8_lossy(&check.stderr);
        assert!(check.status.success(), "{said}");
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        for node in &mut self.running {
            let _ = node.process.kill();
            let _ = node.process.wait();
        }
    }
}
