//! How a site looks, and whose it is: its name, its crest, four colours. A colour on which words can't be read is
//! an error.

use std::path::PathBuf;

use super::error::ConfigError;
use super::layer::ConfigLayer;

/// How a site looks, and whose it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brand {
    /// Its name, such as that of the town.
    pub name: Option<String>,
    /// Its crest: a PNG file.
    pub crest: Option<PathBuf>,
    /// The band above public pages.
    pub band: Option<Colour>,
    /// Links and buttons, on light grounds and on dark ones.
    pub accent: Option<(Colour, Colour)>,
    /// Under which licence results may be used.
    pub licence: Option<String>,
}

/// A colour, opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// What words need against their ground (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;
/// The grounds of pages, as web/static/boule.css has them: paper and surface, light and dark.
const LIGHT: [Colour; 2] = [Colour([0xf5, 0xf4, 0xf0]), Colour([0xff, 0xff, 0xff])];
const DARK: [Colour; 2] = [Colour([0x12, 0x15, 0x1a]), Colour([0x1b, 0x1f, 0x26])];
/// The words on a colour: the one of these that reads better.
const WORDS: [Colour; 2] = [Colour([0xff, 0xff, 0xff]), Colour([0x00, 0x00, 0x00])];

impl Brand {
    /// Reads what is set of it.
    pub(super) fn read(set: &ConfigLayer) -> Result<Self, ConfigError> {
        let colour = |name: &'static str, text: &Option<String>| {
            text.as_deref().map(|text| Colour::parse(name, text)).transpose()
        };
        let band = colour("band_colour", &set.band_colour)?;
        let accent = colour("accent_colour", &set.accent_colour)?;
        let dark = colour("accent_colour_dark", &set.accent_colour_dark)?;
        let accent = match (accent, dark) {
            (None, None) => None,
            (Some(light), Some(dark)) => Some((light, dark)),
            (light, _) => {
                let name = if light.is_some() { "accent_colour_dark" } else { "accent_colour" };
                return Err(bad(
                    name,
                    "",
                    "set: a site has a colour for light grounds and one for dark ones",
                ));
            }
        };
        if let Some((light, dark)) = accent {
            light.must_read_on("accent_colour", &LIGHT)?;
            dark.must_read_on("accent_colour_dark", &DARK)?;
        }
        let text = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        Ok(Self {
            name: text(&set.site_name),
            crest: set.crest.clone(),
            band,
            accent,
            licence: text(&set.licence),
        })
    }
}

impl Colour {
    fn parse(name: &'static str, text: &str) -> Result<Self, ConfigError> {
        let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6);
        let mut bytes = [0; 3];
        let read = digits.map(|digits| hex::decode_to_slice(digits, &mut bytes));
        match read {
            Some(Ok(())) => Ok(Self(bytes)),
            _ => Err(bad(name, text, "a colour such as #1d2f63")),
        }
    }

    /// The colour of words on it: white or black, whichever reads better. One of them always does.
    pub fn words(self) -> Colour {
        let [white, black] = WORDS;
        if self.contrast(white) >= self.contrast(black) { white } else { black }
    }

    /// The contrast of two colours, from 1 to 21 (WCAG 2.2).
    fn contrast(self, other: Colour) -> f64 {
        let [a, b] = [self.luminance(), other.luminance()];
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn must_read_on(self, name: &'static str, grounds: &[Colour]) -> Result<(), ConfigError> {
        let reads = grounds.iter().all(|ground| self.contrast(*ground) >= READABLE);
        let wanted = if grounds == LIGHT {
            "dark enough to be read on a light page (a contrast of 4.5, such as #243b86)"
        } else {
            "light enough to be read on a dark page (a contrast of 4.5, such as #adc1ff)"
        };
        if reads { Ok(()) } else { Err(bad(name, &self.to_string(), wanted)) }
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", hex::encode(self.0))
    }
}

fn bad(name: &'static str, value: &str, wanted: &'static str) -> ConfigError {
    ConfigError::BadValue { name, value: value.to_owned(), wanted }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(band: &str, accent: Option<&str>, dark: Option<&str>) -> Result<Brand, String> {
        let set = ConfigLayer {
            band_colour: Some(band.to_owned()),
            accent_colour: accent.map(str::to_owned),
            accent_colour_dark: dark.map(str::to_owned),
            ..ConfigLayer::default()
        };
        Brand::read(&set).map_err(|error| error.to_string())
    }

    #[test]
    fn colours_that_nobody_can_read_are_refused_with_the_reason() {
        let brand = read("#ffd200", Some("#243b86"), Some("#adc1ff")).unwrap();
        assert_eq!(brand.band.unwrap().words().to_string(), "#000000", "dark words on yellow");
        assert!(read("#1d2f63", Some("#88aaff"), Some("#adc1ff")).unwrap_err().contains("dark enough"));
        assert!(read("#1d2f63", Some("#243b86"), Some("#243b86")).unwrap_err().contains("light enough"));
        assert!(read("#1d2f63", Some("#243b86"), None).unwrap_err().contains("accent_colour_dark"));
        for wrong in ["blue", "#fff", "#12345g", "1d2f63"] {
            assert!(read(wrong, None, None).unwrap_err().contains("such as #1d2f63"), "{wrong}");
        }
    }

    #[test]
    fn words_read_on_every_band() {
        for part in 0..=255u8 {
            let grey = Colour([part; 3]);
            assert!(grey.contrast(grey.words()) >= READABLE, "{grey}");
        }
    }
}
