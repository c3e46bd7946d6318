//! A thread as each side has it: the partner's knows no notes.

use domain::events::Topic;
use domain::messages::{About, OfferQuote};
use domain::views::{CompanyThreadView, PartnerThreadView, ThreadEntry};
use domain::{DealId, MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::composer::{Composer, Kind};
use super::entry::EntryItem;
use super::news::NewsRegion;
use super::refused::refused;
use super::server_fns::{get_company_thread, get_partner_thread};
use crate::frames::{RefreshHead, use_company_head, use_partner_head};
use crate::live::use_live_refresh;
use crate::ui::{EmptyState, Notice, use_ready};

/// The partner's thread about a deal, or about the program.
#[component]
pub fn PartnerThread(
    membership: MembershipId,
    #[prop(optional_no_strip)] deal: Option<DealId>,
    view: PartnerThreadView,
    /// Where this page of it begins; the newest otherwise.
    before: Option<i64>,
    #[prop(optional_no_strip)] quote: Option<OfferQuote>,
    /// A message was sent.
    #[prop(optional)]
    on_sent: Option<Callback<()>>,
) -> impl IntoView {
    let here = match deal {
        Some(deal) => format!("/p/{membership}/deals/{deal}"),
        None => format!("/p/{membership}/messages"),
    };
    let (company, key, may_write) = (view.company.clone(), view.key.clone(), view.may_write);
    let shown = RwSignal::new(view);
    let reload = Callback::new(move |()| {
        spawn_local(async move {
            // What cannot be fetched now stays as it is; the next change tries again.
            if let Ok(fresh) = get_partner_thread(membership, deal, before, is_seen()).await {
                shown.try_set(fresh);
            }
        });
    });
    let head = use_partner_head();
    follow(reload, head.with_untracked(|head| head.unread_messages));
    let entries = Memo::new(move |_| {
        shown.with(|view| {
            view.messages
                .iter()
                .cloned()
                .map(ThreadEntry::Message)
                .collect()
        })
    });
    let earlier = Memo::new(move |_| shown.with(|view| view.earlier));
    let action = match &quote {
        Some(quote) => format!("{here}?offer={}", quote.offer),
        None => here.clone(),
    };
    let sent = Callback::new(move |()| {
        reload.run(());
        if let Some(on_sent) = on_sent {
            on_sent.run(());
        }
    });
    let kind = Kind::Message(company.clone());
    let empty = if may_write {
        format!("No message yet. What you write here, {company} reads and answers.")
    } else {
        "No message yet.".to_owned()
    };
    view! {
        <Thread here entries earlier before empty>
            {may_write.then(|| view! { <Composer kind action key quote on_sent=sent/> })}
        </Thread>
    }
}

/// The company's thread, with its internal notes.
#[component]
pub fn CompanyThread(
    program: ProgramId,
    about: About,
    view: CompanyThreadView,
    before: Option<i64>,
) -> impl IntoView {
    let here = match about {
        About::Deal(deal) => format!("/c/{program}/deals/{deal}"),
        About::Partner(membership) => format!("/c/{program}/messages/{membership}"),
    };
    let CompanyThreadView {
        partner,
        key,
        may_write,
        is_read,
        ..
    } = view.clone();
    let shown = RwSignal::new(view);
    let reload = Callback::new(move |()| {
        spawn_local(async move {
            if let Ok(fresh) = get_company_thread(program, about, before, is_seen()).await {
                shown.try_set(fresh);
            }
        });
    });
    let head = use_company_head();
    follow(reload, head.with_untracked(|head| head.unread_messages));
    let entries = Memo::new(move |_| shown.with(|view| view.entries.clone()));
    let earlier = Memo::new(move |_| shown.with(|view| view.earlier));
    let (to, action, note_key) = (Kind::Message(partner.clone()), here.clone(), key.clone());
    let empty = if may_write && is_read {
        format!("No message yet. What you write here, {partner} reads and answers.")
    } else {
        "No message yet.".to_owned()
    };
    view! {
        <Thread here=here.clone() entries earlier before empty>
            {(may_write && is_read).then(|| view! { <Composer kind=to action key on_sent=reload/> })}
            {(!is_read).then(|| view! {
                <Notice><p>{format!("{partner} is not in the program, and reads nothing that is written here.")}</p></Notice>
            })}
            {may_write.then(|| view! {
                <details class="disclosure" open=refused(true).is_some()>
                    <summary class="button">"Write an internal note\u{2026}"</summary>
                    <Composer kind=Kind::Note action=here key=note_key on_sent=reload/>
                </details>
            })}
        </Thread>
    }
}

/// The form (children), the entries, and the way to the earlier ones.
#[component]
fn Thread(
    here: String,
    entries: Memo<Vec<ThreadEntry>>,
    earlier: Memo<Option<i64>>,
    before: Option<i64>,
    empty: String,
    children: Children,
) -> impl IntoView {
    let newest = before.map(|_| format!("{here}#messages"));
    let older = move || {
        let cursor = earlier.get()?;
        let href = format!("{here}?before={cursor}#messages");
        Some(view! { <a class="button" data-size="small" href=href>"Earlier messages"</a> })
    };
    let none = Memo::new(move |_| entries.with(Vec::is_empty));
    view! {
        <section class="section thread" id="messages" aria-labelledby="messages-title" data-part="messages" data-ready=use_ready()>
            <h2 id="messages-title">"Messages"</h2>
            <NewsRegion entries/>
            {children()}
            {newest.map(|href| view! { <p><a class="button" data-size="small" href=href>"Newest messages"</a></p> })}
            <ol class="thread__entries" aria-label="Messages, the newest first">
                <For each=move || entries.get() key=id let:entry>
                    <EntryItem entry/>
                </For>
            </ol>
            {move || none.get().then(|| view! { <EmptyState icon=icondata::LuMessageSquare text=empty.clone()/> })}
            {older}
        </section>
    }
}

fn id(entry: &ThreadEntry) -> String {
    match entry {
        ThreadEntry::Message(message) => message.id.to_string(),
        ThreadEntry::Note(note) => note.id.to_string(),
    }
}

/// Fetches the thread again when something was written, and when somebody comes back to the tab; what the page's own
/// opening has read is taken off the tabs.
fn follow(reload: Callback<()>, unread: i64) {
    use_live_refresh(&[Topic::Messages], move || reload.run(()));
    let heads = use_context::<RefreshHead>();
    Effect::new(move |_| {
        if let Some(RefreshHead(refresh)) = heads.filter(|_| unread > 0) {
            refresh.run(());
        }
        let back = window_event_listener_untyped("visibilitychange", move |_| {
            if is_seen() {
                reload.run(());
            }
        });
        on_cleanup(move || back.remove());
    });
}

/// Whether somebody may be looking: what arrives in a hidden tab stays unread.
fn is_seen() -> bool {
    !document().hidden()
}
