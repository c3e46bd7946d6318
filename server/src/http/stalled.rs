//! Pages that stall while they are rendered. Leptos 0.8 can lose the wake-up of a Suspense when threads race (its issues
//! 4578 and 4851 are of the kind): the render then never ends, burns nothing, and nobody is told. Here it is given up and
//! done anew; reading changes nothing.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{Method, StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tokio::time::timeout;

/// How long each try may take: a thousand times what a page takes, and in the end as long as anybody waits.
const TRIES: [Duration; 3] = [
    Duration::from_secs(3),
    Duration::from_secs(3),
    Duration::from_secs(30),
];

/// Renders a page again when it has stalled. Everything that is not read passes as it is.
pub async fn render_again(request: Request, next: Next) -> Response {
    within(&TRIES, request, next).await
}

/// What `render` answers; asked again when it stalls. `path` is for the log.
pub async fn again_when_stalled<Rendering>(
    path: &str,
    render: impl Fn() -> Rendering + Send,
) -> Response
where
    Rendering: Future<Output = Response> + Send,
{
    rendered(&TRIES, path, render).await
}

async fn within(tries: &[Duration], request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let render = move || {
        let request = Request::from_parts(parts.clone(), Body::empty());
        next.clone().run(request)
    };
    rendered(tries, &path, render).await
}

async fn rendered<Rendering>(
    tries: &[Duration],
    path: &str,
    render: impl Fn() -> Rendering + Send,
) -> Response
where
    Rendering: Future<Output = Response> + Send,
{
    for limit in tries {
        if let Ok(response) = timeout(*limit, whole(render())).await {
            return response;
        }
        tracing::warn!(path, "a page stalled and is given up");
    }
    let sorry = "The page took too long. Reload it in a moment.";
    (StatusCode::SERVICE_UNAVAILABLE, sorry).into_response()
}

/// The answer, a page with all that it says: it can stall after its head as well. Streams and files go on as they come.
async fn whole(rendering: impl Future<Output = Response> + Send) -> Response {
    let response = rendering.await;
    let kind = response.headers().get(CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(error) => {
            tracing::error!(%error, "a page broke off");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use axum::{Router, middleware, response::Html, routing::get};
    use futures_util::{StreamExt as _, stream};
    use tower::ServiceExt as _;

    use super::*;

    const SOON: Duration = Duration::from_millis(20);
    const LATE: Duration = Duration::from_mins(1);

    /// Asks for a page whose first `stalls` renderings never end, the first before it begins and the others after it.
    async fn ask(stalls: u32, tries: &'static [Duration]) -> (StatusCode, String, u32) {
        let asked = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&asked);
        let page = move || async move {
            let nth = count.fetch_add(1, Ordering::SeqCst);
            if nth == 0 && stalls > 0 {
                std::future::pending::<()>().await;
            }
            let begun = stream::iter([Ok::<_, std::io::Error>("the page")]);
            let rest = stream::pending();
            let body = if nth < stalls {
                Body::from_stream(begun.chain(rest))
            } else {
                Body::from_stream(begun)
            };
            Html(body)
        };
        let router = Router::new()
            .route("/", get(page))
            .layer(middleware::from_fn(move |request, next| {
                within(tries, request, next)
            }));
        let request = Request::get("/").body(Body::empty()).unwrap();
        let answer = router.oneshot(request).await.unwrap();
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        (status, text, asked.load(Ordering::SeqCst))
    }

    #[tokio::test]
    async fn a_page_that_stalls_before_or_after_its_head_is_there_all_the_same() {
        let (status, text, asked) = ask(2, &[SOON, SOON, LATE]).await;
        assert_eq!(
            (status, text.as_str(), asked),
            (StatusCode::OK, "the page", 3)
        );
    }

    #[tokio::test]
    async fn a_page_that_never_ends_is_answered() {
        let (status, text, asked) = ask(9, &[SOON, SOON]).await;
        assert_eq!((status, asked), (StatusCode::SERVICE_UNAVAILABLE, 2));
        assert!(text.contains("Reload"), "{text}");
    }

    #[tokio::test]
    async fn a_page_that_does_not_stall_is_rendered_once() {
        let (status, text, asked) = ask(0, &[LATE]).await;
        assert_eq!(
            (status, text.as_str(), asked),
            (StatusCode::OK, "the page", 1)
        );
    }
}
