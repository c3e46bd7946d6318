//! A program's Summary page for the partner: what waits, what runs out, what happened, and the way to a new deal.

mod drafts;
mod numbers;
mod offers;
pub mod server_fns;

use domain::MembershipId;
use domain::commissions::CommissionStatus;
use domain::events::Topic;
use domain::views::{DraftLine, NoticeView, PartnerProgramView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use self::drafts::Drafts;
use self::numbers::Numbers;
use self::offers::Offers;
use self::server_fns::get_summary;
use crate::calculation::CommissionTotals;
use crate::error::ActionError;
use crate::frames::use_partner_head;
use crate::layout::{Page, PageHeader};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_membership};
use crate::problem::Problem;
use crate::ui::{EmptyState, LinkButton, Tag, Time, Variant, awaited, use_ready};

/// All that the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub view: domain::views::SummaryView,
    pub drafts: Vec<DraftLine>,
}

#[component]
pub fn SummaryPage() -> impl IntoView {
    let membership = use_membership();
    let loaded = Resource::new(
        move || membership.get(),
        |membership| async move {
            let membership = must_exist(membership)?;
            let summary = get_summary(membership).await?;
            Ok::<_, ActionError>((membership, summary))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((membership, summary)) => view! { <Loaded membership summary/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(membership: MembershipId, summary: Summary) -> impl IntoView {
    let shown = RwSignal::new(summary);
    let refresh = move || {
        spawn_local(async move {
            if let Ok(fresh) = get_summary(membership).await {
                shown.try_set(fresh);
            }
        });
    };
    use_live_refresh(&[Topic::Deal, Topic::Bell, Topic::Draft], refresh);
    let head = use_partner_head();
    let recent = Memo::new(move |_| shown.with(|summary| summary.view.recent.clone()));
    view! {
        <Page>
            <div class="stack" data-ready=use_ready() data-part="summary">
                <Head head/>
                <Numbers membership shown/>
                <Earned membership shown/>
                <Offers membership shown/>
                <Drafts membership shown refresh=Callback::new(move |()| refresh())/>
                {move || view! { <Recent recent=recent.get()/> }}
            </div>
        </Page>
    }
}

/// What the team's commissions come to; each number leads to those that it counts.
#[component]
fn Earned(membership: MembershipId, shown: RwSignal<Summary>) -> impl IntoView {
    let totals = Memo::new(move |_| shown.with(|summary| summary.view.commissions.clone()));
    let href = Callback::new(move |status: CommissionStatus| {
        format!("/p/{membership}/commissions?status={}", status.as_str())
    });
    view! {
        <section class="section" aria-labelledby="earned-title" data-part="earned">
            <h2 id="earned-title">"Commissions"</h2>
            <CommissionTotals totals href/>
        </section>
    }
}

/// The program in the company's words, who we are in it, and the button while the company takes registrations.
#[component]
fn Head(head: Memo<PartnerProgramView>) -> impl IntoView {
    let title = Signal::derive(move || {
        let name = head.try_with(|head| head.program.name.clone());
        name.unwrap_or_default()
    });
    let lead = head.with_untracked(|head| format!("{} with {}", head.partner, head.company));
    view! {
        <PageHeader title lead>
            {move || head.with(|head| head.may_register.then(|| {
                let register = format!("/p/{}/deals/new", head.membership);
                view! {
                    <LinkButton href=register variant=Variant::Primary icon=icondata::LuPlus>"Register a Deal"</LinkButton>
                }
            }))}
        </PageHeader>
        <div class="cluster">{move || head.with(tags)}</div>
        {move || head.with(|head| {
            let summary = head.program.summary.clone();
            (!summary.is_empty()).then(|| view! { <p class="prose">{summary}</p> })
        })}
    }
}

fn tags(head: &PartnerProgramView) -> impl IntoView + use<> {
    let tier = head.tier.as_ref().map(|tier| format!("{tier} tier"));
    view! {
        {tier.map(|text| view! { <Tag text/> })}
        <Tag text=head.role.label()/>
        {(!head.program.submissions_open).then(|| {
            view! { <Tag text="Registration is closed" tone=crate::ui::Tone::Warn/> }
        })}
    }
}

#[component]
fn Recent(recent: Vec<NoticeView>) -> impl IntoView {
    let body = if recent.is_empty() {
        view! { <EmptyState text="Nothing has happened yet. Decisions on your deals are told here."/> }.into_any()
    } else {
        let lines = recent.into_iter().map(|line| {
            view! {
                <li>
                    <a class="rows__row" href=line.href>
                        <span class="rows__main">{line.text}</span>
                        <span class="rows__side"><Time at=line.at/></span>
                    </a>
                </li>
            }
        });
        view! { <ul class="rows card">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="recent-title">
            <h2 id="recent-title">"Recent changes"</h2>
            {body}
        </section>
    }
}
