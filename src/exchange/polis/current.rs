//! The five files of a current Polis, for programs that read its exports and refuse what they do not
//! know: no columns of ours, no empty numbers, times in seconds.
//!
//! Where Polis has something that we have not, something is written in its place, and
//! docs/OPERATIONS.md says what: the organiser's statements have an author of their own, and votes of
//! an unknown time have the time at which they were imported. Invariant: of two votes of one person on
//! one statement the later has the later second, whatever the clock said.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};
use std::path::Path;

use jiff::Timestamp;

use super::comments;
use super::error::ExportError;
use super::events::vote_log;
use super::write::{RowWriter, group_ids, into_files, table, voters};
use super::{ImportedVote, order};
use crate::conversation::{ConversationRecord, Event, EventBody};
use crate::domain::{Choice, ParticipantNumber, StatementNumber, Tally};
use crate::opinion::OpinionMap;

const SUMMARY: &str = "summary.csv";
const COMMENTS: &str = "comments.csv";
const VOTES: &str = "votes.csv";
const MATRIX: &str = "participant-votes.csv";
const GROUPS: &str = "comment-groups.csv";

/// Writes the five files into a directory, which is made if it is not there and must not hold any of
/// them. `map` is the one that people see, by its letters.
pub fn write_current(
    out: &Path,
    record: &ConversationRecord,
    events: &[Event],
    map: &OpinionMap,
) -> Result<(), ExportError> {
    let export = CurrentExport::new(record, events, map);
    into_files(out, &[SUMMARY, COMMENTS, VOTES, MATRIX, GROUPS], |file, created| {
        table(created, |rows| match file {
            SUMMARY => export.summary(rows),
            COMMENTS => export.comments(rows),
            VOTES => export.votes(rows),
            MATRIX => export.matrix(rows),
            _ => export.groups(rows),
        })
    })
}

struct CurrentExport<'a> {
    record: &'a ConversationRecord,
    /// Votes with their seconds.
    log: Vec<(ImportedVote, i64)>,
    /// When each statement was submitted, or imported.
    submitted: BTreeMap<StatementNumber, i64>,
    /// The author of the organiser's statements, whom nobody else has for a number.
    organiser: ParticipantNumber,
    /// Letters in order, and the map's groups that have them.
    letters: Vec<(String, usize)>,
    /// Everybody's group, 0 for the first letter.
    ids: HashMap<ParticipantNumber, u32>,
    map: &'a OpinionMap,
}

impl<'a> CurrentExport<'a> {
    fn new(record: &'a ConversationRecord, events: &[Event], map: &'a OpinionMap) -> Self {
        let mut submitted = BTreeMap::new();
        for event in events {
            if let EventBody::StatementSubmitted(new) = &event.what.body {
                let at_ms = new.source.moment_ms(event.at).unwrap_or(event.at.as_ms());
                submitted.insert(new.statement, at_ms.div_euclid(1000));
            }
        }
        // Votes of an unknown time were brought in with the conversation.
        let imported_ms = events.first().map(|first| first.at.as_ms());
        let mut log = vote_log(events.iter());
        log.iter_mut().for_each(|vote| vote.at_ms = vote.at_ms.or(imported_ms));
        let mut letters: Vec<(String, usize)> =
            map.groups.iter().enumerate().map(|(at, group)| (group.label.clone(), at)).collect();
        letters.sort();
        let organiser = record.next_participant();
        let (log, ids) = (by_second(&log), group_ids(map));
        Self { record, log, submitted, organiser, letters, ids, map }
    }

    fn summary<W: Write>(&self, rows: &mut RowWriter<W>) -> io::Result<()> {
        let conversation = &self.record.conversation;
        let authors: BTreeSet<_> = self.record.kept().map(|s| self.author(s.author)).collect();
        let shown = |n: usize| n.to_string();
        let voters = self.record.participants.values().filter(|own| !own.votes.is_empty()).count();
        rows.write(["topic", conversation.text.question.text()])?;
        rows.write(["url", conversation.source_url.as_str()])?;
        rows.write(["voters", &shown(voters)])?;
        rows.write(["voters-in-conv", &shown(self.map.counts.placed as usize)])?;
        rows.write(["commenters", &shown(authors.len())])?;
        rows.write(["comments", &shown(self.record.kept().count())])?;
        rows.write(["groups", &shown(self.letters.len())])?;
        rows.write(["conversation-description", conversation.text.description.text()])
    }

    fn comments<W: Write>(&self, rows: &mut RowWriter<W>) -> io::Result<()> {
        rows.write(&comments::COLUMNS[..8])?;
        for statement in self.record.kept() {
            let second = self.submitted.get(&statement.number).copied().unwrap_or_default();
            rows.write([
                second.to_string(),
                datetime(second),
                statement.number.to_string(),
                self.author(statement.author).to_string(),
                statement.tally.agree.to_string(),
                statement.tally.disagree.to_string(),
                statement.moderation.polis().to_string(),
                statement.text.text().to_owned(),
            ])?;
        }
        Ok(())
    }

    fn votes<W: Write>(&self, rows: &mut RowWriter<W>) -> io::Result<()> {
        rows.write(["timestamp", "datetime", "comment-id", "voter-id", "vote"])?;
        for (vote, second) in &self.log {
            rows.write([
                second.to_string(),
                datetime(*second),
                vote.statement.to_string(),
                vote.participant.to_string(),
                vote.choice.value().to_string(),
            ])?;
        }
        Ok(())
    }

    fn matrix<W: Write>(&self, rows: &mut RowWriter<W>) -> io::Result<()> {
        let statements: Vec<StatementNumber> = self.record.kept().map(|statement| statement.number).collect();
        let names = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];
        let columns = statements.iter().map(ToString::to_string);
        rows.write(names.into_iter().map(str::to_owned).chain(columns))?;
        let mut people = voters(self.record);
        people.sort_by_key(|(number, _)| *number);
        let mut authored: BTreeMap<ParticipantNumber, usize> = BTreeMap::new();
        for author in self.record.kept().filter_map(|statement| statement.author) {
            *authored.entry(author).or_default() += 1;
        }
        for (number, own) in people {
            let of = |choice| own.votes.iter().filter(|vote| vote.choice == choice).count().to_string();
            let head = [
                number.to_string(),
                self.ids.get(&number).map_or(String::new(), ToString::to_string),
                authored.get(&number).copied().unwrap_or(0).to_string(),
                own.votes.len().to_string(),
                of(Choice::Agree),
                of(Choice::Disagree),
            ];
            let cell = |statement: &StatementNumber| {
                own.votes.on(*statement).map_or(String::new(), |choice| choice.value().to_string())
            };
            rows.write(head.into_iter().chain(statements.iter().map(cell)))?;
        }
        Ok(())
    }

    /// Totals are sums over groups, as Polis has them: people in no group are not in them.
    fn groups<W: Write>(&self, rows: &mut RowWriter<W>) -> io::Result<()> {
        let words = ["votes", "agrees", "disagrees", "passes"];
        let mut header = vec!["comment-id".to_owned(), "comment".to_owned()];
        header.extend(words.map(|word| format!("total-{word}")));
        for (letter, _) in &self.letters {
            header.extend(words.map(|word| format!("group-{}-{word}", letter.to_lowercase())));
        }
        rows.write(header)?;
        let is_kept = |id| self.record.statements.get(&id).is_some_and(|statement| !statement.withdrawn);
        for statement in self.map.statements.iter().filter(|statement| is_kept(statement.id)) {
            let tallies: Vec<Tally> = self
                .letters
                .iter()
                .map(|(_, group)| statement.groups.get(*group).copied().unwrap_or_default())
                .collect();
            let text = self.record.statements.get(&statement.id).map_or("", |s| s.text.text());
            let mut row = vec![statement.id.to_string(), text.to_owned()];
            let total = crate::opinion::votes::tallies::sum(&tallies);
            for Tally { agree, disagree, pass } in std::iter::once(&total).chain(&tallies) {
                let counts = [agree + disagree + pass, *agree, *disagree, *pass];
                row.extend(counts.map(|count| count.to_string()));
            }
            rows.write(row)?;
        }
        Ok(())
    }

    fn author(&self, author: Option<ParticipantNumber>) -> ParticipantNumber {
        author.unwrap_or(self.organiser)
    }
}

/// Votes by statement and person, each with a second that is after the one before it of the same two.
fn by_second(log: &[ImportedVote]) -> Vec<(ImportedVote, i64)> {
    let mut last: Option<(ImportedVote, i64)> = None;
    let second = |vote: ImportedVote| {
        let second = vote.at_ms.unwrap_or_default().div_euclid(1000);
        let second = match last {
            Some((before, at))
                if (before.statement, before.participant) == (vote.statement, vote.participant) =>
            {
                second.max(at + 1)
            }
            _ => second,
        };
        last = Some((vote, second));
        (vote, second)
    };
    order::by_cell(log).into_iter().map(second).collect()
}

/// A moment as JavaScript writes it in UTC: `Wed Nov 13 2024 19:43:55 GMT+0000 (Coordinated Universal Time)`.
fn datetime(second: i64) -> String {
    Timestamp::from_second(second)
        .map(|moment| {
            moment.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)").to_string()
        })
        .unwrap_or_default()
}
