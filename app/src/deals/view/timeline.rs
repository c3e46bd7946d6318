//! The story of a deal, newest first: who, when, from what to what.

use domain::deals::DealFact;
use domain::events::TimelineEntry;
use domain::people::Side;
use domain::views::DealView;
use leptos::prelude::*;

use super::words::{duration, fact_tone};
use crate::locale::use_locale;
use crate::ui::{Icon, IconKind, Time};

#[component]
pub fn Timeline(#[prop(into)] deal: Signal<DealView>) -> impl IntoView {
    let entries = Memo::new(move |_| deal.with(entries));
    view! {
        <section class="section" aria-labelledby="timeline-title">
            <h2 id="timeline-title">"History"</h2>
            <ol class="timeline" data-part="timeline">
                <For each=move || entries.get() key=|entry| (entry.seq, entry.fact.sentence()) let:entry>
                    <Entry entry/>
                </For>
            </ol>
        </section>
    }
}

/// Newest first, with the names of stages that are called otherwise by now.
fn entries(deal: &DealView) -> Vec<TimelineEntry> {
    let read = |entry: &TimelineEntry| TimelineEntry {
        fact: entry.fact.with_names_of(&deal.pipeline),
        ..entry.clone()
    };
    let mut entries: Vec<TimelineEntry> = deal.timeline.iter().map(read).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
    entries
}

#[component]
fn Entry(entry: TimelineEntry) -> impl IntoView {
    let TimelineEntry {
        at,
        side,
        who,
        fact,
        ..
    } = entry;
    let who = if who.is_empty() {
        "Dealboard".to_owned()
    } else {
        who
    };
    let side = match side {
        Side::Company => Some("company"),
        Side::Partner => Some("partner"),
        Side::System => None,
    };
    let stayed = fact.seconds_in_stage().map(|seconds| {
        let from = left_stage(&fact).unwrap_or_default();
        format!("{} in {from}", duration(seconds))
    });
    let quotation = fact.quotation().map(str::to_owned);
    let locale = use_locale();
    let sentence = fact.sentence_in(locale);
    let changes = fact.changes().iter().map(|change| change.text_in(locale));
    let changes: Vec<String> = changes.collect();
    view! {
        <li class="timeline__item" data-fact=fact.name() data-side=side>
            <span class="timeline__mark" data-tone=fact_tone(&fact).word()>
                <Icon icon=mark(&fact)/>
            </span>
            <div class="timeline__what">
                <p><strong>{who}</strong>" "{sentence}</p>
                <p class="timeline__when">
                    <Time at/>
                    {stayed.map(|text| view! { <span>" \u{b7} "{text}</span> })}
                </p>
                {(!changes.is_empty()).then(|| {
                    let lines = changes.into_iter().map(|line| view! { <li>{line}</li> });
                    view! { <ul class="timeline__changes">{lines.collect_view()}</ul> }
                })}
                {quotation.map(|text| view! { <blockquote class="timeline__note">{text}</blockquote> })}
            </div>
        </li>
    }
}

fn left_stage(fact: &DealFact) -> Option<&str> {
    match fact {
        DealFact::StageMoved { from, .. }
        | DealFact::DealLost { from, .. }
        | DealFact::WinMarked { from, .. } => Some(&from.name),
        _ => None,
    }
}

fn mark(fact: &DealFact) -> IconKind {
    match fact {
        DealFact::DealDrafted
        | DealFact::DraftDeleted
        | DealFact::FileAttached { .. }
        | DealFact::FileRemoved { .. }
        | DealFact::AnswersChanged { .. }
        | DealFact::DealAmended { .. }
        | DealFact::CompanyAnswersChanged { .. } => icondata::LuPencil,
        DealFact::DealSubmitted { .. } | DealFact::DealResubmitted { .. } => icondata::LuSend,
        DealFact::DealApproved { .. } | DealFact::WinConfirmed { .. } => icondata::LuCheck,
        DealFact::DealDeclined { .. }
        | DealFact::DealMarkedIneligible { .. }
        | DealFact::WinRejected { .. } => icondata::LuX,
        DealFact::InfoRequested { .. } | DealFact::DealAppealed { .. } => icondata::LuMessageSquare,
        DealFact::DealWithdrawn => icondata::LuUndo2,
        DealFact::WinMarked { .. } => icondata::LuTrophy,
        DealFact::Commission(_) => icondata::LuCoins,
        DealFact::DealLost { .. } => icondata::LuCircleSlash,
        DealFact::ProtectionExtended { .. } | DealFact::ProtectionExpired => icondata::LuShield,
        DealFact::StageMoved { .. }
        | DealFact::DealReordered { .. }
        | DealFact::StageRetired { .. } => icondata::LuArrowRight,
    }
}
