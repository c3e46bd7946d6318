//! `/c/:program/messages`: all threads of a program; `/c/:program/messages/:membership`: the one about the program with one partner.

use domain::events::Topic;
use domain::messages::About;
use domain::people::Side;
use domain::views::{ThreadLine, ThreadList};
use domain::{MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::server_fns::list_company_threads;
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_id, use_query};
use crate::problem::Problem;
use crate::thread::server_fns::get_company_thread;
use crate::thread::{CompanyThread, ThreadLines};
use crate::ui::{EmptyState, LinkButton, Pagination, awaited, use_ready};

#[component]
pub fn CompanyInbox() -> impl IntoView {
    let (program, after) = (use_id::<ProgramId>("program"), use_query("after"));
    let loaded = Resource::new(
        move || (program.get(), after.get()),
        |(program, after)| async move {
            let program = must_exist(program)?;
            let list = list_company_threads(program, after.clone()).await?;
            Ok::<_, ActionError>((program, after, list))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, after, list)) => view! { <Inbox program after list/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Inbox(program: ProgramId, after: Option<String>, list: ThreadList) -> impl IntoView {
    let at = format!("/c/{program}/messages");
    let first = after.as_ref().map(|_| at.clone());
    let shown = RwSignal::new(list);
    use_live_refresh(&[Topic::Messages], move || {
        let after = after.clone();
        spawn_local(async move {
            if let Ok(fresh) = list_company_threads(program, after).await {
                shown.try_set(fresh);
            }
        });
    });
    let href = Callback::new(move |line: ThreadLine| match line.deal {
        Some((deal, ..)) => format!("/c/{program}/deals/{deal}#messages"),
        None => format!("/c/{program}/messages/{}", line.membership),
    });
    let partners = format!("/c/{program}/partners");
    let body = move || {
        let ThreadList { lines, next } = shown.get();
        if lines.is_empty() {
            let partners = partners.clone();
            return view! {
                <EmptyState icon=icondata::LuMessageSquare text="No partner has written yet. You write to one from the list of partners.">
                    <LinkButton href=partners>"Partners"</LinkButton>
                </EmptyState>
            }
            .into_any();
        }
        let next = next.map(|next| format!("{at}?after={next}"));
        view! {
            <ThreadLines lines viewer=Side::Company href/>
            <Pagination first=first.clone() next/>
        }
        .into_any()
    };
    view! {
        <Page width="narrow">
            <PageHeader title="Messages" lead="What partners and your company write to each other, by program and by deal"/>
            <section class="section" aria-label="Threads" data-part="threads" data-ready=use_ready()>{body}</section>
        </Page>
    }
}

#[component]
pub fn CompanyMessages() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    let membership = use_id::<MembershipId>("membership");
    let before = use_query("before");
    let loaded = Resource::new(
        move || (program.get(), membership.get(), before.get()),
        |(program, membership, before)| async move {
            let (program, membership) = (must_exist(program)?, must_exist(membership)?);
            let before = before.and_then(|before| before.parse().ok());
            let about = About::Partner(membership);
            let view = get_company_thread(program, about, before, true).await?;
            Ok::<_, ActionError>((program, about, view, before))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, about, view, before)) => {
                        let (title, back) = (view.partner.clone(), format!("/c/{program}/messages"));
                        view! {
                            <Page width="narrow">
                                <PageHeader title lead="About the program" back=BackLink::new(back, "Messages")/>
                                <CompanyThread program about view before/>
                            </Page>
                        }
                        .into_any()
                    }
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}
