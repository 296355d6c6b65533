//! Who holds which role, and where.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::log::{RightsChange, append};
use super::open_link::{open_link, withdrawn};
use crate::domain::{DepartmentNumber, Rights, Role, StaffNumber, Timestamp};
use crate::instance::{Grant, InstanceAct, InstanceActor, Scope, rights_in};
use crate::store::error::StoreError;
use crate::store::sql::numbers::staff_number;
use crate::store::sql::store::Store;
use crate::store::staff::{Changed, PersonWithRole};

impl Store {
    /// Gives somebody a role, instead of the one that they hold there.
    pub async fn give_role(
        &self,
        by: InstanceActor,
        account: StaffNumber,
        grant: Grant,
        now: Timestamp,
    ) -> Result<Changed, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let before = role_in(connection, account, grant.scope).await?;
        if before == Some(grant.role) {
            return Ok(Changed::Nothing);
        }
        if !may_still_give(connection, by, grant).await? {
            return Ok(Changed::NotAllowed);
        }
        if before == Some(Role::Owner) && is_last_owner(connection, grant.scope).await? {
            return Ok(Changed::LastOwner);
        }
        put_grant(connection, (by, now), account, grant, before).await?;
        drop_void_links(connection, account, now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// Takes the role that somebody holds somewhere.
    pub async fn take_role(
        &self,
        by: InstanceActor,
        account: StaffNumber,
        scope: Scope,
        now: Timestamp,
    ) -> Result<Changed, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let Some(role) = role_in(connection, account, scope).await? else { return Ok(Changed::Nothing) };
        let is_own = by == InstanceActor::Staff(account);
        if !is_own && !may_still_give(connection, by, Grant { role, scope }).await? {
            return Ok(Changed::NotAllowed);
        }
        if role == Role::Owner && is_last_owner(connection, scope).await? {
            return Ok(Changed::LastOwner);
        }
        let (word, subject) = scope.stored();
        sqlx::query("DELETE FROM staff_grant WHERE staff = $1 AND scope = $2 AND subject = $3")
            .bind(i64::from(account.0))
            .bind(word)
            .bind(subject)
            .execute(&mut *connection)
            .await?;
        let act = InstanceAct::Revoked { account, grant: Grant { role, scope } };
        append(connection, now, by, act, RightsChange::Some).await?;
        drop_void_links(connection, account, now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// Everybody who holds a role in one of these scopes, in their order; by name in each.
    pub async fn people(&self, scopes: &[Scope]) -> Result<Vec<PersonWithRole>, StoreError> {
        let mut people = Vec::new();
        for scope in scopes {
            let (word, subject) = scope.stored();
            let rows = sqlx::query(
                "SELECT g.staff, g.scope, g.subject, g.role, s.name, s.seen_at
                 FROM staff_grant g JOIN staff s ON s.number = g.staff
                 WHERE g.scope = $1 AND g.subject = $2 ORDER BY s.name, g.staff",
            )
            .bind(word)
            .bind(subject)
            .fetch_all(&self.readers)
            .await?;
            for row in &rows {
                people.push(PersonWithRole {
                    staff: staff_number(row.try_get("staff")?)?,
                    name: row.try_get("name")?,
                    grant: grant(row)?,
                    seen_at: Timestamp(row.try_get("seen_at")?),
                });
            }
        }
        Ok(people)
    }

    /// Every role that anybody holds.
    pub async fn all_grants(&self) -> Result<Vec<(StaffNumber, Grant)>, StoreError> {
        let rows =
            sqlx::query("SELECT staff, scope, subject, role FROM staff_grant").fetch_all(&self.readers);
        let held = |row: &AnyRow| Ok((staff_number(row.try_get("staff")?)?, grant(row)?));
        rows.await?.iter().map(held).collect()
    }

    /// Whether anybody owns this instance.
    pub async fn has_owner(&self) -> Result<bool, StoreError> {
        let owners: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM staff_grant WHERE scope = 'instance' AND role = 'owner'",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok(owners > 0)
    }
}

/// Whether whoever gives or takes a role may do so now: they may have lost their own since they asked.
pub(super) async fn may_still_give(
    connection: &mut AnyConnection,
    by: InstanceActor,
    grant: Grant,
) -> Result<bool, StoreError> {
    let InstanceActor::Staff(staff) = by else { return Ok(true) };
    let grants = grants_of(connection, staff).await?;
    let rights = match grant.scope {
        Scope::Conversation(conversation) => {
            let department: Option<Option<i64>> =
                sqlx::query_scalar("SELECT department FROM conversation WHERE id = $1")
                    .bind(conversation.stored())
                    .fetch_optional(connection)
                    .await?;
            let department = department.flatten().and_then(|n| u32::try_from(n).ok()).map(DepartmentNumber);
            rights_in(&grants, conversation, department)
        }
        // Only owners say who runs departments, and the instance.
        Scope::Instance | Scope::Department(_) => {
            let own = grants.iter().filter(|held| held.scope == Scope::Instance && held.role == Role::Owner);
            Rights::of(own.map(|held| held.role))
        }
    };
    Ok(rights.may_give(grant.role))
}

/// Links of somebody who may not make them any more are void.
async fn drop_void_links(
    connection: &mut AnyConnection,
    maker: StaffNumber,
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT number, purpose, staff, role, scope, subject, address, created_at, expires_at, made_by
         FROM one_time_link WHERE made_by = $1",
    )
    .bind(i64::from(maker.0))
    .fetch_all(&mut *connection)
    .await?;
    drop_void(connection, &rows, now).await
}

/// Links into a scope whose makers may not make them any more are void.
pub(super) async fn drop_void_links_into(
    connection: &mut AnyConnection,
    scope: Scope,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (word, subject) = scope.stored();
    let rows = sqlx::query(
        "SELECT number, purpose, staff, role, scope, subject, address, created_at, expires_at, made_by
         FROM one_time_link WHERE scope = $1 AND subject = $2 AND made_by IS NOT NULL",
    )
    .bind(word)
    .bind(subject)
    .fetch_all(&mut *connection)
    .await?;
    drop_void(connection, &rows, now).await
}

async fn drop_void(
    connection: &mut AnyConnection,
    rows: &[AnyRow],
    now: Timestamp,
) -> Result<(), StoreError> {
    for row in rows {
        let (open, maker) = (open_link(row)?, staff_number(row.try_get("made_by")?)?);
        let Some(gives) = open.link.purpose.gives() else { continue };
        if may_still_give(connection, InstanceActor::Staff(maker), gives).await? {
            continue;
        }
        sqlx::query("DELETE FROM one_time_link WHERE number = $1")
            .bind(i64::from(open.number))
            .execute(&mut *connection)
            .await?;
        if let Some(act) = withdrawn(&open) {
            append(connection, now, InstanceActor::System, act, RightsChange::Some).await?;
        }
    }
    Ok(())
}

/// All that somebody may do, and where.
pub(super) async fn grants_of(
    connection: &mut AnyConnection,
    staff: StaffNumber,
) -> Result<Vec<Grant>, StoreError> {
    let rows = sqlx::query("SELECT scope, subject, role FROM staff_grant WHERE staff = $1")
        .bind(i64::from(staff.0))
        .fetch_all(connection)
        .await?;
    rows.iter().map(grant).collect()
}

pub(super) async fn role_in(
    connection: &mut AnyConnection,
    staff: StaffNumber,
    scope: Scope,
) -> Result<Option<Role>, StoreError> {
    let (word, subject) = scope.stored();
    let role: Option<String> =
        sqlx::query_scalar("SELECT role FROM staff_grant WHERE staff = $1 AND scope = $2 AND subject = $3")
            .bind(i64::from(staff.0))
            .bind(word)
            .bind(subject)
            .fetch_optional(connection)
            .await?;
    let read = |role: String| Role::parse(&role).ok_or_else(|| StoreError::damaged("a role is not one"));
    role.map(read).transpose()
}

/// Writes a grant, and the event that says so.
pub(super) async fn put_grant(
    connection: &mut AnyConnection,
    (by, now): (InstanceActor, Timestamp),
    account: StaffNumber,
    grant: Grant,
    before: Option<Role>,
) -> Result<(), StoreError> {
    let (word, subject) = grant.scope.stored();
    sqlx::query(
        "INSERT INTO staff_grant (staff, scope, subject, role, given_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (staff, scope, subject) DO UPDATE SET role = excluded.role, given_at = excluded.given_at",
    )
    .bind(i64::from(account.0))
    .bind(word)
    .bind(subject)
    .bind(grant.role.as_str())
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    let act = match before {
        Some(before) => InstanceAct::RoleChanged { account, grant, before },
        None => InstanceAct::Granted { account, grant },
    };
    append(connection, now, by, act, RightsChange::Some).await
}

async fn is_last_owner(connection: &mut AnyConnection, scope: Scope) -> Result<bool, StoreError> {
    if scope != Scope::Instance {
        return Ok(false);
    }
    let owners: i64 =
        sqlx::query_scalar("SELECT count(*) FROM staff_grant WHERE scope = 'instance' AND role = 'owner'")
            .fetch_one(connection)
            .await?;
    Ok(owners <= 1)
}

fn grant(row: &AnyRow) -> Result<Grant, StoreError> {
    let (role, scope): (String, String) = (row.try_get("role")?, row.try_get("scope")?);
    let scope = Scope::from_stored(&scope, row.try_get("subject")?);
    let role = Role::parse(&role);
    let grant = role.zip(scope).map(|(role, scope)| Grant { role, scope });
    grant.ok_or_else(|| StoreError::damaged("a grant is not one"))
}
