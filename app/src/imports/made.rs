//! What a finished import made, and the ways on from there: to the deals, and back.

use domain::ProgramId;
use domain::views::{ImportView, ImportedDeal};
use leptos::prelude::*;

use super::words::grouped;
use crate::ui::{LinkButton, follow_to};

/// Where the import can be undone on this page.
pub const UNDO: &str = "undo";

#[component]
pub fn Made(program: ProgramId, view: ImportView) -> impl IntoView {
    if view.deals.is_empty() {
        return ().into_any();
    }
    let all = format!("/c/{program}/deals?view=list");
    let undo = format!("#{UNDO}");
    let shown = i64::try_from(view.deals.len()).unwrap_or(i64::MAX);
    let more = view.line.counts.made - shown;
    let more = (more > 0).then(|| {
        let text = format!("And {} more in the list of deals.", grouped(more));
        view! { <p class="muted small">{text}</p> }
    });
    let deals = view.deals.into_iter();
    let deals = deals.map(|deal| view! { <Line program deal/> });
    view! {
        <section class="section" aria-labelledby="made" data-part="made">
            <div class="section__head">
                <h2 id="made">"Imported deals"</h2>
                <LinkButton href=all small=true icon=icondata::LuArrowRight>"See all deals"</LinkButton>
            </div>
            <ul class="rows">{deals.collect_view()}</ul>
            {more}
            <p class="muted small">
                "Not what you expected? "
                <a href=undo on:click=follow_to(UNDO.to_owned())>"Undo the import"</a>
                ", as long as nobody works on its deals."
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Line(program: ProgramId, deal: ImportedDeal) -> impl IntoView {
    let href = format!("/c/{program}/deals/{}", deal.id);
    let number = format!(" {}", deal.number);
    view! {
        <li class="rows__row">
            <p class="rows__main">
                <a href=href dir="auto">{deal.customer}</a>
                <span class="muted small">{number}</span>
            </p>
        </li>
    }
}
