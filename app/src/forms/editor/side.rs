//! What stands beside the form on the desk: where the pointer is, what is tried, who else is there.

use domain::views::{FormEditorView, OtherEditor};
use leptos::prelude::*;

use super::{drag::Drag, trial::Trial};
use crate::ui::Toasts;

/// Where the page is narrow: what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    Form,
    Palette,
    Versions,
}

impl Pane {
    pub const ALL: [Self; 3] = [Self::Form, Self::Palette, Self::Versions];

    pub fn word(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Palette => "palette",
            Self::Versions => "versions",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Form => "Form",
            Self::Palette => "Add a field",
            Self::Versions => "Versions",
        }
    }
}

/// Behind one handle, so that a desk stays small enough to be passed along.
#[derive(Clone, Copy)]
pub struct Side {
    pub pane: RwSignal<Pane>,
    /// Where the page is narrow: whether the sheet with the properties is open.
    pub sheet: RwSignal<bool>,
    pub drag: RwSignal<Drag>,
    pub trial: StoredValue<Trial>,
    /// The other open windows of this form's editor.
    pub others: RwSignal<Vec<OtherEditor>>,
    /// What somebody else saved first, once it is known, after a save of one's own was refused.
    pub theirs: RwSignal<Option<FormEditorView>>,
    pub toasts: Option<Toasts>,
}

impl Side {
    pub fn new(trial: Trial) -> Self {
        Self {
            pane: RwSignal::new(Pane::Form),
            sheet: RwSignal::new(false),
            drag: RwSignal::new(Drag::default()),
            trial: StoredValue::new(trial),
            others: RwSignal::new(Vec::new()),
            theirs: RwSignal::new(None),
            toasts: use_context::<Toasts>(),
        }
    }
}
