//! Every route on one page: its address, and what each way of asking it needs.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::routing::{MethodRouter, on};
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::{api, assets, enter, health, home, moderate, organise, participate, results};
use crate::access::{Capability, MayModerate, MayOrganise, MaySeeModeration, MaySeeOrganising, MayTakePart};
use crate::domain::Role;
use crate::edge::{Context, not_found, not_that_way};

/// The largest request body: a list of statements, which comes once as a file and once as what was made
/// of it.
const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// What a request needs, as the signature of its handler says it; a test holds the two together.
#[derive(Clone, Copy)]
pub struct Need {
    /// The capability's name.
    pub name: &'static str,
    /// Whether a role has it.
    pub is_of: fn(Role) -> bool,
    /// Whether a role has it in a draft.
    pub is_of_in_draft: fn(Role) -> bool,
}

impl Need {
    const fn of<C: Capability>() -> Self {
        Self { name: C::NAME, is_of: C::is_of, is_of_in_draft: C::is_of_in_draft }
    }
}

const ANYBODY: Need = Need { name: "anybody", is_of: |_| true, is_of_in_draft: |_| true };
const TAKE_PART: Need = Need::of::<MayTakePart>();
const SEE_QUEUE: Need = Need::of::<MaySeeModeration>();
const MODERATE: Need = Need::of::<MayModerate>();
const SEE_PREPARING: Need = Need::of::<MaySeeOrganising>();
const ORGANISE: Need = Need::of::<MayOrganise>();

/// An address and the ways in which it may be asked.
pub struct Route {
    /// The address.
    pub path: &'static str,
    /// Each method, and what it needs.
    pub methods: Vec<(Method, Need)>,
    handlers: MethodRouter<Context>,
}

impl Route {
    fn at(path: &'static str) -> Self {
        Self { path, methods: Vec::new(), handlers: MethodRouter::new() }
    }

    fn get<T: 'static>(self, need: Need, handler: impl Handler<T, Context>) -> Self {
        self.on(Method::GET, need, handler)
    }

    fn post<T: 'static>(self, need: Need, handler: impl Handler<T, Context>) -> Self {
        self.on(Method::POST, need, handler)
    }

    fn on<T: 'static>(mut self, method: Method, need: Need, handler: impl Handler<T, Context>) -> Self {
        let filter = if method == Method::GET {
            axum::routing::MethodFilter::GET
        } else {
            axum::routing::MethodFilter::POST
        };
        self.handlers = self.handlers.merge(on(filter, handler));
        self.methods.push((method, need));
        self
    }
}

/// Every page and form.
pub fn routes() -> Vec<Route> {
    [everybodys(), participants(), organisers(), moderators()].into_iter().flatten().collect()
}

fn everybodys() -> Vec<Route> {
    vec![
        Route::at("/").get(ANYBODY, home::show_home),
        Route::at("/health").get(ANYBODY, health::show_health),
        Route::at("/static/{name}").get(ANYBODY, assets::send_asset),
        Route::at("/favicon.ico").get(ANYBODY, assets::send_favicon),
        Route::at("/enter").get(ANYBODY, enter::show_enter).post(ANYBODY, enter::use_link),
        Route::at("/leave").post(ANYBODY, enter::leave),
    ]
}

fn participants() -> Vec<Route> {
    vec![
        Route::at("/c/{slug}").get(TAKE_PART, participate::show_conversation),
        Route::at("/c/{slug}/vote")
            .get(TAKE_PART, participate::show_conversation)
            .post(TAKE_PART, participate::cast_vote),
        Route::at("/c/{slug}/submit").post(TAKE_PART, participate::submit_statement),
        Route::at("/c/{slug}/s/{statement}").get(TAKE_PART, participate::show_statement),
        Route::at("/c/{slug}/mine").get(TAKE_PART, participate::show_mine),
        Route::at("/c/{slug}/mine/withdraw").post(TAKE_PART, participate::withdraw_statement),
        Route::at("/c/{slug}/mine/reword").post(TAKE_PART, participate::reword_statement),
        Route::at("/c/{slug}/map").get(TAKE_PART, results::show_map),
        Route::at("/c/{slug}/results").get(TAKE_PART, results::show_results),
        Route::at("/c/{slug}/agenda").get(TAKE_PART, results::show_agenda),
        Route::at("/api/v1/c/{slug}").get(TAKE_PART, api::show_conversation),
        Route::at("/api/v1/c/{slug}/join").post(TAKE_PART, api::join),
    ]
}

fn organisers() -> Vec<Route> {
    vec![
        Route::at("/o")
            .get(SEE_PREPARING, organise::show_conversations)
            .post(ORGANISE, organise::create_conversation),
        Route::at("/o/{slug}")
            .get(SEE_PREPARING, organise::show_conversation)
            .post(ORGANISE, organise::change_conversation),
        Route::at("/o/{slug}/open").post(ORGANISE, organise::open_conversation),
        Route::at("/o/{slug}/close").post(ORGANISE, organise::close_conversation),
        Route::at("/o/{slug}/rename").post(ORGANISE, organise::rename_draft),
        Route::at("/o/{slug}/delete").post(ORGANISE, organise::delete_draft),
        Route::at("/o/{slug}/seed").post(ORGANISE, organise::add_seed),
        Route::at("/o/{slug}/seeds").post(ORGANISE, organise::preview_seeds),
        Route::at("/o/{slug}/seeds/add").post(ORGANISE, organise::add_seeds),
        Route::at("/o/{slug}/seeds/change").post(ORGANISE, organise::change_seed),
        Route::at("/o/{slug}/agenda")
            .get(SEE_PREPARING, organise::show_agenda)
            .post(ORGANISE, organise::draft_agenda),
        Route::at("/o/{slug}/agenda/change").post(ORGANISE, organise::change_agenda),
        Route::at("/o/{slug}/agenda/publish").post(ORGANISE, organise::publish_agenda),
    ]
}

fn moderators() -> Vec<Route> {
    vec![
        Route::at("/m").get(SEE_QUEUE, moderate::show_conversations),
        Route::at("/m/{slug}").get(SEE_QUEUE, moderate::show_queue),
        Route::at("/m/{slug}/moderate").post(MODERATE, moderate::moderate_statement),
        Route::at("/m/{slug}/moderate-many").post(MODERATE, moderate::moderate_many),
    ]
}

/// The pages of the site.
pub fn router(context: Context) -> Router {
    assets::prepare();
    let add = |router: Router<Context>, route: Route| router.route(route.path, route.handlers);
    let pages = routes().into_iter().fold(Router::new(), add);
    pages
        .fallback(not_found)
        .method_not_allowed_fallback(not_that_way)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CompressionLayer::new())
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(context)
}
