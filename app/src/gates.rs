//! What a stage asks before a deal may lie in it: why it was lost, or that it is won. One wording for the board, the list,
//! the deal's page and the plain forms.

use domain::deals::{MAX_REASON, MoveDetails, MoveGate, Refusal};
use domain::pipeline::Pipeline;
use leptos::prelude::*;

use crate::ui::{Choice, Select, TextArea, focus_by_id};

/// What a win means for the partner.
pub const WIN_LOCKS: &str = "The company is told and confirms the win. Until then, and after it, the deal is locked: you \
     cannot move or change it. Only the company can open it again.";

/// The question itself, as a heading.
pub fn question(gate: MoveGate, customer: &str) -> String {
    match gate {
        MoveGate::AskLostReason => format!("Why was {customer} lost?"),
        MoveGate::ConfirmWin => format!("Is {customer} won?"),
        MoveGate::Free => format!("Move {customer} to stage"),
    }
}

/// The button that answers it.
pub fn verb(gate: MoveGate) -> &'static str {
    match gate {
        MoveGate::AskLostReason => "Mark as lost",
        MoveGate::ConfirmWin => "Mark closed-won",
        MoveGate::Free => "Move",
    }
}

/// The company's reasons for losing, to choose from.
pub fn lost_reasons(pipeline: &Pipeline) -> Vec<Choice> {
    let reasons = pipeline.lost_reasons.iter();
    reasons
        .map(|reason| Choice::new(reason.id.to_string(), reason.label.clone()))
        .collect()
}

/// The longest note or reason, for the control.
pub fn max_reason() -> u32 {
    u32::try_from(MAX_REASON).unwrap_or(u32::MAX)
}

/// What was entered so far.
#[derive(Debug, Clone, Copy)]
pub struct Reply {
    /// Before the ids of the controls: a page may ask in two places.
    prefix: &'static str,
    reason: RwSignal<String>,
    note: RwSignal<String>,
    missing: RwSignal<Option<String>>,
}

impl Reply {
    pub fn new(prefix: &'static str) -> Self {
        Self {
            prefix,
            reason: RwSignal::new(String::new()),
            note: RwSignal::new(String::new()),
            missing: RwSignal::new(None),
        }
    }

    fn reason_id(self) -> String {
        format!("{}-lost-reason", self.prefix)
    }

    /// The answer; or nothing, and the field that lacks it says so and has the focus.
    pub fn details(self, gate: MoveGate) -> Option<MoveDetails> {
        let lost_reason = self.reason.get_untracked().parse().ok();
        if gate == MoveGate::AskLostReason && lost_reason.is_none() {
            self.missing
                .set(Some(Refusal::LostReasonMissing.text().to_owned()));
            focus_by_id(&self.reason_id());
            return None;
        }
        self.missing.set(None);
        Some(match gate {
            MoveGate::AskLostReason => MoveDetails {
                lost_reason,
                note: self.note.get_untracked(),
                ..MoveDetails::default()
            },
            MoveGate::ConfirmWin => MoveDetails {
                win_confirmed: true,
                ..MoveDetails::default()
            },
            MoveGate::Free => MoveDetails::default(),
        })
    }
}

/// The fields of the question, under the names that a plain form posts.
#[component]
pub fn GateFields(gate: MoveGate, reply: Reply, reasons: Vec<Choice>) -> impl IntoView {
    match gate {
        MoveGate::AskLostReason => view! {
            <Select
                id=reply.reason_id()
                name="lost_reason"
                label="Reason"
                prompt="Choose a reason"
                choices=reasons
                required=true
                error=reply.missing
                bind=reply.reason
            />
            <TextArea
                id=format!("{}-lost-note", reply.prefix)
                name="note"
                label="Note (optional)"
                bind=reply.note
                maxlength=max_reason()
            />
        }
        .into_any(),
        MoveGate::ConfirmWin => view! {
            <p>{WIN_LOCKS}</p>
            <input type="hidden" name="won" value="true"/>
        }
        .into_any(),
        MoveGate::Free => ().into_any(),
    }
}
