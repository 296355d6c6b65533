//! What is not on an agenda, by reason.

use std::collections::{BTreeMap, HashMap};

use crate::disclosure::{PublicAgenda, Results};
use crate::domain::{OmissionReason, StatementNumber};
use crate::http::results::{Standing, Whole, standings};
use crate::live::{BoardStatement, Contents};
use crate::texts::Texts;

use super::source::AgendaSource;

/// Statements that are not on it for one reason.
pub(in crate::http) struct LeftOut {
    pub why: String,
    /// How many they are.
    pub count: usize,
    /// The first of them; the table of all statements has the others.
    pub listed: Vec<(StatementNumber, String)>,
}

/// Statements of one reason that a page lists.
const MOST_LISTED: usize = 20;

/// Statements that are not on an agenda, each reason with its statements.
pub(in crate::http) type ByReason<'a> = BTreeMap<NotOn, Vec<&'a BoardStatement>>;

/// What is shown and not on it, by reason: also what came after the draft.
pub(in crate::http) fn by_reason<'a>(
    source: AgendaSource<'_>,
    told: &PublicAgenda,
    contents: &'a Contents,
    results: Option<&Results>,
) -> ByReason<'a> {
    let standings = results.map(standings).unwrap_or_default();
    let left_out = told.left_out.iter();
    let mut drafted: HashMap<StatementNumber, NotOn> =
        left_out.map(|(number, why)| (*number, NotOn::of(*why, standings.get(number)))).collect();
    drafted.extend(source.proposal.statements().map(|backed| (backed.statement, NotOn::Removed)));
    // Where nothing was chosen from the votes, nothing came after that.
    let came_later = if source.proposal.places == 0 { NotOn::NoChoice } else { NotOn::CameLater };
    let mut by_reason = ByReason::new();
    for statement in contents.shown().filter(|statement| source.agenda.place_of(statement.number).is_none()) {
        let why = drafted.get(&statement.number).copied().unwrap_or(came_later);
        by_reason.entry(why).or_default().push(statement);
    }
    by_reason
}

/// The same with the first statements of each reason, to be listed.
pub(super) fn left_out(by_reason: &ByReason<'_>, results: Option<&Results>, texts: &Texts) -> Vec<LeftOut> {
    let groups = shown_groups(results);
    let listed = |statements: &[&BoardStatement]| {
        let first = statements.iter().take(MOST_LISTED);
        first.map(|statement| (statement.number, statement.text.to_string())).collect()
    };
    let part = |(why, statements): (&NotOn, &Vec<&BoardStatement>)| LeftOut {
        why: why.words(groups, texts),
        count: statements.len(),
        listed: listed(statements),
    };
    by_reason.iter().map(part).collect()
}

/// The groups that the results tell apart.
pub(in crate::http) fn shown_groups(results: Option<&Results>) -> Whole {
    results.map_or(Whole::People, |results| Whole::of(results.groups.len(), results.hidden_groups))
}

/// Why a statement is not on it: as it was drafted, and where others were chosen, how it stands in the results.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::http) enum NotOn {
    Agreed,
    OneGroup,
    Differs,
    OthersChosen,
    TooFewVotes,
    Meta,
    NotAccepted,
    Rejected,
    Removed,
    CameLater,
    NoChoice,
}

impl NotOn {
    fn of(why: OmissionReason, standing: Option<&(Standing, Option<u32>)>) -> Self {
        match why {
            OmissionReason::Rejected => Self::Rejected,
            OmissionReason::NotAccepted => Self::NotAccepted,
            OmissionReason::Meta => Self::Meta,
            OmissionReason::TooFewVotes => Self::TooFewVotes,
            OmissionReason::NotChosen | OmissionReason::NoSupport => match standing {
                Some((Standing::Agreed, _)) => Self::Agreed,
                Some((Standing::OneGroup, _)) => Self::OneGroup,
                Some((Standing::Differs, _)) => Self::Differs,
                Some((Standing::Rejected | Standing::Unclear, _)) | None => Self::OthersChosen,
            },
        }
    }

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::OneGroup => "one_group",
            Self::Differs => "differs",
            Self::OthersChosen => "others_chosen",
            Self::TooFewVotes => "too_few_votes",
            Self::Meta => "meta",
            Self::NotAccepted => "not_accepted",
            Self::Rejected => "rejected",
            Self::Removed => "removed",
            Self::CameLater => "came_later",
            Self::NoChoice => "no_choice",
        }
    }

    /// In words; `groups` are those that the results tell apart.
    pub fn words(self, groups: Whole, texts: &Texts) -> String {
        let of_groups = |key| texts.msg(key).text("who", groups.word()).to_string();
        let key = match self {
            Self::Agreed => return of_groups("left-out-agreed"),
            Self::OneGroup => return of_groups("left-out-one-group"),
            Self::CameLater => "left-out-later",
            Self::NoChoice => "left-out-no-choice",
            Self::Differs => "left-out-differ",
            Self::OthersChosen => "left-out-not-chosen",
            Self::TooFewVotes => "left-out-too-few",
            Self::Meta => "left-out-meta",
            Self::NotAccepted => "left-out-not-accepted",
            Self::Rejected => "left-out-rejected",
            Self::Removed => "left-out-removed",
        };
        texts.get(key)
    }
}
