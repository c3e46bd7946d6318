//! Marking what is ticked as paid: one reference and one day for all of it.

use domain::{Date, Locale, Money, ProgramId};
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::row::Ticked;
use super::server_fns::MarkPaid;
use crate::locale::use_locale;
use crate::sent::{Sent, SentErrors};
use crate::ui::{Button, TextInput, Toasts, Variant, use_ready};

#[component]
pub fn PayForm(
    program: ProgramId,
    today: Date,
    ticked: Ticked,
    reload: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<MarkPaid>::new();
    let sent = Sent::of(action, "pay-");
    let reference = RwSignal::new(String::new());
    let toasts = use_context::<Toasts>();
    Effect::new(move |_| {
        if let Some(Ok(paid)) = action.value().get() {
            ticked.set(Vec::new());
            reference.set(String::new());
            if let Some(toasts) = toasts {
                toasts.say(said(paid));
            }
            reload.run(());
        }
    });
    let locale = use_locale();
    let tone = move || (!ticked.with(Vec::is_empty)).then_some("ready");
    view! {
        <ActionForm action attr:id="pay" attr:class="pay" attr:novalidate="" attr:data-state=tone>
            <SentErrors sent/>
            <input type="hidden" name="program" value=program.to_string()/>
            <div class="pay__fields" data-ready=use_ready()>
                <p class="pay__sum" id="pay-commissions" role="status" tabindex="-1">
                    {move || ticked.with(|ticked| summed(ticked.iter().map(|(_, amount)| *amount), locale))}
                </p>
                <TextInput id="pay-reference" name="reference" label="Payment reference" required=true bind=reference autocomplete="off" maxlength=80 error=sent.at("reference")/>
                <TextInput id="pay-paid_on" name="paid_on" label="Paid on" kind="date" required=true value=today.to_string() error=sent.at("paid_on")/>
                <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Mark paid"</Button>
            </div>
        </ActionForm>
    }
}

fn said(paid: usize) -> String {
    if paid == 1 {
        "1 commission is marked paid".to_owned()
    } else {
        format!("{paid} commissions are marked paid")
    }
}

/// `3 ticked: EUR 1,200.00 and USD 40.00`: currencies are never summed together.
fn summed(amounts: impl Iterator<Item = Money> + Clone, locale: Locale) -> String {
    let count = amounts.clone().count();
    if count == 0 {
        return "Tick the commissions that were paid".to_owned();
    }
    let totals: domain::money::Totals = amounts.collect();
    let sums: Vec<String> = totals.iter().map(|sum| locale.money_exact(sum)).collect();
    format!("{count} ticked: {}", sums.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Currency;

    #[test]
    fn ticked_amounts_are_summed_by_currency() {
        let dollar = Currency::from_code("USD").unwrap();
        let amounts = [
            Money::new(1_050, Currency::EUR),
            Money::new(-50, Currency::EUR),
            Money::new(4_000, dollar),
        ];
        let text = summed(amounts.into_iter(), Locale::default());
        assert!(text.starts_with("3 ticked: "), "{text}");
        assert!(text.contains(&Money::new(1_000, Currency::EUR).display_exact()));
        assert!(text.contains(&Money::new(4_000, dollar).display_exact()));
        assert_eq!(
            summed(std::iter::empty(), Locale::default()),
            "Tick the commissions that were paid"
        );
    }
}
