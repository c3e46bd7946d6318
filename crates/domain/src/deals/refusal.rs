//! Why a rule says no. The text stands here once, for every door and for the browser.

use serde::{Deserialize, Serialize};

/// A refusal of the deal's rules. The command changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    SubmissionsClosed,
    NotSubmittedYet,
    AlreadySubmitted,
    AwaitsReview,
    AwaitsInfo,
    IsIneligible,
    IsDeclined,
    IsWithdrawn,
    IsExpired,
    AlreadyApproved,
    NotApproved,
    LockedByWin,
    StageGone,
    LostReasonMissing,
    LostReasonUnknown,
    WinUnconfirmed,
    NoPendingWin,
    WinAlreadyConfirmed,
    ReopensAtOpenStageOnly,
    ReasonMissing,
    ReasonTooLong,
    CompanyOverridesOnly,
    AppealUsed,
    ExtensionUsed,
    NoOpenStage,
    FieldsUnknown,
    MayNotWorkDeals,
    CommissionPending,
    CommissionApproved,
    CommissionHeld,
    CommissionNotHeld,
    CommissionPaid,
    CommissionClosed,
    CorrectionIsZero,
    CorrectionTooLarge,
    CorrectionOfCorrection,
    CommissionCorrected,
    OfferEnded,
    WinNotConfirmed,
    CompanyMovesIn,
    CompanyMovesOut,
    PartnerMovesIn,
    PartnerMovesOut,
    EntryMissing,
    IsLost,
    OtherPipeline,
}

impl Refusal {
    /// The input that it is about, by the name that forms give it; `None` when it is about the deal as a whole.
    pub fn input(&self) -> Option<&'static str> {
        match self {
            Self::ReasonMissing | Self::ReasonTooLong => Some("reason"),
            Self::LostReasonMissing | Self::LostReasonUnknown => Some("lost_reason"),
            Self::WinUnconfirmed => Some("won"),
            Self::StageGone
            | Self::CompanyMovesIn
            | Self::CompanyMovesOut
            | Self::PartnerMovesIn
            | Self::PartnerMovesOut
            | Self::OtherPipeline => Some("to_stage"),
            _ => None,
        }
    }

    /// What happened and what to do next.
    pub fn text(&self) -> &'static str {
        match self {
            Self::SubmissionsClosed => {
                "The company does not take new deal registrations at the moment. Deals that exist go on."
            }
            Self::NotSubmittedYet => "This deal is still a draft. Submit the registration first.",
            Self::AlreadySubmitted => "This deal is registered already.",
            Self::AwaitsReview => {
                "The company has not decided on this registration yet. The stage can change after approval."
            }
            Self::AwaitsInfo => {
                "The company asked for more information. Answer first; the stage can change after approval."
            }
            Self::IsIneligible => {
                "This deal is ineligible: the company\u{2019}s own team already works it. It cannot progress."
            }
            Self::IsDeclined => "This registration was declined, so the deal cannot progress.",
            Self::IsWithdrawn => "This registration was withdrawn.",
            Self::IsExpired => {
                "The protection of this deal ran out. Ask for an extension before moving it."
            }
            Self::AlreadyApproved => "This registration is approved already.",
            Self::NotApproved => "Only an approved deal can do that.",
            Self::LockedByWin => {
                "This deal is closed-won and locked. Only the company can reopen it."
            }
            Self::StageGone => "That stage is no longer in use. Reload to see the current stages.",
            Self::LostReasonMissing => "Choose why the deal was lost.",
            Self::LostReasonUnknown => "That reason is no longer in use. Choose another one.",
            Self::WinUnconfirmed => "Confirm that the deal is won.",
            Self::NoPendingWin => "There is no win that waits for confirmation.",
            Self::WinAlreadyConfirmed => "This win is confirmed already.",
            Self::ReopensAtOpenStageOnly => "A rejected win reopens at an open stage. Choose one.",
            Self::ReasonMissing => "Enter a reason. The partner reads it.",
            Self::ReasonTooLong => "Shorten the text to 2,000 characters or fewer.",
            Self::CompanyOverridesOnly => {
                "The partner works this deal. Override the stage with a reason if you must."
            }
            Self::AppealUsed => {
                "This verdict was appealed once already; a second appeal is not possible."
            }
            Self::ExtensionUsed => "The one extension of this deal is used.",
            Self::NoOpenStage => "This program has no open stage to put the deal in.",
            Self::FieldsUnknown => "Choose fields of this deal\u{2019}s form.",
            Self::MayNotWorkDeals => "Your role can see deals, but not change them.",
            Self::CommissionPending => "This commission waits for the confirmation of the win.",
            Self::CommissionApproved => "This commission is approved already.",
            Self::CommissionHeld => "This commission is on hold. Release it first.",
            Self::CommissionNotHeld => "This commission is not on hold.",
            Self::CommissionPaid => {
                "This commission is paid and does not change. Add a correction instead."
            }
            Self::CommissionClosed => "This commission is declined or void: nothing is owed.",
            Self::CorrectionIsZero => "Enter an amount above or below zero.",
            Self::CorrectionTooLarge => {
                "A correction can take back what the commission comes to, and no more."
            }
            Self::CorrectionOfCorrection => "Correct the commission itself, not its correction.",
            Self::CommissionCorrected => {
                "Other lines correct this one, or take back what it adds. Decline those first."
            }
            Self::OfferEnded => "This offer has ended. Publish a new one instead.",
            Self::WinNotConfirmed => {
                "Confirm the win first. Only the customers of confirmed wins have transactions."
            }
            Self::EntryMissing => {
                "This stage asks for more. Open the deal and answer what is missing."
            }
            Self::IsLost => "This deal is lost. Move it to an open stage first.",
            Self::OtherPipeline => {
                "That stage belongs to another pipeline. A deal moves within its own."
            }
            Self::CompanyMovesIn => "Only the company moves deals into this stage.",
            Self::CompanyMovesOut => "Only the company moves deals out of the stage that it is in.",
            Self::PartnerMovesIn => {
                "Only the partner moves deals into this stage: it cannot be overridden."
            }
            Self::PartnerMovesOut => {
                "Only the partner moves deals out of the stage that it is in: it cannot be overridden."
            }
        }
    }
}
