//! Whoever has the database file and changes a log is found out: 10,000 random changes of both kinds of log.

use std::collections::BTreeMap;

use boule::domain::{ChainHash, Choice, ConversationId, Role, Seq, Timestamp};
use boule::instance::Scope;
use boule::store::StoredEvent;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::app::{Asks, TestApp, open_settings};

/// A log as rows, with the head that its table holds.
#[derive(Clone)]
struct Log {
    name: String,
    rows: Vec<StoredEvent>,
    head: (Seq, String),
}

impl Log {
    /// What a reader who trusts nothing says: whether it is whole, and holds the heads that were noted.
    fn is_found_wrong(&self, noted: &BTreeMap<Seq, String>) -> bool {
        let mut hash = ChainHash::genesis(&self.name);
        for (seq, row) in (1..).zip(&self.rows) {
            hash = ChainHash::of_event(hash, &self.name, row.seq, row.at, &row.kind, &row.payload);
            let is_noted = noted.get(&row.seq).is_none_or(|noted| *noted == row.hash);
            if row.seq != Seq(seq) || row.hash != hash.to_string() || !is_noted {
                return true;
            }
        }
        let last = self.rows.last().map_or(Seq(0), |row| row.seq);
        let is_short = noted.keys().next_back().is_some_and(|noted| *noted > last);
        self.head != (last, hash.to_string()) || is_short
    }

    /// As an intruder does who knows how the chain is made: everything from here on is hashed anew.
    fn rehash(&mut self) {
        let mut hash = ChainHash::genesis(&self.name);
        for (seq, row) in (1..).zip(&mut self.rows) {
            row.seq = Seq(seq);
            hash = ChainHash::of_event(hash, &self.name, row.seq, row.at, &row.kind, &row.payload);
            row.hash = hash.to_string();
        }
        self.head = (Seq(self.rows.len() as u64), hash.to_string());
    }

    fn tamper(&mut self, rng: &mut StdRng) -> &'static str {
        let at = rng.gen_range(0..self.rows.len());
        match rng.gen_range(0..6) {
            0 => {
                let row = &mut self.rows[at];
                let mut bytes = row.payload.clone().into_bytes();
                let byte = rng.gen_range(0..bytes.len());
                bytes[byte] = if bytes[byte] == b'1' { b'2' } else { b'1' };
                row.payload = String::from_utf8(bytes).unwrap();
                "flip"
            }
            1 => {
                self.rows.remove(at);
                "delete"
            }
            2 => {
                let other = (at + 1 + rng.gen_range(0..self.rows.len() - 1)) % self.rows.len();
                self.rows.swap(at, other);
                "swap"
            }
            3 => {
                // Not after the last one: what is added there comes after what was noted.
                let at = at.min(self.rows.len() - 2);
                let copy = self.rows[at].clone();
                self.rows.insert(at, copy);
                "insert"
            }
            4 => {
                self.rows[at].at = Timestamp(self.rows[at].at.0 + 1);
                "another time"
            }
            _ => {
                self.rows.truncate(at);
                "cut"
            }
        }
    }
}

async fn logs(app: &TestApp, id: ConversationId) -> [Log; 2] {
    let store = &app.app.store;
    let end = store.log_end(id).await.unwrap();
    let rows = store.stored_events(id, Seq(0), 10_000).await.unwrap();
    let conversation = Log { name: id.to_string(), rows, head: (end.head, end.hash) };
    let rows = store.stored_instance_events(Seq(0), 10_000).await.unwrap();
    let instance = Log { name: "instance".into(), rows, head: store.instance_head().await.unwrap() };
    [conversation, instance]
}

#[tokio::test]
async fn r29_ten_thousand_changes_of_both_logs_are_all_found() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 5, open_settings()).await;
    for person in 0..20 {
        for statement in 0..5 {
            room.vote(person, statement, Choice::Agree).await;
        }
    }
    for role in Role::OF_STAFF {
        app.staff(role).await;
        app.staff_in(role, Scope::Conversation(room.conversation)).await;
    }
    let logs = logs(&app, room.conversation).await;
    let mut rng = StdRng::seed_from_u64(14);
    let (mut tried, mut kinds) = (0, BTreeMap::new());
    for log in &logs {
        assert!(log.rows.len() > 30 && !log.is_found_wrong(&BTreeMap::new()), "{}", log.name);
        // Somebody noted the last head; and one on the way.
        let noted: BTreeMap<Seq, String> = [log.rows.len() / 2, log.rows.len() - 1]
            .map(|at| (log.rows[at].seq, log.rows[at].hash.clone()))
            .into();
        assert!(!log.is_found_wrong(&noted));
        for _ in 0..2_500 {
            let mut changed = log.clone();
            let how = changed.tamper(&mut rng);
            let is_same = changed.rows.iter().map(|row| &row.hash).eq(log.rows.iter().map(|row| &row.hash))
                && changed.rows.iter().map(|row| &row.payload).eq(log.rows.iter().map(|row| &row.payload))
                && changed.rows.iter().map(|row| row.at).eq(log.rows.iter().map(|row| row.at));
            assert!(!is_same, "{how} changed nothing");
            assert!(changed.is_found_wrong(&BTreeMap::new()), "{}: {how}", log.name);
            // With all hashes made anew only a noted head tells.
            changed.rehash();
            assert!(!changed.is_found_wrong(&BTreeMap::new()), "the intruder knows how");
            assert!(changed.is_found_wrong(&noted), "{}: {how}, hashed anew", log.name);
            tried += 2;
            *kinds.entry(how).or_insert(0) += 2;
        }
    }
    println!("{tried} changes, all found: {kinds:?}");
    assert_eq!((tried, kinds.len()), (10_000, 6));
}

#[tokio::test]
async fn boule_check_finds_them_too_with_the_heads_that_were_noted() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    room.vote(0, 1, Choice::Agree).await;
    let overseer = app.staff(Role::Overseer).await;
    let heads = overseer.text("/log/heads").await;
    room.vote(1, 1, Choice::Agree).await;
    drop(room);
    app.app.stop().await;
    let noted = app.dir.path().join("heads.txt");
    std::fs::write(&noted, heads).unwrap();
    let check = |with_heads: bool| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_boule"));
        command.args(["check", "--data"]).arg(app.dir.path());
        if with_heads {
            command.arg("--heads").arg(&noted);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(check(true).0, Some(0), "{}", check(true).1);
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", app.dir.path().join("boule.sqlite").display());
    let pool = sqlx::any::AnyPoolOptions::new().max_connections(1).connect(&url).await.unwrap();
    let run = async |sql: &'static str| sqlx::raw_sql(sql).execute(&pool).await.unwrap();
    // A role that the log does not give.
    run("INSERT INTO staff_grant VALUES (1, 'instance', 0, 'owner', 1) ON CONFLICT DO UPDATE SET role = 'owner'").await;
    let (code, said) = check(false);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("roles are held that the log does not give"), "{said}");
    run("UPDATE staff_grant SET role = 'overseer' WHERE staff = 1").await;
    assert_eq!(check(false).0, Some(0), "{}", check(false).1);
    // The index that hides what a moderator did.
    run("INSERT INTO staff_act SELECT id, 2, 1, 'statement_moderated' FROM conversation").await;
    assert!(check(false).1.contains("the index of what staff did"));
    run("DELETE FROM staff_act WHERE staff = 1").await;
    assert_eq!(check(false).0, Some(0), "{}", check(false).1);
    // A vote that is taken out, with everything hashed anew: by itself the chain is whole.
    let id: i64 = sqlx::query_scalar("SELECT id FROM conversation").fetch_one(&pool).await.unwrap();
    let id = ConversationId::from_stored(id);
    run("DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted").await;
    let rows: Vec<(i64, i64, String, String)> =
        sqlx::query_as("SELECT seq, at, kind, payload FROM event ORDER BY seq")
            .fetch_all(&pool)
            .await
            .unwrap();
    let votes: Vec<i64> = rows.iter().filter(|row| row.2 == "vote_cast").map(|row| row.0).collect();
    let (mut hash, mut seq) = (ChainHash::genesis(id), 0);
    run("DELETE FROM event").await;
    for (_, at, kind, payload) in rows.iter().filter(|row| row.0 != votes[0]) {
        seq += 1;
        hash = ChainHash::of_event(hash, id, Seq(seq), Timestamp(*at), kind, payload);
        sqlx::query("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)")
            .bind(id.stored())
            .bind(seq as i64)
            .bind(*at)
            .bind(kind.clone())
            .bind(payload.clone())
            .bind(hash.to_string())
            .execute(&pool)
            .await
            .unwrap();
    }
    sqlx::query("UPDATE conversation SET seq = ?, head = ?")
        .bind(seq as i64)
        .bind(hash.to_string())
        .execute(&pool)
        .await
        .unwrap();
    run("CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT 1; END;
         CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT 1; END")
    .await;
    assert_eq!(check(false).0, Some(0), "{}", check(false).1);
    let (code, said) = check(true);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("was changed after its head was noted"), "{said}");
}
