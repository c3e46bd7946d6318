//! Files that changed answers come to need. They are not sent with the answers: the page says which they are, and where they go.

use std::sync::Arc;

use domain::forms::{
    Answers, Context, FieldKind, FormDefinition, RawAnswers, states, with_changes,
};
use leptos::prelude::*;

use crate::ui::{Notice, Tone, after_press};

/// What the files are called that must be there by what is typed, and that the deal does not have.
fn files_needed(
    form: &FormDefinition,
    given: &Answers,
    typed: &RawAnswers,
    context: &Context,
) -> Vec<String> {
    let raw = with_changes(form, given, typed);
    let states = states(form, &raw, context);
    let needed = states.iter().filter(|state| {
        let is_file = matches!(state.field.kind, FieldKind::File { .. });
        let there = given.get(&state.field.key).is_some_and(|a| !a.is_blank());
        is_file && state.required && state.field.asks_partner() && !there
    });
    needed.map(|state| state.field.label.clone()).collect()
}

#[component]
pub(super) fn FilesNeeded(
    form: Arc<FormDefinition>,
    given: Answers,
    answers: RwSignal<RawAnswers>,
    context: Signal<Context>,
    /// The deal's messages.
    messages: String,
) -> impl IntoView {
    let needed = after_press(move || {
        answers.with(|typed| context.with(|context| files_needed(&form, &given, typed, context)))
    });
    move || {
        let files = needed.get();
        let href = messages.clone();
        (!files.is_empty()).then(|| {
            let items = files.into_iter().map(|label| view! { <li>{label}</li> });
            view! {
                <Notice tone=Tone::Info title="These answers need files" role="status">
                    <ul>{items.collect_view()}</ul>
                    <p>
                        "They are not sent with the answers. Save the changes first, then attach the files to a message in "
                        <a href=href>"the messages of the deal"</a> "."
                    </p>
                </Notice>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use domain::forms::{
        Answer, Condition, Field, FieldKey, Operator, Requirement, Rule, starter_form,
    };

    use super::*;

    fn key(name: &str) -> FieldKey {
        FieldKey::parse(name).unwrap()
    }

    #[test]
    fn a_file_is_needed_once_an_answer_says_so_until_it_is_there() {
        let mut form = starter_form(Currency::EUR);
        let file = FieldKind::File {
            max_bytes: 1_000,
            accept: Vec::new(),
            most: 1,
        };
        let mut plan = Field::new(key("plan"), file, "Plan");
        plan.required =
            Requirement::When(Rule::from(Condition::on(&key("need"), Operator::Filled)));
        form.fields.push(plan);
        let context = Context::on("2031-01-31".parse().unwrap());
        let typed = |need: &str| [("need", need)].into_iter().collect::<RawAnswers>();
        let mut given = Answers::default();
        let needed = |given: &Answers, need| files_needed(&form, given, &typed(need), &context);
        assert!(needed(&given, "").is_empty());
        assert_eq!(needed(&given, "Backups"), ["Plan"]);
        // What the page does not ask for is as the deal has it.
        given
            .0
            .insert(key("need"), Answer::Text("Backups".to_owned()));
        let nothing = RawAnswers::default();
        assert_eq!(files_needed(&form, &given, &nothing, &context), ["Plan"]);
        assert!(needed(&given, "").is_empty());
    }
}
