//! One request and the first of its answer.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use services::webhooks::Parcel;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Bytes of an answer's head; what is larger is no answer.
const MOST_OF_HEAD: usize = 16 * 1024;
/// Bytes of an answer's body that are read; then the connection is closed.
const MOST_OF_BODY: usize = 2 * 1024;
/// For those bytes. The head has come by then, and it decides.
const READING: Duration = Duration::from_secs(2);

/// Drives the connection as long as it is kept.
pub type Connection = JoinSet<()>;

/// Sends the message; resolves with the head of the answer.
pub async fn ask<S>(stream: S, parcel: &Parcel) -> Result<(Response<Incoming>, Connection), String>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let broken = |error: hyper::Error| format!("It did not answer: {}", whole(&error));
    let (mut sender, wire) = http1::Builder::new()
        .max_buf_size(MOST_OF_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let mut connection = JoinSet::new();
    connection.spawn(async move {
        // How it ends is told to whoever waits for the answer.
        let _ = wire.await;
    });
    let answer = sender.send_request(request(parcel)?).await;
    Ok((answer.map_err(broken)?, connection))
}

fn request(parcel: &Parcel) -> Result<Request<Full<Bytes>>, String> {
    let agent = concat!("Dealboard/", env!("CARGO_PKG_VERSION"));
    Request::builder()
        .method(Method::POST)
        .uri(parcel.url.path())
        .header(HOST, parcel.url.authority())
        .header(USER_AGENT, agent)
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", parcel.id.to_string())
        .header("webhook-timestamp", parcel.timestamp)
        .header("webhook-signature", &parcel.signature)
        .body(Full::new(Bytes::from(parcel.body.clone())))
        .map_err(|error| format!("The request cannot be made: {error}"))
}

/// When the endpoint wants to be asked again, in its own words.
pub fn retry_after(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(RETRY_AFTER)?.to_str().ok()?;
    Some(said.to_owned())
}

/// The first of the body, as text: what came in the time that there is for it.
pub async fn first_of(mut body: Incoming) -> String {
    let mut bytes = Vec::new();
    let reading = async {
        while bytes.len() < MOST_OF_BODY
            && let Some(Ok(frame)) = body.frame().await
        {
            if let Some(data) = frame.data_ref() {
                bytes.extend_from_slice(data);
            }
        }
    };
    // Late or broken: the status has come, and what there is is shown.
    let _ = timeout(READING, reading).await;
    bytes.truncate(MOST_OF_BODY);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The error and what it came from: "connection error: connection reset".
fn whole(error: &hyper::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
