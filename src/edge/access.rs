//! Authorisation by signature (I11): a handler that takes [`Access`] says what it needs, and is not run without
//! it.

use std::convert::Infallible;
use std::marker::PhantomData;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::Method;
use axum::http::request::Parts;

use super::context::Context;
use super::error::HttpError;
use super::extracted::extracted_by_read;
use super::visitor::{StaffVisitor, Visitor};
use crate::access::{
    Capability, Need, NeedPlace, rights_anywhere, rights_in_conversation, rights_on_instance,
};
use crate::conversation::{Act, Actor, ConversationState};
use crate::domain::{ConversationId, Rights, Slug, StaffNumber, TokenHash};
use crate::instance::{InstanceActor, Scope};
use crate::live::{RoomError, RoomHandle, RoomResult, Saved};

/// The mark of a request that no conversation is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAsked {
    /// No node could be found that has it.
    NoNode,
    /// The body is too large.
    TooLarge,
    /// The body did not come, or not all of it.
    Broken,
}

impl From<NotAsked> for HttpError {
    fn from(why: NotAsked) -> Self {
        match why {
            NotAsked::NoNode => RoomError::Stopped.into(),
            NotAsked::TooLarge => HttpError::TooLarge,
            NotAsked::Broken => HttpError::BadForm,
        }
    }
}

/// A conversation, and somebody who may do this in it.
pub struct Access<C> {
    /// Its address.
    pub slug: Slug,
    /// Its room.
    pub room: RoomHandle,
    /// Who asks.
    pub visitor: Visitor,
    /// What they may do here.
    pub rights: Rights,
    /// The link that shows them this draft, where no role does.
    pub preview: Option<TokenHash>,
    capability: PhantomData<C>,
}

impl<C: Capability> Access<C> {
    async fn read(parts: &mut Parts, context: &Context) -> Result<Self, HttpError> {
        let visitor = Visitor::read(parts, context).await?;
        if !C::is_of(Rights::NONE) && visitor.signed_in().is_none() {
            return Err(HttpError::SignIn);
        }
        let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| HttpError::NotFound)?;
        let slug = params.iter().find(|(name, _)| *name == "slug").map(|(_, slug)| slug);
        let slug = slug.and_then(|slug| Slug::parse(slug).ok()).ok_or(HttpError::NotFound)?;
        if let Some(why) = parts.extensions.get::<NotAsked>() {
            return Err((*why).into());
        }
        let room = match context.rooms.room(&slug).await {
            Err(RoomError::NoSuchConversation)
                if parts.method == Method::GET && context.store.kept_results(&slug).await?.is_some() =>
            {
                return Err(HttpError::Kept(format!("/kept/{slug}")));
            }
            room => room?,
        };
        let rights = rights_in_conversation(&context.store, visitor.grants(), room.conversation).await?;
        let is_draft = room.peek(|published| published.state == ConversationState::Draft);
        let needs_link = is_draft && !C::is_of_in_draft(rights);
        let preview =
            if needs_link { preview::<C>(context, &visitor, room.conversation).await? } else { None };
        if needs_link && preview.is_none() {
            // Who has nothing to do with a draft is not told that it is there.
            let knows_of_it = rights.may_see_moderation();
            return Err(if knows_of_it {
                HttpError::NotAllowed
            } else {
                RoomError::NoSuchConversation.into()
            });
        }
        if !C::is_of(rights) {
            return Err(HttpError::NotAllowed);
        }
        Ok(Self { slug, room, visitor, rights, preview, capability: PhantomData })
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
        Ok(Actor::in_role(self.staff()?, self.rights.leading()))
    }

    /// The same in the instance's log.
    pub fn instance_actor(&self) -> Result<InstanceActor, HttpError> {
        Ok(InstanceActor::Staff(self.staff()?))
    }

    /// Whether the visitor may organise this one by a role on its department or on the instance.
    pub fn is_above_conversation(&self) -> bool {
        let here = Scope::Conversation(self.room.conversation);
        let above = self.visitor.grants().iter().filter(|grant| grant.scope != here);
        Rights::of(above.map(|grant| grant.role)).may_organise()
    }

    /// Which account of staff asks.
    pub fn staff(&self) -> Result<StaffNumber, HttpError> {
        self.visitor.signed_in().map(|staff| staff.session.staff).ok_or(HttpError::NotAllowed)
    }
}

/// The link that shows somebody without a role this draft.
async fn preview<C: Capability>(
    context: &Context,
    visitor: &Visitor,
    conversation: ConversationId,
) -> Result<Option<TokenHash>, HttpError> {
    let Some(token) = visitor.preview.filter(|_| C::is_of(Rights::NONE)) else { return Ok(None) };
    let link = context.store.link(token, context.clock.now()).await?;
    Ok(link.filter(|link| link.shows_draft(conversation)).map(|_| token))
}

extracted_by_read!([C: Capability] Access<C>);

/// Somebody who is signed in, whatever they may do.
pub struct SignedIn {
    /// Who asks.
    pub visitor: Visitor,
    /// The same among the staff.
    pub staff: StaffVisitor,
}

impl SignedIn {
    async fn read(parts: &mut Parts, context: &Context) -> Result<Self, HttpError> {
        let visitor = Visitor::read(parts, context).await?;
        let staff = visitor.signed_in().cloned().ok_or(HttpError::SignIn)?;
        Ok(Self { visitor, staff })
    }

    /// Who acts, in the instance's log.
    pub fn instance_actor(&self) -> InstanceActor {
        InstanceActor::Staff(self.staff.session.staff)
    }
}

extracted_by_read!([] SignedIn);

/// Somebody of the staff who may do this somewhere: there is no single conversation yet.
pub struct Staff<C> {
    /// Who asks.
    pub person: SignedIn,
    /// What they may do somewhere.
    pub rights: Rights,
    capability: PhantomData<C>,
}

impl<C: Capability> Staff<C> {
    async fn read(parts: &mut Parts, context: &Context) -> Result<Self, HttpError> {
        let person = SignedIn::read(parts, context).await?;
        let rights = rights_anywhere(&person.staff.session.grants);
        match C::is_of(rights) {
            true => Ok(Self { person, rights, capability: PhantomData }),
            false => Err(HttpError::NotAllowed),
        }
    }
}

extracted_by_read!([C: Capability] Staff<C>);

/// Somebody who may do this to the instance itself.
pub struct OnInstance<C> {
    /// Who asks.
    pub person: SignedIn,
    /// What they may do to the instance.
    pub rights: Rights,
    capability: PhantomData<C>,
}

impl<C: Capability> OnInstance<C> {
    async fn read(parts: &mut Parts, context: &Context) -> Result<Self, HttpError> {
        let person = SignedIn::read(parts, context).await?;
        let rights = rights_on_instance(&person.staff.session.grants);
        match C::is_of(rights) {
            true => Ok(Self { person, rights, capability: PhantomData }),
            false => Err(HttpError::NotAllowed),
        }
    }
}

extracted_by_read!([C: Capability] OnInstance<C>);

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
    const NEED: Need = Need::of::<C>(NeedPlace::Conversation);
}

impl<C: Capability> Guard for Staff<C> {
    const NEED: Need = Need::of::<C>(NeedPlace::Anywhere);
}

impl<C: Capability> Guard for OnInstance<C> {
    const NEED: Need = Need::of::<C>(NeedPlace::Instance);
}

impl Guard for SignedIn {
    const NEED: Need = Need::ACCOUNT;
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
