//! D6: cuts between nodes and the database, and between two nodes, in networks of their own (`ip netns`). They need root; without
//! it this is skipped, and says so.

use std::io::Write;
use std::process::Command;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};

use super::people::People;
use super::{Host, Nodes};
use crate::server::Server;

const NODES: usize = 3;
/// People come from here, and the database is there.
const PEOPLE_IP: &str = "10.213.77.1";
const DATABASE_IP: &str = "10.213.77.2";

fn ip(words: &str) -> bool {
    Command::new("ip").args(words.split(' ')).output().is_ok_and(|done| done.status.success())
}

fn node_ip(at: usize) -> String {
    format!("10.213.77.{}", 11 + at)
}

/// A network of each node, all on one bridge; gone with this value.
struct Networks {
    mark: u32,
}

impl Networks {
    fn make() -> Option<Self> {
        let networks = Self { mark: std::process::id() % 100_000 };
        let bridge = networks.bridge();
        let mut words = vec![
            format!("link add {bridge} type bridge"),
            format!("addr add {PEOPLE_IP}/24 dev {bridge}"),
            format!("addr add {DATABASE_IP}/24 dev {bridge}"),
            format!("link set {bridge} up"),
        ];
        for at in 0..NODES {
            let (namespace, outside) = (networks.namespace(at), networks.outside(at));
            words.extend([
                format!("netns add {namespace}"),
                format!("link add {outside} type veth peer name eth0 netns {namespace}"),
                format!("link set {outside} master {bridge}"),
                format!("link set {outside} up"),
                format!("-n {namespace} addr add {}/24 dev eth0", node_ip(at)),
                format!("-n {namespace} link set eth0 up"),
                format!("-n {namespace} link set lo up"),
            ]);
        }
        words.iter().all(|words| ip(words)).then_some(networks)
    }

    fn bridge(&self) -> String {
        format!("bb{}", self.mark)
    }

    fn outside(&self, at: usize) -> String {
        format!("bv{}{at}", self.mark)
    }

    fn namespace(&self, at: usize) -> String {
        format!("boule-{}-{at}", self.mark)
    }

    /// What goes from a node to an address goes nowhere, or goes there again.
    fn cut(&self, at: usize, from: &str, is_cut: bool) {
        let what = if is_cut { "add" } else { "del" };
        assert!(ip(&format!("-n {} route {what} blackhole {from}/32", self.namespace(at))));
    }
}

impl Drop for Networks {
    fn drop(&mut self) {
        for at in 0..NODES {
            ip(&format!("netns del {}", self.namespace(at)));
        }
        ip(&format!("link del {}", self.bridge()));
    }
}

/// Hands on what comes for the database: it listens on the loopback only.
async fn forward(server: u16) -> u16 {
    let listener = TcpListener::bind((DATABASE_IP, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let Ok(mut server) = TcpStream::connect(("127.0.0.1", server)).await else { return };
                let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    port
}

#[tokio::test(flavor = "multi_thread")]
async fn d6_cuts_lose_nothing_and_heal() {
    let Some(server) = Server::start() else { return };
    let Some(networks) = Networks::make() else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: networks of their own need root, and iproute2");
        return;
    };
    let port = forward(server.port()).await;
    let store =
        server.url().replace(&format!("127.0.0.1:{}", server.port()), &format!("{DATABASE_IP}:{port}"));
    let host = |at| Host { namespace: Some(networks.namespace(at)), ip: node_ip(at), store: store.clone() };
    let nodes = Nodes::start_on(server, (0..NODES).map(host).collect(), 40).await;
    let people = People::come(&nodes, 9);
    people.are_answered(50).await;
    let cuts: usize = std::env::var("BOULE_TEST_NODE_CUTS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for cut in 0..cuts {
        let owner = nodes.owner().await;
        let other = (owner + 1) % NODES;
        let lost = if cut % 3 == 2 { node_ip(other) } else { DATABASE_IP.to_owned() };
        networks.cut(owner, &lost, true);
        people.are_answered(30).await;
        if lost == DATABASE_IP {
            // Whoever can't say that it is there has it no more.
            tokio::time::sleep(Duration::from_secs(4)).await;
            people.are_answered(10).await;
            assert_ne!(nodes.owner().await, owner, "cut {cut}");
        }
        networks.cut(owner, &lost, false);
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        people.are_answered(30).await;
    }
    let votes = people.go(&nodes).await;
    println!("{cuts} cuts, {votes} acknowledged votes, 0 lost, 0 twice");
}
