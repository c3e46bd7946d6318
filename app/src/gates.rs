//! What a stage asks before a deal may lie in it: why it was lost, or that it is won. One wording for the board, the list,
//! the deal's page and the plain forms. What its own rules ask besides is `entry`'s.

use domain::deals::{EntryFault, MAX_REASON, MoveDetails, MoveGate, Refusal};
use domain::pipeline::{LostReason, Pipeline, Stage};
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
        MoveGate::AskEntry => format!("What does {customer} bring along?"),
        MoveGate::Free => format!("Move {customer} to stage"),
    }
}

/// The button that answers it.
pub fn verb(gate: MoveGate) -> &'static str {
    match gate {
        MoveGate::AskLostReason => "Mark as lost",
        MoveGate::ConfirmWin => "Mark closed-won",
        MoveGate::Free | MoveGate::AskEntry => "Move",
    }
}

/// The company's reasons for losing, to choose from.
pub fn lost_reasons(pipeline: &Pipeline) -> Vec<Choice> {
    reason_choices(&pipeline.lost_reasons)
}

pub fn reason_choices(reasons: &[LostReason]) -> Vec<Choice> {
    let choice = |reason: &LostReason| {
        Choice::new(reason.id.to_string(), reason.label.clone()).in_group(&reason.group)
    };
    reasons.iter().map(choice).collect()
}

/// A stage to choose, under the name of its pipeline where there are several.
pub fn stage_choice(pipeline: &Pipeline, stage: &Stage) -> Choice {
    let choice = Choice::new(stage.id.to_string(), stage.name.clone());
    if pipeline.heads.is_single() {
        choice
    } else {
        choice.in_group(pipeline.heads.name(stage.pipeline))
    }
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
    /// Before the names of the controls: among the answers of a form they must not be the keys of fields.
    before_names: &'static str,
    /// Whether the stage asks for a note.
    needs_note: bool,
    pub reason: RwSignal<String>,
    pub note: RwSignal<String>,
    pub missing: RwSignal<Option<String>>,
    pub note_missing: RwSignal<Option<String>>,
}

impl Reply {
    pub fn new(prefix: &'static str) -> Self {
        Self {
            prefix,
            before_names: "",
            needs_note: false,
            reason: RwSignal::new(String::new()),
            note: RwSignal::new(String::new()),
            missing: RwSignal::new(None),
            note_missing: RwSignal::new(None),
        }
    }

    /// The same beside the fields of a form, for a stage that may ask for a note.
    #[must_use]
    pub fn beside_answers(self, needs_note: bool) -> Self {
        Self {
            before_names: "_",
            needs_note,
            ..self
        }
    }

    pub fn note_id(self) -> String {
        format!("{}-lost-note", self.prefix)
    }

    fn name(self, name: &str) -> String {
        format!("{}{name}", self.before_names)
    }

    pub fn reason_id(self) -> String {
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
        let note = self.note.get_untracked();
        if self.needs_note && note.trim().is_empty() {
            self.note_missing.set(Some(EntryFault::NOTE.to_owned()));
            focus_by_id(&self.note_id());
            return None;
        }
        self.note_missing.set(None);
        Some(match gate {
            MoveGate::AskLostReason => MoveDetails {
                lost_reason,
                note,
                ..MoveDetails::default()
            },
            MoveGate::ConfirmWin => MoveDetails {
                win_confirmed: true,
                note,
                ..MoveDetails::default()
            },
            MoveGate::Free | MoveGate::AskEntry => MoveDetails {
                note,
                ..MoveDetails::default()
            },
        })
    }
}

/// The fields of the question, under the names that a plain form posts.
#[component]
pub fn GateFields(gate: MoveGate, reply: Reply, reasons: Vec<Choice>) -> impl IntoView {
    let asks_note = reply.needs_note || gate == MoveGate::AskLostReason;
    let note = asks_note.then(|| {
        let label = if reply.needs_note {
            "Note"
        } else {
            "Note (optional)"
        };
        view! {
            <TextArea
                id=reply.note_id()
                name=reply.name("note")
                label
                required=reply.needs_note
                bind=reply.note
                maxlength=max_reason()
                error=reply.note_missing
            />
        }
    });
    let question = match gate {
        MoveGate::AskLostReason => view! {
            <Select
                id=reply.reason_id()
                name=reply.name("lost_reason")
                label="Reason"
                prompt="Choose a reason"
                choices=reasons
                required=true
                error=reply.missing
                bind=reply.reason
            />
        }
        .into_any(),
        MoveGate::ConfirmWin => view! {
            <p>{WIN_LOCKS}</p>
            <input type="hidden" name=reply.name("won") value="true"/>
        }
        .into_any(),
        MoveGate::Free | MoveGate::AskEntry => ().into_any(),
    };
    view! {
        {question}
        {note}
    }
}
