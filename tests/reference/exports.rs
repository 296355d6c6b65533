//! The six public Polis exports: what is known of them must hold after an import, and an export of
//! each must come back byte by byte.

#![allow(clippy::unwrap_used, reason = "a test ends by panicking")]

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use boule::conversation::{ConversationRecord, Event};
use boule::domain::{ChainHash, Choice, ConversationId, ParticipantNumber, Seq, Slug, Timestamp};
use boule::exchange::polis::{self, Note, PolisExport};
use boule::opinion::Votes;

/// What OPINION.md (Part C) says of one export.
struct Facts {
    name: &'static str,
    participants: usize,
    statements: usize,
    rows: usize,
    votes: usize,
    events: usize,
    /// Agree, pass, disagree.
    choices: Option<[usize; 3]>,
}

/// `rows` counts the lines of comments.csv; London and biodiversity have statements without a vote.
/// Events that Part C does not give were counted with another CSV reader.
const EXPORTS: [Facts; 6] = [
    Facts {
        name: "15-per-hour-seattle",
        participants: 339,
        statements: 54,
        rows: 54,
        votes: 2_872,
        events: 2_995,
        choices: Some([1358, 592, 922]),
    },
    Facts {
        name: "vtaiwan.uberx",
        participants: 1_921,
        statements: 197,
        rows: 197,
        votes: 49_443,
        events: 49_997,
        choices: Some([31029, 6520, 11894]),
    },
    Facts {
        name: "american-assembly.bowling-green",
        participants: 2_031,
        statements: 896,
        rows: 896,
        votes: 225_524,
        events: 225_524,
        choices: Some([109752, 77125, 38647]),
    },
    Facts {
        name: "scoop-hivemind.biodiversity",
        participants: 536,
        statements: 314,
        rows: 316,
        votes: 29_719,
        events: 29_802,
        choices: None,
    },
    Facts {
        name: "london.youth.policing",
        participants: 26,
        statements: 36,
        rows: 39,
        votes: 638,
        events: 640,
        choices: None,
    },
    Facts {
        name: "football-concussions",
        participants: 1_487,
        statements: 298,
        rows: 298,
        votes: 14_328,
        events: 14_924,
        choices: None,
    },
];

fn for_each_export(check: impl Fn(&Facts, &Path) + Sync) {
    let Some(data) = crate::data_dir() else {
        eprintln!("SKIPPED: the Polis exports are not here");
        return;
    };
    let (check, data) = (&check, &data);
    // Side by side: without optimisation, the largest takes some seconds.
    std::thread::scope(|scope| {
        for facts in &EXPORTS {
            scope.spawn(move || check(facts, &data.join("polis").join(facts.name)));
        }
    });
}

#[test]
fn the_facts_of_the_six_exports_hold_and_the_log_gives_their_matrix() {
    for_each_export(|facts, dir| {
        let export = polis::read_export(dir).unwrap();
        let votes = export.votes();
        let cells = || votes.participants.iter().flat_map(|person| &person.votes);
        let voted: BTreeSet<_> = cells().map(|(statement, _)| *statement).collect();
        let name = facts.name;
        assert_eq!(votes.participants.len(), facts.participants, "participants of {name}");
        assert_eq!(voted.len(), facts.statements, "statements with a vote of {name}");
        assert_eq!(export.statements.len(), facts.rows, "statements of {name}");
        assert_eq!(cells().count(), facts.votes, "current votes of {name}");
        assert_eq!(export.vote_events(), facts.events, "vote events of {name}");
        if let Some(expected) = facts.choices {
            let of = |choice| cells().filter(|(_, found)| *found == choice).count();
            assert_eq!(
                [Choice::Agree, Choice::Pass, Choice::Disagree].map(of),
                expected,
                "choices of {name}"
            );
        }
        assert_same_matrix(&export, &votes, dir);
    });
}

/// Two of the files are Polis's own, byte by byte. (London's has a column of external ids, which are
/// left out; and dates in votes.csv and totals in comments.csv differ on purpose.)
fn assert_as_polis_wrote_it(ours: &Path, theirs: &Path) {
    for file in ["summary.csv", "participants-votes.csv"] {
        let [ours, theirs] = [ours, theirs].map(|dir| std::fs::read_to_string(dir.join(file)).unwrap());
        assert!(ours == theirs || theirs.starts_with("participant,xid,"), "{file} is not as Polis wrote it");
    }
}

/// The rows of participants-votes.csv stand in the order from which clustering starts, and its cells
/// are the latest events of votes.csv.
fn assert_same_matrix(export: &PolisExport, votes: &Votes, dir: &Path) {
    let differ = export.notes.iter().any(|note| matches!(note, Note::VotesDiffer { .. }));
    assert!(!differ, "{}: {:?}", dir.display(), export.notes);
    let matrix = std::fs::read_to_string(dir.join("participants-votes.csv")).unwrap();
    let rows = matrix.lines().skip(1).map(|line| line.split(',').next().unwrap().parse().unwrap());
    let expected: Vec<u32> = rows.collect();
    let found: Vec<u32> = votes.participants.iter().map(|person| person.number.0).collect();
    assert_eq!(found, expected, "rows of {}", dir.display());
}

#[test]
fn each_export_comes_back_byte_by_byte() {
    for_each_export(|facts, dir| {
        let original = polis::read_export(dir).unwrap();
        let groups = original.groups.clone().into_iter().collect();
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(first.path(), &original, &groups);
        assert_as_polis_wrote_it(first.path(), dir);
        let again = polis::read_export(first.path()).unwrap();
        let expected = |note: &&Note| matches!(note, Note::NoMoment { .. } | Note::Undecided { .. });
        assert!(again.notes.iter().all(|note| expected(&note)), "{}: {:?}", facts.name, again.notes);
        assert_eq!(again.statements, original.statements, "{}", facts.name);
        assert_eq!(again.votes(), original.votes(), "{}", facts.name);
        assert_eq!(again.summary, original.summary);
        assert_eq!(again.groups, original.groups);
        write(second.path(), &again, &groups);
        for file in ["comments.csv", "votes.csv", "participants-votes.csv", "summary.csv"] {
            let read = |dir: &Path| std::fs::read(dir.join(file)).unwrap();
            assert!(read(first.path()) == read(second.path()), "{file} of {}", facts.name);
        }
    });
}

fn write(out: &Path, export: &PolisExport, groups: &HashMap<ParticipantNumber, u32>) {
    let bodies = polis::to_events(export, &Slug::parse("imported").unwrap(), &mut || [7; 16]);
    let numbered = |(seq, what)| Event { seq: Seq(seq), at: Timestamp(0), what, hash: ChainHash([0; 32]) };
    let events: Vec<Event> = (1..).zip(bodies).map(numbered).collect();
    let id = ConversationId::from_random([1; 8]);
    let record = ConversationRecord::fold(id, events.iter().cloned()).unwrap().unwrap();
    polis::write_export(out, &record, &polis::vote_log(events.iter()), groups).unwrap();
}
