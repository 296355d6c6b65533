//! The instance's own log: accounts, sign-ins, roles, exports.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::entry::{self, ENTRIES_PER_PAGE, Entry, MOST_IN_A_FILE, Names};
use super::filter::{LogQuery, OF_INSTANCE};
use super::sentences::InstanceWords;
use crate::access::MayOversee;
use crate::domain::StaffNumber;
use crate::edge::{Context, NoFields, OnInstance, PageError, Query, page};
use crate::http::paging::Pages;
use crate::http::work_frame::WorkFrame;
use crate::instance::{InstanceAct, InstanceEvent, Scope};
use crate::store::{Store, StoreError};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "logs/instance.html")]
struct LogPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    asked: LogQuery,
    /// The same as a link repeats it.
    query: String,
    names: Vec<(StaffNumber, String)>,
    entries: Vec<Entry>,
    pages: Pages,
    /// Where the whole log ends.
    head: (u64, String),
}

impl LogPage<'_> {
    /// The address of the file with what is looked for.
    fn csv(&self) -> String {
        format!("/log.csv?{}", self.query)
    }

    /// The address of another page, but for its number.
    fn page_href(&self) -> String {
        format!("/log?{}page=", self.query)
    }
}

/// `GET /log`
pub(in crate::http) async fn show_log(
    access: OnInstance<MayOversee>,
    State(context): State<Context>,
    Query(asked): Query<LogQuery>,
) -> Result<Response, PageError> {
    let store = &context.store;
    let filter = asked.filter(&OF_INSTANCE);
    let pages = Pages::new(asked.page(), store.count_instance_events(&filter).await?, ENTRIES_PER_PAGE);
    let events = store.instance_events(&filter, pages.skip(), pages.take()).await?;
    let (entries, names) = entries(store, &events, context.texts()).await?;
    let (seq, hash) = store.instance_head().await?;
    page(&LogPage {
        t: context.texts(),
        frame: WorkFrame::of(&access.person, "tab-log"),
        query: asked.query(&OF_INSTANCE),
        asked,
        entries,
        names: names.all(),
        pages,
        head: (seq.0, hash),
    })
}

/// `POST /log.csv`: that it was taken is in the log.
pub(in crate::http) async fn send_csv(
    access: OnInstance<MayOversee>,
    State(context): State<Context>,
    Query(asked): Query<LogQuery>,
    _: NoFields,
) -> Result<Response, PageError> {
    let store = &context.store;
    let events = store.instance_events(&asked.filter(&OF_INSTANCE), 0, MOST_IN_A_FILE).await?;
    let (entries, _) = entries(store, &events, context.texts()).await?;
    let taken = InstanceAct::LogExported { scope: Scope::Instance };
    store.note(context.clock.now(), access.person.instance_actor(), taken).await?;
    entry::send("instance-log", &entries)
}

async fn entries(
    store: &Store,
    events: &[InstanceEvent],
    texts: &Texts,
) -> Result<(Vec<Entry>, Names), StoreError> {
    let (names, departments) = (Names::read(store).await?, store.departments().await?);
    let conversations = store.stored_conversations().await?;
    let words =
        InstanceWords { texts, names: &names, departments: &departments, conversations: &conversations };
    let entry = |event: &InstanceEvent| Entry {
        seq: event.seq,
        at: event.at,
        when: texts.moment(&event.at),
        who: words.who(event.what.by),
        what: words.what(&event.what),
        why: String::new(),
    };
    let entries = events.iter().map(entry).collect();
    Ok((entries, names))
}
