//! The verdicts, as the desk offers them and as a form posts them.

use domain::deals::WinStatus;
use domain::views::CompanyDealView;

/// What the reviewer can say of a registration or of a win.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Approve,
    AskInfo,
    Decline,
    Ineligible,
    ConfirmWin,
    RejectWin,
}

impl Verdict {
    const ALL: [Self; 6] = [
        Self::Approve,
        Self::AskInfo,
        Self::Decline,
        Self::Ineligible,
        Self::ConfirmWin,
        Self::RejectWin,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::AskInfo => "ask_info",
            Self::Decline => "decline",
            Self::Ineligible => "ineligible",
            Self::ConfirmWin => "confirm_win",
            Self::RejectWin => "reject_win",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::AskInfo => "Ask for info",
            Self::Decline => "Decline",
            Self::Ineligible => "Ineligible",
            Self::ConfirmWin => "Confirm the win",
            Self::RejectWin => "Reject the win",
        }
    }

    /// The key that chooses it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Approve | Self::ConfirmWin => "a",
            Self::AskInfo => "n",
            Self::Decline | Self::RejectWin => "d",
            Self::Ineligible => "i",
        }
    }

    /// What it means, in a line.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Approve => "The deal is protected and the partner works it from the first stage.",
            Self::AskInfo => "The partner answers; only the fields you name are open to them.",
            Self::Decline => "Any reason but our own team. The partner may appeal once.",
            Self::Ineligible => "Our own team already works this deal. It cannot progress.",
            Self::ConfirmWin => "The customer becomes ours for good, and the commission follows.",
            Self::RejectWin => "The deal opens again at the stage you choose.",
        }
    }

    pub fn needs_text(self) -> bool {
        !matches!(self, Self::Approve | Self::ConfirmWin)
    }

    pub fn takes_text(self) -> bool {
        self != Self::ConfirmWin
    }

    /// What was done, for the line that offers Undo.
    pub fn done(self) -> &'static str {
        match self {
            Self::Approve => "Approving",
            Self::AskInfo => "Asking about",
            Self::Decline => "Declining",
            Self::Ineligible => "Marking ineligible:",
            Self::ConfirmWin => "Confirming the win of",
            Self::RejectWin => "Rejecting the win of",
        }
    }

    /// What the partner will read.
    pub fn letter(self, deal: &CompanyDealView, text: &str) -> String {
        let subject = format!("{} {}", deal.deal.number, deal.deal.summary.customer);
        let opening = match self {
            Self::Approve => "Your registration is approved. You can work the deal now.",
            Self::AskInfo => "We need more information before we can decide.",
            Self::Decline => "Your registration was declined.",
            Self::Ineligible => "This deal is ineligible: our own team already works it.",
            Self::ConfirmWin => "Your win is confirmed. Thank you.",
            Self::RejectWin => "We could not confirm this win. The deal is open again.",
        };
        let text = text.trim();
        let rest = if text.is_empty() || !self.takes_text() {
            String::new()
        } else {
            format!("\n\n{text}")
        };
        format!("{subject}\n{opening}{rest}")
    }
}

/// The verdicts that are possible on that deal now.
pub fn possible(deal: &CompanyDealView) -> Vec<Verdict> {
    if deal.deal.actions.decide {
        vec![
            Verdict::Approve,
            Verdict::AskInfo,
            Verdict::Decline,
            Verdict::Ineligible,
        ]
    } else if deal.deal.actions.judge_win && deal.deal.win.status() == WinStatus::Pending {
        vec![Verdict::ConfirmWin, Verdict::RejectWin]
    } else {
        Vec::new()
    }
}

#[cfg(feature = "ssr")]
pub use posting::{carry_out, posted};

#[cfg(feature = "ssr")]
mod posting {
    use domain::commands::{DecideDeal, JudgeWin};
    use domain::deals::{Decision, WinVerdict};
    use domain::forms::FieldKey;
    use domain::{AppError, DealId, StageId};
    use services::CompanyAccess;

    use super::Verdict;
    use crate::error::ActionError;

    /// A verdict as a form posts it.
    pub struct Posted {
        pub deal: DealId,
        pub version: i64,
        pub verdict: String,
        pub text: String,
        pub fields: Vec<String>,
        pub stage: String,
    }

    /// What the form posted, put together.
    pub fn posted(
        deal: DealId,
        version: i64,
        verdict: String,
        text: String,
        fields: Vec<String>,
        stage: String,
    ) -> Posted {
        Posted {
            deal,
            version,
            verdict,
            text,
            fields,
            stage,
        }
    }

    /// Reads the verdict and hands it to the use case that it belongs to.
    pub async fn carry_out(access: &CompanyAccess, posted: Posted) -> Result<(), ActionError> {
        let Posted {
            deal,
            version,
            verdict,
            text,
            fields,
            stage,
        } = posted;
        let choose = || AppError::input("verdict", "Choose a verdict");
        let verdict = Verdict::parse(&verdict).ok_or_else(choose)?;
        let fields = || {
            fields
                .iter()
                .filter_map(|key| FieldKey::parse(key).ok())
                .collect()
        };
        let decision = match verdict {
            Verdict::Approve => Decision::Approve { message: text },
            Verdict::AskInfo => Decision::AskInfo {
                message: text,
                fields: fields(),
            },
            Verdict::Decline => Decision::Decline { reason: text },
            Verdict::Ineligible => Decision::Ineligible { reason: text },
            Verdict::ConfirmWin => {
                access
                    .judge_win(JudgeWin {
                        deal,
                        verdict: WinVerdict::Confirm,
                        version,
                    })
                    .await?;
                return Ok(());
            }
            Verdict::RejectWin => {
                let reopen_at = stage
                    .parse::<StageId>()
                    .map_err(|_| AppError::input("stage", "Choose a stage"))?;
                let verdict = WinVerdict::Reject {
                    reason: text,
                    reopen_at,
                };
                access
                    .judge_win(JudgeWin {
                        deal,
                        verdict,
                        version,
                    })
                    .await?;
                return Ok(());
            }
        };
        access
            .decide(DecideDeal {
                deal,
                decision,
                version,
            })
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_reads_back() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::parse(verdict.word()), Some(verdict));
        }
        assert_eq!(Verdict::parse("maybe"), None);
    }
}
