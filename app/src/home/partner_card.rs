use domain::people::MembershipStatus;
use domain::views::DashboardView;
use leptos::prelude::*;

use crate::ui::{Avatar, Icon, Tag, Tone};

/// One program that the partner team joined: the whole card leads to its Summary.
#[component]
pub fn PartnerCard(card: DashboardView, names_team: bool) -> impl IntoView {
    let DashboardView { head, numbers } = card;
    let at = format!("/p/{}", head.membership);
    let sub = if names_team {
        format!("{} \u{b7} {}", head.company, head.partner)
    } else {
        head.company
    };
    let waits = waits(numbers.needs_info, numbers.expiring, numbers.drafts);
    let suspended = (head.status == MembershipStatus::Suspended)
        .then(|| view! { <Tag tone=Tone::Warn text="Suspended"/> });
    let closed = (!head.program.submissions_open && head.status == MembershipStatus::Active)
        .then(|| view! { <Tag text="Registration closed"/> });
    view! {
        <article class="program-card">
            <div class="program-card__head">
                <Avatar name=head.program.name.clone() square=true/>
                <div>
                    <h3><a href=format!("{at}/summary")>{head.program.name}</a></h3>
                    <p class="program-card__sub">{sub}</p>
                </div>
                <div>{suspended} {closed}</div>
            </div>
            {waits.map(|text| view! {
                <p class="program-card__waits"><Icon icon=icondata::LuCircleAlert size="small"/> {text}</p>
            })}
            <p class="program-card__figures">
                <Figure count=numbers.open label="open"/>
                <Figure count=numbers.waiting label="in review"/>
                <Figure count=numbers.won label="won"/>
            </p>
        </article>
    }
}

#[component]
pub fn Figure(count: i64, #[prop(into)] label: String) -> impl IntoView {
    view! { <span><b>{count}</b> " " {label}</span> }
}

/// What waits for the partner, in words; nothing when nothing does.
fn waits(needs_info: i64, expiring: i64, drafts: i64) -> Option<String> {
    let part = |count: i64, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let parts: Vec<String> = [
        part(
            needs_info,
            "deal needs your answer",
            "deals need your answer",
        ),
        part(expiring, "protection ends soon", "protections end soon"),
        part(drafts, "draft to finish", "drafts to finish"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::waits;

    #[test]
    fn what_waits_is_said_in_words() {
        assert_eq!(waits(0, 0, 0), None);
        assert_eq!(
            waits(1, 0, 2).as_deref(),
            Some("1 deal needs your answer, 2 drafts to finish")
        );
    }
}
