//! Which vote counts: revotes, equal moments, unknown moments.

use super::*;

const COMMENTS: &str = "comment-id,moderated,comment-body\n0,1,a\n1,0,b\n";

fn current(votes: &str) -> Vec<(u32, u32, i8)> {
    let export = import(COMMENTS, &format!("timestamp,comment-id,voter-id,vote\n{votes}"));
    let record = fold(&events_of(&export));
    let mut found = Vec::new();
    for person in export.votes().participants {
        for (statement, choice) in person.votes {
            // The log that is made of the import must come to the same.
            assert_eq!(record.participants[&person.number].votes.on(statement), Some(choice), "{votes}");
            found.push((person.number.0, statement.0, choice.value()));
        }
    }
    found
}

#[test]
fn the_latest_moment_counts_wherever_it_stands_in_the_file() {
    assert_eq!(current("1403054214200,0,1,-1\n1403054214100,0,1,1\n"), [(1, 0, -1)]);
    assert_eq!(current("1403054214100,0,1,1\n1403054214200,0,1,-1\n"), [(1, 0, -1)]);
}

#[test]
fn at_the_same_moment_the_later_line_counts() {
    assert_eq!(current("1403054214100,0,1,1\n1403054214100,0,1,0\n"), [(1, 0, 0)]);
    assert_eq!(current("1403054214100,0,1,0\n1403054214100,0,1,1\n"), [(1, 0, 1)]);
}

#[test]
fn an_unknown_moment_stays_behind_the_line_before_it() {
    assert_eq!(current(",0,1,1\n,0,1,-1\n"), [(1, 0, -1)]);
    assert_eq!(current(",0,1,1\n1403054214100,0,1,-1\n"), [(1, 0, -1)]);
    assert_eq!(current("1403054214100,0,1,-1\n,0,1,1\n"), [(1, 0, 1)]);
    // Behind the older one, so that the newer one still counts.
    assert_eq!(current("1403054214100,0,1,-1\n,0,1,0\n1403054214200,0,1,1\n"), [(1, 0, 1)]);
    assert_eq!(current("1403054214200,0,1,1\n1403054214100,0,1,-1\n,0,1,0\n"), [(1, 0, 1)]);
}

#[test]
fn people_stand_in_the_order_of_statement_then_number() {
    let votes = "1403054214100,1,3,1\n1403054214101,0,9,1\n1403054214102,0,4,1\n1403054214103,1,9,0\n";
    assert_eq!(current(votes), [(4, 0, 1), (9, 0, 1), (9, 1, 0), (3, 1, 1)]);
}

#[test]
fn the_log_of_an_import_is_in_the_order_of_time_and_the_untimed_come_last() {
    let votes =
        "timestamp,comment-id,voter-id,vote\n,1,3,1\n1403054214300,0,9,1\n1403054214100,1,2,1\n,0,1,1\n";
    let export = import(COMMENTS, votes);
    let events = events_of(&export);
    let voters: Vec<u32> = vote_log(events.iter()).iter().map(|vote| vote.participant.0).collect();
    assert_eq!(voters, [2, 9, 3, 1]);
    let kinds: Vec<&str> = events.iter().map(|event| event.what.body.kind()).collect();
    assert_eq!(
        kinds,
        [
            "conversation_created",
            "participant_joined",
            "participant_joined",
            "participant_joined",
            "participant_joined",
            "statement_submitted",
            "statement_moderated",
            "statement_submitted",
            "vote_cast",
            "vote_cast",
            "vote_cast",
            "vote_cast",
            "conversation_opened",
            "conversation_closed",
        ]
    );
}

#[test]
fn pending_statements_were_shown_if_others_than_their_authors_voted_on_half_of_them() {
    use crate::domain::ModerationRule::{After, Before};
    let comments =
        "comment-id,author-id,moderated,comment-body\n0,7,1,a\n1,5,0,b\n2,5,0,c\n3,,0,d\n4,5,0,e\n";
    for (votes, rule) in [
        ("0,1,1\n", Before),
        // The author's own agreement, and somebody's who may be the author, are no evidence.
        ("1,5,1\n2,5,1\n3,9,1\n", Before),
        ("1,5,1\n1,6,1\n", Before),
        ("1,6,1\n2,6,-1\n", After),
        ("1,6,1\n3,8,0\n3,9,1\n", After),
    ] {
        let export = import(comments, &format!("comment-id,voter-id,vote\n{votes}"));
        let record = fold(&events_of(&export));
        assert_eq!(record.conversation.settings.moderation, rule, "{votes}");
        let note = export.notes.iter().find(|note| matches!(note, Note::Undecided { .. })).unwrap();
        let wait = if rule == Before { "they wait" } else { "they are shown" };
        assert!(note.to_string().contains("4 statements are neither accepted nor rejected"), "{note}");
        assert!(note.to_string().contains(wait), "{note}");
    }
}
