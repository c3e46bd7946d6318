use domain::events::Topic;
use domain::views::{CompanyProgramView, Viewer};
use domain::{ErrorCode, ProgramId};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_params_map;

use super::server_fns::load_company_frame;
use super::{CompanyHead, RefreshHead};
use crate::error::ActionError;
use crate::layout::{Shell, TabItem};
use crate::live::use_live_refresh;
use crate::notices::Bell;
use crate::problem::Problem;
use crate::ui::awaited;
use crate::viewer::{HeaderPrograms, HeaderUser};

/// Who looks, and the program at hand.
type Loaded = Result<(Viewer, CompanyProgramView), ActionError>;

async fn load(id: String) -> Loaded {
    match id.parse::<ProgramId>() {
        Ok(id) => load_company_frame(id).await,
        Err(_) => Err(ActionError::new(ErrorCode::NotFound)),
    }
}

/// `/c/:program`: the program's name, its tabs, and the page.
#[component]
pub fn CompanyFrame() -> impl IntoView {
    let params = use_params_map();
    let program = Memo::new(move |_| {
        params
            .with(|params| params.get("program"))
            .unwrap_or_default()
    });
    let loaded = Resource::new(move || program.get(), load);
    // What has changed since is kept beside `loaded`, from which the page is built: built once, it keeps what is typed.
    let fresh = RwSignal::new(None::<CompanyProgramView>);
    let refresh = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            match load(program.get_untracked()).await {
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
    use_live_refresh(&[Topic::Program, Topic::Deal, Topic::Messages], move || {
        refresh.run(());
    });
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
    fresh: RwSignal<Option<CompanyProgramView>>,
    viewer: Viewer,
    first: CompanyProgramView,
) -> impl IntoView {
    let at = format!("/c/{}", first.program.id);
    let head = Memo::new(move |_| {
        let fresh = fresh
            .get()
            .filter(|head| head.program.id == first.program.id);
        fresh.unwrap_or_else(|| first.clone())
    });
    provide_context(CompanyHead(head));
    let base = at.clone();
    let tabs = Signal::derive(move || {
        let waiting = head.with(|head| u64::try_from(head.waiting).unwrap_or_default());
        let unread = head.with(|head| u64::try_from(head.unread_messages).unwrap_or_default());
        tabs(&base, waiting, unread)
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

fn tabs(at: &str, waiting: u64, unread: u64) -> Vec<TabItem> {
    let tab = |page: &str, label, icon| TabItem {
        href: format!("{at}/{page}"),
        label,
        icon,
        count: None,
    };
    let review = TabItem {
        count: Some((waiting, "waiting for you")),
        ..tab("review", "Review", icondata::LuInbox)
    };
    let messages = TabItem {
        count: Some((unread, "unread")),
        ..tab("messages", "Messages", icondata::LuMessageSquare)
    };
    vec![
        review,
        tab("deals", "Deals", icondata::LuKanban),
        messages,
        tab("customers", "Customers", icondata::LuBuilding2),
        tab("commissions", "Commissions", icondata::LuCoins),
        tab("partners", "Partners", icondata::LuHandshake),
        tab("offers", "Offers", icondata::LuBadgePercent),
        tab("form", "Form", icondata::LuClipboardList),
        tab("stages", "Stages", icondata::LuColumns3),
        tab("settings", "Settings", icondata::LuSettings),
    ]
}
