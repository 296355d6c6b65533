//! What is promised, as everybody reads it: in one line, and in full.

use super::linked::{Paragraph, paragraphs};
use crate::conversation::{Conversation, ConversationState, Influence, Language, ResultsRule};
use crate::domain::Timestamp;
use crate::texts::Texts;

/// What is promised.
pub(super) struct PromiseView {
    /// What people should know first.
    pub description: Vec<Paragraph>,
    /// What becomes of the answers, in the organiser's words.
    pub promise: Vec<Paragraph>,
    pub decides: String,
    pub influence: Option<Influence>,
    pub in_scope: String,
    pub out_of_scope: String,
    pub minutes: u32,
    pub languages: String,
    pub steps: Vec<StepView>,
    pub policy: Vec<String>,
    /// The days on which it opens and closes, where that is said.
    pub opens: Option<String>,
    pub closes: Option<String>,
    /// The day on which links to people are destroyed, where that is said.
    pub forgets: Option<String>,
    /// Whether the votes of whoever erases what is theirs count no more.
    pub erases_votes: bool,
    /// Whether everybody's votes may be released as rows after the end.
    pub releases_rows: bool,
    /// Within how many hours moderators decide; 0 where nothing is said.
    pub moderated_within_hours: u32,
    pub results: ResultsRule,
    pub after_n: u32,
    pub privacy_min: u32,
    pub max_characters: u32,
    /// What was changed since it opened: the day, and why.
    pub changes: Vec<(String, String)>,
    state: ConversationState,
}

/// Something that will happen by a date, and what became of it.
pub(super) struct StepView {
    pub number: u32,
    pub what: String,
    pub day: String,
    pub status: StepStatus,
    pub answer: Option<(String, Vec<Paragraph>)>,
}

/// How a step stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum StepStatus {
    /// It has an answer.
    Answered,
    /// Its day is over, and it has none.
    Late,
    /// Its day is not over.
    Coming,
}

/// A day has this many microseconds, but for the two on which clocks are changed: then a date is over an hour
/// sooner or later.
const DAY_US: i64 = 24 * 3600 * 1_000_000;

impl PromiseView {
    /// What a conversation promises, at this moment.
    pub fn of(conversation: &Conversation, now: Timestamp, texts: &Texts) -> Self {
        let text = &conversation.text;
        let words = |words: &Option<crate::domain::PersonalText>| {
            words.as_ref().map_or_else(String::new, |words| words.text().to_owned())
        };
        let steps = text.terms.steps.iter().map(|step| {
            let answer = conversation.answers.iter().find(|answer| answer.step == step.number);
            let is_over = now.0 >= step.due.0.saturating_add(DAY_US);
            StepView {
                number: step.number,
                what: step.what.text().to_owned(),
                day: texts.day(&step.due),
                status: match answer {
                    Some(_) => StepStatus::Answered,
                    None if is_over => StepStatus::Late,
                    None => StepStatus::Coming,
                },
                answer: answer.map(|answer| (texts.day(&answer.at), paragraphs(answer.text.text()))),
            }
        });
        let languages: Vec<&str> = text.terms.languages.iter().map(Language::as_str).collect();
        let changes = conversation.changes.iter().rev();
        Self {
            description: paragraphs(text.description.text()),
            promise: paragraphs(text.promise.text()),
            decides: words(&text.terms.decides),
            influence: text.terms.influence,
            in_scope: words(&text.terms.in_scope),
            out_of_scope: words(&text.terms.out_of_scope),
            minutes: text.terms.minutes,
            languages: languages.join(", "),
            steps: steps.collect(),
            policy: text.policy.iter().map(|rule| rule.text().to_owned()).collect(),
            opens: conversation.schedule.opens_at.map(|at| texts.moment(&at)),
            closes: conversation.schedule.closes_at.map(|at| texts.moment(&at)),
            forgets: conversation.schedule.forgets_at.map(|at| texts.day(&at)),
            erases_votes: text.terms.erases_votes,
            releases_rows: text.terms.releases_rows,
            moderated_within_hours: text.terms.moderated_within_hours,
            results: conversation.settings.results,
            after_n: conversation.settings.after_n,
            privacy_min: conversation.settings.privacy_min,
            max_characters: conversation.settings.max_characters,
            changes: changes.map(|change| (texts.day(&change.at), change.reason.text().to_owned())).collect(),
            state: conversation.state,
        }
    }

    /// The promise in one line: who decides, how much the answers weigh, until when one can vote.
    pub fn line(&self, texts: &Texts) -> String {
        let mut line = Vec::new();
        if !self.decides.is_empty() {
            line.push(texts.msg("promise-decides").text("who", &self.decides).to_string());
        }
        if let Some(influence) = self.influence {
            line.push(texts.get(&format!("influence-{}", influence.as_str())));
        }
        match (self.state, &self.opens, &self.closes) {
            (ConversationState::Open, _, Some(closes)) => {
                line.push(texts.msg("promise-open-until").text("day", closes).to_string());
            }
            (ConversationState::Draft, Some(opens), _) => {
                line.push(texts.msg("promise-opens").text("day", opens).to_string());
            }
            _ => {}
        }
        line.join(" ")
    }

    /// When results are shown, in words.
    pub fn results_rule(&self, texts: &Texts) -> String {
        match self.results {
            ResultsRule::Always => texts.get("promise-results-always"),
            ResultsRule::AfterN => texts.msg("promise-results-after").num("n", self.after_n).to_string(),
            ResultsRule::AtClose => texts.get("promise-results-at-close"),
        }
    }
}
