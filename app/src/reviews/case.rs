//! The right side: all that a decision needs, on one screen.

use domain::ProgramId;
use domain::commissions::{Calculation, CommissionStatus};
use domain::views::{AnswerLine, CommissionView, CompanyDealView, ConflictHint, PartnerRecord};
use leptos::prelude::*;

use super::desk::CASE_TITLE;
use crate::calculation::CalculationList;
use crate::fields::{GroupedFacts, RowsTable};
use crate::ui::{Icon, MoneyText, Notice, Tag, Time, Tone};

/// Who, what and how much; conflicts side by side; the partner's record; the answers.
#[component]
pub fn Case(program: ProgramId, view: CompanyDealView) -> impl IntoView {
    let deal = view.deal;
    let summary = deal.summary.clone();
    let note = deal
        .registration
        .submission()
        .map(|submission| submission.note.clone())
        .unwrap_or_default();
    let answers = deal.answers.into_iter();
    let answers = answers
        .map(|line| (line.group.clone(), answer(line)))
        .collect();
    view! {
        <div class="deal-head">
            <a class="back-link desk__back" href=format!("/c/{program}/review")>
                <Icon icon=icondata::LuChevronLeft size="small" flips=true/>
                "Queue"
            </a>
            <p class="deal-head__number">
                <a href=format!("/c/{program}/deals/{}", deal.id)>{deal.number.clone()}</a>
                " · " {view.partner.clone()}
            </p>
            <h2 id=CASE_TITLE tabindex="-1">{summary.customer.clone()}</h2>
            <p class="cluster">
                {summary.value.map(|amount| view! { <span class="deal-head__value"><MoneyText amount/></span> })}
                {summary.close_date.map(|date| view! { <span class="muted">"Expected close "{date.display()}</span> })}
                {summary.domain.clone().map(|domain| view! { <span class="muted">{domain}</span> })}
            </p>
            <p class="cluster">
                <Tag tone=Tone::Info text=deal.registration.status().label()/>
                {deal
                    .registration
                    .submission()
                    .map(|submission| view! { <span class="muted">"Registered " <Time at=submission.at/></span> })}
            </p>
        </div>
        {(!note.is_empty())
            .then(|| view! { <Notice title="The partner writes"><p>{note}</p></Notice> })}
        <Owed wins=deal.actions.judge_win commissions=deal.commissions projected=deal.projected/>
        <Conflicts program hints=view.conflicts/>
        <Record partner=view.partner record=view.record/>
        <section class="section" aria-labelledby="answers-title">
            <h3 id="answers-title">"Answers"</h3>
            <GroupedFacts lines=answers/>
        </section>
    }
}

fn answer(line: AnswerLine) -> AnyView {
    let wide = line.table.is_some().then_some("");
    view! {
        <div data-table=wide>
            <dt>{line.label.clone()}</dt>
            <dd dir="auto">
                {if let Some(table) = line.table {
                    view! { <RowsTable label=line.label table/> }.into_any()
                } else if line.files.is_empty() {
                    line.text.into_any()
                } else {
                    line.files
                        .into_iter()
                        .map(|file| {
                            view! { <a href=format!("/files/{}", file.id)>{file.name}</a>" " }
                        })
                        .collect_view()
                        .into_any()
                }}
            </dd>
        </div>
    }
    .into_any()
}

/// What confirming the win makes the company owe; before that, what a win would.
#[component]
fn Owed(
    wins: bool,
    commissions: Vec<CommissionView>,
    projected: Vec<Calculation>,
) -> impl IntoView {
    let waiting = commissions
        .into_iter()
        .filter(|commission| commission.status() == CommissionStatus::Pending)
        .map(|commission| commission.calculation);
    let (title, calculations) = if wins {
        ("What you will owe", waiting.collect())
    } else {
        ("What a win would earn", projected)
    };
    let none = calculations.is_empty();
    (wins || !none).then(|| {
        view! {
            <section class="section" aria-labelledby="owed-title" data-part="owed">
                <h3 id="owed-title">{title}</h3>
                {if none {
                    view! { <p class="muted">"Nothing: no offer held for this win."</p> }.into_any()
                } else {
                    view! { <CalculationList calculations/> }.into_any()
                }}
            </section>
        }
    })
}

#[component]
fn Conflicts(program: ProgramId, hints: Vec<ConflictHint>) -> impl IntoView {
    if hints.is_empty() {
        return view! {
            <p class="muted cluster">
                <Icon icon=icondata::LuCircleCheck size="small"/>
                "Nobody else is known to work this customer."
            </p>
        }
        .into_any();
    }
    view! {
        <section class="section" aria-labelledby="conflicts-title">
            <h3 id="conflicts-title">"Possible conflicts"</h3>
            <div class="versus">
                {hints.into_iter().map(|hint| view! { <Conflict program hint/> }).collect_view()}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Conflict(program: ProgramId, hint: ConflictHint) -> impl IntoView {
    match hint {
        ConflictHint::Claim { customer, note, since } => view! {
            <div class="card"><div class="card__body stack">
                <Tag tone=Tone::Warn icon=icondata::LuUsers text="Our own team"/>
                <strong>{customer}</strong>
                <span class="muted">"On the list since "<Time at=since/></span>
                {(!note.is_empty()).then(|| view! { <p>{note}</p> })}
            </div></div>
        }
        .into_any(),
        ConflictHint::Deal { id, number, customer, partner, registration, submitted_at } => view! {
            <div class="card"><div class="card__body stack">
                <Tag tone=Tone::Warn icon=icondata::LuHandshake text=registration.label()/>
                <strong>{customer}</strong>
                <a href=format!("/c/{program}/deals/{id}")>{number}" of "{partner}</a>
                {submitted_at.map(|at| view! { <span class="muted">"Registered "<Time at/></span> })}
            </div></div>
        }
        .into_any(),
        ConflictHint::Customer { name, since } => view! {
            <div class="card"><div class="card__body stack">
                <Tag tone=Tone::Info icon=icondata::LuBuilding2 text="Our customer"/>
                <strong>{name}</strong>
                <span class="muted">"Since "<Time at=since/></span>
            </div></div>
        }
        .into_any(),
    }
}

#[component]
fn Record(partner: String, record: PartnerRecord) -> impl IntoView {
    let PartnerRecord {
        registered,
        approved,
        won,
        open,
    } = record;
    view! {
        <p class="muted">
            {partner}" so far: "{registered}" registered, "{approved}" approved, "{won}" won, "{open}" open now."
        </p>
    }
}
