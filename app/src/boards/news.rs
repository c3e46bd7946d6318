//! What partners just did, on the company's board: who, when, from where to where, and how long it had been there.

use domain::events::{TimelineEntry, Topic};
use domain::{DealId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::server_fns;
use crate::live::{self, News};
use crate::locale::use_locale;
use crate::ui::{Icon, Shown, Time};

/// The last step of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastStep {
    pub deal: DealId,
    pub customer: String,
    pub step: TimelineEntry,
}

#[component]
pub fn LastNews(program: ProgramId) -> impl IntoView {
    let last = RwSignal::new(None::<LastStep>);
    live::use_live(&[Topic::Deal], move |news| {
        let News::Changed(change) = news else { return };
        let Ok(deal) = change.id.parse() else { return };
        spawn_local(async move {
            // A deal that is not this program's is no news.
            if let Ok(Some(step)) = server_fns::find_last_step(program, deal).await {
                last.try_set(Some(step));
            }
        });
    });
    let locale = use_locale();
    let line = move || {
        last.get().map(
            |LastStep {
                 deal,
                 customer,
                 step,
             }| {
                let after = step
                    .fact
                    .seconds_in_stage()
                    .map(|seconds| format!(", after {}", how_long(seconds)));
                view! {
                    <Icon icon=icondata::LuRadio size="small"/>
                    <span>
                        <a href=format!("/c/{program}/deals/{deal}")>{customer}</a>
                        {format!(": {} {}", who(&step), step.fact.sentence_in(locale))}
                        {after}
                        {", "}
                        <Time at=step.at shown=Shown::Clock/>
                    </span>
                }
            },
        )
    };
    view! { <p class="board__news" role="status">{line}</p> }
}

fn who(step: &TimelineEntry) -> &str {
    if step.who.is_empty() {
        step.side.label()
    } else {
        &step.who
    }
}

/// `12 d`, `3 h`, `5 min`.
fn how_long(seconds: i64) -> String {
    match seconds {
        86_400.. => format!("{} d", seconds / 86_400),
        3_600.. => format!("{} h", seconds / 3_600),
        60.. => format!("{} min", seconds / 60),
        _ => "less than a minute".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::how_long;

    #[test]
    fn a_time_in_a_stage_reads_in_its_largest_unit() {
        assert_eq!(how_long(12 * 86_400 + 5), "12 d");
        assert_eq!(how_long(7_300), "2 h");
        assert_eq!(how_long(61), "1 min");
        assert_eq!(how_long(5), "less than a minute");
    }
}
