//! Buttons and links that look like buttons. `on:click` on the component reaches the native element.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::icon::{Icon, IconKind};

/// How much a button asks to be pressed. One `Primary` per page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variant {
    Primary,
    #[default]
    Secondary,
    /// No border: for tool rows and menus.
    Quiet,
    /// Leads to a refusal or a loss.
    Danger,
    /// The last press before something that cannot be undone.
    DangerSolid,
}

impl Variant {
    fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
            Self::DangerSolid => "danger-solid",
        }
    }
}

/// A native button. While `busy` it keeps the focus, says so, and swallows presses.
#[component]
pub fn Button(
    #[prop(optional)] variant: Variant,
    /// `submit`, `button` (default) or `reset`.
    #[prop(default = "button")]
    kind: &'static str,
    #[prop(into, optional)] busy: Signal<bool>,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(optional)] small: bool,
    /// Only an icon: then give `label`.
    #[prop(optional)]
    square: bool,
    #[prop(into, optional)] label: MaybeText,
    #[prop(optional)] icon: Option<IconKind>,
    /// Name and value that a plain form post carries.
    #[prop(into, optional)]
    name: MaybeText,
    #[prop(into, optional)] value: MaybeText,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = square.then(|| label.0.clone()).flatten();
    let swallow = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    };
    view! {
        <button
            class="button"
            type=kind
            data-variant=variant.word()
            data-size=small.then_some("small")
            data-shape=square.then_some("square")
            name=name.0
            value=value.0
            title=title
            aria-label=label.0
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            on:click=swallow
        >
            {icon.map(|icon| view! { <Icon icon/> })}
            {children.map(|children| children())}
        </button>
    }
}

/// A link to another page that looks like a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] variant: Variant,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<IconKind>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" href=href data-variant=variant.word() data-size=small.then_some("small")>
            {icon.map(|icon| view! { <Icon icon/> })}
            {children()}
        </a>
    }
}
