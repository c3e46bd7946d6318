//! What could be better: beside the faults, and once more before publishing. A press leads to the property.

use domain::forms::{DefinitionFault, FormDefinition, Hint, HintKind, hints_among};
use domain::program::Tier;
use leptos::prelude::*;

use super::{desk::Desk, panes::lead_to};
use crate::ui::Notice;

/// A field that is at fault is put right first.
pub fn to_show(form: &FormDefinition, faults: &[DefinitionFault], tiers: &[Tier]) -> Vec<Hint> {
    let mut found = hints_among(form, tiers);
    found.retain(|hint| hint.field.is_none() || faults.iter().all(|f| f.field != hint.field));
    found
}

/// How many there are is said by a screen reader, and no more: they come and go while people type.
#[component]
pub fn Hints(desk: Desk) -> impl IntoView {
    let hints = desk.hints;
    let count = Memo::new(move |_| hints.with(Vec::len));
    view! {
        <p class="visually-hidden" role="status">{move || counted(count.get())}</p>
        {move || {
            let hints = hints.get();
            (!hints.is_empty()).then(|| {
                let lines = hints.into_iter().map(|hint| view! { <li><HintLine desk hint/></li> }).collect_view();
                view! {
                    <section class="editor__hints" aria-label="Hints">
                        <Notice title="Hints"><ul>{lines}</ul></Notice>
                    </section>
                }
            })
        }}
    }
}

fn counted(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 hint".to_owned(),
        many => format!("{many} hints"),
    }
}

#[component]
fn HintLine(desk: Desk, hint: Hint) -> impl IntoView {
    let text = hint.text();
    let property = property(&hint.what);
    match hint.field {
        Some(key) => {
            view! {
                <button class="editor__fault" type="button" on:click=move |_| lead_to(desk, key.clone(), property)>{text}</button>
            }
            .into_any()
        }
        None => text.into_any(),
    }
}

/// The input where it can be changed.
fn property(what: &HintKind) -> &'static str {
    match what {
        HintKind::NeverShown { .. }
        | HintKind::AlwaysShown { .. }
        | HintKind::WaitsForCompany { .. } => "prop-shown",
        HintKind::NeverNeeded { .. } | HintKind::AlwaysNeeded { .. } => "prop-required",
        HintKind::NeverOffered { .. } | HintKind::NeverFilledIn { .. } => "prop-rules",
        HintKind::OptionsAlike { .. } => "prop-options",
        HintKind::PersonalWithoutHelp | HintKind::LongTextWithoutHelp => "prop-help",
        HintKind::ManyNeeded { .. } | HintKind::LabelTwice => "prop-label",
    }
}

/// In the dialog that publishes: the last chance to read them, and also that there are none.
#[component]
pub fn HintsBeforePublishing(desk: Desk) -> impl IntoView {
    move || {
        let hints = desk.hints.get();
        if hints.is_empty() {
            return view! { <p class="muted small">"No hints."</p> }.into_any();
        }
        let summary = counted(hints.len());
        let lines = hints
            .into_iter()
            .map(|hint| view! { <li>{hint.text()}</li> })
            .collect_view();
        view! {
            <details class="earning">
                <summary>{summary}</summary>
                <ul class="prose">{lines}</ul>
            </details>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::{Choice, Field, FieldKey, FieldKind, check_publishable, starter_form};

    use super::*;

    fn form(labels: &[&str]) -> FormDefinition {
        let mut form = starter_form(domain::Currency::EUR);
        let options = labels.iter().map(|l| Choice::new(*l, *l)).collect();
        let key = FieldKey::parse("region").unwrap();
        form.fields
            .push(Field::new(key, FieldKind::Select { options }, "Region"));
        form
    }

    fn shown(form: &FormDefinition) -> usize {
        let faults = check_publishable(form).err().unwrap_or_default();
        to_show(form, &faults, &[]).len()
    }

    #[test]
    fn faults_come_first() {
        assert_eq!(shown(&form(&["North-West", "Northwest"])), 1);
        assert_eq!(
            shown(&form(&["North-West", "Northwest", "South", "South"])),
            0
        );
    }

    #[test]
    fn few_words_say_how_many() {
        assert_eq!(counted(0), "");
        assert_eq!(counted(1), "1 hint");
        assert_eq!(counted(2), "2 hints");
    }
}
