//! Cookies: their names, and what browsers are told of each.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

/// A cookie that this site gives out.
#[derive(Clone, Copy)]
pub(super) enum CookieKind {
    /// A participant's token.
    Participant,
    /// A session of staff.
    Staff,
    /// What lets somebody look at a draft.
    Preview,
    /// What somebody comes back with from the provider that signs them in.
    Provider,
    /// The language that somebody has chosen.
    Language,
    /// The conversations whose results somebody has opened before taking part.
    Reader,
    /// A participant's token in a frame of another site, kept for that site alone.
    Embed,
}

impl CookieKind {
    /// `__Host-` is a promise that browsers keep: this site alone has set it, over TLS, for all its pages.
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (CookieKind::Participant, true) => "__Host-boule",
            (CookieKind::Participant, false) => "boule",
            (CookieKind::Staff, true) => "__Host-boule-staff",
            (CookieKind::Staff, false) => "boule-staff",
            (CookieKind::Preview, true) => "__Host-boule-preview",
            (CookieKind::Preview, false) => "boule-preview",
            (CookieKind::Provider, true) => "__Host-boule-provider",
            (CookieKind::Provider, false) => "boule-provider",
            (CookieKind::Language, true) => "__Host-boule-lang",
            (CookieKind::Language, false) => "boule-lang",
            (CookieKind::Reader, true) => "__Host-boule-read",
            (CookieKind::Reader, false) => "boule-read",
            (CookieKind::Embed, true) => "__Host-boule-embed",
            (CookieKind::Embed, false) => "boule-embed",
        }
    }

    /// What a browser shows of it.
    pub(super) fn read(self, headers: &HeaderMap, secure: bool) -> Option<&str> {
        let name = self.name(secure);
        let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        values
            .flat_map(Cookie::split_parse)
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == name)
            .and_then(|cookie| cookie.value_raw())
    }

    /// Has a browser keep it.
    pub(super) fn keep(self, value: &str, seconds: u32, secure: bool) -> Option<HeaderValue> {
        let cookie = Cookie::build((self.name(secure), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .max_age(Duration::seconds(seconds.into()))
            .secure(secure);
        let cookie = match self {
            // Else no frame of another site would be sent it. Browsers keep it apart for each such site.
            CookieKind::Embed => cookie.same_site(SameSite::None).secure(true).partitioned(true),
            _ => cookie,
        };
        HeaderValue::from_str(&cookie.to_string()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_kept_and_read_under_the_name_that_its_site_may_use() {
        for (secure, name, end) in [(true, "__Host-boule", "; Secure"), (false, "boule", "")] {
            let kept = CookieKind::Participant.keep("abc", 60, secure).unwrap();
            let kept = kept.to_str().unwrap();
            assert!(kept.starts_with(&format!("{name}=abc; HttpOnly; SameSite=Lax")), "{kept}");
            assert!(kept.contains("; Path=/") && kept.contains("; Max-Age=60"), "{kept}");
            assert_eq!(kept.contains("; Secure"), !end.is_empty(), "{kept}");
        }
        let mut headers = HeaderMap::new();
        headers
            .append(header::COOKIE, HeaderValue::from_static("other=1; =; nonsense; boule=abc; boule=later"));
        headers.append(header::COOKIE, HeaderValue::from_static("boule-lang=de"));
        assert_eq!(CookieKind::Participant.read(&headers, false), Some("abc"));
        assert_eq!(CookieKind::Language.read(&headers, false), Some("de"));
        assert_eq!(
            CookieKind::Participant.read(&headers, true),
            None,
            "a plain site's cookie is nothing to a secure one"
        );
        assert_eq!(CookieKind::Staff.read(&headers, false), None);
    }
}
