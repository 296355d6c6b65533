//! What everybody may see of decisions on statements: which number, what was decided, by which rule of the
//! policy, in which role, on which day; and of votes that were left out, why. No words of statements, nobody's name or number.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::entry::ENTRIES_PER_PAGE;
use super::filter::LogQuery;
use crate::access::MayTakePart;
use crate::conversation::{Event, EventBody, RecordedActor};
use crate::domain::{Moderation, StatementNumber};
use crate::edge::{Access, Context, PageError, Query, page};
use crate::http::assets;
use crate::http::left_out::left_out_words;
use crate::http::paging::Pages;
use crate::http::public_frame::PublicFrame;
use crate::live::Contents;
use crate::store::JournalFilter;
use crate::texts::Texts;

/// The kinds of events that everybody may see.
const PUBLIC: &[&str] = &[
    "statement_moderated",
    "statement_merged",
    "statement_classified",
    "people_excluded",
    "people_included",
];

struct Decision {
    what: Decided,
    /// In which role it was decided.
    role: String,
    day: String,
}

/// What was decided.
enum Decided {
    Statement {
        number: StatementNumber,
        to: Moderation,
        /// The rule of the policy that it was rejected by, as it was worded then.
        rule: Option<String>,
        /// What moderators made from it instead.
        made: String,
    },
    /// People are asked another one in its place, or both again.
    Merged { number: StatementNumber, into: Option<StatementNumber> },
    /// It is about the person who votes, or about the matter.
    Classified { number: StatementNumber, meta: bool },
    /// Votes were left out, for this reason.
    LeftOut { what: String, reason: String },
    /// Votes that were left out count again.
    CountedAgain,
}

#[derive(Template)]
#[template(path = "logs/moderation.html")]
struct ModerationPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    decisions: Vec<Decision>,
    /// Within how many hours half of the last statements were decided on.
    takes_hours: Option<u32>,
    pages: Pages,
}

impl ModerationPage<'_> {
    /// The address of another page, but for its number.
    fn page_href(&self) -> String {
        format!("/c/{}/moderation?page=", self.frame.slug)
    }
}

/// `GET /c/SLUG/moderation`
pub(in crate::http) async fn show_moderation(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Query(asked): Query<LogQuery>,
) -> Result<Response, PageError> {
    let (store, id) = (&context.store, access.room.conversation);
    let filter = JournalFilter { kinds: PUBLIC, ..JournalFilter::default() };
    let pages = Pages::new(asked.page(), store.count_staff_acts(id, &filter).await?, ENTRIES_PER_PAGE);
    let board = access.room.board().await?;
    let acts = store.staff_acts(id, &filter, pages.skip(), pages.take()).await?;
    let texts = context.texts();
    page(&ModerationPage {
        t: texts,
        style: assets::url("boule.css"),
        frame: PublicFrame::of(access.slug.as_str(), &board, None, texts),
        takes_hours: board.contents.moderation_takes_hours,
        decisions: acts.iter().filter_map(|act| decision(act, &board.contents, texts)).collect(),
        pages,
    })
}

fn decision(act: &Event, contents: &Contents, texts: &Texts) -> Option<Decision> {
    let role = match (act.what.by, act.what.role) {
        (RecordedActor::Import, _) => texts.get("log-import"),
        (RecordedActor::Staff(_), Some(role)) => texts.role(&role),
        // Older logs don't say in which role it was.
        (RecordedActor::Staff(_), None) => texts.get("log-staff"),
        (RecordedActor::System | RecordedActor::Participant(_), _) => texts.get("log-boule"),
    };
    Some(Decision { what: decided(act, contents, texts)?, role, day: texts.day(&act.at) })
}

fn decided(act: &Event, contents: &Contents, texts: &Texts) -> Option<Decided> {
    match &act.what.body {
        EventBody::StatementModerated(decided) => {
            let rule = decided.rule.and_then(|rule| contents.conversation.rule_at(rule, act.seq));
            Some(Decided::Statement {
                number: decided.statement,
                to: decided.to,
                made: made_instead(decided.statement, contents, texts),
                rule: rule.map(|rule| rule.text().to_owned()),
            })
        }
        EventBody::StatementMerged(merged) => {
            Some(Decided::Merged { number: merged.statement, into: merged.into })
        }
        EventBody::StatementClassified(found) => {
            Some(Decided::Classified { number: found.statement, meta: found.meta })
        }
        EventBody::PeopleExcluded(set) => {
            let people = u32::try_from(set.people.len()).ok();
            let told = people.filter(|people| *people >= contents.conversation.settings.privacy_min);
            Some(Decided::LeftOut {
                what: left_out_words(set.basis, told, texts),
                reason: set.reason.text().to_owned(),
            })
        }
        EventBody::PeopleIncluded(_) => Some(Decided::CountedAgain),
        _ => None,
    }
}

/// The numbers of what moderators show in the place of a statement.
fn made_instead(number: StatementNumber, contents: &Contents, texts: &Texts) -> String {
    let made = contents.made_from(number).filter(|one| one.is_shown);
    made.map(|one| texts.digits(&one.number.to_string())).collect::<Vec<_>>().join(", ")
}
