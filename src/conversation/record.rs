//! A conversation's record: everything that its log says, at one place in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::agenda::record::AgendaRecord;
use super::exclusion::set::Exclusion;
use super::participant::{Participant, Particulars};
use super::publications::Publications;
use super::settings::{ConversationState, Schedule, Settings};
use super::statement::Statement;
use super::terms::{EarlierPolicy, PromiseChange, StepAnswer, TermsBrief};
use super::text::{Brief, ConversationText};
use crate::domain::{
    ChainHash, ConversationId, CurrentVotes, Moderation, ParticipantNumber, PersonalText, Seq, Slug,
    StatementInput, StatementNumber, Timestamp, VoteSource,
};

/// A conversation as the log makes it, without its statements and votes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Conversation {
    /// Its random id.
    pub id: ConversationId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its words.
    pub text: ConversationText,
    /// When it is meant to open and to close.
    pub schedule: Schedule,
    /// Its rules.
    pub settings: Settings,
    /// Whether it takes votes.
    pub state: ConversationState,
    /// The address an imported conversation came from, or nothing.
    pub source_url: String,
    /// People an imported conversation counted who neither voted nor wrote.
    pub onlookers: u32,
    /// Policies that stood here after the opening, the earliest first.
    pub earlier_policies: Vec<EarlierPolicy>,
    /// What was changed after the opening, and why.
    pub changes: Vec<PromiseChange>,
    /// What the organiser says that became of the promised steps: the latest answer to each.
    pub answers: Vec<StepAnswer>,
    /// What the organiser has published beside the results.
    pub published: Publications,
    /// No new statements are taken.
    pub submissions_paused: bool,
    /// When it was opened for the first time.
    pub opened_at: Option<Timestamp>,
    /// When it was closed last.
    pub closed_at: Option<Timestamp>,
    /// When the links to everybody who took part were destroyed.
    pub links_destroyed: Option<Timestamp>,
    /// When it will be deleted, where that is planned.
    pub deletes_at: Option<Timestamp>,
}

impl Conversation {
    /// A rule of the policy, by its index from 0.
    pub fn rule(&self, rule: u32) -> Option<&PersonalText> {
        self.text.policy.get(rule as usize)
    }

    /// The same as it was worded at a position in the log.
    pub fn rule_at(&self, rule: u32, seq: Seq) -> Option<&PersonalText> {
        let earlier = self.earlier_policies.iter().find(|policy| policy.until > seq);
        earlier.map_or(&self.text.policy, |policy| &policy.rules).get(rule as usize)
    }

    /// Takes other words and another policy, and keeps the policy by which others were judged until then.
    pub(super) fn set_text(&mut self, text: ConversationText, at: Seq) {
        let before = std::mem::replace(&mut self.text, text).policy;
        if self.state != ConversationState::Draft && before != self.text.policy {
            self.earlier_policies.push(EarlierPolicy { until: at, rules: before });
        }
    }

    /// All its words: as it stands, why that was changed, and what became of it.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let reasons = self.changes.iter_mut().map(|change| &mut change.reason);
        let answers = self.answers.iter_mut().map(|answer| &mut answer.text);
        let earlier = self.earlier_policies.iter_mut().flat_map(|policy| &mut policy.rules);
        let of_others = reasons.chain(answers).chain(earlier);
        self.text.words_mut().chain(of_others).chain(self.published.words_mut())
    }
}

impl From<&Conversation> for Brief {
    fn from(conversation: &Conversation) -> Self {
        let ConversationText { question, description, organiser, promise, policy, terms } =
            &conversation.text;
        Self {
            question: question.text().to_owned(),
            description: description.text().to_owned(),
            organiser: organiser.text().to_owned(),
            promise: promise.text().to_owned(),
            policy: policy.iter().map(|rule| rule.text().to_owned()).collect(),
            schedule: conversation.schedule,
            settings: conversation.settings,
            terms: TermsBrief {
                last_answered: conversation.answers.iter().map(|answer| answer.step).max().unwrap_or(0),
                ..terms.into()
            },
            reason: String::new(),
        }
    }
}

/// Everything that is known of one conversation, at one position in its log.
#[derive(Clone, Debug)]
pub struct ConversationRecord {
    /// Its words and rules.
    pub conversation: Conversation,
    /// Its statements by number.
    pub statements: BTreeMap<StatementNumber, Statement>,
    /// The organiser's statements in the order that was chosen; those that are not in it follow.
    pub seed_order: Vec<StatementNumber>,
    /// Its participants by number.
    pub participants: FxHashMap<ParticipantNumber, Participant>,
    /// People whose statements are shown only after a moderator has read them.
    pub held_authors: BTreeSet<ParticipantNumber>,
    /// People whose votes do not count, in sets.
    pub exclusions: Vec<Arc<Exclusion>>,
    /// Sets of people whose votes count again. What is left out later has all of such a set, or nobody of it.
    pub counted_again: Vec<Vec<ParticipantNumber>>,
    /// Its agenda.
    pub agenda: Arc<AgendaRecord>,
    /// The last event folded.
    pub seq: Seq,
    /// Its hash.
    pub head: ChainHash,
    /// Vote events so far, re-votes included.
    pub vote_events: u64,
    /// The position in the log of the last event that can change the map.
    pub votes_seq: Seq,
    pub(super) next_participant: u32,
    pub(super) next_statement: u32,
}

impl ConversationRecord {
    /// The number that the next newcomer gets.
    pub fn next_participant(&self) -> ParticipantNumber {
        ParticipantNumber(self.next_participant)
    }

    /// The number that the next statement gets.
    pub fn next_statement(&self) -> StatementNumber {
        StatementNumber(self.next_statement)
    }

    /// Whether participants see and vote on a statement in this state.
    pub fn is_shown(&self, statement: &Statement) -> bool {
        statement.is_shown_by(self.conversation.settings.moderation)
    }

    /// The statement that says the same and is asked in the place of this one: as long as it is shown itself.
    pub fn asked_instead_of(&self, statement: &Statement) -> Option<StatementNumber> {
        let into = self.statements.get(&statement.same_as?)?;
        self.is_shown(into).then_some(into.number)
    }

    /// Whether people are asked a statement: not where another one that says the same is asked in its place.
    pub fn is_asked(&self, statement: &Statement) -> bool {
        self.is_shown(statement) && self.asked_instead_of(statement).is_none()
    }

    /// The statements that people are asked, by number.
    pub fn asked(&self) -> impl Iterator<Item = &Statement> {
        self.statements.values().filter(|statement| self.is_asked(statement))
    }

    /// Statements that say the same: each set begins with the one that people are asked.
    pub fn merged(&self) -> Vec<Vec<StatementNumber>> {
        let mut sets: BTreeMap<StatementNumber, Vec<StatementNumber>> = BTreeMap::new();
        for (into, number) in self.shown().filter_map(|one| Some((self.asked_instead_of(one)?, one.number))) {
            sets.entry(into).or_insert_with(|| vec![into]).push(number);
        }
        sets.into_values().collect()
    }

    /// The words of a statement that a moderator made from what somebody wrote.
    pub fn made_of_theirs<'a>(
        &self,
        participant: ParticipantNumber,
        statement: &'a Statement,
    ) -> Option<&'a PersonalText> {
        let source = self.statements.get(&statement.derived_from?)?;
        let is_theirs = statement.author.is_none() && !statement.withdrawn;
        source.words_of(participant).filter(|_| is_theirs).map(|_| &statement.text)
    }

    /// Whether somebody whose it is, or from whose words it was made, can take it back.
    pub fn can_be_withdrawn_by(&self, participant: ParticipantNumber, statement: &Statement) -> bool {
        if statement.words_of(participant).is_some() {
            return statement.can_be_withdrawn(self.is_shown(statement));
        }
        let own = self.participants.get(&participant).and_then(|own| own.votes.on(statement.number));
        statement.moderation != Moderation::Rejected && statement.tally.seen() <= u32::from(own.is_some())
    }

    /// The statements that participants see, by number.
    pub fn shown(&self) -> impl Iterator<Item = &Statement> {
        self.statements.values().filter(|statement| self.is_shown(statement))
    }

    /// The statements that were not taken back, by number.
    pub fn kept(&self) -> impl Iterator<Item = &Statement> {
        self.statements.values().filter(|statement| !statement.withdrawn)
    }

    /// The statements that wait for a moderator, by number.
    pub fn waiting(&self) -> impl Iterator<Item = &Statement> {
        self.statements.values().filter(|statement| statement.moderation == Moderation::Pending)
    }

    /// The organiser's statements, in their order.
    pub fn seeds(&self) -> Vec<&Statement> {
        let rank: FxHashMap<_, _> =
            self.seed_order.iter().enumerate().map(|(at, seed)| (*seed, at)).collect();
        let mut seeds: Vec<_> = self.statements.values().filter(|s| s.seed && !s.withdrawn).collect();
        seeds.sort_by_key(|s| (rank.get(&s.number).copied().unwrap_or(usize::MAX), s.number));
        seeds
    }

    /// Current votes on statements that are shown, and the people who cast them; without those that are left out.
    pub fn totals(&self) -> (u64, u32) {
        let cast: u64 = self.shown().map(|s| u64::from(s.tally.seen())).sum();
        let excluded = self.excluded();
        let hidden: FxHashSet<StatementNumber> = self
            .statements
            .values()
            .filter(|s| s.tally.seen() > 0 && !self.is_shown(s))
            .map(|s| s.number)
            .collect();
        // Nearly everybody's first vote is on something that is shown.
        let voted = |own: &&Participant| own.votes.iter().any(|vote| !hidden.contains(&vote.statement));
        let left_out = excluded.iter().filter_map(|number| self.participants.get(number));
        let on_shown =
            |own: &Participant| own.votes.iter().filter(|vote| !hidden.contains(&vote.statement)).count();
        let (mut votes, mut voters) = (cast, self.participants.values().filter(voted).count());
        for own in left_out.filter(|own| voted(own)) {
            votes -= on_shown(own) as u64;
            voters -= 1;
        }
        (votes, u32::try_from(voters).unwrap_or(u32::MAX))
    }

    /// Every text of the record that a person wrote, to put the words back.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let people = self.participants.values_mut().filter_map(|own| own.particulars.as_deref_mut());
        self.conversation
            .words_mut()
            .chain(self.statements.values_mut().flat_map(Statement::words_mut))
            .chain(people.flat_map(Particulars::words_mut))
            .chain(self.exclusions.iter_mut().map(|one| &mut Arc::make_mut(one).reason))
            .chain(Arc::make_mut(&mut self.agenda).words_mut())
    }
}

impl VoteSource for ConversationRecord {
    fn statement_inputs(&self) -> Vec<StatementInput> {
        let rule = self.conversation.settings.moderation;
        self.statements.values().map(|statement| statement.input(rule)).collect()
    }

    fn voters(&self) -> Vec<(ParticipantNumber, &CurrentVotes)> {
        let excluded = self.excluded();
        let counts = |(number, own): &(&ParticipantNumber, &Participant)| {
            !own.votes.is_empty() && !excluded.contains(number)
        };
        let people = self.participants.iter().filter(counts);
        let mut people: Vec<_> = people.map(|(number, own)| (*number, &own.votes)).collect();
        people.sort_unstable_by_key(|(number, _)| *number);
        people
    }
}
