//! Authorisation by signature (I11): a handler that takes [`Access`] says what it needs, and is not run without
//! it.

use std::convert::Infallible;
use std::marker::PhantomData;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::context::Context;
use super::error::HttpError;
use super::extracted::extracted_by_read;
use super::visitor::Visitor;
use crate::access::{Capability, Need};
use crate::conversation::{Act, Actor, ConversationState};
use crate::domain::Slug;
use crate::live::{RoomError, RoomHandle, RoomResult, Saved};

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
    pub async fn try_act(&self, act: impl Into<Act>) -> Result<RoomResult<Saved>, HttpError> {
        Ok(self.room.act(self.actor()?, act).await)
    }

    /// Who acts, where only staff may.
    pub fn actor(&self) -> Result<Actor, HttpError> {
        self.visitor.staff.map(Actor::staff).ok_or(HttpError::NotAllowed)
    }
}

extracted_by_read!([C: Capability] Access<C>);

/// Somebody of the staff who may do this, on the whole instance: there is no single conversation yet.
pub struct Staff<C> {
    /// Who asks.
    pub visitor: Visitor,
    capability: PhantomData<C>,
}

impl<C: Capability> Staff<C> {
    async fn read(parts: &mut Parts, context: &Context) -> Result<Self, HttpError> {
        let visitor = Visitor::read(parts, context).await?;
        match C::is_of(visitor.role) {
            true => Ok(Self { visitor, capability: PhantomData }),
            false => Err(HttpError::NotAllowed),
        }
    }
}

extracted_by_read!([C: Capability] Staff<C>);

/// Anybody at all: the handler of a page that asks for nothing, and changes nothing, says so.
pub struct Anybody;

impl<S: Send + Sync> FromRequestParts<S> for Anybody {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self)
    }
}

/// The first argument of a handler: who may ask.
pub trait Guard {
    /// What they need.
    const NEED: Need;
    /// Whether it looks from which site they ask, and how often: whoever changes anything is looked at.
    const MAY_ACT: bool = true;
}

impl<C: Capability> Guard for Access<C> {
    const NEED: Need = Need::of::<C>();
}

impl<C: Capability> Guard for Staff<C> {
    const NEED: Need = Need::of::<C>();
}

impl Guard for Visitor {
    const NEED: Need = Need::NOTHING;
}

impl Guard for Anybody {
    const NEED: Need = Need::NOTHING;
    const MAY_ACT: bool = false;
}

/// The arguments of a handler that begins with who may ask. Nothing else can be a route.
pub trait GuardedArgs {
    /// What they need.
    const NEED: Need;
    /// Whether they may change anything.
    const MAY_ACT: bool;
}

macro_rules! says_who_may {
    ($([$($other:ident),*])*) => {$(
        // What comes first in the tuple is axum's own mark.
        impl<Mark, First: Guard, $($other),*> GuardedArgs for (Mark, First, $($other),*) {
            const NEED: Need = First::NEED;
            const MAY_ACT: bool = First::MAY_ACT;
        }
    )*};
}

says_who_may!([] [A] [A, B] [A, B, C] [A, B, C, D]);
