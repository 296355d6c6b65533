//! What is kept of a conversation that is deleted: what everybody could read of it at its end. PURE.

use serde::{Deserialize, Serialize};

use super::agenda::PublicAgenda;
use super::cells::PublicTally;
use super::left_out::LeftOutSet;
use super::results::Results;
use crate::conversation::{Conversation, ExclusionBasis, Influence, PromiseChange};
use crate::domain::{ChainHash, PersonalText, Seq, StatementNumber, Timestamp};

/// Most statements kept of what people agreed on, and of what they disagreed with.
const MOST_KEPT: usize = 10;

/// Published results, with what had been promised.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct KeptResults {
    /// What was asked.
    pub question: String,
    /// Who asked.
    pub organiser: String,
    /// What people were told before.
    pub description: String,
    /// What was promised.
    pub promise: String,
    /// Who decides.
    pub decides: String,
    /// How much the answers weigh.
    pub influence: Option<Influence>,
    /// What was to happen by when, and what became of it.
    pub steps: Vec<KeptStep>,
    /// What was changed after the opening: when, and why.
    pub changes: Vec<(Timestamp, String)>,
    /// The organiser's line above the results.
    #[serde(default)]
    pub headline: String,
    /// People with at least one vote, and their votes.
    pub people: u32,
    /// Current votes at the end.
    pub votes: u64,
    /// The groups that were shown, with their people.
    pub groups: Vec<(String, u32)>,
    /// The sets of people whose votes these results leave out.
    #[serde(default)]
    pub left_out: Vec<KeptLeftOut>,
    /// Every statement that was shown, by number.
    pub statements: Vec<KeptStatement>,
    /// What people agreed on, and what they disagreed with, the surest first.
    pub agree: Vec<StatementNumber>,
    /// The same for what they disagreed with.
    pub disagree: Vec<StatementNumber>,
    /// The published agenda.
    pub agenda: Vec<StatementNumber>,
    /// The last event of the log that it covers.
    pub version: Seq,
    /// That event's hash.
    pub head: String,
}

/// Something that was promised by a date.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct KeptStep {
    /// What.
    pub what: String,
    /// By when.
    pub due: Timestamp,
    /// What became of it, and when that was said.
    pub answer: Option<(Timestamp, String)>,
}

/// A set of people whose votes are left out.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct KeptLeftOut {
    /// Since when.
    pub at: Timestamp,
    /// By what they were found.
    pub basis: ExclusionBasis,
    /// How many people, where that may be told.
    pub people: Option<u32>,
    /// Why.
    pub reason: String,
}

/// A statement and the votes that may be told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct KeptStatement {
    /// Its number.
    pub number: StatementNumber,
    /// Its words.
    pub text: String,
    /// Agree, disagree and pass; nothing where too few voted.
    pub votes: Option<[u32; 3]>,
}

/// What stands beside the results.
pub struct KeptFrom<'a> {
    /// The conversation.
    pub conversation: &'a Conversation,
    /// Its published agenda.
    pub agenda: Option<PublicAgenda>,
    /// Whose votes the results leave out.
    pub left_out: &'a [LeftOutSet],
    /// People with at least one vote, and votes.
    pub counts: (u32, u64),
    /// The end of the log that the results cover.
    pub version: Seq,
    /// Its hash.
    pub head: ChainHash,
}

impl KeptResults {
    /// What is stored of them, without the words of a statement; none where it has none.
    pub fn stored_without(stored: &str, statement: StatementNumber) -> serde_json::Result<Option<String>> {
        let mut kept: Self = serde_json::from_str(stored)?;
        kept.erase(statement).then(|| serde_json::to_string(&kept)).transpose()
    }

    /// The words of a statement go; its number and votes stay. Whether there were any.
    pub fn erase(&mut self, statement: StatementNumber) -> bool {
        let kept = self.statements.iter_mut().find(|kept| kept.number == statement);
        kept.is_some_and(|kept| !std::mem::take(&mut kept.text).is_empty())
    }

    /// The words of all statements go.
    pub fn erase_all(&mut self) {
        self.statements.iter_mut().for_each(|kept| kept.text.clear());
    }

    /// Puts in the words of statements, as far as they are shown.
    pub fn fill(&mut self, words: impl Fn(StatementNumber) -> Option<String>) {
        for kept in &mut self.statements {
            kept.text = words(kept.number).unwrap_or_default();
        }
    }

    /// What is kept of these results; `words` are the words of a statement that is shown.
    pub fn new(
        from: KeptFrom<'_>,
        results: &Results,
        words: impl Fn(StatementNumber) -> Option<String>,
    ) -> Self {
        let KeptFrom { conversation, agenda, left_out, counts: (people, votes), version, head } = from;
        let text = &conversation.text;
        let told = |tally: PublicTally| tally.votes();
        let statement = |row: &super::StatementResult| {
            let votes = row.cells.overall.map(told).map(|votes| [votes.agree, votes.disagree, votes.pass]);
            Some(KeptStatement { number: row.number, text: words(row.number)?, votes })
        };
        let line =
            |words: &Option<PersonalText>| words.as_ref().map_or_else(String::new, |w| w.text().to_owned());
        let steps = text.terms.steps.iter().map(|step| {
            let answer = conversation.answers.iter().find(|answer| answer.step == step.number);
            KeptStep {
                what: step.what.text().to_owned(),
                due: step.due,
                answer: answer.map(|answer| (answer.at, answer.text.text().to_owned())),
            }
        });
        let left_out = left_out.iter().map(|set| KeptLeftOut {
            at: set.at,
            basis: set.basis,
            people: set.people,
            reason: set.reason.to_string(),
        });
        let change = |change: &PromiseChange| (change.at, change.reason.text().to_owned());
        Self {
            question: text.question.text().to_owned(),
            organiser: text.organiser.text().to_owned(),
            description: text.description.text().to_owned(),
            promise: text.promise.text().to_owned(),
            decides: line(&text.terms.decides),
            influence: text.terms.influence,
            steps: steps.collect(),
            changes: conversation.changes.iter().map(change).collect(),
            headline: conversation
                .published
                .headline
                .as_ref()
                .map_or_else(String::new, |h| h.text.text().to_owned()),
            people,
            votes,
            groups: results.groups.iter().map(|group| (group.label.clone(), group.size)).collect(),
            left_out: left_out.collect(),
            statements: results.statements.iter().filter_map(statement).collect(),
            agree: results.agree.iter().take(MOST_KEPT).map(|finding| finding.number).collect(),
            disagree: results.disagree.iter().take(MOST_KEPT).map(|finding| finding.number).collect(),
            agenda: agenda
                .map(|agenda| agenda.statements().map(|backed| backed.number).collect())
                .unwrap_or_default(),
            version,
            head: head.to_string(),
        }
    }

    /// The words of a statement that is kept, unless they were erased.
    pub fn words(&self, number: &StatementNumber) -> Option<&str> {
        let kept = self.statements.iter().find(|kept| kept.number == *number)?;
        (!kept.text.is_empty()).then_some(kept.text.as_str())
    }
}
