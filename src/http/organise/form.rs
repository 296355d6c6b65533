//! The words, the promise and the rules of a conversation, as a form sends them.

use serde::Deserialize;

use crate::conversation::{Brief, Influence, Language, ResultsRule, Schedule, Settings, TermsBrief};
use crate::domain::{ModerationRule, Timestamp};
use crate::edge::HttpError;
use crate::texts::{Texts, local_moment, parse_local_moment};

/// The form. What it does not send stays as it is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ConversationForm {
    #[serde(default)]
    pub slug: String,
    /// The department that a new conversation belongs to; nothing for none.
    #[serde(default)]
    pub department: String,
    pub question: String,
    pub organiser: String,
    pub description: Option<String>,
    pub promise: Option<String>,
    /// A rule a line.
    pub policy: Option<String>,
    pub decides: Option<String>,
    pub influence: Option<String>,
    pub in_scope: Option<String>,
    pub out_of_scope: Option<String>,
    pub minutes: Option<String>,
    pub moderated_within: Option<String>,
    /// Tags, with commas between them.
    pub languages: Option<String>,
    pub results: Option<ResultsRule>,
    pub after_n: Option<u32>,
    pub privacy_min: Option<u32>,
    pub max_characters: Option<u32>,
    pub moderation: Option<ModerationRule>,
    pub opens_at: Option<String>,
    pub closes_at: Option<String>,
    /// The day on which links are destroyed.
    pub forgets_at: Option<String>,
    /// Whether the rules are sent at all: a checkbox that is not ticked sends nothing.
    pub rules: Option<String>,
    pub listed: Option<String>,
    pub erases_votes: Option<String>,
    pub releases_rows: Option<String>,
    pub important: Option<String>,
    pub weigh_copies: Option<String>,
    pub alarm_newcomers: Option<String>,
    pub alarm_copies: Option<String>,
    /// Why it is changed after the opening.
    #[serde(default)]
    pub reason: String,
}

impl ConversationForm {
    /// A new form, with the default rules.
    pub fn empty(texts: &Texts) -> Self {
        Self::of(&Brief { policy: texts.default_policy(), ..Brief::default() })
    }

    /// A form that says what is so.
    pub fn of(brief: &Brief) -> Self {
        let Settings { results, moderation, listed, after_n, privacy_min, max_characters, important, .. } =
            brief.settings;
        let number = |n: u32| (n > 0).then(|| n.to_string());
        let moment = |at: Option<Timestamp>| Some(at.map(local_moment).unwrap_or_default());
        let terms = &brief.terms;
        let languages: Vec<&str> = terms.languages.iter().map(Language::as_str).collect();
        Self {
            slug: String::new(),
            department: String::new(),
            question: brief.question.clone(),
            organiser: brief.organiser.clone(),
            description: Some(brief.description.clone()),
            promise: Some(brief.promise.clone()),
            policy: Some(brief.policy.join("\n")),
            decides: Some(terms.decides.clone()),
            influence: terms.influence.map(|influence| influence.as_str().to_owned()),
            in_scope: Some(terms.in_scope.clone()),
            out_of_scope: Some(terms.out_of_scope.clone()),
            minutes: number(terms.minutes),
            moderated_within: number(terms.moderated_within_hours),
            languages: Some(languages.join(", ")),
            results: Some(results),
            after_n: Some(after_n),
            privacy_min: Some(privacy_min),
            max_characters: Some(max_characters),
            moderation: Some(moderation),
            opens_at: moment(brief.schedule.opens_at),
            closes_at: moment(brief.schedule.closes_at),
            forgets_at: moment(brief.schedule.forgets_at),
            rules: None,
            listed: listed.then(|| "on".into()),
            erases_votes: terms.erases_votes.then(|| "on".into()),
            releases_rows: terms.releases_rows.then(|| "on".into()),
            important: important.then(|| "on".into()),
            weigh_copies: brief.settings.weigh_copies.then(|| "on".into()),
            alarm_newcomers: number(brief.settings.alarm_newcomers),
            alarm_copies: number(brief.settings.alarm_copies),
            reason: String::new(),
        }
    }

    /// What it asks for; what it does not say stays as it is.
    pub fn brief(self, before: Brief) -> Result<Brief, HttpError> {
        let was = before.settings;
        let settings = Settings {
            results: self.results.unwrap_or(was.results),
            moderation: self.moderation.unwrap_or(was.moderation),
            after_n: self.after_n.unwrap_or(was.after_n),
            privacy_min: self.privacy_min.unwrap_or(was.privacy_min),
            max_characters: self.max_characters.unwrap_or(was.max_characters),
            listed: if self.rules.is_some() { self.listed.is_some() } else { was.listed },
            important: if self.rules.is_some() { self.important.is_some() } else { was.important },
            weigh_copies: if self.rules.is_some() { self.weigh_copies.is_some() } else { was.weigh_copies },
            alarm_newcomers: number(self.alarm_newcomers.as_deref(), was.alarm_newcomers),
            alarm_copies: number(self.alarm_copies.as_deref(), was.alarm_copies),
            live: was.live,
        };
        let schedule = Schedule {
            opens_at: moment(self.opens_at.as_deref(), before.schedule.opens_at)?,
            closes_at: moment(self.closes_at.as_deref(), before.schedule.closes_at)?,
            forgets_at: moment(self.forgets_at.as_deref(), before.schedule.forgets_at)?,
        };
        let terms = TermsBrief {
            decides: self.decides.unwrap_or(before.terms.decides),
            influence: match self.influence.as_deref() {
                None => before.terms.influence,
                Some(word) => Influence::ALL.into_iter().find(|level| level.as_str() == word),
            },
            in_scope: self.in_scope.unwrap_or(before.terms.in_scope),
            out_of_scope: self.out_of_scope.unwrap_or(before.terms.out_of_scope),
            minutes: number(self.minutes.as_deref(), before.terms.minutes),
            moderated_within_hours: number(
                self.moderated_within.as_deref(),
                before.terms.moderated_within_hours,
            ),
            languages: match self.languages {
                None => before.terms.languages,
                Some(tags) => languages(&tags)?,
            },
            erases_votes: if self.rules.is_some() {
                self.erases_votes.is_some()
            } else {
                before.terms.erases_votes
            },
            releases_rows: if self.rules.is_some() {
                self.releases_rows.is_some()
            } else {
                before.terms.releases_rows
            },
            ..before.terms
        };
        let policy = self.policy.map(|rules| rules.lines().map(str::to_owned).collect());
        Ok(Brief {
            question: self.question,
            description: self.description.unwrap_or(before.description),
            organiser: self.organiser,
            promise: self.promise.unwrap_or(before.promise),
            policy: policy.unwrap_or(before.policy),
            schedule,
            settings,
            terms,
            reason: self.reason,
        })
    }
}

fn moment(typed: Option<&str>, before: Option<Timestamp>) -> Result<Option<Timestamp>, HttpError> {
    match typed.map(str::trim) {
        None => Ok(before),
        Some("") => Ok(None),
        // The field holds minutes: a moment that was not touched keeps its seconds.
        Some(typed) if before.is_some_and(|at| local_moment(at) == typed) => Ok(before),
        Some(typed) => parse_local_moment(typed).map(Some).ok_or(HttpError::BadForm),
    }
}

fn languages(tags: &str) -> Result<Vec<Language>, HttpError> {
    let tags = tags.split([',', ' ', ';']).map(str::trim).filter(|tag| !tag.is_empty());
    tags.map(|tag| Language::parse(tag).ok_or(HttpError::BadForm)).collect()
}

/// An address made of a question: its words in small letters, up to some forty characters.
pub(super) fn slug_of(question: &str) -> String {
    let mut slug = String::new();
    for c in question.to_lowercase().chars() {
        let plain: &str = match c {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' => "a",
            'è' | 'é' | 'ê' => "e",
            'ç' => "c",
            c if c.is_ascii_alphanumeric() => {
                slug.push(c);
                continue;
            }
            _ => "-",
        };
        if plain != "-" || !slug.is_empty() && !slug.ends_with('-') {
            slug.push_str(plain);
        }
    }
    let cut = if slug.len() > 40 { slug[..41].rfind('-').unwrap_or(40) } else { slug.len() };
    let slug = slug[..cut].trim_matches('-');
    if slug.is_empty() { "conversation".to_owned() } else { slug.to_owned() }
}

/// A number of the form; 0 for what is none, and what was so before where it is not said.
fn number(typed: Option<&str>, before: u32) -> u32 {
    typed.map_or(before, |typed| typed.trim().parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Slug;

    #[test]
    fn an_address_is_made_of_any_question() {
        for (question, slug) in [
            ("What should become of the riverside?", "what-should-become-of-the-riverside"),
            ("Was soll aus den Grünflächen werden?", "was-soll-aus-den-gruenflaechen-werden"),
            (
                "What should change in Eastmere to make it a better place to live?",
                "what-should-change-in-eastmere-to-make",
            ),
            ("ما رأيك؟", "conversation"),
            ("---", "conversation"),
            ("Ärzte?", "aerzte"),
        ] {
            assert_eq!(slug_of(question), slug);
            assert!(Slug::parse(&slug_of(question)).is_ok());
        }
        assert!(Slug::parse(&slug_of(&"x".repeat(300))).is_ok());
    }

    #[test]
    fn what_a_form_does_not_send_stays_as_it_is() {
        let before = Brief {
            question: "Old?".into(),
            description: "Long".into(),
            policy: vec!["No adverts".into()],
            schedule: Schedule { closes_at: Some(Timestamp(1_800_000_000_123_456)), ..Schedule::default() },
            settings: Settings { after_n: 3, ..Settings::default() },
            ..Brief::default()
        };
        let form = ConversationForm { question: "New?".into(), organiser: "Us".into(), ..Default::default() };
        let after = form.brief(before.clone()).unwrap();
        assert_eq!((after.question.as_str(), after.description.as_str()), ("New?", "Long"));
        assert_eq!((after.settings, after.schedule), (before.settings, before.schedule));
        // What a page shows and sends back changes nothing.
        let same = ConversationForm { rules: Some("on".into()), ..ConversationForm::of(&before) };
        let same = same.brief(before.clone()).unwrap();
        assert_eq!(
            (same.settings, same.schedule, same.policy),
            (before.settings, before.schedule, before.policy)
        );
        let bad = ConversationForm { closes_at: Some("tomorrow".into()), ..ConversationForm::default() };
        assert!(bad.brief(Brief::default()).is_err());
    }
}
