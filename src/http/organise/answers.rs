//! What the organiser says that became of something that was promised.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayOrganise;
use crate::conversation::RulesAct;
use crate::edge::{Access, Context, Form, HttpError, PageError};
use crate::http::refused::Refused;
use crate::live::RoomError;

use super::one::mend;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct AnswerForm {
    step: u32,
    answer: String,
}

/// `POST /o/SLUG/answer`
pub(in crate::http) async fn answer_step(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<AnswerForm>,
) -> Result<Response, PageError> {
    let AnswerForm { step, answer } = form;
    match access.try_act(RulesAct::Answer { step, text: answer.clone() }).await? {
        Ok(_) => Ok(Redirect::to(&format!("/o/{}?saved=1#dates", access.slug)).into_response()),
        Err(RoomError::Rejected(why)) => {
            let refused = Refused::because(&why, context.texts());
            mend(&context, &access, refused.typed(format!("answer-{step}"), answer)).await
        }
        Err(error) => Err(HttpError::from(error).into()),
    }
}
