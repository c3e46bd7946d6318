//! What is asked of deals, and the receipts of what was done.

use domain::commands::{MoveDeal, SubmitDeal};
use domain::deals::{Decision as DomainDecision, MoveDetails, WinVerdict as DomainWinVerdict};
use domain::forms::FieldKey;
use domain::{DealId, FormVersionId, LostReasonId, StageId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use services::deals::{Moved, Registered};
use utoipa::ToSchema;

use super::words::{Place, Verdict, WinVerdictKind};
use crate::rest::answers;
use crate::rest::problem::ApiProblem;

/// A registration.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeal {
    /// The form version that was filled in.
    #[schema(value_type = String, pattern = "^form_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    form: FormVersionId,
    /// By field key, as the form version's `json_schema` says.
    answers: Map<String, Value>,
}

impl NewDeal {
    /// The command, under a key that the Idempotency-Key stands for.
    pub fn command(self, submit_key: String) -> Result<SubmitDeal, ApiProblem> {
        Ok(SubmitDeal {
            submit_key,
            form_version: self.form,
            answers: answers::read(&self.answers)?,
        })
    }
}

/// The deal is registered.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationReceipt {
    #[schema(value_type = String)]
    pub id: DealId,
    number: String,
    pub version: i64,
}

impl From<Registered> for RegistrationReceipt {
    fn from(registered: Registered) -> Self {
        Self {
            id: registered.deal,
            number: registered.number,
            version: registered.version,
        }
    }
}

/// Answers to what the company asked, or others than before. Fields that are not named keep their answers; null takes an answer out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerChange {
    pub answers: Map<String, Value>,
    /// What the company reads with it.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: String,
}

/// Where the deal goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    #[schema(value_type = String, pattern = "^stage_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    to_stage: StageId,
    #[serde(default)]
    place: Place,
    /// Another deal of that column; instead of `place`.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^deal_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    after: Option<DealId>,
    /// For a stage of kind lost.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^lost_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    lost_reason: Option<LostReasonId>,
    #[serde(default)]
    #[schema(max_length = 2000)]
    note: String,
    /// For a stage of kind won: yes, it is won.
    #[serde(default)]
    win_confirmed: bool,
    /// For a company's key: why it overrides.
    #[serde(default)]
    #[schema(max_length = 2000)]
    override_reason: Option<String>,
    /// For a stage that asks for fields: those that the deal lacks, by field key, as when it was registered.
    #[serde(default)]
    answers: Map<String, Value>,
}

impl Move {
    pub fn command(self, deal: DealId, version: i64) -> Result<MoveDeal, ApiProblem> {
        let answers = answers::read(&self.answers)?;
        let place = match (self.after, self.place) {
            (Some(other), _) => domain::commands::Place::After(other),
            (None, Place::Top) => domain::commands::Place::Top,
            (None, Place::Bottom) => domain::commands::Place::Bottom,
        };
        Ok(MoveDeal {
            deal,
            to_stage: self.to_stage,
            place,
            details: MoveDetails {
                lost_reason: self.lost_reason,
                note: self.note,
                win_confirmed: self.win_confirmed,
                override_reason: self.override_reason,
                answers,
            },
            version,
        })
    }
}

/// Where the deal lies now.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveReceipt {
    #[schema(value_type = String)]
    id: DealId,
    #[schema(value_type = String)]
    stage: StageId,
    pub version: i64,
}

impl From<Moved> for MoveReceipt {
    fn from(moved: Moved) -> Self {
        Self {
            id: moved.deal,
            stage: moved.stage,
            version: moved.version,
        }
    }
}

/// The deal has a new version.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionReceipt {
    #[schema(value_type = String)]
    pub id: DealId,
    pub version: i64,
}

/// Why the verdict should be another.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    #[schema(min_length = 1, max_length = 2000)]
    pub note: String,
}

/// The company's verdict on a registration.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    verdict: Verdict,
    /// What the partner reads. An approval may go without.
    #[serde(default)]
    #[schema(max_length = 2000)]
    message: String,
    /// For `ask_info`: the fields that open; none: all.
    #[serde(default)]
    fields: Vec<String>,
}

impl Decision {
    pub fn command(self) -> Result<DomainDecision, ApiProblem> {
        let message = self.message;
        Ok(match self.verdict {
            Verdict::Approve => DomainDecision::Approve { message },
            Verdict::Decline => DomainDecision::Decline { reason: message },
            Verdict::Ineligible => DomainDecision::Ineligible { reason: message },
            Verdict::AskInfo => DomainDecision::AskInfo {
                message,
                fields: keys(&self.fields)?,
            },
        })
    }
}

fn keys(fields: &[String]) -> Result<Vec<FieldKey>, ApiProblem> {
    let key = |(place, text): (usize, &String)| {
        let pointer = format!("/fields/{place}");
        FieldKey::parse(text)
            .map_err(|_| ApiProblem::at(&pointer, "Choose fields of this deal\u{2019}s form"))
    };
    fields.iter().enumerate().map(key).collect()
}

/// The company's verdict on a win.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WinVerdict {
    verdict: WinVerdictKind,
    /// For `reject`: what the partner reads.
    #[serde(default)]
    #[schema(max_length = 2000)]
    reason: String,
    /// For `reject`: the open stage at which the deal reopens.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^stage_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    reopen_at: Option<StageId>,
}

impl WinVerdict {
    pub fn command(self) -> Result<DomainWinVerdict, ApiProblem> {
        match (self.verdict, self.reopen_at) {
            (WinVerdictKind::Confirm, _) => Ok(DomainWinVerdict::Confirm),
            (WinVerdictKind::Reject, Some(reopen_at)) => Ok(DomainWinVerdict::Reject {
                reason: self.reason,
                reopen_at,
            }),
            (WinVerdictKind::Reject, None) => Err(ApiProblem::at(
                "/reopen_at",
                "Name the open stage at which the deal reopens",
            )),
        }
    }
}
