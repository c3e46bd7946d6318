//! The rows of an answer, to read.

use domain::forms::{RowHead, RowTable};
use leptos::prelude::*;

/// `label` is what the rows are of.
#[component]
pub fn RowsTable(#[prop(into)] label: String, table: RowTable) -> impl IntoView {
    let RowTable {
        heads,
        rows,
        totals,
    } = table;
    let line = |cells: Vec<String>| {
        let cells = heads.iter().zip(cells);
        let cells = cells.map(|(head, text)| view! { <td class=of_number(head) data-label=head.label.clone()>{text}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    let lines = rows.into_iter().map(line).collect_view();
    let total = |(at, (head, text)): (usize, (&RowHead, String))| {
        if text.is_empty() && at == 0 {
            return view! { <th scope="row">"Total"</th> }.into_any();
        }
        let said =
            (!text.is_empty()).then(|| view! { <span class="visually-hidden">"Total "</span> });
        view! { <td class=of_number(head) data-label=format!("Total {}", head.label)>{said}{text}</td> }.into_any()
    };
    let foot = (!totals.is_empty()).then(|| {
        let cells = heads.iter().zip(totals).enumerate().map(total);
        view! { <tfoot><tr>{cells.collect_view()}</tr></tfoot> }
    });
    let heads = heads
        .iter()
        .map(|head| view! { <th scope="col" class=of_number(head)>{head.label.clone()}</th> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" aria-label=label tabindex="0">
            <table class="table" data-stacks="">
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
                {foot}
            </table>
        </div>
    }
    .into_any()
}

fn of_number(head: &RowHead) -> Option<&'static str> {
    head.number.then_some("number")
}
