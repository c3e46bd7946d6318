//! A region of the country that is answered above: from a list, or as text where that country's regions are not listed.

use domain::forms::{
    Field, FieldKey, FieldKind, FormDefinition, RawAnswers, country_name, region_choices,
    region_name,
};
use domain::text::fold;
use leptos::prelude::*;

use super::big_select::BigSelect;
use crate::ui::TextInput;

/// The fields that may be wrong once another country is answered under this key.
pub fn regions_of(form: &FormDefinition, country: &FieldKey) -> Vec<FieldKey> {
    let of_it = |field: &&Field| match &field.kind {
        FieldKind::Region { country: Some(key) } => key == country,
        _ => false,
    };
    let regions = form.fields.iter().filter(of_it);
    regions.map(|field| field.key.clone()).collect()
}

/// What a list offers, and what of it is chosen. What was answered before stays in it, whatever the country is now: nothing
/// that was typed goes away unsaid.
fn offered(
    mut choices: Vec<(String, String)>,
    country: &str,
    now: &str,
) -> (Vec<(String, String)>, Vec<String>) {
    if now.is_empty() {
        return (choices, Vec::new());
    }
    let name = fold(now);
    let known = choices
        .iter()
        .find(|(code, label)| code.eq_ignore_ascii_case(now) || fold(label) == name);
    if let Some((code, _)) = known {
        let chosen = vec![code.clone()];
        return (choices, chosen);
    }
    let here = country_name(country).unwrap_or(country);
    let label = region_name(&now.to_ascii_uppercase()).unwrap_or(now);
    choices.insert(0, (now.to_owned(), format!("{label} (not in {here})")));
    (choices, vec![now.to_owned()])
}

fn code_of(raw: &RawAnswers, country: Option<&FieldKey>) -> String {
    let text = country.map_or("", |key| raw.first(key));
    text.trim().to_ascii_uppercase()
}

#[component]
pub fn RegionField(
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    /// The region's own key.
    own: FieldKey,
    /// The key of the field that the country is answered in.
    country: Option<FieldKey>,
    answers: RwSignal<RawAnswers>,
) -> impl IntoView {
    let code = Memo::new(move |_| answers.with(|raw| code_of(raw, country.as_ref())));
    move || {
        let code = code.get();
        let now = answers.with_untracked(|raw| raw.first(&own).trim().to_owned());
        let (id, name, label) = (id.clone(), name.clone(), label.clone());
        let hint = hint.clone();
        if let Some(choices) = region_choices(&code) {
            let (options, chosen) = offered(choices, &code, &now);
            return view! { <BigSelect id name label hint error required options chosen/> }
                .into_any();
        }
        let first = || "Select the country first to choose from its regions".to_owned();
        let hint = hint.or_else(|| code.is_empty().then(first));
        view! { <TextInput id name label hint error required value=now autocomplete="off"/> }
            .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_stays_in_the_list() {
        let german = || region_choices("DE").unwrap();
        let chosen = |now: &str| offered(german(), "DE", now);
        assert_eq!(chosen(""), (german(), vec![]));
        assert_eq!(chosen("de-by"), (german(), vec!["DE-BY".to_owned()]));
        assert_eq!(chosen("Bavaria"), (german(), vec!["DE-BY".to_owned()]));
        let (options, taken) = chosen("US-CA");
        assert_eq!(options.len(), german().len() + 1);
        assert_eq!(options[0].1, "California (not in Germany)");
        assert_eq!(taken, ["US-CA"]);
        assert_eq!(chosen("Somewhere").0[0].1, "Somewhere (not in Germany)");
    }
}
