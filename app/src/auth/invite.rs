use domain::PartnerId;
use domain::people::Person;
use domain::views::{InvitationOffer, InvitationPage};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::server_fns::{AcceptInvitation, Join, SignOut, open_invitation};
use super::signin_path;
use crate::layout::Entry;
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, go_there};
use crate::ui::{Button, Choice, Select, TextInput, Variant, awaited, use_ready};

#[component]
pub fn InvitePage() -> impl IntoView {
    let token = use_params_map()
        .with_untracked(|params| params.get("token"))
        .unwrap_or_default();
    let asked = token.clone();
    let page = Resource::new(|| (), move |()| open_invitation(asked.clone()));
    view! {
        <Suspense>
            {awaited(move || {
                let token = token.clone();
                async move {
                    match page.await {
                        Ok(page) => view! { <Invitation token page/> }.into_any(),
                        Err(error) => view! { <Problem error/> }.into_any(),
                    }
                }
            })}
        </Suspense>
    }
}

fn title(page: &InvitationPage) -> String {
    match &page.offer {
        InvitationOffer::CompanyTeam { .. } | InvitationOffer::PartnerTeam { .. } => {
            format!("Join {}", page.host)
        }
        InvitationOffer::Program { program, .. } => format!("Join {program}"),
    }
}

fn lead(page: &InvitationPage) -> String {
    let by = if page.by.is_empty() {
        &page.host
    } else {
        &page.by
    };
    match &page.offer {
        InvitationOffer::CompanyTeam { role } => {
            format!(
                "{by} invites you into the team of {} as {}.",
                page.host,
                role.label().to_lowercase()
            )
        }
        InvitationOffer::PartnerTeam { role } => {
            format!(
                "{by} invites you into the partner team {} as {}.",
                page.host,
                role.label().to_lowercase()
            )
        }
        InvitationOffer::Program {
            program,
            partner_name,
        } => {
            format!(
                "{by} invites {partner_name} to register deals in {program} of {}.",
                page.host
            )
        }
    }
}

#[component]
fn Invitation(token: String, page: InvitationPage) -> impl IntoView {
    let (title, lead) = (title(&page), lead(&page));
    let joins_program = match &page.offer {
        InvitationOffer::Program { partner_name, .. } => Some(partner_name.clone()),
        _ => None,
    };
    if let Some(person) = page.person {
        return view! {
            <Entry title lead foot=move || view! { <Others/> }>
                <Accept token person new_team=joins_program own_teams=page.own_teams/>
            </Entry>
        }
        .into_any();
    }
    let signin = signin_path(&format!("/invite/{token}"));
    let foot =
        move || view! { <p>"You have an account? " <a href=signin>"Sign in to accept"</a></p> };
    view! {
        <Entry title lead foot=foot>
            <MakeAccount token email=page.email/>
        </Entry>
    }
    .into_any()
}

/// The way to accept as somebody else.
#[component]
fn Others() -> impl IntoView {
    let action = ServerAction::<SignOut>::new();
    go_there(action);
    view! {
        <p>"Not you? Sign out, then open the link again."</p>
        <ActionForm action>
            <Button kind="submit" variant=Variant::Quiet>"Sign out"</Button>
        </ActionForm>
    }
}

#[component]
fn Accept(
    token: String,
    person: Person,
    /// The name of the team that would be made, when a program is joined.
    new_team: Option<String>,
    own_teams: Vec<(PartnerId, String)>,
) -> impl IntoView {
    let action = ServerAction::<AcceptInvitation>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    let teams = new_team.map(|name| {
        let own = own_teams
            .into_iter()
            .map(|(id, name)| Choice::new(id.to_string(), name));
        let first = Choice::new("", format!("A new team, {name}"));
        std::iter::once(first).chain(own).collect::<Vec<_>>()
    });
    view! {
        <SentErrors sent/>
        <p>"You are signed in as " <strong>{person.name}</strong> " (" {person.email} ")."</p>
        <ActionForm action attr:class="form" attr:data-ready=use_ready()>
            <input type="hidden" name="token" value=token/>
            {match teams {
                Some(choices) => view! { <Select id="team" label="Join with" choices error=sent.at("team")/> }.into_any(),
                None => view! { <input type="hidden" name="team" value=""/> }.into_any(),
            }}
            <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Accept the invitation"</Button>
        </ActionForm>
    }
}

#[component]
fn MakeAccount(token: String, email: String) -> impl IntoView {
    let action = ServerAction::<Join>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    view! {
        <SentErrors sent/>
        <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
            <input type="hidden" name="token" value=token/>
            <TextInput id="email" name="" label="Email address" kind="email" autocomplete="username" value=email readonly=true/>
            <TextInput id="name" label="Your name" autocomplete="name" required=true error=sent.at("name")/>
            <TextInput id="password" label="Password" kind="password" autocomplete="new-password" hint="12 characters or more" required=true error=sent.at("password")/>
            <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Make the account and accept"</Button>
        </ActionForm>
    }
}
