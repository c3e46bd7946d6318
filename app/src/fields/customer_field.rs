//! A customer: one that whoever answers knows, or a business whose name is typed. Asleep it is an input with suggestions.

use domain::forms::{Field as FormField, RawAnswers};
use domain::views::CustomerChoice;
use leptos::{ev, html, prelude::*};

use super::{
    address::put,
    combobox::{Combobox, CustomerSource, Way},
};
use crate::ui::{Field, Icon, described_by, scroll_to_id, use_ready};

#[component]
pub fn CustomerField(
    id: String,
    field: FormField,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    answers: RwSignal<RawAnswers>,
    /// Without it a name can be typed, and nothing is looked for.
    source: Option<CustomerSource>,
) -> impl IntoView {
    let key = field.key.clone();
    let (name, chosen) = answers.with_untracked(|raw| {
        let chosen = raw.customer_id(&key).unwrap_or_default().to_owned();
        (raw.first(&key).to_owned(), chosen)
    });
    let picker = Picker {
        input: StoredValue::new(id.clone()),
        id_name: StoredValue::new(RawAnswers::customer_id_name(&key)),
        hidden: NodeRef::new(),
        known: RwSignal::new(!chosen.is_empty()),
        putting: StoredValue::new(false),
        answers,
        list: source.map(Combobox::new),
    };
    let suggested = source.map(CustomerSource::first).unwrap_or_default();
    let id_name = picker.id_name.get_value();
    let line = Line {
        name: key.to_string(),
        value: name,
        placeholder: field.placeholder.clone(),
        required,
        has_hint: hint.is_some(),
        suggests: !suggested.is_empty(),
    };
    let list = picker
        .list
        .map(|list| view! { <List picker list label=field.label.clone()/> });
    view! {
        <Field id label=field.label hint error required>
            <div class="customer-field" data-chosen=move || picker.known.get().then_some("") on:focusout=move |_| picker.close()>
                <NameInput picker line error/>
                <input type="hidden" node_ref=picker.hidden name=id_name value=chosen/>
                <span class="customer-field__known" hidden=move || !picker.known.get()>
                    <Icon icon=icondata::LuCheck size="small"/>
                    "Known"
                </span>
                {list}
            </div>
            <Suggestions id=picker.part("known") names=suggested/>
        </Field>
    }
}

/// The input with its list.
#[derive(Clone, Copy)]
struct Picker {
    /// The id of the input.
    input: StoredValue<String>,
    /// The name under which the chosen customer's id is posted.
    id_name: StoredValue<String>,
    hidden: NodeRef<html::Input>,
    /// Whether the name is that of a customer who was chosen.
    known: RwSignal<bool>,
    /// Whether the input is being filled by a choice, and not by somebody who types.
    putting: StoredValue<bool>,
    answers: RwSignal<RawAnswers>,
    list: Option<Combobox>,
}

impl Picker {
    fn part(self, part: &str) -> String {
        self.input.with_value(|id| format!("{id}-{part}"))
    }

    fn option(self, at: usize) -> String {
        self.part(&format!("option-{at}"))
    }

    fn close(self) {
        if let Some(list) = self.list {
            list.close();
        }
    }

    /// Another name is another business.
    fn typed(self, text: String) {
        if self.putting.get_value() {
            return;
        }
        if self.known.get_untracked() {
            self.set_id("");
        }
        if let Some(list) = self.list {
            list.look(text, None);
        }
    }

    fn set_id(self, id: &str) {
        if let Some(hidden) = self.hidden.get_untracked() {
            hidden.set_value(id);
        }
        self.known.set(!id.is_empty());
        let values = Some(id).filter(|id| !id.is_empty());
        let values: Vec<String> = values.map(str::to_owned).into_iter().collect();
        let name = self.id_name.get_value();
        self.answers.update(|raw| raw.replace(&name, values));
    }

    fn choose(self, choice: &CustomerChoice) {
        let id = choice.id.map(|id| id.to_string());
        self.set_id(id.as_deref().unwrap_or_default());
        let input = self.input.get_value();
        self.putting.set_value(true);
        put(&input, &choice.name);
        self.putting.set_value(false);
        self.close();
        if let Some(list) = self.list {
            list.said.set(format!("{} chosen", choice.name));
        }
    }

    fn key(self, event: &ev::KeyboardEvent) {
        // Letters that are still being put together have their own Enter and arrows.
        let Some(list) = self.list.filter(|_| !event.is_composing()) else {
            return;
        };
        let open = list.open.get_untracked();
        let way = match event.key().as_str() {
            "ArrowDown" => Some(Way::Down),
            "ArrowUp" => Some(Way::Up),
            _ => None,
        };
        let marked = list.marked.get_untracked().filter(|_| open);
        match (event.key().as_str(), way) {
            (_, Some(way)) if open => {
                list.step(way);
                if let Some(at) = list.marked.get_untracked() {
                    scroll_to_id(&self.option(at));
                }
            }
            (_, Some(way)) => list.look(event_target_value(event), Some(way)),
            ("Enter", None) if marked.is_some() => {
                if let Some(choice) = marked.and_then(|at| list.at(at)) {
                    self.choose(&choice);
                }
            }
            ("Escape", None) if open => {
                list.close();
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    }
}

/// What the input begins with.
struct Line {
    name: String,
    value: String,
    placeholder: String,
    required: bool,
    has_hint: bool,
    suggests: bool,
}

#[component]
fn NameInput(picker: Picker, line: Line, error: Signal<Option<String>>) -> impl IntoView {
    let Line {
        name,
        value,
        placeholder,
        required,
        has_hint,
        suggests,
    } = line;
    let ready = use_ready();
    let list = picker.list;
    // A list of its own once the page is awake; until then the browser's.
    let awake = move || list.filter(|_| ready().is_some());
    let described = move || {
        let error = error.get().is_some();
        picker
            .input
            .with_value(|id| described_by(id, has_hint, error))
    };
    let active = move || {
        let marked = awake()?.marked.get()?;
        Some(picker.option(marked))
    };
    view! {
        <input
            class="input"
            type="text"
            id=picker.input.get_value()
            name=name
            value=value
            autocomplete="off"
            dir="auto"
            placeholder=Some(placeholder).filter(|text| !text.is_empty())
            list=move || (suggests && ready().is_none()).then(|| picker.part("known"))
            role=move || awake().map(|_| "combobox")
            aria-autocomplete=move || awake().map(|_| "list")
            aria-expanded=move || awake().map(|list| if list.open.get() { "true" } else { "false" })
            aria-controls=move || awake().map(|_| picker.part("list"))
            aria-activedescendant=active
            aria-required=required.then_some("true")
            aria-invalid=move || error.get().map(|_| "true")
            aria-describedby=described
            data-ready=ready
            on:input=move |event| picker.typed(event_target_value(&event))
            on:keydown=move |event| picker.key(&event)
            on:click=move |event| {
                if let Some(list) = list.filter(|list| !list.open.get_untracked()) {
                    list.look(event_target_value(&event), None);
                }
            }
        />
    }
    .into_any()
}

#[component]
fn List(picker: Picker, list: Combobox, label: String) -> impl IntoView {
    let options = move || {
        let found = list.found.get().into_iter().enumerate();
        found
            .map(|(at, choice)| view! { <Choice picker list at choice/> })
            .collect_view()
    };
    view! {
        <ul class="customer-field__list" role="listbox" id=picker.part("list") aria-label=label hidden=move || !list.open.get()>
            {options}
        </ul>
        <p class="visually-hidden" role="status">{list.said}</p>
    }
    .into_any()
}

#[component]
fn Choice(picker: Picker, list: Combobox, at: usize, choice: CustomerChoice) -> impl IntoView {
    let marked = move || {
        if list.marked.get() == Some(at) {
            "true"
        } else {
            "false"
        }
    };
    let (name, domain) = (choice.name.clone(), choice.domain.clone());
    view! {
        // A press would take the focus out of the input, and so close the list under the pointer.
        <li
            class="customer-field__option"
            role="option"
            id=picker.option(at)
            aria-selected=marked
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| picker.choose(&choice)
        >
            <span class="customer-field__name">{name}</span>
            {domain.map(|domain| view! { <span class="customer-field__site">{domain}</span> })}
        </li>
    }
    .into_any()
}

/// What the browser suggests while the page sleeps.
#[component]
fn Suggestions(id: String, names: Vec<CustomerChoice>) -> impl IntoView {
    (!names.is_empty()).then(|| {
        let names = names.into_iter();
        let names = names.map(|choice| view! { <option value=choice.name></option> });
        view! { <datalist id=id>{names.collect_view()}</datalist> }
    })
}
