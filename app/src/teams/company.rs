use domain::CompanyId;
use domain::people::CompanyRole;
use domain::views::{InvitationView, MemberView, TeamView};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::invite_form::InviteFields;
use super::members::{Members, RemoveFields, RoleFields};
use super::server_fns::{
    ChangeCompanyRole, InviteToCompany, RemoveFromCompany, WithdrawCompanyInvitation,
    load_company_team,
};
use crate::error::ActionError;
use crate::invitations::{FreshLink, Invitations, LinkOnce};
use crate::layout::{BackLink, Page, PageHeader};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, successes};
use crate::ui::{Button, Choice, LinkButton, awaited, use_ready};

#[derive(Clone, Copy)]
struct Actions {
    invite: ServerAction<InviteToCompany>,
    role: ServerAction<ChangeCompanyRole>,
    remove: ServerAction<RemoveFromCompany>,
    /// Whom to invite next.
    email: RwSignal<String>,
    withdraw: ServerAction<WithdrawCompanyInvitation>,
}

#[component]
pub fn CompanyTeamPage() -> impl IntoView {
    let params = use_params_map();
    let company = Memo::new(move |_| {
        params
            .with(|params| params.get("company"))
            .unwrap_or_default()
    });
    let actions = Actions {
        invite: ServerAction::new(),
        role: ServerAction::new(),
        remove: ServerAction::new(),
        withdraw: ServerAction::new(),
        email: RwSignal::new(String::new()),
    };
    Effect::new(move |_| {
        if matches!(actions.invite.value().get(), Some(Ok(_))) {
            actions.email.set(String::new());
        }
    });
    let done = (
        successes(actions.invite),
        successes(actions.role),
        successes(actions.remove),
        successes(actions.withdraw),
    );
    let changes = move || (done.0.get(), done.1.get(), done.2.get(), done.3.get());
    let team = Resource::new(
        move || (company.get(), changes()),
        async |(company, _)| match company.parse::<CompanyId>() {
            Ok(company) => Ok((company, load_company_team(company).await?)),
            Err(_) => Err(ActionError::new(domain::ErrorCode::NotFound)),
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match team.await {
                    Ok((company, team)) => view! { <TeamPage company team actions/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

fn roles() -> Vec<Choice> {
    CompanyRole::ALL
        .iter()
        .map(|role| Choice::new(role.as_str(), role.label()))
        .collect()
}

#[component]
fn TeamPage(company: CompanyId, team: TeamView, actions: Actions) -> impl IntoView {
    let forms = team.may_edit.then(|| {
        Callback::new(move |(member, roles): (MemberView, Vec<Choice>)| {
            view! { <MemberForms company member roles actions/> }.into_any()
        })
    });
    let withdraw = Callback::new(move |invitation: InvitationView| {
        view! { <WithdrawForm company invitation actions/> }.into_any()
    });
    let open = team.invitations;
    view! {
        <Page width="narrow">
            <PageHeader title="Team" lead=team.name back=BackLink::new("/", "Home")>
                {team.may_edit.then(|| view! {
                    <LinkButton href=format!("/company/{company}/keys") small=true>"API keys"</LinkButton>
                    <LinkButton href=format!("/company/{company}/webhooks") small=true>"Webhooks"</LinkButton>
                })}
            </PageHeader>
            <SentErrors sent=Sent::of(actions.role, "role-")/>
            <SentErrors sent=Sent::of(actions.remove, "remove-")/>
            <SentErrors sent=Sent::of(actions.withdraw, "withdraw-")/>
            <section class="section" aria-label="Members" data-ready=use_ready()>
                <Members members=team.members roles=roles() forms/>
            </section>
            {team.may_edit.then(|| view! { <InviteSection company actions/> })}
            {(!open.is_empty()).then(|| view! {
                <section class="section" aria-labelledby="open-invitations">
                    <div class="section__head"><h2 id="open-invitations">"Open invitations"</h2></div>
                    <Invitations invitations=open withdraw/>
                </section>
            })}
        </Page>
    }
}

#[component]
fn MemberForms(
    company: CompanyId,
    member: MemberView,
    roles: Vec<Choice>,
    actions: Actions,
) -> impl IntoView {
    let for_role = member.clone();
    view! {
        <ActionForm action=actions.role>
            <input type="hidden" name="company" value=company.to_string()/>
            <RoleFields member=for_role roles/>
        </ActionForm>
        <ActionForm action=actions.remove>
            <input type="hidden" name="company" value=company.to_string()/>
            <RemoveFields member/>
        </ActionForm>
    }
}

#[component]
fn WithdrawForm(company: CompanyId, invitation: InvitationView, actions: Actions) -> impl IntoView {
    view! {
        <ActionForm action=actions.withdraw>
            <input type="hidden" name="company" value=company.to_string()/>
            <input type="hidden" name="link" value=invitation.id.to_string()/>
            <Button kind="submit" small=true label=format!("Take back the invitation of {}", invitation.email)>"Take back"</Button>
        </ActionForm>
    }
}

#[component]
fn InviteSection(company: CompanyId, actions: Actions) -> impl IntoView {
    let sent = Sent::of(actions.invite, "invite-");
    let made = move || actions.invite.value().get().and_then(Result::ok);
    view! {
        <section class="section" aria-labelledby="invite">
            <div class="section__head"><h2 id="invite">"Invite a colleague"</h2></div>
            <SentErrors sent/>
            {move || made().map(|link| view! { <LinkOnce link/> })}
            <FreshLink/>
            <ActionForm action=actions.invite attr:class="form" attr:novalidate="">
                <input type="hidden" name="company" value=company.to_string()/>
                <InviteFields sent roles=roles() first="reviewer" email=actions.email busy=actions.invite.pending()/>
            </ActionForm>
        </section>
    }
}
