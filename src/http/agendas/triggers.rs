//! What comes on an agenda by itself, in sentences.

use crate::conversation::{AgendaRecord, Threshold, WHOLE};
use crate::domain::{PersonalText, Timestamp};
use crate::texts::Texts;

/// What organisers said would come on the agenda by itself, and what did, unless it is told elsewhere on the page.
pub(in crate::http) fn promises(record: &AgendaRecord, frozen_is_told: bool, texts: &Texts) -> Vec<String> {
    let freeze = match (record.frozen, record.triggers.freeze) {
        (Some(_), _) if frozen_is_told => None,
        (Some(at), _) => Some(frozen(at, texts)),
        (None, Some(freeze)) => {
            let day = texts.moment(&freeze.at);
            Some(texts.msg("rule-freeze").text("day", &day).num("places", freeze.places).to_string())
        }
        (None, None) => None,
    };
    let threshold = record.triggers.threshold.as_ref().map(|threshold| passes(threshold, texts));
    freeze.into_iter().chain(threshold).collect()
}

/// That the choice from the votes was fixed.
pub(in crate::http) fn frozen(at: Timestamp, texts: &Texts) -> String {
    texts.msg("rule-frozen").text("day", &texts.moment(&at)).to_string()
}

fn passes(threshold: &Threshold<PersonalText>, texts: &Texts) -> String {
    let share = texts.digits(&share_text(threshold.share));
    let msg = texts.msg("rule-threshold").num("needed", threshold.needed()).text("share", &share);
    msg.num("base", threshold.base).text("of", threshold.of.text()).to_string()
}

/// A share as a field holds it: `1`, `0.25`.
pub(in crate::http) fn share_text(share: u32) -> String {
    let percent = WHOLE / 100;
    let text = format!("{}.{:02}", share / percent, share % percent);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads such a field, with a point or a comma; `None` where it holds something else.
pub(in crate::http) fn parse_share(text: &str) -> Option<u32> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if part.len() > 2 || whole.is_empty() || !is_number(whole) || !is_number(part) {
        return None;
    }
    let hundredths: u32 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(WHOLE / 100)?.checked_add(hundredths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_as_it_is_written() {
        for (text, share) in [("1", 100), ("0.25", 25), ("0,5", 50), ("100", 10_000), (" 12.05 ", 1_205)] {
            assert_eq!(parse_share(text), Some(share), "{text}");
        }
        for share in [1, 25, 50, 100, 1_205, 9_999, 10_000] {
            assert_eq!(parse_share(&share_text(share)), Some(share));
        }
        for bad in ["", "one", "-1", "1.234", ".5", "1e3"] {
            assert_eq!(parse_share(bad), None, "{bad}");
        }
    }
}
