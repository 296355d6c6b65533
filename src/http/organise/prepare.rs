//! Preparing a conversation: its words, what it promises, its rules and dates. After the opening each change
//! needs a reason that everybody reads.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{MayOrganise, MaySeeOrganising};
use crate::conversation::{Brief, ConversationState, Influence, PromisedStep, ResultsRule, RulesAct};
use crate::domain::{ModerationRule, Rejection};
use crate::edge::{Access, Context, Form, HttpError, PageError, Query, page, page_with_status};
use crate::http::refused::Refused;
use crate::http::work_frame::WorkFrame;
use crate::live::RoomError;
use crate::texts::{Texts, iso_day, start_of_day};

use super::form::ConversationForm;
use super::one::ConversationQuery;

#[derive(Template)]
#[template(path = "organise/prepare.html")]
struct PreparePage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: String,
    may_organise: bool,
    is_draft: bool,
    form: ConversationForm,
    steps: Vec<StepRow>,
    saved: bool,
    refused: Refused,
}

/// A promised step, to be changed.
struct StepRow {
    number: u32,
    what: String,
    /// The day as a field holds it, and in words.
    due: String,
    day: String,
}

impl PreparePage<'_> {
    /// The address of a copy, to begin with.
    fn copy_slug(&self) -> String {
        self.refused.or("copy", &format!("{}-2", self.slug)).to_owned()
    }

    fn is_influence(&self, influence: &Influence) -> bool {
        self.form.influence.as_deref() == Some(influence.as_str())
    }
}

/// `GET /o/SLUG/prepare`
pub(in crate::http) async fn show_prepare(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
    Query(after): Query<ConversationQuery>,
) -> Result<Response, PageError> {
    let mut drawn = draw(&context, &access).await?;
    drawn.saved = after.is_saved();
    page(&drawn)
}

async fn draw<'a, C>(context: &Context, access: &Access<C>) -> Result<PreparePage<'a>, PageError> {
    let board = access.room.board().await?;
    let conversation = &board.contents.conversation;
    let texts = context.texts();
    let row = |step: &PromisedStep| StepRow {
        number: step.number,
        what: step.what.text().to_owned(),
        due: iso_day(step.due),
        day: texts.day(&step.due),
    };
    Ok(PreparePage {
        t: texts,
        frame: WorkFrame::with(access, &board, "tab-prepare"),
        slug: access.slug.to_string(),
        may_organise: access.rights.may_organise(),
        is_draft: conversation.state == ConversationState::Draft,
        form: ConversationForm::of(&Brief::from(conversation)),
        steps: conversation.text.terms.steps.iter().map(row).collect(),
        saved: false,
        refused: Refused::default(),
    })
}

/// The page again, with what is wrong, and what was typed where it was the large form.
pub(super) async fn mend(
    context: &Context,
    access: &Access<MayOrganise>,
    refused: Refused,
    typed: Option<ConversationForm>,
) -> Result<Response, PageError> {
    let mut again = draw(context, access).await?;
    again.refused = refused;
    again.form = typed.unwrap_or(again.form);
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

/// `POST /o/SLUG`: changes words, promise, rules and dates.
pub(in crate::http) async fn change_conversation(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<ConversationForm>,
) -> Result<Response, PageError> {
    let before = Brief::from(&access.room.board().await?.contents.conversation);
    let brief = form.clone().brief(before)?;
    match change(&access, brief).await? {
        Ok(done) => Ok(done),
        Err(why) => mend(&context, &access, Refused::because(&why, context.texts()), Some(form)).await,
    }
}

/// Changes what the conversation says; or why it can't be changed so.
async fn change(
    access: &Access<MayOrganise>,
    brief: Brief,
) -> Result<Result<Response, Rejection>, HttpError> {
    match access.try_act(RulesAct::Change(Box::new(brief))).await? {
        Ok(_) => Ok(Ok(Redirect::to(&format!("/o/{}/prepare?saved=1", access.slug)).into_response())),
        Err(RoomError::Rejected(why)) => Ok(Err(why)),
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct StepForm {
    /// The number of a step that is there; nothing for a new one.
    #[serde(default)]
    number: String,
    /// What will happen; nothing takes the step off the list.
    #[serde(default)]
    what: String,
    due: String,
    #[serde(default)]
    reason: String,
}

impl StepForm {
    /// Why it was refused, with what was typed in its fields.
    fn refused(self, why: String) -> Refused {
        let step = if self.number.is_empty() { "new" } else { self.number.as_str() };
        let id = |field: &str| format!("{field}-{step}");
        let (due, what, reason) = (id("due"), id("what"), id("why"));
        Refused::new(why).typed(due, self.due).typed(what, self.what).typed(reason, self.reason)
    }
}

/// `POST /o/SLUG/steps`: adds a date to the promise, changes or removes one.
pub(in crate::http) async fn change_step(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<StepForm>,
) -> Result<Response, PageError> {
    let Some(due) = start_of_day(&form.due) else {
        return mend(&context, &access, form.refused(context.texts().get("step-bad-day")), None).await;
    };
    let mut brief = Brief::from(&access.room.board().await?.contents.conversation);
    let number: Option<u32> = form.number.parse().ok();
    let mut is_there = false;
    for step in brief.terms.steps.iter_mut().filter(|step| number.is_some() && step.0 == number) {
        *step = (number, form.what.clone(), due);
        is_there = true;
    }
    if !is_there {
        brief.terms.steps.push((None, form.what.clone(), due));
    }
    brief.reason = form.reason.clone();
    match change(&access, brief).await? {
        Ok(done) => Ok(done),
        Err(why) => mend(&context, &access, form.refused(context.texts().refusal(&why)), None).await,
    }
}
