//! A button that opens a floating list, on the native popover: it opens, closes by Esc or by a press outside, and returns
//! the focus without wasm too. Arrow keys come with wasm.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, IconKind};

#[component]
pub fn Menu(
    /// The id of the list; unique on the page.
    #[prop(into)]
    id: String,
    /// The name of the button; shown unless `icon_only`.
    #[prop(into)]
    label: Signal<String>,
    #[prop(optional)] icon: Option<IconKind>,
    #[prop(optional)] icon_only: bool,
    /// A chevron after the label.
    #[prop(optional)]
    chevron: bool,
    /// The list begins at the button's start edge, not at its end edge.
    #[prop(optional)]
    align_start: bool,
    children: Children,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    view! {
        <button
            class="menu__button"
            type="button"
            popovertarget=id.clone()
            title=move || icon_only.then(|| label.get())
            on:keydown=move |event| open_with_arrow(&event, list)
        >
            {icon.map(|icon| view! { <Icon icon/> })}
            <span class=if icon_only { "visually-hidden" } else { "menu__label" }>{move || label.get()}</span>
            {chevron.then(|| view! { <Icon icon=icondata::LuChevronDown size="small"/> })}
        </button>
        <div
            class="menu__list"
            popover="auto"
            node_ref=list
            id=id
            data-align=align_start.then_some("start")
            on:keydown=move |event| walk(&event, list)
            on:click=move |event| close_after_choice(&event, list)
        >
            {children()}
        </div>
    }
}

/// A choice in a menu that does something. `on:click` reaches the button.
#[component]
pub fn MenuItem(
    #[prop(optional)] icon: Option<IconKind>,
    #[prop(optional)] danger: bool,
    /// `submit` inside a form, else `button`.
    #[prop(default = "button")]
    kind: &'static str,
    #[prop(into, optional)] disabled: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class="menu__item"
            type=kind
            data-danger=danger.then_some("")
            disabled=move || disabled.get()
        >
            {icon.map(|icon| view! { <Icon icon/> })}
            {children()}
        </button>
    }
}

/// A choice in a menu that leads to a page.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(optional)] icon: Option<IconKind>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="menu__item" href=href>
            {icon.map(|icon| view! { <Icon icon/> })}
            {children()}
        </a>
    }
}

fn open_with_arrow(event: &KeyboardEvent, list: NodeRef<html::Div>) {
    if event.key() != "ArrowDown" {
        return;
    }
    let Some(popover) = list.get_untracked() else {
        return;
    };
    event.prevent_default();
    // Refused only when it is open already; then the focus moves all the same.
    let _ = popover.show_popover();
    focus_step(&popover, 1);
}

fn walk(event: &KeyboardEvent, list: NodeRef<html::Div>) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    if let Some(popover) = list.get_untracked() {
        event.prevent_default();
        focus_step(&popover, step);
    }
}

/// Moves the focus by `step` among the choices, round the ends.
fn focus_step(popover: &web_sys::HtmlElement, step: i32) {
    let Ok(items) = popover.query_selector_all(".menu__item:not(:disabled)") else {
        return;
    };
    let count = i32::try_from(items.length()).unwrap_or(0);
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let present = (0..count).find(|index| {
        let item = u32::try_from(*index)
            .ok()
            .and_then(|index| items.item(index));
        item.is_some() && item.as_ref() == active.as_deref().map(AsRef::as_ref)
    });
    let next = match present {
        Some(index) => (index + step).rem_euclid(count),
        None if step > 0 => 0,
        None => count - 1,
    };
    let item = u32::try_from(next).ok().and_then(|index| items.item(index));
    if let Some(item) = item.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element that cannot take the focus keeps it where it is.
        let _ = item.focus();
    }
}

fn close_after_choice(event: &leptos::ev::MouseEvent, list: NodeRef<html::Div>) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let chosen = target.and_then(|element| element.closest(".menu__item").ok().flatten());
    if let (Some(_), Some(popover)) = (chosen, list.get_untracked()) {
        // Refused only when it is closed already.
        let _ = popover.hide_popover();
    }
}
