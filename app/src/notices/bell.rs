//! The bell in the header: a count in words, and a panel. The panel is a native popover, so it opens without the app too
//! and then leads to the page.

use domain::events::Topic;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::list::NoticeList;
use super::server_fns::{get_notices, read_notices};
use super::{Notices, in_words};
use crate::live::use_live_refresh;
use crate::ui::{Button, Count, Icon, Variant, use_ready};

/// `unread` as the page was made; after that the stream says when to look again.
#[component]
pub fn Bell(unread: i64) -> impl IntoView {
    let shown = RwSignal::new(Notices {
        lines: Vec::new(),
        unread,
    });
    let loaded = RwSignal::new(false);
    let refresh = move || {
        spawn_local(async move {
            if let Ok(fresh) = get_notices().await {
                shown.try_set(fresh);
                loaded.try_set(true);
            }
        });
    };
    use_live_refresh(&[Topic::Bell], refresh);
    let count = Memo::new(move |_| shown.with(|notices| notices.unread));
    let panel = NodeRef::<html::Div>::new();
    let label = move || in_words(count.get());
    view! {
        <div class="bell" data-ready=use_ready()>
            <button
                class="menu__button"
                type="button"
                popovertarget="bell-panel"
                aria-label=label
                title=label
                on:click=move |_| refresh()
            >
                <Icon icon=icondata::LuBell/>
                {move || {
                    let count = u64::try_from(count.get()).unwrap_or_default();
                    (count > 0).then(|| view! { <span class="bell__count" aria-hidden="true"><Count count/></span> })
                }}
            </button>
            <Panel shown loaded panel refresh=Callback::new(move |()| refresh())/>
            <p class="visually-hidden" role="status">{move || (count.get() > unread).then(label)}</p>
        </div>
    }
}

#[component]
fn Panel(
    shown: RwSignal<Notices>,
    loaded: RwSignal<bool>,
    panel: NodeRef<html::Div>,
    refresh: Callback<()>,
) -> impl IntoView {
    let lines = Memo::new(move |_| shown.with(|notices| notices.lines.clone()));
    let some = move || shown.with(|notices| notices.unread > 0);
    let read = move |_: MouseEvent| {
        spawn_local(async move {
            if read_notices().await.is_ok() {
                refresh.run(());
            }
        });
    };
    let close = move |_: MouseEvent| {
        if let Some(panel) = panel.get_untracked() {
            // Refused only when it is closed already.
            let _ = panel.hide_popover();
        }
    };
    view! {
        <div class="menu__list" popover="auto" id="bell-panel" node_ref=panel>
            <div class="notifications__head">
                <span>"Notifications"</span>
                <Show when=some>
                    <Button variant=Variant::Quiet small=true on:click=read>"Mark all read"</Button>
                </Show>
            </div>
            <div on:click=close><Show when=move || loaded.get()><NoticeList lines/></Show></div>
            <a class="menu__item" href="/notifications" on:click=close>"All notifications"</a>
        </div>
    }
}
