//! The instance's own log, read again from the beginning, and the roles that it comes to.

use std::collections::BTreeMap;

use super::noted::{problem_at, problem_of_end};
use crate::domain::{ChainHash, ConversationId, DepartmentNumber, PersonalText, Role, Seq, StaffNumber};
use crate::instance::{INSTANCE_LOG, InstanceAct, NewInstanceEvent, Scope};
use crate::store::{Store, StoreError, StoredEvent};

/// Rows that are read at a time.
const CHUNK: usize = 10_000;

type Roles = BTreeMap<(StaffNumber, (&'static str, i64)), Role>;

/// What was found so far.
struct InstanceAudit {
    last: Seq,
    hash: ChainHash,
    roles: Roles,
    /// To which department each conversation belongs.
    departments: BTreeMap<ConversationId, DepartmentNumber>,
    /// The names of departments and the addresses of accounts, by what the log commits to.
    names: BTreeMap<DepartmentNumber, PersonalText>,
    addresses: BTreeMap<StaffNumber, PersonalText>,
    problems: Vec<String>,
}

/// How many events there are, and what is wrong with them.
pub(super) async fn audit(
    store: &Store,
    noted: &BTreeMap<Seq, String>,
) -> Result<(Seq, Vec<String>), StoreError> {
    // Beside a server that writes: first the log's end, then the log up to it.
    let (end, head) = store.instance_head().await?;
    let held = store.all_grants().await?;
    let genesis = ChainHash::genesis(INSTANCE_LOG);
    let mut audit = InstanceAudit {
        last: Seq(0),
        hash: genesis,
        roles: Roles::new(),
        departments: BTreeMap::new(),
        names: BTreeMap::new(),
        addresses: BTreeMap::new(),
        problems: Vec::new(),
    };
    while audit.last < end {
        let rows = store.stored_instance_events(audit.last, CHUNK).await?;
        if rows.is_empty() {
            audit.problems.push(format!("the log ends at event {}, its head is event {end}", audit.last));
            break;
        }
        rows.iter().take_while(|row| row.seq <= end).for_each(|row| audit.row(row, noted));
    }
    if audit.hash.to_string() != head {
        audit.problems.push(format!("the head's hash is not that of event {}", audit.last));
    }
    if !store.stored_instance_events(end, 1).await?.is_empty() && store.instance_head().await?.0 == end {
        audit.problems.push(format!("the log goes on after event {end}, its head"));
    }
    audit.problems.extend(problem_of_end(noted, audit.last));
    let held: Roles =
        held.into_iter().map(|(who, grant)| ((who, grant.scope.stored()), grant.role)).collect();
    // Somebody may have been given a role meanwhile.
    if held != audit.roles && store.instance_head().await?.0 == end {
        audit.problems.push("roles are held that the log does not give, or the other way round".into());
    }
    if store.instance_head().await?.0 == end {
        audit.compare(store).await?;
    }
    Ok((audit.last, audit.problems))
}

impl InstanceAudit {
    fn row(&mut self, row: &StoredEvent, noted: &BTreeMap<Seq, String>) {
        if row.seq != self.last.next() {
            self.problems.push(format!("event {} follows event {}: a gap", row.seq, self.last));
        }
        self.hash = ChainHash::of_event(self.hash, INSTANCE_LOG, row.seq, row.at, &row.kind, &row.payload);
        if self.hash.to_string() != row.hash {
            self.problems.push(format!("event {} does not have the hash that it should have", row.seq));
            self.hash = ChainHash::parse(&row.hash).unwrap_or(self.hash);
        }
        self.problems.extend(problem_at(noted, row.seq, &row.hash));
        self.last = row.seq;
        match NewInstanceEvent::parse(&row.kind, &row.payload) {
            Err(error) => self.problems.push(format!("event {}: {error}", row.seq)),
            Ok(event) => {
                let written = event.written().ok();
                if written != Some((row.kind.clone(), row.payload.clone())) {
                    self.problems.push(format!("event {} is not written as its format says", row.seq));
                }
                self.follow(&event.act);
            }
        }
        // The first ones are enough: one broken link breaks everything behind it.
        self.problems.truncate(20);
    }

    /// Compares what is kept beside the log with what the log says.
    async fn compare(&mut self, store: &Store) -> Result<(), StoreError> {
        self.problems.extend(store.instance_text_problems().await?);
        for (id, _) in store.stored_conversations().await? {
            if store.department_of(id).await? != self.departments.get(&id).copied() {
                self.problems.push(format!("conversation {id} is not in the department that the log says"));
            }
        }
        let words = store.instance_words().await?;
        let is_said = |committed: Option<&PersonalText>, kept: &str| {
            committed.and_then(|text| words.get(text.commitment())).is_some_and(|said| said == kept)
        };
        for department in store.departments().await? {
            if !is_said(self.names.get(&department.number), &department.name) {
                self.problems.push(format!("department {} has another name in the log", department.number));
            }
        }
        for (number, address) in store.staff_addresses().await? {
            if !is_said(self.addresses.get(&number), address.as_str()) {
                self.problems.push(format!("account {number} has another address in the log"));
            }
        }
        Ok(())
    }

    /// Follows who holds which role, and what is called what.
    fn follow(&mut self, act: &InstanceAct) {
        let key = |account: StaffNumber, scope: Scope| (account, scope.stored());
        match act {
            InstanceAct::Granted { account, grant } | InstanceAct::RoleChanged { account, grant, .. } => {
                self.roles.insert(key(*account, grant.scope), grant.role);
            }
            InstanceAct::Revoked { account, grant } => {
                self.roles.remove(&key(*account, grant.scope));
            }
            InstanceAct::ConversationAssigned { conversation, department: Some(department) } => {
                self.departments.insert(*conversation, *department);
            }
            InstanceAct::ConversationAssigned { conversation, department: None } => {
                self.departments.remove(conversation);
            }
            InstanceAct::DepartmentMade { department, name }
            | InstanceAct::DepartmentRenamed { department, name } => {
                self.names.insert(*department, name.clone());
            }
            InstanceAct::AccountMade { account, address } => {
                self.addresses.insert(*account, address.clone());
            }
            _ => {}
        }
    }
}
