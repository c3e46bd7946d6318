use domain::Locale;
use domain::commissions::Calculation;
use leptos::prelude::*;

use crate::locale::use_locale;
use crate::ui::MoneyText;

/// The lines from the base to the amount, the values under one another.
#[component]
pub fn CalculationLines(
    calculation: Calculation,
    /// Without the offer's name: where it stands above anyway.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let lines = shown(&calculation, bare, use_locale());
    let last = lines.len().saturating_sub(1);
    let rows = lines
        .into_iter()
        .enumerate()
        .map(|(place, (label, value))| {
            view! {
                <div data-total=(place == last).then_some("")>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                </div>
            }
        });
    view! { <dl class="calculation">{rows.collect_view()}</dl> }
}

/// The first line of every calculation names its offer.
fn shown(calculation: &Calculation, bare: bool, locale: Locale) -> Vec<(String, String)> {
    calculation
        .text_in(locale)
        .into_iter()
        .skip(usize::from(bare))
        .collect()
}

/// Several calculations, each behind its offer and its amount.
#[component]
pub fn CalculationList(calculations: Vec<Calculation>) -> impl IntoView {
    // One is what was asked for; several are an overview first.
    let open = calculations.len() == 1;
    let rows = calculations.into_iter().map(|calculation| {
        let (offer, amount) = (calculation.offer_text(), calculation.amount);
        view! {
            <li>
                <details class="earning" open=open>
                    <summary>
                        <span class="earning__offer">{offer}</span>
                        <MoneyText amount exact=true/>
                    </summary>
                    <CalculationLines calculation bare=true/>
                </details>
            </li>
        }
    });
    view! { <ul class="earnings">{rows.collect_view()}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::commissions::worked_example;
    use domain::offers::OfferDraft;
    use domain::{Currency, Money};

    fn example() -> Calculation {
        let draft = OfferDraft {
            name: "Referral fee".into(),
            percent: "10".into(),
            ..OfferDraft::empty(Currency::EUR)
        };
        worked_example(&draft.check().unwrap(), Currency::EUR)
    }

    #[test]
    fn the_amount_comes_last_and_the_offer_first() {
        let all = shown(&example(), false, Locale::default());
        assert_eq!(all.first().unwrap().0, "Offer");
        let amount = Money::new(100_000, Currency::EUR).display_exact();
        assert_eq!(all.last().unwrap(), &("Commission".to_owned(), amount));
        let bare = shown(&example(), true, Locale::default());
        assert_eq!(bare, all.get(1..).unwrap());
    }
}
