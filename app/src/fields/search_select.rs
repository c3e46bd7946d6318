//! A list too long to be looked through: the browser's own control until the page is awake, then an input that searches it. Of the
//! options only those in sight are in the page.

use domain::forms::{FieldKey, RawAnswers};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    big_select::BigSelect,
    searched::{Options, Search},
};
use crate::{
    combo::{Combo, drawn, scrolled_to},
    drag::dom::{closest, find, set_style},
    ui::{Field, Icon, described_by},
};

/// Up to here a list is looked through faster than it is searched.
pub const SEARCHED_FROM: usize = 16;

/// Pixels of an option, until one is drawn and measured.
const ROW: i32 = 44;

#[component]
pub fn SearchSelect(
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    /// Value and label.
    options: Vec<(String, String)>,
    own: FieldKey,
    answers: RwSignal<RawAnswers>,
    /// Whether the page is; what was chosen before is in `answers` then.
    awake: Signal<bool>,
    #[prop(optional)] several: bool,
) -> impl IntoView {
    move || {
        let (id, name, label, hint) = (id.clone(), name.clone(), label.clone(), hint.clone());
        let options = options.clone();
        let values = answers.with_untracked(|raw| raw.values(&own).to_vec());
        if !awake.get() {
            return view! { <BigSelect id name label hint error required options chosen=values several/> }
                .into_any();
        }
        let search = Search::new(Options::new(options), several, &values);
        view! { <Searched id name label hint error required search/> }.into_any()
    }
}

#[component]
fn Searched(
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    error: Signal<Option<String>>,
    required: bool,
    search: Search,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let has_hint = hint.is_some();
    let (describes, list_id, own_id) = (id.clone(), format!("{id}-list"), id.clone());
    let controls = list_id.clone();
    let option_of = list_id.clone();
    let active = move || {
        let combo = search.combo.get();
        let at = combo.active.filter(|_| combo.open)?;
        Some(format!("{option_of}-{at}"))
    };
    let left = move |event: ev::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let inside = root
            .get_untracked()
            .is_some_and(|root| root.contains(to.as_ref()));
        if !inside {
            search.left();
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        // A key that finishes a word of another script chooses nothing.
        let ours = !event.is_composing() && !event.ctrl_key() && !event.meta_key();
        if ours && search.pressed(&event.key()) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let opened = move |_| {
        let open = search.combo.with_untracked(|combo| combo.open);
        if !open {
            search.combo.set(Combo {
                open: true,
                active: None,
            });
        }
    };
    let first = search
        .chosen
        .with_untracked(|chosen| search.options.with_value(|options| options.carried(chosen)));
    let (several, shown) = (search.several, search.shown());
    let (list_label, clear_label, clear_to) = (label.clone(), label.clone(), id.clone());
    view! {
        <Field id label hint error required>
            <div class="combo" node_ref=root on:focusout=left>
                {several.then(|| view! { <Chips search/> })}
                <div class="combo__line">
                    <input
                        class="input"
                        node_ref=search.input
                        id=own_id
                        type="text"
                        role="combobox"
                        autocomplete="off"
                        spellcheck="false"
                        value=shown
                        placeholder="Type to search"
                        aria-autocomplete="list"
                        aria-expanded=move || if search.combo.with(|combo| combo.open) { "true" } else { "false" }
                        aria-controls=controls
                        aria-activedescendant=active
                        aria-required=required.then_some("true")
                        aria-invalid=move || error.get().map(|_| "true")
                        aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
                        on:input=move |event| search.typed(event_target_value(&event))
                        on:keydown=keys
                        on:click=opened
                    />
                    <Clear search label=clear_label input=clear_to/>
                </div>
                <List search id=list_id label=list_label/>
                <select hidden="" name=name multiple=several node_ref=search.carrier inner_html=first></select>
                <p class="visually-hidden" role="status">{search.said}</p>
            </div>
        </Field>
    }
}

/// What is chosen of several, each with a way to take it out.
#[component]
fn Chips(search: Search) -> impl IntoView {
    let remove = move |place: usize| {
        search.remove(place);
        if let Some(input) = search.input.get_untracked() {
            // The button that had the focus is gone.
            let _ = input.focus();
        }
    };
    let none = move || search.chosen.with(Vec::is_empty);
    view! {
        <ul class="combo__chips" aria-label="Chosen" hidden=none>
            <For each=move || search.chosen.get() key=|place| *place let:place>
                <li>
                    <button class="combo__chip" type="button" aria-label=format!("Remove {}", search.label(place)) on:click=move |_| remove(place)>
                        <span class="clip">{search.label(place)}</span>
                        <Icon icon=icondata::LuX size="small"/>
                    </button>
                </li>
            </For>
        </ul>
    }
}

#[component]
fn Clear(search: Search, label: String, input: String) -> impl IntoView {
    let none = move || search.chosen.with(Vec::is_empty);
    let press = move |_| {
        search.clear();
        crate::ui::focus_by_id(&input);
    };
    view! {
        <button class="combo__clear" type="button" aria-label=format!("Clear {}", label.to_lowercase()) hidden=none on:click=press>
            <Icon icon=icondata::LuX size="small"/>
        </button>
    }
}

/// The options that are found, as far as they are in sight.
#[component]
fn List(search: Search, id: String, label: String) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let (top, row) = (RwSignal::new(0), RwSignal::new(ROW));
    let count = Memo::new(move |_| search.found.with(Vec::len));
    let is_open = Memo::new(move |_| search.combo.with(|combo| combo.open));
    let range = Memo::new(move |_| {
        let count = if is_open.get() { count.get() } else { 0 };
        drawn(count, top.get(), row.get())
    });
    let shown = Memo::new(move |_| {
        let range = range.get();
        let places = search
            .found
            .with(|found| found.get(range.clone()).map(<[_]>::to_vec));
        let places = places.unwrap_or_default().into_iter();
        range.zip(places).collect::<Vec<(usize, usize)>>()
    });
    follow_active(search, list, (top, row), count);
    let chosen = move |event: ev::MouseEvent| {
        let option = closest(&event, "[role=option]");
        let at = option.and_then(|option| option.get_attribute("data-at")?.parse().ok());
        if let Some(at) = at {
            search.choose(at);
        }
    };
    let above = Signal::derive(move || pixels(range.with(|range| range.start), row.get()));
    let below = Signal::derive(move || {
        let left = count.get().saturating_sub(range.with(|range| range.end));
        pixels(left, row.get())
    });
    let of_option = id.clone();
    let option = move |(at, place): (usize, usize)| {
        let id = format!("{of_option}-{at}");
        let is_chosen = move || search.chosen.with(|chosen| chosen.contains(&place));
        let is_active = move || search.combo.with(|combo| combo.active == Some(at));
        let text = search.label(place);
        let title = text.clone();
        view! {
            <li
                class="combo__option"
                role="option"
                id=id
                data-at=at.to_string()
                title=title
                aria-selected=move || if is_chosen() { "true" } else { "false" }
                aria-setsize=move || count.get().to_string()
                aria-posinset=(at + 1).to_string()
                data-active=move || is_active().then_some("")
            >
                {text}
            </li>
        }
    };
    let several = search.several.then_some("true");
    let empty = move || !is_open.get() || count.get() > 0;
    view! {
        <ul
            class="combo__list"
            role="listbox"
            id=id
            aria-label=label
            aria-multiselectable=several
            node_ref=list
            hidden=move || !is_open.get() || count.get() == 0
            on:scroll=move |_| {
                if let Some(list) = list.get_untracked() {
                    top.set(list.scroll_top());
                }
            }
            // The focus stays in the input.
            on:mousedown=|event: ev::MouseEvent| event.prevent_default()
            on:click=chosen
        >
            <Space pixels=above/>
            <For each=move || shown.get() key=|option| *option children=option/>
            <Space pixels=below/>
        </ul>
        <p class="combo__none" hidden=empty>"No option is called that."</p>
    }
}

/// Scrolls the option that Enter would choose into sight.
fn follow_active(
    search: Search,
    list: NodeRef<html::Ul>,
    (top, row): (RwSignal<i32>, RwSignal<i32>),
    count: Memo<usize>,
) {
    Effect::new(move |_| {
        let combo = search.combo.get();
        count.track();
        if !combo.open {
            return;
        }
        // The list has its height once it is drawn.
        request_animation_frame(move || {
            let Some(Some(list)) = list.try_get_untracked() else {
                return;
            };
            if let Some(option) = find(&list, "[role=option]") {
                row.set(option.offset_height().max(1));
            }
            let now = top.get_untracked();
            let to = combo.active.map_or(now, |at| {
                scrolled_to(at, now, list.client_height(), row.get_untracked())
            });
            list.set_scroll_top(to);
            top.set(list.scroll_top());
        });
    });
}

fn pixels(options: usize, row: i32) -> i32 {
    i32::try_from(options)
        .unwrap_or(i32::MAX)
        .saturating_mul(row)
}

/// Stands for the options that are not drawn.
#[component]
fn Space(pixels: Signal<i32>) -> impl IntoView {
    let node = NodeRef::<html::Li>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            set_style(&node, "block-size", &format!("{}px", pixels.get()));
        }
    });
    view! { <li role="presentation" node_ref=node></li> }
}
