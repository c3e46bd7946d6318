//! The tabs of a program or company: in the header, and on a phone in a bar at the lower edge, where what does not fit
//! stands behind "More".

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::ui::{Count, Icon, IconKind, Menu, MenuLink, Tone};

/// One tab. The first four stand in the phone's bar when there are more than five.
#[derive(Clone, PartialEq)]
pub struct TabItem {
    pub href: String,
    pub label: &'static str,
    pub icon: IconKind,
    /// What waits there, with its unit in words: `(2, "waiting for review")`.
    pub count: Option<(u64, &'static str)>,
}

const ON_PHONE: usize = 5;

#[component]
pub fn TabBar(tabs: Signal<Vec<TabItem>>, #[prop(into)] label: String) -> impl IntoView {
    let path = use_location().pathname;
    let bar = move || {
        let tabs = tabs.get();
        (!tabs.is_empty()).then(|| {
            let kept = if tabs.len() > ON_PHONE {
                ON_PHONE - 1
            } else {
                ON_PHONE
            };
            let rest: Vec<TabItem> = tabs.iter().skip(kept).cloned().collect();
            let more = (!rest.is_empty()).then(|| view! { <More rest path/> });
            let items = tabs
                .into_iter()
                .enumerate()
                .map(|(place, tab)| {
                    let secondary = place >= kept;
                    view! { <TabLink tab path secondary/> }
                })
                .collect_view();
            view! {
                <nav class="topnav" aria-label=label.clone()>
                    <ul>{items} {more}</ul>
                </nav>
            }
        })
    };
    view! { {bar} }
}

#[component]
fn TabLink(tab: TabItem, path: Memo<String>, secondary: bool) -> impl IntoView {
    let href = tab.href.clone();
    let current = move || is_within(&path.get(), &href).then_some("page");
    view! {
        <li data-secondary=secondary.then_some("")>
            <a class="topnav__link" href=tab.href aria-current=current>
                <Icon icon=tab.icon/>
                {tab.label}
                {tab.count.filter(|(count, _)| *count > 0).map(|(count, of)| {
                    view! { <Count count tone=Tone::Warn label=of/> }
                })}
            </a>
        </li>
    }
}

#[component]
fn More(rest: Vec<TabItem>, path: Memo<String>) -> impl IntoView {
    let hrefs: Vec<String> = rest.iter().map(|tab| tab.href.clone()).collect();
    let current = move || path.with(|path| hrefs.iter().any(|href| is_within(path, href)));
    view! {
        <li class="topnav__more" data-current=move || current().then_some("")>
            <Menu id="more-tabs" label="More" icon=icondata::LuEllipsis>
                {rest
                    .into_iter()
                    .map(|tab| view! { <MenuLink href=tab.href icon=tab.icon>{tab.label}</MenuLink> })
                    .collect_view()}
            </Menu>
        </li>
    }
}

/// Whether `path` is the tab's own address or one below it.
fn is_within(path: &str, href: &str) -> bool {
    let href = href.trim_end_matches('/');
    path.strip_prefix(href)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_tab_is_current_on_its_page_and_below() {
        assert!(is_within("/p/mem_1/deals", "/p/mem_1/deals"));
        assert!(is_within("/p/mem_1/deals/new", "/p/mem_1/deals"));
        assert!(!is_within("/p/mem_1/deals-old", "/p/mem_1/deals"));
        assert!(!is_within("/p/mem_1/summary", "/p/mem_1/deals"));
    }
}
