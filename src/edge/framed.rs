//! Which pages other sites may show in frames.

use axum::http::Uri;

/// Whether a page is asked for that may be shown in a frame: one to vote on.
pub(super) fn is_for_frame(uri: &Uri) -> bool {
    let mut parts = uri.path().strip_prefix("/c/").unwrap_or_default().split('/');
    let is_to_vote_on = parts.next().is_some_and(|slug| !slug.is_empty())
        && matches!((parts.next(), parts.next()), (None | Some("vote"), None));
    is_to_vote_on && uri.query().is_some_and(|query| query.split('&').any(|pair| pair == "embed=1"))
}
