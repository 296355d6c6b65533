//! A record as bytes, so that a long log need not be folded again: a cache, never the truth.
//!
//! Words that people wrote are not in it (they may be erased); whoever reads it puts them back. The same
//! record makes the same bytes. A reader that meets another version, or bytes that do not match
//! their own hash, folds the log instead.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::agenda::record::AgendaRecord;
use super::exclusion::set::Exclusion;
use super::participant::{OperationOutcome, Participant, Particulars};
use super::record::{Conversation, ConversationRecord};
use super::statement::Statement;
use crate::domain::{ChainHash, Choice, CurrentVote, ParticipantNumber, Seq, StatementNumber};

/// What a snapshot begins with: another version of the program may fold a log differently, so each version makes its own.
const MAGIC: &[u8] = concat!("boule snapshot 10 of ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();
const HASH: usize = 32;

/// Why bytes are no snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a snapshot of this version, or damaged")]
pub struct BadSnapshot;

/// Everything but the people.
#[derive(Serialize, Deserialize)]
struct SnapshotHeader {
    conversation: Conversation,
    statements: Vec<Statement>,
    seed_order: Vec<StatementNumber>,
    held_authors: BTreeSet<ParticipantNumber>,
    exclusions: Vec<Arc<Exclusion>>,
    counted_again: Vec<Vec<ParticipantNumber>>,
    agenda: Arc<AgendaRecord>,
    seq: Seq,
    head: String,
    vote_events: u64,
    votes_seq: Seq,
    next_participant: u32,
    next_statement: u32,
}

/// One person: votes and remembered operations as numbers.
#[derive(Serialize, Deserialize)]
struct Person {
    number: u32,
    /// Four times the statement, and the choice's value + 1.
    votes: Vec<u64>,
    last_vote: Option<u32>,
    /// The short name, and the vote as above, or four times the statement and 3 for a submission; times
    /// two, and 1 more for a vote that was marked as important.
    ops: Vec<(u64, u64)>,
    particulars: Option<Box<Particulars>>,
}

#[derive(Serialize, Deserialize)]
struct Body {
    /// JSON, since some of its parts are read by their names.
    head: Vec<u8>,
    people: People,
}

/// Everybody, by number; read one by one, so that they are never in memory twice.
struct People(FxHashMap<ParticipantNumber, Participant>);

impl Serialize for People {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sorted: Vec<_> = self.0.iter().collect();
        sorted.sort_unstable_by_key(|(number, _)| **number);
        serializer.collect_seq(sorted.into_iter().map(|(number, own)| Person::of(*number, own)))
    }
}

impl<'de> Deserialize<'de> for People {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PeopleVisitor)
    }
}

struct PeopleVisitor;

impl<'de> Visitor<'de> for PeopleVisitor {
    type Value = People;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("people")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<People, A::Error> {
        let mut people = FxHashMap::default();
        while let Some(person) = seq.next_element::<Person>()? {
            let (number, own) = person.into_participant().map_err(serde::de::Error::custom)?;
            people.insert(number, own);
        }
        Ok(People(people))
    }
}

impl ConversationRecord {
    /// The record as bytes.
    pub fn to_snapshot(self) -> Result<Vec<u8>, BadSnapshot> {
        let head = SnapshotHeader {
            conversation: self.conversation,
            statements: self.statements.into_values().collect(),
            seed_order: self.seed_order,
            held_authors: self.held_authors,
            exclusions: self.exclusions,
            counted_again: self.counted_again,
            agenda: self.agenda,
            seq: self.seq,
            head: self.head.to_string(),
            vote_events: self.vote_events,
            votes_seq: self.votes_seq,
            next_participant: self.next_participant,
            next_statement: self.next_statement,
        };
        let head = serde_json::to_vec(&head).map_err(|_| BadSnapshot)?;
        let body = Body { head, people: People(self.participants) };
        let mut bytes = MAGIC.to_vec();
        bytes.extend([0; HASH]);
        let mut bytes = postcard::to_extend(&body, bytes).map_err(|_| BadSnapshot)?;
        let hash = Sha256::digest(&bytes[MAGIC.len() + HASH..]);
        bytes[MAGIC.len()..MAGIC.len() + HASH].copy_from_slice(&hash);
        Ok(bytes)
    }

    /// The record that these bytes were made of, without people's words.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, BadSnapshot> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(BadSnapshot)?;
        let (hash, body) = rest.split_at_checked(HASH).ok_or(BadSnapshot)?;
        if Sha256::digest(body)[..] != *hash {
            return Err(BadSnapshot);
        }
        let body: Body = postcard::from_bytes(body).map_err(|_| BadSnapshot)?;
        let head: SnapshotHeader = serde_json::from_slice(&body.head).map_err(|_| BadSnapshot)?;
        Ok(Self {
            conversation: head.conversation,
            statements: head.statements.into_iter().map(|s| (s.number, s)).collect(),
            participants: body.people.0,
            seed_order: head.seed_order,
            held_authors: head.held_authors,
            exclusions: head.exclusions,
            counted_again: head.counted_again,
            agenda: head.agenda,
            seq: head.seq,
            head: ChainHash::parse(&head.head).ok_or(BadSnapshot)?,
            vote_events: head.vote_events,
            votes_seq: head.votes_seq,
            next_participant: head.next_participant,
            next_statement: head.next_statement,
        })
    }
}

const SUBMITTED: u64 = 3;

fn code(statement: StatementNumber, choice: Choice) -> u64 {
    4 * u64::from(statement.0) + (choice.value() + 1) as u64
}

fn statement_of(code: u64) -> Result<StatementNumber, BadSnapshot> {
    Ok(StatementNumber(u32::try_from(code / 4).map_err(|_| BadSnapshot)?))
}

fn vote_of(code: u64) -> Result<CurrentVote, BadSnapshot> {
    let choice = Choice::from_value((code % 4) as i64 - 1).ok_or(BadSnapshot)?;
    Ok(CurrentVote { statement: statement_of(code)?, choice })
}

impl Person {
    fn of(number: ParticipantNumber, participant: &Participant) -> Self {
        let op = |&(name, done): &(u64, OperationOutcome)| match done {
            OperationOutcome::Voted { statement, choice, important } => {
                (name, 2 * code(statement, choice) + u64::from(important))
            }
            OperationOutcome::Submitted(statement) => (name, 2 * (4 * u64::from(statement.0) + SUBMITTED)),
        };
        Self {
            number: number.0,
            votes: participant.votes.iter().map(|vote| code(vote.statement, vote.choice)).collect(),
            last_vote: participant.last_vote.map(|statement| statement.0),
            ops: participant.ops.iter().map(op).collect(),
            particulars: participant.particulars.clone(),
        }
    }

    fn into_participant(self) -> Result<(ParticipantNumber, Participant), BadSnapshot> {
        let op = |(name, doubled): (u64, u64)| -> Result<_, BadSnapshot> {
            let (code, important) = (doubled / 2, doubled % 2 == 1);
            let done = if code % 4 == SUBMITTED {
                OperationOutcome::Submitted(statement_of(code)?)
            } else {
                let CurrentVote { statement, choice } = vote_of(code)?;
                OperationOutcome::Voted { statement, choice, important }
            };
            Ok((name, done))
        };
        let participant = Participant {
            votes: self.votes.into_iter().map(vote_of).collect::<Result<_, _>>()?,
            last_vote: self.last_vote.map(StatementNumber),
            ops: self.ops.into_iter().map(op).collect::<Result<_, _>>()?,
            particulars: self.particulars,
        };
        Ok((ParticipantNumber(self.number), participant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{
        Brief, ConversationCreated, ConversationOpened, Event, NewEvent, ParticipantJoined, RecordedActor,
        Schedule, StatementModerated, StatementSubmitted, Tier, VoteCast,
    };
    use crate::domain::{
        ConversationId, Moderation, OperationId, PersonalText, Slug, StaffNumber, Timestamp,
    };

    fn log() -> Vec<NewEvent> {
        let words = |text: &str| PersonalText::new(text, [3; 16]);
        let submitted = |statement: u32, author: Option<u32>, op: Option<&str>| StatementSubmitted {
            author: author.map(ParticipantNumber),
            seed: author.is_none(),
            op: op.and_then(OperationId::parse),
            ..StatementSubmitted::new(StatementNumber(statement), words(&format!("statement {statement}")))
        };
        let brief = Brief { question: "q".into(), organiser: "o".into(), ..Brief::default() };
        let created = ConversationCreated::new(Slug::parse("c").unwrap(), &brief, &mut || [3; 16]).unwrap();
        let opened = ConversationOpened {
            promise: words(""),
            policy: vec![words("No adverts")],
            terms: Default::default(),
            schedule: Schedule::default(),
        };
        let staff = RecordedActor::Staff(StaffNumber(1));
        let invited =
            ParticipantJoined { tier: Tier::Invited, ..ParticipantJoined::new(ParticipantNumber(7)) };
        let accepted =
            StatementModerated { statement: StatementNumber(9), to: Moderation::Accepted, rule: None };
        let mut log = vec![
            NewEvent::new(staff, ConversationCreated { onlookers: 2, ..created }),
            NewEvent::new(staff, opened),
            NewEvent::new(staff, submitted(0, None, None)),
            NewEvent::new(RecordedActor::System, ParticipantJoined::new(ParticipantNumber(0))),
            NewEvent::new(RecordedActor::System, invited),
            NewEvent::new(
                RecordedActor::Participant(ParticipantNumber(7)),
                submitted(9, Some(7), Some("s-1")),
            ),
            NewEvent::new(staff, accepted),
        ];
        for (n, choice) in Choice::ALL.into_iter().cycle().take(150).enumerate() {
            let (participant, statement) = (7 * (n as u32 % 2), 9 * (n as u32 / 2 % 2));
            let vote = VoteCast {
                op: OperationId::parse(&format!("v-{n}")),
                important: n % 5 == 0,
                ..VoteCast::new(ParticipantNumber(participant), StatementNumber(statement), choice)
            };
            log.push(NewEvent::new(vote.by(), vote));
        }
        log
    }

    fn event(n: usize, what: NewEvent) -> Event {
        Event { seq: Seq(n as u64 + 1), at: Timestamp(5), what, hash: ChainHash([n as u8; 32]) }
    }

    #[test]
    fn a_record_comes_back_and_goes_on_as_if_it_had_never_been_away() {
        let id = ConversationId::from_random([1; 8]);
        let events: Vec<Event> = log().into_iter().enumerate().map(|(n, what)| event(n, what)).collect();
        let (first, rest) = events.split_at(100);
        let whole = ConversationRecord::fold(id, events.clone()).unwrap().unwrap();
        let half = ConversationRecord::fold(id, first.to_vec()).unwrap().unwrap();
        let bytes = half.clone().to_snapshot().unwrap();
        let mut restored = ConversationRecord::from_snapshot(&bytes).unwrap();
        assert_eq!(restored.clone().to_snapshot().unwrap(), bytes);
        assert!(restored.words_mut().all(|text| text.text().is_empty()), "words are not in it");
        rest.iter().for_each(|event| restored.apply(event.clone()).unwrap());
        assert_eq!(restored.to_snapshot().unwrap(), whole.to_snapshot().unwrap());
        let (op, own) = (OperationId::parse("s-1").unwrap(), &half.participants[&ParticipantNumber(7)]);
        assert_eq!(own.done(&op), Some(OperationOutcome::Submitted(StatementNumber(9))));
        assert_eq!(own.particulars().map(|own| own.tier), Some(Tier::Invited));
    }

    #[test]
    fn bytes_that_are_damaged_or_of_another_version_are_refused() {
        let id = ConversationId::from_random([1; 8]);
        let events = log().into_iter().enumerate().map(|(n, what)| event(n, what));
        let bytes = ConversationRecord::fold(id, events).unwrap().unwrap().to_snapshot().unwrap();
        for at in (0..bytes.len()).step_by(7) {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert!(ConversationRecord::from_snapshot(&bad).is_err(), "byte {at}");
        }
        for end in [0, 5, MAGIC.len(), MAGIC.len() + 31, bytes.len() - 1] {
            assert!(ConversationRecord::from_snapshot(&bytes[..end]).is_err(), "{end} bytes");
        }
    }
}
