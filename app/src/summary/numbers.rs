//! Numbers, each a link to the list that it counts.

use domain::MembershipId;
use domain::views::SummaryNumbers;
use leptos::prelude::*;

use super::Summary;
use crate::ui::follow_to;

/// One number.
#[derive(Clone, PartialEq, Debug)]
struct Tile {
    label: &'static str,
    count: i64,
    href: String,
    /// Somebody of the partner has to do something.
    waits: bool,
}

#[component]
pub fn Numbers(membership: MembershipId, shown: RwSignal<Summary>) -> impl IntoView {
    let tiles = Memo::new(move |_| shown.with(|summary| tiles(membership, &summary.view.numbers)));
    let all = move || {
        let tiles = tiles.get().into_iter().map(|tile| {
            let tone = (tile.waits && tile.count > 0).then_some("warn");
            let on_page = tile.href.strip_prefix('#').map(str::to_owned);
            let follow = move |event: leptos::ev::MouseEvent| {
                if let Some(id) = on_page.clone() {
                    follow_to(id)(event);
                }
            };
            view! {
                <a class="tile" href=tile.href data-tone=tone on:click=follow>
                    <span class="tile__label">{tile.label}</span>
                    <span class="tile__value">{tile.count}</span>
                </a>
            }
        });
        tiles.collect_view()
    };
    view! { <nav class="tiles" aria-label="Numbers">{all}</nav> }
}

fn tiles(membership: MembershipId, numbers: &SummaryNumbers) -> Vec<Tile> {
    let list = |query: &str| format!("/p/{membership}/deals?{query}");
    let tile = |label, count, href, waits| Tile {
        label,
        count,
        href,
        waits,
    };
    vec![
        tile(
            "Need your answer",
            numbers.needs_info,
            list("registration=needs_info&view=list"),
            true,
        ),
        tile("Drafts", numbers.drafts, "#drafts".to_owned(), true),
        tile(
            "Waiting for review",
            numbers.waiting,
            list("registration=submitted&view=list"),
            false,
        ),
        tile("Open", numbers.open, list("kind=open&view=list"), false),
        tile(
            "Protection ends within 14 days",
            numbers.expiring,
            list("expiring=1&view=list"),
            true,
        ),
        tile("Won", numbers.won, list("kind=won&view=list"), false),
    ]
}
