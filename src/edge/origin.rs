//! Whether a request that could change something comes from our own pages. PURE.

/// The headers that tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestSite<'a> {
    /// `Sec-Fetch-Site`, which browsers set and pages can't.
    pub sec_fetch_site: Option<&'a str>,
    /// `Origin`.
    pub origin: Option<&'a str>,
    /// Our own address: `scheme://host[:port]`, without a slash at the end.
    pub own_origin: &'a str,
}

/// P4: a request that carries a cookie must come from our own pages.
pub fn may_act_with_cookie(site: RequestSite<'_>) -> bool {
    match (site.sec_fetch_site, site.origin) {
        // An Origin is checked even beside Sec-Fetch-Site: both must agree.
        (Some("same-origin" | "none"), None) => true,
        (Some("same-origin" | "none") | None, Some(origin)) => origin == site.own_origin,
        _ => false,
    }
}

/// P5: without a cookie a program may leave `Origin` out; a page of another site may not act.
pub fn may_act_without_cookie(site: RequestSite<'_>) -> bool {
    match site.origin {
        None => !matches!(site.sec_fetch_site, Some("cross-site" | "same-site")),
        Some(origin) => origin == site.own_origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://boule.example";

    fn site<'a>(sec_fetch_site: Option<&'a str>, origin: Option<&'a str>) -> RequestSite<'a> {
        RequestSite { sec_fetch_site, origin, own_origin: OWN }
    }

    #[test]
    fn p4_with_a_cookie_only_our_own_pages_act() {
        assert!(may_act_with_cookie(site(Some("same-origin"), Some(OWN))));
        assert!(may_act_with_cookie(site(Some("none"), None)));
        assert!(may_act_with_cookie(site(None, Some(OWN))));
        for (fetch, origin) in [
            (None, None),
            (None, Some("null")),
            (Some("cross-site"), None),
            (Some("same-site"), Some(OWN)),
            (Some("cross-site"), Some(OWN)),
            (Some("same-origin"), Some("https://evil.example")),
            (None, Some("https://boule.example.evil.example")),
            (None, Some("http://boule.example")),
            (None, Some("https://boule.example:8443")),
            (None, Some("https://boule.example.")),
            (None, Some("https://BOULE.example")),
            (None, Some("https://boule.example/")),
            (None, Some("")),
        ] {
            assert!(!may_act_with_cookie(site(fetch, origin)), "{fetch:?} {origin:?}");
        }
    }

    #[test]
    fn p5_a_program_may_leave_origin_out_but_not_get_it_wrong() {
        assert!(may_act_without_cookie(site(None, None)));
        assert!(may_act_without_cookie(site(None, Some(OWN))));
        for (fetch, origin) in
            [(None, Some("null")), (None, Some("https://evil.example")), (Some("cross-site"), None)]
        {
            assert!(!may_act_without_cookie(site(fetch, origin)), "{fetch:?} {origin:?}");
        }
    }
}
