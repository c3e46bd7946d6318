//! The first page after signing in: every program of mine, and what waits for me.

mod company_card;
mod partner_card;

use domain::views::HomeView;
use leptos::prelude::*;

use crate::frames::server_fns::load_home;
use crate::layout::{Page, PageHeader};
use crate::problem::Problem;
use crate::ui::{EmptyState, LinkButton, awaited};
use company_card::CompanyCard;
use partner_card::PartnerCard;

#[component]
pub fn HomePage() -> impl IntoView {
    let home = Resource::new(|| (), |()| load_home());
    crate::live::use_live_refresh(
        &[domain::events::Topic::Program, domain::events::Topic::Deal],
        move || home.refetch(),
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match home.await {
                    Ok(home) => view! { <Programs home/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Programs(home: HomeView) -> impl IntoView {
    let is_partner = !home.partners.is_empty();
    let title = if is_partner {
        "Partner Dashboard"
    } else {
        "Your company"
    };
    let partner = is_partner.then(|| view! { <PartnerPrograms home=home.clone()/> });
    let companies =
        (!home.companies.is_empty()).then(|| view! { <CompanyPrograms home=home.clone()/> });
    let nothing = partner.is_none() && companies.is_none();
    view! {
        <Page>
            <PageHeader title/>
            {partner}
            {companies}
            {nothing.then(|| view! {
                <EmptyState text="You belong to no team yet. Ask the one who invited you for a new link." icon=icondata::LuUsers/>
            })}
        </Page>
    }
}

#[component]
fn PartnerPrograms(home: HomeView) -> impl IntoView {
    let several_teams = home.partners.len() > 1;
    let cards = home.partner_programs;
    let empty = cards.is_empty();
    let several_programs = cards.len() > 1;
    view! {
        <section class="section" aria-labelledby="your-programs">
            <div class="section__head">
                <h2 id="your-programs">"Programs"</h2>
                {several_programs.then(|| view! {
                    <LinkButton href="/board" icon=icondata::LuKanban>"All deals on one board"</LinkButton>
                })}
            </div>
            {if empty {
                view! { <EmptyState text="Your team has joined no program yet. A company invites you with a link." icon=icondata::LuHandshake/> }.into_any()
            } else {
                view! {
                    <div class="grid">
                        {cards.into_iter().map(|card| view! { <PartnerCard card names_team=several_teams/> }).collect_view()}
                    </div>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn CompanyPrograms(home: HomeView) -> impl IntoView {
    let programs = home.company_programs;
    home.companies
        .into_iter()
        .map(|(id, name, _)| {
            let heading = format!("company-{id}");
            let labelled_by = heading.clone();
            let cards = programs
                .iter()
                .filter(|card| card.program.company == id)
                .cloned()
                .map(|card| view! { <CompanyCard card/> })
                .collect_view();
            view! {
                <section class="section" aria-labelledby=labelled_by>
                    <div class="section__head">
                        <h2 id=heading>{name}</h2>
                        <div class="button-row">
                            <LinkButton href=format!("/company/{id}/programs") small=true>"Programs"</LinkButton>
                            <LinkButton href=format!("/company/{id}/team") small=true>"Team"</LinkButton>
                        </div>
                    </div>
                    <div class="grid">{cards}</div>
                </section>
            }
        })
        .collect_view()
}
