//! The register of nodes: who is there, by the server's own clock, and who has which conversation.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{Connection, Row};

use super::hosts::Hosts;
use super::kept_connection::KeptConnection;
use crate::domain::{ConversationId, Slug, Timestamp};
use crate::store::error::StoreError;
use crate::store::place::{Beat, Epoch, Joined, NodeId, NodeIntroduction, Owner, Place, RegisteredNode};

/// Without an answer for so long, the connection is given up.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);
/// Nodes that said nothing for so long are struck off: nobody waits for them any more.
const STRUCK_OFF_AFTER_US: i64 = 3_600_000_000;

/// One round: it says that it is there, and hears who else is. One statement, so that all is of one moment. (What
/// lies in the future was said before the server's clock was set back: it is as old as what lies as far in the past.)
const BEAT: &str = "WITH clock AS (
    SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) AS now,
        CAST(abs(extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())) * 1000000 AS BIGINT) AS up
), beaten AS (
    UPDATE node SET beat = clock.now, draining = $2 FROM clock WHERE node.id = $1 RETURNING node.id
)
SELECT node.id, address, certificate, version, draining, clock.up, clock.now,
    CASE WHEN node.id IN (SELECT id FROM beaten) THEN 0 ELSE abs(clock.now - beat) END AS silent
FROM node, clock ORDER BY node.id";

const LOST: &str = "SELECT held.id FROM unnest($2::bigint[], $3::bigint[]) AS held (id, epoch)
    LEFT JOIN conversation c ON c.id = held.id
    WHERE c.owner IS DISTINCT FROM $1 OR c.epoch <> held.epoch";

/// Two that join at the same moment come one after the other, so that the second sees the first.
const JOIN_ALONE: &str = "SELECT pg_advisory_xact_lock(7813006613)";

/// How one begins that claims. What is claimed is as safe as a vote; and somebody who holds a conversation's row is not waited for
/// while others want to claim theirs.
const BEGIN_CLAIMING: &str = "SET synchronous_commit = on; SET lock_timeout = '500ms'";

/// A handle on the register; cheap to clone.
#[derive(Clone)]
pub struct Register(Arc<Connections>);

struct Connections {
    /// A lost standby stops votes, and moves no conversation: this one waits for none.
    beats: KeptConnection,
    claims: KeptConnection,
    /// Whoever asks where a conversation is, waits for nobody who claims one.
    lookups: KeptConnection,
}

impl Register {
    pub(in crate::store) fn new(hosts: Arc<Hosts>) -> Self {
        let beats = KeptConnection::new(Arc::clone(&hosts), "SET synchronous_commit = local", ANSWERS_WITHIN);
        let claims = KeptConnection::new(Arc::clone(&hosts), BEGIN_CLAIMING, ANSWERS_WITHIN);
        let lookups = KeptConnection::new(hosts, "SET default_transaction_read_only = on", ANSWERS_WITHIN);
        Self(Arc::new(Connections { beats, claims, lookups }))
    }

    /// Enters a node, unless one that spoke within `silent_after` is in its way: at the same address, or where one of the two has
    /// none. Silent ones that would be are struck off.
    pub async fn join(&self, node: &NodeIntroduction, silent_after: Duration) -> Result<Joined, StoreError> {
        let silent_after = i64::try_from(silent_after.as_micros()).unwrap_or(i64::MAX);
        let enter = async |connection: &mut PgConnection| {
            let mut transaction = connection.begin().await?;
            sqlx::query(JOIN_ALONE).execute(&mut *transaction).await?;
            let in_the_way = sqlx::query_scalar(
                "SELECT address FROM node WHERE (address = $1 OR address = '' OR $1 = '')
                 AND abs(CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) - beat) <= $2 LIMIT 1",
            );
            let in_the_way: Option<String> =
                in_the_way.bind(&node.address).bind(silent_after).fetch_optional(&mut *transaction).await?;
            if let Some(address) = in_the_way {
                transaction.rollback().await?;
                return Ok(Joined::InTheWay(address));
            }
            sqlx::query(
                "DELETE FROM node WHERE address = $1 OR address = '' OR $1 = ''
                 OR abs(CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) - beat) > $2",
            )
            .bind(&node.address)
            .bind(STRUCK_OFF_AFTER_US)
            .execute(&mut *transaction)
            .await?;
            let entered = sqlx::query_scalar(
                "INSERT INTO node (address, certificate, version, beat, draining)
                 VALUES ($1, $2, $3, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT), 0) RETURNING id",
            );
            let entered = entered.bind(&node.address).bind(&node.certificate).bind(&node.version);
            let id = entered.fetch_one(&mut *transaction).await?;
            transaction.commit().await?;
            Ok(Joined::As(NodeId(id)))
        };
        self.0.claims.run(enter).await
    }

    /// A node says that it is there, and which conversations it believes to have.
    pub async fn beat(
        &self,
        node: NodeId,
        is_draining: bool,
        held: &[(ConversationId, Epoch)],
    ) -> Result<Beat, StoreError> {
        let ids: Vec<i64> = held.iter().map(|(id, _)| id.stored()).collect();
        let epochs: Vec<i64> = held.iter().map(|(_, epoch)| epoch.0).collect();
        let doing = async |connection: &mut PgConnection| {
            let beat = sqlx::query(BEAT).bind(node.0).bind(i64::from(is_draining));
            let nodes = beat.fetch_all(&mut *connection).await?;
            let lost = sqlx::query_scalar(LOST).bind(node.0).bind(ids).bind(epochs);
            let lost: Vec<i64> =
                if held.is_empty() { Vec::new() } else { lost.fetch_all(connection).await? };
            Ok((nodes, lost))
        };
        let (rows, lost) = self.0.beats.run(doing).await?;
        let of_server = |name| rows.first().map_or(Ok(0), |row| row.try_get(name));
        Ok(Beat {
            now: Timestamp(of_server("now")?),
            server_up_for: micros(of_server("up")?),
            nodes: rows.iter().map(read_node).collect::<Result<_, _>>()?,
            lost: lost.into_iter().map(ConversationId::from_stored).collect(),
        })
    }

    /// Where the conversation with this address is.
    pub async fn place(&self, slug: &Slug) -> Result<Option<Place>, StoreError> {
        let doing = async |connection: &mut PgConnection| {
            let query = sqlx::query(
                "SELECT id, epoch, owner,
                    abs(CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) - owned_at) AS owned_for
                 FROM conversation WHERE slug = $1",
            );
            query.bind(slug.as_str()).fetch_optional(connection).await
        };
        let row = self.0.lookups.run(doing).await?;
        row.as_ref().map(read_place).transpose()
    }

    /// A registered node takes a conversation, unless somebody else took it since `seen`. The new epoch, in which nobody else writes.
    pub async fn claim(
        &self,
        conversation: ConversationId,
        node: NodeId,
        seen: Epoch,
    ) -> Result<Option<Epoch>, StoreError> {
        let doing = async |connection: &mut PgConnection| {
            let claim = sqlx::query_scalar(
                "UPDATE conversation SET owner = $2, epoch = epoch + 1,
                    owned_at = CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)
                 WHERE id = $1 AND epoch = $3 AND EXISTS (SELECT FROM node WHERE node.id = $2) RETURNING epoch",
            );
            claim.bind(conversation.stored()).bind(node.0).bind(seen.0).fetch_optional(connection).await
        };
        Ok(self.0.claims.run(doing).await?.map(Epoch))
    }

    /// Whether nobody has taken a conversation since that epoch. It is written, so that only a server that may be written says so.
    pub async fn holds(&self, conversation: ConversationId, epoch: Epoch) -> Result<bool, StoreError> {
        let doing = async |connection: &mut PgConnection| {
            let hold =
                sqlx::query("UPDATE conversation SET owned_at = owned_at WHERE id = $1 AND epoch = $2");
            hold.bind(conversation.stored()).bind(epoch.0).execute(connection).await
        };
        Ok(self.0.claims.run(doing).await?.rows_affected() == 1)
    }

    /// A node lets go of a conversation, if it still has it.
    pub async fn release(
        &self,
        conversation: ConversationId,
        node: NodeId,
        epoch: Epoch,
    ) -> Result<(), StoreError> {
        let doing = async |connection: &mut PgConnection| {
            let release = sqlx::query(
                "UPDATE conversation SET owner = NULL WHERE id = $1 AND owner = $2 AND epoch = $3",
            );
            release.bind(conversation.stored()).bind(node.0).bind(epoch.0).execute(connection).await
        };
        self.0.claims.run(doing).await.map(|_| ())
    }

    /// A node goes, and lets go of all that it has.
    pub async fn leave(&self, node: NodeId) -> Result<(), StoreError> {
        let doing = async |connection: &mut PgConnection| {
            let release = sqlx::query("UPDATE conversation SET owner = NULL WHERE owner = $1");
            release.bind(node.0).execute(&mut *connection).await?;
            sqlx::query("DELETE FROM node WHERE id = $1").bind(node.0).execute(connection).await
        };
        self.0.claims.run(doing).await.map(|_| ())
    }
}

fn micros(count: i64) -> Duration {
    Duration::from_micros(u64::try_from(count).unwrap_or(0))
}

fn read_node(row: &PgRow) -> Result<RegisteredNode, StoreError> {
    Ok(RegisteredNode {
        id: NodeId(row.try_get("id")?),
        said: NodeIntroduction {
            address: row.try_get("address")?,
            certificate: row.try_get("certificate")?,
            version: row.try_get("version")?,
        },
        silent_for: micros(row.try_get("silent")?),
        is_draining: row.try_get::<i64, _>("draining")? != 0,
    })
}

fn read_place(row: &PgRow) -> Result<Place, StoreError> {
    let owner: Option<i64> = row.try_get("owner")?;
    let owned_for: Option<i64> = row.try_get("owned_for")?;
    Ok(Place {
        conversation: ConversationId::from_stored(row.try_get("id")?),
        epoch: Epoch(row.try_get("epoch")?),
        owner: owner.map(|node| Owner { node: NodeId(node), owned_for: micros(owned_for.unwrap_or(0)) }),
    })
}
