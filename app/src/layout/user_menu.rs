//! Who is signed in: the account's pages, the colour scheme, sign out.

use leptos::prelude::*;

use super::theme::ThemeChoices;
use crate::ui::{Avatar, IconKind, MOVES, MenuItem, MenuLink, forget_all_stored};

/// A page of the account or the team.
#[derive(Clone, PartialEq)]
pub struct UserLink {
    pub href: String,
    pub label: String,
    pub icon: IconKind,
}

#[component]
pub fn UserMenu(
    #[prop(into)] name: String,
    #[prop(into)] email: String,
    #[prop(optional)] links: Vec<UserLink>,
    /// Where the sign-out form posts to.
    #[prop(into, default = "/signout".to_owned())]
    sign_out: String,
) -> impl IntoView {
    let label = format!("Account of {name}");
    view! {
        <button class="menu__button" type="button" popovertarget="user-menu" aria-label=label>
            <Avatar name=name.clone()/>
        </button>
        <div class="menu__list" popover="auto" id="user-menu">
            <div class="user-menu__who">
                <p class="strong clip">{name}</p>
                <p class="muted small clip">{email}</p>
            </div>
            <div class="menu__rule"></div>
            {links
                .into_iter()
                .map(|link| view! { <MenuLink href=link.href icon=link.icon>{link.label}</MenuLink> })
                .collect_view()}
            <ThemeChoices/>
            <div class="menu__rule"></div>
            <form method="post" action=sign_out on:submit=move |_| drop_moves()>
                <MenuItem kind="submit" icon=icondata::LuLogOut>"Sign out"</MenuItem>
            </form>
        </div>
    }
}

/// Whoever signs out leaves nothing to be sent in their name. Without a connection nobody is signed out.
fn drop_moves() {
    if window().navigator().on_line() {
        forget_all_stored(MOVES);
    }
}
