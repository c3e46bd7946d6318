//! `/p/:membership/messages`: with `?offer=` a question about an offer, with `?before=` earlier messages.

use domain::events::Topic;
use domain::people::Side;
use domain::views::ThreadLine;
use domain::{MembershipId, OfferId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::server_fns::{Opened, list_partner_threads, open_partner_messages};
use crate::error::ActionError;
use crate::layout::{Page, PageHeader, Split};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_membership, use_query};
use crate::problem::Problem;
use crate::thread::{PartnerThread, ThreadLines};
use crate::ui::awaited;

#[component]
pub fn PartnerMessages() -> impl IntoView {
    let (membership, before) = (use_membership(), use_query("before"));
    let asking = use_asking(membership);
    let loaded = Resource::new(
        move || (membership.get(), asking.came.get(), before.get()),
        move |(membership, _, before)| {
            let offer = asking.offer.get_untracked();
            async move {
                let membership = must_exist(membership)?;
                let offer = offer.and_then(|offer| offer.parse::<OfferId>().ok());
                let before = before.and_then(|before| before.parse().ok());
                let opened = open_partner_messages(membership, offer, before).await?;
                Ok::<_, ActionError>((membership, opened, before))
            }
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((membership, opened, before)) => {
                        view! { <Screen membership opened before on_sent=asking.on_sent/> }.into_any()
                    }
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The question about an offer that the address asks.
#[derive(Clone, Copy)]
struct Asking {
    offer: Memo<Option<String>>,
    /// Counts what people came to ask. An offer that leaves the address because its question was sent changes nothing here:
    /// the page is not made again, and the focus stays where it is.
    came: Memo<u32>,
    on_sent: Callback<()>,
}

/// Once its question is sent, an offer leaves the address too, so that neither a reload nor the way back asks it again.
fn use_asking(membership: Memo<Option<MembershipId>>) -> Asking {
    let offer = use_query("offer");
    let is_sent = StoredValue::new(false);
    let came = Memo::new(move |before: Option<&u32>| {
        // Read, not only tracked: a memo that nobody reads hears of nothing.
        offer.with(|_| ());
        let before = before.copied().unwrap_or_default();
        if is_sent.try_update_value(std::mem::take) == Some(true) {
            before
        } else {
            before.wrapping_add(1)
        }
    });
    // Not kept in the page's owner: a server ends a page on another thread than it began on.
    let navigate = cfg!(feature = "hydrate").then(use_navigate);
    let on_sent = Callback::new(move |()| {
        let asked = offer.with_untracked(Option::is_some);
        if let (Some(membership), Some(navigate), true) =
            (membership.get_untracked(), &navigate, asked)
        {
            is_sent.set_value(true);
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&format!("/p/{membership}/messages"), options);
        }
    });
    Asking {
        offer,
        came,
        on_sent,
    }
}

#[component]
fn Screen(
    membership: MembershipId,
    opened: Opened,
    before: Option<i64>,
    on_sent: Callback<()>,
) -> impl IntoView {
    let Opened {
        thread,
        lines,
        quote,
    } = opened;
    let lead = format!(
        "Questions about the program and its offers, to {}",
        thread.company
    );
    let lines = RwSignal::new(lines);
    use_live_refresh(&[Topic::Messages], move || {
        spawn_local(async move {
            if let Ok(fresh) = list_partner_threads(membership).await {
                lines.try_set(fresh);
            }
        });
    });
    let side = move || view! { <AboutDeals membership lines/> };
    view! {
        <Page>
            <PageHeader title="Messages" lead/>
            <Split side>
                <PartnerThread membership view=thread before quote on_sent/>
            </Split>
        </Page>
    }
}

/// Deals have threads of their own, on their pages.
#[component]
fn AboutDeals(membership: MembershipId, lines: RwSignal<Vec<ThreadLine>>) -> impl IntoView {
    let href = Callback::new(move |line: ThreadLine| match line.deal {
        Some((deal, ..)) => format!("/p/{membership}/deals/{deal}#messages"),
        None => format!("/p/{membership}/messages"),
    });
    let of_deals = Memo::new(move |_| {
        let lines = lines.get().into_iter();
        lines.filter(|line| line.deal.is_some()).collect::<Vec<_>>()
    });
    view! {
        <section class="section" aria-labelledby="about-deals-title" data-part="about-deals">
            <h2 id="about-deals-title">"About deals"</h2>
            {move || {
                let lines = of_deals.get();
                if lines.is_empty() {
                    view! { <p class="muted">"What is written about a deal stands on its page, and is listed here."</p> }.into_any()
                } else {
                    view! { <ThreadLines lines viewer=Side::Partner href/> }.into_any()
                }
            }}
        </section>
    }
}
