//! An amount and its currency as one control. The amount is text: it is read as people write it, by the domain.

use leptos::html;
use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::bound::keep_in_step;
use super::field::{Field, HeardUnder, described_by};

#[component]
pub fn MoneyInput(
    #[prop(into)] id: String,
    /// The amount is posted as `name`, the currency as `name_currency`.
    #[prop(into, optional)]
    name: MaybeText,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: MaybeText,
    #[prop(into, optional)] error: Signal<Option<String>>,
    /// What was understood of it, said under it while nothing is wrong.
    #[prop(into, optional)]
    heard: Option<Signal<Option<String>>>,
    #[prop(optional)] required: bool,
    /// The currency codes to choose from. With one, it is shown and posted, not asked.
    currencies: Vec<String>,
    #[prop(into, optional)] amount: MaybeText,
    #[prop(into, optional)] currency: MaybeText,
    #[prop(optional)] bind_amount: Option<RwSignal<String>>,
    #[prop(optional)] bind_currency: Option<RwSignal<String>>,
    /// The posted name of the currency, when not `name_currency`.
    #[prop(into, optional)]
    currency_name: MaybeText,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    keep_in_step(bind_amount, move || node.get());
    let name = name.or_text(&id);
    let currency_name = currency_name.or_text(&format!("{name}_currency"));
    let first = bind_amount
        .map(|signal| signal.get_untracked())
        .or(amount.0);
    let currency = bind_currency
        .map(|signal| signal.get_untracked())
        .or(currency.0)
        .unwrap_or_default();
    let describes = id.clone();
    let has_hint = hint.0.is_some();
    let currency_label = format!("Currency of {}", label.to_lowercase());
    view! {
        <Field id=id.clone() label hint=hint error required>
            <div class="money-input">
                <CurrencyPart id=format!("{id}-currency") name=currency_name label=currency_label currencies currency bind=bind_currency/>
                <input
                    class="input"
                    node_ref=node
                    id=id
                    name=name
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    value=first
                    aria-required=required.then_some("true")
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
                    on:input=move |event| {
                        if let Some(signal) = bind_amount {
                            signal.set(event_target_value(&event));
                        }
                    }
                />
            </div>
            {heard.map(|heard| view! { <HeardUnder heard error/> })}
        </Field>
    }
}

#[component]
fn CurrencyPart(
    id: String,
    name: String,
    label: String,
    currencies: Vec<String>,
    currency: String,
    bind: Option<RwSignal<String>>,
) -> impl IntoView {
    let node = NodeRef::<html::Select>::new();
    if let [only] = currencies.as_slice() {
        let only = only.clone();
        return view! {
            <span class="money-input__currency">{only.clone()}<input type="hidden" name=name value=only/></span>
        }
        .into_any();
    }
    keep_in_step(bind, move || node.get());
    let options = currencies
        .into_iter()
        .map(|code| {
            let selected = code == currency;
            let value = code.clone();
            view! { <option value=value selected=selected>{code}</option> }
        })
        .collect_view();
    view! {
        <select
            class="input"
            node_ref=node
            id=id
            name=name
            aria-label=label
            on:change=move |event| {
                if let Some(signal) = bind {
                    signal.set(event_target_value(&event));
                }
            }
        >
            {options}
        </select>
    }
    .into_any()
}
