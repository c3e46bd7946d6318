//! The API for programs, under `/api/v1`: the same use cases as the pages, entered by a key instead of a session
//! (docs/adr/0015). A resource is a file of handlers; its routes are added to [`resources`], and its rows to the
//! authorisation matrix.

mod answer;
mod answers;
mod commissions;
mod customers;
mod deals;
mod decisions;
mod docs;
mod docs_hooks;
mod document;
mod kinds;
mod layers;
mod limit;
mod messages;
mod offers;
mod problem;
mod programs;
mod request;
mod transactions;
mod wins;
mod wire;

use axum::{
    Router,
    http::{Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use serde_json::Value;
use tower_http::limit::RequestBodyLimitLayer;
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::{
    document::Document,
    limit::{Pace, Running},
    problem::ApiProblem,
};
use crate::{http::limit::Limiter, router::Route, state::AppState};

/// What the API keeps between requests.
#[derive(Debug, Clone)]
pub struct Shared {
    pace: Pace,
    running: Running,
    /// Whoever sends no live key, by address.
    strangers: Limiter,
}

impl Shared {
    /// With so many requests a minute for each key.
    pub fn new(per_minute: u32) -> Self {
        Self {
            pace: Pace::new(per_minute),
            running: Running::default(),
            strangers: Limiter::default(),
        }
    }
}

/// Where the API lives.
pub const ROOT: &str = "/api/v1";

/// What needs no key: how the API is used.
pub const OPEN: &[Route] = &[
    Route {
        method: Method::GET,
        path: "/api/v1/openapi.json",
        handler: || -> MethodRouter<AppState> { get(openapi) },
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/api/v1/docs",
        handler: || -> MethodRouter<AppState> { get(docs::docs) },
        upload: false,
    },
];

fn resources() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(programs::list_programs))
        .routes(routes!(programs::get_program))
        .routes(routes!(programs::get_stages))
        .routes(routes!(programs::get_current_form))
        .routes(routes!(programs::get_form))
        .routes(routes!(deals::list_deals, deals::register_deal))
        .routes(routes!(deals::get_deal, deals::change_deal))
        .routes(routes!(deals::move_deal))
        .routes(routes!(deals::withdraw_deal))
        .routes(routes!(deals::appeal_deal))
        .routes(routes!(decisions::list_reviews))
        .routes(routes!(decisions::decide_deal))
        .routes(routes!(decisions::extend_deal))
        .routes(routes!(wins::judge_win))
        .routes(routes!(customers::list_customers))
        .routes(routes!(customers::get_customer))
        .routes(routes!(offers::list_offers))
        .routes(routes!(commissions::list_commissions))
        .routes(routes!(commissions::get_commission))
        .routes(routes!(commissions::list_deal_commissions))
        .routes(routes!(commissions::hold_commission))
        .routes(routes!(commissions::release_commission))
        .routes(routes!(commissions::decline_commission))
        .routes(routes!(commissions::correct_commission))
        .routes(routes!(commissions::pay_commissions))
        .routes(routes!(messages::list_threads))
        .routes(routes!(
            messages::list_deal_messages,
            messages::write_deal_message
        ))
        .routes(routes!(messages::list_messages, messages::write_message))
        .routes(routes!(
            transactions::list_transactions,
            transactions::enter_transaction
        ))
}

/// Everything under [`ROOT`], layers included. It is put beside the pages' sessions, not under them.
pub fn router(state: &AppState) -> Router<AppState> {
    let (resources, _) = resources().split_for_parts();
    let with_key = resources
        .fallback(nothing)
        .layer(middleware::from_fn_with_state(state.clone(), layers::once))
        .layer(middleware::from_fn_with_state(state.clone(), layers::key))
        .layer(middleware::from_fn(layers::accepts))
        .layer(RequestBodyLimitLayer::new(state.config.max_body))
        .layer(middleware::from_fn(layers::problems));
    let open = OPEN.iter().fold(Router::new(), |router, route| {
        router.route(route.path, (route.handler)())
    });
    open.nest(ROOT, with_key)
}

async fn nothing() -> ApiProblem {
    ApiProblem::not_found()
}

/// The document as data.
pub fn document() -> Value {
    document::complete(resources().get_openapi())
}

/// Every address of the API that needs a key: method and path, as the document names them.
pub fn operations() -> Vec<(Method, String)> {
    let document = document();
    let paths = document.get("paths").and_then(Value::as_object);
    let mut found = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        for method in item.as_object().into_iter().flat_map(|item| item.keys()) {
            if let Ok(method) = method.to_uppercase().parse() {
                found.push((method, format!("{ROOT}{path}")));
            }
        }
    }
    found
}

async fn openapi() -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::OK, kind, document::text()).into_response()
}
