//! How this site looks, and whose it is. A process serves one site, so it is the same for every page.

use std::sync::OnceLock;

/// What a site shows of itself.
#[derive(Debug, Default)]
pub struct SiteBrand {
    /// Its name; Boule's where it has none.
    pub name: Option<String>,
    /// Its crest: a PNG.
    pub crest: Option<Vec<u8>>,
    /// A style sheet with its colours.
    pub style: Option<String>,
    /// Under which licence results may be used.
    pub licence: Option<String>,
    /// The address under which people reach it, as `https://vote.example.org`.
    pub address: Option<String>,
}

static BRAND: OnceLock<SiteBrand> = OnceLock::new();

/// The most that a crest may weigh: every first visit pays for it.
const MOST_CREST_BYTES: usize = 64 * 1024;
/// What every PNG begins with.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Why a crest can't be shown.
#[derive(Debug, thiserror::Error)]
pub enum CrestError {
    /// It is something else.
    #[error("the crest is not a PNG file")]
    NotPng,
    /// It is too large.
    #[error("the crest has {0} bytes; it may have {MOST_CREST_BYTES} at most, since every visitor loads it")]
    TooLarge(usize),
}

impl SiteBrand {
    /// Takes a crest.
    pub fn with_crest(self, crest: Option<Vec<u8>>) -> Result<Self, CrestError> {
        match &crest {
            Some(file) if !file.starts_with(PNG) => Err(CrestError::NotPng),
            Some(file) if file.len() > MOST_CREST_BYTES => Err(CrestError::TooLarge(file.len())),
            _ => Ok(Self { crest, ..self }),
        }
    }

    /// From now on, every page shows it. Only the first counts.
    pub fn wear(self) {
        let _ = BRAND.set(self);
    }
}

impl SiteBrand {
    /// That of this site.
    pub fn current() -> &'static SiteBrand {
        BRAND.get_or_init(SiteBrand::default)
    }

    /// Its files, as assets.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let style = self.style.as_ref().map(|style| ("brand.css", style.as_bytes()));
        let crest = self.crest.as_ref().map(|crest| ("crest.png", crest.as_slice()));
        style.into_iter().chain(crest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crest_is_a_small_png() {
        let with = |file: Vec<u8>| SiteBrand::default().with_crest(Some(file)).map(|_| ());
        assert!(with([PNG, b"..."].concat()).is_ok());
        assert!(matches!(with(b"<svg>".to_vec()), Err(CrestError::NotPng)));
        assert!(matches!(with([PNG, &[0; 70_000]].concat()), Err(CrestError::TooLarge(_))));
    }
}
