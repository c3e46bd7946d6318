//! Entering what a customer bought: it earns what the offers for transactions promised on its day.

use domain::ProgramId;
use domain::deals::WinStatus;
use domain::views::CustomerPageView;
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::server_fns::EnterTransaction;
use crate::amounts::{LocaleMark, use_amount};
use crate::currencies::CURRENCIES;
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, Choice, MoneyInput, Select, TextInput, Toasts, Variant, use_ready};

#[component]
pub fn TransactionForm(
    program: ProgramId,
    shown: RwSignal<CustomerPageView>,
    reload: Callback<()>,
) -> impl IntoView {
    let may_enter = shown.with_untracked(|view| view.may_enter);
    let confirmed = Memo::new(move |_| {
        shown.with(|view| {
            let won = view.deals.iter();
            won.filter(|deal| deal.win == WinStatus::Confirmed)
                .map(|deal| {
                    Choice::new(
                        deal.id.to_string(),
                        format!("{} of {}", deal.number, deal.partner),
                    )
                })
                .collect::<Vec<_>>()
        })
    });
    let form = move || {
        let deals = confirmed.get();
        if deals.is_empty() {
            view! { <p class="muted">"Transactions can be entered once a win of this program is confirmed."</p> }.into_any()
        } else {
            view! { <EnterForm program shown deals reload/> }.into_any()
        }
    };
    may_enter.then(|| {
        view! {
            <section class="card" aria-labelledby="enter-title" data-part="enter">
                <div class="card__head"><h2 id="enter-title">"Enter a transaction"</h2></div>
                <div class="card__body">{form}</div>
            </section>
        }
    })
}

#[component]
fn EnterForm(
    program: ProgramId,
    shown: RwSignal<CustomerPageView>,
    deals: Vec<Choice>,
    reload: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<EnterTransaction>::new();
    let sent = Sent::of(action, "enter-");
    let (amount, reference) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let chosen = RwSignal::new(shown.with_untracked(|view| view.currency.to_string()));
    let heard = use_amount(amount, chosen);
    let toasts = use_context::<Toasts>();
    Effect::new(move |_| {
        if let Some(Ok(_)) = action.value().get() {
            amount.set(String::new());
            reference.set(String::new());
            if let Some(toasts) = toasts {
                toasts.say("The transaction is entered");
            }
            reload.run(());
        }
    });
    let (customer, code, today) =
        shown.with_untracked(|view| (view.customer.id, view.currency.to_string(), view.today));
    let mut currencies: Vec<String> = CURRENCIES.into_iter().map(str::to_owned).collect();
    if !currencies.contains(&code) {
        currencies.push(code);
    }
    let deal = match deals.as_slice() {
        [only] => view! { <input type="hidden" name="deal" value=only.value.clone()/> }.into_any(),
        _ => view! { <Select id="enter-deal" name="deal" label="Won deal" choices=deals required=true/> }
            .into_any(),
    };
    view! {
        <ActionForm action attr:class="stack" attr:novalidate="">
            <SentErrors sent/>
            <LocaleMark/>
            <input type="hidden" name="program" value=program.to_string()/>
            <input type="hidden" name="customer" value=customer.to_string()/>
            <div class="stack" data-ready=use_ready()>
                {deal}
                <MoneyInput id="enter-amount" name="amount" label="Amount" currencies bind_currency=chosen currency_name="currency" bind_amount=amount heard required=true error=sent.at("amount")/>
                <TextInput id="enter-on" name="on" label="Date" kind="date" value=today.to_string() required=true error=sent.at("on")/>
                <TextInput id="enter-reference" name="reference" label="Reference" hint="An invoice\u{2019}s or order\u{2019}s number; entered twice, it is one transaction" bind=reference required=true maxlength=80 autocomplete="off" error=sent.at("reference")/>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Enter the transaction"</Button>
                </div>
            </div>
        </ActionForm>
    }
}
