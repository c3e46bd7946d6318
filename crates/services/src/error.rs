use domain::deals::{EntryFault, Refusal};
use domain::errors::{ConflictView, InputFault, Why};
use domain::forms::{DefinitionFault, FieldErrors};
use domain::pipeline::PipelineFault;
use domain::{AppError, ErrorCode};
use store::StoreError;

/// Why a use case was not done. It changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Absent, or not to be seen by this actor: the same to them.
    #[error("not found")]
    NotFound,
    /// Seen, but not allowed by the actor's role.
    #[error("the role does not allow it")]
    Forbidden,
    /// Inputs of a plain form at fault.
    #[error("inputs at fault")]
    Invalid(Vec<InputFault>),
    /// Answers of a designed form at fault.
    #[error("answers at fault")]
    Fields(FieldErrors),
    /// A stage asks for more than was brought.
    #[error("the stage asks for more")]
    Entry(EntryFault),
    /// A form's definition at fault.
    #[error("form definition at fault")]
    Definition(Vec<DefinitionFault>),
    /// A set of stages at fault.
    #[error("stages at fault")]
    Pipeline(Vec<PipelineFault>),
    /// A rule of the deal's life refuses.
    #[error("refused: {}", .0.text())]
    Rule(Refusal),
    /// Somebody else was first; who and when.
    #[error("changed by somebody else")]
    Conflict(ConflictView),
    /// Somebody else was first; by whom is not known.
    #[error("changed in the meantime")]
    Stale,
    #[error("signed out")]
    SignedOut,
    #[error("too many tries")]
    TooMany,
    /// The company has a copy in hand, or others have as many as are made at once.
    #[error("a copy is in hand")]
    CopyInHand,
    #[error("too large")]
    TooLarge,
    /// The database or a limited resource cannot answer now.
    #[error("busy: {0}")]
    Busy(String),
    /// A fault of ours.
    #[error("internal: {0}")]
    Internal(String),
}

impl ServiceError {
    /// One input at fault.
    pub fn input(name: &str, text: &str) -> Self {
        Self::Invalid(vec![InputFault {
            input: name.into(),
            text: text.into(),
        }])
    }

    /// A text beyond its measure is a fault of its input.
    pub(crate) fn at_note(refusal: Refusal) -> Self {
        match refusal {
            Refusal::ReasonTooLong => Self::input("note", refusal.text()),
            refusal => Self::Rule(refusal),
        }
    }

    /// What crosses the wire. Called once, at the door: faults of ours are logged here with the request's id.
    pub fn into_app_error(self, request_id: Option<String>) -> AppError {
        let id = request_id.as_deref().unwrap_or("-");
        match &self {
            Self::Internal(cause) => tracing::error!(request = id, %cause, "a use case failed"),
            Self::Busy(cause) => tracing::warn!(request = id, %cause, "a use case could not run"),
            _ => {}
        }
        AppError {
            request_id,
            ..AppError::from(self)
        }
    }
}

impl From<ServiceError> for AppError {
    fn from(error: ServiceError) -> Self {
        let because = |code: ErrorCode, why: Why| Self {
            why: Some(why),
            ..Self::new(code)
        };
        match error {
            ServiceError::NotFound => Self::new(ErrorCode::NotFound),
            ServiceError::Forbidden => Self::new(ErrorCode::Forbidden),
            ServiceError::Invalid(faults) => Self::inputs(faults),
            ServiceError::Fields(errors) => errors.into(),
            ServiceError::Entry(fault) => fault.into(),
            ServiceError::Definition(faults) => {
                because(ErrorCode::Invalid, Why::Definition(faults))
            }
            ServiceError::Pipeline(faults) => because(ErrorCode::Invalid, Why::Pipeline(faults)),
            ServiceError::Rule(refusal) => refusal.into(),
            ServiceError::Conflict(view) => because(ErrorCode::Conflict, Why::Conflict(view)),
            ServiceError::Stale => Self::new(ErrorCode::Conflict),
            ServiceError::SignedOut => Self::new(ErrorCode::SignedOut),
            ServiceError::TooMany => Self::new(ErrorCode::TooMany),
            ServiceError::CopyInHand => because(ErrorCode::TooMany, Why::Inputs(copy_in_hand())),
            ServiceError::TooLarge => Self::new(ErrorCode::TooLarge),
            ServiceError::Busy(_) => Self::new(ErrorCode::Busy),
            ServiceError::Internal(_) => Self::new(ErrorCode::Internal),
        }
    }
}

/// The code's own sentence speaks of tries.
fn copy_in_hand() -> Vec<InputFault> {
    let text = "Another copy is being made or downloaded. Wait until that is done, then try again";
    vec![InputFault {
        input: String::new(),
        text: text.into(),
    }]
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Stale,
            StoreError::Unavailable { reason } => Self::Busy(reason),
            StoreError::Unfit => Self::input("", "Take out characters that cannot be shown"),
            error @ (StoreError::Inconsistent { .. } | StoreError::Driver(_)) => {
                Self::Internal(error.to_string())
            }
        }
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        Self::Rule(refusal)
    }
}

impl From<FieldErrors> for ServiceError {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}
