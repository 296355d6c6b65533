//! `boule-load` against a server in a process of its own: what it counts, and that it says when a
//! server has not kept its word.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends by panicking")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn load(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boule-load"));
    command.args(arguments).env_remove("BOULE_DATA").output().unwrap()
}

/// Serves a directory with the product that was built beside the tool; the process, and its address.
fn serve(dir: &Path) -> (Child, String) {
    let product = Path::new(env!("CARGO_BIN_EXE_boule-load")).with_file_name("boule");
    assert!(product.exists(), "build the product first: cargo build");
    let mut child = Command::new(product)
        .args(["serve", "--bind", "127.0.0.1:0", "--data"])
        .arg(dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}"));
    (child, address.to_owned())
}

/// Changes the database as an intruder with the file would.
async fn tamper(dir: &tempfile::TempDir, statements: &'static str) {
    let pool = open(dir, "rw").await;
    sqlx::raw_sql(statements).execute(&pool).await.unwrap();
    pool.close().await;
}

async fn open(dir: &tempfile::TempDir, mode: &str) -> sqlx::AnyPool {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}?mode={mode}", dir.path().join("boule.sqlite").display());
    sqlx::any::AnyPoolOptions::new().max_connections(1).connect(&url).await.unwrap()
}

fn json(output: &Output) -> Value {
    let error = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON; {error}"))
}

/// A server, ended with the test.
struct TestServer {
    dir: tempfile::TempDir,
    child: std::process::Child,
    url: String,
}

impl TestServer {
    fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (child, address) = serve(dir.path());
        Self { dir, child, url: format!("http://{address}") }
    }

    fn load(&self, arguments: &[&str]) -> Output {
        let data = self.dir.path().to_str().unwrap();
        load(&[&["--url", &self.url, "--data", data, "--statements", "50"], arguments].concat())
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Votes in the log of a directory's only conversation.
async fn votes_in_log(dir: &tempfile::TempDir) -> u64 {
    let pool = open(dir, "ro").await;
    let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM event WHERE kind = 'vote_cast'");
    let count = count.fetch_one(&pool).await.unwrap();
    pool.close().await;
    u64::try_from(count).unwrap()
}

#[tokio::test]
async fn a_load_counts_what_the_server_acknowledged_and_finds_it_in_the_log() {
    let served = TestServer::start();
    let voters = ["--sockets", "5", "--watchers", "3", "--slow", "2", "--participants", "9"];
    let output = served.load(&[&voters[..], &["--duration", "1s", "--format", "json"]].concat());
    let found = json(&output);
    assert_eq!(output.status.code(), Some(0), "{found}");
    assert_eq!(found["mode"], "closed");
    for (key, value) in
        [("sockets", 5), ("watchers", 3), ("slow", 2), ("participants", 9), ("statements", 50)]
    {
        assert_eq!(found[key], value, "{key}");
    }
    let acked = found["acked"].as_u64().unwrap();
    assert!(acked > 20, "{found}");
    assert_eq!(acked, votes_in_log(&served.dir).await);
    for key in ["lost", "duplicated", "wrong", "refused", "unanswered", "disconnected"] {
        assert_eq!(found[key], 0, "{key}");
    }
    let number = |key: &str| found[key].as_f64().unwrap_or_else(|| panic!("{key}: {found}"));
    assert!(number("rate_per_s") <= acked as f64 && number("rate_per_s") > 0.0);
    assert!(number("p50_ms") > 0.0 && number("p50_ms") <= number("p99_ms"));
    assert!(number("p99_ms") <= number("max_ms"));
    if cfg!(target_os = "linux") {
        assert!(found["memory"]["connected"].as_u64() > Some(0), "{found}");
        let all_cores_us =
            number("duration_s") * 1e6 * std::thread::available_parallelism().unwrap().get() as f64;
        let cpu_us = number("cpu_us_per_vote") * acked as f64;
        // As exact as the kernel's hundredths are.
        assert!(cpu_us > 0.0 && cpu_us < all_cores_us + 50_000.0, "{found}");
    }
}

#[test]
fn an_open_loop_keeps_its_rate_and_newcomers_are_other_people() {
    let served = TestServer::start();
    let open = ["--sockets", "4", "--rate", "40", "--duration", "2s", "--format", "json"];
    let found = json(&served.load(&open));
    assert_eq!((&found["mode"], &found["wanted_rate_per_s"]), (&"open".into(), &40.0.into()));
    let acked = found["acked"].as_u64().unwrap();
    assert!((40..=130).contains(&acked), "80 on average: {found}");
    let found = json(&served.load(&["--newcomers", "3", "--duration", "1s", "--format", "json"]));
    assert_eq!((&found["mode"], &found["at_once"]), (&"newcomers".into(), &3.into()));
    assert!(found["acked"].as_u64() > Some(3) && found["turned_away"] == 0, "{found}");
    let table = served.load(&["--newcomers", "3", "--duration", "1s"]);
    let table = String::from_utf8_lossy(&table.stdout);
    assert!(table.contains("acknowledged votes are in the log exactly once"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_loses_or_changes_a_vote_is_found_out() {
    let served = std::sync::Arc::new(TestServer::start());
    let loading = std::sync::Arc::clone(&served);
    let load = tokio::task::spawn_blocking(move || {
        loading.load(&["--sockets", "4", "--participants", "4", "--duration", "2s"])
    });
    let began = Instant::now();
    while votes_in_log(&served.dir).await < 20 {
        assert!(began.elapsed() < Duration::from_secs(30), "nobody votes");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // A vote that is acknowledged and gone, and one that is another: the server does not see it.
    let tampered = "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted;
        DELETE FROM event WHERE seq = (SELECT min(seq) FROM event WHERE kind = 'vote_cast');
        UPDATE event SET payload = replace(payload, '\"agree\"', '\"pass\"')
        WHERE seq = (SELECT min(seq) FROM event WHERE kind = 'vote_cast' AND payload LIKE '%\"agree\"%');";
    tamper(&served.dir, tampered).await;
    let output = load.await.unwrap();
    let table = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{table}");
    assert!(table.contains("NOT AS PROMISED") && table.contains("1 are lost, 0 twice, 1 wrong"), "{table}");
}

#[test]
fn a_bare_server_gives_the_same_counts_and_no_verdict() {
    let bare = ["--bare", "--sockets", "3", "--participants", "3", "--duration", "500ms"];
    let output = load(&[&bare[..], &["--format", "json"]].concat());
    let found = json(&output);
    assert_eq!(output.status.code(), Some(0), "{found}");
    assert!(found["acked"].as_u64() > Some(10) && found["p99_ms"].as_f64() > Some(0.0), "{found}");
    assert!(found.get("lost").is_none() && found["ok"].is_null(), "nothing was checked: {found}");
    assert_eq!(found["bare"], true);
    let newcomers = load(&["--bare", "--newcomers", "3", "--participants", "0", "--duration", "500ms"]);
    let table = String::from_utf8_lossy(&newcomers.stdout);
    assert!(
        table.starts_with("a bare server: newcomers") && table.contains("nothing was checked"),
        "{table}"
    );
    assert!(!table.contains("could not vote"), "{table}");
}

#[test]
fn a_wrong_call_is_one_sentence() {
    let served = TestServer::start();
    let elsewhere = tempfile::tempdir().unwrap();
    let elsewhere = elsewhere.path().to_str().unwrap();
    let wrong: [(&[&str], &str); 7] = [
        (&["--url", "http://192.0.2.1:8080"], "--not-loopback twice"),
        (&["--url", "https://127.0.0.1"], "http://"),
        (&["--url", &served.url, "--data", elsewhere], "no Boule database"),
        (&["--rate", "0"], "--rate"),
        (&["--rate", "5", "--sockets", "0"], "--sockets"),
        (&["--bare", "--url", "http://127.0.0.1:1"], "cannot be used with"),
        (&["--bare", "--not-loopback"], "cannot be used with"),
    ];
    for (arguments, why) in wrong {
        let output = load(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains(why), "{arguments:?}: {error}");
    }
}
