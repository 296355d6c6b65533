//! Somebody's first act in a conversation.

use axum::http::HeaderValue;

use super::context::Context;
use super::error::HttpError;
use super::network::Network;
use super::visitor::Visitor;
use crate::clock::random_token;
use crate::conversation::{Admission, Identity, MembershipAct};
use crate::domain::{Slug, TokenHash};
use crate::live::RoomHandle;

/// Who votes; a browser that has no token yet gets one, with the cookie that keeps it. Who has read the results
/// before, or came through a named link, joins as such.
pub async fn identity_or_new(
    visitor: &Visitor,
    context: &Context,
    (slug, room): (&Slug, &RoomHandle),
) -> Result<(Identity, Option<HeaderValue>), HttpError> {
    let (token, cookie) = match visitor.identity {
        Some(identity) => (identity, None),
        None => {
            let token = random_token();
            (TokenHash::of(&token), visitor.participant_cookie(&token))
        }
    };
    make_room_for_newcomer(context, room, token, visitor.network).await?;
    let identity = Identity::Token(token);
    let admission = visitor.admission(slug.as_str());
    if admission != Admission::default() {
        room.act(identity, MembershipAct::Join(admission)).await?;
    }
    Ok((identity, cookie))
}

/// P11: somebody who is not known here yet counts as a newcomer of their network, whatever token they
/// show, because anybody can make one up.
pub async fn make_room_for_newcomer(
    context: &Context,
    room: &RoomHandle,
    identity: TokenHash,
    network: Network,
) -> Result<(), HttpError> {
    let is_known = room.read(move |state| state.desk.participant_of(&identity).is_some()).await?;
    if is_known {
        return Ok(());
    }
    context.limiter.take_newcomer(network).map_err(HttpError::TooFast)?;
    room.note_network(&network);
    Ok(())
}
