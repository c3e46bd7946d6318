//! What is wrong with rows, each kind of it once, with the rows that have it.

use domain::imports::FaultGroup;
use leptos::prelude::*;

use super::words::{grouped, places, unnamed};

#[component]
pub fn FaultGroups(groups: Vec<FaultGroup>, ungrouped: i64) -> impl IntoView {
    if groups.is_empty() {
        return ().into_any();
    }
    let rest = (ungrouped > 0).then(|| {
        let text = format!(
            "{} errors of other kinds are in the CSV file.",
            grouped(ungrouped)
        );
        view! { <p class="muted small">{text}</p> }
    });
    let groups = groups.into_iter().map(|group| view! { <Group group/> });
    view! {
        <ul class="rows" data-part="fault-groups">{groups.collect_view()}</ul>
        {rest}
    }
    .into_any()
}

#[component]
fn Group(group: FaultGroup) -> impl IntoView {
    let (place, rest) = (places(&group), unnamed(&group));
    let rest = rest.map(|text| view! { <li class="muted">{text}</li> });
    let FaultGroup { fault, lines, .. } = group;
    let title = fault.title();
    let lines = lines.into_iter();
    let lines = lines.map(|line| view! { <li dir="auto">{fault.sentence(line)}</li> });
    let lines = lines.collect_view();
    view! {
        <li class="rows__row">
            <details class="earning import__group">
                <summary>
                    <span class="import__kind">
                        <span dir="auto">{title}</span>
                        " "
                        <span class="muted">{place}</span>
                    </span>
                </summary>
                <ul class="import__faults small">{lines} {rest}</ul>
            </details>
        </li>
    }
}
