//! Links that let somebody in. A GET shows a button, so that a mail scanner does not use the link up; the POST
//! uses it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::kept::Kept;
use super::password::problem_with;
use super::steps::{Opening, arrive};
use crate::access::MIN_PASSWORD;
use crate::clock::random_bytes;
use crate::domain::{EmailAddress, Role, Slug, TokenHash};
use crate::edge::{Context, Form, HttpError, PageError, Path, Query, Visitor, page, page_with_status};
use crate::http::assets;
use crate::instance::{Link, LinkPurpose};
use crate::live::RoomError;
use crate::store::{Accepted, Newcomer};
use crate::texts::Texts;

/// How long a browser keeps what shows it a draft.
const PREVIEW_S: u32 = 7 * 24 * 3600;

#[derive(Default, Deserialize)]
pub(in crate::http) struct LinkQuery {
    #[serde(default)]
    key: String,
}

/// What a link offers.
enum Offer {
    /// A role, with an account of one's own.
    Account(Role),
    /// A role for whoever is signed in: their name.
    Role(Role, String),
    /// To sign in.
    SignIn,
    /// Nothing.
    Nothing,
}

#[derive(Template)]
#[template(path = "account/enter.html")]
struct EnterPage<'a> {
    t: &'a Texts,
    style: String,
    offer: Offer,
    key: &'a str,
    address: String,
    /// Whether the invitation names the address.
    fixed: bool,
    min: usize,
    /// The provider that signs staff in.
    provider: Option<String>,
    error: Option<String>,
}

impl<'a> EnterPage<'a> {
    fn new(context: &Context, visitor: &Visitor, link: Option<Link>, key: &'a str) -> Self {
        let provider = context.provider.as_ref().map(|provider| provider.name().to_owned());
        let fixed = link.as_ref().and_then(|link| link.address.clone());
        let offer = match (link.map(|link| link.purpose), visitor.signed_in()) {
            (Some(LinkPurpose::Invitation(grant)), None) => Offer::Account(grant.role),
            (Some(LinkPurpose::Invitation(grant)), Some(staff)) => {
                Offer::Role(grant.role, staff.session.name.clone())
            }
            (Some(LinkPurpose::SignIn(_)), _) => Offer::SignIn,
            (Some(LinkPurpose::Preview(_)) | None, _) => Offer::Nothing,
        };
        let (t, style, min) = (Texts::current(), assets::url("boule.css"), MIN_PASSWORD);
        let address = fixed.as_ref().map(ToString::to_string).unwrap_or_default();
        Self { t, style, offer, key, address, fixed: fixed.is_some(), min, provider, error: None }
    }
}

/// `GET /enter?key=…`
pub(in crate::http) async fn show_link(
    visitor: Visitor,
    State(context): State<Context>,
    Query(asked): Query<LinkQuery>,
) -> Result<Response, PageError> {
    let link = context.store.link(TokenHash::of(&asked.key), context.clock.now()).await?;
    page(&EnterPage::new(&context, &visitor, link, &asked.key))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct LinkForm {
    key: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    password: String,
}

/// `POST /enter`
pub(in crate::http) async fn use_link(
    visitor: Visitor,
    State(context): State<Context>,
    Form(form): Form<LinkForm>,
) -> Result<Response, PageError> {
    let (token, now) = (TokenHash::of(&form.key), context.clock.now());
    let Some(link) = context.store.link(token, now).await? else {
        return page_with_status(StatusCode::FORBIDDEN, &EnterPage::new(&context, &visitor, None, &form.key));
    };
    match link.purpose {
        LinkPurpose::Invitation(_) => accept(&visitor, &context, form, link).await,
        LinkPurpose::SignIn(_) => {
            let opening = Opening::recovering(&context, &visitor);
            let used = context.store.use_sign_in_link(token, &opening.session, now).await?;
            used.ok_or(HttpError::NotAllowed)?;
            Ok(opening.kept_by(&visitor, arrive(&context, &Kept::default())?))
        }
        LinkPurpose::Preview(_) => Err(HttpError::NotAllowed.into()),
    }
}

/// Somebody comes in by an invitation: as who they are, or with an account of their own.
async fn accept(
    visitor: &Visitor,
    context: &Context,
    form: LinkForm,
    link: Link,
) -> Result<Response, PageError> {
    let (token, now) = (TokenHash::of(&form.key), context.clock.now());
    if let Some(staff) = visitor.signed_in() {
        let newcomer = Newcomer::Known(staff.session.staff);
        return match context.store.accept_invitation(token, &newcomer, None, now).await? {
            Accepted::Done { .. } => arrive(context, &Kept::default()),
            Accepted::NotTheirs => Err(HttpError::BadInput(context.texts().get("enter-not-yours")).into()),
            Accepted::HoldsAnother(role) => {
                let held =
                    context.texts().msg("enter-holds-another").text("role", &context.texts().role(&role));
                Err(HttpError::BadInput(held.to_string()).into())
            }
            Accepted::NoLink | Accepted::AddressTaken => Err(HttpError::NotAllowed.into()),
        };
    }
    let texts = context.texts();
    let named = link.address.clone();
    let Some(address) = named.or_else(|| EmailAddress::parse(&form.address)) else {
        return mend(context, visitor, link, &form, texts.get("address-bad"));
    };
    if let Some(problem) = problem_with(&form.password, address.as_str(), texts) {
        return mend(context, visitor, link, &form, problem);
    }
    context.sign_ins.take(address.as_str(), visitor.network).map_err(HttpError::TooFast)?;
    if context.store.account(&address).await?.is_some() {
        return mend(context, visitor, link, &form, texts.get("address-taken"));
    }
    let password = context.passwords.hash(form.password.clone()).await.map_err(|_| HttpError::Busy)?;
    let opening = Opening::set_up(context, visitor);
    let newcomer = Newcomer::New { address, password, salt: random_bytes() };
    // The password may have waited for others: what is recorded is recorded now.
    let now = context.clock.now();
    match context.store.accept_invitation(token, &newcomer, Some(&opening.session), now).await? {
        Accepted::Done { .. } => Ok(opening.kept_by(visitor, Redirect::to("/sign-in/app").into_response())),
        Accepted::NoLink | Accepted::NotTheirs | Accepted::HoldsAnother(_) => {
            Err(HttpError::NotAllowed.into())
        }
        Accepted::AddressTaken => mend(context, visitor, link, &form, texts.get("address-taken")),
    }
}

/// The form again, with what is wrong about it.
fn mend(
    context: &Context,
    visitor: &Visitor,
    link: Link,
    form: &LinkForm,
    error: String,
) -> Result<Response, PageError> {
    let mut again = EnterPage::new(context, visitor, Some(link), &form.key);
    if !again.fixed {
        again.address.clone_from(&form.address);
    }
    again.error = Some(error);
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

/// `GET /preview/SLUG?key=…`: a draft, for colleagues who have no role in it.
pub(in crate::http) async fn show_preview(
    visitor: Visitor,
    State(context): State<Context>,
    Path(slug): Path<Slug>,
    Query(asked): Query<LinkQuery>,
) -> Result<Response, PageError> {
    let conversation = context.rooms.room(&slug).await?.conversation;
    let link = context.store.link(TokenHash::of(&asked.key), context.clock.now()).await?;
    if link.is_none_or(|link| !link.shows_draft(conversation)) {
        // Nobody is told that there is such a draft.
        return Err(RoomError::NoSuchConversation.into());
    }
    let mut response = Redirect::to(&format!("/c/{slug}")).into_response();
    if let Some(cookie) = visitor.preview_cookie(&asked.key, PREVIEW_S) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
