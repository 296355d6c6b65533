//! What handlers read of a request. Whatever can't be read is answered in words, by the same pages as
//! every other refusal.

use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::rejection::{FormRejection, JsonRejection};
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;

use super::error::{ApiError, HttpError, PageError};

/// The parts of an address. If one of them is not of its type, the address leads nowhere.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path)).map_err(|_| HttpError::NotFound.into())
    }
}

/// What stands after the question mark. Keys that are not known are passed over: links that are shared
/// get some. So are values that mean nothing: they say how to show a page, and not what to do.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        Ok(Self(
            axum::extract::Query::try_from_uri(&parts.uri).map_or_else(|_| T::default(), |query| query.0),
        ))
    }
}

/// The fields of a form.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let form = axum::Form::from_request(request, state).await;
        Ok(Self(form.map_err(|rejection| in_form(&rejection))?.0))
    }
}

fn in_form(rejection: &FormRejection) -> HttpError {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => HttpError::TooLarge,
        _ => HttpError::BadForm,
    }
}

/// A form without fields: only its button was pressed.
pub struct NoFields;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl<S: Send + Sync> FromRequest<S> for NoFields {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        // Browsers say that an empty form is one; programs may say nothing of it.
        if length.is_none_or(|length| length == "0") {
            return Ok(Self);
        }
        Form::<Nothing>::from_request(request, state).await.map(|_| Self)
    }
}

/// A form with a file.
pub struct Multipart(pub axum::extract::Multipart);

impl<S: Send + Sync> FromRequest<S> for Multipart {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let form = <axum::extract::Multipart as FromRequest<S>>::from_request(request, state).await;
        form.map(Self).map_err(|_: MultipartRejection| HttpError::BadForm.into())
    }
}

impl From<MultipartError> for HttpError {
    fn from(error: MultipartError) -> Self {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => HttpError::TooLarge,
            _ => HttpError::BadForm,
        }
    }
}

/// A body of JSON: an object, and nothing where there is no body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let value: Result<Option<axum::Json<serde_json::Value>>, JsonRejection> =
            <axum::Json<_> as OptionalFromRequest<S>>::from_request(request, state).await;
        let value = value.map_err(|rejection| in_json(&rejection))?;
        match value {
            None => Ok(Self(T::default())),
            // A derived reader would take the fields of an array by their places.
            Some(axum::Json(value)) if value.is_object() => {
                let read = serde_json::from_value(value);
                read.map(Self).map_err(|_| HttpError::BadForm.into())
            }
            Some(_) => Err(HttpError::BadForm.into()),
        }
    }
}

fn in_json(rejection: &JsonRejection) -> HttpError {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => HttpError::TooLarge,
        _ => HttpError::BadForm,
    }
}
