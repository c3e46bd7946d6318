//! The page that stands where another could not be shown.

use domain::ErrorCode;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::auth::signin_path;
use crate::error::ActionError;
use crate::layout::ProblemPage;
use crate::ui::{LinkButton, Variant};

#[component]
pub fn Problem(error: ActionError) -> impl IntoView {
    let at = use_location();
    let code = error.code();
    let title = title_of(code);
    let (href, label) = if code == ErrorCode::SignedOut {
        let path = at.pathname.get_untracked()
            + &at.search.with_untracked(|search| match search.as_str() {
                "" => String::new(),
                search => format!("?{search}"),
            });
        (signin_path(&path), "Sign in")
    } else {
        ("/".to_owned(), "Go to the start page")
    };
    view! {
        <ProblemPage title text=error.0.text() request_id=error.0.request_id>
            <LinkButton href variant=Variant::Primary>{label}</LinkButton>
        </ProblemPage>
    }
}

/// What happened, in a heading.
pub(crate) fn title_of(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::NotFound => "Page not found",
        ErrorCode::SignedOut => "You are signed out",
        ErrorCode::Forbidden => "Not yours to open",
        ErrorCode::Offline => "No connection",
        _ => "Something went wrong",
    }
}
