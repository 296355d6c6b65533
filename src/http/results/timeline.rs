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
    let mut dated: Vec<(Timestamp, String, String, Option<String>)> = Vec::new();
    // An import knows no day of its opening: the log has the day on which it was brought in.
    if conversation.source_url.is_empty() {
        let opened = conversation.opened_at.map(|at| (at, texts.get("timeline-opened"), String::new(), None));
        let closed = conversation.closed_at.map(|at| (at, texts.get("timeline-closed"), String::new(), None));
        dated.extend(opened.into_iter().chain(closed));
    }
    dated.extend(
        conversation
            .changes
            .iter()
            .map(|change| (change.at, texts.get("timeline-changed"), change.reason.text().to_owned(), None)),
    );
    dated.extend(conversation.published.snapshots.iter().map(|snapshot| {
        let href = format!("/c/{slug}/results/on/{}", snapshot.number);
        (snapshot.at, texts.get("timeline-snapshot"), String::new(), Some(href))
    }));
    dated.extend(board.contents.agenda.published.iter().map(|(_, at)| {
        (*at, texts.get("timeline-agenda"), String::new(), Some(format!("/c/{slug}/agenda")))
    }));
    dated.extend(conversation.answers.iter().filter_map(|answer| {
        let step = conversation.text.terms.step(answer.step)?;
        Some((
            answer.at,
            texts.get("timeline-answer"),
            step.what.text().to_owned(),
            Some(format!("/c/{slug}")),
        ))
    }));
    dated.extend(conversation.published.rows.iter().map(|rows| {
        (rows.at, texts.get("timeline-rows"), String::new(), Some(format!("/c/{slug}/rows.csv")))
    }));
    dated.sort_by_key(|(at, ..)| *at);
    let entry = |(at, what, words, href)| TimelineEntry { day: texts.day(&at), what, words, href };
    dated.into_iter().map(entry).collect()
}
