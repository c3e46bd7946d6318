//! The form to write a message or an internal note: a plain form with files, sent by the app once it is awake.

use domain::messages::{MessageText, OfferQuote, files_hint};
use domain::{AppError, ErrorCode};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::FormData;

use super::entry::Quote;
use super::refused::refused;
use crate::error::ActionError;
use crate::ui::{
    Button, Field, Notice, TextArea, Toasts, Tone, Variant, described_by, focus_by_id, use_ready,
};
use crate::upload;

/// What became of a form, as its door answers the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The id of the message or note: its anchor.
    pub entry: String,
    /// For the next one.
    pub key: String,
}

/// What is written, to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// To that company or partner.
    Message(String),
    /// For the own team.
    Note,
}

/// What the form says.
struct Words {
    is_note: bool,
    /// The form's kind, and what the ids of its controls begin with.
    word: &'static str,
    label: String,
    hint: &'static str,
    verb: &'static str,
    done: &'static str,
    variant: Variant,
}

impl Kind {
    fn words(self) -> Words {
        match self {
            Self::Message(to) => Words {
                is_note: false,
                word: "message",
                label: format!("Message to {to}"),
                hint: "Up to 5,000 characters",
                verb: "Send",
                done: "The message is sent",
                variant: Variant::Primary,
            },
            Self::Note => Words {
                is_note: true,
                word: "note",
                label: "Internal note".to_owned(),
                hint: "Only your company reads it. Up to 5,000 characters",
                verb: "Save the note",
                done: "The note is saved",
                variant: Variant::Secondary,
            },
        }
    }
}

/// What a form is doing.
#[derive(Clone, Copy)]
struct State {
    typed: RwSignal<String>,
    /// One form is one message: it changes only once it was sent.
    key: RwSignal<String>,
    error: RwSignal<Option<ActionError>>,
    /// Percent that have left, while it is sent.
    under_way: RwSignal<Option<u8>>,
    quote: RwSignal<Option<OfferQuote>>,
}

#[component]
pub fn Composer(
    kind: Kind,
    /// The page's own address: what is refused without the app is shown there again.
    action: String,
    key: String,
    #[prop(optional_no_strip)] quote: Option<OfferQuote>,
    on_sent: Callback<()>,
) -> impl IntoView {
    let Words {
        is_note,
        word,
        label,
        hint,
        verb,
        done,
        variant,
    } = kind.words();
    let before = refused(is_note);
    let state = State {
        typed: RwSignal::new(
            before
                .as_ref()
                .map(|refused| refused.text.clone())
                .unwrap_or_default(),
        ),
        key: RwSignal::new(key),
        error: RwSignal::new(before.map(|refused| refused.error)),
        under_way: RwSignal::new(None),
        quote: RwSignal::new(quote),
    };
    let form = NodeRef::<html::Form>::new();
    let text_id = format!("{word}-text");
    focus_on_arrival(state, text_id.clone());
    let toasts = use_context::<Toasts>();
    let (address, field) = (action.clone(), text_id.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if state.under_way.get_untracked().is_some() {
            return;
        }
        if let Err(fault) = state.typed.with_untracked(|typed| MessageText::read(typed)) {
            state
                .error
                .set(Some(AppError::input("text", fault.text()).into()));
            focus_by_id(&field);
            return;
        }
        post(state, form, &address, move || {
            if let Some(toasts) = toasts {
                toasts.say(done);
            }
            // The page may have gone meanwhile.
            on_sent.try_run(());
        });
    };
    let busy = Signal::derive(move || state.under_way.get().is_some());
    view! {
        <form class="composer" method="post" action=action enctype="multipart/form-data" novalidate node_ref=form
            on:submit=submit data-kind=word data-ready=use_ready()>
            <Refusal state/>
            <input type="hidden" name="kind" value=word/>
            <input type="hidden" name="key" value=move || state.key.get()/>
            {move || state.quote.get().map(|quote| view! {
                <input type="hidden" name="offer" value=quote.offer.to_string()/>
                <input type="hidden" name="number" value=quote.number.to_string()/>
                <Quote quote/>
            })}
            <TextArea id=text_id name="text" label hint required=true rows=3 bind=state.typed error=at(state, "text")/>
            <div class="composer__foot">
                <FilesInput prefix=word error=at(state, "file")/>
                <Button kind="submit" variant busy>{verb}</Button>
            </div>
            {move || state.under_way.get().filter(|percent| *percent > 0 && *percent < 100).map(|percent| view! {
                <progress max="100" value=percent.to_string() aria-label="Sending"></progress>
            })}
        </form>
    }
}

/// Whoever comes with a question about an offer writes at once; whoever was refused goes on there.
fn focus_on_arrival(state: State, id: String) {
    let wanted =
        state.quote.with_untracked(Option::is_some) || state.error.with_untracked(Option::is_some);
    Effect::new(move |_| {
        let id = id.clone();
        if wanted {
            // The form is built before it is part of the page.
            request_animation_frame(move || focus_by_id(&id));
        }
    });
}

/// The message at that input.
fn at(state: State, input: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        state
            .error
            .with(|error| error.as_ref().and_then(|error| error.input_text(input)))
    })
}

/// A refusal that belongs to no input.
#[component]
fn Refusal(state: State) -> impl IntoView {
    move || {
        let error = state.error.get()?;
        let at_inputs = ["text", "file"]
            .iter()
            .any(|input| error.input_text(input).is_some());
        (!at_inputs)
            .then(|| view! { <Notice tone=Tone::Bad role="alert">{error.0.text()}</Notice> })
    }
}

#[component]
fn FilesInput(prefix: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    let id = format!("{prefix}-file");
    let describes = id.clone();
    view! {
        <Field id=id.clone() label="Attach files" hint=files_hint() error>
            <input class="input" type="file" id=id name="file" multiple
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describes, true, error.get().is_some())/>
        </Field>
    }
}

fn post(state: State, form: NodeRef<html::Form>, action: &str, sent: impl FnOnce() + 'static) {
    let Some(form) = form.get_untracked() else {
        return;
    };
    let form: web_sys::HtmlFormElement = form.unchecked_into();
    state.error.set(None);
    state.under_way.set(Some(0));
    let shown = form.clone();
    let done = move |answer: Result<Accepted, ActionError>| {
        state.under_way.try_set(None);
        match answer {
            Ok(Accepted { key, .. }) => {
                // Also the files that were chosen.
                shown.reset();
                state.typed.try_set(String::new());
                state.quote.try_set(None);
                state.key.try_set(key);
                sent();
            }
            Err(error) => {
                state.error.try_set(Some(error));
            }
        }
    };
    let progress = move |percent| {
        state.under_way.try_set(Some(percent));
    };
    let posted = FormData::new_with_form(&form)
        .and_then(|entered| upload::post(action, &entered, progress, done));
    if posted.is_err() {
        state.under_way.set(None);
        state.error.set(Some(ActionError::new(ErrorCode::Offline)));
    }
}
