//! What moderators decide: a statement is shown, or rejected by a rule of the published policy.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::{Effects, MapChange};
use super::payload::{ApplyResult, Header, Payload, by_staff, words_in};
use super::record::ConversationRecord;
use super::settings::ConversationState;
use super::statement::{Decision, Statement};
use crate::domain::{Moderation, PersonalText, Rejection, Seq, StatementNumber};

/// Statements to decide on.
#[derive(Clone, Debug)]
pub enum ModerationTarget {
    /// This one.
    One {
        /// Which.
        statement: StatementNumber,
        /// The decision on it that whoever decides has seen, [`Seq`] 0 for none: where there is another one by now, nothing is
        /// changed. Not given: it is decided however it stands.
        seen: Option<Seq>,
    },
    /// Those of these that still wait.
    These(Vec<StatementNumber>),
    /// Those that wait, with these numbers.
    Waiting {
        /// The first of them.
        first: StatementNumber,
        /// The last of them.
        last: StatementNumber,
    },
    /// Those that were decided so in this stretch of the log, so that a decision on many can be undone.
    Decided {
        /// What was decided.
        was: Moderation,
        /// After this position.
        after: Seq,
        /// Up to this one.
        last: Seq,
    },
}

/// What moderators can ask for.
#[derive(Clone, Debug)]
pub enum ModerationAct {
    /// To accept statements, to reject them, or to put them back.
    Decide {
        /// These.
        which: ModerationTarget,
        /// What becomes of them.
        to: Moderation,
        /// The rule of the policy that they are rejected by: its index, from 0.
        rule: Option<u32>,
    },
}

/// A statement was accepted, rejected or put back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementModerated {
    /// Which.
    pub statement: StatementNumber,
    /// What became of it.
    pub to: Moderation,
    /// The rule of the policy that it was rejected by: its index, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<u32>,
}

impl Payload for StatementModerated {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let reason = match self.rule {
            Some(rule) => Some(record.conversation.rule(rule).ok_or("a rule of the policy")?.clone()),
            None => None,
        };
        let after_close = record.conversation.state == ConversationState::Closed;
        let statement = record.statements.get_mut(&self.statement).ok_or("a statement")?;
        let before = statement.moderation;
        statement.moderation = self.to;
        statement.reason = reason;
        statement.decision = Some(Decision { seq: header.seq, at: header.at, after_close, before });
        record.votes_seq = header.seq;
        effects.on_map(MapChange::Statement(self.statement));
        (effects.statements, effects.queue) = (true, true);
        effects.decided |= record.conversation.state == ConversationState::Open;
        Ok(())
    }

    words_in!();
}

/// The same decision again makes no event.
pub(super) fn decide<B: From<StatementModerated>>(
    desk: &Desk,
    actor: &Actor,
    act: &ModerationAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let by = actor.in_charge()?;
    let ModerationAct::Decide { which, to, rule } = act;
    let (to, rule) = (*to, *rule);
    let rule = rule.filter(|_| to == Moderation::Rejected);
    let reason = match rule {
        Some(rule) => Some(desk.record.conversation.rule(rule).ok_or(Rejection::UnknownRule)?),
        None => None,
    };
    let all = &desk.record.statements;
    let meant: Vec<&Statement> = match which {
        ModerationTarget::One { statement, .. } => {
            vec![all.get(statement).ok_or(Rejection::UnknownStatement)?]
        }
        ModerationTarget::These(numbers) => {
            let there = numbers.iter().filter_map(|number| all.get(number));
            there.filter(|statement| statement.moderation == Moderation::Pending).collect()
        }
        many @ (ModerationTarget::Waiting { .. } | ModerationTarget::Decided { .. }) => {
            all.values().filter(|statement| many.means(statement)).collect()
        }
    };
    if meant.iter().any(|statement| statement.withdrawn) {
        return Err(Rejection::UnknownStatement);
    }
    let is_new = |s: &&Statement| s.moderation != to || s.reason.as_ref() != reason;
    if let ModerationTarget::One { seen: Some(seen), .. } = which
        && let Some(other) = meant.iter().find(|statement| is_new(statement))
        && other.decision.map_or(Seq(0), |decision| decision.seq) != *seen
    {
        return Err(Rejection::ChangedMeanwhile);
    }
    let mut changed = 0;
    for statement in meant.into_iter().filter(is_new) {
        let decided = StatementModerated { statement: statement.number, to, rule };
        pending.push(actor, given, by, decided)?;
        changed += 1;
    }
    let asked = match which {
        ModerationTarget::These(numbers) => numbers.len(),
        ModerationTarget::One { .. }
        | ModerationTarget::Waiting { .. }
        | ModerationTarget::Decided { .. } => 0,
    };
    let passed_over = u32::try_from(asked).unwrap_or(u32::MAX).saturating_sub(changed);
    Ok(Decided::Changed { changed, passed_over })
}

impl ModerationTarget {
    /// Whether a statement is one of them.
    fn means(&self, statement: &Statement) -> bool {
        match self {
            ModerationTarget::One { statement: number, .. } => statement.number == *number,
            ModerationTarget::These(numbers) => numbers.contains(&statement.number),
            ModerationTarget::Waiting { first, last } => {
                statement.moderation == Moderation::Pending && (first..=last).contains(&&statement.number)
            }
            // Only decisions of this kind: a request with other log positions must not undo anything else.
            ModerationTarget::Decided { was, after, last } => {
                statement.moderation == *was
                    && !statement.withdrawn
                    && statement.decision.is_some_and(|made| made.seq > *after && made.seq <= *last)
            }
        }
    }
}
