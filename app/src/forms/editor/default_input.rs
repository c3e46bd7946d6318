//! What a field is filled in with, typed or chosen as its kind asks.

use domain::forms::{COUNTRIES, FieldKind};
use leptos::prelude::*;

use super::text_prop::{ChoiceProp, TextProp};

/// Whether the editor can say a default of that kind.
pub fn takes_default(kind: &FieldKind) -> bool {
    !matches!(
        kind,
        FieldKind::MultiSelect { .. }
            | FieldKind::DateRange
            | FieldKind::File { .. }
            | FieldKind::Rows(_)
            | FieldKind::Heading
            | FieldKind::PageBreak
            | FieldKind::Group
            | FieldKind::GroupEnd
            | FieldKind::Computed { .. }
            | FieldKind::Region { .. }
            | FieldKind::Address
            | FieldKind::TextBlock { .. }
    )
}

#[component]
pub fn DefaultInput(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    kind: FieldKind,
    value: Vec<String>,
    set: Callback<Vec<String>>,
) -> impl IntoView {
    if !takes_default(&kind) {
        return ().into_any();
    }
    let value = value.join(" ");
    let Some(choices) = choices(&kind) else {
        let money = matches!(kind, FieldKind::Money { .. });
        let hint = match kind {
            FieldKind::Money { .. } => Some("An amount and its currency: 1000 EUR"),
            FieldKind::Date => Some("A day, today, or today+30"),
            _ => None,
        };
        return view! { <TypedDefault id label money hint value set/> }.into_any();
    };
    let one =
        move |word: String| set.run(Some(word).filter(|w| !w.is_empty()).into_iter().collect());
    view! { <ChoiceProp id label choices value prompt="Nothing" apply=one/> }.into_any()
}

/// What can be chosen from; nothing where it is typed.
fn choices(kind: &FieldKind) -> Option<Vec<(String, String)>> {
    let pair = |(value, label): (&str, &str)| (value.to_owned(), label.to_owned());
    Some(match kind {
        FieldKind::Select { options } | FieldKind::Radio { options } => options
            .iter()
            .map(|o| (o.value.clone(), o.label.clone()))
            .collect(),
        FieldKind::Country => COUNTRIES.iter().copied().map(pair).collect(),
        FieldKind::Checkbox => vec![pair(("yes", "Ticked"))],
        FieldKind::YesNo => vec![pair(("yes", "Yes")), pair(("no", "No"))],
        _ => return None,
    })
}

#[component]
fn TypedDefault(
    id: String,
    label: String,
    money: bool,
    hint: Option<&'static str>,
    value: String,
    set: Callback<Vec<String>>,
) -> impl IntoView {
    let apply = move |text: String| {
        match text.trim().rsplit_once(' ').filter(|_| money) {
            Some((amount, currency)) => set.run(vec![
                amount.trim().to_owned(),
                currency.to_ascii_uppercase(),
            ]),
            None if text.trim().is_empty() => set.run(Vec::new()),
            None => set.run(vec![text.trim().to_owned()]),
        }
        None
    };
    view! { <TextProp id label value hint apply/> }
}
