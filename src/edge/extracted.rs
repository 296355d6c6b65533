//! The shape of our extractors: what a request's head says, or the same page for every refusal.

/// Makes an extractor of what is read from a request's head, with the same page for every refusal.
macro_rules! extracted_by_read {
    ([$($generic:tt)*] $kind:ty) => {
        impl<State: Send + Sync, $($generic)*> axum::extract::FromRequestParts<State> for $kind
        where
            $crate::edge::Context: axum::extract::FromRef<State>,
        {
            type Rejection = axum::response::Response;

            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                state: &State,
            ) -> Result<Self, Self::Rejection> {
                let context = <$crate::edge::Context as axum::extract::FromRef<State>>::from_ref(state);
                let read = Self::read(parts, &context).await;
                read.map_err(|error| $crate::edge::error::refuse(&parts.uri, error))
            }
        }
    };
}
pub(super) use extracted_by_read;
