//! The rows of a list of people, and of links that still work.

use crate::domain::{Rights, Role, StaffNumber, Timestamp};
use crate::edge::{Context, HttpError};
use crate::instance::{LinkPurpose, Scope};
use crate::store::{Department, OpenLink, PersonWithRole, StoreError};
use crate::texts::Texts;

/// Somebody and a role of theirs, as a list shows them.
pub(super) struct PersonRow {
    pub number: StaffNumber,
    pub name: String,
    pub role: Role,
    /// Where the role holds, in words.
    pub place: String,
    /// The same as a form sends it.
    pub scope: String,
    /// When they were seen last, in words.
    pub seen: Option<String>,
    pub is_visitor: bool,
    /// Whether the visitor may change or take the role.
    pub may_change: bool,
    /// Whether it is theirs, to be given back here.
    pub may_leave: bool,
}

/// A link that still works.
pub(super) struct LinkRow {
    pub number: u32,
    pub address: Option<String>,
    /// What whoever has it may do, in words.
    pub may: String,
    pub place: String,
    pub scope: String,
    pub expires: String,
}

/// What rows are made with.
pub(super) struct RowMaker<'a> {
    pub texts: &'a Texts,
    pub departments: &'a [Department],
    /// Who looks.
    pub visitor: Option<StaffNumber>,
    /// What they may do in the scope that the page is about.
    pub rights: Rights,
    /// The one scope whose roles this page changes; none for all that it shows.
    pub changes: Option<Scope>,
}

impl RowMaker<'_> {
    /// Somebody's row.
    pub fn person(&self, person: PersonWithRole) -> PersonRow {
        let PersonWithRole { staff, name, grant, seen_at } = person;
        PersonRow {
            number: staff,
            name,
            role: grant.role,
            place: self.place(grant.scope),
            scope: scope_word(grant.scope),
            seen: (seen_at > Timestamp(0)).then(|| self.texts.moment(&seen_at)),
            is_visitor: self.visitor == Some(staff),
            may_leave: self.visitor == Some(staff) && self.is_changed_here(grant.scope),
            may_change: self.is_changed_here(grant.scope) && self.rights.may_give(grant.role),
        }
    }

    /// The row of a link that gives a role or shows a draft; the other kinds are nobody else's business.
    pub fn link(&self, open: &OpenLink) -> Option<LinkRow> {
        let (may, scope) = match open.link.purpose {
            LinkPurpose::Invitation(grant) => (self.texts.may(&grant.role), grant.scope),
            LinkPurpose::Preview(scope) => (self.texts.get("link-shows-draft"), scope),
            LinkPurpose::SignIn(_) => return None,
        };
        Some(LinkRow {
            number: open.number,
            address: open.link.address.as_ref().map(ToString::to_string),
            may,
            place: self.place(scope),
            scope: scope_word(scope),
            expires: self.texts.day(&open.link.expires_at),
        })
    }

    fn is_changed_here(&self, scope: Scope) -> bool {
        self.changes.is_none_or(|one| one == scope)
    }

    fn place(&self, scope: Scope) -> String {
        place_of(scope, self.departments, self.texts)
    }
}

/// Where a role holds, in words.
pub(in crate::http) fn place_of(scope: Scope, departments: &[Department], texts: &Texts) -> String {
    match scope {
        Scope::Instance => texts.get("place-everywhere"),
        Scope::Conversation(_) => texts.get("place-here"),
        Scope::Department(number) => {
            let department = departments.iter().find(|department| department.number == number);
            let name = department.map_or("", |department| department.name.as_str());
            texts.msg("place-department").text("name", name).to_string()
        }
    }
}

/// A scope of an instance's page as its forms send it: empty for everything, or a department's number.
fn scope_word(scope: Scope) -> String {
    match scope {
        Scope::Department(number) => number.to_string(),
        Scope::Instance | Scope::Conversation(_) => String::new(),
    }
}

/// The links into these scopes that still work.
pub(super) async fn links(
    context: &Context,
    maker: &RowMaker<'_>,
    scopes: &[Scope],
) -> Result<Vec<LinkRow>, StoreError> {
    let mut rows = Vec::new();
    for scope in scopes {
        let open = context.store.open_links(*scope, context.clock.now()).await?;
        rows.extend(open.iter().filter_map(|link| maker.link(link)));
    }
    Ok(rows)
}

/// A role that a form names, if whoever sends it may give it.
pub(super) fn role_to_give(word: &str, rights: Rights) -> Result<Role, HttpError> {
    let role = Role::parse(word).ok_or(HttpError::BadForm)?;
    if rights.may_give(role) { Ok(role) } else { Err(HttpError::NotAllowed) }
}
