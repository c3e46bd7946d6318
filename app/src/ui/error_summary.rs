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
    #[prop(into, default = "There is a problem".to_owned())] title: String,
    #[prop(into, default = "error-summary".to_owned())] id: String,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if messages.with(|messages| !messages.is_empty())
            && let Some(summary) = node.get()
        {
            // Without focus the summary is still read and linked; nothing else depends on it.
            let _ = summary.focus();
        }
    });
    move || {
        let lines = messages.get();
        (!lines.is_empty()).then(|| {
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
                    <ul>
                        {lines
                            .into_iter()
                            .map(|line| {
                                let href = format!("#{}", line.field_id);
                                view! { <li><a href=href on:click=follow_to(line.field_id)>{line.text}</a></li> }
                            })
                            .collect_view()}
                    </ul>
                </div>
            }
        })
    }
}
