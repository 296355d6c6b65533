//! Whom an agenda leaves out, in sentences.

use crate::disclosure::{ToldClaim, ToldCoverage};
use crate::domain::StatementNumber;
use crate::live::Contents;
use crate::texts::Texts;

/// The check beside an agenda.
pub(in crate::http) struct CoverageView {
    pub lines: Vec<Line>,
    /// What those want who support nothing on it.
    pub wanted: Vec<Wanted>,
}

/// One thing that was checked.
pub(in crate::http) struct Line {
    pub is_good: bool,
    pub text: String,
    /// The statement that would help.
    pub would_serve: Option<Wanted>,
}

/// A statement that can be added.
pub(in crate::http) struct Wanted {
    pub number: StatementNumber,
    pub text: String,
    /// How many want it, in words; empty where that is said elsewhere.
    pub who: String,
}

impl CoverageView {
    /// What is said of an agenda.
    pub fn new(told: &ToldCoverage, contents: &Contents, texts: &Texts) -> Self {
        let words = |number| Some(contents.statement(number).filter(|one| one.is_shown)?.text.to_string());
        let mut lines = served(told, texts);
        lines.extend(claims(told, &words, texts));
        let wanted = told.wanted.iter().filter_map(|(number, people)| {
            let who = texts.msg("coverage-wanted-by").num("n", *people).to_string();
            Some(Wanted { number: *number, text: words(*number)?, who })
        });
        Self { wanted: wanted.collect(), lines }
    }
}

/// How many have something on it.
fn served(told: &ToldCoverage, texts: &Texts) -> Vec<Line> {
    let [observed, imputed] = &told.readings;
    let group = |(label, percent): &(String, u32)| {
        texts.msg("coverage-group").text("group", label).num("percent", *percent).to_string()
    };
    let mut said: Vec<(bool, String)> =
        observed.groups.iter().map(|served| (served.1 >= MOST, group(served))).collect();
    if said.is_empty() {
        let all = texts.msg("coverage-everybody").num("percent", observed.served).to_string();
        said.push((observed.served >= MOST, all));
    }
    let likely = texts.msg("coverage-likely").num("percent", imputed.served).to_string();
    said.push((imputed.served >= MOST, likely));
    if observed.nothing > 0 {
        said.push((false, texts.msg("coverage-nothing").num("n", observed.nothing).to_string()));
    }
    said.into_iter().map(|(is_good, text)| Line { is_good, text, would_serve: None }).collect()
}

/// Below this share of a group, a line is marked.
const MOST: u32 = 80;

/// Whether people have nothing, or too little, who are enough for more.
fn claims(
    told: &ToldCoverage,
    words: &impl Fn(StatementNumber) -> Option<String>,
    texts: &Texts,
) -> Vec<Line> {
    let [observed, imputed] = &told.readings;
    let Some(enough) = told.enough else { return Vec::new() };
    let line = |key: &str, claim: &ToldClaim| {
        let group = claim.group.as_deref().unwrap_or("none");
        let would_serve = words(claim.statement);
        // What would serve them may have been taken down a moment ago.
        let text = if would_serve.is_some() {
            let msg = texts.msg(key).num("n", claim.people).text("group", group);
            msg.num("have", claim.have).to_string()
        } else {
            texts.get("coverage-few")
        };
        Line {
            is_good: false,
            text,
            would_serve: would_serve.map(|text| Wanted { number: claim.statement, text, who: String::new() }),
        }
    };
    let good = |key: &str| Line {
        is_good: true,
        text: texts.msg(key).num("n", enough).to_string(),
        would_serve: None,
    };
    match (&observed.left_out, &imputed.left_out) {
        (Some(left_out), _) => vec![line("coverage-left-out", left_out)],
        (None, Some(left_out)) => {
            vec![good("coverage-holds-cast"), line("coverage-left-out-likely", left_out)]
        }
        (None, None) => match (&observed.wanting, &imputed.wanting) {
            (Some(wanting), _) => vec![good("coverage-holds"), line("coverage-wanting", wanting)],
            (None, Some(wanting)) => {
                vec![good("coverage-holds"), line("coverage-wanting-likely", wanting)]
            }
            (None, None) => vec![good("coverage-holds-in-full")],
        },
    }
}
