//! What was sent and what was answered, and whether the server's log agrees.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use boule::conversation::{EventBody, VoteCast};
use boule::domain::{Choice, ConversationId, ParticipantNumber, Seq};
use boule::store::{Store, StoreError};

/// Rows of the log that are read at once.
const PAGE: u32 = 20_000;

/// What became of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// Sent, and nothing was heard of it: the log may have it or not.
    Unanswered,
    Acked,
    Refused,
}

/// One vote that was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct SentVote {
    pub statement: u32,
    pub choice: Choice,
    pub fate: Fate,
    /// From when it was due until its ack.
    pub latency: Duration,
    /// When it was sent.
    pub cast: Instant,
    /// The position in the log that the ack named.
    pub seq: u64,
    /// Whether it belongs to the measurement, and not to what was done before it.
    pub measured: bool,
}

/// Everything that one socket (or one worker that plays newcomers) sent.
#[derive(Debug)]
pub(super) struct Ledger {
    /// `s` for voters, `n` for newcomers: all its operations are votes of one person only with `s`.
    pub kind: char,
    pub owner: usize,
    pub sent: Vec<SentVote>,
}

impl Ledger {
    pub fn new(kind: char, owner: usize) -> Self {
        Self { kind, owner, sent: Vec::new() }
    }

    /// Notes a vote that is about to be sent, and names it.
    pub fn note(&mut self, statement: u32, choice: Choice, measured: bool) -> String {
        let name = format!("{}{}-{}", self.kind, self.owner, self.sent.len());
        let (latency, fate) = (Duration::ZERO, Fate::Unanswered);
        let cast = Instant::now();
        self.sent.push(SentVote { statement, choice, fate, latency, cast, seq: 0, measured });
        name
    }

    /// The vote that was sent last was answered.
    pub fn answered(&mut self, fate: Fate, seq: u64, latency: Duration) {
        if let Some(sent) = self.sent.last_mut() {
            (sent.fate, sent.seq, sent.latency) = (fate, seq, latency);
        }
    }
}

/// Whether the log has what was acknowledged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub(super) struct Verdict {
    /// Votes that were acknowledged, those before the measurement included.
    pub acked_in_all: u64,
    /// Acknowledged, and not in the log.
    pub lost: u64,
    /// In the log more than once.
    pub duplicated: u64,
    /// In the log as another vote, as another's, or behind the place that the ack named.
    pub wrong: u64,
    /// Without an answer, and in the log.
    pub unanswered_stored: u64,
    /// Refused, and in the log all the same.
    pub refused_stored: u64,
}

impl Verdict {
    /// Whether the server kept its word.
    pub fn is_good(&self) -> bool {
        (self.lost, self.duplicated, self.wrong, self.refused_stored) == (0, 0, 0, 0)
    }
}

/// A vote as the log has it.
struct StoredVote {
    seq: Seq,
    participant: ParticipantNumber,
    statement: u32,
    choice: Choice,
    times: u32,
}

/// Reads the conversation's log and holds every ledger against it.
pub(super) async fn verify(
    store: &Store,
    conversation: ConversationId,
    ledgers: &[Ledger],
) -> Result<Verdict, StoreError> {
    let mut log: HashMap<String, StoredVote> = HashMap::new();
    let mut after = Seq(0);
    loop {
        let rows = store.stored_events(conversation, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in rows.iter().filter(|row| row.kind == "vote_cast") {
            let seq = row.seq;
            let EventBody::VoteCast(vote) = row.parse()?.what.body else { continue };
            let VoteCast { participant, statement, choice, op: Some(op), .. } = vote else { continue };
            let stored = StoredVote { seq, participant, statement: statement.0, choice, times: 0 };
            log.entry(op.as_str().to_owned()).or_insert(stored).times += 1;
        }
    }
    Ok(judge(&log, ledgers))
}

fn judge(log: &HashMap<String, StoredVote>, ledgers: &[Ledger]) -> Verdict {
    let mut verdict = Verdict::default();
    for ledger in ledgers {
        let mut person = None;
        for (index, sent) in ledger.sent.iter().enumerate() {
            let stored = log.get(&format!("{}{}-{index}", ledger.kind, ledger.owner));
            verdict.acked_in_all += u64::from(sent.fate == Fate::Acked);
            let Some(stored) = stored else {
                verdict.lost += u64::from(sent.fate == Fate::Acked);
                continue;
            };
            let same_person =
                ledger.kind != 's' || *person.get_or_insert(stored.participant) == stored.participant;
            let same_vote = stored.statement == sent.statement && stored.choice == sent.choice;
            let in_time = sent.fate != Fate::Acked || stored.seq.0 <= sent.seq;
            verdict.wrong += u64::from(!(same_person && same_vote && in_time));
            verdict.duplicated += u64::from(stored.times > 1);
            verdict.unanswered_stored += u64::from(sent.fate == Fate::Unanswered);
            verdict.refused_stored += u64::from(sent.fate == Fate::Refused);
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(entries: &[(&str, u32, u64, u32)]) -> HashMap<String, StoredVote> {
        let stored = |&(op, statement, seq, times): &(&str, u32, u64, u32)| {
            let participant = ParticipantNumber(0);
            (
                op.to_owned(),
                StoredVote { seq: Seq(seq), participant, statement, choice: Choice::Agree, times },
            )
        };
        entries.iter().map(stored).collect()
    }

    #[test]
    fn what_is_lost_twice_there_or_another_vote_is_found() {
        let mut ledger = Ledger::new('s', 4);
        for (statement, fate) in
            [(1, Fate::Acked), (2, Fate::Acked), (3, Fate::Acked), (4, Fate::Refused), (5, Fate::Unanswered)]
        {
            ledger.note(statement, Choice::Agree, true);
            ledger.answered(fate, 10, Duration::ZERO);
        }
        let ledgers = [ledger];
        let good = [("s4-0", 1, 8, 1), ("s4-1", 2, 9, 1), ("s4-2", 3, 10, 1)];
        assert!(judge(&log(&good), &ledgers).is_good());
        assert_eq!(judge(&log(&good[..2]), &ledgers).lost, 1);
        let twice = [("s4-0", 1, 8, 2), ("s4-1", 2, 9, 1), ("s4-2", 7, 10, 1), ("s4-3", 4, 11, 1)];
        let verdict = judge(&log(&twice), &ledgers);
        assert_eq!((verdict.lost, verdict.duplicated, verdict.wrong), (0, 1, 1));
        assert_eq!((verdict.refused_stored, verdict.unanswered_stored), (1, 0));
        let early = [("s4-0", 1, 11, 1), ("s4-1", 2, 9, 1), ("s4-2", 3, 10, 1), ("s4-4", 5, 12, 1)];
        let verdict = judge(&log(&early), &ledgers);
        assert_eq!(
            (verdict.wrong, verdict.unanswered_stored),
            (1, 1),
            "an ack named a in_time before its vote"
        );
    }
}
