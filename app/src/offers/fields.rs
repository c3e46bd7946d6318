//! The editor's inputs. Which of them a rate needs is a matter of style sheets, so it works before the page is awake.

use domain::TierId;
use domain::offers::{RateKind, Trigger};
use domain::program::Tier;
use leptos::prelude::*;

use super::draft::Typed;
use super::steps::Steps;
use crate::amounts::{use_amount, use_percent};
use crate::currencies::{CURRENCIES, currency_choices};
use crate::sent::Sent;
use crate::ui::{Choice, FieldError, Select, TextInput};

#[component]
pub fn Fields(
    typed: Typed,
    tiers: StoredValue<Vec<Tier>>,
    sent: Sent,
    /// Where a row of steps is asked for before the page is awake.
    here: String,
) -> impl IntoView {
    let name_error = either(typed.fault("name"), sent.at("name"));
    view! {
        <TextInput id="name" name="terms[name]" label="Name" hint="Partners tell offers apart by it" required=true maxlength=80 autocomplete="off" bind=typed.name error=name_error/>
        <Triggers typed/>
        <Rates typed/>
        <div class="stack" data-rate="flat">
            <TextInput id="amount" name="terms[amount]" label="Fee" required=true inputmode="decimal" autocomplete="off" width="short" bind=typed.amount heard=use_amount(typed.amount, typed.currency) error=typed.fault("amount")/>
        </div>
        <div class="stack" data-rate="percent">
            <TextInput id="percent" name="terms[percent]" label="Percentage" hint="Like 12.5" required=true inputmode="decimal" autocomplete="off" width="short" bind=typed.percent heard=use_percent(typed.percent) error=typed.fault("percent")/>
        </div>
        <Steps typed here/>
        <Bounds typed/>
        <Days typed/>
        <Audience typed tiers sent/>
    }
}

/// What the domain says while one types, else what the server said.
fn either(first: Signal<Option<String>>, second: Signal<Option<String>>) -> Signal<Option<String>> {
    Signal::derive(move || first.get().or_else(|| second.get()))
}

#[component]
fn Triggers(typed: Typed) -> impl IntoView {
    let hint = |trigger| match trigger {
        Trigger::ClosedWon => "Noted when the deal is marked won, owed once you confirm the win.",
        Trigger::Transaction => "Owed when you enter what a won customer bought, from the win on.",
    };
    let cards = Trigger::ALL.iter().map(|trigger| {
        view! { <ChoiceCard name="terms[trigger]" word=trigger.as_str() label=trigger.label() hint=hint(*trigger) chosen=typed.trigger/> }
    });
    view! {
        <fieldset class="fieldset">
            <legend>"Earned on"</legend>
            <div class="choice-cards">{cards.collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Rates(typed: Typed) -> impl IntoView {
    let hint = |kind| match kind {
        RateKind::Flat => "The same for every deal or transaction.",
        RateKind::Percent => "Of its value.",
        RateKind::Steps => "Each for the part of the value above its threshold.",
    };
    let cards = RateKind::ALL.iter().map(|kind| {
        view! { <ChoiceCard name="terms[rate]" word=kind.as_str() label=kind.label() hint=hint(*kind) chosen=typed.rate/> }
    });
    view! {
        <fieldset class="fieldset">
            <legend>"How much"</legend>
            <div class="choice-cards">{cards.collect_view()}</div>
        </fieldset>
    }
}

/// A radio button with what follows from it.
#[component]
fn ChoiceCard(
    name: &'static str,
    word: &'static str,
    label: &'static str,
    hint: &'static str,
    chosen: RwSignal<String>,
) -> impl IntoView {
    let id = format!(
        "{}-{word}",
        name.trim_start_matches("terms[").trim_end_matches(']')
    );
    let for_id = id.clone();
    let checked = chosen.with_untracked(|chosen| chosen == word);
    view! {
        <label class="choice-card" for=for_id>
            <input type="radio" id=id name=name value=word checked=checked on:change=move |_| chosen.set(word.to_owned())/>
            <span class="choice-card__label">{label}</span>
            <span class="choice-card__hint">{hint}</span>
        </label>
    }
}

#[component]
fn Bounds(typed: Typed) -> impl IntoView {
    let code = typed.currency.get_untracked();
    let mut choices = currency_choices();
    if !code.is_empty() && !CURRENCIES.contains(&code.as_str()) {
        choices.push(Choice::new(code.clone(), code));
    }
    view! {
        <div class="field-row">
            <TextInput id="minimum" name="terms[minimum]" label="Minimum value" hint="Below it, nothing is earned" inputmode="decimal" autocomplete="off" bind=typed.minimum heard=use_amount(typed.minimum, typed.currency) error=typed.fault("minimum")/>
            <TextInput id="cap" name="terms[cap]" label="Cap per deal" hint="The most that one deal earns" inputmode="decimal" autocomplete="off" bind=typed.cap heard=use_amount(typed.cap, typed.currency) error=typed.fault("cap")/>
        </div>
        <Select id="currency" name="terms[currency]" label="Currency of the amounts" hint="An offer with amounts holds only for deals in this currency: amounts are never converted" choices width="short" bind=typed.currency error=typed.fault("currency")/>
    }
}

#[component]
fn Days(typed: Typed) -> impl IntoView {
    view! {
        <div class="field-row">
            <TextInput id="starts_on" name="terms[starts_on]" label="First day" hint="Empty: the day of publishing" kind="date" bind=typed.starts_on error=typed.fault("starts_on")/>
            <TextInput id="ends_on" name="terms[ends_on]" label="Last day" hint="Empty: until you end it" kind="date" bind=typed.ends_on error=typed.fault("ends_on")/>
        </div>
    }
}

#[component]
fn Audience(typed: Typed, tiers: StoredValue<Vec<Tier>>, sent: Sent) -> impl IntoView {
    let all = tiers.get_value();
    if all.is_empty() {
        return view! {
            <p class="muted">"For all partners. Once the program has tiers, an offer can be for some of them."</p>
        }
        .into_any();
    }
    let boxes = all.into_iter().map(|tier| view! { <TierBox typed tier/> });
    view! {
        <fieldset class="fieldset" id="tiers" tabindex="-1">
            <legend>"For partners of these tiers"</legend>
            <FieldError id="tiers-error" error=sent.at("tiers")/>
            <div class="choices">{boxes.collect_view()}</div>
            <p class="field__hint">"None ticked: for all partners."</p>
        </fieldset>
    }
    .into_any()
}

#[component]
fn TierBox(typed: Typed, tier: Tier) -> impl IntoView {
    let id: TierId = tier.id;
    let checked = typed.tiers.with_untracked(|tiers| tiers.contains(&id));
    let control = format!("tier-{id}");
    let for_id = control.clone();
    let toggle = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        typed.tiers.update(|tiers| {
            tiers.retain(|known| *known != id);
            if on {
                tiers.push(id);
            }
        });
    };
    view! {
        <label class="checkbox" for=for_id>
            <input type="checkbox" id=control name="terms[tiers][]" value=id.to_string() checked=checked on:change=toggle/>
            <span>{tier.name}</span>
        </label>
    }
}
