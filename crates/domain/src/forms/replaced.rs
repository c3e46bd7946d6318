//! A field that took another's place, because not all of its stored answers could become answers of the new kind. Deals keep
//! what they answered; drafts, which go on in the new form, carry their answers over where the new field takes them.

use serde::{Deserialize, Serialize};

use super::{
    Context, Field, FieldKey, FieldKind, FormDefinition, RawAnswers,
    read::{Posted, read},
};

/// Whose place a field took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaces {
    pub key: FieldKey,
    /// What old answers come to, where it is not the same text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mapping: Vec<MappedAnswer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedAnswer {
    pub from: String,
    pub to: String,
}

impl Replaces {
    pub fn of(key: FieldKey) -> Self {
        Self {
            key,
            mapping: Vec::new(),
        }
    }

    /// Whatever case it was typed in.
    fn mapped(&self, answer: &str) -> String {
        let answer = answer.trim();
        let folded = answer.to_lowercase();
        let mut mapping = self.mapping.iter();
        let found = mapping.find(|mapped| mapped.from.trim().to_lowercase() == folded);
        found.map_or(answer, |mapped| mapped.to.trim()).to_owned()
    }

    /// "seats; a dozen becomes 12".
    pub(super) fn in_words(&self) -> String {
        let mapping = self.mapping.iter();
        let mapping = mapping.map(|mapped| format!("{} becomes {}", mapped.from, mapped.to));
        let parts: Vec<String> = std::iter::once(self.key.to_string())
            .chain(mapping)
            .collect();
        parts.join("; ")
    }
}

/// What is typed so far, with the answers to fields that others took the place of: as answers to these, where they take them and
/// nothing is typed there yet.
pub fn carried_over(form: &FormDefinition, raw: &RawAnswers, context: &Context) -> RawAnswers {
    let mut all = raw.clone();
    for field in &form.fields {
        let Some(replaces) = &field.traits.replaces else {
            continue;
        };
        // A file lies under the key of its field.
        let file = matches!(field.kind, FieldKind::File { .. });
        if file || !field.asks_partner() || raw.mentions(&field.key) {
            continue;
        }
        let old = as_answer(field, replaces, raw);
        if matches!(read(field, Posted::of(field, &old), context), Ok(Some(_))) {
            all.copy(field, &old);
        }
    }
    all
}

/// An amount without a currency is taken for one in the first that the new field takes.
fn as_answer(field: &Field, replaces: &Replaces, raw: &RawAnswers) -> RawAnswers {
    let values = raw.values(&replaces.key).iter();
    let values = values.filter(|value| !value.trim().is_empty());
    let values: Vec<String> = values.map(|value| replaces.mapped(value)).collect();
    let mut old = RawAnswers::default();
    match (&field.kind, values.as_slice()) {
        (FieldKind::Money { currencies }, [amount]) => {
            let own = raw.currency(&replaces.key).map(str::to_owned);
            let first = currencies.first().map(ToString::to_string);
            let currency = own.or(first).unwrap_or_default();
            old.set_money(&field.key, amount, &currency);
        }
        _ => old.set(&field.key, values),
    }
    old
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use crate::forms::{Choice, Traits, check_publishable, starter_form};

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    fn replacing(kind: FieldKind, mapping: &[(&str, &str)]) -> FormDefinition {
        let mapping = mapping.iter().map(|(from, to)| MappedAnswer {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
        });
        let replaces = Replaces {
            mapping: mapping.collect(),
            ..Replaces::of(key("seats"))
        };
        let traits = Traits {
            replaces: Some(replaces),
            ..Traits::default()
        };
        FormDefinition {
            fields: vec![Field::new(key("seats_2"), kind, "Seats").traits(traits)],
        }
    }

    fn carried(form: &FormDefinition, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let raw: RawAnswers = typed.iter().copied().collect();
        let context = Context::on("2026-11-22".parse().unwrap());
        let form_only = carried_over(form, &raw, &context).only(form);
        form_only.pairs().collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn an_old_answer_is_mapped_or_taken_as_it_is_or_left() {
        let number = FieldKind::Number {
            decimals: 0,
            unit: String::new(),
        };
        let form = replacing(number, &[("A Dozen", "12")]);
        assert_eq!(carried(&form, &[("seats", " 7 ")]), [pair("seats_2", "7")]);
        assert_eq!(
            carried(&form, &[("seats", "a dozen")]),
            [pair("seats_2", "12")]
        );
        assert!(carried(&form, &[("seats", "many")]).is_empty());
        assert!(carried(&form, &[("seats", " ")]).is_empty());
        // What is typed in the new field stays, also when it was emptied.
        let typed = carried(&form, &[("seats", "7"), ("seats_2", "")]);
        assert_eq!(typed, [pair("seats_2", "")]);
    }

    #[test]
    fn a_field_that_is_still_asked_is_not_replaced() {
        let mut form = starter_form(Currency::EUR);
        let traits = Traits {
            replaces: Some(Replaces::of(key("need"))),
            ..Traits::default()
        };
        let again = Field::new(key("need_2"), FieldKind::Text, "Need").traits(traits);
        form.fields.push(again);
        let faults = check_publishable(&form).unwrap_err();
        let [fault] = &faults[..] else {
            panic!("not one fault: {faults:?}")
        };
        assert!(fault.text().contains("still asked"), "{}", fault.text());
        form.fields.retain(|field| field.key != key("need"));
        assert_eq!(check_publishable(&form), Ok(()));
    }

    #[test]
    fn options_and_amounts_are_carried_over_too() {
        let options = vec![Choice::new("few", "Few"), Choice::new("many", "Many")];
        let form = replacing(
            FieldKind::Select { options },
            &[("1", "few"), ("900", "none")],
        );
        assert_eq!(carried(&form, &[("seats", "1")]), [pair("seats_2", "few")]);
        assert_eq!(
            carried(&form, &[("seats", "many")]),
            [pair("seats_2", "many")]
        );
        assert!(carried(&form, &[("seats", "900")]).is_empty(), "no option");
        let currencies = vec![Currency::EUR];
        let form = replacing(FieldKind::Money { currencies }, &[]);
        let typed = carried(&form, &[("seats", "1200")]);
        assert!(typed.contains(&pair("seats_2", "1200")), "{typed:?}");
        assert!(
            typed.contains(&pair("seats_2.currency", "EUR")),
            "{typed:?}"
        );
    }
}
