//! The two conventions of which number means agree.

use std::fmt;

/// The number that means agree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgreeSign {
    /// +1
    Plus,
    /// −1
    Minus,
}

impl fmt::Display for AgreeSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == AgreeSign::Plus { "+1" } else { "-1" })
    }
}

impl AgreeSign {
    /// The other convention.
    pub(super) fn other(self) -> Self {
        if self == AgreeSign::Plus { AgreeSign::Minus } else { AgreeSign::Plus }
    }

    /// Reads the declaration of newer exports: `agree=+1;disagree=-1;pass=0;format=polis-export/1`.
    pub(super) fn parse(declaration: &str) -> Option<Self> {
        let mut said = [None; 3];
        for part in declaration.split(';') {
            let (key, value) = part.split_once('=')?;
            let index = match key.trim() {
                "agree" => 0,
                "pass" => 1,
                "disagree" => 2,
                "format" if value.trim() == "polis-export/1" => continue,
                _ => return None,
            };
            let value: i8 = value.trim().parse().ok()?;
            if said[index].replace(value).is_some() {
                return None;
            }
        }
        match said {
            [Some(1), Some(0), Some(-1)] => Some(AgreeSign::Plus),
            [Some(-1), Some(0), Some(1)] => Some(AgreeSign::Minus),
            _ => None,
        }
    }
}
