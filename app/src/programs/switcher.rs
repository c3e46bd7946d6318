//! "Your programs": at the top right of every page. A popover of links, so it works before and without wasm; with wasm it
//! filters while one types, arrows move the mark and Enter follows it.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::{Avatar, Icon, keep_cookie, kept_cookie, use_ready};

const LIST: &str = "program-switcher";

/// One program, as the switcher shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitcherItem {
    pub href: String,
    pub name: String,
    pub company: String,
    pub role: String,
    /// Of deals, in words.
    pub count: String,
    pub current: bool,
}

impl SwitcherItem {
    fn matches(&self, folded_query: &str) -> bool {
        let text = format!("{} {}", self.name, self.company).to_lowercase();
        folded_query
            .split_whitespace()
            .all(|word| text.contains(word))
    }
}

/// The programs that the query finds, the last one that was opened first.
fn filtered(items: &[SwitcherItem], query: &str, last: &str) -> Vec<SwitcherItem> {
    let folded = query.to_lowercase();
    let found = items.iter().filter(|item| item.matches(&folded));
    let mut found: Vec<_> = found.cloned().collect();
    found.sort_by_key(|item| item.href != last);
    found
}

/// The choice is kept in this cookie, beside the theme's.
const LAST: &str = "program";

/// Remembers the program at hand; elsewhere gives the one that was open last.
fn keep_last(items: &[SwitcherItem]) -> Option<String> {
    match items.iter().find(|item| item.current) {
        Some(item) => {
            keep_cookie(LAST, &item.href);
            None
        }
        None => kept_cookie(LAST),
    }
}

#[component]
pub fn ProgramSwitcher(items: Vec<SwitcherItem>) -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    let search = NodeRef::<html::Input>::new();
    let query = RwSignal::new(String::new());
    let marked = RwSignal::new(0_usize);
    let ready = use_ready();
    let items = StoredValue::new(items);
    // After hydration only: the server renders the list in its own order.
    let last = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(kept) = items.with_value(|items| keep_last(items)) {
            last.set(kept);
        }
    });
    let found = Memo::new(move |_| {
        let (query, last) = (query.get(), last.get());
        items.with_value(|items| filtered(items, &query, &last))
    });
    let keys = move |event: KeyboardEvent| {
        let count = found.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => {
                marked.update(|place| *place = (*place + 1).min(count.saturating_sub(1)));
            }
            "ArrowUp" => marked.update(|place| *place = place.saturating_sub(1)),
            "Enter" => follow(panel, marked.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let opened = move |_| {
        query.set(String::new());
        marked.set(0);
        if let Some(input) = search.get_untracked() {
            input.set_value("");
            // The toggle event comes for closing too; then the hidden field refuses the focus.
            let _ = input.focus();
        }
    };
    view! {
        <div class="switcher">
            <button class="menu__button" type="button" popovertarget=LIST data-ready=ready>
                <Icon icon=icondata::LuLayoutGrid/>
                <span class="topbar__label">"Your programs"</span>
                <Icon icon=icondata::LuChevronDown size="small"/>
            </button>
            <div class="menu__list switcher__panel" popover="auto" id=LIST node_ref=panel on:toggle=opened>
                <div class="switcher__search" hidden=move || ready().is_none()>
                    <label class="search-input">
                        <Icon icon=icondata::LuSearch/>
                        <span class="visually-hidden">"Find a program"</span>
                        <input
                            class="input"
                            type="search"
                            node_ref=search
                            placeholder="Find a program"
                            autocomplete="off"
                            on:input=move |event| {
                                query.set(event_target_value(&event));
                                marked.set(0);
                            }
                            on:keydown=keys
                        />
                    </label>
                </div>
                <Found found marked last/>
                <a class="switcher__all" href="/">"All programs"</a>
            </div>
        </div>
    }
}

#[component]
fn Found(
    found: Memo<Vec<SwitcherItem>>,
    marked: RwSignal<usize>,
    last: RwSignal<String>,
) -> impl IntoView {
    view! {
        <p class="visually-hidden" role="status">
            {move || format!("{} programs", found.with(Vec::len))}
        </p>
        <ul class="switcher__list">
            {move || {
                found
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(place, item)| {
                        let opened_last = last.with_untracked(|last| *last == item.href);
                        view! { <Row item place marked opened_last/> }
                    })
                    .collect_view()
            }}
        </ul>
        <p class="switcher__none" hidden=move || found.with(|found| !found.is_empty())>
            "No program of that name."
        </p>
    }
}

#[component]
fn Row(
    item: SwitcherItem,
    place: usize,
    marked: RwSignal<usize>,
    opened_last: bool,
) -> impl IntoView {
    view! {
        <li>
            <a
                class="switcher__item"
                href=item.href
                aria-current=item.current.then_some("true")
                data-active=move || (marked.get() == place).then_some("")
            >
                <Avatar name=item.name.clone() square=true/>
                <span>
                    <span class="switcher__name">{item.name}</span>
                    <span class="switcher__role">{item.company}" \u{b7} "{item.role}</span>
                </span>
                <span class="switcher__open">{item.count}{opened_last.then_some(" \u{b7} opened last")}</span>
            </a>
        </li>
    }
}

/// Presses the link at `place`, so that the router takes it as it takes a click.
fn follow(panel: NodeRef<html::Div>, place: usize) {
    use wasm_bindgen::JsCast;
    let links = panel
        .get_untracked()
        .and_then(|panel| panel.query_selector_all(".switcher__item").ok());
    let link = links.and_then(|links| links.item(u32::try_from(place).ok()?));
    if let Some(link) = link.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
        link.click();
    }
}

#[cfg(test)]
mod tests {
    use super::{SwitcherItem, filtered};

    fn item(name: &str, company: &str) -> SwitcherItem {
        SwitcherItem {
            href: format!("/p/{name}"),
            name: name.into(),
            company: company.into(),
            role: "Member".into(),
            count: String::new(),
            current: false,
        }
    }

    #[test]
    fn each_typed_word_is_found_in_name_or_company() {
        let items = [
            item("Cloud Marketplace", "Altostrat"),
            item("Referral", "Brightwater"),
        ];
        assert_eq!(filtered(&items, "alto cloud", "").len(), 1);
        assert_eq!(filtered(&items, "REF", "").len(), 1);
        assert!(filtered(&items, "zzz", "").is_empty());
        let last_first = filtered(&items, "", "/p/Referral");
        assert_eq!(last_first.len(), 2);
        assert_eq!(last_first[0].name, "Referral");
    }
}
