//! What was exported and imported is exported the same, byte by byte.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::conversation::Source;
use crate::domain::PersonalText;

/// Exports events, imports the files and exports them again; gives both sets of files.
fn there_and_back(events: &[Event], groups: &HashMap<ParticipantNumber, u32>) -> [Vec<(String, String)>; 2] {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let record = fold(events);
    write_export(first.path(), &record, &vote_log(events.iter()), groups).unwrap();
    let export = read_export(first.path()).unwrap();
    let expected = |note: &Note| {
        matches!(
            note,
            Note::NoMoment { .. } | Note::Undecided { .. } | Note::SignUnchecked { said: false, .. }
        )
    };
    let quiet = export.notes.iter().all(expected);
    assert!(quiet, "our own export is odd: {:#?}", export.notes);
    let again = events_of(&export);
    let placed = export.groups.into_iter().chain(groups.iter().map(|(p, g)| (*p, *g))).collect();
    write_export(second.path(), &fold(&again), &vote_log(again.iter()), &placed).unwrap();
    [written(first.path()), written(second.path())]
}

fn text(words: &str) -> PersonalText {
    PersonalText::new(words, [3; 16])
}

/// Words with everything that CSV trips over.
fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[ab\",\r\n =+é-]{0,12}", "[^\u{0}]{0,20}"]
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![
        Just(Source::Live),
        Just(Source::ImportUntimed),
        (0i64..4_000_000_000_000).prop_map(Source::ImportAtMs),
        (1_000_000i64..1_000_004).prop_map(Source::ImportAtMs),
    ]
}

prop_compose! {
    fn statement()(
        number in 0u32..2000,
        author in proptest::option::of(0u32..6),
        words in words(),
        flags in any::<(bool, bool)>(),
        to in prop_oneof![Just(Moderation::Pending), Just(Moderation::Accepted), Just(Moderation::Rejected)],
        source in source(),
    ) -> (StatementNumber, Vec<EventBody>) {
        let statement = StatementNumber(number);
        let author = author.map(ParticipantNumber);
        let (seed, meta) = flags;
        let submitted = StatementSubmitted {
            author, seed, meta, source, ..StatementSubmitted::new(statement, text(&words))
        };
        (statement, vec![submitted.into(), StatementModerated { statement, to, rule: None }.into()])
    }
}

prop_compose! {
    fn conversation()(
        topic in "[^\u{0}]{1,20}",
        description in words(),
        url in "[a-z,:/\"]{0,12}",
        onlookers in 0u32..50,
        statements in prop::collection::vec(statement(), 0..6),
        votes in prop::collection::vec((0u32..6, any::<prop::sample::Index>(), -1i64..=1, source()), 0..60),
        marked in prop::collection::vec(any::<bool>(), 60),
        clock in prop::collection::vec(0i64..5_000_000, 120),
        late in any::<bool>(),
    ) -> Vec<Event> {
        let start = if late { 1_900_000_000_000_000 } else { 0 };
        let question = ConversationText::plain(&topic, &description, &mut || [3; 16]);
        let mut bodies = vec![created(question, &url, onlookers)];
        bodies.extend((0..6).map(|number| ParticipantJoined::new(ParticipantNumber(number)).into()));
        let statements: HashMap<StatementNumber, Vec<EventBody>> = statements.into_iter().collect();
        let numbers: Vec<StatementNumber> = statements.keys().copied().collect();
        bodies.extend(statements.into_values().flatten());
        for ((voter, at, choice, source), important) in votes.iter().zip(marked).filter(|_| !numbers.is_empty()) {
            let (participant, choice) = (ParticipantNumber(*voter), Choice::from_value(*choice).unwrap());
            let vote = VoteCast::new(participant, *at.get(&numbers), choice);
            bodies.push(VoteCast { source: *source, important, ..vote }.into());
        }
        // The server's clock jumps: only the order of the log counts.
        let mut events = in_sequence(by_system(bodies));
        for (event, clock) in events.iter_mut().zip(clock) {
            event.at = Timestamp(start + clock);
        }
        events
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_conversation_comes_back_the_same(events in conversation(), grouped in 0u32..6) {
        let groups = (0..grouped).map(|number| (ParticipantNumber(number), number % 3)).collect();
        let [first, second] = there_and_back(&events, &groups);
        prop_assert_eq!(first, second);
    }

    #[test]
    fn no_file_makes_the_reader_panic(
        comments in "(comment-id,moderated,comment-body\n)?[0-9,\"\r\n\u{feff}-]{0,40}",
        votes in "(comment-id,voter-id,vote\n)?[0-9,\"\r\n-]{0,40}",
        matrix in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let dir = directory(&[("comments.csv", comments.as_bytes()), ("votes.csv", votes.as_bytes())]);
        let _ = read_export(dir.path());
        std::fs::write(dir.path().join("participants-votes.csv"), matrix).unwrap();
        let _ = read_export(dir.path());
    }
}

#[test]
fn the_files_are_those_of_the_old_exporter() {
    let comments = "timestamp,comment-id,author-id,moderated,comment-body\n1403054214196,2,1,1,\"=1+1, \"\"all\"\"\"\n,0,,0,plain\n";
    let votes = "timestamp,comment-id,voter-id,vote\n1403054214196,2,1,1\n1403054214197,2,1,-1\n,2,0,0\n";
    let events = events_of(&import(comments, votes));
    let dir = tempfile::tempdir().unwrap();
    let mut record = fold(&events);
    record.conversation.text.question = text("Why?");
    let groups = HashMap::from([(ParticipantNumber(1), 4)]);
    write_export(dir.path(), &record, &vote_log(events.iter()), &groups).unwrap();
    let mut files = written(dir.path());
    let readme = files.remove(0);
    assert!(readme.0 == "README.txt" && readme.1.contains("participants-votes.csv"), "{readme:?}");
    let expected = [
        (
            "comments.csv",
            "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body,is-meta,is-seed\n\
            ,,0,,0,0,0,plain,false,false\n\
            1403054214196,Wed Jun 18 01:16:54 UTC 2014,2,1,0,1,1,\"=1+1, \"\"all\"\"\",false,false\n",
        ),
        (
            "participants-votes.csv",
            "participant,group-id,n-comments,n-votes,n-agree,n-disagree,2\n0,,0,1,0,0,0\n1,4,1,1,0,1,-1\n",
        ),
        (
            "summary.csv",
            "topic,Why?\nurl,\nviews,2\nvoters,2\nvoters-in-conv,2\ncommenters,1\ncomments,1\ngroups,1\nconversation-description,\n",
        ),
        (
            "votes.csv",
            "timestamp,datetime,comment-id,voter-id,vote\n,,2,0,0\n\
            1403054214196,Wed Jun 18 01:16:54 UTC 2014,2,1,1\n1403054214197,Wed Jun 18 01:16:54 UTC 2014,2,1,-1\n",
        ),
    ];
    for ((name, found), (expected_name, expected)) in files.iter().zip(expected) {
        assert_eq!((name.as_str(), found.as_str()), (expected_name, expected));
    }
}

#[test]
fn rows_stand_in_the_order_from_which_clustering_starts() {
    let comments = "comment-id,moderated,comment-body\n5,1,a\n4,1,b\n";
    let events = events_of(&import(comments, "comment-id,voter-id,vote\n5,1,1\n4,9,1\n4,8,0\n5,9,-1\n"));
    let dir = tempfile::tempdir().unwrap();
    write_export(dir.path(), &fold(&events), &vote_log(events.iter()), &HashMap::new()).unwrap();
    let matrix = std::fs::read_to_string(dir.path().join("participants-votes.csv")).unwrap();
    assert!(matrix.ends_with("n-disagree,4,5\n8,,0,1,0,0,0,\n9,,0,2,1,1,1,-1\n1,,0,1,1,0,,1\n"), "{matrix}");
}

#[test]
fn an_export_is_never_written_over_another() {
    let record =
        fold(&events_of(&import("comment-id,moderated,comment-body\n", "comment-id,voter-id,vote\n")));
    let dir = directory(&[("summary.csv", b"mine")]);
    let error = write_export(dir.path(), &record, &[], &HashMap::new()).unwrap_err();
    assert!(matches!(&error, ExportError::Exists(file) if file.ends_with("summary.csv")), "{error}");
    assert_eq!(written(dir.path()), [("summary.csv".to_owned(), "mine".to_owned())]);
}
