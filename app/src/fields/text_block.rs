//! Text that helps to fill a form in: no answer, and no HTML of anybody's.

use domain::forms::{Block, Inline, markup};
use leptos::prelude::*;

#[component]
pub fn TextBlock(text: String) -> impl IntoView {
    let blocks = markup(&text).into_iter().map(block).collect_view();
    view! { <div class="text-block">{blocks}</div> }
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph(parts) => view! { <p>{inline(parts)}</p> }.into_any(),
        Block::Bullets(items) => view! { <ul>{listed(items)}</ul> }.into_any(),
        Block::Numbers(items) => view! { <ol>{listed(items)}</ol> }.into_any(),
    }
}

fn listed(items: Vec<Vec<Inline>>) -> impl IntoView {
    let items = items.into_iter();
    items
        .map(|parts| view! { <li>{inline(parts)}</li> })
        .collect_view()
}

/// As deep as the domain lets a text be.
fn inline(parts: Vec<Inline>) -> AnyView {
    let parts = parts.into_iter().map(|part| match part {
        Inline::Text(text) => text.into_any(),
        Inline::Break => view! { <br/> }.into_any(),
        Inline::Bold(inner) => view! { <strong>{inline(inner)}</strong> }.into_any(),
        Inline::Italic(inner) => view! { <em>{inline(inner)}</em> }.into_any(),
        Inline::Link { to, text } => view! {
            <a href=to target="_blank" rel="noopener noreferrer">
                {inline(text)}
                <span class="visually-hidden">" (opens in a new tab)"</span>
            </a>
        }
        .into_any(),
    });
    parts.collect_view().into_any()
}
