use domain::ProgramId;
use domain::people::CompanyRight;
use domain::program::Tier;
use domain::views::{InvitationView, MembershipView};
use leptos::prelude::*;

use super::membership_row::MembershipRow;
use super::server_fns::{
    ChangeMembership, DeleteTier, InvitePartner, SaveTier, WithdrawPartnerInvite, list_partners,
};
use super::tiers::Tiers;
use crate::frames::use_company_head;
use crate::invitations::{FreshLink, Invitations, LinkOnce};
use crate::layout::{Page, PageHeader};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, successes};
use crate::ui::{Button, Choice, EmptyState, Select, TextInput, Variant, awaited, use_ready};

#[derive(Clone, Copy)]
struct Actions {
    change: ServerAction<ChangeMembership>,
    invite: ServerAction<InvitePartner>,
    withdraw: ServerAction<WithdrawPartnerInvite>,
    save_tier: ServerAction<SaveTier>,
    delete_tier: ServerAction<DeleteTier>,
}

/// The program's partners, their tiers and the open invitations.
#[component]
pub fn PartnersPage() -> impl IntoView {
    let head = use_company_head();
    let program = head.with_untracked(|head| head.program.id);
    let may_edit = head.with_untracked(|head| head.role.may(CompanyRight::EditPartners));
    let tiers = Memo::new(move |_| head.with(|head| head.tiers.clone()));
    let actions = Actions {
        change: ServerAction::new(),
        invite: ServerAction::new(),
        withdraw: ServerAction::new(),
        save_tier: ServerAction::new(),
        delete_tier: ServerAction::new(),
    };
    let done = (
        successes(actions.change),
        successes(actions.invite),
        successes(actions.withdraw),
    );
    let listed = Resource::new(
        move || (done.0.get(), done.1.get(), done.2.get()),
        move |_| list_partners(program),
    );
    crate::live::use_live_refresh(&[domain::events::Topic::Program], move || listed.refetch());
    view! {
        <Page>
            <PageHeader title="Partners"/>
            <SentErrors sent=Sent::of(actions.change, "change-")/>
            <SentErrors sent=Sent::of(actions.withdraw, "withdraw-")/>
            <Transition>
                {awaited(move || async move {
                    match listed.await {
                        Ok((rows, open)) => view! { <Listed program rows open tiers may_edit actions/> }.into_any(),
                        Err(error) => view! { <Problem error/> }.into_any(),
                    }
                })}
            </Transition>
            {may_edit.then(|| view! {
                <InviteSection program tiers actions/>
                {move || view! { <Tiers program tiers=tiers.get() save=actions.save_tier delete=actions.delete_tier/> }}
            })}
        </Page>
    }
}

#[component]
fn Listed(
    program: ProgramId,
    rows: Vec<MembershipView>,
    open: Vec<InvitationView>,
    tiers: Memo<Vec<Tier>>,
    may_edit: bool,
    actions: Actions,
) -> impl IntoView {
    let empty = rows.is_empty();
    let rows = StoredValue::new(rows);
    let list = move || {
        let tiers = tiers.get();
        let row = |row| view! { <MembershipRow program row tiers=tiers.clone() may_edit change=actions.change/> };
        rows.get_value().into_iter().map(row).collect_view()
    };
    let withdraw = Callback::new(move |invitation: InvitationView| {
        view! { <WithdrawForm program invitation may_edit withdraw=actions.withdraw/> }.into_any()
    });
    view! {
        {if empty {
            view! { <EmptyState text="No partner has joined yet. Invite the first one below." icon=icondata::LuHandshake/> }.into_any()
        } else {
            view! { <ul class="rows" data-ready=use_ready()>{list}</ul> }.into_any()
        }}
        {(!open.is_empty()).then(|| view! {
            <section class="section" aria-labelledby="open-invitations">
                <div class="section__head"><h2 id="open-invitations">"Open invitations"</h2></div>
                <Invitations invitations=open withdraw/>
            </section>
        })}
    }
}

#[component]
fn WithdrawForm(
    program: ProgramId,
    invitation: InvitationView,
    may_edit: bool,
    withdraw: ServerAction<WithdrawPartnerInvite>,
) -> impl IntoView {
    may_edit.then(|| view! {
        <ActionForm action=withdraw>
            <input type="hidden" name="program" value=program.to_string()/>
            <input type="hidden" name="link" value=invitation.id.to_string()/>
            <Button kind="submit" small=true label=format!("Take back the invitation of {}", invitation.email)>"Take back"</Button>
        </ActionForm>
    })
}

#[component]
fn InviteSection(program: ProgramId, tiers: Memo<Vec<Tier>>, actions: Actions) -> impl IntoView {
    let sent = Sent::of(actions.invite, "invite-");
    let made = move || actions.invite.value().get().and_then(Result::ok);
    let (partner_name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if matches!(actions.invite.value().get(), Some(Ok(_))) {
            partner_name.set(String::new());
            email.set(String::new());
        }
    });
    let tier = move || {
        let choices: Vec<Choice> = tiers
            .get()
            .into_iter()
            .map(|tier| Choice::new(tier.id.to_string(), tier.name))
            .collect();
        (!choices.is_empty()).then(|| view! { <Select id="invite-tier" name="tier" label="Tier" choices prompt="No tier" error=sent.at("tier")/> })
    };
    view! {
        <section class="section" aria-labelledby="invite">
            <div class="section__head"><h2 id="invite">"Invite a partner"</h2></div>
            <SentErrors sent/>
            {move || made().map(|link| view! { <LinkOnce link/> })}
            <FreshLink/>
            <ActionForm action=actions.invite attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
                <input type="hidden" name="program" value=program.to_string()/>
                <div class="field-row">
                    <TextInput id="invite-partner_name" name="partner_name" label="Partner" autocomplete="off" required=true bind=partner_name error=sent.at("partner_name")/>
                    <TextInput id="invite-email" name="email" label="Email address" kind="email" autocomplete="off" required=true bind=email error=sent.at("email")/>
                    {tier}
                </div>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::Primary busy=actions.invite.pending()>"Make an invitation link"</Button>
                </div>
            </ActionForm>
        </section>
    }
}
