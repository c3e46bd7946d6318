//! Who looks at the page, for the shell's header.

use domain::views::Viewer;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;

use crate::auth::server_fns::SignOut;
use crate::error::ActionError;
use crate::layout::{UserLink, UserMenu};
use crate::programs::{ProgramSwitcher, SwitcherItem};

/// The signed-in person with everything that the header shows. Signed out: a page leads to the sign-in page.
#[server(endpoint = "viewer")]
pub async fn load_viewer() -> Result<Viewer, ActionError> {
    use crate::door;
    let person = door::person()?;
    Ok(door::services()?.viewer(person).await?)
}

/// "Your programs" in the header. `current` is the address that the open program's pages begin with.
#[component]
pub fn HeaderPrograms(viewer: Viewer, #[prop(into)] current: String) -> impl IntoView {
    let item = |item: domain::views::SwitcherItem| SwitcherItem {
        current: !current.is_empty() && item.href.starts_with(&current),
        count: count_words(item.open_deals, item.partner.is_empty()),
        company: if item.partner.is_empty() {
            item.company
        } else {
            format!("{} \u{b7} {}", item.company, item.partner)
        },
        href: item.href,
        name: item.name,
        role: item.role,
    };
    let items = viewer.programs.into_iter().map(item).collect();
    view! { <ProgramSwitcher items/> }
}

/// A partner's open deals; of a company's, those that wait for it.
fn count_words(count: i64, is_company: bool) -> String {
    match (count, is_company) {
        (0, false) => "No open deals".to_owned(),
        (1, false) => "1 open deal".to_owned(),
        (many, false) => format!("{many} open deals"),
        (0, true) => "Nothing waits".to_owned(),
        (1, true) => "1 waits".to_owned(),
        (many, true) => format!("{many} wait"),
    }
}

/// The person's own menu in the header.
#[component]
pub fn HeaderUser(viewer: Viewer) -> impl IntoView {
    use domain::people::{CompanyRight, Team};
    let link = |href: String, label: String, icon| UserLink { href, label, icon };
    let own = [
        ("/account/sessions", "Your account", icondata::LuUser),
        (
            "/account/notifications",
            "What you are told",
            icondata::LuBell,
        ),
    ];
    let mut links: Vec<UserLink> = own
        .map(|(href, label, icon)| link(href.to_owned(), label.to_owned(), icon))
        .into();
    let joined = viewer.programs.iter();
    if joined.filter(|item| !item.partner.is_empty()).count() > 1 {
        let words = "Deals of all programs".to_owned();
        links.push(link("/board".to_owned(), words, icondata::LuKanban));
    }
    for team in viewer.teams {
        match team {
            Team::Company { id, name, role } => {
                let team = format!("/company/{id}/team");
                links.push(link(team, format!("{name}: team"), icondata::LuUsers));
                if role.may(CompanyRight::EditTeam) {
                    let mail = format!("/company/{id}/mail");
                    links.push(link(mail, format!("{name}: outbox"), icondata::LuMail));
                    let keys = format!("/company/{id}/keys");
                    links.push(link(
                        keys,
                        format!("{name}: API keys"),
                        icondata::LuKeyRound,
                    ));
                    let hooks = format!("/company/{id}/webhooks");
                    links.push(link(
                        hooks,
                        format!("{name}: webhooks"),
                        icondata::LuWebhook,
                    ));
                }
            }
            Team::Partner { id, name, .. } => {
                let team = format!("/team/{id}");
                links.push(link(team, format!("{name}: team"), icondata::LuUsers));
            }
        }
    }
    // Tabs of one person share a stream of news; the mark keeps two people on one machine apart.
    let who = viewer.person.id.to_string();
    view! { <UserMenu attr:data-viewer=who name=viewer.person.name email=viewer.person.email links sign_out=SignOut::url()/> }
}
