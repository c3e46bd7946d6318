//! The error that server functions give, in the browser and on the server.

use domain::{AppError, ErrorCode};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a server function was not done: the one wire error, with what can go wrong on the way there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActionError(pub AppError);

impl ActionError {
    pub fn new(code: ErrorCode) -> Self {
        AppError::new(code).into()
    }

    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The fault of that input, if it has one.
    pub fn input_text(&self, name: &str) -> Option<String> {
        self.0.input_text(name).map(ToOwned::to_owned)
    }
}

impl From<AppError> for ActionError {
    fn from(error: AppError) -> Self {
        #[cfg(feature = "ssr")]
        crate::door::answer_status(error.code.status());
        Self(error)
    }
}

#[cfg(feature = "ssr")]
impl From<services::ServiceError> for ActionError {
    fn from(error: services::ServiceError) -> Self {
        error.into_app_error(crate::door::request_id()).into()
    }
}

impl FromServerFnError for ActionError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::new(match error {
            // Arguments that do not parse are the sender's fault, though the framework calls them 500.
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => ErrorCode::Malformed,
            // The server reads arguments, the browser answers: an unreadable one came from something between us.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => ErrorCode::Malformed,
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) => {
                ErrorCode::Offline
            }
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Response(_) => ErrorCode::Internal,
        })
    }
}

impl std::fmt::Display for ActionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for ActionError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_that_does_not_parse_is_the_senders_fault() {
        let error = ActionError::from_server_fn_error(ServerFnErrorErr::MissingArg("x".into()));
        assert_eq!(error.code().status(), 400);
        let error = ServerFnErrorErr::Deserialization("{".into());
        let status = ActionError::from_server_fn_error(error).code().status();
        assert_eq!(status, if cfg!(feature = "ssr") { 400 } else { 503 });
    }

    #[test]
    fn it_crosses_the_wire_whole() {
        let error = ActionError(AppError::input("email", "Enter an email address"));
        assert_eq!(ActionError::de(error.ser()), error);
        assert_eq!(
            error.input_text("email").as_deref(),
            Some("Enter an email address")
        );
    }
}
