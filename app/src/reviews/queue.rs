//! The list at the left: what waits, soonest due first; and what was decided just now, until it is sent.

use domain::DealId;
use domain::deals::WinStatus;
use domain::views::QueueItem;
use leptos::prelude::*;

use super::desk::Desk;
use super::due::due_words;
use super::hold::{Countdown, HeldLine};
use crate::ui::{Icon, MoneyText, Tag, Tone};

#[component]
pub fn Queue(desk: Desk) -> impl IntoView {
    let waiting = move || {
        let away = desk.away.get();
        let count = desk.view.with(|view| {
            let items = view.queue.items.iter();
            items.filter(|item| !away.contains(&item.id)).count()
        });
        match count {
            0 => "Nothing waits".to_owned(),
            1 => "1 waits".to_owned(),
            many => format!("{many} wait"),
        }
    };
    let lines = move || {
        desk.view.with(|view| {
            let chosen = view.chosen.as_ref().map(|chosen| chosen.deal.id);
            let (now, items) = (view.queue.now, view.queue.items.clone());
            items
                .into_iter()
                .map(|item| {
                    let current = chosen == Some(item.id);
                    view! { <li><Line desk item current now/></li> }
                })
                .collect_view()
        })
    };
    view! {
        <section class="desk__queue" aria-label="Review queue">
            <div class="desk__head">
                <h1>"Review"</h1>
                <span class="muted" role="status">{waiting}</span>
                <HeldLine desk/>
            </div>
            <ul>{lines}</ul>
        </section>
    }
}

#[component]
fn Line(desk: Desk, item: QueueItem, current: bool, now: domain::Timestamp) -> impl IntoView {
    let href = format!("/c/{}/review?deal={}", desk.program, item.id);
    let (due, tone) = due_words(item.due_at, now);
    let is_win = item.win == WinStatus::Pending;
    let id = item.id;
    view! {
        <a
            class="desk__item"
            href=href
            aria-current=current.then_some("true")
            data-away=move || desk.away.with(|away| away.contains(&id)).then_some("")
        >
            <span class="desk__row">
                <span class="desk__customer">{item.customer}</span>
                <span>{item.value.map(|amount| view! { <MoneyText amount/> })}</span>
            </span>
            <span class="desk__row">
                <span class="clip">{item.number}" · "{item.partner}</span>
                <Fate desk id due tone/>
            </span>
            <span class="cluster">
                {is_win.then(|| view! { <Tag tone=Tone::Info icon=icondata::LuTrophy text="Win to confirm"/> })}
                {item.appealed.then(|| view! { <Tag tone=Tone::Warn text="Appeal"/> })}
                {(item.conflicts > 0)
                    .then(|| {
                        view! {
                            <span class="due" data-tone="warn">
                                <Icon icon=icondata::LuTriangleAlert size="small"/>
                                {if item.conflicts == 1 {
                                    "1 possible conflict".to_owned()
                                } else {
                                    format!("{} possible conflicts", item.conflicts)
                                }}
                            </span>
                        }
                    })}
            </span>
        </a>
    }
}

/// When it is due; once decided on, when that goes out.
#[component]
fn Fate(desk: Desk, id: DealId, due: String, tone: Tone) -> impl IntoView {
    let held = Memo::new(move |_| {
        desk.held
            .with(|held| held.as_ref().is_some_and(|held| held.post.deal == id))
    });
    let away = Memo::new(move |_| desk.away.with(|away| away.contains(&id)));
    move || {
        if held.get() {
            view! { <Countdown desk/> }.into_any()
        } else if away.get() {
            view! { <span class="held__countdown">"Sending\u{2026}"</span> }.into_any()
        } else {
            view! { <span class="due" data-tone=tone.word()>{due.clone()}</span> }.into_any()
        }
    }
}
