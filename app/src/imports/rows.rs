//! What is wrong with rows: by kind, and row by row, page by page.

use domain::ProgramId;
use domain::imports::ImportState;
use domain::views::{FaultyRow, ImportView};
use leptos::prelude::*;

use super::groups::FaultGroups;
use crate::ui::{Icon, Pagination};

#[component]
pub fn FaultyRows(program: ProgramId, view: ImportView, later: bool) -> impl IntoView {
    if view.faulty.is_empty() {
        return ().into_any();
    }
    let here = format!("/c/{program}/import/{}", view.line.id);
    let first = later.then(|| here.clone());
    let next = view.next.map(|after| format!("{here}?after={after}"));
    let title = match view.line.state {
        ImportState::Undoing | ImportState::Undone => "Rows with errors, and deals that stay",
        _ => "Rows with errors",
    };
    let is_checked = view.line.state == ImportState::Checked;
    let missing = (is_checked && !view.unanswered.is_empty()).then(|| {
        let names = view.unanswered.join(", ");
        view! { <p dir="auto">{format!("Your file has no column for: {names}")}</p> }
    });
    // What undoing left is in no group, and imports from before have none.
    let taken_back = matches!(view.line.state, ImportState::Undoing | ImportState::Undone);
    let open = later || taken_back || view.groups.is_empty();
    let rows = view.faulty.into_iter().map(|row| view! { <Row row/> });
    let rows = rows.collect_view();
    view! {
        <section class="section" aria-labelledby="faults" data-part="faults">
            <div class="section__head">
                <h2 id="faults">{title}</h2>
                // Not a page of the app: the router must not take it.
                <a class="button" data-size="small" href=format!("{here}/faults.csv") rel="external" download="">
                    <Icon icon=icondata::LuDownload/>
                    "Download CSV"
                </a>
            </div>
            {missing}
            <FaultGroups groups=view.groups ungrouped=view.ungrouped/>
            <details class="earning" open=open>
                <summary>"Row by row"</summary>
                <div class="stack">
                    <ul class="rows">{rows}</ul>
                    <Pagination first next/>
                </div>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Row(row: FaultyRow) -> impl IntoView {
    let line = row.line;
    let faults = row.faults.into_iter();
    let faults = faults.map(|fault| view! { <li dir="auto">{fault.sentence(line)}</li> });
    view! {
        <li class="rows__row"><ul class="rows__main import__faults">{faults.collect_view()}</ul></li>
    }
}
