//! Registering a deal, and answering the company's questions: one form, two ways in.

mod clash;
mod conflict;
mod draft;
mod filling;
mod form;
mod local;
mod news;
mod page_parts;
mod paging;
mod sharing;
mod upload;

use domain::DealId;
use domain::deals::Refusal;
use domain::errors::Why;
use domain::views::RegistrationPage as View;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use serde::{Deserialize, Serialize};

use self::filling::Filling;
use self::form::RegistrationForm;
use super::paths;
use super::server_fns::{get_answer_page, open_registration};
use crate::error::ActionError;
use crate::layout::ProblemPage;
use crate::place::{must_exist, use_deal, use_membership, use_query};
use crate::problem::Problem;
use crate::ui::{LinkButton, awaited};

/// What the address of a form leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Opened {
    Form(Box<View>),
    /// The form was sent before, perhaps from another tab, or this is the way back.
    Registered(DealId),
}

/// The form gets its key before anything is typed: so a draft can be found again, and one form makes one deal.
#[component]
pub fn RegistrationPage() -> impl IntoView {
    let membership = use_membership();
    let (key, check) = (use_query("key"), use_query("check"));
    let opened = Resource::new(
        move || (membership.get(), key.get()),
        |(membership, key)| async move {
            let membership = must_exist(membership)?;
            let opened = open_registration(membership, key.clone()).await?;
            Ok::<_, ActionError>((membership, key, opened))
        },
    );
    let instead = |path: String| {
        let options = NavigateOptions {
            replace: true,
            ..Default::default()
        };
        view! { <Redirect path options/> }.into_any()
    };
    view! {
        <Suspense>
            {awaited(move || async move {
                match opened.await {
                    Ok((membership, _, Opened::Registered(deal))) => instead(paths::registered(membership, deal)),
                    Ok((membership, None, Opened::Form(page))) => instead(paths::draft(membership, &page.submit_key)),
                    Ok((membership, Some(_), Opened::Form(page))) => {
                        let filling = Filling::new(membership, *page, check.get_untracked().is_some());
                        view! { <RegistrationForm filling/> }.into_any()
                    }
                    Err(error) => refused(error, membership.get_untracked()),
                }
            })}
        </Suspense>
    }
}

/// The form of a deal that the company has questions about.
#[component]
pub fn AnswerPage() -> impl IntoView {
    let (membership, deal) = (use_membership(), use_deal());
    let check = use_query("check");
    let opened = Resource::new(
        move || (membership.get(), deal.get()),
        |(membership, deal)| async move {
            let (membership, deal) = (must_exist(membership)?, must_exist(deal)?);
            let page = get_answer_page(membership, deal).await?;
            Ok::<_, ActionError>((membership, page))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match opened.await {
                    Ok((membership, page)) => {
                        let filling = Filling::new(membership, page, check.get_untracked().is_some());
                        view! { <RegistrationForm filling/> }.into_any()
                    }
                    Err(error) => refused(error, membership.get_untracked()),
                }
            })}
        </Suspense>
    }
}

fn refused(error: ActionError, membership: Option<domain::MembershipId>) -> AnyView {
    let closed = matches!(&error.0.why, Some(Why::Refusal(Refusal::SubmissionsClosed)));
    let (true, Some(membership)) = (closed, membership) else {
        return view! { <Problem error/> }.into_any();
    };
    view! {
        <ProblemPage title="Registration is closed" text=error.0.text()>
            <LinkButton href=paths::list(membership)>"Back to the deals"</LinkButton>
        </ProblemPage>
    }
    .into_any()
}
