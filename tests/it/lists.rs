//! Lists with more entries than a page shows: every entry is on a page, in an order that is named.

use std::collections::BTreeSet;

use boule::conversation::Identity;
use boule::conversation::Settings;
use boule::domain::{Moderation, Role, TokenHash};

use crate::app::{Asks, Browser, TestApp};

/// The numbers of the statements on all pages of one list of the workbench, in their order.
async fn listed(moderator: &Browser, list: &str, pages: usize) -> Vec<u32> {
    let mut numbers = Vec::new();
    for page in 1..=pages {
        let text = moderator.text(&format!("/m/c?show={list}&page={page}")).await;
        let rows = text.split("data-statement=\"").skip(1);
        numbers.extend(rows.map(|rest| rest.split('"').next().unwrap().parse::<u32>().unwrap()));
    }
    numbers
}

#[tokio::test]
async fn every_statement_of_the_queue_is_on_a_page_and_decisions_stand_in_their_order() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 0, Settings::default()).await;
    for n in 0..120 {
        let author = Identity::Token(TokenHash::of(&format!("author {}", n / 5)));
        room.submit(author, &format!("Idea number {n}")).await.unwrap();
    }
    let moderator = app.staff(Role::Moderator).await;
    let waiting = listed(&moderator, "waiting", 3).await;
    assert_eq!(waiting, (1..=120).collect::<Vec<_>>(), "the oldest first");
    for number in 1..=120 {
        room.moderate(number, Moderation::Accepted).await.unwrap();
    }
    // The oldest is decided on once more, and is the latest decision.
    room.moderate(1, Moderation::Rejected).await.unwrap();
    room.moderate(1, Moderation::Accepted).await.unwrap();
    let decided = listed(&moderator, "accepted", 3).await;
    assert_eq!(decided[..3], [1, 120, 119], "the latest decision first");
    assert_eq!(
        decided.iter().collect::<BTreeSet<_>>().len(),
        120,
        "each is on a page, and can be taken down"
    );
}

#[tokio::test]
async fn decisions_after_the_end_are_shown_as_such_with_their_date() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 2, Settings::default()).await;
    room.close().await.unwrap();
    let results = app.browser().text("/c/c/results").await;
    assert!(!results.contains("After voting ended"));
    room.moderate(1, Moderation::Rejected).await.unwrap();
    room.moderate(1, Moderation::Accepted).await.unwrap();
    let results = app.browser().text("/c/c/results").await;
    assert!(results.contains("After voting ended, a moderator decided on one more statement."), "{results}");
    let year = jiff::Timestamp::now().strftime("%Y").to_string();
    let section = results.split("id=\"late-title\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(section.contains(&year) && section.contains("<td>1</td>"), "{section}");
}
