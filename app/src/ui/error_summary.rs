//! What keeps a form from being sent, at its top, each line a link to its field.

use leptos::html;
use leptos::prelude::*;

use super::focus::follow_to;

/// One line: the id of the control, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMessage {
    pub field_id: String,
    pub text: String,
}

impl FieldMessage {
    pub fn new(field_id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            field_id: field_id.into(),
            text: text.into(),
        }
    }
}

/// What is said at the control of that id.
pub fn message_at(
    messages: impl Into<Signal<Vec<FieldMessage>>>,
    id: impl Into<String>,
) -> Signal<Option<String>> {
    let (messages, id) = (messages.into(), id.into());
    Signal::derive(move || {
        messages.with(|messages| {
            let mut here = messages.iter().filter(|message| message.field_id == id);
            here.next().map(|message| message.text.clone())
        })
    })
}

/// Takes the focus each time messages arrive, so that a screen reader says them and Tab goes to the first link.
#[component]
pub fn ErrorSummary(
    #[prop(into)] messages: Signal<Vec<FieldMessage>>,
    /// Listed behind them, without taking the focus: they come while somebody does something else.
    #[prop(into, optional)]
    quiet: Signal<Vec<FieldMessage>>,
    #[prop(into, default = "There is a problem".to_owned())] title: String,
    #[prop(into, default = "error-summary".to_owned())] id: String,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let due = RwSignal::new(false);
    Effect::new(move |_| due.set(messages.with(|messages| !messages.is_empty())));
    Effect::new(move |_| {
        if due.get()
            && let Some(summary) = node.get()
            // One that has gone waits for the next.
            && summary.is_connected()
        {
            // Without focus the summary is still read and linked; nothing else depends on it.
            let _ = summary.focus();
            due.set(false);
        }
    });
    // The same element whatever it lists, so that a line more takes the focus from nobody.
    let shown = Memo::new(move |_| {
        messages.with(|messages| !messages.is_empty()) || quiet.with(|quiet| !quiet.is_empty())
    });
    move || {
        shown.get().then(|| {
            let title_id = format!("{id}-title");
            let labelled_by = title_id.clone();
            view! {
                <div
                    class="error-summary"
                    id=id.clone()
                    node_ref=node
                    role="alert"
                    tabindex="-1"
                    aria-labelledby=labelled_by
                >
                    <h2 id=title_id>{title.clone()}</h2>
                    <ul>{move || lines(messages.get().into_iter().chain(quiet.get()))}</ul>
                </div>
            }
        })
    }
}

fn lines(messages: impl Iterator<Item = FieldMessage>) -> AnyView {
    messages
        .map(|line| {
            let href = format!("#{}", line.field_id);
            view! { <li><a href=href on:click=follow_to(line.field_id)>{line.text}</a></li> }
        })
        .collect_view()
        .into_any()
}
