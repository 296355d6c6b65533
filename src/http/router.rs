//! Every route on one page: its address, and who answers it. What each method needs is read off the
//! signature of its handler (I11): a function that doesn't begin by saying who may ask can't be one.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, on};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::{
    account, agendas, api, assets, follow, health, home, kept, lists, logs, moderate, openapi, organise,
    participate, people, results, share, site_pages,
};
use crate::access::Need;
use crate::edge::{Context, GuardedArgs, MAX_BODY_BYTES, not_found, not_that_way};

const ANSWER_WITHIN: Duration = Duration::from_secs(30);

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

    fn get<T: GuardedArgs + 'static>(self, handler: impl Handler<T, Context>) -> Self {
        self.on(Method::GET, handler)
    }

    fn post<T: GuardedArgs + 'static>(self, handler: impl Handler<T, Context>) -> Self {
        const { assert!(T::MAY_ACT, "a form is for a visitor, whose site and rate are looked at") }
        self.on(Method::POST, handler)
    }

    fn on<T: GuardedArgs + 'static>(mut self, method: Method, handler: impl Handler<T, Context>) -> Self {
        let filter = if method == Method::GET {
            axum::routing::MethodFilter::GET
        } else {
            axum::routing::MethodFilter::POST
        };
        self.handlers = self.handlers.merge(on(filter, handler));
        self.methods.push((method, T::NEED));
        self
    }
}

/// Every page and form.
pub fn routes() -> Vec<Route> {
    [everybodys(), participants(), organisers(), moderators(), accounts(), instances()]
        .into_iter()
        .flatten()
        .collect()
}

fn everybodys() -> Vec<Route> {
    vec![
        Route::at("/").get(home::show_home),
        Route::at("/about/{page}").get(site_pages::show_site_page),
        Route::at("/follow").get(follow::show_follow_key).post(follow::confirm_follow),
        Route::at("/follow/stop").post(follow::stop_following),
        Route::at("/kept/{slug}").get(kept::show_kept),
        Route::at("/kept/{slug}/erase").post(kept::erase_kept),
        Route::at("/api/v1/openapi.json").get(openapi::show_description),
        Route::at("/health").get(health::show_health),
        Route::at("/static/{name}").get(assets::send_asset),
        Route::at("/sw.js").get(assets::send_worker),
        Route::at("/favicon.ico").get(assets::send_favicon),
    ]
}

fn accounts() -> Vec<Route> {
    vec![
        Route::at("/sign-in").get(account::show_sign_in).post(account::sign_in),
        Route::at("/sign-in/code").get(account::show_code).post(account::check_code),
        Route::at("/sign-in/app").get(account::show_code_app).post(account::finish_code_app),
        Route::at("/sign-in/provider").post(account::go_to_provider),
        Route::at("/sign-in/back").get(account::come_back),
        Route::at("/enter").get(account::show_link).post(account::use_link),
        Route::at("/leave").post(account::sign_out),
        Route::at("/preview/{slug}").get(account::show_preview),
        Route::at("/desk").get(account::show_desk),
        Route::at("/account").get(account::show_account),
        Route::at("/account/password").post(account::change_password),
        Route::at("/account/app").get(account::show_own_app).post(account::start_code_app),
        Route::at("/account/app/confirm").post(account::confirm_own_app),
        Route::at("/account/provider").post(account::join_provider),
        Route::at("/account/provider/part").post(account::part_from_provider),
        Route::at("/account/sessions/end").post(account::end_sessions),
    ]
}

fn instances() -> Vec<Route> {
    vec![
        Route::at("/people").get(people::show_instance_people).post(people::invite_to_instance),
        Route::at("/people/role").post(people::change_instance_role),
        Route::at("/people/remove").post(people::remove_from_instance),
        Route::at("/people/leave").post(people::leave_instance),
        Route::at("/people/withdraw").post(people::withdraw_from_instance),
        Route::at("/people/departments").post(people::add_department),
        Route::at("/people/departments/rename").post(people::rename_department),
        Route::at("/pages").get(site_pages::show_site_pages),
        Route::at("/pages/{page}/{language}")
            .get(site_pages::show_site_page_form)
            .post(site_pages::change_site_page),
        Route::at("/log").get(logs::show_instance_log),
        Route::at("/log.csv").post(logs::send_instance_csv),
        Route::at("/log/heads").get(logs::send_heads),
    ]
}

fn participants() -> Vec<Route> {
    vec![
        Route::at("/c/{slug}").get(participate::show_conversation),
        Route::at("/c/{slug}/vote").get(participate::show_conversation).post(participate::cast_vote),
        Route::at("/c/{slug}/submit").post(participate::submit_statement),
        Route::at("/c/{slug}/list").get(participate::show_list),
        Route::at("/c/{slug}/s/{statement}").get(participate::show_statement),
        Route::at("/c/{slug}/mine").get(participate::show_mine),
        Route::at("/c/{slug}/mine/withdraw").post(participate::withdraw_statement),
        Route::at("/c/{slug}/mine/reword").post(participate::reword_statement),
        Route::at("/c/{slug}/mine/data").post(participate::send_own_data),
        Route::at("/c/{slug}/mine/erase").get(participate::show_erase).post(participate::erase_own),
        Route::at("/c/{slug}/map").get(results::show_map),
        Route::at("/c/{slug}/results").get(results::show_results),
        Route::at("/c/{slug}/read").post(results::only_read),
        Route::at("/c/{slug}/results.json").get(results::send_json),
        Route::at("/c/{slug}/results.csv").get(results::send_csv),
        Route::at("/c/{slug}/results/statements").get(results::show_statements),
        Route::at("/c/{slug}/results/on/{snapshot}").get(results::show_snapshot),
        Route::at("/c/{slug}/rows.csv").get(results::send_rows),
        Route::at("/c/{slug}/agenda").get(agendas::show_agenda),
        Route::at("/c/{slug}/agenda/{version}").get(agendas::show_version),
        Route::at("/c/{slug}/agenda.md").get(agendas::send_markdown),
        Route::at("/c/{slug}/agenda.csv").get(agendas::send_openslides),
        Route::at("/c/{slug}/agenda.docx").get(agendas::send_word),
        Route::at("/c/{slug}/agenda.ics").get(agendas::send_calendar),
        Route::at("/c/{slug}/follow").get(follow::show_follow).post(follow::ask_to_follow),
        Route::at("/c/{slug}/poster").get(share::show_poster),
        Route::at("/c/{slug}/wall").get(share::show_wall),
        Route::at("/c/{slug}/moderation").get(logs::show_moderation),
        Route::at("/api/v1/c/{slug}").get(api::show_conversation),
        Route::at("/api/v1/c/{slug}/join").post(api::join),
        Route::at("/api/v1/c/{slug}/statements").get(lists::list_statements),
        Route::at("/api/v1/c/{slug}/mine").get(lists::list_mine),
        Route::at("/api/v1/c/{slug}/results").get(results::list_results),
        Route::at("/api/v1/c/{slug}/agenda").get(agendas::list_agenda),
        Route::at("/api/v1/c/{slug}/unseen").get(participate::show_unseen),
        Route::at("/api/v1/c/{slug}/similar").post(participate::find_similar),
    ]
}

fn organisers() -> Vec<Route> {
    vec![
        Route::at("/o").get(organise::show_conversations).post(organise::create_conversation),
        Route::at("/o/{slug}").get(organise::show_conversation).post(organise::change_conversation),
        Route::at("/o/{slug}/open").post(organise::open_conversation),
        Route::at("/o/{slug}/close").post(organise::close_conversation),
        Route::at("/o/{slug}/prepare").get(organise::show_prepare),
        Route::at("/o/{slug}/steps").post(organise::change_step),
        Route::at("/o/{slug}/answer").post(organise::answer_step),
        Route::at("/o/{slug}/headline").post(organise::write_headline),
        Route::at("/o/{slug}/information").post(organise::write_information),
        Route::at("/o/{slug}/snapshot").post(organise::keep_snapshot),
        Route::at("/o/{slug}/rows").get(organise::show_rows).post(organise::release_rows),
        Route::at("/o/{slug}/copy").post(organise::copy_conversation),
        Route::at("/o/{slug}/archive").post(organise::archive_conversation),
        Route::at("/o/{slug}/deletion").post(organise::plan_deletion),
        Route::at("/o/{slug}/requests").get(organise::show_requests),
        Route::at("/o/{slug}/requests/data").post(organise::send_asked_data),
        Route::at("/o/{slug}/requests/erase").post(organise::erase_asker),
        Route::at("/o/{slug}/rename").post(organise::rename_draft),
        Route::at("/o/{slug}/delete").post(organise::delete_draft),
        Route::at("/o/{slug}/seed").post(organise::add_seed),
        Route::at("/o/{slug}/seeds").post(organise::preview_seeds),
        Route::at("/o/{slug}/seeds/add").post(organise::add_seeds),
        Route::at("/o/{slug}/seeds/change").post(organise::change_seed),
        Route::at("/o/{slug}/agenda").get(organise::show_agenda).post(organise::draft_agenda),
        Route::at("/o/{slug}/agenda.csv").get(agendas::send_draft_openslides),
        Route::at("/o/{slug}/agenda.docx").get(agendas::send_draft_word),
        Route::at("/o/{slug}/agenda/change").post(organise::change_agenda),
        Route::at("/o/{slug}/agenda/comment").post(organise::comment_on_agenda),
        Route::at("/o/{slug}/agenda/rules").post(organise::set_agenda_triggers),
        Route::at("/o/{slug}/agenda/preview").get(organise::preview_agenda),
        Route::at("/o/{slug}/agenda/publish").get(organise::confirm_agenda).post(organise::publish_agenda),
        Route::at("/o/{slug}/people").get(people::show_people).post(people::invite),
        Route::at("/o/{slug}/people/role").post(people::change_role),
        Route::at("/o/{slug}/people/remove").post(people::remove_person),
        Route::at("/o/{slug}/people/leave").post(people::leave),
        Route::at("/o/{slug}/people/withdraw").post(people::withdraw),
        Route::at("/o/{slug}/preview").post(people::make_preview_link),
        Route::at("/o/{slug}/department").post(people::assign_conversation),
        Route::at("/o/{slug}/log").get(logs::show_conversation_log),
        Route::at("/o/{slug}/log.csv").post(logs::send_conversation_csv),
    ]
}

fn moderators() -> Vec<Route> {
    vec![
        Route::at("/m").get(moderate::show_conversations),
        Route::at("/m/{slug}").get(moderate::show_desk),
        Route::at("/m/{slug}/moderate").post(moderate::moderate_statement),
        Route::at("/m/{slug}/watch").get(moderate::show_watch),
        Route::at("/m/{slug}/leave-out").get(moderate::ask_to_leave_out).post(moderate::leave_out),
        Route::at("/m/{slug}/count-again").post(moderate::count_again),
        Route::at("/m/{slug}/curate").post(moderate::curate_statement),
        Route::at("/m/{slug}/many").get(moderate::preview_many),
        Route::at("/m/{slug}/moderate-many").post(moderate::moderate_many),
    ]
}

/// A tenth smaller than the library's own, in the same time.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(6);

/// The pages of the site.
pub fn router(context: Context) -> Router {
    assets::prepare();
    let add = |router: Router<Context>, route: Route| router.route(route.path, route.handlers);
    let pages = routes().into_iter().fold(Router::new(), add);
    pages
        .fallback(not_found)
        .method_not_allowed_fallback(not_that_way)
        .layer(from_fn_with_state(context.clone(), account::keep_forms))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CompressionLayer::new().quality(COMPRESSION))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(context)
}
