use domain::views::Viewer;
use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::error::ActionError;
use crate::layout::{Shell, TabItem};
use crate::notices::Bell;
use crate::problem::Problem;
use crate::ui::awaited;
use crate::viewer::{HeaderPrograms, HeaderUser, load_viewer};

/// Everything of a signed-in person that belongs to no single program: the dashboard, teams, the account.
#[component]
pub fn HomeFrame() -> impl IntoView {
    let loaded = Resource::new(|| (), |()| load_viewer());
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok(viewer) => view! { <Inside viewer/> }.into_any(),
                    Err(error) => view! { <Refused error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Refused(error: ActionError) -> impl IntoView {
    view! { <main id="main"><Problem error/></main> }
}

#[component]
fn Inside(viewer: Viewer) -> impl IntoView {
    let tabs = Signal::stored(Vec::<TabItem>::new());
    let unread = viewer.unread;
    let (for_programs, for_user) = (viewer.clone(), viewer);
    view! {
        <Shell
            tabs
            bell=move || view! { <Bell unread/> }
            programs=move || view! { <HeaderPrograms viewer=for_programs current=""/> }
            user=move || view! { <HeaderUser viewer=for_user/> }
        >
            <Outlet/>
        </Shell>
    }
}
