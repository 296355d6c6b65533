//! What an event says, in words. Each says who it is about and where, and no more than the event.

use super::entry::Names;
use crate::conversation::{AgendaEdit, Event, EventBody};
use crate::domain::{ConversationId, Moderation, PersonalText, StatementNumber};
use crate::http::people::place_of;
use crate::instance::{Grant, InstanceAct, InstanceActor, NewInstanceEvent, Scope};
use crate::live::Contents;
use crate::store::Department;
use crate::texts::Texts;

/// What the sentences of the instance's log need.
pub(super) struct InstanceWords<'a> {
    pub texts: &'a Texts,
    pub names: &'a Names,
    pub departments: &'a [Department],
    /// Conversations by their addresses.
    pub conversations: &'a [(ConversationId, Option<String>)],
}

impl InstanceWords<'_> {
    /// Who did it.
    pub fn who(&self, by: InstanceActor) -> String {
        match by {
            InstanceActor::Staff(number) => self.names.of(number, self.texts),
            InstanceActor::CommandLine => self.texts.get("log-command-line"),
            InstanceActor::System => self.texts.get("log-boule"),
        }
    }

    /// What was done.
    pub fn what(&self, NewInstanceEvent { by, act }: &NewInstanceEvent) -> String {
        let about = |key: &str| -> String {
            let account = act.account().map(|number| self.names.of(number, self.texts)).unwrap_or_default();
            self.texts.msg(key).text("account", &account).to_string()
        };
        let granted = |key: &str, grant: &Grant| -> String {
            let account = act.account().map(|number| self.names.of(number, self.texts)).unwrap_or_default();
            let role = self.texts.role(&grant.role);
            let msg = self.texts.msg(key).text("account", &account).text("role", &role);
            msg.text("place", &self.place(grant.scope)).to_string()
        };
        match act {
            InstanceAct::AccountMade { .. } => about("log-account-made"),
            InstanceAct::PasswordChanged { .. } => about("log-password-changed"),
            InstanceAct::SecondFactorSet { .. } => about("log-second-factor-set"),
            InstanceAct::ProviderLinked { .. } => about("log-provider-linked"),
            InstanceAct::ProviderUnlinked { .. } => about("log-provider-unlinked"),
            InstanceAct::RecoveryCodeUsed { .. } => about("log-recovery-code-used"),
            InstanceAct::SignedIn { .. } => about("log-signed-in"),
            InstanceAct::SignInRefused { .. } => about("log-sign-in-refused"),
            InstanceAct::SignedOut { .. } => about("log-signed-out"),
            InstanceAct::SignInLinkMade { .. } => about("log-sign-in-link-made"),
            InstanceAct::Invited { grant, address, .. } => {
                let address = address.as_ref().map(PersonalText::text).unwrap_or_default();
                let key = if address.is_empty() { "log-invited-anybody" } else { "log-invited" };
                let role = self.texts.role(&grant.role);
                let msg = self.texts.msg(key).text("account", address).text("role", &role);
                msg.text("place", &self.place(grant.scope)).to_string()
            }
            InstanceAct::InvitationAccepted { grant, .. } => granted("log-invitation-accepted", grant),
            InstanceAct::InvitationWithdrawn { grant, .. } => granted("log-invitation-withdrawn", grant),
            InstanceAct::Granted { grant, .. } => granted("log-granted", grant),
            InstanceAct::RoleChanged { grant, .. } => granted("log-role-changed", grant),
            InstanceAct::Revoked { grant, .. } => granted("log-revoked", grant),
            InstanceAct::DepartmentMade { name, .. } => self.named("log-department-made", name.text()),
            InstanceAct::DepartmentRenamed { name, .. } => self.named("log-department-renamed", name.text()),
            InstanceAct::ConversationAssigned { conversation, department } => {
                let place = department.map_or_else(
                    || self.texts.get("place-no-department"),
                    |department| self.place(Scope::Department(department)),
                );
                let name = self.conversation(*conversation);
                self.texts.msg("log-assigned").text("name", &name).text("place", &place).to_string()
            }
            InstanceAct::PersonErased { conversation } if *by == InstanceActor::System => {
                self.named("log-erased-themselves", &self.conversation(*conversation))
            }
            InstanceAct::PersonErased { conversation }
            | InstanceAct::LinksDestroyed { conversation }
            | InstanceAct::DeletionPlanned { conversation, .. }
            | InstanceAct::ConversationDeleted { conversation }
            | InstanceAct::PersonalDataSent { conversation }
            | InstanceAct::KeptStatementErased { conversation }
            | InstanceAct::PreviewLinkMade { conversation }
            | InstanceAct::PreviewLinkWithdrawn { conversation }
            | InstanceAct::ConversationArchived { conversation, .. }
            | InstanceAct::ConversationExported { conversation } => {
                self.named(key_of(act), &self.conversation(*conversation))
            }
            InstanceAct::BackedUp {} => self.texts.get("log-backed-up"),
            InstanceAct::Restored {} => self.texts.get("log-restored"),
            InstanceAct::SitePageChanged { page, language } => {
                let name = self.texts.get(&format!("page-{page}"));
                self.texts.msg("log-page-changed").text("name", &name).text("language", language).to_string()
            }
            InstanceAct::LogExported { scope } => self.named("log-log-exported", &self.place(*scope)),
        }
    }

    fn named(&self, key: &str, name: &str) -> String {
        self.texts.msg(key).text("name", name).to_string()
    }

    fn conversation(&self, id: ConversationId) -> String {
        let found = self.conversations.iter().find(|(one, _)| *one == id);
        match found.and_then(|(_, slug)| slug.as_deref()) {
            Some(slug) => format!("/c/{slug}"),
            None => id.to_string(),
        }
    }

    fn place(&self, scope: Scope) -> String {
        match scope {
            Scope::Conversation(id) => self.conversation(id),
            Scope::Instance | Scope::Department(_) => place_of(scope, self.departments, self.texts),
        }
    }
}

/// The message about what was done to a conversation as a whole.
fn key_of(act: &InstanceAct) -> &'static str {
    match act {
        InstanceAct::PersonErased { .. } => "log-person-erased",
        InstanceAct::LinksDestroyed { .. } => "log-links-destroyed",
        InstanceAct::DeletionPlanned { at: Some(_), .. } => "log-deletion-planned",
        InstanceAct::DeletionPlanned { at: None, .. } => "log-deletion-called-off",
        InstanceAct::ConversationDeleted { .. } => "log-conversation-deleted",
        InstanceAct::PersonalDataSent { .. } => "log-personal-data-sent",
        InstanceAct::KeptStatementErased { .. } => "log-kept-erased",
        InstanceAct::PreviewLinkMade { .. } => "log-preview-link-made",
        InstanceAct::PreviewLinkWithdrawn { .. } => "log-preview-link-withdrawn",
        InstanceAct::ConversationArchived { archived: true, .. } => "log-archived",
        InstanceAct::ConversationArchived { archived: false, .. } => "log-unarchived",
        _ => "log-conversation-exported",
    }
}

/// What an act of staff in a conversation says.
pub(super) fn did(event: &Event, contents: &Contents, texts: &Texts) -> String {
    let about = |key: &str, number: StatementNumber| -> String {
        let text = contents.statement(number).map(|statement| statement.text.to_string()).unwrap_or_default();
        texts.msg(key).id("number", number.0).text("text", &text).to_string()
    };
    match &event.what.body {
        EventBody::StatementModerated(decided) => match decided.to {
            Moderation::Accepted => about("did-accept", decided.statement),
            Moderation::Pending => about("did-put-back", decided.statement),
            Moderation::Rejected => {
                let rule = decided.rule.and_then(|rule| contents.conversation.rule(rule));
                let said = about("did-reject", decided.statement);
                match rule {
                    Some(rule) => format!("{said} {}", texts.msg("did-because").text("rule", rule.text())),
                    None => said,
                }
            }
        },
        EventBody::StatementSubmitted(new) if new.derived_from.is_some() => {
            about("did-derive", new.statement)
        }
        EventBody::StatementMerged(_)
        | EventBody::StatementClassified(_)
        | EventBody::StatementPinned(_)
        | EventBody::SubmissionsPaused(_)
        | EventBody::AuthorHeld(_)
        | EventBody::PeopleExcluded(_)
        | EventBody::PeopleIncluded(_) => curated(&event.what.body, &about, texts),
        EventBody::StatementSubmitted(new) => about("did-add", new.statement),
        EventBody::StatementReworded(new) => about("did-reword", new.statement),
        EventBody::StatementWithdrawn(gone) => about("did-remove", gone.statement),
        EventBody::AgendaEdited(edited) => texts.get(edit_key(&edited.edit)),
        EventBody::AgendaCommented(_) => texts.get("did-comment"),
        EventBody::SeedsReordered(_) => texts.get("did-reorder"),
        EventBody::ConversationCreated(_) => texts.get("did-create"),
        EventBody::ConversationChanged(_) => texts.get("did-change"),
        EventBody::ConversationRenamed(_) => texts.get("did-rename"),
        EventBody::ConversationDeleted(_) => texts.get("did-delete"),
        EventBody::ConversationOpened(_) => texts.get("did-open"),
        EventBody::ConversationClosed(_) => texts.get("did-close"),
        EventBody::StepAnswered(_) => texts.get("did-answer"),
        EventBody::ParticipantErased(_) => texts.get("did-erase"),
        EventBody::LinksDestroyed(_) => texts.get("did-destroy-links"),
        EventBody::DeletionPlanned(planned) => match planned.at {
            Some(at) => texts.msg("did-plan-deletion").text("day", &texts.day(&at)).to_string(),
            None => texts.get("did-keep-after-all"),
        },
        EventBody::AgendaDrafted(_) => texts.get("did-draft"),
        EventBody::AgendaTriggersSet(_) => texts.get("did-set-agenda-rules"),
        EventBody::AgendaPublished(_) => texts.get("did-publish"),
        EventBody::HeadlineWritten(_) => texts.get("did-headline"),
        EventBody::InformationWritten(_) => texts.get("did-information"),
        EventBody::ResultsKept(_) => texts.get("did-keep-results"),
        EventBody::RowsReleased(_) => texts.get("did-release-rows"),
        EventBody::CohortAssigned(_)
        | EventBody::PlaceStated(_)
        | EventBody::ParticipantJoined(_)
        | EventBody::StatementSeconded(_)
        | EventBody::VoteCast(_) => texts.get("did-enter"),
    }
}

/// What a moderator did beside accepting and rejecting.
fn curated(body: &EventBody, about: &dyn Fn(&str, StatementNumber) -> String, texts: &Texts) -> String {
    match body {
        EventBody::StatementMerged(merged) => {
            about(if merged.into.is_some() { "did-merge" } else { "did-unmerge" }, merged.statement)
        }
        EventBody::StatementClassified(found) => {
            about(if found.meta { "did-classify-meta" } else { "did-classify-matter" }, found.statement)
        }
        EventBody::StatementPinned(pinned) => {
            about(if pinned.hours > 0 { "did-pin" } else { "did-unpin" }, pinned.statement)
        }
        EventBody::SubmissionsPaused(paused) => {
            texts.get(if paused.paused { "did-pause" } else { "did-unpause" })
        }
        EventBody::AuthorHeld(held) => texts.get(if held.held { "did-hold" } else { "did-unhold" }),
        EventBody::PeopleExcluded(set) => {
            let people = u32::try_from(set.people.len()).unwrap_or(u32::MAX);
            texts.msg("did-exclude").num("n", people).text("reason", set.reason.text()).to_string()
        }
        EventBody::PeopleIncluded(_) => texts.get("did-include"),
        _ => texts.get("did-enter"),
    }
}

/// The message about a change of the agenda by hand.
fn edit_key(edit: &AgendaEdit<PersonalText>) -> &'static str {
    match edit {
        AgendaEdit::Add { .. } | AgendaEdit::AddOwn { .. } => "did-add-item",
        AgendaEdit::Move { .. } => "did-move-item",
        AgendaEdit::Remove { .. } => "did-remove-item",
        AgendaEdit::Join { .. } => "did-join-items",
        AgendaEdit::Split { .. } => "did-split-item",
        AgendaEdit::Confirm { .. } => "did-confirm-item",
        AgendaEdit::Question { .. } => "did-word-item",
        AgendaEdit::Plan { .. } | AgendaEdit::Session { .. } => "did-plan-item",
        AgendaEdit::Background { .. } => "did-background",
        AgendaEdit::Undo => "did-undo",
        AgendaEdit::Redo => "did-redo",
    }
}
