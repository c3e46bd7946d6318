//! The first rows as the deals that they will become, before anything is imported.

use domain::imports::{ImportState, SampleDeal};
use domain::views::ImportView;
use leptos::prelude::*;

use crate::ui::{MoneyText, StageTag, Tag};

#[component]
pub fn Samples(view: ImportView) -> impl IntoView {
    if view.line.state != ImportState::Checked || view.samples.is_empty() {
        return ().into_any();
    }
    let rows = view.samples.into_iter();
    let rows = rows.map(|sample| view! { <Sample sample/> }).collect_view();
    view! {
        <section class="section" aria-labelledby="samples" data-part="samples">
            <h2 id="samples">"The first rows as deals"</h2>
            // It scrolls inside itself on a phone, also by keys.
            <div class="table-wrap" role="group" aria-label="The first rows, a table" tabindex="0">
                <table class="table import__samples">
                    <caption class="visually-hidden">"The first rows as deals"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Customer"</th>
                            <th scope="col" class="number">"Value"</th>
                            <th scope="col">"Stage"</th>
                            <th scope="col">"Partner"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Sample(sample: SampleDeal) -> impl IntoView {
    let stage = if sample.hue.is_empty() {
        view! { <Tag text=sample.stage/> }.into_any()
    } else {
        view! { <StageTag name=sample.stage hue=sample.hue/> }.into_any()
    };
    let line = format!(" line {}", sample.line);
    view! {
        <tr>
            <th scope="row">
                <span dir="auto">{sample.customer}</span>
                <span class="muted small">{line}</span>
            </th>
            <td class="number"><MoneyText amount=sample.value/></td>
            <td>{stage}</td>
            <td><span dir="auto">{sample.partner}</span></td>
        </tr>
    }
}
