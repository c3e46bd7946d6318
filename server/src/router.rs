//! Which address is answered by what, and through which layers.

use std::time::Duration;

use app::{App, shell};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, StatusCode, request::Parts},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use leptos::prelude::{AnyView, IntoAny};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    limit::RequestBodyLimitLayer,
    timeout::RequestBodyTimeoutLayer,
};

use crate::{
    amending, company_answers, files, form_file,
    http::{
        envelope, fault, health, origin, problem::Problem, refusal, server_fns, session, stalled,
    },
    imports, live, messages, registration, rest, stage_entry,
    state::AppState,
    statements,
};

/// The longest pause within a request's body.
const BODY_PAUSE: Duration = Duration::from_secs(30);

/// A route that is neither a page nor a server function.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub handler: fn() -> MethodRouter<AppState>,
    /// Bodies may be as large as a file.
    pub upload: bool,
}

/// All of them. The router is made from this table, and so is the authorisation matrix.
pub const ROUTES: &[Route] = &[
    Route {
        method: Method::GET,
        path: "/healthz",
        handler: || get(health::healthz),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/readyz",
        handler: || get(health::readyz),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/live",
        handler: || get(live::live),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/files/{file}",
        handler: || get(files::download),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/c/{program}/commissions.csv",
        handler: || get(statements::company),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/p/{membership}/commissions.csv",
        handler: || get(statements::partner),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/c/{program}/deals.csv",
        handler: || get(statements::company_deals),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/p/{membership}/deals.csv",
        handler: || get(statements::partner_deals),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/c/{program}/form.json",
        handler: || get(form_file::download),
        upload: false,
    },
    Route {
        method: Method::GET,
        path: "/c/{program}/import/{import}/faults.csv",
        handler: || get(imports::faults),
        upload: false,
    },
    Route {
        method: Method::POST,
        path: "/c/{program}/export/deals.csv",
        handler: || post(imports::deals),
        upload: false,
    },
    Route {
        method: Method::POST,
        path: "/c/{program}/export/company.jsonl",
        handler: || post(imports::company),
        upload: false,
    },
    Route {
        method: Method::POST,
        path: "/c/{program}/export/company.zip",
        handler: || post(imports::company_csv),
        upload: false,
    },
    Route {
        method: Method::POST,
        path: "/c/{program}/import",
        handler: || post(imports::upload),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/upload/{membership}/{submit_key}/{field}",
        handler: || post(files::upload),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/p/{membership}/deals",
        handler: || post(registration::register),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/p/{membership}/deals/{deal}/answer",
        handler: || post(registration::answer),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/p/{membership}/deals/{deal}/change",
        handler: || post(amending::change),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/p/{membership}/deals/{deal}/enter/{stage}",
        handler: || post(stage_entry::enter),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/p/{membership}/messages",
        handler: || post(messages::of_partner),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/p/{membership}/deals/{deal}",
        handler: || post(messages::of_partner_deal),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/c/{program}/messages/{membership}",
        handler: || post(messages::of_company),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/c/{program}/deals/{deal}",
        handler: || post(messages::of_company_deal),
        upload: true,
    },
    Route {
        method: Method::POST,
        path: "/c/{program}/deals/{deal}/own",
        handler: || post(company_answers::save),
        upload: true,
    },
];

/// The pages, as the app declares them.
pub fn pages() -> Vec<AxumRouteListing> {
    generate_route_list(App)
}

/// Everything, layers included.
pub fn router(state: AppState) -> Router {
    let mut own = Router::new();
    let mut uploads = Router::new();
    for route in ROUTES {
        let handler = (route.handler)();
        if route.upload {
            uploads = uploads.route(route.path, handler);
        } else {
            own = own.route(route.path, handler);
        }
    }
    let own = own
        .leptos_routes_with_context(&state, pages(), state.context(), page_shell(&state))
        .layer(middleware::from_fn(server_fns::statuses))
        .fallback(not_found)
        .layer(middleware::from_fn(stalled::render_again))
        .layer(RequestBodyLimitLayer::new(state.config.max_body));
    let uploads = uploads.layer(RequestBodyLimitLayer::new(upload_limit(&state)));

    own.merge(uploads)
        .layer(middleware::from_fn(fault::faults))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(compression())
        .layer(with(&state, session::session))
        // Beside the sessions: no cookie opens the API.
        .merge(
            rest::router(&state)
                .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
                .layer(compression()),
        )
        .layer(with(&state, site_files))
        .layer(with(&state, origin::same_origin))
        .layer(with(&state, refusal::refusals))
        // A panic becomes an answer here, so that the envelope still logs it and puts the headers on.
        .layer(CatchPanicLayer::custom(panicked))
        .layer(with(&state, envelope::envelope))
        .with_state(state)
}

fn with<F, T>(state: &AppState, layer: F) -> middleware::FromFnLayer<F, AppState, T> {
    middleware::from_fn_with_state(state.clone(), layer)
}

/// A part of the form beside the file is small.
fn upload_limit(state: &AppState) -> usize {
    state
        .config
        .max_upload
        .saturating_add(state.config.max_body)
}

fn compression() -> CompressionLayer<impl Predicate> {
    // An event must not wait in a buffer. The fastest level: a page is compressed on every request.
    // A zip is compressed as it is, and says how long it is; so does a file that somebody uploaded.
    let sought = DefaultPredicate::new()
        .and(NotForContentType::new("text/event-stream"))
        .and(NotForContentType::new("application/octet-stream"))
        .and(NotForContentType::new(imports::ZIP));
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(sought)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands the panic over"
)]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("unknown"), "a request panicked");
    Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

fn page_shell(state: &AppState) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    let options = state.leptos.clone();
    move || shell(options.clone()).into_any()
}

/// Files of the site need no session and no compression: they are served before both.
async fn site_files(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match state.site.respond(&request) {
        Some(file) => file,
        None => next.run(request).await,
    }
}

/// The page of a form that was posted to its own address and is refused: made again, with what `context` hands to it. It
/// is answered with that status, unless it cannot be shown for a reason of its own.
pub async fn page_again(
    state: &AppState,
    mut parts: Parts,
    status: StatusCode,
    context: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    parts.method = Method::GET;
    let own = state.context();
    let both = move || {
        own();
        context();
    };
    let path = parts.uri.path().to_owned();
    let render = move || {
        let render = leptos_axum::render_app_async_with_context(both.clone(), page_shell(state));
        let request = Request::from_parts(parts.clone(), Body::empty());
        async move { render(request).await.into_response() }
    };
    let mut page = stalled::again_when_stalled(&path, render).await;
    if page.status() == StatusCode::OK {
        *page.status_mut() = status;
    }
    page
}

/// The app's own page for an address that does not exist.
async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    if !refusal::wants_page(request.headers()) {
        return Problem::of_status(StatusCode::NOT_FOUND).into_response();
    }
    let render = leptos_axum::render_app_async_with_context(state.context(), page_shell(&state));
    let mut page = render(request).await.into_response();
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}
