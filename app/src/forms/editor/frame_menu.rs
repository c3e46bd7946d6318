//! What can be done to one field, beside changing its properties.

use domain::forms::FieldKey;
use leptos::prelude::*;

use super::{
    desk::Desk,
    moving::{self, PageChoice, Way},
};
use crate::ui::{Menu, MenuItem};

#[component]
pub fn FrameMenu(
    desk: Desk,
    key: FieldKey,
    /// Whether somebody may be about to open it.
    near: RwSignal<bool>,
) -> impl IntoView {
    let label = desk
        .form
        .with_untracked(|form| form.field(&key).map(|f| f.label.clone()))
        .unwrap_or_default();
    let id = format!("more-{key}");
    view! {
        <Menu id label=Signal::stored(format!("More for {label}")) icon=icondata::LuEllipsis icon_only=true>
            {move || near.get().then(|| view! { <Items desk key=key.clone()/> })}
        </Menu>
    }
    .into_any()
}

#[component]
fn Items(desk: Desk, key: FieldKey) -> impl IntoView {
    let pages = desk
        .form
        .with_untracked(|form| moving::other_pages(form, &key));
    let pages = pages
        .into_iter()
        .map(|page| to_page(desk, key.clone(), page));
    let pages = pages.collect_view();
    let (up, down, twin) = (key.clone(), key.clone(), key.clone());
    view! {
        <MenuItem icon=icondata::LuArrowUp on:click=move |_| step(desk, &up, Way::Up)>"Move up"</MenuItem>
        <MenuItem icon=icondata::LuArrowDown on:click=move |_| step(desk, &down, Way::Down)>"Move down"</MenuItem>
        {pages}
        <MenuItem icon=icondata::LuCopy on:click=move |_| desk.duplicate(&twin)>"Duplicate"</MenuItem>
        <MenuItem icon=icondata::LuTrash2 danger=true on:click=move |_| desk.remove(&key)>"Remove"</MenuItem>
    }
    .into_any()
}

fn to_page(desk: Desk, key: FieldKey, page: PageChoice) -> AnyView {
    let PageChoice { number, title, end } = page;
    let text = if title.is_empty() {
        format!("Move to page {number}")
    } else {
        format!("Move to page {number}: {title}")
    };
    let go = move |_| desk.move_by_key(&key, |form| moving::to_gap(form, &key, end));
    view! { <MenuItem icon=icondata::LuFileStack on:click=go>{text}</MenuItem> }.into_any()
}

fn step(desk: Desk, key: &FieldKey, way: Way) {
    desk.move_by_key(key, |form| moving::step(form, key, way));
}
