//! Nothing here yet: one sentence, at most one action.

use leptos::prelude::*;

use super::icon::{Icon, IconKind};

#[component]
pub fn EmptyState(
    #[prop(into)] text: String,
    #[prop(optional)] icon: Option<IconKind>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            {icon.map(|icon| view! { <Icon icon/> })}
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
