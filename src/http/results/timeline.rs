//! What happened to a conversation, by date: when it opened, what was changed, what was kept and published.

use crate::domain::Timestamp;
use crate::live::Board;
use crate::texts::Texts;

/// Something that happened on a day.
pub(super) struct TimelineEntry {
    pub day: String,
    pub what: String,
    /// The organiser's own words, where there are any.
    pub words: String,
    /// Where it can be read.
    pub href: Option<String>,
}

/// Everything that has a date, the earliest first.
pub(super) fn timeline(slug: &str, board: &Board, texts: &Texts) -> Vec<TimelineEntry> {
    let conversation = &board.contents.conversation;
    let published = &conversation.published;
    let page = |rest: &str| Some(format!("/c/{slug}{rest}"));
    let mut dated: Vec<(Timestamp, TimelineEntry)> = Vec::new();
    let mut add = |at: Timestamp, what: &str, words: &str, href: Option<String>| {
        let (day, what, words) = (texts.day(&at), texts.get(what), words.to_owned());
        dated.push((at, TimelineEntry { day, what, words, href }));
    };
    // An import knows no day of its opening: the log has the day on which it was brought in.
    if conversation.source_url.is_empty() {
        if let Some(at) = conversation.opened_at {
            add(at, "timeline-opened", "", None);
        }
        if let Some(at) = conversation.closed_at {
            add(at, "timeline-closed", "", None);
        }
    }
    for change in &conversation.changes {
        add(change.at, "timeline-changed", change.reason.text(), None);
    }
    for snapshot in &published.snapshots {
        add(snapshot.at, "timeline-snapshot", "", page(&format!("/results/on/{}", snapshot.number)));
    }
    for agenda in &board.contents.agenda.published {
        add(agenda.at, "timeline-agenda", "", page(&format!("/agenda/{}", agenda.version)));
    }
    for answer in &conversation.answers {
        if let Some(step) = conversation.text.terms.step(answer.step) {
            add(answer.at, "timeline-answer", step.what.text(), page(""));
        }
    }
    if let Some(rows) = &published.rows {
        add(rows.at, "timeline-rows", "", page("/rows.csv"));
    }
    dated.sort_by_key(|(at, _)| *at);
    dated.into_iter().map(|(_, entry)| entry).collect()
}
