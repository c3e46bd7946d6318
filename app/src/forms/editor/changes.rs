//! What one version of the form changes about another: a word for each sort of change, old and new beside each other.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use domain::forms::{Change, ChangeTag, Difference, FormDefinition, change_summary, diff};
use leptos::prelude::*;

use crate::ui::{IconKind, Tag, Tone};

/// In the order of the newer form.
#[component]
pub fn Changes(old: FormDefinition, new: FormDefinition) -> impl IntoView {
    let changes = diff(&old, &new);
    if changes.is_empty() {
        return view! { <p class="muted">"Both ask the same."</p> }.into_any();
    }
    let sorts = change_summary(&changes);
    let sorts = sorts.into_iter().map(|(tag, count)| {
        let text = format!("{} {count}", tag.label());
        view! { <li><Tag text tone=tone(tag)/></li> }
    });
    let sorts = sorts.collect_view();
    let lines = changes.into_iter();
    let lines = lines.map(|change| view! { <ChangeOfField change/> });
    view! {
        <div class="changes">
            <ul class="cluster" aria-label="Fields by sort of change">{sorts}</ul>
            <ol class="changes__list" aria-label="Changes">{lines.collect_view()}</ol>
        </div>
    }
    .into_any()
}

#[component]
fn ChangeOfField(change: Change) -> impl IntoView {
    let tags = change.tags();
    let first = tags.first().map_or(Tone::Plain, |tag| tone(*tag));
    let tags = tags.into_iter().map(|tag| {
        // The component takes no Option where an icon may be left out.
        match icon(tag) {
            Some(icon) => view! { <Tag text=tag.label() tone=tone(tag) icon/> }.into_any(),
            None => view! { <Tag text=tag.label() tone=tone(tag)/> }.into_any(),
        }
    });
    let tags = tags.collect_view();
    let lines = change.differences().into_iter();
    let lines = lines.map(|difference| view! { <Sides difference/> });
    view! {
        <li class="change" data-tone=first.word() aria-label=change.label.clone()>
            <p class="change__head"><strong>{change.label.clone()}</strong>{tags}</p>
            <dl class="change__lines">{lines.collect_view()}</dl>
        </li>
    }
}

/// Side by side; on a phone one over the other.
#[component]
fn Sides(difference: Difference) -> impl IntoView {
    let Difference {
        property, from, to, ..
    } = difference;
    let none = if property == "field" {
        "not asked"
    } else {
        "none"
    };
    let said = |text: String| {
        if text.is_empty() {
            view! { <span class="muted">{none}</span> }.into_any()
        } else {
            text.into_any()
        }
    };
    let (from, to) = (said(from), said(to));
    view! {
        <div>
            <dt>{capital(&property)}</dt>
            <dd class="change__side" data-side="old"><span class="change__when">"Before"</span><del>{from}</del></dd>
            <dd class="change__side" data-side="new"><span class="change__when">"After"</span><ins>{to}</ins></dd>
        </div>
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn tone(tag: ChangeTag) -> Tone {
    match tag {
        ChangeTag::Added => Tone::Good,
        ChangeTag::Removed => Tone::Bad,
        ChangeTag::Retyped | ChangeTag::MadeMandatory | ChangeTag::MandatoryWhen => Tone::Warn,
        ChangeTag::MadeOptional
        | ChangeTag::Moved
        | ChangeTag::Reworded
        | ChangeTag::Options
        | ChangeTag::Columns
        | ChangeTag::Condition
        | ChangeTag::Limits
        | ChangeTag::Default
        | ChangeTag::Settings => Tone::Info,
    }
}

fn icon(tag: ChangeTag) -> Option<IconKind> {
    match tag {
        ChangeTag::Added => Some(icondata::LuPlus),
        ChangeTag::Removed => Some(icondata::LuMinus),
        ChangeTag::Moved => Some(icondata::LuArrowUpDown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_begin_a_line() {
        assert_eq!(capital("shortest answer"), "Shortest answer");
        assert_eq!(capital(""), "");
    }
}
