//! Earlier and later pages of a list, by cursor; no page numbers, because nothing is counted.

use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::button::LinkButton;

#[component]
pub fn Pagination(
    /// Address of the first page, when this is not it.
    #[prop(into, optional)]
    first: MaybeText,
    #[prop(into, optional)] next: MaybeText,
    /// For example `Showing 50 deals`.
    #[prop(into, optional)]
    note: MaybeText,
) -> impl IntoView {
    view! {
        <nav class="pagination" aria-label="Pages">
            <span>{note.0}</span>
            <span class="cluster">
                {first.0.map(|href| view! { <LinkButton href small=true>"First page"</LinkButton> })}
                {next.0.map(|href| view! { <LinkButton href small=true icon=icondata::LuArrowRight>"Next page"</LinkButton> })}
            </span>
        </nav>
    }
}
