//! One of a list, as the native control.

use leptos::html;
use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::bound::keep_in_step;
use super::field::{Field, described_by};

/// What is posted, and what is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// The heading that it stands under; choices of one heading stand together.
    pub group: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            group: None,
        }
    }

    /// Under that heading; an empty one is none.
    #[must_use]
    pub fn in_group(self, group: &str) -> Self {
        Self {
            group: (!group.is_empty()).then(|| group.to_owned()),
            ..self
        }
    }
}

/// Choices that stand together under their headings, in the order in which each heading comes first.
fn grouped(choices: Vec<Choice>) -> Vec<(Option<String>, Vec<Choice>)> {
    let mut groups: Vec<(Option<String>, Vec<Choice>)> = Vec::new();
    for choice in choices {
        match groups.iter_mut().find(|(group, _)| *group == choice.group) {
            Some((_, members)) => members.push(choice),
            None => groups.push((choice.group.clone(), vec![choice])),
        }
    }
    groups
}

#[component]
pub fn Select(
    #[prop(into)] id: String,
    #[prop(into, optional)] name: MaybeText,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    /// The text of a first, empty choice.
    #[prop(into, optional)]
    prompt: MaybeText,
    #[prop(into, optional)] hint: MaybeText,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] value: MaybeText,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    #[prop(optional)] width: Option<&'static str>,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Select>::new();
    keep_in_step(bind, move || node.get());
    let first = bind
        .map(|signal| signal.get_untracked())
        .or(value.0)
        .unwrap_or_default();
    let name = name.or_text(&id);
    let describes = id.clone();
    let has_hint = hint.0.is_some();
    let options = prompt
        .0
        .map(|text| Choice::new("", text))
        .into_iter()
        .chain(choices);
    let option = |choice: Choice| {
        let selected = choice.value == first;
        view! { <option value=choice.value selected=selected>{choice.label}</option> }
    };
    let options = grouped(options.collect())
        .into_iter()
        .map(|(group, members)| {
            let members = members.into_iter().map(option).collect_view();
            match group {
                Some(label) => view! { <optgroup label=label>{members}</optgroup> }.into_any(),
                None => members.into_any(),
            }
        })
        .collect_view();
    view! {
        <Field id=id.clone() label hint=hint error required>
            <select
                class="input"
                node_ref=node
                id=id
                name=name
                data-width=width
                disabled=move || disabled.get()
                aria-required=required.then_some("true")
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
                on:change=move |event| {
                    if let Some(signal) = bind {
                        signal.set(event_target_value(&event));
                    }
                }
            >
                {options}
            </select>
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_of_one_heading_stand_together() {
        let choice = |value: &str, group: &str| Choice::new(value, value).in_group(group);
        let groups = grouped(vec![
            choice("", ""),
            choice("list", "Price"),
            choice("late", "Timing"),
            choice("discount", "Price"),
        ]);
        let read: Vec<(Option<&str>, Vec<&str>)> = groups
            .iter()
            .map(|(group, members)| {
                let values = members.iter().map(|member| member.value.as_str());
                (group.as_deref(), values.collect())
            })
            .collect();
        let price = (Some("Price"), vec!["list", "discount"]);
        assert_eq!(
            read,
            [(None, vec![""]), price, (Some("Timing"), vec!["late"])]
        );
    }
}
