//! Votes that moderators left out, in words.

use crate::conversation::ExclusionBasis;
use crate::texts::Texts;

/// How many people, and by what they were found.
pub(super) fn left_out_words(basis: ExclusionBasis, people: Option<u32>, texts: &Texts) -> String {
    let key = match basis {
        ExclusionBasis::Copies => "left-out-copies",
        ExclusionBasis::StraightLine => "left-out-straight",
        ExclusionBasis::Burst => "left-out-burst",
        ExclusionBasis::Channel => "left-out-channel",
        ExclusionBasis::ByHand => "left-out-by-hand",
    };
    let why = texts.get(key);
    match people {
        Some(people) => texts.msg("left-out-people").num("n", people).text("why", &why).to_string(),
        None => texts.msg("left-out-few").text("why", &why).to_string(),
    }
}
