//! What whoever brings files from elsewhere can say of them.

use clap::{Args, ValueEnum};

use crate::domain::ModerationRule;
use crate::exchange::polis::AgreeSign;

/// When statements are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum ModerationArg {
    /// After a moderator accepted them
    Before,
    /// At once
    After,
}

impl ModerationArg {
    /// The rule that it stands for.
    pub fn rule(self) -> ModerationRule {
        match self {
            ModerationArg::Before => ModerationRule::Before,
            ModerationArg::After => ModerationRule::After,
        }
    }
}

/// Which number means agree.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Sign {
    /// The number that means agree in the votes: 1, as in exports, or -1, as in Polis's database
    /// [default: what the files declare, else what their counts show, else 1]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, value_parser = agree_is)]
    agree_is: Option<AgreeSign>,
}

impl Sign {
    /// What it says of the sign; nothing where the export is to tell.
    pub fn agree_is(self) -> Option<AgreeSign> {
        self.agree_is
    }
}

fn agree_is(text: &str) -> Result<AgreeSign, String> {
    match text {
        "1" | "+1" => Ok(AgreeSign::Plus),
        "-1" => Ok(AgreeSign::Minus),
        _ => Err("it must be 1 or -1".into()),
    }
}
