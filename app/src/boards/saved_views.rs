//! "Views" above board and list: addresses that people keep under a name, alone or for their team. A popover of links, so
//! they lead on before and without wasm; saving, renaming, sharing and deleting come with it.

mod dialog;
mod door;
mod forms;
mod list;
mod model;
mod server_fns;

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::dialog::{Asked, ViewDialog};
use self::list::ViewList;
use self::model::Shown;
use super::source::Source;
use crate::error::ActionError;
use crate::place::must_exist;
use crate::ui::{Icon, MenuItem, awaited, use_ready};

const VIEWS_ID: &str = "saved-views";

/// Stands in the head; what it opens does not, because the head comes anew with each filter.
#[component]
pub fn ViewsButton() -> impl IntoView {
    view! {
        <button class="menu__button" type="button" popovertarget=VIEWS_ID>
            <Icon icon=icondata::LuBookmark/>
            <span>"Views"</span>
            <Icon icon=icondata::LuChevronDown size="small"/>
        </button>
    }
}

/// What the button opens, and the dialog in which a view is saved or changed.
#[component]
pub fn SavedViews(source: Memo<Option<Source>>) -> impl IntoView {
    let query = use_query_map();
    let present = Memo::new(move |_| query.with(Shown::of));
    let menu = NodeRef::<html::Div>::new();
    let asked = RwSignal::new(None::<Asked>);
    let views = Resource::new(
        move || source.get(),
        |source| async move {
            let source = must_exist(source)?;
            Ok::<_, ActionError>((source, source.saved_views().await?))
        },
    );
    let save = move |_| {
        hide(menu);
        asked.set(Some(Asked::New));
    };
    view! {
        <div class="menu__list views" popover="auto" id=VIEWS_ID node_ref=menu data-align="start" data-ready=use_ready()>
            <Transition>
                {awaited(move || async move {
                    match views.await {
                        Ok((source, views)) => view! { <ViewList source views present asked menu/> }.into_any(),
                        Err(error) => view! { <p class="views__none">{error.0.text()}</p> }.into_any(),
                    }
                })}
            </Transition>
            <div class="views__save">
                <MenuItem icon=icondata::LuPlus on:click=save>"Save this view\u{2026}"</MenuItem>
            </div>
        </div>
        <ViewDialog source asked present changed=Callback::new(move |()| views.refetch())/>
    }
    .into_any()
}

/// The focus returns to the button.
fn hide(menu: NodeRef<html::Div>) {
    if let Some(menu) = menu.get_untracked() {
        // Refused only when it is closed already.
        let _ = menu.hide_popover();
    }
}
