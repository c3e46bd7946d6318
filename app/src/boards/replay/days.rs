//! Between which days: a plain form, which leads to the address of that replay.

use domain::deals::ReplaySpan;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::boards::source::Source;
use crate::ui::{Button, ErrorSummary, FieldMessage, TextInput, message_at};

/// The days as the address says them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub from: String,
    pub to: String,
}

impl Asked {
    pub fn of(span: ReplaySpan) -> Self {
        Self {
            from: span.from.to_string(),
            to: span.to.to_string(),
        }
    }
}

/// The id of that input's control.
pub fn id(input: &str) -> String {
    format!("replay-{input}")
}

#[component]
pub fn DaysForm(source: Source, days: Asked, faults: Vec<FieldMessage>) -> impl IntoView {
    let messages = Signal::stored(faults);
    view! {
        <form class="replay-days" method="get" action=source.replay_href() aria-label="Days" novalidate>
            <ErrorSummary messages/>
            <div class="replay-days__row">
                <TextInput
                    id=id("from")
                    name="from"
                    label="First day"
                    kind="date"
                    value=days.from
                    error=message_at(messages, id("from"))
                />
                <TextInput
                    id=id("to")
                    name="to"
                    label="Last day"
                    kind="date"
                    value=days.to
                    error=message_at(messages, id("to"))
                />
                <Button kind="submit">"Show these days"</Button>
            </div>
            <p class="muted small">
                "Days begin and end at midnight UTC. Sums are of what the deals are worth today, and names are today\u{2019}s."
            </p>
        </form>
    }
}
