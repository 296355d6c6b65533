//! Files that must be taken: as spreadsheets save them, from newer exporters, and with less in them.

use super::*;

const SMALL: &str = "comment-id,moderated,comment-body\n0,1,a\n1,0,b\n";

fn notes(export: &PolisExport) -> Vec<String> {
    export.notes.iter().map(ToString::to_string).collect()
}

fn has(export: &PolisExport, note: &str) {
    let notes = notes(export);
    assert!(notes.iter().any(|found| found == note), "{note}\nis not among {notes:#?}");
}

#[test]
fn a_byte_order_mark_crlf_blank_lines_and_any_column_order_are_fine() {
    let comments = "\u{feff}\"comment-body\",moderated,comment-id\r\n\"one\r\ntwo, \"\"three\"\"\",1,4\r\n\r\n plain ,-1,9\r\n";
    let votes =
        "\u{feff}vote,voter-id,comment-id,timestamp\r\n-1,3,4,1403054214196\r\n\"1\",3,9,\"1403054214197\"";
    let export = import(comments, votes);
    let texts: Vec<&str> = export.statements.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(texts, ["one\r\ntwo, \"three\"", " plain "]);
    assert_eq!(export.statements[1].moderation, Moderation::Rejected);
    assert_eq!(export.votes[0].choice, Choice::Disagree);
    assert_eq!(export.votes[1].at_ms, Some(1403054214197));
}

#[test]
fn newer_exports_have_seconds_and_unquoted_bodies_with_commas() {
    let comments = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,importance,comment-body\n\
        1722000000,Fri Jul 26 2024 13:20:00 GMT+0000 (Coordinated Universal Time),0,2,1,0,1,3,Trams, not buses,  and \"bikes\", \n\
        1722000001,x,1,2,0,0,1,0,\"Free\" rides, \"they\" say\r\n\
        1722000002,x,2,2,0,0,1,0,\"Quoted, as it should be\"\n\
        1722000003,x,3,2,0,0,1,0,\"Free\" rides\n";
    let votes = "timestamp,datetime,comment-id,voter-id,vote,important\n1722000009,x,0,2,1,0\n";
    let export = import(comments, votes);
    let texts: Vec<&str> = export.statements.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Trams, not buses,  and \"bikes\", ",
            "\"Free\" rides, \"they\" say",
            "Quoted, as it should be",
            "\"Free\" rides",
        ]
    );
    assert_eq!(export.statements[0].submitted_at_ms, Some(1722000000000));
    assert_eq!(export.votes[0].at_ms, Some(1722000009000));
    has(&export, "comments.csv gives times in seconds (4 rows): they are taken as such.");
    has(&export, "votes.csv gives times in seconds (1 row): they are taken as such.");
    has(
        &export,
        "comments.csv has unquoted texts in 3 rows: all to the end of the line is taken as the text.",
    );
}

#[test]
fn flags_and_authors_are_kept_and_what_is_unknown_is_told() {
    let comments = "comment-id,author-id,moderated,is-meta,is-seed,comment-body,mood,group-informed-consensus\n\
        0,,1,false,true,a,good,0.5\n1,8,0,TRUE,0,b,bad,\n";
    let export = import(comments, "comment-id,voter-id,vote\n0,3,1\n");
    let flags: Vec<_> = export.statements.iter().map(|s| (s.author, s.meta, s.seed)).collect();
    assert_eq!(flags, [(None, false, true), (Some(ParticipantNumber(8)), true, false)]);
    assert_eq!(export.participants().into_iter().map(|p| p.0).collect::<Vec<_>>(), [3, 8]);
    has(&export, "comments.csv has 1 column that Boule does not know and left out: “mood”.");
    has(&export, "votes.csv has no column “timestamp”: the times stay unknown.");
    let told = notes(&export);
    assert!(
        told.iter()
            .any(|note| note
                .starts_with("summary.csv gives no topic: the question is the directory's name, “"))
    );
    assert_eq!(told.len(), 6, "{told:#?}");
}

#[test]
fn without_statements_there_are_no_votes_and_no_complaint() {
    let export = import("comment-id,moderated,comment-body", "comment-id,voter-id,vote\n");
    assert!(export.statements.is_empty() && export.votes.is_empty());
    assert_eq!(export.votes().participants, []);
}

#[test]
fn without_votes_csv_the_matrix_counts_and_its_groups_are_kept() {
    let matrix = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n\
        7,,0,0,2,1,1,1,-1\n5,mail@example.org,,0,1,1,0,,0\n6,,1,0,0,0,0,,\n";
    let files = [("comments.csv", SMALL.as_bytes()), ("participant-votes.csv", matrix.as_bytes())];
    let export = read_export(directory(&files).path()).unwrap();
    assert_eq!(export.vote_events(), 3);
    assert!(export.votes.iter().all(|vote| vote.at_ms.is_none()));
    assert_eq!(export.groups.get(&ParticipantNumber(7)), Some(&0));
    assert_eq!(export.groups.get(&ParticipantNumber(5)), None);
    has(&export, "The export has external ids for 1 person: Boule does not store these ids.");
    has(
        &export,
        "participant-votes.csv gives totals in 1 row that are not those of its votes: the votes count.",
    );
    has(&export, "participant-votes.csv has 1 row without a vote: no participants were made from them.");
    assert!(export.notes.contains(&Note::NoVoteLog));
    assert_eq!(export.participants().len(), 2);
}

#[test]
fn where_both_files_of_votes_differ_votes_csv_counts() {
    let votes = "comment-id,voter-id,vote\n0,1,1\n1,1,0\n0,2,1\n0,2,-1\n";
    let matrix = "participant,0,1\n1,1,1\n2,-1,\n9,,0\n";
    let files = [
        ("comments.csv", SMALL.as_bytes()),
        ("votes.csv", votes.as_bytes()),
        ("participants-votes.csv", matrix.as_bytes()),
        ("stats-history.csv", b"anything"),
    ];
    let export = read_export(directory(&files).path()).unwrap();
    assert_eq!((export.vote_events(), export.participants().len()), (4, 2));
    has(&export, "participants-votes.csv differs from votes.csv in 2 votes of 2 people: votes.csv counts.");
    has(&export, "The directory has 1 more file that Boule does not read: “stats-history.csv”.");
}

#[test]
fn the_summary_is_read_with_its_unquoted_commas() {
    let summary = "topic,Buses, trams and bikes\nurl,https://pol.is/1\nviews,3\nvoters,1\nconversation-description,\"one\n\n\"\"two\"\"\"\nmoon,full\n";
    let files = [
        ("comments.csv", SMALL.as_bytes()),
        ("votes.csv", b"comment-id,voter-id,vote\n0,1,1\n"),
        ("summary.csv", summary.as_bytes()),
    ];
    let export = read_export(directory(&files).path()).unwrap();
    assert_eq!(
        export.summary,
        Summary {
            topic: "Buses, trams and bikes".into(),
            description: "one\n\n\"two\"".into(),
            url: "https://pol.is/1".into(),
            views: Some(3),
            agree_is: None,
        }
    );
    has(&export, "summary.csv has 1 column that Boule does not know and left out: “moon”.");
    let record = fold(&events_of(&export));
    assert_eq!(record.conversation.onlookers, 2);
    assert_eq!(record.conversation.state, crate::conversation::ConversationState::Closed);
}

#[test]
fn progress_ends_with_all_bytes() {
    let files =
        [("comments.csv", SMALL.as_bytes()), ("votes.csv", b"comment-id,voter-id,vote\n0,1,1\n".as_slice())];
    let total: u64 = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    let mut last = (0, 0);
    read_export_with(directory(&files).path(), ReadOptions::default(), &mut |read, all| {
        assert!(read >= last.0 && read <= all);
        last = (read, all);
    })
    .unwrap();
    assert_eq!(last, (total, total));
}

/// Where comments.csv has no counts, the rows of the matrix tell the sign, and the log is held against it.
#[test]
fn a_log_without_counts_of_its_own_takes_the_sign_of_the_matrix_beside_it() {
    let votes = "timestamp,comment-id,voter-id,vote\n1,0,1,-1\n2,1,1,-1\n3,0,2,-1\n4,1,2,1\n";
    let matrix =
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n1,,0,2,2,0,-1,-1\n2,,0,2,1,1,-1,1\n";
    let files = [("comments.csv", SMALL), ("votes.csv", votes), ("participants-votes.csv", matrix)]
        .map(|(name, text)| (name, text.as_bytes()));
    let export = read_export(directory(&files).path()).unwrap();
    let choices: Vec<Choice> = export.votes.iter().map(|vote| vote.choice).collect();
    assert_eq!(choices, [Choice::Agree, Choice::Agree, Choice::Agree, Choice::Disagree]);
    has(
        &export,
        "The counts beside the votes say that -1 means agree in votes.csv: agree and disagree were swapped.",
    );
    // Whoever says otherwise is obeyed, and told.
    let asked = ReadOptions { agree_is: Some(AgreeSign::Plus), ..ReadOptions::default() };
    let export = read_export_with(directory(&files).path(), asked, &mut |_, _| {}).unwrap();
    has(
        &export,
        "In votes.csv, +1 is taken to mean agree, as asked, although the counts beside the votes say -1.",
    );
    // Counts of statements that were never filled in do not speak against those of people.
    let zeros = "comment-id,agrees,disagrees,moderated,comment-body\n0,0,0,1,a\n1,0,0,0,b\n";
    let files = [("comments.csv", zeros.as_bytes()), files[2]];
    let export = read_export(directory(&files).path()).unwrap();
    assert_eq!(export.votes[0].choice, Choice::Agree);
}
