//! What a handler takes: ids of the address, a filter, a body, the version that was seen. Each refuses in the API's own way.

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_path_to_error::Segment;
use services::keys::{KeyCaller, Once};
use utoipa::IntoParams;

use super::problem::{ApiProblem, FaultAt, escaped};

pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The program that calls, as the key's layer found it.
pub struct Caller(pub KeyCaller);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiProblem> {
        let caller = parts.extensions.get::<KeyCaller>().cloned();
        caller
            .map(Self)
            .ok_or_else(|| ApiProblem::of_status(StatusCode::UNAUTHORIZED))
    }
}

/// The ids of the address. What is no id is the id of nothing.
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiProblem> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(ids)| Self(ids))
            .map_err(|_| ApiProblem::not_found())
    }
}

/// The query. What it does not know it refuses.
pub struct Asked<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiProblem> {
        Query::<T>::try_from_uri(&parts.uri)
            .map(|Query(asked)| Self(asked))
            .map_err(|refused| {
                let text = std::error::Error::source(&refused).map(ToString::to_string);
                ApiProblem::new("malformed", text.unwrap_or_else(|| refused.body_text()))
            })
    }
}

/// The header by which a change names what it was decided on.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only the document reads it")]
pub struct IfMatch {
    /// The `ETag` that was read, as `"7"`.
    #[param(rename = "If-Match", example = "\"7\"")]
    if_match: String,
}

/// The body of a command that needs none: nothing, or an empty object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Longest cursor that a page gives.
const MAX_CURSOR: usize = 200;
/// Characters of the longest words that a list is narrowed by.
const MAX_WORDS: usize = 200;

/// Words by which a list is narrowed.
pub fn words(parameter: &str, words: Option<String>) -> Result<String, ApiProblem> {
    let words = words.unwrap_or_default();
    if words.chars().count() > MAX_WORDS {
        let text = format!("Send at most {MAX_WORDS} characters");
        return Err(ApiProblem::parameter(parameter, &text));
    }
    Ok(words)
}

/// A cursor that was given by a page before.
pub fn cursor(cursor: Option<&str>, known: fn(&str) -> bool) -> Result<Option<&str>, ApiProblem> {
    match cursor {
        Some(cursor) if cursor.len() > MAX_CURSOR || !known(cursor) => {
            let text = "Send `next` of the page before, as it was";
            Err(ApiProblem::parameter("cursor", text))
        }
        cursor => Ok(cursor),
    }
}

/// The version that was seen, from If-Match.
#[derive(Debug, Clone, Copy)]
pub struct Seen(pub i64);

impl<S: Sync> FromRequestParts<S> for Seen {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiProblem> {
        let tag = parts.headers.get(header::IF_MATCH);
        let named = tag.filter(|tag| tag.as_bytes().trim_ascii() != b"*");
        let Some(tag) = named else {
            let text = "Send the ETag that you read in If-Match";
            return Err(ApiProblem::header(
                "precondition_required",
                "If-Match",
                text,
            ));
        };
        let text = tag.to_str().unwrap_or_default().trim();
        let version = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .and_then(|text| text.parse().ok());
        // Any other tag is one that this never had.
        version.map(Self).ok_or_else(|| {
            ApiProblem::header("stale", "If-Match", "This ETag is not the current one")
        })
    }
}

/// A body that is read strictly: what it does not know it refuses, at its pointer.
pub struct Body<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiProblem> {
        let (parts, body) = request.into_parts();
        let bytes = read(body).await?;
        decode(&parts.headers, &bytes).map(Self)
    }
}

/// A command that is carried out once: who calls, the body, and the Idempotency-Key.
pub struct Command<T> {
    caller: KeyCaller,
    body: T,
    key: String,
    method: Method,
    path: String,
    seen: Vec<u8>,
    bytes: Bytes,
}

impl<T> Command<T> {
    /// The caller, for whom the one command of this request, which gives a `G`, is carried out once.
    pub fn once<G: Serialize + DeserializeOwned + Send + 'static>(self) -> (KeyCaller, T) {
        let parts = [
            self.method.as_str().as_bytes(),
            self.path.as_bytes(),
            &self.seen,
            &self.bytes,
        ];
        let once = Once::of::<G>(&self.key, &parts);
        (self.caller.once(once), self.body)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Command<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiProblem> {
        let (mut parts, body) = request.into_parts();
        let Caller(caller) = Caller::from_request_parts(&mut parts, state).await?;
        let key = idempotency_key(&parts.headers)?.to_owned();
        let bytes = read(body).await?;
        let seen = parts.headers.get(header::IF_MATCH);
        Ok(Self {
            caller,
            body: decode(&parts.headers, &bytes)?,
            key,
            method: parts.method,
            path: parts.uri.path().to_owned(),
            seen: seen.map(|tag| tag.as_bytes().to_vec()).unwrap_or_default(),
            bytes,
        })
    }
}

/// Longest key that a client may choose.
const MAX_KEY: usize = 255;

/// The request's key: as it is, or as a quoted string, the way the draft of the header has it.
pub fn idempotency_key(headers: &HeaderMap) -> Result<&str, ApiProblem> {
    let refused = |text| Err(ApiProblem::header("malformed", "Idempotency-Key", text));
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return refused(
            "Send an Idempotency-Key: the request is carried out once, however often it is sent",
        );
    };
    let text = value.to_str().unwrap_or_default().trim();
    let bare = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let key = bare.unwrap_or(text);
    let fits = (1..=MAX_KEY).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    if fits {
        Ok(key)
    } else {
        refused("An Idempotency-Key is 1 to 255 visible ASCII characters")
    }
}

async fn read(body: axum::body::Body) -> Result<Bytes, ApiProblem> {
    // The layer around holds the limit; whoever goes over it breaks the body off.
    to_bytes(body, usize::MAX).await.map_err(|error| {
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(error) = cause {
            if error.is::<http_body_util::LengthLimitError>() {
                return ApiProblem::of_status(StatusCode::PAYLOAD_TOO_LARGE);
            }
            cause = error.source();
        }
        ApiProblem::new("malformed", "The body broke off")
    })
}

fn decode<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, ApiProblem> {
    // A command without a body is one with an empty object.
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    if bytes != b"{}" && !is_json(headers) {
        return Err(ApiProblem::header(
            "unsupported_media_type",
            "Content-Type",
            "Send the body as application/json",
        ));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let decoded = serde_path_to_error::deserialize(&mut reader).map_err(|error| refused(&error))?;
    reader
        .end()
        .map_err(|_| ApiProblem::new("malformed", "The body is more than one JSON value"))?;
    Ok(decoded)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
        || kind.eq_ignore_ascii_case("application/merge-patch+json")
}

fn refused(error: &serde_path_to_error::Error<serde_json::Error>) -> ApiProblem {
    let inner = error.inner();
    if inner.is_syntax() || inner.is_eof() || inner.is_io() {
        return ApiProblem::new("malformed", format!("The body is no JSON: {inner}"));
    }
    let mut pointer = String::new();
    for segment in error.path() {
        match segment {
            Segment::Seq { index } => pointer.extend(["/", &index.to_string()]),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer.push('/');
                pointer.push_str(&escaped(key));
            }
            Segment::Unknown => {}
        }
    }
    // Without the reader's own line and column: the pointer says where.
    let text = inner.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    ApiProblem::new(
        "invalid",
        "The body does not have the shape that is asked for",
    )
    .with(vec![FaultAt::body(&pointer, text)])
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only how it is refused is looked at")]
    struct Outer {
        inner: Inner,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only how it is refused is looked at")]
    struct Inner {
        number: i64,
    }

    fn refusal(body: &str) -> serde_json::Value {
        let mut headers = HeaderMap::new();
        headers.insert(
            "content-type",
            "application/json; charset=utf-8".parse().unwrap(),
        );
        let problem = decode::<Outer>(&headers, body.as_bytes()).unwrap_err();
        serde_json::to_value(problem).unwrap()
    }

    #[test]
    fn what_is_not_known_is_refused_at_its_pointer() {
        let problem = refusal(r#"{"inner": {"number": 1, "nu/mber": 2}}"#);
        assert_eq!(problem["status"], 422);
        assert_eq!(problem["errors"][0]["pointer"], "#/inner/nu~1mber");
        let problem = refusal(r#"{"inner": {"number": "one"}}"#);
        assert_eq!(problem["errors"][0]["pointer"], "#/inner/number");
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        for body in ["{", "{\"inner\": {\"number\": 1}} 2", "\u{0}"] {
            assert_eq!(refusal(body)["status"], 400, "{body}");
        }
    }

    #[test]
    fn a_key_may_be_quoted() {
        let key = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(IDEMPOTENCY_KEY, text.parse().unwrap());
            idempotency_key(&headers).map(ToOwned::to_owned).ok()
        };
        assert_eq!(key("\"8e03978e\"").as_deref(), Some("8e03978e"));
        assert_eq!(key("8e03978e").as_deref(), Some("8e03978e"));
        assert_eq!(key(""), None);
        assert_eq!(key("a b"), None);
        assert_eq!(key(&"k".repeat(256)), None);
    }
}
