//! Links that let somebody in. Their secrets are kept only as hashes.

use sqlx::AnyConnection;

use super::accounts::insert_account;
use super::grants::{may_still_give, put_grant, role_in};
use super::identities::{insert_identity, part_from_all};
use super::log::{RightsChange, append};
use super::open_link::{open_link, withdrawn};
use super::sessions::insert_session;
use crate::domain::{EmailAddress, PersonalText, Rights, Role, StaffNumber, Timestamp, TokenHash};
use crate::instance::{Grant, InstanceAct, InstanceActor, Link, LinkPurpose, Scope};
use crate::store::error::StoreError;
use crate::store::mail::NewMail;
use crate::store::sql::outbox::put_in;
use crate::store::sql::store::Store;
use crate::store::staff::{Accepted, NewSession, Newcomer, OpenLink};

impl Store {
    /// Keeps a new link. `salt` is for the address that an invitation names. False where whoever makes it may not
    /// give what it gives any more.
    pub async fn add_link(
        &self,
        by: InstanceActor,
        token: TokenHash,
        link: &Link,
        salt: [u8; 16],
    ) -> Result<bool, StoreError> {
        self.add_link_and_write(by, token, (link, salt), &[]).await
    }

    /// The same, with mail that takes the link to whom it is for.
    pub async fn add_link_and_write(
        &self,
        by: InstanceActor,
        token: TokenHash,
        (link, salt): (&Link, [u8; 16]),
        mails: &[NewMail],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        if let Some(gives) = link.purpose.gives()
            && !may_still_give(connection, by, gives).await?
        {
            return Ok(false);
        }
        let number = insert_link(connection, by, token, link).await?;
        let act = match link.purpose {
            LinkPurpose::Invitation(grant) => {
                let address = link.address.as_ref().map(|address| PersonalText::new(address.as_str(), salt));
                Some(InstanceAct::Invited { link: number, grant, address })
            }
            LinkPurpose::SignIn(account) => Some(InstanceAct::SignInLinkMade { account }),
            LinkPurpose::Preview(Scope::Conversation(conversation)) => {
                Some(InstanceAct::PreviewLinkMade { conversation })
            }
            LinkPurpose::Preview(Scope::Instance | Scope::Department(_)) => None,
        };
        if let Some(act) = act {
            append(connection, link.created_at, by, act, RightsChange::None).await?;
        }
        put_in(connection, mails, link.created_at).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Voids the command line's invitations that give this and name nobody: a server that is started again prints
    /// another one.
    pub async fn void_command_line_invitations(
        &self,
        grant: Grant,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        void_command_line_links(transaction.connection(), grant, now).await?;
        transaction.commit().await
    }

    /// What a link is for, without using it up.
    pub async fn link(&self, token: TokenHash, now: Timestamp) -> Result<Option<Link>, StoreError> {
        let row = sqlx::query(
            "SELECT number, purpose, staff, role, scope, subject, address, created_at, expires_at
             FROM one_time_link WHERE token_hash = $1 AND expires_at > $2",
        )
        .bind(token.to_string())
        .bind(now.0)
        .fetch_optional(&self.readers)
        .await;
        let row = self.noted(row.map_err(StoreError::from))?;
        Ok(row.as_ref().map(open_link).transpose()?.map(|open| open.link))
    }

    /// The links into a scope that still work, the newest first.
    pub async fn open_links(&self, scope: Scope, now: Timestamp) -> Result<Vec<OpenLink>, StoreError> {
        let (word, subject) = scope.stored();
        let rows = sqlx::query(
            "SELECT number, purpose, staff, role, scope, subject, address, created_at, expires_at
             FROM one_time_link
             WHERE scope = $1 AND subject = $2 AND expires_at > $3
             ORDER BY created_at DESC, number DESC",
        )
        .bind(word)
        .bind(subject)
        .bind(now.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(open_link).collect()
    }

    /// Takes a link into this scope back. False where there is none.
    pub async fn withdraw_link(
        &self,
        by: InstanceActor,
        number: u32,
        scope: Scope,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let (word, subject) = scope.stored();
        let row = sqlx::query(
            "DELETE FROM one_time_link WHERE number = $1 AND scope = $2 AND subject = $3
             RETURNING number, purpose, staff, role, scope, subject, address, created_at, expires_at",
        )
        .bind(i64::from(number))
        .bind(word)
        .bind(subject)
        .fetch_optional(&mut *connection)
        .await?;
        let Some(open) = row.as_ref().map(open_link).transpose()? else { return Ok(false) };
        if let Some(act) = withdrawn(&open) {
            // Whoever looks at a draft by it is looked at again.
            append(connection, now, by, act, RightsChange::Some).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Uses an invitation up: whoever holds it gets an account, unless they have one, and the role. With an
    /// account of their own comes a session, in which their app is set up.
    pub async fn accept_invitation(
        &self,
        token: TokenHash,
        newcomer: &Newcomer,
        session: Option<&NewSession>,
        now: Timestamp,
    ) -> Result<Accepted, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let Some(open) = use_link(connection, token, now).await? else { return Ok(Accepted::NoLink) };
        let LinkPurpose::Invitation(grant) = open.link.purpose else { return Ok(Accepted::NoLink) };
        let staff = match newcomer {
            Newcomer::Known(staff) => {
                let theirs = address_of(connection, *staff).await?;
                if open.link.address.is_some() && open.link.address != theirs {
                    return Ok(Accepted::NotTheirs);
                }
                *staff
            }
            Newcomer::New { address, password, salt } => {
                if is_taken(connection, address).await? {
                    return Ok(Accepted::AddressTaken);
                }
                let account = (address, *salt);
                insert_account(connection, account, Some(password), now, InstanceActor::System).await?
            }
            Newcomer::Provided { address, issuer, subject, salt } => {
                if is_taken(connection, address).await? {
                    return Ok(Accepted::AddressTaken);
                }
                let account = (address, *salt);
                let staff = insert_account(connection, account, None, now, InstanceActor::System).await?;
                insert_identity(connection, (issuer, subject), staff, now).await?;
                staff
            }
        };
        // Nobody loses anything by accepting.
        let before = role_in(connection, staff, grant.scope).await?;
        if let Some(held) = before {
            let (has, gets) = (Rights::from(held), Rights::from(grant.role));
            if !has.include(gets) && !gets.include(has) {
                return Ok(Accepted::HoldsAnother(held));
            }
        }
        let by = InstanceActor::Staff(staff);
        let accepted = InstanceAct::InvitationAccepted { link: open.number, account: staff, grant };
        append(connection, now, by, accepted, RightsChange::None).await?;
        if before.is_none_or(|held| !Rights::from(held).include(grant.role.into())) {
            put_grant(connection, (by, now), staff, grant, before).await?;
        }
        if grant.role == Role::Owner {
            // The instance is set up: links that a start of the server has printed are of no use any more.
            void_command_line_links(connection, grant, now).await?;
        }
        if let Some(session) = session {
            insert_session(connection, staff, session, now).await?;
        }
        transaction.commit().await?;
        Ok(Accepted::Done { staff, grant })
    }

    /// Uses a sign-in link up: opens a session of whom it was made for.
    pub async fn use_sign_in_link(
        &self,
        token: TokenHash,
        session: &NewSession,
        now: Timestamp,
    ) -> Result<Option<StaffNumber>, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let used = use_link(connection, token, now).await?;
        let Some(LinkPurpose::SignIn(staff)) = used.map(|open| open.link.purpose) else { return Ok(None) };
        // Whoever is let in this way has lost the others, or somebody else has them.
        part_from_all(connection, staff, now).await?;
        insert_session(connection, staff, session, now).await?;
        transaction.commit().await?;
        Ok(Some(staff))
    }
}

/// Keeps a link; its number.
async fn insert_link(
    connection: &mut AnyConnection,
    by: InstanceActor,
    token: TokenHash,
    link: &Link,
) -> Result<u32, StoreError> {
    let (staff, role, scope) = match link.purpose {
        LinkPurpose::Invitation(Grant { role, scope }) => (None, Some(role), Some(scope)),
        LinkPurpose::SignIn(staff) => (Some(staff), None, None),
        LinkPurpose::Preview(scope) => (None, None, Some(scope)),
    };
    let scope = scope.map(Scope::stored);
    // Links that are over are of no use to anybody.
    sqlx::query("DELETE FROM one_time_link WHERE expires_at <= $1")
        .bind(link.created_at.0)
        .execute(&mut *connection)
        .await?;
    let maker = match by {
        InstanceActor::Staff(staff) => Some(i64::from(staff.0)),
        InstanceActor::CommandLine | InstanceActor::System => None,
    };
    let number: i64 = sqlx::query_scalar(
        "INSERT INTO one_time_link
            (token_hash, purpose, staff, role, scope, subject, address, made_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING number",
    )
    .bind(token.to_string())
    .bind(link.purpose.as_str())
    .bind(staff.map(|staff| i64::from(staff.0)))
    .bind(role.map(Role::as_str))
    .bind(scope.map(|(word, _)| word))
    .bind(scope.map(|(_, subject)| subject))
    .bind(link.address.as_ref().map(|address| address.as_str().to_owned()))
    .bind(maker)
    .bind(link.created_at.0)
    .bind(link.expires_at.0)
    .fetch_one(connection)
    .await?;
    u32::try_from(number).map_err(|_| StoreError::damaged("the number of a link is not one"))
}

/// Takes back what the command line offers to whoever has the link.
async fn void_command_line_links(
    connection: &mut AnyConnection,
    grant: Grant,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (word, subject) = grant.scope.stored();
    let gone: Vec<i64> = sqlx::query_scalar(
        "DELETE FROM one_time_link
         WHERE purpose = 'invitation' AND made_by IS NULL AND address IS NULL
            AND role = $1 AND scope = $2 AND subject = $3
         RETURNING number",
    )
    .bind(grant.role.as_str())
    .bind(word)
    .bind(subject)
    .fetch_all(&mut *connection)
    .await?;
    for number in gone {
        let link = u32::try_from(number).unwrap_or(u32::MAX);
        let act = InstanceAct::InvitationWithdrawn { link, grant };
        append(connection, now, InstanceActor::System, act, RightsChange::None).await?;
    }
    Ok(())
}

async fn address_of(
    connection: &mut AnyConnection,
    staff: StaffNumber,
) -> Result<Option<EmailAddress>, StoreError> {
    let address: Option<Option<String>> = sqlx::query_scalar("SELECT address FROM staff WHERE number = $1")
        .bind(i64::from(staff.0))
        .fetch_optional(connection)
        .await?;
    Ok(address.flatten().as_deref().and_then(EmailAddress::parse))
}

/// A link that works once: it is gone afterwards.
async fn use_link(
    connection: &mut AnyConnection,
    token: TokenHash,
    now: Timestamp,
) -> Result<Option<OpenLink>, StoreError> {
    let row = sqlx::query(
        "DELETE FROM one_time_link WHERE token_hash = $1 AND expires_at > $2 AND purpose <> 'preview'
         RETURNING number, purpose, staff, role, scope, subject, address, created_at, expires_at",
    )
    .bind(token.to_string())
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(open_link).transpose()
}

async fn is_taken(connection: &mut AnyConnection, address: &EmailAddress) -> Result<bool, StoreError> {
    let taken = sqlx::query("SELECT 1 FROM staff WHERE address = $1").bind(address.as_str().to_owned());
    Ok(taken.fetch_optional(connection).await?.is_some())
}
