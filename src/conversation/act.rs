//! What somebody can ask a conversation to do: one line for each aspect.

use super::agenda::AgendaAct;
use super::curation::CurationAct;
use super::exclusion::ExclusionAct;
use super::forgetting::ForgettingAct;
use super::membership::{Admission, MembershipAct};
use super::moderation::{ModerationAct, ModerationTarget};
use super::publishing::PublishingAct;
use super::rules::RulesAct;
use super::seeds::SeedsAct;
use super::statements::{StatementsAct, Submission};
use super::voting::Ballot;
use crate::domain::{Moderation, OperationId, StatementNumber};

macro_rules! aspects {
    ($($(#[$doc:meta])* $aspect:ident($act:ty)),* $(,)?) => {
        /// Something asked of a conversation.
        #[derive(Clone, Debug)]
        pub enum Act {
            $($(#[$doc])* $aspect($act),)*
        }

        $(impl From<$act> for Act {
            fn from(act: $act) -> Self {
                Act::$aspect(act)
            }
        })*
    };
}
aspects! {
    /// To take part, or what is known of somebody who does.
    Membership(MembershipAct),
    /// A vote.
    Voting(Ballot),
    /// A statement of a participant.
    Statements(StatementsAct),
    /// First statements of the organiser.
    Seeds(SeedsAct),
    /// A moderator's decisions.
    Moderation(ModerationAct),
    /// What a moderator does with statements beside that.
    Curation(CurationAct),
    /// To leave people's votes out of what is published, or to count them again.
    Exclusion(ExclusionAct),
    /// Words, rules, opening and closing.
    Rules(RulesAct),
    /// The agenda.
    Agenda(AgendaAct),
    /// What the organiser publishes beside the results.
    Publishing(PublishingAct),
    /// What is to be destroyed.
    Forgetting(ForgettingAct),
}

/// Short ways to ask for what is asked for most.
impl Act {
    /// To take part.
    pub fn join() -> Self {
        MembershipAct::Join(Admission::default()).into()
    }

    /// To submit a statement.
    pub fn submit(text: impl Into<String>, op: Option<OperationId>) -> Self {
        StatementsAct::Submit(Submission { op, ..Submission::new(text) }).into()
    }

    /// To add a first statement.
    pub fn seed(text: impl Into<String>, meta: bool) -> Self {
        SeedsAct::Add { text: text.into(), meta }.into()
    }

    /// To accept a statement, to reject it by a rule of the policy, or to put it back.
    pub fn moderate(statement: StatementNumber, to: Moderation, rule: Option<u32>) -> Self {
        ModerationAct::Decide { which: ModerationTarget::One { statement, seen: None }, to, rule }.into()
    }

    /// To open the conversation for votes.
    pub fn open() -> Self {
        RulesAct::Open.into()
    }

    /// To close it.
    pub fn close() -> Self {
        RulesAct::Close.into()
    }
}
