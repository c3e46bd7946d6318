//! What the sheet says of the deal.

use domain::deals::WinStatus;
use domain::views::QuickDeal;
use leptos::prelude::*;

use super::model::{self, Glance};
use crate::boards::filter;
use crate::lasting::{count, duration};
use crate::ui::{Icon, StageTag, Tag, Tone};

/// Stage, how long it has been there, and where registration and win stand.
#[component]
pub fn Standing(glance: Memo<Glance>) -> impl IntoView {
    let deal = Memo::new(move |_| glance.with(|glance| glance.deal.clone()));
    move || {
        let deal = deal.get();
        let states = model::states(&deal);
        let stage = deal.stage.as_ref().map(|stage| {
            let (name, hue) = (stage.name.clone(), stage.hue.clone());
            let (text, stuck) = in_stage(&deal);
            view! {
                <div data-fact="stage">
                    <dt>"Stage"</dt>
                    <dd><StageTag name hue/></dd>
                </div>
                <div data-fact="in-stage">
                    <dt>"In this stage"</dt>
                    <dd>
                        {text}
                        {stuck.then(|| view! { " " <Tag text="Stuck" tone=Tone::Warn icon=icondata::LuTriangleAlert/> })}
                    </dd>
                </div>
            }
        });
        let states = (!states.is_empty()).then(|| {
            let tags = states
                .into_iter()
                .map(|text| view! { <Tag text tone=tone(&deal)/> " " });
            view! { <div data-fact="state"><dt>"State"</dt><dd>{tags.collect_view()}</dd></div> }
        });
        view! { {stage} {states} }
    }
}

/// How long, and whether that is longer than the stage allows an open deal.
fn in_stage(deal: &QuickDeal) -> (String, bool) {
    let Some(stage) = &deal.stage else {
        return (String::new(), false);
    };
    let seconds = deal.now.seconds() - stage.entered_at.seconds();
    let days = filter::days_in_stage(stage.entered_at, deal.now);
    let allowed = stage.stuck_days.filter(|_| deal.win == WinStatus::None);
    let stuck = allowed.is_some_and(|allowed| days > i64::from(allowed));
    (duration(seconds), stuck)
}

fn tone(deal: &QuickDeal) -> Tone {
    use domain::deals::RegistrationStatus::{Approved, Declined, Expired, Ineligible, NeedsInfo};
    match (deal.registration, deal.win) {
        (_, WinStatus::Rejected) | (Declined | Ineligible, _) => Tone::Bad,
        (_, WinStatus::Pending) | (NeedsInfo | Expired, _) => Tone::Warn,
        (Approved, WinStatus::Confirmed) => Tone::Good,
        _ => Tone::Plain,
    }
}

/// Protection, owner, and whose it is.
#[component]
pub fn Facts(glance: Memo<Glance>) -> impl IntoView {
    let lines = Memo::new(move |_| glance.with(facts));
    move || {
        let lines = lines.get().into_iter().map(|(name, text)| {
            view! { <div><dt>{name}</dt><dd>{text}</dd></div> }
        });
        lines.collect_view()
    }
}

fn facts(glance: &Glance) -> Vec<(&'static str, String)> {
    let deal = &glance.deal;
    let protection = filter::protection_left(deal.registration, deal.protected_until, deal.now)
        .filter(|_| !deal.win.locks());
    let partner = glance.partner.clone().map(|partner| ("Partner", partner));
    let all = [
        protection.map(|(left, _)| ("Protection", left)),
        Some(("Owner", deal.owner.clone())),
        partner,
        Some(("Number", deal.number.clone())),
    ];
    let said = all.into_iter().flatten();
    said.filter(|(_, text)| !text.is_empty()).collect()
}

/// Why value and close date are only read, where they are.
#[component]
pub fn Reasons(glance: Memo<Glance>) -> impl IntoView {
    let reasons = Memo::new(move |_| glance.with(model::reasons));
    move || {
        let lines = reasons.get().into_iter();
        let lines = lines.map(|text| view! { <p class="muted small">{text}</p> });
        view! { <div class="quick__reasons" data-part="reasons">{lines.collect_view()}</div> }
    }
}

/// Messages about the deal that are not read; the deal's page has them.
#[component]
pub fn Unread(glance: Memo<Glance>, href: String) -> impl IntoView {
    let unread = Memo::new(move |_| glance.with(|glance| glance.deal.unread));
    move || {
        let (unread, href) = (unread.get(), href.clone());
        let words = model::unread_words(unread);
        let line = if unread == 0 {
            view! { <span class="muted">{words}</span> }.into_any()
        } else {
            view! { <a href=href>{words}</a> }.into_any()
        };
        view! {
            <p class="quick__unread" data-part="unread">
                <Icon icon=icondata::LuMessageSquare size="small"/>
                {line}
            </p>
        }
    }
}

/// The stages that it lay in, each with its time.
#[component]
pub fn Path(glance: Memo<Glance>) -> impl IntoView {
    let steps = Memo::new(move |_| glance.with(|glance| glance.deal.path.clone()));
    move || {
        let steps = steps.get();
        (!steps.is_empty()).then(|| {
            let steps = steps.into_iter().map(|step| {
                let current = step.present.then_some("step");
                view! { <li aria-current=current>{model::step_words(&step.name, step.seconds)}</li> }
            });
            view! {
                <section aria-labelledby="quick-path-title">
                    <h3 class="quick__part" id="quick-path-title">"Path"</h3>
                    <ol class="quick__path" data-part="path">{steps.collect_view()}</ol>
                </section>
            }
        })
    }
}

/// The most important answers, and how many the deal's page has besides.
#[component]
pub fn Answers(glance: Memo<Glance>) -> impl IntoView {
    let answers = Memo::new(move |_| {
        glance.with(|glance| (glance.deal.answers.clone(), glance.deal.more_answers))
    });
    move || {
        let (lines, more) = answers.get();
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|line| {
                view! {
                    <div data-field=line.key.to_string()>
                        <dt>{line.label}</dt>
                        <dd class="quick__answer">{line.text}</dd>
                    </div>
                }
            });
            let more = i64::try_from(more).unwrap_or(i64::MAX);
            let more = (more > 0).then(|| {
                let words = count(more, "more answer", "more answers");
                view! { <p class="muted small">{format!("{words} on the deal\u{2019}s page")}</p> }
            });
            view! {
                <section aria-labelledby="quick-answers-title">
                    <h3 class="quick__part" id="quick-answers-title">"Registration"</h3>
                    <dl class="facts" data-part="answers">{lines.collect_view()}</dl>
                    {more}
                </section>
            }
        })
    }
}
