//! The links in the menu: one's own views, then the team's.

use domain::saved_views::SavedView;
use leptos::html;
use leptos::prelude::*;

use super::dialog::Asked;
use super::hide;
use super::model::Shown;
use crate::boards::source::Source;
use crate::ui::{Button, Variant};

#[component]
pub fn ViewList(
    source: Source,
    views: Vec<SavedView>,
    /// What the page shows now: a view that shows the same is marked.
    present: Memo<Shown>,
    asked: RwSignal<Option<Asked>>,
    menu: NodeRef<html::Div>,
) -> impl IntoView {
    let (own, teams): (Vec<_>, Vec<_>) = views.into_iter().partition(|view| view.owner.is_none());
    let none = own.is_empty() && teams.is_empty();
    let group = |id: &'static str, title: &'static str, views: Vec<SavedView>| {
        let rows = views.into_iter();
        let rows = rows.map(|kept| view! { <Row source kept present asked menu/> });
        view! {
            <p class="menu__heading" id=id>{title}</p>
            <ul class="views__list" aria-labelledby=id>{rows.collect_view()}</ul>
        }
    };
    view! {
        {none.then(|| view! { <p class="views__none">"No views yet. Filter the deals, then save what you see."</p> })}
        {(!own.is_empty()).then(|| group("own-views", "Your views", own))}
        {(!teams.is_empty()).then(|| group("team-views", "Shared by your team", teams))}
    }
}

#[component]
fn Row(
    source: Source,
    kept: SavedView,
    present: Memo<Shown>,
    asked: RwSignal<Option<Asked>>,
    menu: NodeRef<html::Div>,
) -> impl IntoView {
    let shown = Shown::kept(&kept.query);
    let href = format!("{}{}", source.deals_href(), shown.query());
    let is_present = Memo::new(move |_| present.with(|present| *present == shown));
    let own = kept.owner.is_none();
    let note = match &kept.owner {
        Some(owner) => Some(owner.clone()),
        None => kept.shared.then(|| "Shared".to_owned()),
    };
    let (verb, icon) = if own {
        ("Edit", icondata::LuPencil)
    } else {
        ("Delete", icondata::LuTrash2)
    };
    let label = format!("{verb} {}", kept.name);
    let (name, may_change) = (kept.name.clone(), kept.may_delete);
    let kept = StoredValue::new(kept);
    let ask = move |_| {
        hide(menu);
        asked.set(Some(Asked::Change(kept.get_value())));
    };
    view! {
        <li class="views__row">
            <a
                class="menu__item views__link"
                href=href
                aria-current=move || is_present.get().then_some("true")
                on:click=move |_| hide(menu)
            >
                <span class="views__name">{name}</span>
                {note.map(|note| view! { <span class="views__note">{note}</span> })}
            </a>
            {may_change.then(|| view! {
                <span class="views__change">
                    <Button variant=Variant::Quiet square=true small=true label icon on:click=ask/>
                </span>
            })}
        </li>
    }
}
