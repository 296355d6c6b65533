//! The log of one conversation: what those in charge of it did.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::entry::{self, ENTRIES_PER_PAGE, Entry, MOST_IN_A_FILE, Names};
use super::filter::{LogQuery, OF_CONVERSATION};
use super::sentences;
use crate::access::MaySeeOrganising;
use crate::conversation::Event;
use crate::domain::StaffNumber;
use crate::edge::{Access, Context, NoFields, PageError, Query, page};
use crate::http::paging::Pages;
use crate::http::work_frame::WorkFrame;
use crate::instance::{InstanceAct, Scope};
use crate::live::Board;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "logs/conversation.html")]
struct LogPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: String,
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
    /// The address of the log.
    fn href(&self) -> String {
        format!("/o/{}/log", self.slug)
    }

    /// The address of the file with what is looked for.
    fn csv(&self) -> String {
        format!("/o/{}/log.csv?{}", self.slug, self.query)
    }

    /// The address of another page, but for its number.
    fn page_href(&self) -> String {
        format!("/o/{}/log?{}page=", self.slug, self.query)
    }
}

/// `GET /o/SLUG/log`
pub(in crate::http) async fn show_log(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
    Query(asked): Query<LogQuery>,
) -> Result<Response, PageError> {
    let (store, id) = (&context.store, access.room.conversation);
    let filter = asked.filter(&OF_CONVERSATION);
    let pages = Pages::new(asked.page(), store.count_staff_acts(id, &filter).await?, ENTRIES_PER_PAGE);
    let board = access.room.board().await?;
    let names = Names::read(store).await?;
    let involved = store.staff_of(id).await?;
    let acts = store.staff_acts(id, &filter, pages.skip(), pages.take()).await?;
    let end = store.log_end(id).await?;
    page(&LogPage {
        t: context.texts(),
        frame: WorkFrame::with(&access, &board, "tab-log"),
        slug: access.slug.to_string(),
        query: asked.query(&OF_CONVERSATION),
        asked,
        entries: acts.iter().map(|act| entry(act, &board, &names, context.texts())).collect(),
        names: names.of_those(&involved),
        pages,
        head: (end.head.0, end.hash),
    })
}

/// `POST /o/SLUG/log.csv`: that it was taken is in the log.
pub(in crate::http) async fn send_csv(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
    Query(asked): Query<LogQuery>,
    _: NoFields,
) -> Result<Response, PageError> {
    let (store, id) = (&context.store, access.room.conversation);
    let acts = store.staff_acts(id, &asked.filter(&OF_CONVERSATION), 0, MOST_IN_A_FILE).await?;
    let (board, names) = (access.room.board().await?, Names::read(store).await?);
    let entries: Vec<Entry> = acts.iter().map(|act| entry(act, &board, &names, context.texts())).collect();
    let taken = InstanceAct::LogExported { scope: Scope::Conversation(id) };
    store.note(context.clock.now(), access.instance_actor()?, taken).await?;
    entry::send(&format!("{}-log", access.slug), &entries)
}

fn entry(act: &Event, board: &Board, names: &Names, texts: &Texts) -> Entry {
    let who = names.who(act.what.by, texts);
    let why = act.what.why.as_ref().map(|why| why.text().to_owned()).unwrap_or_default();
    let what = sentences::did(act, &board.contents, texts);
    Entry { seq: act.seq, at: act.at, when: texts.moment(&act.at), who, what, why }
}
