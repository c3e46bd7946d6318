//! What is so: the deal's facts in a list.

use domain::Timestamp;
use domain::deals::RegistrationStatus;
use domain::views::DealView;
use leptos::prelude::*;

use super::words::{due_at, duration, protection_left, registration_tone};
use crate::ui::{Day, MoneyText, Shown, StageTag, Tag, Time};

/// One line of a list of facts.
#[component]
pub fn FactRow(#[prop(into)] name: String, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// The facts of both sides. What only one side has (partner, record) comes as children, at the end.
#[component]
pub fn DealFacts(
    #[prop(into)] deal: Signal<DealView>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let shown = move || {
        let deal = deal.get();
        let (number, owner, summary) = (
            deal.number.clone(),
            deal.owner.clone(),
            deal.summary.clone(),
        );
        view! {
            <FactRow name="Number">{number}</FactRow>
            <Standing deal=deal.clone()/>
            {summary.value.map(|amount| view! { <FactRow name="Value"><MoneyText amount/></FactRow> })}
            {summary.close_date.map(|date| {
                view! { <FactRow name="Expected close"><Day on=date/></FactRow> }
            })}
            <Protection deal/>
            <FactRow name="Owner">{owner}</FactRow>
            {summary.domain.map(|domain| view! { <FactRow name="Website">{domain}</FactRow> })}
            {summary.contact_name.map(|name| view! { <FactRow name="Contact">{name}</FactRow> })}
            {summary.contact_email.map(|mail| {
                let href = format!("mailto:{mail}");
                view! { <FactRow name="Email"><a href=href>{mail}</a></FactRow> }
            })}
        }
    };
    view! {
        <section class="card" aria-labelledby="facts-title" data-part="facts">
            <div class="card__head"><h2 id="facts-title">"Facts"</h2></div>
            <div class="card__body">
                <dl class="facts">{shown} {children.map(|children| children())}</dl>
            </div>
        </section>
    }
}

/// Registration, stage, and how long it has been there.
#[component]
fn Standing(deal: DealView) -> impl IntoView {
    let status = deal.registration.status();
    let stage = deal.placement.as_ref().and_then(|placement| {
        let stage = deal.pipeline.find(placement.stage)?;
        let since = deal.now.seconds() - placement.entered_at.seconds();
        let said = Some(stage.description.clone()).filter(|said| !said.is_empty());
        Some((stage.name.clone(), stage.hue.clone(), said, duration(since)))
    });
    let lost = deal
        .lost_reason
        .as_ref()
        .map(|(lost, label)| (label.clone(), lost.note.clone()));
    view! {
        <FactRow name="Registration"><Tag text=status.label() tone=registration_tone(status)/></FactRow>
        {due_at(&deal).map(|at| view! { <FactRow name="Decision due"><Time at/></FactRow> })}
        {stage.map(|(name, hue, said, since)| {
            view! {
                <FactRow name="Stage">
                    <StageTag name hue/>
                    {said.map(|said| view! { <p class="muted small">{said}</p> })}
                </FactRow>
                <FactRow name="In this stage">{since}</FactRow>
            }
        })}
        {lost.map(|(label, note)| {
            view! {
                <FactRow name="Lost because">
                    {label}
                    {(!note.is_empty()).then(|| view! { <p class="muted">{note}</p> })}
                </FactRow>
            }
        })}
    }
}

#[component]
fn Protection(deal: DealView) -> impl IntoView {
    let text: Option<(Timestamp, String)> = match deal.registration.status() {
        RegistrationStatus::Approved if !deal.win.locks() => {
            let until = deal.registration.protected_until();
            until.map(|until| (until, protection_left(until, deal.now)))
        }
        _ => None,
    };
    text.map(|(at, left)| {
        view! {
            <FactRow name="Protected until">
                <Time at shown=Shown::Date/>
                <span class="muted">", "{left}</span>
            </FactRow>
        }
    })
}
