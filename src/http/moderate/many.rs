//! Deciding on many statements at once: on those that were ticked, after they were looked at together, or on a stretch of those
//! that wait.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::{MayModerate, MaySeeModeration};
use crate::conversation::{ModerationAct, ModerationTarget};
use crate::domain::{Moderation, Rights, Seq, StatementNumber};
use crate::edge::{Access, Context, Form, HttpError, PageError, Query, page};
use crate::http::work_frame::WorkFrame;
use crate::texts::Texts;

use super::decide::decision;
use super::place::Place;

struct View {
    question: String,
    policy: Vec<String>,
    place: Place,
    /// Those that were ticked and still wait.
    picked: Vec<(StatementNumber, String)>,
    /// How many of those that were ticked wait no more.
    gone: usize,
}

#[derive(Template)]
#[template(path = "moderate/many.html")]
struct ManyPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    rights: Rights,
    view: View,
}

/// `GET /m/SLUG/many`: those that were ticked, to be looked at before anything is decided.
pub(in crate::http) async fn preview_many(
    access: Access<MaySeeModeration>,
    State(context): State<Context>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let many = Many::of(pairs).ok_or(HttpError::BadForm)?;
    let board = access.room.board().await?;
    let contents = &board.contents;
    let waits = |number: &StatementNumber| {
        let statement = contents.statement(*number)?;
        (statement.moderation == Moderation::Pending).then(|| (*number, statement.text.to_string()))
    };
    let picked: Vec<_> = many.picked.iter().filter_map(waits).collect();
    let text = &contents.conversation.text;
    let view = View {
        question: text.question.text().to_owned(),
        policy: text.policy.iter().map(|rule| rule.text().to_owned()).collect(),
        place: many.place(),
        gone: many.picked.len() - picked.len(),
        picked,
    };
    let (slug, rights) = (access.slug.as_str(), access.rights);
    let frame = WorkFrame::with(&access, &board, "tab-moderate");
    page(&ManyPage { t: context.texts(), frame, slug, rights, view })
}

/// What a moderator says of many: those of these that wait, or those that wait with numbers from the first to the last; or what
/// was decided in this part of the log is undone.
#[derive(Debug, Default)]
struct Many {
    decision: String,
    picked: Vec<StatementNumber>,
    first: Option<StatementNumber>,
    last: Option<StatementNumber>,
    after_seq: Option<u64>,
    last_seq: Option<u64>,
    was: Option<Moderation>,
    place: [String; 4],
}

impl Many {
    fn of(pairs: Vec<(String, String)>) -> Option<Self> {
        let mut many = Self::default();
        for (name, value) in pairs {
            let statement = || value.parse().ok().map(StatementNumber);
            match name.as_str() {
                "decision" => many.decision = value,
                "pick" => many.picked.push(statement()?),
                "first" => many.first = Some(statement()?),
                "last" => many.last = Some(statement()?),
                "after_seq" => many.after_seq = Some(value.parse().ok()?),
                "last_seq" => many.last_seq = Some(value.parse().ok()?),
                "was" if value == "accepted" => many.was = Some(Moderation::Accepted),
                "was" if value == "rejected" => many.was = Some(Moderation::Rejected),
                "show" => many.place[0] = value,
                "order" => many.place[1] = value,
                "q" => many.place[2] = value,
                "written" => many.place[3] = value,
                _ => return None,
            }
        }
        Some(many)
    }

    fn place(&self) -> Place {
        Place::of(self.place.each_ref().map(String::as_str))
    }

    /// Those that are meant; `None` where that is not said in one of the ways that there are.
    fn target(&self, to: Moderation) -> Option<ModerationTarget> {
        match (self.first, self.last, self.after_seq, self.last_seq, to) {
            (None, None, None, None, Moderation::Accepted | Moderation::Rejected)
                if !self.picked.is_empty() =>
            {
                Some(ModerationTarget::These(self.picked.clone()))
            }
            (Some(first), Some(last), None, None, Moderation::Rejected) if self.picked.is_empty() => {
                Some(ModerationTarget::Waiting { first, last })
            }
            (None, None, Some(after), Some(last), Moderation::Pending) if self.picked.is_empty() => {
                let was = self.was.unwrap_or(Moderation::Rejected);
                Some(ModerationTarget::Decided { was, after: Seq(after), last: Seq(last) })
            }
            _ => None,
        }
    }
}

/// `POST /m/SLUG/moderate-many`
pub(in crate::http) async fn moderate_many(
    access: Access<MayModerate>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let many = Many::of(pairs).ok_or(HttpError::BadForm)?;
    let (to, rule) = decision(&many.decision)?;
    let which = many.target(to).ok_or(HttpError::BadForm)?;
    let is_undo = matches!(which, ModerationTarget::Decided { .. });
    let saved = access.act(ModerationAct::Decide { which, to, rule }).await?;
    let place = many.place();
    let was = if to == Moderation::Accepted { "accepted" } else { "rejected" };
    let more = [("after", saved.after.to_string()), ("last", saved.seq.to_string()), ("was", was.to_owned())];
    let more = if is_undo { &more[..0] } else { &more[..] };
    Ok(Redirect::to(&place.href(access.slug.as_str(), more)).into_response())
}
