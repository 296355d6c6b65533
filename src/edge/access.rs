//! Authorisation by signature (I11): a handler that takes [`Access`] says what it needs, and is not run without
//! it.

use std::marker::PhantomData;

use axum::extract::{FromRef, FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::response::Response;

use super::context::Context;
use super::error::{HttpError, refuse};
use super::visitor::Visitor;
use crate::access::Capability;
use crate::conversation::{Act, Actor, ConversationState};
use crate::domain::Slug;
use crate::live::{Live, RoomError, RoomHandle, Saved};

/// A conversation, and somebody who may do this in it.
pub struct Access<C> {
    /// Its address.
    pub slug: Slug,
    /// Its room.
    pub room: RoomHandle,
    /// Who asks.
    pub visitor: Visitor,
    capability: PhantomData<C>,
}

impl<C: Capability> Access<C> {
    async fn read(parts: &mut Parts, context: &Context) -> Result<Self, HttpError> {
        let visitor = Visitor::read(parts, context).await?;
        if !C::is_of(visitor.role) {
            return Err(HttpError::NotAllowed);
        }
        let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| HttpError::NotFound)?;
        let slug = params.iter().find(|(name, _)| *name == "slug").map(|(_, slug)| slug);
        let slug = slug.and_then(|slug| Slug::parse(slug).ok()).ok_or(HttpError::NotFound)?;
        let room = context.rooms.room(&slug).await?;
        let is_draft = room.peek(|published| published.state == ConversationState::Draft);
        if is_draft && !C::is_of_in_draft(visitor.role) {
            return Err(HttpError::Room(RoomError::NoSuchConversation));
        }
        Ok(Self { slug, room, visitor, capability: PhantomData })
    }

    /// Acts as one of the staff.
    pub async fn act(&self, act: impl Into<Act>) -> Result<Saved, HttpError> {
        Ok(self.room.act(self.actor()?, act).await?)
    }

    /// The same where a rule's refusal is told beside what was sent.
    pub async fn try_act(&self, act: impl Into<Act>) -> Result<Live<Saved>, HttpError> {
        Ok(self.room.act(self.actor()?, act).await)
    }

    /// Who acts, where only staff may.
    pub fn actor(&self) -> Result<Actor, HttpError> {
        self.visitor.staff.map(Actor::staff).ok_or(HttpError::NotAllowed)
    }
}

impl<C: Capability, S: Send + Sync> FromRequestParts<S> for Access<C>
where
    Context: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let read = Self::read(parts, &Context::from_ref(state)).await;
        read.map_err(|error| refuse(&parts.uri, error))
    }
}

/// Somebody of the staff who may do this, on the whole instance: there is no single conversation yet.
pub struct Staff<C> {
    /// Who asks.
    pub visitor: Visitor,
    capability: PhantomData<C>,
}

impl<C: Capability, S: Send + Sync> FromRequestParts<S> for Staff<C>
where
    Context: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visitor = Visitor::read(parts, &Context::from_ref(state)).await;
        let allowed = visitor.and_then(|visitor| match C::is_of(visitor.role) {
            true => Ok(Self { visitor, capability: PhantomData }),
            false => Err(HttpError::NotAllowed),
        });
        allowed.map_err(|error| refuse(&parts.uri, error))
    }
}
