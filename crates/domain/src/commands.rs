//! What people ask for, in the imperative. Server functions and REST take these same types.
//!
//! Tenants never stand in a command: they come from the session and the address that was opened.

use serde::{Deserialize, Serialize};

use crate::deals::{Decision, MoveDetails, WinVerdict};
use crate::forms::{FieldKey, FormDefinition, RawAnswers};
use crate::notices::{Channel, NoticeKind};
use crate::offers::OfferDraft;
use crate::people::{CompanyRole, MembershipStatus, PartnerRole};
use crate::pipeline::{Pipeline, StageMapping};
use crate::{
    CommissionId, CompanyId, DealId, FormVersionId, MembershipId, OfferId, PartnerId, StageId,
    TierId, Timestamp,
};

/// Where a company's own systems are told, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveEndpoint {
    pub url: String,
    pub description: String,
    pub events: crate::webhooks::EventPicker,
}

/// Keeps what is typed so far. The key makes the first save happen once, however often it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveDraft {
    /// Made when the form was opened; one key is one deal for ever.
    pub submit_key: String,
    pub answers: RawAnswers,
}

/// Keeps what one window of a draft says, beside what other windows saved meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepDraft {
    pub submit_key: String,
    pub answers: RawAnswers,
    /// What the window last knew the server to have: what it changed itself is told from it.
    #[serde(default)]
    pub base: RawAnswers,
    /// The draft's version that this was; 0 before the first save.
    #[serde(default)]
    pub version: i64,
    /// A page without scripts, which people leave and come back to: over what they saved themselves since, what it says counts.
    #[serde(default)]
    pub plain: bool,
}

/// Where one window of a registration is that is not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SayFilling {
    pub submit_key: String,
    /// Made by the window: 1 to 40 ASCII letters and digits.
    pub window: String,
    pub field: Option<FieldKey>,
}

/// Registers the deal of that key (R14: once, however often it is sent).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmitDeal {
    pub submit_key: String,
    /// The form version that was filled.
    pub form_version: FormVersionId,
    pub answers: RawAnswers,
}

/// Keeps what the company answers in the fields of a deal's form that are its own, and in those that both sides see and it edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCompanyAnswers {
    pub deal: DealId,
    pub answers: RawAnswers,
    /// Of the company's own answers; 0 before the first.
    pub version: i64,
    /// Of the deal. Looked at when an answer changes that both sides see.
    #[serde(default)]
    pub deal_version: i64,
}

/// Puts other answers into single fields of a deal that both sides see and the company edits; all others stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeAnswers {
    pub deal: DealId,
    pub answers: RawAnswers,
    /// Of the deal.
    pub version: i64,
}

/// Answers a request for information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResubmitDeal {
    pub deal: DealId,
    pub answers: RawAnswers,
    #[serde(default)]
    pub note: String,
    pub version: i64,
}

/// Puts other answers in a deal that is approved and open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendDeal {
    pub deal: DealId,
    /// All answers: what a field is not answered with is taken out.
    pub answers: RawAnswers,
    /// What the company reads with it.
    #[serde(default)]
    pub note: String,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawDeal {
    pub deal: DealId,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealDeal {
    pub deal: DealId,
    pub note: String,
    pub version: i64,
}

/// Moves a deal to a stage, after another card of that column (`None`: to its top).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveDeal {
    pub deal: DealId,
    pub to_stage: StageId,
    pub place: Place,
    #[serde(default)]
    pub details: MoveDetails,
    pub version: i64,
}

/// Where in the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Top,
    Bottom,
    After(DealId),
}

/// The company's verdict on a registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideDeal {
    pub deal: DealId,
    pub decision: Decision,
    pub version: i64,
}

/// The company's verdict on a win.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgeWin {
    pub deal: DealId,
    pub verdict: WinVerdict,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtendProtection {
    pub deal: DealId,
    pub version: i64,
}

/// Adds a customer to the company's own-team list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddClaim {
    pub customer: String,
    #[serde(default)]
    pub site: String,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchSubmissions {
    pub open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveFormDraft {
    pub definition: FormDefinition,
    /// The draft's version that was edited; 0 when there was none.
    pub version: i64,
}

/// That a window shows a board, and the card that it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SayWatching {
    /// Made by the window: 1 to 40 ASCII letters and digits.
    pub window: String,
    pub held: Option<DealId>,
}

/// Where one window of the form editor is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SayEditing {
    /// Made by the window: 1 to 40 ASCII letters and digits.
    pub window: String,
    /// The field whose properties it shows.
    pub field: Option<FieldKey>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishForm {
    pub version: i64,
}

/// Publishes the saved draft at a time to come, in the place of what was scheduled before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleForm {
    /// The draft's version.
    pub version: i64,
    pub at: Timestamp,
}

/// Lets what is scheduled wait for another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveFormSchedule {
    /// The time that it was seen to wait for.
    pub from: Timestamp,
    pub at: Timestamp,
}

/// Publishes what an older version asked, as a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseFormAgain {
    pub form: FormVersionId,
    /// The version that was in use when the difference was looked at.
    pub current: FormVersionId,
}

/// Replaces the program's stages and lost reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplacePipeline {
    pub pipeline: Pipeline,
    #[serde(default)]
    pub mappings: Vec<StageMapping>,
    /// The program's version that was edited.
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveProgramSettings {
    pub name: String,
    pub summary: String,
    pub number_prefix: String,
    pub currency: String,
    pub decision_hours: i64,
    pub protection_days: i64,
    pub extension_days: i64,
    pub version: i64,
}

/// The answers that cards of the board show: keys of fields from the top. Empty texts are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseCardFields {
    pub fields: Vec<String>,
    /// Those that cards showed when these were chosen.
    #[serde(default)]
    pub before: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateProgram {
    pub company: CompanyId,
    pub name: String,
    pub currency: String,
}

/// A link by which a partner's first owner makes the team and joins the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitePartner {
    pub partner_name: String,
    pub email: String,
    #[serde(default)]
    pub tier: Option<TierId>,
}

/// A link by which a person joins a company's team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteToCompany {
    pub company: CompanyId,
    pub email: String,
    pub role: CompanyRole,
}

/// A link by which a person joins a partner team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteToPartner {
    pub partner: PartnerId,
    pub email: String,
    pub role: PartnerRole,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeMembership {
    pub membership: MembershipId,
    pub status: MembershipStatus,
    pub tier: Option<TierId>,
    pub version: i64,
}

/// Publishes an offer: a new one, or the next version of one. What was published never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishOffer {
    /// `None` makes a new offer.
    #[serde(default)]
    pub offer: Option<OfferId>,
    pub terms: OfferDraft,
    /// The number of the version that was edited; 0 for a new offer.
    pub number: i32,
}

/// Takes an offer back: from today on it earns nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndOffer {
    pub offer: OfferId,
}

/// Keeps an approved commission back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldCommission {
    pub commission: CommissionId,
    pub reason: String,
    pub version: i64,
}

/// Lets a held commission go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseCommission {
    pub commission: CommissionId,
    pub version: i64,
}

/// Takes an approved or held commission back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclineCommission {
    pub commission: CommissionId,
    pub reason: String,
    pub version: i64,
}

/// Marks approved commissions paid: all of them, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkPaid {
    pub commissions: Vec<CommissionId>,
    /// The bank's or the accounting's name for the payment.
    pub reference: String,
    /// As `2026-11-22`.
    pub paid_on: String,
}

/// Adds a line to a commission: an amount below zero claws back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectCommission {
    pub commission: CommissionId,
    /// Made when the form was opened; one key is one line for ever.
    pub key: String,
    /// As people write it, in the commission's currency.
    pub amount: String,
    pub reason: String,
}

/// Enters what the customer of a confirmed win bought. The same reference of one customer is one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterTransaction {
    pub deal: DealId,
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
    /// As `2026-11-22`.
    pub on: String,
    /// An invoice's or order's number.
    pub reference: String,
}

/// Sends a message in a thread, or writes an internal note there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMessage {
    /// Made when the form was opened; the same words under one key are one message for ever.
    pub key: String,
    pub text: String,
    /// The offer that the partner asks about, and the version that was read.
    #[serde(default)]
    pub offer: Option<(OfferId, i32)>,
}

/// What a person wants to be told from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveNoticeChoices {
    /// The rows that were chosen from: others stay as they are.
    pub shown: Vec<NoticeKind>,
    pub on: Vec<(NoticeKind, Channel)>,
}
