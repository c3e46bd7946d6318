//! One deal, on its own page.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::commission::{CommissionView, TransactionView};
use super::program::CustomerChoice;
use super::review::{ConflictHint, PartnerRecord};
use crate::commissions::Calculation;
use crate::deals::{DecisionKind, Lost, Placement, Registration, Summary, Win};
use crate::events::TimelineEntry;
use crate::forms::{
    Answers, Context, FieldErrors, FieldKey, FieldKind, FormDefinition, FormNews, FormVersion,
    RawAnswers, RowTable, UploadedFile,
};
use crate::pipeline::Pipeline;
use crate::program::Program;
use crate::{DealId, FileId, Timestamp};

/// One answered question, ready to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    pub key: FieldKey,
    pub label: String,
    /// The title of the group that it was asked in.
    pub group: Option<String>,
    pub text: String,
    /// The rows of a repeating group, which `text` says line by line.
    pub table: Option<RowTable>,
    pub files: Vec<FileView>,
}

/// An uploaded file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    pub id: FileId,
    pub name: String,
    pub size_bytes: i64,
}

/// What the viewer may do with the deal now. Computed by the rules, shown as buttons.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealActions {
    /// Move over the stages (partner), or override (company).
    pub move_stage: bool,
    pub mark_won: bool,
    pub answer: bool,
    /// Change answers after the approval.
    pub amend: bool,
    pub withdraw: bool,
    pub appeal: bool,
    pub decide: bool,
    pub judge_win: bool,
    pub extend: bool,
}

/// What both sides see of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealView {
    pub id: DealId,
    pub number: String,
    pub summary: Summary,
    pub registration: Registration,
    pub placement: Option<Placement>,
    /// The label of the reason, when lost.
    pub lost_reason: Option<(Lost, String)>,
    pub win: Win,
    pub owner: String,
    pub form_number: i32,
    /// The program's current form is a newer one.
    pub older_form: bool,
    pub answers: Vec<AnswerLine>,
    pub timeline: Vec<TimelineEntry>,
    pub pipeline: Pipeline,
    pub actions: DealActions,
    /// What it earned, oldest first.
    pub commissions: Vec<CommissionView>,
    /// What it would earn if it were won today, while it is open.
    pub projected: Vec<Calculation>,
    /// What its customer bought after the win, newest first.
    pub transactions: Vec<TransactionView>,
    pub version: i64,
    pub now: Timestamp,
}

/// The partner's page of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerDealView {
    pub deal: DealView,
    pub company: String,
}

/// The company's page of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyDealView {
    pub deal: DealView,
    pub partner: String,
    pub record: PartnerRecord,
    pub conflicts: Vec<ConflictHint>,
    pub decisions: Vec<DecisionKind>,
    /// What can be asked for: the fields of the deal's form version that take an answer, with their labels.
    pub askable: Vec<(FieldKey, String)>,
    /// The fields that the company answers, where the deal's form has any.
    pub own: Option<CompanyPart>,
}

/// The fields of a deal's form that the company answers: its own, and those that both sides see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyPart {
    /// The whole form, as the company fills it.
    pub form: FormDefinition,
    pub keys: BTreeSet<FieldKey>,
    /// Those of them that the partner sees.
    pub shared: BTreeSet<FieldKey>,
    /// What both sides see.
    pub given: Answers,
    /// What the company answered so far in its own fields.
    pub answers: Answers,
    pub files: Vec<UploadedFile>,
    pub today: crate::Date,
    pub tier: Option<String>,
    pub partner_country: String,
    /// Of the company's own answers; 0 before the first.
    pub version: i64,
    pub deal_version: i64,
    /// Whether the viewer may change them.
    pub may_edit: bool,
}

impl CompanyPart {
    /// All answers, as the form's inputs begin.
    pub fn raw(&self) -> RawAnswers {
        let own = self.answers.0.iter();
        let mut all = self.given.clone();
        all.0
            .extend(own.map(|(key, answer)| (key.clone(), answer.clone())));
        all.to_raw()
    }

    /// What the form's rules may look at besides the answers.
    pub fn context(&self) -> Context {
        Context {
            tier: self.tier.as_deref().and_then(|tier| tier.parse().ok()),
            partner_country: Some(self.partner_country.clone()).filter(|code| !code.is_empty()),
            files: self.files.clone(),
            ..Context::on(self.today)
        }
    }
}

/// The registration form, empty, half filled or to be answered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationPage {
    pub program: Program,
    pub company: String,
    pub form: FormVersion,
    pub submit_key: String,
    /// What the server keeps so far.
    pub answers: RawAnswers,
    pub files: Vec<FileView>,
    /// Set when a draft was continued.
    pub saved_at: Option<Timestamp>,
    /// Of the draft; 0 before the first save.
    pub version: i64,
    /// Set when the company asked for more: the deal, the message and the open fields.
    pub needs_info: Option<NeedsInfo>,
    pub today: crate::Date,
    /// What the form's rules may know of the partner.
    pub tier: Option<String>,
    pub partner_country: String,
    /// What fields are filled from.
    pub known: RawAnswers,
    /// The partner's earlier deals that fields were filled from at first.
    pub prefilled: BTreeMap<FieldKey, EarlierDeal>,
    /// The first customers that can be chosen, where the form lets one choose; the others are searched.
    pub customers: Vec<CustomerChoice>,
    /// Unique answers of the draft that another deal has.
    pub taken: FieldErrors,
    /// What the form asks otherwise since the draft was begun.
    pub news: FormNews,
}

impl RegistrationPage {
    /// The server takes no larger files than so many bytes: nor does the form say that it would.
    pub fn take_at_most(&mut self, server: u64) {
        for field in &mut self.form.definition.fields {
            if let FieldKind::File { max_bytes, .. } = &mut field.kind {
                *max_bytes = (*max_bytes).min(server);
            }
        }
    }

    /// What the form's rules may look at besides the answers.
    pub fn context(&self) -> Context {
        let file = |file: &FileView| UploadedFile {
            id: file.id,
            name: file.name.clone(),
            bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
        };
        Context {
            tier: self.tier.as_deref().and_then(|tier| tier.parse().ok()),
            partner_country: Some(self.partner_country.clone()).filter(|code| !code.is_empty()),
            today: self.today,
            imported: false,
            files: self.files.iter().map(file).collect(),
            customers: None,
            known: self.known.clone(),
        }
    }
}

/// A deal that a field of a new one was filled from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierDeal {
    pub deal: DealId,
    pub number: String,
}

/// A request for more information, as the form shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsInfo {
    pub deal: DealId,
    pub number: String,
    pub message: String,
    pub fields: Vec<FieldKey>,
    pub given: Answers,
    pub version: i64,
}

/// What is said after registering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealConfirmation {
    pub deal: DealId,
    pub number: String,
    pub customer: String,
    pub submitted_at: Timestamp,
    pub due_at: Timestamp,
}
