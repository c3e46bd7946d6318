//! An address in five inputs. One that is pasted in one piece is spread over them, where it can be told apart.

use domain::forms::{
    Address, AddressPart, COUNTRIES, Field, FieldKey, RawAnswers, problem_text, spread,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{big_select::BigSelect, field_group::FieldGroup, problems::Watch};
use crate::ui::{TextArea, TextInput, Typed};

const SPREAD: &str =
    "The pasted address is spread over street, postcode, city, region and country. Check them.";

/// The id of the input of that part: it ends as the input's name does.
pub fn part_id(id: &str, part: AddressPart) -> String {
    format!("{id}.{}", part.name())
}

#[component]
pub fn AddressField(
    id: String,
    field: Field,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    answers: RwSignal<RawAnswers>,
    watch: Watch,
) -> impl IntoView {
    let (own, label) = (field.key.clone(), field.label.clone());
    let address = answers.with_untracked(|raw| raw.address(&own));
    let said = RwSignal::new("");
    let at = move |part: AddressPart| {
        let (field, name) = (field.clone(), RawAnswers::part_name(&field.key, part));
        Signal::derive(move || {
            watch.problems.with(|said| {
                let problem = said.get(&name);
                problem.map(|problem| problem_text(Some(&field), problem))
            })
        })
    };
    let (name, input) = (own.clone(), id.clone());
    let line = move |part: AddressPart| {
        let (id, name) = (part_id(&input, part), RawAnswers::part_name(&name, part));
        let value = address.part(part).to_owned();
        (id, name, value, at(part), required && part.is_needed())
    };
    let street = line(AddressPart::Street);
    let [postcode, city, region] = [
        AddressPart::Postcode,
        AddressPart::City,
        AddressPart::Region,
    ]
    .map(&line);
    let country = line(AddressPart::Country);
    let pasted = use_spreading(id.clone(), own, answers, said);
    view! {
        <FieldGroup id label hint error required>
            <div class="address">
                <TextArea
                    id=street.0
                    name=street.1
                    label=AddressPart::Street.label()
                    value=street.2
                    error=street.3
                    required=street.4
                    rows=2
                    autocomplete="off"
                    on:paste=pasted
                />
                <div class="field-row">
                    <Line part=AddressPart::Postcode line=postcode/>
                    <Line part=AddressPart::City line=city/>
                </div>
                <div class="field-row">
                    <Line part=AddressPart::Region line=region/>
                    <Country line=country/>
                </div>
                <p class="field__hint" role="status">{said}</p>
            </div>
        </FieldGroup>
    }
}

/// Id, name, value, what is wrong, and whether it must be filled in.
type Input = (String, String, String, Signal<Option<String>>, bool);

#[component]
fn Line(part: AddressPart, line: Input) -> impl IntoView {
    let (id, name, value, error, required) = line;
    view! { <TextInput id name label=part.label() value error required autocomplete="off"/> }
}

#[component]
fn Country(line: Input) -> impl IntoView {
    let (id, name, value, error, required) = line;
    let label = AddressPart::Country.label().to_owned();
    let options = COUNTRIES
        .iter()
        .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
        .collect();
    view! { <BigSelect id name label hint=None error required options chosen=vec![value.to_ascii_uppercase()]/> }
}

/// What a paste puts into the inputs, or nothing where it is left as it is: where it cannot be told apart, and where something
/// stands in an input already.
fn spread_over(pasted: &str, now: &Address) -> Option<Address> {
    let blank = |part: &AddressPart| now.part(*part).trim().is_empty();
    let free = AddressPart::ALL
        .iter()
        .filter(|part| **part != AddressPart::Country)
        .all(blank);
    if !free {
        return None;
    }
    let mut address = spread(pasted)?;
    let country = now.country.trim();
    if address.country.is_empty() {
        country.clone_into(&mut address.country);
    }
    let agrees = country.is_empty() || country == address.country;
    agrees.then_some(address)
}

fn use_spreading(
    id: String,
    own: FieldKey,
    answers: RwSignal<RawAnswers>,
    said: RwSignal<&'static str>,
) -> impl Fn(ev::ClipboardEvent) + Clone {
    move |event: ev::ClipboardEvent| {
        said.set("");
        let text = event
            .clipboard_data()
            .and_then(|board| board.get_data("text/plain").ok());
        let now = answers.with_untracked(|raw| raw.address(&own));
        let Some(address) = text.and_then(|text| spread_over(&text, &now)) else {
            return;
        };
        event.prevent_default();
        for part in AddressPart::ALL {
            put(&part_id(&id, part), address.part(part));
        }
        said.set(SPREAD);
    }
}

/// Puts the text into the control, and says so as if it were typed.
pub(super) fn put(id: &str, text: &str) {
    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    let control: Option<Box<dyn Typed>> =
        match element.clone().dyn_into::<web_sys::HtmlInputElement>() {
            Ok(input) => Some(Box::new(input)),
            Err(other) => match other.dyn_into::<web_sys::HtmlTextAreaElement>() {
                Ok(area) => Some(Box::new(area)),
                Err(other) => other
                    .dyn_into::<web_sys::HtmlSelectElement>()
                    .ok()
                    .map(|select| Box::new(select) as Box<dyn Typed>),
            },
        };
    if let Some(control) = control {
        control.set_text(text);
    }
    let told = web_sys::EventInit::new();
    told.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &told) {
        // Nobody refuses it.
        let _ = element.dispatch_event(&event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASTED: &str = "Hauptstr. 5\n10115 Berlin\nGermany";

    #[test]
    fn nothing_that_was_typed_is_written_over() {
        let free = Address::default();
        assert_eq!(spread_over(PASTED, &free).unwrap().city, "Berlin");
        assert_eq!(spread_over("Hauptstr. 5", &free), None);
        let set = |part, text: &str| {
            let mut now = Address::default();
            now.set(part, text.to_owned());
            spread_over(PASTED, &now)
        };
        assert_eq!(set(AddressPart::City, "Hamburg"), None);
        assert_eq!(set(AddressPart::Country, "AT"), None);
        assert!(set(AddressPart::Country, "DE").is_some());
        assert!(set(AddressPart::Street, " ").is_some());
    }

    #[test]
    fn a_country_that_was_chosen_stays() {
        let mut now = Address::default();
        now.set(AddressPart::Country, "DE".to_owned());
        let found = spread_over("Hauptstr. 5\n10115 Berlin", &now).unwrap();
        assert_eq!(
            (found.city.as_str(), found.country.as_str()),
            ("Berlin", "DE")
        );
    }
}
