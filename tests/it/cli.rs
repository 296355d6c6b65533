//! The command line: each wrong call is one clear sentence and exit code 2, and loses nothing.

use std::process::{Command, Output};

fn boule(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boule"));
    command.args(arguments).env_remove("BOULE_DATA").output().unwrap()
}

fn refused(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert_eq!(error.lines().count(), 1, "one sentence: {error}");
    error
}

#[test]
fn help_of_every_subcommand_says_what_a_newcomer_needs() {
    for subcommand in
        ["serve", "demo", "import", "export", "analyse", "slate", "audit", "shares", "link", "check"]
    {
        let output = boule(&[subcommand, "--help"]);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("Usage:"), "{subcommand}");
        assert!(text.len() > 300, "{subcommand} --help says little: {text}");
    }
}

#[test]
fn a_wrong_configuration_is_one_sentence_and_exit_code_2() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let data = data.to_str().unwrap();
    let file = dir.path().join("boule.toml");
    std::fs::write(&file, "bind = \"127.0.0.1:0\"\ncolour = \"red\"\n").unwrap();
    let error = refused(&boule(&["serve", "--data", data, "--config", file.to_str().unwrap()]));
    assert!(error.contains("line 2") && error.contains("colour"), "{error}");
    let error = refused(&boule(&["serve", "--data", data, "--bind", "somewhere"]));
    assert!(error.contains("somewhere") && error.contains("127.0.0.1:8080"), "{error}");
    let error = refused(&boule(&["serve", "--data", "/proc/nowhere", "--bind", "127.0.0.1:0"]));
    assert!(error.contains("/proc/nowhere"), "{error}");
    let error = refused(&boule(&["check", "--data", data]));
    assert!(error.contains("no Boule database"), "{error}");
}

#[tokio::test]
async fn a_port_or_a_directory_in_use_is_one_sentence_and_exit_code_2() {
    let app = crate::app::TestApp::spawn().await;
    let address = app.app.address.to_string();
    let other = tempfile::tempdir().unwrap();
    let error = refused(&boule(&["serve", "--data", other.path().to_str().unwrap(), "--bind", &address]));
    assert!(error.contains(&address) && error.contains("--bind"), "{error}");
    let error =
        refused(&boule(&["serve", "--data", app.dir.path().to_str().unwrap(), "--bind", "127.0.0.1:0"]));
    assert!(error.contains("in use by another boule process"), "{error}");
}

#[test]
fn a_database_that_is_damaged_or_newer_is_refused_with_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    std::fs::write(dir.path().join("boule.sqlite"), "this is no database, whatever its name says").unwrap();
    let error = refused(&boule(&["serve", "--data", data, "--bind", "127.0.0.1:0"]));
    assert!(error.contains("damaged") || error.contains("not a database"), "{error}");
}

#[test]
fn a_bad_export_names_file_line_and_column_and_leaves_the_database_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let data = data.to_str().unwrap();
    let good = write_export(dir.path(), "good", "1,2,1\n1,0,-1\n");
    let bad = write_export(dir.path(), "bad", "1,0,1\n1,0,2\n");
    let output = boule(&["import", "polis", &good, "--slug", "good", "--data", data]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let before = boule(&["check", "--data", data]).stdout;
    let error = refused(&boule(&["import", "polis", &bad, "--slug", "bad", "--data", data]));
    assert!(error.contains("votes.csv") && error.contains("line 3") && error.contains("vote"), "{error}");
    let error = refused(&boule(&["import", "polis", &good, "--slug", "good", "--data", data]));
    assert!(error.contains("“good”") && error.contains("already"), "{error}");
    assert_eq!(boule(&["check", "--data", data]).stdout, before);
}

#[test]
fn export_import_export_is_byte_identical() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let source = write_export(dir.path(), "source", "1,2,1\n1,0,-1\n1,0,1\n0,2,0\n");
    for (from, data, out) in [(source, path("a"), path("out-a")), (path("out-a"), path("b"), path("out-b"))] {
        assert!(boule(&["import", "polis", &from, "--slug", "c", "--data", &data]).status.success());
        let output = boule(&["export", "c", "--out", &out, "--data", &data]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    for file in ["comments.csv", "votes.csv", "participants-votes.csv", "summary.csv"] {
        let read = |out: &str| std::fs::read(std::path::Path::new(&path(out)).join(file)).unwrap();
        assert_eq!(read("out-a"), read("out-b"), "{file}");
    }
}

#[test]
fn analyse_prints_a_table_and_json_with_integer_ids() {
    let dir = tempfile::tempdir().unwrap();
    let votes: String = (0..9).map(|p| format!("0,{p},1\n1,{p},{}\n", p % 3 - 1)).collect();
    let source = write_export(dir.path(), "source", &votes);
    let output = boule(&["analyse", &source, "--format", "json"]);
    let map: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(map["counts"]["participants"], 9);
    assert_eq!((&map["counts"]["votes"], &map["counts"]["events"]), (&18.into(), &18.into()));
    assert_eq!(map["statements"][1]["text"], "Fewer cars, please");
    assert!(map["participants"][0]["id"].is_u64() && map["engine"]["preset"] == "boule");
    assert!(String::from_utf8_lossy(&boule(&["analyse", &source]).stdout).contains("9 people cast"));
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let output = boule(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn slate_and_audit_say_what_is_on_an_agenda_and_whom_it_leaves_out() {
    let dir = tempfile::tempdir().unwrap();
    // Twelve want statement 0, nine others want 1.
    let votes: String =
        (0..21).map(|p| format!("0,{p},{}\n1,{p},{}\n", sign(p < 12), sign(p >= 12))).collect();
    let source = write_export(dir.path(), "source", &votes);
    let slate = json(&["slate", &source, "--k", "2", "--format", "json"]);
    assert_eq!(
        (&slate["format"], &slate["rule"], &slate["places"]),
        (&1.into(), &"balanced".into(), &2.into())
    );
    let chosen: Vec<_> = slate["items"].as_array().unwrap().iter().map(|item| &item["statement"]).collect();
    assert_eq!(chosen, [&0, &1]);
    assert_eq!(slate["items"][0]["supporters"]["observed"], 12);
    assert_eq!(slate["audit"]["observed"]["with_nothing"], 0);
    let audit = json(&["audit", &source, "--items", "0", "--k", "3", "--format", "json"]);
    let found = &audit["audit"]["imputed"];
    assert_eq!((&found["with_nothing"], &found["justified_representation"]), (&9.into(), &false.into()));
    assert_eq!(
        (&found["jr_blocked_by"]["statement"], &found["jr_blocked_by"]["people"]),
        (&1.into(), &9.into())
    );
    let words = boule(&["audit", &source, "--items", "0", "--k", "3"]);
    assert!(String::from_utf8_lossy(&words.stdout).contains("9 people who agree with No. 1"));
    let minutes = json(&["slate", &source, "--minutes", "30", "--minutes-of", "0=20", "--format", "json"]);
    assert_eq!((&minutes["minutes"], &minutes["items"][0]["cost"]), (&30.into(), &20.into()));
    assert_eq!(minutes["items"].as_array().unwrap().len(), 1, "the other takes 15 of the 10 that are left");
    assert!(
        refused(&boule(&["audit", &source, "--items", "7"]))
            .contains("--items 7: there is no such statement")
    );
    assert!(refused(&boule(&["audit", &source, "--items", "0,0"])).contains("it is there twice"));
    assert!(!boule(&["slate", &source, "--k", "2", "--minutes", "40"]).status.success());
}

#[tokio::test]
async fn shares_stand_beside_those_that_are_weighted_by_the_probability_of_offers() {
    use crate::app::{Asks, TestApp, open_settings};
    use boule::domain::Choice;
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 4, open_settings()).await;
    for person in 0..12 {
        // Statement 3 is seen by four people, who are fewer than the publication minimum.
        for statement in 0..if person < 4 { 4 } else { 3 } {
            let agrees = person < 9 - 3 * statement;
            room.vote(person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
        }
    }
    let data = app.dir.path().to_str().unwrap();
    let lines = json(&["shares", "c", "--data", data, "--format", "json"]);
    let lines = lines.as_array().unwrap();
    assert_eq!(lines.iter().map(|line| &line["statement"]).collect::<Vec<_>>(), [&0, &1, &2]);
    for (line, agree) in lines.iter().zip([9.0, 6.0, 3.0]) {
        assert_eq!((&line["votes"], &line["offered"]), (&12.into(), &12.into()), "{line}");
        assert_eq!(line["agree"].as_f64(), Some(agree / 12.0), "{line}");
        let [weighted, effective] =
            ["agree_weighted", "effective_votes"].map(|name| line[name].as_f64().unwrap());
        assert!((0.0..=1.0).contains(&weighted) && effective > 1.0 && effective <= 12.0 + 1e-9, "{line}");
    }
    let table = boule(&["shares", "c", "--data", data]);
    assert!(
        String::from_utf8_lossy(&table.stderr).contains("left out: 1, of whose votes fewer than 5"),
        "{table:?}"
    );
    assert!(refused(&boule(&["shares", "nowhere", "--data", data])).contains("there is no conversation"));
}

fn sign(agrees: bool) -> i32 {
    if agrees { 1 } else { -1 }
}

#[test]
fn analyse_reads_the_files_of_polis_s_mathematics_and_of_other_dumps() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = dir.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let votes = write(
        "votes.json",
        r#"[{"participant_id":3,"statement_id":0,"vote":1,"modified":1},
            {"participant_id":4,"statement_id":1,"vote":-1,"modified":2},
            {"participant_id":3,"statement_id":0,"vote":0,"modified":3}]"#,
    );
    let comments = write(
        "comments.json",
        r#"[{"statement_id":0,"txt":"Trees","moderated":1},{"statement_id":1,"txt":"Cars","moderated":-1}]"#,
    );
    let map = json(&["analyse", "--math-votes", &votes, "--math-comments", &comments, "--format", "json"]);
    assert_eq!((&map["counts"]["votes"], &map["counts"]["events"]), (&2.into(), &3.into()));
    assert_eq!(map["statements"][0]["pass"], 1, "the later vote counts");
    assert_eq!(map["statements"][1]["moderation"], "rejected");
    let votes = write(
        "dump.json",
        r#"[{"pid":3,"tid":0,"vote":1,"modified":"2020-01-01T00:00:00Z"},{"pid":4,"tid":1,"vote":-1,"modified":"2020-01-02T00:00:00Z"},
            {"pid":3,"tid":0,"vote":0,"modified":"2020-01-03T00:00:00Z"}]"#,
    );
    let comments =
        write("dump-c.json", r#"[{"tid":0,"txt":"Trees","mod":1},{"tid":1,"txt":"Cars","mod":-1}]"#);
    let other = json(&["analyse", "--math-votes", &votes, "--math-comments", &comments, "--format", "json"]);
    assert_eq!(other["statements"], map["statements"]);
    let error = refused(&boule(&["analyse", "--math-votes", &comments, "--math-comments", &comments]));
    assert!(error.contains("dump-c.json"), "{error}");
    let torn = write("torn.json", r#"[{"pid":3,"tid":0,"#);
    let error = refused(&boule(&["analyse", "--math-votes", &torn, "--math-comments", &comments]));
    assert!(error.contains("torn.json"), "{error}");
}

/// Two camps over eight statements, six people each; person 11 copies person 1 five times over.
fn two_camps(dir: &std::path::Path) -> String {
    let vote = |p: u32, s: u32| if p.is_multiple_of(2) == s.is_multiple_of(2) { 1 } else { -1 };
    let own = |p: u32| {
        (0..8).filter(move |s| !(p + s).is_multiple_of(5) || p > 10).map(move |s| (p, s, vote(p.min(11), s)))
    };
    let lines: String = (0..16).flat_map(own).map(|(p, s, vote)| format!("{s},{p},{vote}\n")).collect();
    let source = write_export(dir, "camps", &lines);
    let comments: String = (0..8).map(|s| format!("1,,{s},0,0,0,1,Statement {s}\n")).collect();
    let head = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n";
    std::fs::write(std::path::Path::new(&source).join("comments.csv"), format!("{head}{comments}")).unwrap();
    source
}

#[test]
fn analyse_leaves_people_out_weighs_copies_and_shows_the_plain_result_beside() {
    let dir = tempfile::tempdir().unwrap();
    let source = two_camps(dir.path());
    let plain = json(&["analyse", &source, "--format", "json", "--quick"]);
    assert_eq!((&plain["counts"]["participants"], &plain["plain"]), (&16.into(), &serde_json::Value::Null));
    assert!(plain["validation"].is_null(), "quick");
    let complete = json(&["analyse", &source, "--format", "json"]);
    assert!(complete["validation"]["status"].is_string());

    let without =
        json(&["analyse", &source, "--format", "json", "--quick", "--exclude", "12", "--exclude", "13"]);
    assert_eq!((&without["counts"]["participants"], &without["counts"]["excluded"]), (&14.into(), &2.into()));
    assert_eq!(without["plain"]["k"], plain["k"]["chosen"], "and what it would be with them");
    let weighed = json(&["analyse", &source, "--format", "json", "--quick", "--weigh-copies"]);
    assert_eq!(weighed["engine"]["params"]["weigh_copies"], true);
    assert_eq!(weighed["counts"], plain["counts"], "a copy is a person when people are counted");
    assert_ne!(weighed["pca"]["explained_variance_ratio"], plain["pca"]["explained_variance_ratio"]);
}

#[test]
fn analyse_takes_groups_from_outside_and_leaves_out_groups_of_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let source = two_camps(dir.path());
    let file = dir.path().join("places.csv");
    let lines: String = (0..16).map(|p| format!("{p},{}\n", if p < 6 { "north" } else { "south" })).collect();
    std::fs::write(&file, format!("participant,group\n{lines}")).unwrap();
    let file = file.to_str().unwrap();
    let map = json(&["analyse", &source, "--groups", file, "--format", "json", "--quick"]);
    let groups = map["groups"].as_array().unwrap();
    let named: Vec<_> =
        groups.iter().map(|g| (g["label"].as_str().unwrap(), g["size"].as_u64().unwrap())).collect();
    assert_eq!(named.iter().map(|(_, size)| size).sum::<u64>(), 16);
    assert!(named.contains(&("north", 6)) && named.contains(&("south", 10)), "{named:?}");
    assert_eq!(map["statements"][0]["groups"].as_array().unwrap().len(), 2);
    std::fs::write(file, format!("participant,group\n{lines}999,nowhere\n")).unwrap();
    let again = json(&["analyse", &source, "--groups", file, "--format", "json", "--quick"]);
    assert_eq!(again, map, "somebody who has not voted");
    for (bad, why) in [
        ("0\n1\n", "participant"),
        ("-1,north\n", "whole number"),
        ("0,north\n0,\n", "twice"),
        ("0,\"a\n1,b\n", "quotation"),
    ] {
        std::fs::write(file, bad).unwrap();
        let error = refused(&boule(&["analyse", &source, "--groups", file]));
        assert!(error.contains("places.csv") && error.contains(why), "{error}");
    }
}

/// An export of two statements with these votes (`statement,voter,vote`).
fn write_export(dir: &std::path::Path, name: &str, votes: &str) -> String {
    let dir = dir.join(name);
    std::fs::create_dir(&dir).unwrap();
    let comments = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
        1403054214196,Wed Jun 18 01:16:54 UTC 2014,0,0,1,0,1,More trees\n\
        1403054214197,Wed Jun 18 01:16:54 UTC 2014,1,0,1,1,1,\"Fewer cars, please\"\n";
    std::fs::write(dir.join("comments.csv"), comments).unwrap();
    let rows: String =
        votes.lines().zip(1403054215000_u64..).map(|(vote, at)| format!("{at},,{vote}\n")).collect();
    let votes = format!("timestamp,datetime,comment-id,voter-id,vote\n{rows}");
    std::fs::write(dir.join("votes.csv"), votes).unwrap();
    std::fs::write(dir.join("summary.csv"), "topic,Trees\nurl,\nviews,12\nconversation-description,\n")
        .unwrap();
    dir.to_str().unwrap().to_owned()
}

#[test]
fn a_server_goes_on_when_nobody_reads_what_it_prints() {
    use std::io::{BufRead, BufReader};
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_boule"));
    command
        .args(["demo", "--people", "3", "--seconds", "1", "--bind", "127.0.0.1:0", "--data"])
        .arg(dir.path());
    let mut server =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    // The reader is dropped with its end of the pipe.
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert!(server.try_wait().unwrap().is_none(), "the server has ended");
    assert!(std::net::TcpStream::connect(address).is_ok());
    server.kill().unwrap();
    server.wait().unwrap();
}
