//! Signing in with a provider that a city has already: OpenID Connect, by the authorisation code with PKCE.
//!
//! The provider says who somebody is and asks for their second factor. What they may do is said here.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenVerifier, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreUserInfoClaims,
};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
    reqwest,
};

use crate::clock::random_token;
use crate::domain::{EmailAddress, Timestamp, TokenHash};

/// How long somebody may take at the provider.
const LIFE_US: i64 = 10 * 60 * 1_000_000;
/// Attempts that may be under way at once (I9).
const MOST_ATTEMPTS: usize = 10_000;
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
    /// It does not say which address is theirs, or has not checked that it is.
    #[error("the provider names no address that it has checked")]
    NoAddress,
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

/// Somebody on their way to the provider and back.
struct Attempt {
    state: TokenHash,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    redirect: RedirectUrl,
    wish: Wish,
    expires_at: Timestamp,
}

/// What somebody wants who signs in.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Where they wanted to go.
    pub to: String,
    /// The key of an invitation that they come by.
    pub invitation: Option<String>,
}

/// Who the provider says somebody is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProviderIdentity {
    /// The provider.
    pub issuer: String,
    /// By which it knows them, always.
    pub subject: String,
    /// Their address, which it has checked.
    pub address: EmailAddress,
}

/// A provider; cheap to clone.
#[derive(Clone)]
pub struct Provider(Arc<ProviderState>);

struct ProviderState {
    config: ProviderConfig,
    http: reqwest::Client,
    attempts: Mutex<HashMap<TokenHash, Attempt>>,
}

impl Provider {
    /// A provider that was checked. It is asked only when somebody comes.
    pub fn new(config: ProviderConfig) -> Result<Self, ProviderError> {
        // Nobody is led elsewhere by an answer.
        let http =
            reqwest::ClientBuilder::new().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
        let http = http.build().map_err(|error| ProviderError::Client(error.to_string()))?;
        Ok(Self(Arc::new(ProviderState { config, http, attempts: Mutex::default() })))
    }

    /// What the button says.
    pub fn name(&self) -> &str {
        &self.0.config.name
    }

    /// Begins: where the browser goes, and the secret that it holds meanwhile.
    pub async fn begin(
        &self,
        origin: &str,
        wish: Wish,
        now: Timestamp,
    ) -> Result<(String, String), ProviderError> {
        let ProviderState { config, attempts, .. } = &*self.0;
        let metadata = self.metadata().await?;
        let redirect = RedirectUrl::new(format!("{origin}/sign-in/back"));
        let redirect = redirect.map_err(|error| ProviderError::Client(error.to_string()))?;
        let client =
            CoreClient::from_provider_metadata(metadata, config.client.clone(), Some(config.secret.clone()))
                .set_redirect_uri(redirect.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let secret = random_token();
        let attempt = Attempt {
            state: TokenHash::of(state.secret()),
            nonce,
            verifier,
            redirect,
            wish,
            expires_at: Timestamp(now.0 + LIFE_US),
        };
        let mut attempts = attempts.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.retain(|_, other| other.expires_at > now);
        if attempts.len() >= MOST_ATTEMPTS {
            return Err(ProviderError::Busy);
        }
        attempts.insert(TokenHash::of(&secret), attempt);
        Ok((url.to_string(), secret))
    }

    /// Ends: who it is, by what the provider answers to the code. An attempt works once.
    pub async fn finish(
        &self,
        secret: TokenHash,
        (state, code): (&str, &str),
        now: Timestamp,
    ) -> Result<(ProviderIdentity, Wish), ProviderError> {
        let attempt = self.take(secret, state, now)?;
        let Attempt { nonce, verifier, redirect, wish, .. } = attempt;
        let ProviderState { config, http, .. } = &*self.0;
        let unreachable = |error: String| ProviderError::Unreachable(error);
        let metadata = self.metadata().await?;
        let client =
            CoreClient::from_provider_metadata(metadata, config.client.clone(), Some(config.secret.clone()))
                .set_redirect_uri(redirect);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| unreachable(error.to_string()))?
            .set_pkce_verifier(verifier)
            .request_async(http)
            .await
            .map_err(|error| unreachable(error.to_string()))?;
        let verifier = client.id_token_verifier().set_allowed_algs(SIGNED_BY);
        let token =
            answer.id_token().ok_or_else(|| ProviderError::NotBelieved("there is no ID token".into()))?;
        let said =
            token.claims(&verifier, &nonce).map_err(|error| ProviderError::NotBelieved(error.to_string()))?;
        check_access_token(token, &verifier, answer.access_token(), said.access_token_hash())?;
        let mut address = checked_address(said.email().map(|email| email.as_str()), said.email_verified());
        if address.is_none() {
            // Most providers say it only to who asks once more.
            let asked = client
                .user_info(answer.access_token().clone(), Some(said.subject().clone()))
                .map_err(|error| unreachable(error.to_string()))?;
            let more: CoreUserInfoClaims =
                asked.request_async(http).await.map_err(|error| unreachable(error.to_string()))?;
            address = checked_address(more.email().map(|email| email.as_str()), more.email_verified());
        }
        let identity = ProviderIdentity {
            issuer: config.issuer.as_str().to_owned(),
            subject: said.subject().as_str().to_owned(),
            address: address.ok_or(ProviderError::NoAddress)?,
        };
        Ok((identity, wish))
    }

    fn take(&self, secret: TokenHash, state: &str, now: Timestamp) -> Result<Attempt, ProviderError> {
        let mut attempts = self.0.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let attempt = attempts.remove(&secret).filter(|attempt| attempt.expires_at > now);
        attempt.filter(|attempt| attempt.state == TokenHash::of(state)).ok_or(ProviderError::NotUnderWay)
    }

    /// What the provider says of itself, its keys among it. Asked each time: few sign in, and keys change.
    async fn metadata(&self) -> Result<CoreProviderMetadata, ProviderError> {
        let found = CoreProviderMetadata::discover_async(self.0.config.issuer.clone(), &self.0.http).await;
        found.map_err(|error| ProviderError::Unreachable(error.to_string()))
    }
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
    fn only_an_address_that_was_checked_counts() {
        assert!(checked_address(Some("a@town.example"), Some(true)).is_some());
        assert!(checked_address(Some("a@town.example"), Some(false)).is_none());
        assert!(checked_address(Some("a@town.example"), None).is_none());
        assert!(checked_address(None, Some(true)).is_none());
    }
}
