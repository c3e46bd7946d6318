//! What was understood of a number that others would read otherwise, said under its input.

use std::collections::BTreeMap;

use domain::Locale;
use domain::forms::{
    Field, FieldKey, FormDefinition, RawAnswers, ReadBack, read_back, written_under,
};
use leptos::prelude::*;

use super::collect::values_of;

/// By the name of the input.
#[derive(Clone, Copy, Default)]
pub struct Heard(RwSignal<BTreeMap<String, String>>);

impl Heard {
    pub fn of(self, name: &str) -> Option<String> {
        self.0.with(|all| all.get(name).cloned())
    }

    /// Looks again at the input of that name; at the amount, where the name is its currency's.
    pub fn listen(
        self,
        form: &FormDefinition,
        root: &web_sys::Element,
        name: &str,
        locale: Locale,
    ) {
        let amount = RawAnswers::key_of(name).filter(|key| RawAnswers::currency_name(key) == name);
        let name = amount.as_ref().map_or(name, FieldKey::as_str);
        let Some(field) = written_under(form, name) else {
            return;
        };
        let value = |name: &str| values_of(root, name)?.into_iter().next();
        let currency = value(&RawAnswers::currency_name(&field.key));
        let text = value(name).unwrap_or_default();
        let line = heard_in(field, &text, currency.as_deref(), locale);
        if untrack(|| self.of(name)) == line {
            return;
        }
        self.0.update(|all| {
            match line {
                Some(line) => all.insert(name.to_owned(), line),
                None => all.remove(name),
            };
        });
    }
}

/// The line for a text that is typed into the field, where there is one to say.
pub fn heard_in(
    field: &Field,
    text: &str,
    currency: Option<&str>,
    locale: Locale,
) -> Option<String> {
    read_back(field, text, currency, locale).map(words)
}

fn words(back: ReadBack) -> String {
    match back {
        ReadBack::As(text) => format!("Read as {text}"),
        ReadBack::Unclear(one, other) => {
            format!("This can be read in two ways: write {one} or {other}")
        }
    }
}

/// Empty while there is nothing to say. A screen reader hears it when the input is left.
#[component]
pub fn HeardLine(name: String, heard: Heard) -> impl IntoView {
    let line = Memo::new(move |_| heard.of(&name));
    move || {
        let line = line.get();
        line.map(|text| view! { <p class="field__heard">{text}</p> })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_read_or_how_to_write_it() {
        assert_eq!(words(ReadBack::As("EUR 1,50".into())), "Read as EUR 1,50");
        assert_eq!(
            words(ReadBack::Unclear("12.500".into(), "12,50".into())),
            "This can be read in two ways: write 12.500 or 12,50"
        );
    }
}
