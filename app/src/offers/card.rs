use domain::offers::OfferVersion;
use domain::program::Tier;
use domain::views::OfferView;
use domain::{Date, ProgramId};
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::model::{Standing, editor_path, next_begins, standing};
use super::server_fns::EndOffer;
use crate::calculation::CalculationLines;
use crate::locale::use_locale;
use crate::ui::{ConfirmButton, LinkButton, Shown, Tag, Time, Tone};

/// One offer: its sentence, for whom, an example, and every version with who published it and when.
#[component]
pub fn OfferCard(
    program: ProgramId,
    offer: OfferView,
    tiers: Vec<Tier>,
    today: Date,
    may_edit: bool,
    end: ServerAction<EndOffer>,
) -> impl IntoView {
    let stands = standing(&offer, today);
    let next = next_begins(&offer, today);
    let Some(newest) = offer.versions.first().cloned() else {
        return ().into_any();
    };
    let (id, title) = (offer.id.to_string(), format!("offer-{}", offer.id));
    let labelled_by = title.clone();
    let commissions = match offer.commissions {
        0 => "No commission yet".to_owned(),
        1 => "1 commission".to_owned(),
        many => format!("{many} commissions"),
    };
    let locale = use_locale();
    let actions = (may_edit && offer.ended_at.is_none()).then(
        || view! { <OfferActions program offer=offer.clone() name=newest.terms.name.clone() end/> },
    );
    view! {
        <article class="card offer-card" aria-labelledby=labelled_by data-offer=id>
            <div class="card__head">
                <div class="cluster">
                    <h3 id=title>{newest.terms.name.clone()}</h3>
                    <StandingTag stands/>
                </div>
                {actions}
            </div>
            <div class="card__body">
                <p class="offer-card__sentence">{offer.sentence.clone()}</p>
                {next.map(|(number, day)| view! {
                    <p class="muted">{format!("Version {number} begins on {}. Until then the version before it counts.", locale.date(day))}</p>
                })}
                <p class="offer-card__facts">
                    <span>{offer.audience.clone()}</span>
                    <span>{newest.terms.trigger.label()}</span>
                    <span>{commissions}</span>
                    {offer.ended_at.map(|at| view! { <span>"Ended "<Time at shown=Shown::Date/></span> })}
                </p>
                <div class="offer-card__more">
                    <details class="earning">
                        <summary>"Worked example"</summary>
                        <CalculationLines calculation=offer.example.clone() bare=true/>
                    </details>
                    <Versions offer tiers/>
                </div>
            </div>
        </article>
    }
    .into_any()
}

#[component]
fn StandingTag(stands: Standing) -> impl IntoView {
    match stands {
        Standing::InForce => {
            view! { <Tag text="In force" tone=Tone::Good icon=icondata::LuCheck/> }.into_any()
        }
        Standing::Scheduled(day) => {
            let text = format!("From {}", use_locale().date(day));
            view! { <Tag text tone=Tone::Info icon=icondata::LuCalendarClock/> }.into_any()
        }
        Standing::Ended => view! { <Tag text="Ended" icon=icondata::LuBan/> }.into_any(),
    }
}

#[component]
fn OfferActions(
    program: ProgramId,
    offer: OfferView,
    name: String,
    end: ServerAction<EndOffer>,
) -> impl IntoView {
    let question = match offer.commissions {
        0 => "From today on it earns nothing.".to_owned(),
        _ => "From today on it earns nothing. The commissions that it made stay as they are."
            .to_owned(),
    };
    view! {
        <div class="cluster">
            <LinkButton href=editor_path(program, Some(offer.id)) small=true>"New version"</LinkButton>
            <ActionForm action=end>
                <input type="hidden" name="program" value=program.to_string()/>
                <input type="hidden" name="offer" value=offer.id.to_string()/>
                <ConfirmButton id=format!("end-{}", offer.id) verb="End" label=format!("End {name}") question/>
            </ActionForm>
        </div>
    }
}

#[component]
fn Versions(offer: OfferView, tiers: Vec<Tier>) -> impl IntoView {
    let count = match offer.versions.len() {
        1 => "1 version".to_owned(),
        many => format!("{many} versions"),
    };
    let publishers = offer.publishers;
    let in_force = offer.in_force;
    let lines = offer.versions.into_iter().map(|version| {
        let who = publishers
            .iter()
            .find(|(id, _)| *id == version.published_by)
            .map(|(_, name)| name.clone())
            .unwrap_or_default();
        let counts = in_force == Some(version.id);
        view! { <VersionLine version who counts tiers=tiers.clone()/> }
    });
    view! {
        <details class="earning">
            <summary>{count}</summary>
            <ol class="versions">{lines.collect_view()}</ol>
        </details>
    }
}

#[component]
fn VersionLine(
    version: OfferVersion,
    who: String,
    counts: bool,
    tiers: Vec<Tier>,
) -> impl IntoView {
    view! {
        <li>
            <p class="cluster">
                <strong>{format!("Version {}", version.number)}</strong>
                <span class="muted">{who}", "<Time at=version.published_at/></span>
                {counts.then(|| view! { <Tag text="In force" tone=Tone::Good icon=icondata::LuCheck/> })}
            </p>
            <p>{version.terms.sentence_in(use_locale())}" "<span class="muted">{version.terms.audience(&tiers)}"."</span></p>
        </li>
    }
}
