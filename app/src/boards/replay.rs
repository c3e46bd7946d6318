//! The replay: the board between two days, rebuilt from what happened to its deals. The days are in the address. The server's page
//! tells it as two tables and a list; once awake, a player takes their place.

mod column;
mod days;
mod plain;
mod play;
mod player;
pub mod server_fns;

use domain::ErrorCode;
use domain::deals::{MAX_REPLAY_DEALS, MAX_REPLAY_STEPS, Replay, ReplaySpan};
use domain::errors::Why;
use domain::views::{ReplayOutcome, ReplayView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::days::{Asked, DaysForm};
use self::plain::Plain;
use self::player::Player;
use super::source::Source;
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::problem::Problem;
use crate::ui::{EmptyState, FieldMessage, Notice, Tone, after_press, awaited};

/// `/p/:membership/replay`
#[component]
pub fn PartnerReplay() -> impl IntoView {
    let params = use_params_map();
    let source = Memo::new(move |_| {
        params.with(|params| params.get("membership")?.parse().ok().map(Source::Partner))
    });
    view! { <ReplayLoader source/> }
}

/// `/c/:program/replay`
#[component]
pub fn CompanyReplay() -> impl IntoView {
    let params = use_params_map();
    let source = Memo::new(move |_| {
        params.with(|params| params.get("program")?.parse().ok().map(Source::Company))
    });
    view! { <ReplayLoader source/> }
}

#[component]
fn ReplayLoader(source: Memo<Option<Source>>) -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| Asked {
            from: query.get("from").unwrap_or_default(),
            to: query.get("to").unwrap_or_default(),
        })
    });
    let replay = Resource::new(
        move || (source.get(), asked.get()),
        async |(source, asked)| {
            let Some(source) = source else {
                return Err(ActionError::new(ErrorCode::NotFound));
            };
            let view = source.replay(&asked).await;
            match view {
                // Days at fault are said at their fields.
                Err(error) if error.code() != ErrorCode::Invalid => Err(error),
                view => Ok((source, asked, view)),
            }
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match replay.await {
                    Ok((source, asked, view)) => view! { <ReplayScreen source asked view/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn ReplayScreen(
    source: Source,
    asked: Asked,
    view: Result<ReplayView, ActionError>,
) -> impl IntoView {
    let (days, faults, view) = match view {
        Ok(view) => (Asked::of(view.span), Vec::new(), Some(view)),
        Err(error) => (asked, faults(&error), None),
    };
    view! {
        <Page width="full">
            <PageHeader
                title="Replay"
                lead="How the board came to what it is: each step between two days."
                back=BackLink::new(source.deals_href(), "Deals")
            />
            <DaysForm source days faults/>
            {view.map(|ReplayView { span, outcome }| outcome_of(source, span, outcome))}
        </Page>
    }
}

fn faults(error: &ActionError) -> Vec<FieldMessage> {
    let Some(Why::Inputs(faults)) = &error.0.why else {
        return Vec::new();
    };
    let faults = faults.iter();
    faults
        .map(|fault| FieldMessage::new(days::id(&fault.input), fault.text.clone()))
        .collect()
}

fn outcome_of(source: Source, span: ReplaySpan, outcome: ReplayOutcome) -> AnyView {
    match outcome {
        ReplayOutcome::Told(replay) if replay.deals.is_empty() => view! {
            <EmptyState text="No deal lay on the board in these days." icon=icondata::LuKanban/>
        }
        .into_any(),
        ReplayOutcome::Told(replay) => view! { <Told source span replay/> }.into_any(),
        ReplayOutcome::TooManySteps => view! {
            <Notice tone=Tone::Warn title="Too many steps for one replay">
                {format!("More than {MAX_REPLAY_STEPS} steps happened in these days. Choose fewer days.")}
            </Notice>
        }
        .into_any(),
        ReplayOutcome::TooManyDeals => view! {
            <Notice tone=Tone::Warn title="Too many deals for one replay">
                {format!("More than {MAX_REPLAY_DEALS} deals have been on this board by then. Choose an earlier last day.")}
            </Notice>
        }
        .into_any(),
    }
}

#[component]
fn Told(source: Source, span: ReplaySpan, replay: Replay) -> impl IntoView {
    let replay = StoredValue::new(replay);
    let woken = RwSignal::new(false);
    Effect::new(move |_| woken.set(true));
    let plays = after_press(move || woken.get());
    move || {
        if plays.get() {
            view! { <Player source span replay/> }.into_any()
        } else {
            view! { <Plain source span replay/> }.into_any()
        }
    }
}
