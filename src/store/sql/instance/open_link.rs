//! A link that is out, as it is stored, and what the log says when it is taken back.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::{EmailAddress, Role, Timestamp};
use crate::instance::{Grant, InstanceAct, Link, LinkPurpose, Scope};
use crate::store::error::StoreError;
use crate::store::sql::numbers::staff_number;
use crate::store::staff::OpenLink;

/// A link as it is stored.
pub(super) fn open_link(row: &AnyRow) -> Result<OpenLink, StoreError> {
    let bad = || StoreError::damaged("a link is not one");
    let (purpose, role): (String, Option<String>) = (row.try_get("purpose")?, row.try_get("role")?);
    let (scope, subject): (Option<String>, Option<i64>) = (row.try_get("scope")?, row.try_get("subject")?);
    let scope = scope.zip(subject).and_then(|(word, subject)| Scope::from_stored(&word, subject));
    let role = role.as_deref().and_then(Role::parse);
    let purpose = match (purpose.as_str(), role, scope) {
        ("invitation", Some(role), Some(scope)) => LinkPurpose::Invitation(Grant { role, scope }),
        ("sign_in", _, _) => LinkPurpose::SignIn(staff_number(row.try_get("staff")?)?),
        ("preview", _, Some(scope)) => LinkPurpose::Preview(scope),
        _ => return Err(bad()),
    };
    let address: Option<String> = row.try_get("address")?;
    let link = Link {
        purpose,
        address: address.as_deref().and_then(EmailAddress::parse),
        created_at: Timestamp(row.try_get("created_at")?),
        expires_at: Timestamp(row.try_get("expires_at")?),
    };
    Ok(OpenLink { number: u32::try_from(row.try_get::<i64, _>("number")?).map_err(|_| bad())?, link })
}

/// What the log says when a link is taken back.
pub(super) fn withdrawn(open: &OpenLink) -> Option<InstanceAct> {
    match open.link.purpose {
        LinkPurpose::Invitation(grant) => Some(InstanceAct::InvitationWithdrawn { link: open.number, grant }),
        LinkPurpose::Preview(Scope::Conversation(conversation)) => {
            Some(InstanceAct::PreviewLinkWithdrawn { conversation })
        }
        LinkPurpose::Preview(Scope::Instance | Scope::Department(_)) | LinkPurpose::SignIn(_) => None,
    }
}
