//! The lines themselves, under the bell and on the page.

use domain::views::NoticeView;
use leptos::prelude::*;

use crate::ui::{EmptyState, Time};

#[component]
pub fn NoticeList(#[prop(into)] lines: Signal<Vec<NoticeView>>) -> impl IntoView {
    view! {
        <Show
            when=move || lines.with(|lines| !lines.is_empty())
            fallback=|| view! { <EmptyState text="Nothing to tell yet."/> }
        >
            <ul class="notifications__list">
                <For each=move || lines.get() key=|line| (line.id, line.read) let:line>
                    <li>
                        <a class="notification" href=line.href data-unread=(!line.read).then_some("")>
                            <span>
                                <span class="notification__text">{line.text}</span>
                                {(!line.read).then(|| view! { <span class="visually-hidden">" (unread)"</span> })}
                                <br/>
                                <span class="notification__when"><Time at=line.at/></span>
                            </span>
                        </a>
                    </li>
                </For>
            </ul>
        </Show>
    }
}
