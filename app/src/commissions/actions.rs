//! What the company's finance people do with a commission. Each behind a native disclosure, each a plain form.

use domain::ProgramId;
use domain::commissions::CommissionStatus;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::server_fns::{
    CorrectCommission, DeclineCommission, HoldCommission, Opened, ReleaseCommission,
};
use crate::amounts::{LocaleMark, use_amount};
use crate::error::ActionError;
use crate::locale::use_locale;
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, Choice, Notice, Select, TextArea, TextInput, Toasts, Variant, use_ready};

/// The commission as the page shows it, and how to fetch it again.
#[derive(Clone, Copy)]
struct At {
    program: ProgramId,
    shown: RwSignal<Opened>,
    reload: Callback<()>,
}

#[component]
pub fn Actions(program: ProgramId, shown: RwSignal<Opened>, reload: Callback<()>) -> impl IntoView {
    let at = At {
        program,
        shown,
        reload,
    };
    let state = Memo::new(move |_| {
        shown.with(|opened| {
            let line = opened.commission.corrects.is_some();
            (opened.may_pay, opened.commission.status(), line)
        })
    });
    let parts = move || {
        let (may, status, is_line) = state.get();
        let open = matches!(status, CommissionStatus::Approved | CommissionStatus::Held);
        let corrects = !is_line && (open || status == CommissionStatus::Paid);
        (may && (open || corrects)).then(|| {
            view! {
                <section class="card" aria-labelledby="actions-title" data-part="actions" data-ready=use_ready()>
                    <div class="card__head"><h2 id="actions-title">"What you can do"</h2></div>
                    <div class="card__body">
                        {(status == CommissionStatus::Paid).then(|| view! {
                            <Notice><p>"This commission is paid and does not change. A correction is a line of its own."</p></Notice>
                        })}
                        {(status == CommissionStatus::Held).then(|| view! { <Release at/> })}
                        {(status == CommissionStatus::Approved).then(|| view! { <Hold at/> })}
                        {open.then(|| view! { <Decline at/> })}
                        {corrects.then(|| view! { <Correct at/> })}
                    </div>
                </section>
            }
        })
    };
    view! { {parts} }
}

/// The inputs of every form here.
#[component]
fn Carried(at: At) -> impl IntoView {
    let shown = at.shown;
    let id = shown.with_untracked(|opened| opened.commission.id);
    let version = move || shown.with(|opened| opened.commission.version).to_string();
    view! {
        <input type="hidden" name="program" value=at.program.to_string()/>
        <input type="hidden" name="commission" value=id.to_string()/>
        <input type="hidden" name="version" value=version/>
    }
}

/// Says what was done, and fetches what became of it.
fn when_done<S>(at: At, action: ServerAction<S>, said: &'static str)
where
    S: ServerFn<Error = ActionError, Output = String> + Clone + Send + Sync + 'static,
{
    let toasts = use_context::<Toasts>();
    Effect::new(move |_| {
        if let Some(Ok(_)) = action.value().get() {
            if let Some(toasts) = toasts {
                toasts.say(said);
            }
            at.reload.run(());
        }
    });
}

#[component]
fn Hold(at: At) -> impl IntoView {
    let action = ServerAction::<HoldCommission>::new();
    let sent = Sent::of(action, "hold-");
    when_done(at, action, "The commission is on hold");
    let reason = RwSignal::new(String::new());
    view! {
        <details class="disclosure">
            <summary class="button">"Hold\u{2026}"</summary>
            <ActionForm action attr:class="stack" attr:novalidate="">
                <SentErrors sent/>
                <Carried at/>
                <TextArea id="hold-reason" name="reason" label="Why it waits" hint="The partner reads it." required=true rows=2 bind=reason/>
                <div class="button-row"><Button kind="submit" busy=action.pending()>"Put on hold"</Button></div>
            </ActionForm>
        </details>
    }
}

#[component]
fn Release(at: At) -> impl IntoView {
    let action = ServerAction::<ReleaseCommission>::new();
    let sent = Sent::of(action, "release-");
    when_done(at, action, "The commission is released");
    view! {
        <ActionForm action attr:class="stack">
            <SentErrors sent/>
            <Carried at/>
            <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Release"</Button>
        </ActionForm>
    }
}

#[component]
fn Decline(at: At) -> impl IntoView {
    let action = ServerAction::<DeclineCommission>::new();
    let sent = Sent::of(action, "decline-");
    when_done(at, action, "The commission is declined");
    let reason = RwSignal::new(String::new());
    view! {
        <details class="disclosure">
            <summary class="button" data-variant="danger">"Decline\u{2026}"</summary>
            <ActionForm action attr:class="stack" attr:novalidate="">
                <SentErrors sent/>
                <Carried at/>
                <p>"Nothing is owed for it any more. This cannot be undone."</p>
                <TextArea id="decline-reason" name="reason" label="Why nothing is owed" hint="The partner reads it." required=true rows=2 bind=reason/>
                <div class="button-row"><Button kind="submit" variant=Variant::DangerSolid busy=action.pending()>"Decline the commission"</Button></div>
            </ActionForm>
        </details>
    }
}

#[component]
fn Correct(at: At) -> impl IntoView {
    let action = ServerAction::<CorrectCommission>::new();
    let sent = Sent::of(action, "correct-");
    when_done(at, action, "The correction is added");
    let (amount, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if let Some(Ok(_)) = action.value().get() {
            amount.set(String::new());
            reason.set(String::new());
        }
    });
    let shown = at.shown;
    let id = shown.with_untracked(|opened| opened.commission.id);
    let currency = shown.with_untracked(|opened| opened.commission.amount().currency);
    let locale = use_locale();
    let heard = use_amount(amount, Signal::stored(currency.to_string()));
    let left = move || locale.money_exact(shown.with(left_of));
    let ways = vec![Choice::new("back", "Take back"), Choice::new("more", "Add")];
    view! {
        <details class="disclosure">
            <summary class="button">"Correct\u{2026}"</summary>
            <ActionForm action attr:class="stack" attr:novalidate="">
                <SentErrors sent/>
                <input type="hidden" name="program" value=at.program.to_string()/>
                <input type="hidden" name="commission" value=id.to_string()/>
                <LocaleMark/>
                <input type="hidden" name="currency" value=currency.to_string()/>
                <input type="hidden" name="key" value=move || shown.with(|opened| opened.key.clone())/>
                <p>"It comes to "<strong class="money">{left}</strong>" now. A correction is a line of its own, and is paid like any other."</p>
                <Select id="correct-way" name="way" label="Correction" choices=ways/>
                <TextInput id="correct-amount" name="amount" label=format!("Amount ({currency})") required=true inputmode="decimal" autocomplete="off" bind=amount heard error=sent.at("amount")/>
                <TextArea id="correct-reason" name="reason" label="Why" hint="The partner reads it." required=true rows=2 bind=reason error=sent.at("reason")/>
                <div class="button-row"><Button kind="submit" busy=action.pending()>"Add the correction"</Button></div>
            </ActionForm>
        </details>
    }
}

/// What the commission comes to with the lines that were added and still count.
fn left_of(opened: &Opened) -> domain::Money {
    let lines = opened.corrections.iter();
    let counted = lines.filter(|line| line.status().counts());
    let minor = counted.fold(opened.commission.amount().minor, |sum, line| {
        sum.saturating_add(line.amount().minor)
    });
    domain::Money::new(minor, opened.commission.amount().currency)
}

/// The amount with its sign, as the command takes it.
#[cfg(feature = "ssr")]
pub fn signed(way: &str, amount: &str) -> String {
    let amount = amount.trim();
    if way == "back" && !amount.is_empty() {
        format!("-{amount}")
    } else {
        amount.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::signed;
    use domain::{Currency, Money};

    #[test]
    fn what_is_taken_back_is_below_zero() {
        let read = |way, amount| Money::parse(&signed(way, amount), Currency::EUR);
        assert_eq!(read("back", " 12.50 ").unwrap().minor, -1_250);
        assert_eq!(read("more", "12.50").unwrap().minor, 1_250);
        assert!(read("back", "").is_err());
        assert!(read("back", "-5").is_err(), "twice below zero is unclear");
    }
}
