//! The instance's own log: what was done to it, in order, each event chained to the one before it (I6).
//!
//! A payload is canonical JSON, as in the logs of conversations. Words stand beside the log, by commitment.

use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

use super::actor::InstanceActor;
use super::grant::{Grant, Scope};
use crate::domain::{
    ChainHash, ConversationId, DepartmentNumber, PersonalText, Role, Seq, StaffNumber, Timestamp,
};

/// The name of the instance's log in its chain.
pub const INSTANCE_LOG: &str = "instance";

/// What was done to the instance.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs, reason = "docs/LOG.md has an example of each, and says what its fields are")]
pub enum InstanceAct {
    /// Somebody has an account now.
    AccountMade { account: StaffNumber, address: PersonalText },
    /// A new password: every other session has ended.
    PasswordChanged { account: StaffNumber },
    /// The app that makes codes was set up, and codes to print were made.
    SecondFactorSet { account: StaffNumber },
    /// A provider signs somebody in from now on.
    ProviderLinked { account: StaffNumber },
    /// It no longer does.
    ProviderUnlinked { account: StaffNumber },
    /// One of the codes to print was used up.
    RecoveryCodeUsed { account: StaffNumber },
    /// Somebody came in.
    SignedIn { account: StaffNumber },
    /// A wrong password or code, for an account that there is.
    SignInRefused { account: StaffNumber },
    /// Sessions were ended.
    SignedOut { account: StaffNumber, sessions: u32 },
    /// A link was made that gives a role, for this address where one was named.
    Invited {
        link: u32,
        grant: Grant,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<PersonalText>,
    },
    /// Somebody came in by it, or accepted it.
    InvitationAccepted { link: u32, account: StaffNumber, grant: Grant },
    /// It was taken back, or went with the role of whoever had made it.
    InvitationWithdrawn { link: u32, grant: Grant },
    /// A link was made on the command line that signs somebody in once.
    SignInLinkMade { account: StaffNumber },
    /// A link was made to look at a draft.
    PreviewLinkMade { conversation: ConversationId },
    /// It was taken back, or went with the role of whoever had made it.
    PreviewLinkWithdrawn { conversation: ConversationId },
    /// Somebody holds a role.
    Granted { account: StaffNumber, grant: Grant },
    /// Somebody holds another role than before.
    RoleChanged { account: StaffNumber, grant: Grant, before: Role },
    /// Somebody holds no role there any more.
    Revoked { account: StaffNumber, grant: Grant },
    /// There is a department.
    DepartmentMade { department: DepartmentNumber, name: PersonalText },
    /// It is called something else.
    DepartmentRenamed { department: DepartmentNumber, name: PersonalText },
    /// A conversation belongs to a department, or to none.
    ConversationAssigned {
        conversation: ConversationId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<DepartmentNumber>,
    },
    /// A conversation was put away, or back into lists.
    ConversationArchived { conversation: ConversationId, archived: bool },
    /// Everything was copied to a file.
    BackedUp {},
    /// This is a backup that was brought back.
    Restored {},
    /// A page about the site was changed.
    SitePageChanged { page: String, language: String },
    /// A log was taken away as a file.
    LogExported { scope: Scope },
    /// Somebody who took part was erased.
    PersonErased { conversation: ConversationId },
    /// The links to everybody who took part were destroyed, on the promised date.
    LinksDestroyed { conversation: ConversationId },
    /// A conversation will be deleted, or stays after all.
    DeletionPlanned {
        conversation: ConversationId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    /// A conversation was deleted.
    ConversationDeleted { conversation: ConversationId },
    /// A statement was taken out of what is kept of a deleted conversation.
    KeptStatementErased { conversation: ConversationId },
    /// Somebody who takes part was given what is theirs, at their request.
    PersonalDataSent { conversation: ConversationId },
    /// A conversation was taken away as files.
    ConversationExported { conversation: ConversationId },
}

impl InstanceAct {
    /// The words in it, which stand beside the log.
    pub fn words(&self) -> Option<&PersonalText> {
        match self {
            InstanceAct::Invited { address, .. } => address.as_ref(),
            InstanceAct::AccountMade { address, .. } => Some(address),
            InstanceAct::DepartmentMade { name, .. } | InstanceAct::DepartmentRenamed { name, .. } => {
                Some(name)
            }
            _ => None,
        }
    }

    /// The same, to put stored words back.
    pub fn words_mut(&mut self) -> Option<&mut PersonalText> {
        match self {
            InstanceAct::Invited { address, .. } => address.as_mut(),
            InstanceAct::AccountMade { address, .. } => Some(address),
            InstanceAct::DepartmentMade { name, .. } | InstanceAct::DepartmentRenamed { name, .. } => {
                Some(name)
            }
            _ => None,
        }
    }

    /// Whose account or role it is about, where it is about one.
    pub fn account(&self) -> Option<StaffNumber> {
        match *self {
            InstanceAct::AccountMade { account, .. }
            | InstanceAct::InvitationAccepted { account, .. }
            | InstanceAct::PasswordChanged { account }
            | InstanceAct::SecondFactorSet { account }
            | InstanceAct::ProviderLinked { account }
            | InstanceAct::ProviderUnlinked { account }
            | InstanceAct::RecoveryCodeUsed { account }
            | InstanceAct::SignedIn { account }
            | InstanceAct::SignInRefused { account }
            | InstanceAct::SignedOut { account, .. }
            | InstanceAct::SignInLinkMade { account }
            | InstanceAct::Granted { account, .. }
            | InstanceAct::RoleChanged { account, .. }
            | InstanceAct::Revoked { account, .. } => Some(account),
            _ => None,
        }
    }
}

/// Something that was done and is not in the log yet.
#[derive(Clone, PartialEq, Debug)]
pub struct NewInstanceEvent {
    /// Who did it.
    pub by: InstanceActor,
    /// What they did.
    pub act: InstanceAct,
}

impl NewInstanceEvent {
    /// The kind's word and the payload as canonical JSON.
    pub fn written(&self) -> Result<(String, String), Error> {
        // serde_json's map sorts its keys: that is what makes the text canonical.
        let mut value = serde_json::to_value(&self.act)?;
        let fields = value.as_object_mut().ok_or_else(|| Error::custom("it is not an object"))?;
        let Some(Value::String(kind)) = fields.remove("kind") else {
            return Err(Error::custom("it does not say what it is"));
        };
        fields.insert("by".into(), serde_json::to_value(self.by)?);
        Ok((kind, serde_json::to_string(&value)?))
    }

    /// Reads a stored event.
    pub fn parse(kind: &str, payload: &str) -> Result<Self, Error> {
        let mut value: Value = serde_json::from_str(payload)?;
        let fields = value.as_object_mut().ok_or_else(|| Error::custom("its payload is not an object"))?;
        let by = fields.remove("by").ok_or_else(|| Error::custom("it does not say who did it"))?;
        fields.insert("kind".into(), kind.into());
        Ok(Self { by: serde_json::from_value(by)?, act: serde_json::from_value(value)? })
    }
}

/// An event in its position in the instance's log.
#[derive(Clone, PartialEq, Debug)]
pub struct InstanceEvent {
    /// Its position.
    pub seq: Seq,
    /// When the server recorded it.
    pub at: Timestamp,
    /// What was done, and who did it.
    pub what: NewInstanceEvent,
    /// Its hash, which covers the one before it.
    pub hash: ChainHash,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_written_with_sorted_keys_and_read_back() {
        let grant = Grant { role: Role::Moderator, scope: Scope::Department(DepartmentNumber(3)) };
        let address = Some(PersonalText::new("a@town.example", [1; 16]));
        let by = InstanceActor::Staff(StaffNumber(2));
        let event = NewInstanceEvent { by, act: InstanceAct::Invited { link: 4, grant, address } };
        let (kind, payload) = event.written().unwrap();
        assert_eq!(kind, "invited");
        assert!(payload.starts_with(r#"{"address":""#), "{payload}");
        assert!(
            payload.ends_with(
                r#","by":{"staff":2},"grant":{"role":"moderator","scope":{"department":3}},"link":4}"#
            ),
            "{payload}"
        );
        assert!(!payload.contains("town"), "words stand beside the log");
        let mut read = NewInstanceEvent::parse(&kind, &payload).unwrap();
        let words = event.act.words().unwrap();
        let kept = (words.salt().to_owned(), words.text().to_owned());
        assert!(read.act.words_mut().unwrap().restore(kept.0, kept.1));
        assert_eq!(read, event);
        assert!(NewInstanceEvent::parse("unheard_of", &payload).is_err());
        assert!(NewInstanceEvent::parse("signed_in", r#"{"account":1,"by":"system","more":1}"#).is_err());
    }
}
