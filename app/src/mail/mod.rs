//! The company's outbox: what was mailed in its name, and what did not arrive.

mod row;
pub mod server_fns;

use domain::CompanyId;
use domain::mail::MailState;
use domain::views::OutboxView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::row::MailRow;
use self::server_fns::{RetryMail, load_outbox};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, successes};
use crate::ui::{EmptyState, Notice, Pagination, Tone, awaited, use_ready};

/// `/company/:company/mail`, with `?state=dead` for what was not delivered and `?before=` for later pages.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let company = Memo::new(move |_| {
        params
            .with(|params| params.get("company"))
            .unwrap_or_default()
    });
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let text = |name| query.get(name).unwrap_or_default();
            (text("state"), text("before"))
        })
    });
    let retry = ServerAction::<RetryMail>::new();
    let retried = successes(retry);
    let outbox = Resource::new(
        move || (company.get(), asked.get(), retried.get()),
        async |(company, (state, before), _)| match company.parse::<CompanyId>() {
            Ok(company) => Ok((company, load_outbox(company, state, before).await?)),
            Err(_) => Err(ActionError::new(domain::ErrorCode::NotFound)),
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match outbox.await {
                    Ok((company, outbox)) => {
                        let (state, before) = asked.get_untracked();
                        view! { <Outbox company outbox state later=!before.is_empty() retry/> }.into_any()
                    }
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Outbox(
    company: CompanyId,
    outbox: OutboxView,
    state: String,
    /// Whether this is not the first page.
    later: bool,
    retry: ServerAction<RetryMail>,
) -> impl IntoView {
    let here = format!("/company/{company}/mail");
    let only_dead = state == MailState::Dead.as_str();
    let filter = if only_dead { "state=dead&" } else { "" };
    let first = later.then(|| {
        if only_dead {
            format!("{here}?state=dead")
        } else {
            here.clone()
        }
    });
    let next = outbox
        .next
        .map(|next| format!("{here}?{filter}before={next}"));
    let none = if only_dead {
        "Every mail was delivered, or still can be."
    } else {
        "No mail yet. The first invitation or registration writes one."
    };
    let rows = outbox
        .mails
        .into_iter()
        .map(|mail| view! { <MailRow company mail retry/> })
        .collect_view();
    let empty = rows.is_empty();
    view! {
        <Page width="narrow">
            <PageHeader title="Outbox" lead=outbox.company back=BackLink::new("/", "Home")/>
            {(!outbox.sends).then(|| view! {
                <Notice tone=Tone::Info title="No mail server is set">
                    "Mail is kept here and not sent. Whoever runs this Dealboard sets "<code>"mail.smtp_url"</code>"."
                </Notice>
            })}
            <nav class="cluster" aria-label="Which mail">
                <a href=here.clone() aria-current=(!only_dead).then_some("page")>"All mail"</a>
                <a href=format!("{here}?state=dead") aria-current=only_dead.then_some("page")>"Not delivered"</a>
            </nav>
            <SentErrors sent=Sent::of(retry, "mail-")/>
            <section class="section" aria-label="Mail" data-ready=use_ready()>
                {if empty {
                    view! { <EmptyState icon=icondata::LuMail text=none/> }.into_any()
                } else {
                    view! { <ul class="rows">{rows}</ul> }.into_any()
                }}
            </section>
            <Pagination first next/>
        </Page>
    }
}
