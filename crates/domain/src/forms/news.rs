//! What a form asks otherwise than when somebody began to fill it in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Change, ChangeTag, FieldKey, FormDefinition, diff, problem_text::counted};

/// Nothing, for a form that is as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormNews {
    /// Questions that are new, or to be looked at again.
    pub marks: BTreeMap<FieldKey, NewsMark>,
    /// Questions that are not asked any more.
    pub gone: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsMark {
    New,
    /// Other words, another kind, other options or limits, or an answer that is needed now.
    Changed,
}

impl NewsMark {
    /// What stands at the field.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New since you started",
            Self::Changed => "Changed since you started",
        }
    }
}

impl FormNews {
    pub fn between(begun: &FormDefinition, now: &FormDefinition) -> Self {
        let mut news = Self::default();
        for change in diff(begun, now) {
            let mark = match (&change.before, &change.after) {
                (Some(before), None) => {
                    news.gone += u64::from(before.kind.is_asked());
                    continue;
                }
                (_, Some(after)) if !after.kind.is_asked() => continue,
                (None, _) => NewsMark::New,
                (Some(_), _) if concerns(&change) => NewsMark::Changed,
                (Some(_), _) => continue,
            };
            news.marks.insert(change.field, mark);
        }
        news
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// "2 new questions, 1 changed question, 1 question fewer".
    pub fn text(&self) -> String {
        let count = |mark: NewsMark| {
            let marks = self.marks.values().filter(|own| **own == mark);
            u64::try_from(marks.count()).unwrap_or(u64::MAX)
        };
        let parts = [
            (count(NewsMark::New), "new question", ""),
            (count(NewsMark::Changed), "changed question", ""),
            (self.gone, "question", " fewer"),
        ];
        let parts = parts.into_iter().filter(|(number, ..)| *number > 0);
        let parts = parts.map(|(number, noun, end)| format!("{}{end}", counted(number, noun)));
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// Whether somebody who answered it before should look again.
fn concerns(change: &Change) -> bool {
    change.tags().into_iter().any(|tag| match tag {
        ChangeTag::Retyped
        | ChangeTag::MadeMandatory
        | ChangeTag::MandatoryWhen
        | ChangeTag::Reworded
        | ChangeTag::Options
        | ChangeTag::Columns
        | ChangeTag::Limits => true,
        ChangeTag::Added
        | ChangeTag::Removed
        | ChangeTag::MadeOptional
        | ChangeTag::Moved
        | ChangeTag::Condition
        | ChangeTag::Default
        | ChangeTag::Settings => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::Currency;
    use crate::forms::{Field, FieldKind, RawAnswers, Requirement, starter_form};

    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    #[test]
    fn what_is_not_asked_any_more_is_set_aside_and_kept() {
        let form = starter_form(Currency::EUR);
        let typed: RawAnswers = [
            ("customer", "Acme"),
            ("value.currency", "EUR"),
            ("region", "North"),
            ("region.until", "x"),
        ]
        .into_iter()
        .collect();
        let asked: RawAnswers = [("customer", "Acme"), ("value.currency", "EUR")]
            .into_iter()
            .collect();
        assert_eq!(typed.only(&form), asked);
        let now: RawAnswers = [("customer", "Bolt")].into_iter().collect();
        let kept: RawAnswers = [
            ("customer", "Bolt"),
            ("region", "North"),
            ("region.until", "x"),
        ]
        .into_iter()
        .collect();
        assert_eq!(now.with_others(&typed, &form), kept);
    }

    #[test]
    fn says_what_to_look_at() {
        let begun = starter_form(Currency::EUR);
        assert!(FormNews::between(&begun, &begun).is_empty());
        let mut now = begun.clone();
        let gone = now.fields.remove(7);
        now.fields.swap(3, 4);
        now.fields
            .push(Field::new(key("head"), FieldKind::Heading, "More"));
        now.fields
            .push(Field::new(key("region"), FieldKind::Text, "Region"));
        now.fields
            .push(Field::new(key("site"), FieldKind::Text, "Site"));
        now.fields[2].required = Requirement::Never;
        now.fields[1].label = "Homepage".into();
        let news = FormNews::between(&begun, &now);
        let marks: Vec<_> = news
            .marks
            .iter()
            .map(|(key, mark)| (key.as_str(), *mark))
            .collect();
        assert_eq!(
            marks,
            [
                ("region", NewsMark::New),
                ("site", NewsMark::New),
                ("website", NewsMark::Changed)
            ]
        );
        assert_eq!(
            news.text(),
            "2 new questions, 1 changed question, 1 question fewer"
        );
        let back = FormNews::between(&now, &begun);
        assert_eq!(back.gone, 2);
        // The answer is needed now.
        assert_eq!(back.marks.get(&key("country")), Some(&NewsMark::Changed));
        assert_eq!(back.marks.get(&gone.key), Some(&NewsMark::New));
    }
}
