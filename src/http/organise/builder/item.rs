//! One item of the agenda, as its form shows it: what is saved, what was typed and not saved, and what is in the way.

use crate::conversation::{AgendaDraft, AgendaEdit, MAX_ITEM_QUESTION, OwnItem};
use crate::domain::{AgendaItem, Background, Goal, PersonalText};
use crate::http::agendas::{ItemView, Piece, both_wordings, goal};
use crate::texts::Texts;

/// What was typed of one item and could not be saved.
#[derive(Clone, Debug)]
pub(super) struct Unsaved {
    pub item: u32,
    pub edit: AgendaEdit<String>,
    /// The mark of what whoever typed it had before them.
    pub was: Option<String>,
    /// Why.
    pub why: String,
    /// Whether a colleague was faster.
    pub is_conflict: bool,
}

impl Unsaved {
    /// Why, with what was typed, where there is no field any more in which it could stand.
    pub fn told(&self) -> String {
        let typed = match &self.edit {
            AgendaEdit::Question { text, .. } => text.clone().unwrap_or_default(),
            AgendaEdit::Background { background, .. } => {
                background.words().map(String::as_str).collect::<Vec<_>>().join(" · ")
            }
            _ => String::new(),
        };
        if typed.is_empty() { self.why.clone() } else { format!("{} “{typed}”", self.why) }
    }

    /// What was typed for items that are not from the votes.
    pub fn own(&self) -> Option<(String, String)> {
        match &self.edit {
            AgendaEdit::AddOwn { items, origin } => Some((in_rows(items), origin.clone())),
            _ => None,
        }
    }
}

/// An item with its form.
pub(super) struct ItemForm {
    pub view: ItemView,
    pub place: usize,
    /// Whether nobody has said yet that its statements belong together.
    pub unconfirmed: bool,
    pub question: String,
    /// What may stand there while nothing does.
    pub suggested: String,
    pub goal: Goal,
    pub minutes: u32,
    pub notes: String,
    /// What there is to read: title, who says it, and a link; one more row is empty.
    pub evidence: Vec<[String; 3]>,
    /// Marks of what stands there, by which a colleague's change is found.
    pub marks: Marks,
    /// Marks of what a colleague saved, where one has to choose, by the names of their fields.
    pub theirs: Vec<(&'static str, String)>,
    /// What could not be saved, and why.
    pub troubles: Vec<Trouble>,
    /// What colleagues said of it.
    pub comments: Vec<super::page::CommentView>,
    /// Items that it can join, by number and name.
    pub joinable: Vec<(u32, String)>,
}

pub(super) struct Marks {
    pub question: String,
    pub plan: String,
    pub background: String,
}

/// Something that could not be saved.
pub(super) struct Trouble {
    pub why: String,
    /// Both wordings where a colleague was faster: theirs, and one's own.
    pub wordings: Option<[Vec<Piece>; 2]>,
}

/// The goals an item can have, with their names.
pub(super) fn goals(texts: &Texts) -> [(&'static str, String); 3] {
    [Goal::Decide, Goal::Deliberate, Goal::Inform].map(|one| (one.as_str(), goal(one, texts)))
}

/// A question that a statement suggests.
fn suggested(view: &ItemView, texts: &Texts) -> String {
    let Some(head) = &view.head else { return String::new() };
    let whole = texts.msg("question-suggested").text("statement", &head.row.text).to_string();
    // A question that is cut off suggests nothing.
    if whole.chars().count() <= MAX_ITEM_QUESTION { whole } else { texts.get("question-suggested-long") }
}

impl ItemForm {
    /// An item as it is saved.
    pub fn new(view: ItemView, item: &AgendaItem, place: usize, draft: &AgendaDraft, texts: &Texts) -> Self {
        let words = |text: &Option<PersonalText>| {
            text.as_ref().map(|text| text.text().to_owned()).unwrap_or_default()
        };
        let evidence = item.background.evidence.iter();
        let mut evidence: Vec<[String; 3]> =
            evidence.map(|one| [one.title.text().to_owned(), words(&one.by), words(&one.link)]).collect();
        evidence.push(Default::default());
        let number = item.number;
        let mark = |edit: AgendaEdit<String>| draft.mark(&edit);
        Self {
            suggested: suggested(&view, texts),
            view,
            place,
            unconfirmed: item.unconfirmed,
            question: words(&item.question),
            goal: item.plan.goal,
            minutes: item.plan.minutes,
            notes: words(&item.background.notes),
            evidence,
            marks: Marks {
                question: mark(AgendaEdit::Question { item: number, text: None }),
                plan: mark(AgendaEdit::Plan { item: number, plan: item.plan }),
                background: mark(AgendaEdit::Background { item: number, background: Background::default() }),
            },
            theirs: Vec::new(),
            troubles: Vec::new(),
            comments: Vec::new(),
            joinable: Vec::new(),
        }
    }

    /// Its name: its question, or the statement that stands for it.
    pub fn name(&self) -> &str {
        let head = self.view.head.as_ref().map(|head| head.row.text.as_str());
        if self.question.is_empty() { head.unwrap_or_default() } else { &self.question }
    }

    /// The same with what was typed in its fields, and what is in the way.
    pub fn with(mut self, unsaved: &[Unsaved], texts: &Texts) -> Self {
        for one in unsaved.iter().filter(|one| one.item == self.view.number) {
            let mut wordings = None;
            // Until somebody has chosen, it stays a conflict whatever else is saved.
            let theirs = &mut self.theirs;
            let mut keep = |name: &'static str, mark: &mut String| {
                if let Some(was) = one.was.as_ref().filter(|_| one.is_conflict) {
                    theirs.push((name, std::mem::replace(mark, was.clone())));
                }
            };
            match &one.edit {
                AgendaEdit::Question { text, .. } => {
                    let typed = text.clone().unwrap_or_default();
                    wordings = one.is_conflict.then(|| both_wordings(&self.question, &typed));
                    self.question = typed;
                    keep("question", &mut self.marks.question);
                }
                AgendaEdit::Plan { plan, .. } => {
                    let said = |one: Goal, minutes: u32| {
                        format!("{}, {}", goal(one, texts), texts.msg("item-takes").num("n", minutes))
                    };
                    let (theirs, yours) = (said(self.goal, self.minutes), said(plan.goal, plan.minutes));
                    wordings = one.is_conflict.then(|| both_wordings(&theirs, &yours));
                    (self.goal, self.minutes) = (plan.goal, plan.minutes);
                    keep("plan", &mut self.marks.plan);
                }
                AgendaEdit::Background { background, .. } => {
                    let before = in_lines(&self.evidence, &self.notes);
                    self.notes = background.notes.clone().unwrap_or_default();
                    let text = |text: &Option<String>| text.clone().unwrap_or_default();
                    let evidence = background.evidence.iter();
                    self.evidence =
                        evidence.map(|one| [one.title.clone(), text(&one.by), text(&one.link)]).collect();
                    let typed = in_lines(&self.evidence, &self.notes);
                    wordings = one.is_conflict.then(|| both_wordings(&before, &typed));
                    self.evidence.push(Default::default());
                    keep("background", &mut self.marks.background);
                }
                _ => {}
            }
            self.troubles.push(Trouble { why: one.why.clone(), wordings });
        }
        self
    }
}

/// Items that are not from the votes, as their field takes them: one a line, with its minutes after a tab.
fn in_rows(items: &[OwnItem<String>]) -> String {
    let row = |item: &OwnItem<String>| match item.plan.minutes {
        0 => item.question.clone(),
        minutes => format!("{}\t{minutes}", item.question),
    };
    items.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// What there is to read, and the notes, in lines.
fn in_lines(evidence: &[[String; 3]], notes: &str) -> String {
    let lines = evidence.iter().map(|parts| parts.join(" ")).filter(|line| !line.trim().is_empty());
    lines.chain([notes.to_owned()]).collect::<Vec<_>>().join("\n")
}
