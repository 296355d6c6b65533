//! Metrics and readiness on a port of their own.

use boule::domain::Choice;

use crate::app::{TestApp, open_settings};

/// The value of a meter.
pub fn value(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().unwrap()
}

#[tokio::test]
async fn what_happens_is_measured_and_nothing_of_anybody_is_in_it() {
    let app = TestApp::spawn().await;
    app.conversation("secret-slug", 3, open_settings()).await;
    let metrics = app.app.serve_metrics("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let mut client = app.participant("secret-slug").await;
    client.vote(0, Choice::Agree).await.unwrap();
    client.vote(1, Choice::Disagree).await.unwrap();
    let refused = client.vote(99, Choice::Agree).await.unwrap();
    assert_eq!(refused["code"], "statement_not_shown");
    let get = |path: &'static str| async move {
        let answer = reqwest::get(format!("http://{metrics}{path}")).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (status, text) = get("/metrics").await;
    assert_eq!(status, 200);
    assert_eq!(value(&text, "boule_ack_seconds_count"), 2.0);
    assert_eq!(value(&text, "boule_sockets"), 1.0);
    assert_eq!(value(&text, "boule_rooms"), 1.0);
    assert_eq!(value(&text, "boule_ready"), 1.0);
    assert_eq!(value(&text, "boule_refusals_total{code=\"statement_not_shown\"}"), 1.0);
    assert!(value(&text, "boule_events_total") > 8.0);
    assert!(value(&text, "boule_commit_seconds_count") >= 3.0);
    for name in ["mailbox_depth", "map_staleness_milliseconds", "dropped_frames_total", "commit_events_count"]
    {
        value(&text, &format!("boule_{name}"));
    }
    assert!(!text.contains("secret") && !text.contains("127.0.0.1"));
    assert_eq!(get("/ready").await.0, 200);
    // The public's port has none of it.
    assert_eq!(app.browser().get("/metrics").await.status(), 404);
    client.leave().await;
}
