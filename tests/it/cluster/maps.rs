//! D7: whoever looks on, at whichever machine, sees the newest map, and never one that is older than what they saw.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use boule::cli::client::Site;
use rustix::process::Signal;

use super::Nodes;
use super::people::People;

/// What all who look on have seen: the head of the log at each version.
type Seen = Arc<Mutex<BTreeMap<u64, String>>>;

/// Looks on at one node after the other as they come and go. The version that was seen last.
async fn look_on(
    addresses: Arc<Mutex<Vec<String>>>,
    first: usize,
    seen: Seen,
    is_over: Arc<AtomicBool>,
) -> u64 {
    let (mut last, mut at) = (0, first);
    while !is_over.load(Ordering::Acquire) {
        let address = {
            let addresses = addresses.lock().unwrap();
            addresses[at % addresses.len()].clone()
        };
        at += 1;
        let site = Site::new(address, "c", None);
        let Ok(Ok(mut client)) = tokio::time::timeout(Duration::from_secs(3), site.connect(None)).await
        else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        // Until this node is gone, or hangs.
        while let Ok(Ok(map)) = tokio::time::timeout(Duration::from_secs(4), client.wait_for("map")).await {
            let version = map["version"].as_u64().unwrap();
            assert!(version >= last, "version {version} after {last}");
            last = version;
            let head = map["head"].as_str().unwrap().to_owned();
            let same = seen.lock().unwrap().entry(version).or_insert_with(|| head.clone()).clone();
            assert_eq!(same, head, "two logs at version {version}");
            if is_over.load(Ordering::Acquire) {
                break;
            }
        }
    }
    last
}

#[tokio::test(flavor = "multi_thread")]
async fn d7_whoever_looks_on_sees_the_newest_map_and_never_an_older_one() {
    let Some(mut nodes) = Nodes::start(3, 40).await else { return };
    let people = People::come(&nodes, 12);
    let (seen, is_over) = (Seen::default(), Arc::<AtomicBool>::default());
    let look = |first| {
        let addresses = Arc::clone(&nodes.addresses);
        tokio::spawn(look_on(addresses, first, Arc::clone(&seen), Arc::clone(&is_over)))
    };
    let watchers: Vec<_> = (0..6).map(look).collect();
    people.are_answered(100).await;
    for _ in 0..3 {
        let at = nodes.owner().await;
        nodes.end(at, Signal::KILL);
        people.are_answered(30).await;
        nodes.start_again(at).await;
    }
    let at = nodes.owner().await;
    nodes.signal(at, Signal::STOP);
    people.are_answered(30).await;
    nodes.signal(at, Signal::CONT);
    people.are_answered(100).await;
    let votes = people.go(&nodes).await;
    // Everybody has the last map a moment after the last vote.
    let end = nodes.store().log_end(nodes.conversation).await.unwrap().head.0;
    let reached = async {
        while seen.lock().unwrap().keys().next_back().is_none_or(|newest| *newest < end) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reached).await.expect("the newest map is seen");
    // Whoever came back a moment ago, too.
    tokio::time::sleep(Duration::from_secs(2)).await;
    is_over.store(true, Ordering::Release);
    let last = futures_util::future::join_all(watchers).await.into_iter().map(Result::unwrap);
    let last: Vec<u64> = last.collect();
    let record = nodes.store().record_of(nodes.conversation).await.unwrap().unwrap();
    let seen = seen.lock().unwrap();
    assert_eq!(seen[&end], record.head.to_string(), "of the log that is there");
    println!("{votes} votes, {} maps, which 6 people saw at 3 nodes; last {last:?} of {end}", seen.len());
    assert!(last.iter().all(|version| *version == end), "{last:?}");
}
