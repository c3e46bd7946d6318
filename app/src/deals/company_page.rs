//! A deal's page for the company: the same story and facts, with the partner's record and what the company may do.

use domain::events::Topic;
use domain::messages::About;
use domain::views::{CompanyDealView, CompanyThreadView, DealActions};
use domain::{DealId, ProgramId};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::company::{OverrideForm, OwnCard};
use super::server_fns::{ExtendDeal, get_company_deal};
use super::view::{
    AnswerList, DealCommissions, DealFacts, DealHead, FactRow, StageTrack, Timeline, Verdict, words,
};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader, Split};
use crate::live::{News, use_live};
use crate::place::{must_exist, use_deal, use_id, use_query};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors};
use crate::thread::CompanyThread;
use crate::thread::server_fns::get_company_thread;
use crate::ui::{Button, LinkButton, Variant, awaited};

#[component]
pub fn CompanyDealPage() -> impl IntoView {
    let (program, deal) = (use_id::<ProgramId>("program"), use_deal());
    let before = use_query("before");
    let loaded = Resource::new(
        move || (program.get(), deal.get(), before.get()),
        |(program, deal, before)| async move {
            let before = before.and_then(|before| before.parse().ok());
            let (program, deal) = (must_exist(program)?, must_exist(deal)?);
            let view = get_company_deal(program, deal).await?;
            let thread = get_company_thread(program, About::Deal(deal), before, true).await?;
            Ok::<_, ActionError>((program, view, (thread, before)))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, view, (thread, before))) => {
                        view! { <Loaded program view thread before/> }.into_any()
                    }
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(
    program: ProgramId,
    view: CompanyDealView,
    thread: CompanyThreadView,
    before: Option<i64>,
) -> impl IntoView {
    let about = About::Deal(view.deal.id);
    let (partner, record) = (view.partner.clone(), view.record.clone());
    let shown = RwSignal::new(view);
    follow(program, shown);
    let deal = Memo::new(move |_| shown.with(|view| view.deal.clone()));
    let customer = Memo::new(move |_| deal.with(|deal| deal.summary.customer.clone()));
    let won_customer = Memo::new(move |_| deal.with(|deal| deal.win.customer()));
    let record = format!(
        "{} registered, {} approved, {} open, {} won",
        record.registered, record.approved, record.open, record.won
    );
    let side = move || {
        view! {
            <Actions program shown/>
            <DealFacts deal>
                <FactRow name="Partner">{partner}</FactRow>
                <FactRow name="Their record">{record}</FactRow>
                {move || won_customer.get().map(|id| view! {
                    <FactRow name="Customer"><a href=format!("/c/{program}/customers/{id}")>{customer}</a></FactRow>
                })}
            </DealFacts>
            <DealCommissions deal base=format!("/c/{program}")/>
        }
    };
    view! {
        <Page>
            <PageHeader title=customer back=BackLink::new(format!("/c/{program}/deals"), "Deals")/>
            <DealHead deal/>
            <StageTrack deal/>
            <Split side>
                <Verdict deal to_company=true/>
                <AnswerList deal/>
                <OwnCard program shown/>
                <CompanyThread program about view=thread before/>
                <Timeline deal/>
            </Split>
        </Page>
    }
}

fn follow(program: ProgramId, shown: RwSignal<CompanyDealView>) {
    let id = shown.with_untracked(|view| view.deal.id);
    let text = id.to_string();
    use_live(&[Topic::Deal], move |news| {
        if matches!(news, News::Changed(change) if change.id != text) {
            return;
        }
        fetch(program, id, shown);
    });
}

fn fetch(program: ProgramId, id: DealId, shown: RwSignal<CompanyDealView>) {
    spawn_local(async move {
        if let Ok(fresh) = get_company_deal(program, id).await {
            shown.try_set(fresh);
        }
    });
}

#[component]
fn Actions(program: ProgramId, shown: RwSignal<CompanyDealView>) -> impl IntoView {
    let allowed = Memo::new(move |_| shown.with(|view| view.deal.actions.clone()));
    let id = shown.with_untracked(|view| view.deal.id);
    let desk = format!("/c/{program}/review?deal={id}");
    let due = move || shown.with(|view| words::due_at(&view.deal));
    let deal = Signal::derive(move || shown.with(|view| view.deal.clone()));
    let reload = Callback::new(move |()| fetch(program, id, shown));
    move || {
        let DealActions {
            decide,
            judge_win,
            extend,
            move_stage,
            ..
        } = allowed.get();
        if !(decide || judge_win || extend || move_stage) {
            return None;
        }
        let label = if judge_win { "Judge the win" } else { "Decide" };
        let desk = desk.clone();
        Some(view! {
            <section class="card" aria-labelledby="actions-title" data-part="actions">
                <div class="card__head"><h2 id="actions-title">"What you can do"</h2></div>
                <div class="card__body">
                    {due().map(|at| view! { <p>"Due "<crate::ui::Time at/></p> })}
                    {(decide || judge_win).then(|| view! { <LinkButton href=desk variant=Variant::Primary>{label}</LinkButton> })}
                    {move_stage.then(|| view! { <OverrideForm program deal reload/> }.into_any())}
                    {extend.then(|| view! { <Extend program shown reload/> })}
                </div>
            </section>
        })
    }
}

/// The one extension.
#[component]
fn Extend(
    program: ProgramId,
    shown: RwSignal<CompanyDealView>,
    reload: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<ExtendDeal>::new();
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(_))) {
            reload.run(());
        }
    });
    let id = shown.with_untracked(|view| view.deal.id);
    view! {
        <ActionForm action attr:class="stack">
            <SentErrors sent=Sent::of(action, "extend-")/>
            <input type="hidden" name="program" value=program.to_string()/>
            <input type="hidden" name="deal" value=id.to_string()/>
            <input type="hidden" name="version" value=move || shown.with(|view| view.deal.version).to_string()/>
            <div class="button-row">
                <Button kind="submit" busy=action.pending()>"Extend the protection"</Button>
            </div>
        </ActionForm>
    }
}
