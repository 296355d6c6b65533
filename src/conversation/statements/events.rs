//! The events of statements.

use serde::{Deserialize, Serialize};

use crate::conversation::actor::RecordedActor;
use crate::conversation::effects::{Effects, MapChange};
use crate::conversation::participant::OperationOutcome;
use crate::conversation::payload::{
    ApplyResult, Header, Payload, Permission, Phase, VoteEffect, by_staff, words_in,
};
use crate::conversation::provenance::{Language, Mode, Source, is_false, is_zero};
use crate::conversation::record::ConversationRecord;
use crate::conversation::statement::{Seconder, Statement};
use crate::domain::{OperationId, ParticipantNumber, PersonalText, StaffNumber, StatementNumber};

/// A statement was submitted: by its author, who agrees with it in the next event, or by the organiser.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementSubmitted {
    /// Its number.
    pub statement: StatementNumber,
    /// Who wrote it; none for the organiser's.
    pub author: Option<ParticipantNumber>,
    /// Whether it is one of the organiser's.
    pub seed: bool,
    /// About the person, and kept out of the map.
    pub meta: bool,
    /// Its words.
    pub text: PersonalText,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Source::is_live")]
    pub source: Source,
    /// The client's name of the operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OperationId>,
    /// The language that it is written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The statement that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived_from: Option<StatementNumber>,
    /// How it was given.
    #[serde(default, skip_serializing_if = "Mode::is_online")]
    pub mode: Mode,
    /// Who entered it, where that is not its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<StaffNumber>,
    /// The pile of paper that it stands in; 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub batch: u32,
    /// It is not shown before a moderator has read it, whatever the rule says.
    #[serde(default, skip_serializing_if = "is_false")]
    pub held: bool,
}

impl StatementSubmitted {
    /// Words of which nothing else is known.
    pub fn new(statement: StatementNumber, text: PersonalText) -> Self {
        Self {
            statement,
            author: None,
            seed: false,
            meta: false,
            text,
            source: Source::Live,
            op: None,
            language: None,
            derived_from: None,
            mode: Mode::Online,
            entered_by: None,
            batch: 0,
            held: false,
        }
    }
}

/// Somebody submitted the words of a statement that waits. They agree with it in the next event.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementSeconded {
    /// The statement.
    pub statement: StatementNumber,
    /// The number that it would have had by itself. Nobody else gets it: a number that was not used up would
    /// tell.
    pub number: StatementNumber,
    /// Who.
    pub participant: ParticipantNumber,
    /// Their own words.
    pub text: PersonalText,
    /// The client's name of the operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OperationId>,
}

/// A draft's statement was worded anew by the organiser.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementReworded {
    /// Which.
    pub statement: StatementNumber,
    /// Its new words.
    pub text: PersonalText,
}

/// A statement was taken back: by its author or a second one, or by the organiser from a draft.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementWithdrawn {
    /// Which.
    pub statement: StatementNumber,
}

impl Payload for StatementSubmitted {
    const WHO: Permission = Permission::Anybody;
    const WHEN: Phase = Phase::WhileOpen;

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let number = self.statement;
        if let Some(author) = self.author {
            let author = record.participants.get_mut(&author).ok_or("an author")?;
            author.remember(self.op.as_ref(), OperationOutcome::Submitted(number));
        }
        record.next_statement = record.next_statement.max(number.0 + 1);
        let statement = Statement {
            author: self.author,
            seed: self.seed,
            meta: self.meta,
            language: self.language,
            derived_from: self.derived_from,
            mode: self.mode,
            entered_by: self.entered_by,
            batch: self.batch,
            held: self.held,
            submitted_at_ms: self.source.moment_ms(header.at),
            ..Statement::new(number, header.seq, self.text)
        };
        record.statements.insert(number, statement);
        effects.on_map(MapChange::Statement(number));
        effects.on_words(number);
        effects.queue = true;
        Ok(())
    }

    fn implied_by(&self) -> Option<RecordedActor> {
        match (self.source, self.entered_by, self.author) {
            (Source::ImportUntimed | Source::ImportAtMs(_), _, _) => Some(RecordedActor::Import),
            (Source::Live, Some(staff), _) => Some(RecordedActor::Staff(staff)),
            (Source::Live, None, Some(author)) => Some(RecordedActor::Participant(author)),
            (Source::Live, None, None) => None,
        }
    }

    fn on_votes(&self) -> VoteEffect {
        VoteEffect::Nothing
    }

    words_in!(text);
}

impl Payload for StatementSeconded {
    const WHO: Permission = Permission::Anybody;
    const WHEN: Phase = Phase::WhileOpen;

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let Self { statement, number, participant, text, op } = self;
        let second = record.participants.get_mut(&participant).ok_or("a participant")?;
        second.remember(op.as_ref(), OperationOutcome::Submitted(statement));
        let seconded = record.statements.get_mut(&statement).ok_or("a statement")?;
        seconded.seconds.push(Seconder { participant, submitted: header.seq, text });
        record.next_statement = record.next_statement.max(number.0 + 1);
        effects.on_map(MapChange::Statement(statement));
        (effects.statements, effects.queue) = (true, true);
        Ok(())
    }

    fn implied_by(&self) -> Option<RecordedActor> {
        Some(RecordedActor::Participant(self.participant))
    }

    fn on_votes(&self) -> VoteEffect {
        VoteEffect::Nothing
    }

    words_in!(text);
}

impl Payload for StatementReworded {
    by_staff!(InDraft);

    fn apply(self, record: &mut ConversationRecord, _: Header, effects: &mut Effects) -> ApplyResult {
        let statement = record.statements.get_mut(&self.statement).ok_or("a statement")?;
        statement.text = self.text;
        effects.on_words(self.statement);
        Ok(())
    }

    words_in!(text);
}

impl Payload for StatementWithdrawn {
    const WHO: Permission = Permission::Anybody;
    const WHEN: Phase = Phase::WhileOpen;

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let statement = record.statements.get_mut(&self.statement).ok_or("a statement")?;
        if let RecordedActor::Participant(goes) = header.by {
            let own = record.participants.get_mut(&goes).ok_or("a participant")?;
            if let Some(before) = own.votes.remove(self.statement) {
                statement.tally.remove(before);
            }
            own.mark(self.statement, false);
            effects.on_map(MapChange::Unvote(goes, self.statement));
            statement.lose(goes);
        } else {
            statement.withdraw();
        }
        record.forget_quotes_of_withdrawn();
        record.votes_seq = header.seq;
        // What follows is the same whether or not others keep it, so that nobody can tell.
        effects.on_map(MapChange::Statement(self.statement));
        effects.on_words(self.statement);
        effects.queue = true;
        Ok(())
    }

    fn implied_by(&self) -> Option<RecordedActor> {
        None
    }

    fn on_votes(&self) -> VoteEffect {
        VoteEffect::TakenBack(self.statement)
    }

    words_in!();
}
