//! What happened to a deal, in the past tense: the entries of its history.

use serde::{Deserialize, Serialize};

use super::amending::{AnswerChange, amended_words};
use super::given::Given;
use crate::commissions::CommissionFact;
use crate::forms::FieldKey;
use crate::messages::INTERNAL_FACTS;
use crate::pipeline::{Pipeline, Stage};
use crate::{CustomerId, FileId, Locale, StageId, Timestamp};

/// A stage by id and by the name that it had then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRef {
    pub id: StageId,
    pub name: String,
}

impl StageRef {
    pub fn of(stage: &Stage) -> Self {
        Self {
            id: stage.id,
            name: stage.name.clone(),
        }
    }
}

/// The names of facts that are the partner team's own business: of a draft, and of an answer that is not sent yet. For
/// the company they do not exist.
pub const PRIVATE_FACTS: [&str; 4] = [
    "deal_drafted",
    "draft_deleted",
    "file_attached",
    "file_removed",
];

/// One fact in a deal's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DealFact {
    DealDrafted,
    /// The draft was taken away, with its files.
    DraftDeleted,
    FileAttached {
        file: FileId,
        name: String,
    },
    FileRemoved {
        file: FileId,
        name: String,
    },
    DealSubmitted {
        number: String,
    },
    DealResubmitted {
        fields: Vec<FieldKey>,
        note: String,
    },
    DealApproved {
        message: String,
        protected_until: Timestamp,
        stage: StageRef,
    },
    DealDeclined {
        reason: String,
    },
    DealMarkedIneligible {
        reason: String,
    },
    InfoRequested {
        message: String,
        fields: Vec<FieldKey>,
    },
    DealWithdrawn,
    DealAppealed {
        note: String,
    },
    StageMoved {
        from: StageRef,
        to: StageRef,
        /// Seconds that the deal was in `from`.
        seconds_in_stage: i64,
        /// Set when a person of the company moved it.
        override_reason: Option<String>,
        #[serde(default, skip_serializing_if = "Given::is_nothing")]
        given: Given,
    },
    /// A new place within its column.
    DealReordered {
        stage: StageRef,
        /// Set when a person of the company did it.
        #[serde(default)]
        override_reason: Option<String>,
    },
    DealLost {
        from: StageRef,
        to: StageRef,
        seconds_in_stage: i64,
        reason: String,
        note: String,
        override_reason: Option<String>,
        #[serde(default, skip_serializing_if = "Given::is_nothing")]
        given: Given,
    },
    WinMarked {
        from: StageRef,
        to: StageRef,
        seconds_in_stage: i64,
        customer: CustomerId,
        override_reason: Option<String>,
        #[serde(default, skip_serializing_if = "Given::is_nothing")]
        given: Given,
    },
    WinConfirmed {
        customer: CustomerId,
    },
    WinRejected {
        reason: String,
        to: StageRef,
    },
    ProtectionExtended {
        until: Timestamp,
    },
    ProtectionExpired,
    /// The company retired the deal's stage.
    StageRetired {
        from: StageRef,
        to: StageRef,
    },
    /// The company changed answers that both sides see.
    AnswersChanged {
        fields: Vec<FieldKey>,
    },
    /// The partner changed answers after the approval.
    DealAmended {
        changes: Vec<AnswerChange>,
        note: String,
    },
    /// The company filled in its own fields. The partner does not know of them.
    CompanyAnswersChanged {
        fields: Vec<FieldKey>,
    },
    /// What the deal earned.
    #[serde(untagged)]
    Commission(CommissionFact),
}

impl DealFact {
    /// The word it is stored under: the serde tag.
    pub fn name(&self) -> &'static str {
        match self {
            Self::DealDrafted => "deal_drafted",
            Self::DraftDeleted => "draft_deleted",
            Self::FileAttached { .. } => "file_attached",
            Self::FileRemoved { .. } => "file_removed",
            Self::DealSubmitted { .. } => "deal_submitted",
            Self::DealResubmitted { .. } => "deal_resubmitted",
            Self::DealApproved { .. } => "deal_approved",
            Self::DealDeclined { .. } => "deal_declined",
            Self::DealMarkedIneligible { .. } => "deal_marked_ineligible",
            Self::InfoRequested { .. } => "info_requested",
            Self::DealWithdrawn => "deal_withdrawn",
            Self::DealAppealed { .. } => "deal_appealed",
            Self::StageMoved { .. } => "stage_moved",
            Self::DealReordered { .. } => "deal_reordered",
            Self::DealLost { .. } => "deal_lost",
            Self::WinMarked { .. } => "win_marked",
            Self::WinConfirmed { .. } => "win_confirmed",
            Self::WinRejected { .. } => "win_rejected",
            Self::ProtectionExtended { .. } => "protection_extended",
            Self::ProtectionExpired => "protection_expired",
            Self::StageRetired { .. } => "stage_retired",
            Self::AnswersChanged { .. } => "answers_changed",
            Self::DealAmended { .. } => "deal_amended",
            Self::CompanyAnswersChanged { .. } => "company_answers_changed",
            Self::Commission(fact) => fact.name(),
        }
    }

    /// The line in the timeline, after the actor's name.
    pub fn sentence(&self) -> String {
        self.sentence_in(Locale::default())
    }

    /// The same, with amounts and days as the locale writes them.
    pub fn sentence_in(&self, locale: Locale) -> String {
        match self {
            Self::DealDrafted => "started a draft".into(),
            Self::DraftDeleted => "deleted the draft".into(),
            Self::FileAttached { name, .. } => format!("attached {name}"),
            Self::FileRemoved { name, .. } => format!("removed {name}"),
            Self::DealSubmitted { number } => format!("registered the deal as {number}"),
            Self::DealResubmitted { .. } => "answered and submitted again".into(),
            Self::DealApproved {
                protected_until, ..
            } => {
                format!(
                    "approved the registration; protected until {}",
                    locale.date(protected_until.date())
                )
            }
            Self::DealDeclined { .. } => "declined the registration".into(),
            Self::DealMarkedIneligible { .. } => {
                "marked the deal ineligible: the company\u{2019}s own team already works it".into()
            }
            Self::InfoRequested { .. } => "asked for more information".into(),
            Self::DealWithdrawn => "withdrew the registration".into(),
            Self::DealAppealed { .. } => "appealed the verdict".into(),
            Self::StageMoved {
                from,
                to,
                override_reason,
                given,
                ..
            } => {
                let by_company = if override_reason.is_some() {
                    "overrode the stage: "
                } else {
                    ""
                };
                format!(
                    "{by_company}moved the deal from {} to {}{}",
                    from.name,
                    to.name,
                    given.words()
                )
            }
            Self::DealReordered { stage, .. } => format!("changed the order in {}", stage.name),
            Self::DealLost { from, to, .. } => {
                format!("moved the deal from {} to {}: lost", from.name, to.name)
            }
            Self::WinMarked { from, to, .. } => {
                format!(
                    "marked the deal closed-won, from {} to {}",
                    from.name, to.name
                )
            }
            Self::WinConfirmed { .. } => "confirmed the win".into(),
            Self::WinRejected { to, .. } => {
                format!("rejected the win; the deal is open again at {}", to.name)
            }
            Self::ProtectionExtended { until } => {
                format!("extended the protection to {}", locale.date(until.date()))
            }
            Self::ProtectionExpired => "protection ran out".into(),
            Self::StageRetired { from, to } => {
                format!(
                    "retired the stage {}; the deal moved to {}",
                    from.name, to.name
                )
            }
            Self::AnswersChanged { fields } if fields.len() == 1 => "changed an answer".into(),
            Self::AnswersChanged { fields } => format!("changed {} answers", fields.len()),
            Self::DealAmended { changes, .. } => amended_words(changes),
            Self::CompanyAnswersChanged { .. } => "changed the company\u{2019}s own answers".into(),
            Self::Commission(fact) => fact.sentence_in(locale),
        }
    }

    /// The words that somebody wrote with it, shown as a quotation.
    pub fn quotation(&self) -> Option<&str> {
        let words = match self {
            Self::DealApproved { message, .. } | Self::InfoRequested { message, .. } => message,
            Self::DealDeclined { reason }
            | Self::DealMarkedIneligible { reason }
            | Self::WinRejected { reason, .. }
            | Self::DealLost { reason, .. }
            | Self::StageMoved {
                override_reason: Some(reason),
                ..
            }
            | Self::WinMarked {
                override_reason: Some(reason),
                ..
            }
            | Self::DealReordered {
                override_reason: Some(reason),
                ..
            } => reason,
            Self::DealResubmitted { note, .. }
            | Self::DealAppealed { note }
            | Self::DealAmended { note, .. } => note,
            Self::StageMoved { given, .. } | Self::WinMarked { given, .. } => &given.note,
            Self::Commission(fact) => fact.quotation()?,
            _ => return None,
        };
        (!words.is_empty()).then_some(words)
    }

    /// What was answered before, and what since.
    pub fn changes(&self) -> &[AnswerChange] {
        match self {
            Self::DealAmended { changes, .. } => changes,
            _ => &[],
        }
    }

    /// Seconds that the deal had been in the stage that it left.
    pub fn seconds_in_stage(&self) -> Option<i64> {
        match self {
            Self::StageMoved {
                seconds_in_stage, ..
            }
            | Self::DealLost {
                seconds_in_stage, ..
            }
            | Self::WinMarked {
                seconds_in_stage, ..
            } => Some(*seconds_in_stage),
            _ => None,
        }
    }

    /// Whether it is of what the deal earned, and not of the deal itself: its version stays.
    pub fn is_of_commissions(&self) -> bool {
        matches!(self, Self::Commission(_))
    }

    /// Whether the timeline shows it (a new place within a column is not news).
    pub fn is_news(&self) -> bool {
        !matches!(self, Self::DealReordered { .. })
    }

    /// The same as it reads today: a stage that has another name by now, with the one that it had then.
    #[must_use]
    pub fn with_names_of(&self, pipeline: &Pipeline) -> Self {
        let mut fact = self.clone();
        for stage in fact.stages_mut() {
            let now = pipeline.find(stage.id);
            if let Some(now) = now.filter(|now| now.name != stage.name && !stage.name.is_empty()) {
                stage.name = format!("{} (then called {})", now.name, stage.name);
            }
        }
        fact
    }

    fn stages_mut(&mut self) -> Vec<&mut StageRef> {
        match self {
            Self::StageMoved { from, to, .. }
            | Self::DealLost { from, to, .. }
            | Self::WinMarked { from, to, .. }
            | Self::StageRetired { from, to } => vec![from, to],
            Self::DealReordered { stage, .. } | Self::DealApproved { stage, .. } => vec![stage],
            Self::WinRejected { to, .. } => vec![to],
            _ => Vec::new(),
        }
    }

    /// Whether the deal differs afterwards only in where it lies, and in who changed it and when.
    pub fn only_places(&self) -> bool {
        match self {
            Self::DealReordered { .. } => true,
            Self::StageMoved { given, .. } | Self::DealLost { given, .. } => {
                given.fields.is_empty()
            }
            _ => false,
        }
    }

    /// Whether the deal may stand afterwards where it did not, or the other way round: see [`super::Deal::stands`].
    pub fn may_change_standing(&self) -> bool {
        matches!(
            self,
            Self::DealDeclined { .. }
                | Self::DealMarkedIneligible { .. }
                | Self::DealWithdrawn
                | Self::DealAppealed { .. }
                | Self::StageMoved { .. }
                | Self::DealLost { .. }
                | Self::WinMarked { .. }
                | Self::ProtectionExtended { .. }
                | Self::ProtectionExpired
        )
    }

    /// Whether only the company may know of it: see [`INTERNAL_FACTS`].
    pub fn is_internal(&self) -> bool {
        INTERNAL_FACTS.contains(&self.name())
    }

    /// Whether only the partner team may know of it: see [`PRIVATE_FACTS`].
    pub fn is_private(&self) -> bool {
        PRIVATE_FACTS.contains(&self.name())
    }
}
