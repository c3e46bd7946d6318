//! What the company said last, where nobody misses it.

use domain::Timestamp;
use domain::deals::{Registration, Win};
use domain::views::DealView;
use leptos::prelude::*;

use crate::ui::{Notice, Time, Tone};

#[derive(Clone, PartialEq)]
struct Said {
    tone: Tone,
    title: &'static str,
    text: String,
    next: &'static str,
    at: Option<Timestamp>,
}

/// The latest verdict in the company's own words, and what it means for who reads it.
#[component]
pub fn Verdict(
    #[prop(into)] deal: Signal<DealView>,
    #[prop(optional)] to_company: bool,
) -> impl IntoView {
    let said = Memo::new(move |_| {
        deal.with(|deal| {
            if to_company {
                said_to_company(deal)
            } else {
                said(deal)
            }
        })
    });
    move || {
        said.get().map(|said| {
            view! {
                <Notice tone=said.tone title=said.title role="status">
                    {(!said.text.is_empty()).then(|| view! { <blockquote class="prose">{said.text}</blockquote> })}
                    {(!said.next.is_empty()).then(|| view! { <p>{said.next}</p> })}
                    {said.at.map(|at| view! { <p class="muted small"><Time at/></p> })}
                </Notice>
            }
        })
    }
}

fn said(deal: &DealView) -> Option<Said> {
    let said = |tone, title, text: &str, next, at| {
        Some(Said {
            tone,
            title,
            text: text.to_owned(),
            next,
            at: Some(at),
        })
    };
    match &deal.win {
        Win::Pending { at, .. } => {
            return said(
                Tone::Warn,
                "The win waits for the company\u{2019}s confirmation",
                "",
                "Until then the deal is locked.",
                *at,
            );
        }
        Win::Confirmed { at, .. } => {
            return said(
                Tone::Good,
                "The company confirmed the win",
                "",
                "The deal is closed-won and locked.",
                *at,
            );
        }
        Win::Rejected { at, reason, .. } => {
            return said(
                Tone::Bad,
                "The company rejected the win",
                reason,
                "The deal is open again.",
                *at,
            );
        }
        Win::None => {}
    }
    match &deal.registration {
        Registration::NeedsInfo { message, at, .. } => said(
            Tone::Warn,
            "The company asks for more information",
            message,
            "It decides after the answer.",
            *at,
        ),
        Registration::Declined { reason, at, .. } => said(
            Tone::Bad,
            "The registration was declined",
            reason,
            "The deal cannot progress.",
            *at,
        ),
        Registration::Ineligible { reason, at, .. } => said(
            Tone::Bad,
            "Ineligible: the company\u{2019}s own team already works this deal",
            reason,
            "The deal cannot progress.",
            *at,
        ),
        Registration::Expired { at, .. } => said(
            Tone::Warn,
            "The protection ran out",
            "",
            "The stage cannot change until the company extends it.",
            *at,
        ),
        Registration::Withdrawn { at, .. } => {
            said(Tone::Plain, "The registration was withdrawn", "", "", *at)
        }
        Registration::Approved { message, at, .. } if !message.is_empty() => said(
            Tone::Good,
            "The registration was approved",
            message,
            "",
            *at,
        ),
        Registration::Draft | Registration::Submitted(_) | Registration::Approved { .. } => None,
    }
}

/// The same to the company itself: what it said, and what waits for it.
fn said_to_company(deal: &DealView) -> Option<Said> {
    let told = said(deal)?;
    let (title, next) = match (&deal.win, &deal.registration) {
        (Win::Pending { .. }, _) => (
            "The win waits for your confirmation",
            "Until then the deal is locked for the partner.",
        ),
        (Win::Confirmed { .. }, _) => {
            ("The win is confirmed", "The deal is closed-won and locked.")
        }
        (Win::Rejected { .. }, _) => ("The win was rejected", "The deal is open again."),
        (Win::None, Registration::NeedsInfo { .. }) => (
            "The partner was asked for more information",
            "You decide after the answer.",
        ),
        (Win::None, Registration::Ineligible { .. }) => (
            "Ineligible: your own team already works this deal",
            "The deal cannot progress.",
        ),
        (Win::None, Registration::Expired { .. }) if deal.actions.extend => (
            "The protection ran out",
            "The stage cannot change until you extend it.",
        ),
        (Win::None, Registration::Expired { .. }) => (
            "The protection ran out",
            "The stage cannot change any more.",
        ),
        (Win::None, _) => (told.title, told.next),
    };
    Some(Said {
        title,
        next,
        ..told
    })
}
