//! An agenda in words, before it becomes a file of one kind or another.

use crate::domain::Timestamp;
use crate::http::agendas::source::AgendaSource;
use crate::http::agendas::view::{AgendaView, BackedView, ItemView};
use crate::http::results::Bar;
use crate::texts::Texts;

/// An agenda in words.
pub(super) struct Written {
    pub title: String,
    /// The question that people voted on.
    pub question: String,
    /// Who publishes it and when; when the meeting begins.
    pub about: Vec<String>,
    pub starts_at: Option<Timestamp>,
    pub minutes: u32,
    pub items: Vec<WrittenItem>,
    /// What was changed by hand.
    pub changes: Vec<String>,
    /// The words above them.
    pub changes_title: String,
    /// Where it is to be read.
    pub address: Option<String>,
}

/// An item in words.
pub(super) struct WrittenItem {
    /// The question, or the statement that stands for it.
    pub heading: String,
    /// When, how long, and what is to come of it.
    pub when: String,
    pub minutes: u32,
    /// The statements behind it, where they are not the heading.
    pub statements: Vec<String>,
    /// Why it is here, and where it comes from.
    pub why: Vec<String>,
    /// How people voted, a line for everybody and one for each group.
    pub votes: Vec<String>,
    /// The words above what there is to read.
    pub read_title: String,
    /// What there is to read: title, and who says it; and its address, which may be empty.
    pub read: Vec<(String, String)>,
    /// For whoever leads the talk.
    pub notes: Vec<String>,
}

impl Written {
    /// An agenda in words; with the notes, for those who organise.
    pub fn new(
        source: AgendaSource<'_>,
        view: &AgendaView,
        (question, about, address): (&str, Vec<String>, Option<String>),
        with_notes: bool,
        texts: &Texts,
    ) -> Self {
        let items = source.agenda.items.iter().zip(&view.items).map(|(item, shown)| {
            let notes = item.background.notes.as_ref().filter(|_| with_notes);
            let notes = notes.map(|notes| notes.text().lines().map(str::to_owned).collect());
            WrittenItem { notes: notes.unwrap_or_default(), ..written_item(shown, texts) }
        });
        Self {
            title: texts.get("agenda-title"),
            question: question.to_owned(),
            about: about.into_iter().chain(view.begins.clone()).collect(),
            starts_at: source.agenda.session.starts_at,
            minutes: view.minutes.max(source.agenda.session.minutes.unwrap_or(0)),
            items: items.collect(),
            changes: view.changes.iter().map(|(day, what)| format!("{day}: {what}")).collect(),
            changes_title: texts.get("agenda-by-hand"),
            address,
        }
    }
}

fn written_item(item: &ItemView, texts: &Texts) -> WrittenItem {
    let head = item.head.as_ref().map(|head| head.row.text.clone());
    let takes = (item.minutes > 0).then(|| texts.msg("item-takes").num("n", item.minutes).to_string());
    let when: Vec<String> = item.time.iter().cloned().chain(takes).chain([item.goal.clone()]).collect();
    // Where the statement is the heading, it is not said twice.
    let spoken = usize::from(item.question.is_none());
    let origin = item.origin.as_ref();
    let origin = origin.map(|origin| texts.msg("item-origin").text("origin", origin).to_string());
    let read = item.evidence.iter().map(|one| {
        let title = if one.by.is_empty() { one.title.clone() } else { format!("{} ({})", one.title, one.by) };
        (title, one.link.clone())
    });
    WrittenItem {
        heading: item.question.clone().or(head).unwrap_or_default(),
        when: when.join(" · "),
        minutes: item.minutes,
        statements: item.statements().skip(spoken).map(|backed| backed.row.text.clone()).collect(),
        why: item.head.iter().map(|head| head.why.clone()).chain(origin).collect(),
        votes: item.head.iter().flat_map(|head| votes(head, texts)).collect(),
        read_title: texts.get("evidence-title"),
        read: read.collect(),
        notes: Vec::new(),
    }
}

fn votes(backed: &BackedView, texts: &Texts) -> Vec<String> {
    let line = |who: &str, bar: &Bar| {
        let numbers = texts.msg("bar-numbers").num("agree", bar.agree).num("disagree", bar.disagree);
        format!("{who}: {}", numbers.num("pass", bar.pass).num("n", bar.n))
    };
    let overall = backed.row.overall.iter().map(|bar| line(&texts.get("overall"), bar));
    let groups = backed.row.groups.iter().filter_map(|group| {
        let name = texts.msg("group-name").text("label", &group.label).to_string();
        Some(line(&name, group.bar.as_ref()?))
    });
    overall.chain(groups).collect()
}

#[cfg(test)]
pub(super) fn sample() -> Written {
    let item = |heading: &str, minutes: u32| WrittenItem {
        heading: heading.to_owned(),
        when: format!("10:00 · {minutes} minutes · Decide"),
        minutes,
        statements: vec!["More *trees* in <the> park".to_owned()],
        why: vec!["A clear majority of every group agrees.".to_owned()],
        votes: vec!["Everyone: 88% agree · 2% pass · 10% disagree of 26".to_owned()],
        read_title: "To read".to_owned(),
        read: vec![("Counts (Roads office)".to_owned(), "https://town.example/a?b=1&c=2".to_owned())],
        notes: Vec::new(),
    };
    Written {
        title: "The assembly’s agenda".to_owned(),
        question: "What should become of the park?".to_owned(),
        about: vec!["Published by the council on 24 November 2026, version 2.".to_owned()],
        starts_at: Some(Timestamp(1_800_000_000_000_000)),
        minutes: 90,
        items: vec![item("How many trees?", 60), item("=1+1, “quoted”", 0)],
        changes: vec!["24 November: The organiser moved it.".to_owned()],
        changes_title: "Changed by hand".to_owned(),
        address: Some("https://town.example/c/park/agenda".to_owned()),
    }
}
