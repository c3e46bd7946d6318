//! Somebody changed the deal meanwhile: what it has now stands beside what was typed.

use domain::Locale;
use domain::forms::{RawAnswers, answer_text_in, says};
use domain::views::AmendPart;
use leptos::prelude::*;

/// A line for each answer that was typed and that the deal has otherwise by now.
pub(super) fn differing(part: &AmendPart, typed: &RawAnswers, locale: Locale) -> Vec<String> {
    let context = part.context();
    let fields = part.form.fields.iter();
    let open = fields.filter(|field| part.open.contains(&field.key));
    let differing = open.filter(|field| !says(field, typed, part.given.get(&field.key), &context));
    differing
        .map(|field| match part.given.get(&field.key) {
            Some(now) => format!(
                "{}: the deal has {}",
                field.label,
                answer_text_in(field, now, locale)
            ),
            None => format!("{}: the deal has no answer", field.label),
        })
        .collect()
}

#[component]
pub(super) fn Differing(lines: Vec<String>) -> impl IntoView {
    let items = lines.into_iter().map(|line| view! { <li>{line}</li> });
    view! {
        <p>"Look at what you typed before you save it over what the deal has now:"</p>
        <ul>{items.collect_view()}</ul>
    }
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use domain::forms::{Answer, Answers, FieldKey, starter_form};

    use super::*;

    #[test]
    fn what_was_typed_and_the_deal_has_otherwise_is_listed() {
        let form = starter_form(Currency::EUR);
        let key = FieldKey::parse("need").unwrap();
        let label = form.field(&key).unwrap().label.clone();
        let mut given = Answers::default();
        given.0.insert(key.clone(), Answer::Text("Backups".into()));
        let part = AmendPart {
            deal: "deal_00000000000000000000000001".parse().unwrap(),
            customer: "Tern Labs".into(),
            number: "ALT-1".into(),
            version: 3,
            open: form.amendable_keys(),
            form,
            given,
            files: Vec::new(),
            today: "2031-01-31".parse().unwrap(),
            tier: None,
            partner_country: String::new(),
        };
        let same: RawAnswers = [("need", "Backups")].into_iter().collect();
        assert!(differing(&part, &same, Locale::default()).is_empty());
        let other: RawAnswers = [("need", "Archives"), ("contact_name", "Ada")]
            .into_iter()
            .collect();
        let lines = differing(&part, &other, Locale::default());
        assert!(lines.contains(&format!("{label}: the deal has Backups")));
        assert_eq!(lines.len(), 2);
    }
}
