//! Which entries of a log somebody looks for, as the address says.

use serde::Deserialize;

use crate::domain::StaffNumber;
use crate::store::JournalFilter;
use crate::texts::{end_of_day, start_of_day};

/// A group of kinds that can be looked for together: its word in addresses, and the kinds.
pub(super) type KindGroup = (&'static str, &'static [&'static str]);

/// What can be looked for in a conversation's log.
pub(super) const OF_CONVERSATION: [KindGroup; 6] = [
    (
        "decisions",
        &[
            "statement_moderated",
            "statement_merged",
            "statement_classified",
            "statement_pinned",
            "submissions_paused",
            "author_held",
            "people_excluded",
            "people_included",
        ],
    ),
    ("statements", &["statement_submitted", "statement_reworded", "statement_withdrawn", "seeds_reordered"]),
    (
        "rules",
        &[
            "conversation_created",
            "conversation_changed",
            "conversation_renamed",
            "conversation_opened",
            "conversation_closed",
            "step_answered",
        ],
    ),
    ("data", &["participant_erased", "links_destroyed", "deletion_planned", "conversation_deleted"]),
    ("results", &["headline_written", "information_written", "results_kept", "rows_released"]),
    (
        "agenda",
        &["agenda_drafted", "agenda_edited", "agenda_commented", "agenda_published", "agenda_triggers_set"],
    ),
];

/// What can be looked for in the instance's log.
pub(super) const OF_INSTANCE: [KindGroup; 5] = [
    ("sign-ins", &["signed_in", "signed_out", "sign_in_refused", "sign_in_link_made", "recovery_code_used"]),
    (
        "accounts",
        &["account_made", "password_changed", "second_factor_set", "provider_linked", "provider_unlinked"],
    ),
    (
        "roles",
        &[
            "invited",
            "invitation_accepted",
            "invitation_withdrawn",
            "granted",
            "role_changed",
            "revoked",
            "preview_link_made",
            "preview_link_withdrawn",
        ],
    ),
    (
        "instance",
        &[
            "department_made",
            "department_renamed",
            "conversation_assigned",
            "conversation_archived",
            "site_page_changed",
            "backed_up",
            "restored",
            "log_exported",
            "conversation_exported",
        ],
    ),
    (
        "data",
        &[
            "personal_data_sent",
            "person_erased",
            "links_destroyed",
            "deletion_planned",
            "conversation_deleted",
            "kept_statement_erased",
        ],
    ),
];

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::http) struct LogQuery {
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub what: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub page: String,
}

impl LogQuery {
    /// The same for the store. What can't be read asks for nothing.
    pub fn filter(&self, groups: &[KindGroup]) -> JournalFilter {
        let group = groups.iter().find(|(word, _)| *word == self.what);
        JournalFilter {
            staff: self.who.parse().ok().map(StaffNumber),
            kinds: group.map_or(&[], |(_, kinds)| kinds),
            from: start_of_day(&self.from),
            until: end_of_day(&self.until),
        }
    }

    /// The page that is asked for.
    pub fn page(&self) -> Option<usize> {
        self.page.parse().ok()
    }

    /// What stands in an address that asks for the same again; only what was understood.
    pub fn query(&self, groups: &[KindGroup]) -> String {
        let filter = self.filter(groups);
        let mut pairs = Vec::new();
        if let Some(staff) = filter.staff {
            pairs.push(format!("who={staff}"));
        }
        if !filter.kinds.is_empty() {
            pairs.push(format!("what={}", self.what));
        }
        for (name, moment, typed) in [("from", filter.from, &self.from), ("until", filter.until, &self.until)]
        {
            if moment.is_some() {
                pairs.push(format!("{name}={}", typed.trim()));
            }
        }
        pairs.iter().map(|pair| format!("{pair}&")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::EventBody;
    use crate::instance::InstanceAct;

    #[test]
    fn an_address_asks_for_what_it_says_and_nothing_it_makes_up() {
        let asked = LogQuery {
            who: "7".into(),
            what: "decisions".into(),
            from: "2026-11-27".into(),
            until: "never\r\n".into(),
            page: "2".into(),
        };
        let filter = asked.filter(&OF_CONVERSATION);
        assert_eq!((filter.staff, filter.kinds[0]), (Some(StaffNumber(7)), "statement_moderated"));
        assert!(filter.from.is_some() && filter.until.is_none());
        assert_eq!(asked.query(&OF_CONVERSATION), "who=7&what=decisions&from=2026-11-27&");
        assert_eq!(asked.page(), Some(2));
        let nonsense = LogQuery { who: "-1".into(), what: "1 OR 1=1".into(), ..LogQuery::default() };
        assert_eq!(nonsense.query(&OF_INSTANCE), "");
    }

    #[test]
    fn every_kind_that_staff_can_cause_is_looked_for_in_exactly_one_group() {
        let of_public =
            ["participant_joined", "vote_cast", "cohort_assigned", "place_stated", "statement_seconded"];
        let mut expected: Vec<&str> =
            EventBody::KINDS.iter().filter(|kind| !of_public.contains(kind)).copied().collect();
        expected.sort_unstable();
        assert_eq!(kinds_of(&OF_CONVERSATION), expected);
        // An unheard-of kind is refused with a list of those there are.
        let refused = serde_json::from_str::<InstanceAct>(r#"{"kind":"?"}"#).unwrap_err().to_string();
        let mut expected: Vec<&str> = refused.split('`').skip(3).step_by(2).collect();
        expected.sort_unstable();
        assert_eq!(kinds_of(&OF_INSTANCE), expected);
    }

    fn kinds_of(groups: &[KindGroup]) -> Vec<&'static str> {
        let mut kinds: Vec<&str> = groups.iter().flat_map(|(_, kinds)| kinds.iter().copied()).collect();
        kinds.sort_unstable();
        kinds
    }
}
