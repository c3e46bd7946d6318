use domain::ProgramId;
use domain::people::MembershipStatus;
use domain::program::Tier;
use domain::views::MembershipView;
use leptos::prelude::*;

use super::server_fns::ChangeMembership;
use crate::ui::{Avatar, Button, ConfirmButton, Shown, Tag, Time, Tone};

/// One partner in the program, with what its status allows.
#[component]
pub fn MembershipRow(
    program: ProgramId,
    row: MembershipView,
    tiers: Vec<Tier>,
    may_edit: bool,
    change: ServerAction<ChangeMembership>,
) -> impl IntoView {
    let tone = match row.status {
        MembershipStatus::Active => Tone::Good,
        MembershipStatus::Suspended => Tone::Warn,
        MembershipStatus::Invited | MembershipStatus::Ended => Tone::Plain,
    };
    let deals = match row.deals {
        1 => "1 deal".to_owned(),
        many => format!("{many} deals"),
    };
    let tier = row
        .tier
        .and_then(|id| tiers.iter().find(|tier| tier.id == id))
        .map(|tier| tier.name.clone());
    let side = if may_edit {
        let forms = next(row.status)
            .iter()
            .map(|(status, verb)| view! { <StatusForm program row=row.clone() status=*status verb=*verb change/> })
            .collect_view();
        view! { <TierForm program row=row.clone() tiers change/> {forms} }.into_any()
    } else {
        view! { <span class="muted">{tier.unwrap_or_default()}</span> }.into_any()
    };
    let messages = format!("/c/{program}/messages/{}", row.id);
    let with = format!(" with {}", row.name);
    view! {
        <li class="rows__row">
            <div class="rows__main person">
                <Avatar name=row.name.clone() square=true/>
                <div class="clip">
                    <p class="person__name">{row.name} " " <Tag tone text=row.status.label()/></p>
                    <p class="person__more">
                        {deals} ", since " <Time at=row.since shown=Shown::Date/> ", "
                        <a href=messages>"Messages"<span class="visually-hidden">{with}</span></a>
                    </p>
                </div>
            </div>
            <div class="rows__side cluster">{side}</div>
        </li>
    }
}

/// What may become of a membership, and the verb for it.
fn next(status: MembershipStatus) -> &'static [(MembershipStatus, &'static str)] {
    match status {
        MembershipStatus::Active => &[
            (MembershipStatus::Suspended, "Suspend"),
            (MembershipStatus::Ended, "End"),
        ],
        MembershipStatus::Suspended => &[
            (MembershipStatus::Active, "Reactivate"),
            (MembershipStatus::Ended, "End"),
        ],
        MembershipStatus::Invited => &[(MembershipStatus::Ended, "End")],
        MembershipStatus::Ended => &[(MembershipStatus::Active, "Reactivate")],
    }
}

#[component]
fn StatusForm(
    program: ProgramId,
    row: MembershipView,
    status: MembershipStatus,
    verb: &'static str,
    change: ServerAction<ChangeMembership>,
) -> impl IntoView {
    let label = format!("{verb} {}", row.name);
    let question = match status {
        MembershipStatus::Ended => Some(format!(
            "{} leaves the program: its people see neither the program nor their deals in it any more.",
            row.name
        )),
        MembershipStatus::Suspended => Some(format!(
            "{} keeps seeing its deals, and can neither register nor move any until you reactivate it.",
            row.name
        )),
        MembershipStatus::Active | MembershipStatus::Invited => None,
    };
    let button = match question {
        Some(question) => {
            let id = format!("{}-{}", status.as_str(), row.id);
            view! { <ConfirmButton id verb label question/> }.into_any()
        }
        None => view! { <Button kind="submit" small=true label>{verb}</Button> }.into_any(),
    };
    let tier = row.tier.map(|tier| tier.to_string()).unwrap_or_default();
    view! {
        <ActionForm action=change>
            <input type="hidden" name="program" value=program.to_string()/>
            <input type="hidden" name="membership" value=row.id.to_string()/>
            <input type="hidden" name="status" value=status.as_str()/>
            <input type="hidden" name="tier" value=tier/>
            <input type="hidden" name="version" value=row.version/>
            {button}
        </ActionForm>
    }
}

#[component]
fn TierForm(
    program: ProgramId,
    row: MembershipView,
    tiers: Vec<Tier>,
    change: ServerAction<ChangeMembership>,
) -> impl IntoView {
    if tiers.is_empty() {
        return ().into_any();
    }
    let none = view! { <option value="" selected=row.tier.is_none()>"No tier"</option> };
    let options = tiers
        .into_iter()
        .map(|tier| view! { <option value=tier.id.to_string() selected=row.tier == Some(tier.id)>{tier.name}</option> })
        .collect_view();
    view! {
        <ActionForm action=change attr:class="cluster">
            <input type="hidden" name="program" value=program.to_string()/>
            <input type="hidden" name="membership" value=row.id.to_string()/>
            <input type="hidden" name="status" value=row.status.as_str()/>
            <input type="hidden" name="version" value=row.version/>
            <select class="input" name="tier" aria-label=format!("Tier of {}", row.name)>{none} {options}</select>
            <Button kind="submit" small=true label=format!("Set the tier of {}", row.name)>"Set"</Button>
        </ActionForm>
    }
    .into_any()
}
