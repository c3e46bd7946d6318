use domain::people::CompanyRight;
use domain::views::CompanyProgramView;
use leptos::prelude::*;

use crate::ui::{Avatar, Icon, Tag, Tone};

/// One program of the own company: the whole card leads to its review queue.
#[component]
pub fn CompanyCard(card: CompanyProgramView) -> impl IntoView {
    let at = format!("/c/{}", card.program.id);
    let waits = match card.waiting {
        0 => None,
        1 => Some("1 decision waits".to_owned()),
        many => Some(format!("{many} decisions wait")),
    };
    let (tone, switch) = if card.program.submissions_open {
        (Tone::Good, "Registration open")
    } else {
        (Tone::Plain, "Registration closed")
    };
    let to_do = (!card.program.submissions_open && card.role.may(CompanyRight::DesignProgram))
        .then(|| view! { <SetUp at=at.clone()/> });
    view! {
        <article class="program-card">
            <div class="program-card__head">
                <Avatar name=card.program.name.clone() square=true/>
                <div>
                    <h3><a href=format!("{at}/review")>{card.program.name}</a></h3>
                    <p class="program-card__sub">{card.company}</p>
                </div>
                <Tag tone text=switch/>
            </div>
            {waits.map(|text| view! {
                <p class="program-card__waits"><Icon icon=icondata::LuCircleAlert size="small"/> {text}</p>
            })}
            {to_do}
        </article>
    }
}

/// What comes before the first registration. It stays as long as the program takes none.
#[component]
fn SetUp(at: String) -> impl IntoView {
    let steps = [
        ("form", "Look over the registration form"),
        ("stages", "Name the stages of the board"),
        ("offers/new", "Promise what partners earn"),
        ("partners", "Invite the first partner"),
        ("settings", "Open deal submissions"),
    ];
    let lines = steps.map(|(page, text)| {
        view! { <li><a href=format!("{at}/{page}")>{text}</a></li> }
    });
    view! {
        <div class="program-card__setup">
            <p class="strong small">"To set up"</p>
            <ol class="prose small">{lines.into_iter().collect_view()}</ol>
        </div>
    }
}
