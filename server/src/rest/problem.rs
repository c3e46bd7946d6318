//! Errors of the API: RFC 9457 problem documents whose type names a section of the API's own page, with a JSON pointer
//! to each value at fault.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    AppError, ErrorCode,
    deals::EntryFault,
    errors::{ConflictView, InputFault, Why},
    forms::{FieldError, problem_text},
};
use serde::Serialize;
use services::ServiceError;
use utoipa::ToSchema;

use super::{kinds::KINDS, wire::at};

/// Where the sections of the types stand.
const TYPES: &str = "/api/v1/docs#problem-";

/// Why a request was not done. It changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ApiProblem {
    /// Names the section of the API's page that explains it.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/api/v1/docs#problem-invalid")]
    kind: String,
    title: &'static str,
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// One sentence for people.
    detail: Box<str>,
    /// Stable; for programs.
    #[schema(example = "invalid")]
    code: &'static str,
    /// To quote when asking for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<Box<str>>,
    /// What exactly is at fault.
    #[serde(skip_serializing_if = "<[FaultAt]>::is_empty")]
    errors: Box<[FaultAt]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conflict: Option<Box<ConflictAt>>,
}

/// One fault: in the body at a JSON pointer (RFC 6901, as a URI fragment), in a header, or in a query parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FaultAt {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "#/answers/customer")]
    pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    detail: String,
}

/// Who changed it meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConflictAt {
    current_version: i64,
    who: String,
    #[schema(format = DateTime)]
    at: String,
    what: String,
}

impl ApiProblem {
    /// The problem of that code, which is one of [`KINDS`].
    pub fn new(code: &str, detail: impl Into<String>) -> Self {
        let kind = KINDS.iter().find(|(known, ..)| *known == code);
        let (code, status, title, _) =
            kind.copied()
                .unwrap_or(("internal", 500, "A fault of ours", ""));
        Self {
            kind: format!("{TYPES}{code}"),
            title,
            status,
            detail: detail.into().into(),
            code,
            request_id: None,
            errors: Box::default(),
            conflict: None,
        }
    }

    /// What an actor may not see is told like what does not exist.
    pub fn not_found() -> Self {
        Self::new("not_found", ErrorCode::NotFound.label())
    }

    /// A value of the body at fault.
    pub fn at(pointer: &str, detail: &str) -> Self {
        let fault = FaultAt::body(pointer, detail);
        Self::new("invalid", detail).with(vec![fault])
    }

    /// A header at fault.
    pub fn header(code: &str, header: &str, detail: &str) -> Self {
        let fault = FaultAt {
            pointer: None,
            header: Some(header.to_owned()),
            parameter: None,
            detail: detail.to_owned(),
        };
        Self::new(code, detail).with(vec![fault])
    }

    /// A query parameter at fault.
    pub fn parameter(parameter: &str, detail: &str) -> Self {
        let fault = FaultAt {
            pointer: None,
            header: None,
            parameter: Some(parameter.to_owned()),
            detail: detail.to_owned(),
        };
        Self::new("malformed", detail).with(vec![fault])
    }

    /// What a bare status says.
    pub fn of_status(status: StatusCode) -> Self {
        let found = KINDS
            .iter()
            .find(|(_, known, ..)| *known == status.as_u16());
        let code = match found {
            Some((code, ..)) => code,
            None if status.is_client_error() => "malformed",
            None => "internal",
        };
        let what = KINDS.iter().find(|(known, ..)| known == &code);
        Self::new(code, what.map_or("", |(_, _, title, _)| title))
    }

    /// What problems of that status are called, parted by "or".
    pub fn title_of(status: u16) -> String {
        let titles: Vec<&str> = KINDS
            .iter()
            .filter(|(_, known, ..)| *known == status)
            .map(|(_, _, title, _)| *title)
            .collect();
        titles.join(", or ")
    }

    #[must_use]
    pub fn with(mut self, errors: Vec<FaultAt>) -> Self {
        self.errors = errors.into();
        self
    }

    #[must_use]
    pub fn numbered(mut self, request_id: Option<String>) -> Self {
        self.request_id = self.request_id.or(request_id.map(Into::into));
        self
    }

    /// A conflict with a version that the request named is a failed precondition.
    #[must_use]
    pub fn of_precondition(self) -> Self {
        if self.code != "conflict" {
            return self;
        }
        Self {
            conflict: self.conflict,
            ..Self::new("stale", self.detail)
        }
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl FaultAt {
    /// In the body, at that JSON pointer.
    pub fn body(pointer: &str, detail: &str) -> Self {
        Self {
            pointer: Some(format!("#{pointer}")),
            header: None,
            parameter: None,
            detail: detail.to_owned(),
        }
    }

    /// An answer of a deal's form.
    fn answer(error: &FieldError) -> Self {
        // `lines.2.quantity` is a cell, `office.city` a part of an address.
        let place = escaped(&error.field).replace('.', "/");
        let pointer = format!("/answers/{place}");
        Self::body(&pointer, &problem_text(None, &error.problem))
    }

    /// An input of the house's is a header or a member of the body.
    fn input(fault: InputFault) -> Self {
        if fault.input.starts_with(char::is_uppercase) {
            return Self {
                pointer: None,
                header: Some(fault.input),
                parameter: None,
                detail: fault.text,
            };
        }
        let pointer = match fault.input.as_str() {
            "" => String::new(),
            input => format!("/{}", escaped(input)),
        };
        Self::body(&pointer, &fault.text)
    }
}

/// A name as a part of a JSON pointer within a URI fragment.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl From<ServiceError> for ApiProblem {
    fn from(error: ServiceError) -> Self {
        // The log line stands inside the request's span, which names its id.
        let error = error.into_app_error(None);
        let code = match error.code {
            ErrorCode::Offline => "busy",
            code => code.as_str(),
        };
        let problem = Self::new(code, error.text());
        match error {
            AppError { why: None, .. } => problem,
            AppError { why: Some(why), .. } => problem.because(why),
        }
    }
}

impl ApiProblem {
    fn because(self, why: Why) -> Self {
        match why {
            Why::Refusal(_) | Why::Definition(_) | Why::Pipeline(_) => self,
            Why::Inputs(faults) => {
                let faults = faults.into_iter().map(FaultAt::input).collect();
                self.with(faults)
            }
            Why::Fields(errors) => {
                let faults = errors.iter().map(FaultAt::answer).collect();
                self.with(faults)
            }
            Why::Entry(fault) => {
                let note = FaultAt::body("/note", EntryFault::NOTE);
                let file = FaultAt::body("/answers", EntryFault::FILE);
                let beside = [(fault.note, note), (fault.file, file)];
                let beside = beside.into_iter().filter(|(missing, _)| *missing);
                let answers = fault.fields.iter().map(FaultAt::answer);
                self.with(answers.chain(beside.map(|(_, fault)| fault)).collect())
            }
            Why::Conflict(view) => Self {
                conflict: Some(Box::new(view.into())),
                ..self
            },
        }
    }
}

impl From<ConflictView> for ConflictAt {
    fn from(view: ConflictView) -> Self {
        Self {
            current_version: view.current_version,
            who: view.who,
            at: at(view.at),
            what: view.what,
        }
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if self.code == "signed_out" {
            let value = HeaderValue::from_static("Bearer realm=\"dealboard\"");
            headers.insert(header::WWW_AUTHENTICATE, value);
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_house_has_its_kind() {
        for code in ErrorCode::ALL
            .iter()
            .filter(|code| **code != ErrorCode::Offline)
        {
            let problem = ApiProblem::from(match code {
                ErrorCode::SignedOut => ServiceError::SignedOut,
                ErrorCode::NotFound => ServiceError::NotFound,
                ErrorCode::Forbidden => ServiceError::Forbidden,
                ErrorCode::Conflict => ServiceError::Stale,
                ErrorCode::TooLarge => ServiceError::TooLarge,
                ErrorCode::TooMany => ServiceError::TooMany,
                ErrorCode::Busy => ServiceError::Busy(String::new()),
                ErrorCode::Internal => ServiceError::Internal(String::new()),
                ErrorCode::Invalid => ServiceError::input("name", "Enter a name"),
                ErrorCode::Rule => domain::deals::Refusal::IsDeclined.into(),
                ErrorCode::Malformed | ErrorCode::Offline => continue,
            });
            assert_eq!(problem.code, code.as_str());
            assert_eq!(problem.status, code.status());
        }
    }

    #[test]
    fn an_input_is_pointed_to_in_the_body_or_named_as_a_header() {
        let problem = ApiProblem::from(ServiceError::input("paid_on", "Enter the day"));
        assert_eq!(problem.errors[0].pointer.as_deref(), Some("#/paid_on"));
        let problem = ApiProblem::from(ServiceError::input("Idempotency-Key", "Used"));
        assert_eq!(problem.errors[0].header.as_deref(), Some("Idempotency-Key"));
        assert_eq!(escaped("a/b~c"), "a~1b~0c");
    }

    #[test]
    fn only_a_conflict_becomes_a_failed_precondition() {
        let stale = ApiProblem::from(ServiceError::Stale).of_precondition();
        assert_eq!((stale.status, stale.code), (412, "stale"));
        let rule = ApiProblem::from(ServiceError::Forbidden).of_precondition();
        assert_eq!(rule.status, 403);
    }
}
