//! What the editor's inputs hold, and what the domain says of it while one types.

use domain::errors::InputFault;
use domain::offers::{MAX_STEPS, OfferDraft, OfferTerms, StepDraft};
use domain::{Locale, TierId};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::model::trimmed;
use crate::ui::FieldMessage;

/// One row of the steps.
#[derive(Clone, Copy)]
pub struct StepRow {
    pub above: RwSignal<String>,
    pub percent: RwSignal<String>,
}

/// Every input as it stands.
#[derive(Clone, Copy)]
pub struct Typed {
    pub name: RwSignal<String>,
    pub trigger: RwSignal<String>,
    pub rate: RwSignal<String>,
    pub currency: RwSignal<String>,
    pub amount: RwSignal<String>,
    pub percent: RwSignal<String>,
    pub minimum: RwSignal<String>,
    pub cap: RwSignal<String>,
    pub starts_on: RwSignal<String>,
    pub ends_on: RwSignal<String>,
    pub tiers: RwSignal<Vec<TierId>>,
    /// All rows that there may be; the first `shown` of them are on the page.
    rows: StoredValue<Vec<StepRow>>,
    pub shown: RwSignal<usize>,
    /// Once it was to be published, what is wrong is said at its input.
    pub tried: RwSignal<bool>,
    /// How its numbers are typed.
    pub locale: Locale,
}

impl Typed {
    /// `rows` are shown at least.
    pub fn new(draft: OfferDraft, rows: usize, tried: bool, locale: Locale) -> Self {
        let shown = draft.steps.len().max(rows).min(MAX_STEPS);
        let mut steps = draft.steps;
        steps.resize(MAX_STEPS, StepDraft::default());
        let all = steps.into_iter().map(|step| StepRow {
            above: RwSignal::new(step.above),
            percent: RwSignal::new(step.percent),
        });
        Self {
            name: RwSignal::new(draft.name),
            trigger: RwSignal::new(draft.trigger.as_str().to_owned()),
            rate: RwSignal::new(draft.rate.as_str().to_owned()),
            currency: RwSignal::new(draft.currency),
            amount: RwSignal::new(draft.amount),
            percent: RwSignal::new(draft.percent),
            minimum: RwSignal::new(draft.minimum),
            cap: RwSignal::new(draft.cap),
            starts_on: RwSignal::new(draft.starts_on),
            ends_on: RwSignal::new(draft.ends_on),
            tiers: RwSignal::new(draft.tiers),
            rows: StoredValue::new(all.collect()),
            shown: RwSignal::new(shown),
            tried: RwSignal::new(tried),
            locale,
        }
    }

    pub fn row(self, place: usize) -> Option<StepRow> {
        self.rows.with_value(|rows| rows.get(place).copied())
    }

    /// The same with plain numbers, as the door takes them.
    pub fn plain(self) -> OfferDraft {
        self.draft().plainly(self.locale).0
    }

    /// The inputs as they are typed.
    pub fn draft(self) -> OfferDraft {
        let shown = self.shown.get();
        let empty = OfferDraft::empty(domain::Currency::EUR);
        let rows = self.rows.get_value();
        let steps = rows.into_iter().take(shown).map(|row| StepDraft {
            above: row.above.get(),
            percent: row.percent.get(),
        });
        trimmed(OfferDraft {
            name: self.name.get(),
            tiers: self.tiers.get(),
            trigger: self
                .trigger
                .with(|word| word.parse().unwrap_or(empty.trigger)),
            rate: self.rate.with(|word| word.parse().unwrap_or(empty.rate)),
            currency: self.currency.get(),
            amount: self.amount.get(),
            percent: self.percent.get(),
            steps: steps.collect(),
            minimum: self.minimum.get(),
            cap: self.cap.get(),
            starts_on: self.starts_on.get(),
            ends_on: self.ends_on.get(),
        })
    }

    /// The terms as far as they can be read: an example needs no name.
    pub fn preview(self) -> Option<OfferTerms> {
        let mut draft = self.draft();
        if draft.name.trim().is_empty() {
            "This offer".clone_into(&mut draft.name);
        }
        draft.check_in(self.locale).ok()
    }

    pub fn faults(self) -> Vec<InputFault> {
        self.draft().check_in(self.locale).err().unwrap_or_default()
    }

    /// As the summary lists them.
    pub fn messages(self) -> Vec<FieldMessage> {
        let faults = self.faults().into_iter();
        faults
            .map(|fault| FieldMessage::new(fault.input, fault.text))
            .collect()
    }

    /// What is wrong with that input, once somebody wanted to publish.
    pub fn fault(self, input: impl Into<String>) -> Signal<Option<String>> {
        let input = input.into();
        Signal::derive(move || {
            if !self.tried.get() {
                return None;
            }
            let faults = self.faults().into_iter();
            faults
                .filter(|fault| fault.input == input)
                .map(|fault| fault.text)
                .next()
        })
    }

    /// Takes one row out; those below it move up.
    pub fn remove_row(self, place: usize) {
        let rows = self.rows.get_value();
        for (row, next) in rows.iter().zip(rows.iter().skip(1)).skip(place) {
            row.above.set(next.above.get_untracked());
            row.percent.set(next.percent.get_untracked());
        }
        if let Some(last) = rows.last() {
            last.above.set(String::new());
            last.percent.set(String::new());
        }
        self.shown
            .update(|shown| *shown = shown.saturating_sub(1).max(1));
    }

    /// Choices that were made before the page woke up. Inputs of text keep themselves in step.
    pub fn wake(self) {
        Effect::new(move |_| {
            for (name, word) in [("terms[trigger]", self.trigger), ("terms[rate]", self.rate)] {
                if let Some(chosen) = checked(name).into_iter().next() {
                    word.set(chosen);
                }
            }
            let tiers = checked("terms[tiers][]");
            self.tiers
                .set(tiers.iter().filter_map(|id| id.parse().ok()).collect());
        });
    }
}

/// The values of the controls of that name that are checked.
fn checked(name: &str) -> Vec<String> {
    let Ok(list) = document().query_selector_all(&format!("[name='{name}']:checked")) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|place| {
            list.item(place)?
                .dyn_into::<web_sys::HtmlInputElement>()
                .ok()
        })
        .map(|input| input.value())
        .collect()
}
