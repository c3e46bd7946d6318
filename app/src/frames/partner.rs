use domain::events::Topic;
use domain::views::{PartnerProgramView, Viewer};
use domain::{ErrorCode, MembershipId};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_params_map;

use super::server_fns::load_partner_frame;
use super::{PartnerHead, RefreshHead};
use crate::error::ActionError;
use crate::layout::{Shell, TabItem};
use crate::live::use_live_refresh;
use crate::notices::Bell;
use crate::problem::Problem;
use crate::ui::awaited;
use crate::viewer::{HeaderPrograms, HeaderUser};

/// Who looks, and the program at hand.
type Loaded = Result<(Viewer, PartnerProgramView), ActionError>;

async fn load(id: String) -> Loaded {
    match id.parse::<MembershipId>() {
        Ok(id) => load_partner_frame(id).await,
        Err(_) => Err(ActionError::new(ErrorCode::NotFound)),
    }
}

/// `/p/:membership`: the program's name, its tabs, and the page.
#[component]
pub fn PartnerFrame() -> impl IntoView {
    let params = use_params_map();
    let membership = Memo::new(move |_| {
        params
            .with(|params| params.get("membership"))
            .unwrap_or_default()
    });
    let loaded = Resource::new(move || membership.get(), load);
    // What has changed since is kept beside `loaded`, from which the page is built: built once, it keeps what is typed.
    let fresh = RwSignal::new(None::<PartnerProgramView>);
    let refresh = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            match load(membership.get_untracked()).await {
                Ok((_, head)) => {
                    fresh.try_set(Some(head));
                }
                Err(error)
                    if matches!(error.code(), ErrorCode::NotFound | ErrorCode::SignedOut) =>
                {
                    loaded.refetch();
                }
                // Offline or busy: what is shown stays, and the next change asks again.
                Err(_) => {}
            }
        });
    });
    provide_context(RefreshHead(refresh));
    use_live_refresh(&[Topic::Program, Topic::Messages], move || refresh.run(()));
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((viewer, first)) => view! { <Inside fresh viewer first/> }.into_any(),
                    Err(error) => view! { <main id="main"><Problem error/></main> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Inside(
    fresh: RwSignal<Option<PartnerProgramView>>,
    viewer: Viewer,
    first: PartnerProgramView,
) -> impl IntoView {
    let at = format!("/p/{}", first.membership);
    let head = Memo::new(move |_| {
        let fresh = fresh
            .get()
            .filter(|head| head.membership == first.membership);
        fresh.unwrap_or_else(|| first.clone())
    });
    provide_context(PartnerHead(head));
    let base = at.clone();
    let tabs = Signal::derive(move || {
        let unread = head.with(|head| u64::try_from(head.unread_messages).unwrap_or_default());
        tabs(&base, unread)
    });
    let name = move || head.with(|head| head.program.name.clone());
    let company = move || head.with(|head| head.company.clone());
    let unread = viewer.unread;
    let (for_programs, for_user) = (viewer.clone(), viewer);
    view! {
        <Shell
            tabs
            context=move || view! { <p class="topbar__context"><span class="clip">{name}</span> <span class="muted small clip">{company}</span></p> }
            bell=move || view! { <Bell unread/> }
            programs=move || view! { <HeaderPrograms viewer=for_programs current=at/> }
            user=move || view! { <HeaderUser viewer=for_user/> }
        >
            <Outlet/>
        </Shell>
    }
}

fn tabs(at: &str, unread: u64) -> Vec<TabItem> {
    let tab = |page: &str, label, icon| TabItem {
        href: format!("{at}/{page}"),
        label,
        icon,
        count: None,
    };
    vec![
        tab("summary", "Summary", icondata::LuLayoutDashboard),
        tab("deals", "Deals", icondata::LuKanban),
        tab("commissions", "Commissions", icondata::LuCoins),
        TabItem {
            count: Some((unread, "unread")),
            ..tab("messages", "Messages", icondata::LuMessageSquare)
        },
    ]
}
