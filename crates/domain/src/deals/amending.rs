//! The partner changes answers of a deal that is approved and open, and the history says what was there before.

use serde::{Deserialize, Serialize};

use super::check::check_workable;
use super::deal::{Deal, Step};
use super::facts::DealFact;
use super::refusal::Refusal;
use super::reviews::checked_length;
use crate::forms::{
    Answer, Field, FieldKey, FieldKind, FormDefinition, ValidAnswers, answer_text, answer_text_in,
};
use crate::text::clean_text;
use crate::{Locale, Timestamp, UserId};

/// Characters of a text that the history keeps: it is to be recognised, not read in full.
const MAX_KEPT: usize = 300;

/// One answer that was changed, as the history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerChange {
    pub field: FieldKey,
    /// What the field was called.
    pub label: String,
    /// Behind a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Nothing where it was not answered, or where the history keeps none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Answer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Answer>,
    /// The answers say something of a person: a history, which nothing is taken out of, keeps neither.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub personal: bool,
}

impl AnswerChange {
    fn of(field: &Field, from: Option<&Answer>, to: Option<&Answer>) -> Self {
        let personal = field.is_personal();
        let keep = |answer: Option<&Answer>| {
            let answer = answer.filter(|answer| !personal && !answer.is_blank());
            answer.map(|answer| kept(field, answer))
        };
        let unit = match &field.kind {
            FieldKind::Number { unit, .. } => unit.clone(),
            FieldKind::Percent { .. } => "%".to_owned(),
            _ => String::new(),
        };
        Self {
            field: field.key.clone(),
            label: field.label.clone(),
            unit,
            from: keep(from),
            to: keep(to),
            personal,
        }
    }

    /// The line in the history: what it was and what it is, as the locale writes it.
    pub fn text_in(&self, locale: Locale) -> String {
        let said = |answer: &Option<Answer>| answer.as_ref().map(|said| self.said(said, locale));
        let words = match (said(&self.from), said(&self.to)) {
            (None, None) => "changed".to_owned(),
            (None, Some(to)) => format!("not answered before, now {to}"),
            (Some(from), None) => format!("{from} before, now not answered"),
            (Some(from), Some(to)) => format!("{from} before, now {to}"),
        };
        format!("{}: {words}", self.label)
    }

    fn said(&self, answer: &Answer, locale: Locale) -> String {
        // What is kept needs no form to be read.
        let any = Field::new(self.field.clone(), FieldKind::Text, &self.label);
        let text = answer_text_in(&any, answer, locale);
        if self.unit.is_empty() {
            text
        } else {
            format!("{text} {}", self.unit)
        }
    }
}

/// Numbers, amounts and days as they are, so that everybody reads them as they write them; all else as words, because the
/// history does not know the form.
fn kept(field: &Field, answer: &Answer) -> Answer {
    match answer {
        Answer::Number(_) | Answer::Money(_) | Answer::Date(_) | Answer::Days { .. } => {
            answer.clone()
        }
        other => {
            let text = answer_text(field, other);
            let mut short: String = text.chars().take(MAX_KEPT).collect();
            if short.len() < text.len() {
                short.push('\u{2026}');
            }
            Answer::Text(short)
        }
    }
}

/// The sentence of the history, of conflicts and of mail: which answer, never what it says.
pub(super) fn amended_words(changes: &[AnswerChange]) -> String {
    match changes {
        [only] => format!("changed the answer to \u{201c}{}\u{201d}", only.label),
        many => format!("changed {} answers", many.len()),
    }
}

impl Deal {
    /// Whether the partner may change answers now: while it may move the deal, and the deal is not lost.
    pub fn check_amendable(&self, now: Timestamp) -> Result<(), Refusal> {
        check_workable(self.move_facts(), now)?;
        let lost = self.placement.as_ref().is_some_and(|p| p.lost.is_some());
        if lost {
            return Err(Refusal::IsLost);
        }
        Ok(())
    }

    /// The partner puts other answers in it. `form` is the deal's own version.
    pub fn amend(
        &self,
        answers: ValidAnswers,
        (form, note): (&FormDefinition, &str),
        by: UserId,
        now: Timestamp,
    ) -> Step {
        self.check_amendable(now)?;
        let note = checked_length(clean_text(note))?;
        let changed = answers.changed_from(&self.answers);
        let fields = form.fields.iter().filter(|f| changed.contains(&f.key));
        let changes = fields
            .map(|field| {
                let from = self.answers.get(&field.key);
                AnswerChange::of(field, from, answers.answers().get(&field.key))
            })
            .collect();
        let mut deal = self.changed(by, now);
        deal.take_answers(answers);
        Ok((deal, DealFact::DealAmended { changes, note }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Choice, Decimal};

    fn field(kind: FieldKind) -> Field {
        Field::new(FieldKey::parse("a").unwrap(), kind, "Seats")
    }

    fn number(text: &str) -> Answer {
        Answer::Number(Decimal::read(text, 4).unwrap())
    }

    #[test]
    fn a_change_is_read_in_the_readers_locale() {
        let seats = field(FieldKind::Number {
            decimals: 1,
            unit: "seats".into(),
        });
        let change = AnswerChange::of(&seats, Some(&number("1250.5")), None);
        assert_eq!(
            change.text_in(Locale::default()),
            "Seats: 1,250.5 seats before, now not answered"
        );
        let german = Locale::of_tag("de").unwrap();
        assert!(change.text_in(german).contains("1.250,5 seats before"));
        let json = serde_json::to_string(&change).unwrap();
        assert_eq!(serde_json::from_str::<AnswerChange>(&json).unwrap(), change);
    }

    #[test]
    fn a_choice_is_kept_by_its_label_and_a_long_text_in_short() {
        let options = vec![Choice::new("a1", "Annual")];
        let choice = field(FieldKind::Select { options });
        let change = AnswerChange::of(&choice, None, Some(&Answer::Choice("a1".into())));
        assert_eq!(
            change.text_in(Locale::default()),
            "Seats: not answered before, now Annual"
        );
        let text = Answer::Text("\u{e9}".repeat(MAX_KEPT + 1));
        let change = AnswerChange::of(&field(FieldKind::LongText), None, Some(&text));
        let Some(Answer::Text(kept)) = change.to else {
            panic!("{change:?}");
        };
        assert_eq!(kept.chars().count(), MAX_KEPT + 1);
        assert!(kept.ends_with('\u{2026}'));
    }

    #[test]
    fn the_history_keeps_no_personal_answer() {
        let mut name = field(FieldKind::Text);
        name.traits.personal = true;
        let (from, to) = (Answer::Text("Ada".into()), Answer::Text("Bea".into()));
        let change = AnswerChange::of(&name, Some(&from), Some(&to));
        assert!(!serde_json::to_string(&change).unwrap().contains("Ada"));
        let (from, to) = (
            Answer::Text("+49 30 1".into()),
            Answer::Text("+49 30 2".into()),
        );
        let phone = AnswerChange::of(&field(FieldKind::Phone), Some(&from), Some(&to));
        assert!(phone.personal && phone.from.is_none() && phone.to.is_none());
        assert_eq!(change.text_in(Locale::default()), "Seats: changed");
        assert_eq!(
            amended_words(&[change]),
            "changed the answer to \u{201c}Seats\u{201d}"
        );
    }
}
