//! Named groups of conversations.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::grants::drop_void_links_into;
use super::log::{RightsChange, append};
use crate::domain::{ConversationId, DepartmentNumber, PersonalText, Timestamp};
use crate::instance::{InstanceAct, InstanceActor, Scope};
use crate::store::error::StoreError;
use crate::store::sql::store::Store;
use crate::store::staff::Department;

impl Store {
    /// Makes a department. None where another has this name.
    pub async fn add_department(
        &self,
        by: InstanceActor,
        name: PersonalText,
        now: Timestamp,
    ) -> Result<Option<DepartmentNumber>, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        if is_taken(connection, &name).await? {
            return Ok(None);
        }
        let number: i64 =
            sqlx::query_scalar("INSERT INTO department (name, created_at) VALUES ($1, $2) RETURNING number")
                .bind(name.text().to_owned())
                .bind(now.0)
                .fetch_one(&mut *connection)
                .await?;
        let department = department_number(number)?;
        let act = InstanceAct::DepartmentMade { department, name };
        append(connection, now, by, act, RightsChange::None).await?;
        transaction.commit().await?;
        Ok(Some(department))
    }

    /// Calls a department something else. False where another has this name, or there is no such department.
    pub async fn rename_department(
        &self,
        by: InstanceActor,
        department: DepartmentNumber,
        name: PersonalText,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        if is_taken(connection, &name).await? {
            return Ok(false);
        }
        let renamed = sqlx::query("UPDATE department SET name = $1 WHERE number = $2")
            .bind(name.text().to_owned())
            .bind(i64::from(department.0))
            .execute(&mut *connection)
            .await?;
        if renamed.rows_affected() == 0 {
            return Ok(false);
        }
        let act = InstanceAct::DepartmentRenamed { department, name };
        append(connection, now, by, act, RightsChange::None).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// All departments, by name.
    pub async fn departments(&self) -> Result<Vec<Department>, StoreError> {
        let rows = sqlx::query("SELECT number, name FROM department ORDER BY name").fetch_all(&self.readers);
        let read = |row: &AnyRow| {
            Ok(Department { number: department_number(row.try_get("number")?)?, name: row.try_get("name")? })
        };
        rows.await?.iter().map(read).collect()
    }

    /// The department that a conversation belongs to.
    pub async fn department_of(
        &self,
        conversation: ConversationId,
    ) -> Result<Option<DepartmentNumber>, StoreError> {
        let number: Option<Option<i64>> =
            sqlx::query_scalar("SELECT department FROM conversation WHERE id = $1")
                .bind(conversation.stored())
                .fetch_optional(&self.readers)
                .await?;
        number.flatten().map(department_number).transpose()
    }

    /// Has a conversation belong to a department, or to none. False where it does already, or where one of the
    /// two is not there.
    pub async fn assign_conversation(
        &self,
        by: InstanceActor,
        conversation: ConversationId,
        department: Option<DepartmentNumber>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let number = department.map(|department| i64::from(department.0));
        let moved = sqlx::query(
            "UPDATE conversation SET department = $1
             WHERE id = $2 AND department IS DISTINCT FROM $3 AND ($4 IS NULL OR EXISTS (SELECT 1 FROM department WHERE number = $5))",
        )
        .bind(number)
        .bind(conversation.stored())
        .bind(number)
        .bind(number)
        .bind(number)
        .execute(&mut *connection)
        .await?;
        if moved.rows_affected() == 0 {
            return Ok(false);
        }
        let act = InstanceAct::ConversationAssigned { conversation, department };
        append(connection, now, by, act, RightsChange::Some).await?;
        drop_void_links_into(connection, Scope::Conversation(conversation), now).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

async fn is_taken(connection: &mut AnyConnection, name: &PersonalText) -> Result<bool, StoreError> {
    let taken = sqlx::query("SELECT 1 FROM department WHERE name = $1").bind(name.text().to_owned());
    Ok(taken.fetch_optional(connection).await?.is_some())
}

fn department_number(stored: i64) -> Result<DepartmentNumber, StoreError> {
    let number =
        u32::try_from(stored).map_err(|_| StoreError::damaged("a number of a department is not one"));
    number.map(DepartmentNumber)
}
