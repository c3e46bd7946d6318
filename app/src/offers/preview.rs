//! Beside the form, while one types: the sentence that partners will read, an example by the same function that the
//! server owes by, and what a new version changes.

use domain::Currency;
use domain::commissions::worked_example;
use domain::offers::{OfferTerms, OfferVersion};
use domain::program::Tier;
use leptos::prelude::*;

use super::draft::Typed;
use super::model::{Change, changes};
use crate::calculation::CalculationLines;
use crate::locale::use_locale;
use crate::ui::Icon;

#[component]
pub fn Preview(
    typed: Typed,
    tiers: StoredValue<Vec<Tier>>,
    currency: Currency,
    before: Option<OfferVersion>,
    /// Made by earlier versions.
    commissions: i64,
) -> impl IntoView {
    let terms = Memo::new(move |_| typed.preview());
    let shown = move || match terms.get() {
        Some(terms) => view! { <Read terms tiers currency/> }.into_any(),
        None => view! {
            <p class="muted">"Fill in how much, and the sentence and an example appear here."</p>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="preview-title" data-part="preview">
            <div class="card__head"><h2 id="preview-title">"What partners read"</h2></div>
            <div class="card__body">{shown}</div>
        </section>
        {before.map(|before| view! { <Changes terms tiers before commissions/> })}
    }
}

#[component]
fn Read(terms: OfferTerms, tiers: StoredValue<Vec<Tier>>, currency: Currency) -> impl IntoView {
    let example = worked_example(&terms, currency);
    let audience = tiers.with_value(|tiers| terms.audience(tiers));
    view! {
        <h3>{terms.name.clone()}</h3>
        <p class="offer-card__sentence" data-part="sentence">{terms.sentence_in(use_locale())}</p>
        <p class="muted small">{audience}</p>
        <div class="stack" data-gap="small" data-part="example">
            <h3>"For example"</h3>
            <CalculationLines calculation=example bare=true/>
        </div>
    }
}

#[component]
fn Changes(
    terms: Memo<Option<OfferTerms>>,
    tiers: StoredValue<Vec<Tier>>,
    before: OfferVersion,
    commissions: i64,
) -> impl IntoView {
    let number = before.number;
    let list = move || {
        let found = terms.with(|terms| {
            let terms = terms.as_ref()?;
            Some(tiers.with_value(|tiers| changes(&before.terms, terms, tiers)))
        });
        match found {
            Some(found) if found.is_empty() => {
                view! { <p class="muted">"Nothing yet."</p> }.into_any()
            }
            Some(found) => view! { <ChangeList found/> }.into_any(),
            None => ().into_any(),
        }
    };
    let kept = match commissions {
        0 => "Version by version, what was earned stays as it is.".to_owned(),
        1 => "The commission that earlier versions made stays as it is.".to_owned(),
        many => format!("The {many} commissions that earlier versions made stay as they are."),
    };
    view! {
        <section class="card" aria-labelledby="changes-title" data-part="changes">
            <div class="card__head"><h2 id="changes-title">{format!("What changes from version {number}")}</h2></div>
            <div class="card__body">
                {list}
                <p class="untouched"><Icon icon=icondata::LuShieldCheck size="small"/><span>{kept}</span></p>
            </div>
        </section>
    }
}

#[component]
fn ChangeList(found: Vec<Change>) -> impl IntoView {
    let lines = found.into_iter().map(|change| {
        view! {
            <div>
                <dt>{change.what}</dt>
                <dd>
                    <del class="change-from">{change.from}</del>
                    " "
                    <ins class="change-to">{change.to}</ins>
                </dd>
            </div>
        }
    });
    view! { <dl class="facts">{lines.collect_view()}</dl> }
}
