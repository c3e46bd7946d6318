//! Answers that only one deal of a program may give.

use super::{Answer, Answers, FieldKey, FormDefinition};

/// The answers to unique fields, each in the one form in which two equal ones are the same text.
pub fn unique_answers(form: &FormDefinition, answers: &Answers) -> Vec<(FieldKey, String)> {
    let unique = form.fields.iter().filter(|field| field.traits.unique);
    unique
        .filter_map(|field| {
            let text = normal(answers.get(&field.key)?)?;
            Some((field.key.clone(), text))
        })
        .collect()
}

fn normal(answer: &Answer) -> Option<String> {
    let text = match answer {
        Answer::Text(text) => {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ").to_lowercase()
        }
        Answer::Number(number) => number.to_string(),
        Answer::Date(date) => date.to_string(),
        Answer::Money(_)
        | Answer::Days { .. }
        | Answer::Choice(_)
        | Answer::Choices(_)
        | Answer::Flag(_)
        | Answer::Files(_)
        | Answer::Address(_)
        | Answer::Customer { .. }
        | Answer::Rows(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Decimal, Field, FieldKind, Traits};

    #[test]
    fn equal_answers_are_one_text() {
        let key = FieldKey::parse("reference").unwrap();
        let unique = Traits {
            unique: true,
            ..Traits::default()
        };
        let form = FormDefinition {
            fields: vec![Field::new(key.clone(), FieldKind::Text, "Reference").traits(unique)],
        };
        let said = |answer| {
            let answers = Answers([(key.clone(), answer)].into());
            unique_answers(&form, &answers).pop().map(|(_, text)| text)
        };
        let text = |text: &str| said(Answer::Text(text.to_owned()));
        assert_eq!(text(" PO  17 "), text("po 17"));
        assert_ne!(text("po 17"), text("po-17"));
        assert_eq!(text("  "), None);
        let number = |scaled, scale| said(Answer::Number(Decimal::new(scaled, scale)));
        assert_eq!(number(150, 2), number(15, 1));
        assert_eq!(said(Answer::Flag(true)), None);
    }
}
