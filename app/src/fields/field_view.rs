//! One field, by its kind.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use domain::forms::{COUNTRIES, Choice, Field, FieldKind, RawAnswers, to_spoken};
use leptos::prelude::*;

use super::{
    address::AddressField,
    big_select::BigSelect,
    choice_group::ChoiceGroup,
    combobox::CustomerSource,
    computed::ComputedField,
    customer_field::CustomerField,
    day_range::DayRange,
    file_field::FileField,
    heard::HeardLine,
    model::{FEW_OPTIONS, control_id, hint, line_input},
    problems::Watch,
    region::RegionField,
    rows_field::RowsField,
    search_select::{SEARCHED_FROM, SearchSelect},
    text_block::TextBlock,
    uploads::Uploads,
};
use crate::locale::use_locale;
use crate::ui::{Checkbox, FieldError, MoneyInput, TextArea, TextInput};

/// The input starts with what `answers` hold and then keeps its own text.
#[component]
pub fn FieldView(
    field: Field,
    prefix: String,
    required: bool,
    answers: RwSignal<RawAnswers>,
    #[prop(into)] error: Signal<Option<String>>,
    watch: Watch,
    uploads: Option<Uploads>,
    customers: Option<CustomerSource>,
    /// What a computed field comes to; empty while that is nothing.
    #[prop(into)]
    result: Signal<String>,
) -> impl IntoView {
    let id = control_id(&prefix, field.key.as_str());
    let name = field.key.to_string();
    let hint = hint(&field);
    let label = field.label.clone();
    let locale = use_locale();
    let first = answers.with_untracked(|raw| to_spoken(&field, raw.first(&field.key), locale));
    let all = answers.with_untracked(|raw| raw.values(&field.key).to_vec());
    match &field.kind {
        FieldKind::Heading | FieldKind::PageBreak | FieldKind::Group => view! { <FormHeading label help=field.help.clone()/> }.into_any(),
        FieldKind::LongText => {
            view! { <TextArea id name label hint error required value=first placeholder=field.placeholder.clone()/> }.into_any()
        }
        FieldKind::Money { currencies } => {
            let currency = answers.with_untracked(|raw| raw.currency(&field.key).map(str::to_owned));
            let currencies = currencies.iter().map(ToString::to_string).collect();
            let currency_name = RawAnswers::currency_name(&field.key);
            let line = view! { <HeardLine name=name.clone() heard=watch.heard/> };
            view! { <MoneyInput id name label hint error required currencies amount=first currency currency_name/> {line} }.into_any()
        }
        FieldKind::Checkbox => {
            let checked = matches!(first.as_str(), "yes" | "on" | "true");
            view! { <SingleBox id name label hint error required checked/> }.into_any()
        }
        FieldKind::MultiSelect { options } if options.len() <= FEW_OPTIONS => {
            view! { <ChoiceGroup id name label hint error required options=pairs(options) chosen=all several=true/> }.into_any()
        }
        FieldKind::MultiSelect { options } => {
            let (own, awake) = (field.key.clone(), watch.awake);
            view! { <SearchSelect id name label hint error required options=pairs(options) own answers awake several=true/> }.into_any()
        }
        FieldKind::Select { options } if options.len() >= SEARCHED_FROM => {
            let (own, awake) = (field.key.clone(), watch.awake);
            view! { <SearchSelect id name label hint error required options=pairs(options) own answers awake/> }.into_any()
        }
        FieldKind::Select { options } => {
            view! { <BigSelect id name label hint error required options=pairs(options) chosen=all/> }.into_any()
        }
        FieldKind::Radio { options } => {
            view! { <ChoiceGroup id name label hint error required options=pairs(options) chosen=all/> }.into_any()
        }
        FieldKind::YesNo => {
            view! { <ChoiceGroup id name label hint error required options=owned(&YES_NO) chosen=all/> }.into_any()
        }
        FieldKind::DateRange => {
            let until_name = RawAnswers::until_name(&field.key);
            let until = answers.with_untracked(|raw| to_spoken(&field, raw.until(&field.key).unwrap_or_default(), locale));
            view! { <DayRange id name until_name label hint error required from=first until/> }.into_any()
        }
        FieldKind::Country => {
            view! { <BigSelect id name label hint error required options=owned(COUNTRIES) chosen=all/> }.into_any()
        }
        FieldKind::File { .. } => {
            let key = field.key.clone();
            let attached = Signal::derive(move || answers.with(|raw| raw.values(&key).to_vec()));
            view! { <FileField id field hint error required attached watch uploads/> }.into_any()
        }
        FieldKind::Rows(_) => {
            view! { <RowsField id field hint error required answers watch/> }.into_any()
        }
        FieldKind::Region { country } => {
            let (own, country) = (field.key.clone(), country.clone());
            view! { <RegionField id name label hint error required own country answers/> }.into_any()
        }
        FieldKind::Address => {
            view! { <AddressField id field hint error required answers watch/> }.into_any()
        }
        FieldKind::GroupEnd => view! { <p class="muted">"The group ends here."</p> }.into_any(),
        FieldKind::Customer => {
            view! { <CustomerField id field hint error required answers source=customers/> }.into_any()
        }
        FieldKind::TextBlock { text } => view! { <TextBlock text=text.clone()/> }.into_any(),
        FieldKind::Computed { .. } => view! { <ComputedField id label hint result/> }.into_any(),
        FieldKind::Number { .. } | FieldKind::Percent { .. } => {
            let line = view! { <HeardLine name=name.clone() heard=watch.heard/> };
            view! { <Line field id name hint error required value=first/> {line} }.into_any()
        }
        FieldKind::Text | FieldKind::Date | FieldKind::Email | FieldKind::Phone | FieldKind::Url => {
            view! { <Line field id name hint error required value=first/> }.into_any()
        }
    }
}

const YES_NO: [(&str, &str); 2] = [("yes", "Yes"), ("no", "No")];

fn owned(options: &[(&str, &str)]) -> Vec<(String, String)> {
    let options = options.iter();
    options
        .map(|(value, label)| ((*value).to_owned(), (*label).to_owned()))
        .collect()
}

fn pairs(options: &[Choice]) -> Vec<(String, String)> {
    options
        .iter()
        .map(|o| (o.value.clone(), o.label.clone()))
        .collect()
}

/// One line. The details are another business's, so the browser's own address book stays out.
#[component]
fn Line(
    field: Field,
    id: String,
    name: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    value: String,
) -> impl IntoView {
    let line = line_input(&field);
    let placeholder = Some(field.placeholder).filter(|text| !text.is_empty());
    // The component takes no Option where a text may be left out of an attribute.
    let (mode, width) = (line.mode.unwrap_or("text"), line.width.unwrap_or("full"));
    view! {
        <TextInput
            id
            name
            label=field.label
            hint
            error
            required
            kind=line.kind
            value
            autocomplete="off"
            inputmode=mode
            width
            placeholder
        />
    }
}

#[component]
fn SingleBox(
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    checked: bool,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let invalid = Signal::derive(move || error.get().is_some());
    view! {
        <div class="field" data-invalid=move || error.get().map(|_| "")>
            <FieldError id=error_id error/>
            <Checkbox id name label hint value="yes" checked required invalid/>
        </div>
    }
}

#[component]
fn FormHeading(label: String, help: String) -> impl IntoView {
    view! {
        <div>
            <h2 class="form-heading">{label}</h2>
            {(!help.is_empty()).then(|| view! { <p class="muted prose">{help}</p> })}
        </div>
    }
}
