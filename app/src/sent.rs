//! What a form shows after it was sent: messages at its fields and in a summary, or one sentence.

use domain::errors::{InputFault, Why};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::ActionError;
use crate::ui::{ErrorSummary, FieldMessage, Notice, Tone};

/// The last refusal of an action. A field's id is the input's name, after `prefix` where a page has several forms.
#[derive(Clone, Copy)]
pub struct Sent {
    error: Signal<Option<ActionError>>,
    prefix: &'static str,
    /// The inputs that a refusal of the deal's rules may be about.
    refusable: &'static [&'static str],
}

impl Sent {
    pub fn of<S>(action: ServerAction<S>, prefix: &'static str) -> Self
    where
        S: ServerFn<Error = ActionError> + Clone + Send + Sync + 'static,
        S::Output: Clone + Send + Sync + 'static,
    {
        let error = Signal::derive(move || match action.value().get() {
            Some(Err(error)) => Some(error),
            Some(Ok(_)) | None => None,
        });
        Self {
            error,
            prefix,
            refusable: &[],
        }
    }

    /// The same for a form with those of the inputs that `Refusal::input` names.
    #[must_use]
    pub fn with_refusable(self, refusable: &'static [&'static str]) -> Self {
        Self { refusable, ..self }
    }

    /// The message at that input.
    pub fn at(self, input: impl Into<String>) -> Signal<Option<String>> {
        let input = input.into();
        Signal::derive(move || {
            let mut faults = self.faults().into_iter();
            faults
                .find(|fault| fault.input == input)
                .map(|fault| fault.text)
        })
    }

    /// The id of that input's control.
    pub fn id(self, input: &str) -> String {
        format!("{}{input}", self.prefix)
    }

    fn faults(self) -> Vec<InputFault> {
        self.error
            .with(|error| faults_of(error.as_ref(), self.refusable))
    }

    fn messages(self) -> Signal<Vec<FieldMessage>> {
        Signal::derive(move || {
            let faults = self.faults().into_iter();
            faults
                .map(|fault| FieldMessage::new(self.id(&fault.input), fault.text))
                .collect()
        })
    }

    /// A refusal that belongs to no field.
    fn sentence(self) -> Option<String> {
        if !self.faults().is_empty() {
            return None;
        }
        self.error
            .with(|error| error.as_ref().map(|error| error.0.text()))
    }
}

fn faults_of(error: Option<&ActionError>, refusable: &[&str]) -> Vec<InputFault> {
    match error.and_then(|error| error.0.why.as_ref()) {
        Some(Why::Inputs(faults)) => faults.clone(),
        Some(Why::Refusal(refusal)) => {
            let input = refusal.input().filter(|input| refusable.contains(input));
            let fault = input.map(|input| InputFault {
                input: input.to_owned(),
                text: refusal.text().to_owned(),
            });
            fault.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Stands at the top of a form.
#[component]
pub fn SentErrors(sent: Sent) -> impl IntoView {
    view! {
        <ErrorSummary messages=sent.messages() id=sent.id("summary-of-errors")/>
        {move || {
            sent.sentence().map(|text| view! { <Notice tone=Tone::Bad role="alert">{text}</Notice> })
        }}
    }
}

/// Loads the page that the action's answer names: whole, because who is signed in has changed.
pub fn go_there<S>(action: ServerAction<S>)
where
    S: ServerFn<Error = ActionError, Output = String> + Clone + Send + Sync + 'static,
{
    Effect::new(move |_| {
        if let Some(Ok(path)) = action.value().get() {
            // A path of ours; if the browser refused it, the page would just stay.
            let _ = location().set_href(&path);
        }
    });
}

/// Counts the times that the action succeeded: what is loaded after it is loaded again then, and only then, so that a
/// refused form keeps what was typed.
pub fn successes<S>(action: ServerAction<S>) -> Memo<usize>
where
    S: ServerFn<Error = ActionError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&usize>| {
        let version = action.version().get();
        if matches!(action.value().get(), Some(Ok(_))) {
            version
        } else {
            before.copied().unwrap_or_default()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::AppError;
    use domain::deals::Refusal;

    #[test]
    fn a_refusal_stands_at_the_input_that_the_form_has_for_it() {
        let error = ActionError(Refusal::LostReasonMissing.into());
        let at = |refusable: &[&str]| {
            let faults = faults_of(Some(&error), refusable);
            faults.first().map(|fault| fault.input.clone())
        };
        assert_eq!(at(&["won", "lost_reason"]).as_deref(), Some("lost_reason"));
        assert_eq!(at(&["won"]), None);
        let error = ActionError(AppError::input("email", "Enter an email address"));
        assert_eq!(faults_of(Some(&error), &[]).len(), 1);
        assert_eq!(faults_of(None, &["won"]), []);
    }
}
