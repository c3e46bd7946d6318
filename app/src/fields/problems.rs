//! What is said at the fields: by the name of a field, or of a cell in one.

use std::collections::BTreeMap;

use domain::forms::{FieldError, FieldErrors, FieldKey, FieldProblem, RawAnswers};
use leptos::prelude::*;

use super::{heard::Heard, model::worth_saying};

pub type Said = BTreeMap<String, FieldProblem>;
pub type Problems = RwSignal<Said>;

/// What a field with several places for problems works with.
#[derive(Clone, Copy)]
pub struct Watch {
    pub problems: Problems,
    /// Its answer has changed otherwise than by typing: what is said is looked at again. With `true`, whatever is wrong with it and
    /// worth saying is said.
    pub again: Callback<(FieldKey, bool)>,
    pub heard: Heard,
    /// Whether the page is; what was typed before is in the answers then.
    pub awake: Signal<bool>,
}

pub fn by_name(errors: &FieldErrors) -> Said {
    let errors = errors.iter();
    errors
        .map(|error| (error.field.clone(), error.problem.clone()))
        .collect()
}

/// Whether anything is said about the field.
pub fn says(said: &Said, key: &FieldKey) -> bool {
    said.keys().any(|name| is_of(name, key))
}

/// Takes out what is mended, and exchanges what is wrong in another way now; says nothing new.
pub fn keep_what_holds(said: &mut Said, key: &FieldKey, now: &[FieldError]) {
    said.retain(|name, problem| {
        if !is_of(name, key) {
            return true;
        }
        match now.iter().find(|error| error.field == *name) {
            Some(error) => {
                problem.clone_from(&error.problem);
                true
            }
            None => false,
        }
    });
}

/// Says what is wrong with a field that nobody typed in: what it looks at was answered otherwise.
pub fn settle(problems: Problems, key: &FieldKey, now: Vec<FieldError>) {
    let new: Vec<FieldError> = now
        .into_iter()
        .filter(|error| worth_saying(&error.problem))
        .collect();
    if new.is_empty() && problems.with_untracked(|said| !says(said, key)) {
        return;
    }
    problems.update(|said| {
        said.retain(|name, _| !is_of(name, key));
        said.extend(new.into_iter().map(|error| (error.field, error.problem)));
    });
}

/// What is worth saying when the control of that name is left.
pub fn at_control(now: Vec<FieldError>, name: &str, key: &FieldKey) -> Said {
    now.into_iter()
        .filter(|error| error.field == name || error.field == key.as_str())
        .filter(|error| worth_saying(&error.problem))
        .map(|error| (error.field, error.problem))
        .collect()
}

pub fn looking_again(
    problems: Problems,
    look: impl Fn(&FieldKey) -> Vec<FieldError> + Send + Sync + 'static,
) -> Callback<(FieldKey, bool)> {
    Callback::new(move |(key, all): (FieldKey, bool)| {
        let now = look(&key);
        problems.update(|said| {
            keep_what_holds(said, &key, &now);
            if all {
                let new = now.into_iter().filter(|e| worth_saying(&e.problem));
                said.extend(new.map(|error| (error.field, error.problem)));
            }
        });
    })
}

fn is_of(name: &str, key: &FieldKey) -> bool {
    RawAnswers::key_of(name).as_ref() == Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    fn error(name: &str, problem: FieldProblem) -> FieldError {
        FieldError {
            field: name.to_owned(),
            problem,
        }
    }

    #[test]
    fn what_is_mended_goes_and_nothing_new_comes() {
        let before = vec![
            error("lines.0.seats", FieldProblem::NotANumber),
            error("lines.1.seats", FieldProblem::Missing),
            error("other", FieldProblem::Missing),
        ];
        let mut said = by_name(&FieldErrors(before));
        let max = domain::forms::Decimal::ZERO;
        let now = [
            error("lines.0.seats", FieldProblem::TooLarge { max }),
            error("lines.0.product", FieldProblem::Missing),
        ];
        assert!(says(&said, &key("lines")) && !says(&said, &key("line")));
        keep_what_holds(&mut said, &key("lines"), &now);
        let names: Vec<&str> = said.keys().map(String::as_str).collect();
        assert_eq!(names, ["lines.0.seats", "other"]);
        assert_eq!(
            said.get("lines.0.seats"),
            Some(&FieldProblem::TooLarge { max })
        );
    }

    #[test]
    fn a_cell_that_is_left_says_its_own() {
        let now = vec![
            error("lines.0.seats", FieldProblem::NotANumber),
            error("lines.0.mail", FieldProblem::NotAnEmail),
            error("lines", FieldProblem::TooFewRows { min: 2 }),
        ];
        let said = at_control(now, "lines.0.seats", &key("lines"));
        let expected = [("lines.0.seats".to_owned(), FieldProblem::NotANumber)];
        assert_eq!(said, Said::from(expected));
    }
}
