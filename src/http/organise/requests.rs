//! Requests of people who took part, and who ask the organiser for their data or to be erased. They give a code
//! that their own page shows: nobody else can be meant by it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{MayOrganise, MaySeeOrganising};
use crate::conversation::ForgettingAct;
use crate::domain::ParticipantNumber;
use crate::edge::{Access, Context, Form, HttpError, PageError, Query, page, page_with_status};
use crate::http::done_query::DoneQuery;
use crate::http::own_data::OwnData;
use crate::http::work_frame::WorkFrame;
use crate::instance::InstanceAct;
use crate::live::RoomError;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "organise/requests.html")]
struct RequestsPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    may_organise: bool,
    erases_votes: bool,
    done: bool,
    form: RequestForm,
    error: Option<String>,
}

/// Whose request it is, and why it is done.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct RequestForm {
    code: String,
    #[serde(default)]
    why: String,
}

/// `GET /o/SLUG/requests`
pub(in crate::http) async fn show_requests(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
    Query(after): Query<DoneQuery>,
) -> Result<Response, PageError> {
    page(&RequestsPage { done: after.is_done(), ..draw(&context, &access).await? })
}

async fn draw<'a, C>(context: &Context, access: &'a Access<C>) -> Result<RequestsPage<'a>, PageError> {
    let board = access.room.board().await?;
    Ok(RequestsPage {
        t: context.texts(),
        frame: WorkFrame::with(access, &board, "tab-run"),
        slug: access.slug.as_str(),
        may_organise: access.rights.may_organise(),
        erases_votes: board.contents.conversation.text.terms.erases_votes,
        done: false,
        form: RequestForm::default(),
        error: None,
    })
}

/// The page again, with what is wrong and what was typed.
async fn mend(
    context: &Context,
    access: &Access<MayOrganise>,
    form: RequestForm,
    why: String,
) -> Result<Response, PageError> {
    let mut again = draw(context, access).await?;
    (again.form, again.error) = (form, Some(why));
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

/// Who has the code, or the page again where nobody has.
async fn asker(
    context: &Context,
    access: &Access<MayOrganise>,
    form: RequestForm,
) -> Result<Result<(ParticipantNumber, RequestForm), Response>, PageError> {
    let (tokens, code) =
        (context.store.participant_tokens(access.room.conversation).await?, form.code.clone());
    // A hash for each of perhaps a million: neither the room nor other pages wait for it.
    let found = tokio::task::spawn_blocking(move || {
        tokens.into_iter().find(|(token, _)| token.has_request_code(&code)).map(|(_, holder)| holder)
    });
    match found.await.map_err(|_| HttpError::Busy)? {
        Some(participant) => Ok(Ok((participant, form))),
        None => {
            let why = context.texts().get("request-unknown-code");
            Ok(Err(mend(context, access, form, why).await?))
        }
    }
}

/// `POST /o/SLUG/requests/data`
pub(in crate::http) async fn send_asked_data(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<RequestForm>,
) -> Result<Response, PageError> {
    let (participant, _) = match asker(&context, &access, form).await? {
        Ok(found) => found,
        Err(again) => return Ok(again),
    };
    let address = format!("{}/c/{}", access.visitor.own_origin, access.slug);
    let data = OwnData::collect(&context, &access.room, participant, address).await?;
    let act = InstanceAct::PersonalDataSent { conversation: access.room.conversation };
    context.store.note(context.clock.now(), access.instance_actor()?, act).await?;
    Ok(data.send(access.slug.as_str())?)
}

/// `POST /o/SLUG/requests/erase`
pub(in crate::http) async fn erase_asker(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<RequestForm>,
) -> Result<Response, PageError> {
    let (participant, form) = match asker(&context, &access, form).await? {
        Ok(found) => found,
        Err(again) => return Ok(again),
    };
    let actor = access.actor()?.because(form.why.clone());
    match access.room.act(actor, ForgettingAct::Person(participant)).await {
        Ok(_) => Ok(Redirect::to(&format!("/o/{}/requests?done=1", access.slug)).into_response()),
        Err(RoomError::Rejected(why)) => mend(&context, &access, form, context.texts().refusal(&why)).await,
        Err(error) => Err(error.into()),
    }
}
