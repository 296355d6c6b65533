//! Signing in with a provider that a city has already: OpenID Connect, by the authorisation code with PKCE.
//!
//! The provider says who somebody is and asks for their second factor. What they may do is said here.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreUserInfoClaims,
};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
    reqwest,
};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::provider_attempt::{Attempt, AttemptKey, LIFE_S, Wish};
use crate::domain::{EmailAddress, Timestamp, TokenHash};

/// How long what a provider says of itself is believed without asking again: five minutes.
const KNOWN_FOR_US: i64 = 5 * 60 * 1_000_000;
/// Requests to the provider that may be under way at once (I9).
const MOST_REQUESTS: usize = 32;
/// How long ago somebody may have shown the provider who they are.
const SIGNED_IN_WITHIN: Duration = Duration::from_secs(5 * 60);
/// How far its clock may be from ours, in seconds.
const CLOCKS_DIFFER_S: i64 = 5 * 60;
/// How long the provider may take to answer us.
const PATIENCE: Duration = Duration::from_secs(10);
/// How ID tokens may be signed. Keys of RSA are left out: the library's code for them has an advisory.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Why a provider can't be used, for whoever configured it, and why somebody did not come in by it, for the log.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The issuer is not an address, or one without TLS.
    #[error("oidc_issuer is not an address such as https://login.example.org/realms/town")]
    BadIssuer,
    /// Something else is missing.
    #[error("oidc_issuer is set, so oidc_client_id and oidc_client_secret have to be")]
    Incomplete,
    /// The library for requests can't be set up.
    #[error("requests to the provider can't be made: {0}")]
    Client(String),
    /// The provider does not answer as it should.
    #[error("the provider does not answer as it should: {0}")]
    Unreachable(String),
    /// Too many are on their way.
    #[error("too many people are signing in at once")]
    Busy,
    /// Nobody is on their way with this, or they took too long.
    #[error("nobody is on their way with this state")]
    NotUnderWay,
    /// What the provider says of somebody does not hold.
    #[error("what the provider says does not hold: {0}")]
    NotBelieved(String),
}

/// A provider and what it knows this site by. `Debug` does not show the secret.
#[derive(Clone)]
pub struct ProviderConfig {
    issuer: IssuerUrl,
    client: ClientId,
    secret: ClientSecret,
    /// What the button says.
    pub name: String,
}

impl fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProviderConfig({})", self.issuer.as_str())
    }
}

impl ProviderConfig {
    /// Checks what was configured.
    pub fn check(
        issuer: &str,
        client: Option<&str>,
        secret: Option<&str>,
        name: Option<&str>,
    ) -> Result<Self, ProviderError> {
        let (Some(client), Some(secret)) = (client, secret) else { return Err(ProviderError::Incomplete) };
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|_| ProviderError::BadIssuer)?;
        let url = issuer.url();
        let is_here = url.host_str().is_some_and(|host| host == "127.0.0.1" || host == "localhost");
        if url.scheme() != "https" && !(url.scheme() == "http" && is_here) {
            return Err(ProviderError::BadIssuer);
        }
        let name = name.map_or_else(|| url.host_str().unwrap_or_default().to_owned(), str::to_owned);
        let (client, secret) = (ClientId::new(client.to_owned()), ClientSecret::new(secret.to_owned()));
        Ok(Self { issuer, client, secret, name })
    }
}

/// Who the provider says somebody is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProviderIdentity {
    /// The provider.
    pub issuer: String,
    /// By which it knows them, always.
    pub subject: String,
    /// Their address, where it has checked it.
    pub address: Option<EmailAddress>,
}

/// A provider; cheap to clone.
#[derive(Clone)]
pub struct Provider(Arc<ProviderState>);

struct ProviderState {
    config: ProviderConfig,
    http: reqwest::Client,
    key: AttemptKey,
    /// What the provider said of itself, and when.
    known: Mutex<Option<(Timestamp, CoreProviderMetadata)>>,
    requests: Semaphore,
}

impl Provider {
    /// A provider that was checked. It is asked only when somebody comes.
    pub fn new(config: ProviderConfig) -> Result<Self, ProviderError> {
        // Nobody is led elsewhere by an answer.
        let http =
            reqwest::ClientBuilder::new().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
        let http = http.build().map_err(|error| ProviderError::Client(error.to_string()))?;
        let (key, requests) = (AttemptKey::of(config.secret.secret()), Semaphore::new(MOST_REQUESTS));
        Ok(Self(Arc::new(ProviderState { config, http, key, known: Mutex::default(), requests })))
    }

    /// What the button says.
    pub fn name(&self) -> &str {
        &self.0.config.name
    }

    /// By which an account is joined with it.
    pub fn issuer(&self) -> &str {
        self.0.config.issuer.as_str()
    }

    /// Begins: where the browser goes, and what it holds meanwhile. Nothing of it is kept here.
    pub async fn begin(
        &self,
        origin: &str,
        wish: Wish,
        now: Timestamp,
    ) -> Result<(String, String), ProviderError> {
        let ProviderState { config, key, .. } = &*self.0;
        let metadata = match self.known(now) {
            Some(metadata) => metadata,
            None => {
                let _place = self.place()?;
                self.asked(now).await?
            }
        };
        let redirect = redirect(format!("{origin}/sign-in/back"))?;
        let client =
            CoreClient::from_provider_metadata(metadata, config.client.clone(), Some(config.secret.clone()))
                .set_redirect_uri(redirect.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            // Whoever finds a browser that was left open does not come in by it.
            .set_max_age(SIGNED_IN_WITHIN)
            .set_pkce_challenge(challenge);
        if wish.join.is_some() {
            // And nobody joins whoever happens to be signed in there.
            asked = asked.add_prompt(CoreAuthPrompt::Login);
        }
        let (url, state, nonce) = asked.url();
        let attempt = Attempt::new(&state, &nonce, verifier, &redirect, wish, now);
        let held = key.sign(&attempt).map_err(|error| ProviderError::Client(error.to_string()))?;
        Ok((url.to_string(), held))
    }

    /// Ends: who it is, by what the provider answers to the code. The provider takes a code once.
    pub async fn finish(
        &self,
        held: &str,
        (state, code): (&str, &str),
        now: Timestamp,
    ) -> Result<(ProviderIdentity, Wish), ProviderError> {
        let ProviderState { config, http, key, .. } = &*self.0;
        let attempt =
            key.check(held, now).filter(|attempt| attempt.state == TokenHash::of(state).to_string());
        let Attempt { nonce, verifier, redirect: back, wish, .. } =
            attempt.ok_or(ProviderError::NotUnderWay)?;
        let unreachable = |error: String| ProviderError::Unreachable(error);
        let _place = self.place()?;
        let (metadata, is_new) = match self.known(now) {
            Some(metadata) => (metadata, false),
            None => (self.asked(now).await?, true),
        };
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            config.client.clone(),
            Some(config.secret.clone()),
        )
        .set_redirect_uri(redirect(back)?);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| unreachable(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(http)
            .await
            .map_err(|error| unreachable(error.to_string()))?;
        let token =
            answer.id_token().ok_or_else(|| ProviderError::NotBelieved("there is no ID token".into()))?;
        let nonce = Nonce::new(nonce);
        let said = match self.believed(token, answer.access_token(), &metadata, &nonce) {
            // It may sign with a new key.
            Err(_) if !is_new => self.believed(token, answer.access_token(), &self.asked(now).await?, &nonce),
            said => said,
        }?;
        if said.auth_time().is_some_and(|shown| is_long_ago(shown.timestamp(), now)) {
            return Err(ProviderError::NotBelieved("they signed in there long ago".into()));
        }
        let mut address = checked_address(said.email().map(|email| email.as_str()), said.email_verified());
        let asks_address = wish.invitation.is_some() || wish.join.is_some();
        if asks_address && address.is_none() && metadata.userinfo_endpoint().is_some() {
            // Most providers say it only to who asks once more.
            let asked = client
                .user_info(answer.access_token().clone(), Some(said.subject().clone()))
                .map_err(|error| unreachable(error.to_string()))?;
            let more: CoreUserInfoClaims =
                asked.request_async(http).await.map_err(|error| unreachable(error.to_string()))?;
            address = checked_address(more.email().map(|email| email.as_str()), more.email_verified());
        }
        let (issuer, subject) = (self.issuer().to_owned(), said.subject().as_str().to_owned());
        Ok((ProviderIdentity { issuer, subject, address }, wish))
    }

    /// What a token says, where it holds.
    fn believed(
        &self,
        token: &CoreIdToken,
        access: &AccessToken,
        metadata: &CoreProviderMetadata,
        nonce: &Nonce,
    ) -> Result<CoreIdTokenClaims, ProviderError> {
        let ProviderConfig { client, secret, .. } = &self.0.config;
        let (issuer, keys) = (metadata.issuer().clone(), metadata.jwks().clone());
        let verifier =
            CoreIdTokenVerifier::new_confidential_client(client.clone(), secret.clone(), issuer, keys)
                .set_allowed_algs(SIGNED_BY);
        let said =
            token.claims(&verifier, nonce).map_err(|error| ProviderError::NotBelieved(error.to_string()))?;
        check_access_token(token, &verifier, access, said.access_token_hash())?;
        Ok(said.clone())
    }

    /// A place among the requests that are under way.
    fn place(&self) -> Result<SemaphorePermit<'_>, ProviderError> {
        self.0.requests.try_acquire().map_err(|_| ProviderError::Busy)
    }

    /// What the provider said of itself minutes ago.
    fn known(&self, now: Timestamp) -> Option<CoreProviderMetadata> {
        let known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |at: Timestamp| (0..KNOWN_FOR_US).contains(&now.0.saturating_sub(at.0));
        known.as_ref().filter(|(at, _)| is_new(*at)).map(|(_, metadata)| metadata.clone())
    }

    /// What the provider says of itself now, its keys among it.
    async fn asked(&self, now: Timestamp) -> Result<CoreProviderMetadata, ProviderError> {
        let ProviderState { config, http, known, .. } = &*self.0;
        let found = CoreProviderMetadata::discover_async(config.issuer.clone(), http).await;
        let metadata = found.map_err(|error| ProviderError::Unreachable(error.to_string()))?;
        *known.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, metadata.clone()));
        Ok(metadata)
    }
}

/// Where somebody comes back to.
fn redirect(address: String) -> Result<RedirectUrl, ProviderError> {
    RedirectUrl::new(address).map_err(|error| ProviderError::Client(error.to_string()))
}

/// The access token is the one that the ID token was given with.
fn check_access_token(
    token: &CoreIdToken,
    verifier: &CoreIdTokenVerifier<'_>,
    access: &AccessToken,
    expected: Option<&AccessTokenHash>,
) -> Result<(), ProviderError> {
    let not_believed = |error: String| ProviderError::NotBelieved(error);
    let Some(expected) = expected else { return Ok(()) };
    let alg = token.signing_alg().map_err(|error| not_believed(error.to_string()))?;
    let key = token.signing_key(verifier).map_err(|error| not_believed(error.to_string()))?;
    let found =
        AccessTokenHash::from_token(access, alg, key).map_err(|error| not_believed(error.to_string()))?;
    if found == *expected { Ok(()) } else { Err(not_believed("the access token is another".into())) }
}

/// Whether somebody showed the provider who they are before they can have been sent there, in seconds.
fn is_long_ago(shown_at: i64, now: Timestamp) -> bool {
    let within = i64::try_from(SIGNED_IN_WITHIN.as_secs()).unwrap_or(i64::MAX);
    now.0 / 1_000_000 - shown_at > within + LIFE_S + CLOCKS_DIFFER_S
}

/// An address that the provider has checked.
fn checked_address(said: Option<&str>, is_checked: Option<bool>) -> Option<EmailAddress> {
    said.filter(|_| is_checked == Some(true)).and_then(EmailAddress::parse)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(issuer: &str) -> Result<ProviderConfig, ProviderError> {
        ProviderConfig::check(issuer, Some("boule"), Some("secret"), None)
    }

    #[test]
    fn a_provider_elsewhere_needs_tls_and_its_secret_is_in_no_log() {
        let good = config("https://login.town.example/realms/town").unwrap();
        assert_eq!(good.name, "login.town.example");
        assert!(!format!("{good:?}").contains("secret"));
        assert!(config("http://127.0.0.1:9/").is_ok());
        for bad in
            ["http://login.town.example", "login.town.example", "ftp://127.0.0.1", "http://localhost.example"]
        {
            assert!(matches!(config(bad), Err(ProviderError::BadIssuer)), "{bad}");
        }
        let lacks = ProviderConfig::check("https://a.example", Some("boule"), None, None);
        assert!(matches!(lacks, Err(ProviderError::Incomplete)));
    }

    #[test]
    fn a_sign_in_at_the_provider_counts_for_minutes() {
        let now = Timestamp(100_000 * 1_000_000);
        let minutes_ago = |minutes: i64| is_long_ago(100_000 - 60 * minutes, now);
        assert!(!minutes_ago(-1) && !minutes_ago(0) && !minutes_ago(20));
        assert!(minutes_ago(21) && minutes_ago(600));
    }

    #[test]
    fn only_an_address_that_was_checked_counts() {
        assert!(checked_address(Some("a@town.example"), Some(true)).is_some());
        assert!(checked_address(Some("a@town.example"), Some(false)).is_none());
        assert!(checked_address(Some("a@town.example"), None).is_none());
        assert!(checked_address(None, Some(true)).is_none());
    }
}
