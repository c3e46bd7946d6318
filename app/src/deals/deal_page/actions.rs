//! What can be done with the deal now, and nothing else.

use domain::views::DealActions;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::gate::Question;
use super::move_form::MoveForm;
use super::work::Work;
use crate::deals::paths;
use crate::deals::server_fns::{AppealDeal, WithdrawDeal, appeal_deal, withdraw_deal};
use crate::ui::{Button, LinkButton, TextArea, Variant, use_ready};

#[component]
pub fn Actions(work: Work, company: String) -> impl IntoView {
    let allowed = Memo::new(move |_| work.deal.with(|deal| deal.actions.clone()));
    let any = Memo::new(move |_| allowed.get() != DealActions::default());
    let company = StoredValue::new(company);
    let ready = use_ready();
    let parts = move || {
        let allowed = allowed.get();
        view! {
            {allowed.answer.then(|| view! { <Answer work/> })}
            {allowed.amend.then(|| view! { <Amend work/> })}
            {allowed.move_stage.then(|| view! { <Question work/> <MoveForm work/> })}
            {allowed.appeal.then(|| view! { <Appeal work company=company.get_value()/> })}
            {allowed.withdraw.then(|| view! { <Withdraw work/> })}
        }
    };
    view! {
        <Show when=move || any.get()>
            <section class="card" aria-labelledby="actions-title" data-part="actions" data-ready=ready>
                <div class="card__head"><h2 id="actions-title">"What you can do"</h2></div>
                <div class="card__body">{parts}</div>
            </section>
        </Show>
    }
}

#[component]
fn Answer(work: Work) -> impl IntoView {
    let href = work
        .deal
        .with_untracked(|deal| paths::answer(work.membership, deal.id));
    view! { <LinkButton href variant=Variant::Primary>"Answer the questions"</LinkButton> }
}

#[component]
fn Amend(work: Work) -> impl IntoView {
    let href = work
        .deal
        .with_untracked(|deal| paths::change(work.membership, deal.id));
    view! { <LinkButton href>"Change answers"</LinkButton> }
}

/// The inputs that every plain form of the page carries.
#[component]
pub fn Carried(work: Work) -> impl IntoView {
    let id = work.deal.with_untracked(|deal| deal.id);
    view! {
        <input type="hidden" name="membership" value=work.membership.to_string()/>
        <input type="hidden" name="deal" value=id.to_string()/>
        <input type="hidden" name="version" value=move || work.deal.with(|deal| deal.version).to_string()/>
    }
}

/// The one appeal. A native disclosure is the step before it.
#[component]
fn Appeal(work: Work, company: String) -> impl IntoView {
    let note = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (deal, version) = work.deal.with_untracked(|deal| (deal.id, deal.version));
        let wish = appeal_deal(work.membership, deal, version, note.get_untracked());
        work.ask(wish, || ());
    };
    let hint = format!("{company} decides once more. A second appeal is not possible.");
    view! {
        <details class="disclosure">
            <summary class="button">"Appeal\u{2026}"</summary>
            <form class="stack" method="post" action=AppealDeal::url() on:submit=submit>
                <Carried work/>
                <TextArea id="appeal-note" name="note" label="Why the verdict should change" hint required=true bind=note/>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::Primary busy=work.busy>"Send the appeal"</Button>
                </div>
            </form>
        </details>
    }
}

#[component]
fn Withdraw(work: Work) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (deal, version) = work.deal.with_untracked(|deal| (deal.id, deal.version));
        work.ask(withdraw_deal(work.membership, deal, version), || ());
    };
    view! {
        <details class="disclosure">
            <summary class="button" data-variant="danger">"Withdraw\u{2026}"</summary>
            <form class="stack" method="post" action=WithdrawDeal::url() on:submit=submit>
                <Carried work/>
                <p>"The registration ends, and with it the protection. This cannot be undone."</p>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::DangerSolid busy=work.busy>"Withdraw the registration"</Button>
                </div>
            </form>
        </details>
    }
}
