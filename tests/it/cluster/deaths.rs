//! D1 and D2: nodes that die, hang and are ended in order while people vote.

use std::time::Duration;

use rustix::process::Signal;

use super::Nodes;
use super::people::People;

const PEOPLE: usize = 12;
const STATEMENTS: usize = 40;

/// How often it is done; `variable` sets another number for the long run.
fn times(variable: &str, few: usize) -> usize {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

fn in_words(mut took: Vec<Duration>) -> String {
    took.sort_unstable();
    let at = |part: f64| took[((took.len() - 1) as f64 * part) as usize].as_millis();
    format!("p50 {} ms, p99 {} ms, the longest {} ms", at(0.5), at(0.99), at(1.0))
}

#[tokio::test(flavor = "multi_thread")]
async fn d1_what_was_acknowledged_is_there_whichever_node_is_killed() {
    let Some(mut nodes) = Nodes::start(3, STATEMENTS).await else { return };
    let people = People::come(&nodes, PEOPLE);
    people.are_answered(50).await;
    let (kills, mut took) = (times("BOULE_TEST_NODE_KILLS", 20), Vec::new());
    for kill in 0..kills {
        // Mostly the one that has the conversation.
        let is_owner = kill % 4 != 3;
        let at = if is_owner { nodes.owner().await } else { nodes.another().await };
        nodes.end(at, Signal::KILL);
        let answered = people.are_answered(1).await;
        if is_owner {
            took.push(answered);
        }
        people.are_answered(10).await;
        nodes.start_again(at).await;
        tokio::time::sleep(Duration::from_millis((kill as u64 * 377) % 400)).await;
    }
    let votes = people.go(&nodes).await;
    println!(
        "{kills} kills, {votes} acknowledged votes, 0 lost, 0 twice; another node answered after {}",
        in_words(took)
    );
    assert!(votes > kills * 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn d2_a_node_that_hangs_loses_its_conversations_and_writes_nothing_when_it_wakes() {
    let Some(nodes) = Nodes::start(3, STATEMENTS).await else { return };
    let people = People::come(&nodes, PEOPLE);
    people.are_answered(50).await;
    let (pauses, mut took) = (times("BOULE_TEST_NODE_PAUSES", 3), Vec::new());
    for _ in 0..pauses {
        let at = nodes.owner().await;
        let since = std::time::Instant::now();
        nodes.signal(at, Signal::STOP);
        // Answers that were on their way have come then.
        tokio::time::sleep(Duration::from_millis(200)).await;
        people.are_answered(1).await;
        took.push(since.elapsed());
        let next = nodes.owner().await;
        assert_ne!(at, next, "somebody else has it");
        nodes.signal(at, Signal::CONT);
        people.are_answered(20).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(nodes.owner().await, next, "it does not go back and forth");
    }
    let votes = people.go(&nodes).await;
    println!("{pauses} pauses, {votes} acknowledged votes; another node answered after {}", in_words(took));
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_are_ended_in_order_hand_their_conversations_over() {
    let Some(mut nodes) = Nodes::start(3, STATEMENTS).await else { return };
    let people = People::come(&nodes, PEOPLE);
    people.are_answered(50).await;
    let mut took = Vec::new();
    // As an upgrade does: one after the other.
    for _ in 0..2 {
        for at in 0..3 {
            let is_owner = nodes.owner().await == at;
            nodes.signal(at, Signal::TERM);
            let answered = people.are_answered(5).await;
            if is_owner {
                took.push(answered);
            }
            nodes.end(at, Signal::TERM);
            nodes.start_again(at).await;
            people.are_answered(20).await;
        }
    }
    let votes = people.go(&nodes).await;
    println!("6 nodes ended in order, {votes} acknowledged votes; five answers after {}", in_words(took));
}
