//! What the reviewer has entered for a case, not decided yet. The desk keeps it while it is open: an Undo brings it back.

use domain::views::CompanyDealView;
use leptos::prelude::*;

use super::verdict::Verdict;
use crate::ui::{FieldMessage, message_at};

/// Counted, not owned by a form: it outlives the form that is open.
#[derive(Debug, Clone)]
pub struct Draft {
    pub chosen: ArcRwSignal<Option<Verdict>>,
    pub text: ArcRwSignal<String>,
    /// Where a rejected win reopens.
    pub stage: ArcRwSignal<String>,
    /// The fields that are open to the partner.
    pub fields: ArcRwSignal<Vec<String>>,
    pub faults: ArcRwSignal<Vec<FieldMessage>>,
}

impl Draft {
    pub fn of(view: &CompanyDealView) -> Self {
        let present = view
            .deal
            .placement
            .as_ref()
            .map(|placement| placement.stage);
        let pipeline = &view.deal.pipeline;
        let stage = pipeline.first_open_of(pipeline.pipeline_of(present));
        let stage = stage.map(|stage| stage.id.to_string()).unwrap_or_default();
        Self {
            chosen: ArcRwSignal::new(None),
            text: ArcRwSignal::new(String::new()),
            stage: ArcRwSignal::new(stage),
            fields: ArcRwSignal::new(Vec::new()),
            faults: ArcRwSignal::new(Vec::new()),
        }
    }

    /// The same, as the open form's parts share it.
    pub fn shared(&self) -> Entered {
        Entered {
            chosen: self.chosen.clone().into(),
            text: self.text.clone().into(),
            stage: self.stage.clone().into(),
            fields: self.fields.clone().into(),
            faults: self.faults.clone().into(),
        }
    }
}

/// A draft while its form is open.
#[derive(Debug, Clone, Copy)]
pub struct Entered {
    pub chosen: RwSignal<Option<Verdict>>,
    pub text: RwSignal<String>,
    pub stage: RwSignal<String>,
    pub fields: RwSignal<Vec<String>>,
    pub faults: RwSignal<Vec<FieldMessage>>,
}

impl Entered {
    /// The message at that control.
    pub fn fault_at(self, id: impl Into<String>) -> Signal<Option<String>> {
        message_at(self.faults, id)
    }
}
