//! What moderators do with a statement beside accepting and rejecting it: other words, one of two, about the person, first to more
//! people; and no new statements for now.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayModerate;
use crate::conversation::CurationAct;
use crate::domain::{Seq, StatementNumber};
use crate::edge::{Access, Context, Form, HttpError, PageError};
use crate::live::RoomError;

use super::page::{Refused, draw};
use super::place::{DeskQuery, Place};

/// What is asked for, and from where in which list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CurationForm {
    act: String,
    statement: Option<StatementNumber>,
    /// The decision on it that was seen, by its place in the log; 0 for none.
    seen: Option<u64>,
    /// New words, one statement a line.
    #[serde(default)]
    texts: String,
    /// Another statement that says the same.
    into: Option<StatementNumber>,
    hours: Option<u32>,
    #[serde(default)]
    show: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    written: String,
}

impl CurationForm {
    fn act(&self) -> Option<CurationAct> {
        let statement = self.statement.unwrap_or(StatementNumber(0));
        let texts = || self.texts.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        let act = match self.act.as_str() {
            "derive" => CurationAct::Derive {
                from: statement,
                seen: Seq(self.seen.unwrap_or(0)),
                texts: texts().collect(),
            },
            "restore" => CurationAct::Restore { from: statement },
            "merge" => CurationAct::Merge { statement, into: Some(self.into?) },
            "unmerge" => CurationAct::Merge { statement, into: None },
            "meta" => CurationAct::Classify { statement, meta: true },
            "matter" => CurationAct::Classify { statement, meta: false },
            "pin" => CurationAct::Pin { statement, hours: self.hours? },
            "unpin" => CurationAct::Pin { statement, hours: 0 },
            "hold" => CurationAct::Hold { statement, held: true },
            "unhold" => CurationAct::Hold { statement, held: false },
            "pause" => CurationAct::Pause { paused: true },
            "unpause" => CurationAct::Pause { paused: false },
            _ => return None,
        };
        let is_of_all = matches!(act, CurationAct::Pause { .. });
        (is_of_all || self.statement.is_some()).then_some(act)
    }
}

/// `POST /m/SLUG/curate`
pub(in crate::http) async fn curate_statement(
    access: Access<MayModerate>,
    State(context): State<Context>,
    Form(form): Form<CurationForm>,
) -> Result<Response, PageError> {
    let act = form.act().ok_or(HttpError::BadForm)?;
    let place = Place::of([&form.show, &form.order, &form.q, &form.written]);
    let at = form.statement.map(|statement| ("at", statement.to_string()));
    match access.try_act(act).await? {
        Ok(saved) => {
            // What was so already can't be taken back.
            let did = (saved.counts().0 > 0).then(|| ("did", form.act.clone()));
            let at: Vec<_> = at.into_iter().chain(did).collect();
            Ok(Redirect::to(&place.href(access.slug.as_str(), &at)).into_response())
        }
        Err(RoomError::Rejected(why)) => {
            let refused = Refused { why: context.texts().refusal(&why), texts: form.texts };
            let asked = DeskQuery::at(&place, form.statement);
            let mut answer = draw(&access, &context, &asked, Some(refused)).await?;
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(error) => Err(error.into()),
    }
}
