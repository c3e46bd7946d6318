//! What the form is tried with: as whom, on what, with which answers. It outlives every edit of the form.

use domain::{
    Date,
    forms::{
        Answers, Context, FieldErrors, FieldKind, FormDefinition, Known, RawAnswers, initial,
        known_answers, validate,
    },
    views::PreviewPartner,
};
use leptos::prelude::*;

use super::trial_pages::first_fault;

#[derive(Clone, Copy)]
pub struct Trial {
    today: Date,
    /// By the keys of the fields, those that are gone included: undo brings fields back.
    pub answers: RwSignal<RawAnswers>,
    pub errors: RwSignal<FieldErrors>,
    /// The form as partners see it, without frames.
    pub alone: RwSignal<bool>,
    pub phone: RwSignal<bool>,
    /// The page of a form of several, while it is tried.
    pub page: RwSignal<usize>,
    /// A membership's id; empty for nobody in particular.
    pub partner: RwSignal<String>,
    /// A tier's id; empty for none.
    pub tier: RwSignal<String>,
    /// ISO 3166 alpha-2; empty for none.
    pub country: RwSignal<String>,
    /// Whether the hidden fields are listed.
    pub why: RwSignal<bool>,
    /// Counts the times that all answers were exchanged: inputs keep their own text, and are made anew then.
    pub turns: RwSignal<u32>,
    /// What came of sending it.
    pub told: RwSignal<&'static str>,
    /// The form that `answers` fit.
    form: StoredValue<FormDefinition>,
}

impl Trial {
    pub fn new(form: &FormDefinition, today: Date) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            today,
            answers: RwSignal::new(initial(form, &known(form, Context::on(today)))),
            errors: RwSignal::new(FieldErrors::default()),
            alone: RwSignal::new(false),
            phone: RwSignal::new(false),
            page: RwSignal::new(0),
            partner: empty(),
            tier: empty(),
            country: empty(),
            why: RwSignal::new(false),
            turns: RwSignal::new(0),
            told: RwSignal::new(""),
            form: StoredValue::new(form.clone()),
        }
    }

    pub fn context(self, form: &FormDefinition) -> Context {
        let context = Context {
            tier: self.tier.get().parse().ok(),
            partner_country: Some(self.country.get()).filter(|code| !code.is_empty()),
            ..Context::on(self.today)
        };
        known(form, context)
    }

    /// Sees the form with that partner's eyes.
    pub fn see_as(self, partner: Option<&PreviewPartner>) {
        let tier = partner.and_then(|partner| partner.tier);
        self.tier
            .set(tier.map(|tier| tier.to_string()).unwrap_or_default());
        let country = partner.map(|partner| partner.country.clone());
        self.country.set(country.unwrap_or_default());
    }

    /// The form was edited: answers stay, and what nobody touched follows the form's defaults.
    pub fn follow(self, form: &FormDefinition) {
        let before = self.form.get_value();
        if before == *form {
            return;
        }
        let today = self.today;
        let carried = self
            .answers
            .with_untracked(|raw| carried(raw, &before, form, today));
        self.form.set_value(form.clone());
        self.answers.set(carried);
    }

    /// Whatever the last try found is out of date.
    pub fn forget_try(self) {
        self.told.set("");
        if self.errors.with_untracked(|errors| !errors.is_empty()) {
            self.errors.set(FieldErrors::default());
        }
    }

    pub fn clear(self) {
        let empty = self
            .form
            .with_value(|form| initial(form, &known(form, Context::on(self.today))));
        self.answers.set(empty);
        self.page.set(0);
        self.forget_try();
        self.turns.update(|turns| *turns += 1);
    }

    /// Judges the answers as sending them would. Nothing is sent, and files cannot be tried.
    pub fn try_to_send(self, form: &FormDefinition) {
        let errors = self.judged(form);
        if let Some(page) = first_fault(form, &errors) {
            self.page.set(page);
        }
        self.told.set(if errors.is_empty() {
            "These answers would be taken. Nothing was sent."
        } else {
            ""
        });
        self.errors.set(errors);
    }
}

impl Trial {
    /// What is wrong with the answers, files apart.
    pub fn judged(self, form: &FormDefinition) -> FieldErrors {
        let context = untrack(|| self.context(form));
        let judged = self
            .answers
            .with_untracked(|raw| validate(form, raw, &context));
        let errors = judged.err().unwrap_or_default();
        let errors = errors.iter().filter(|error| !is_file(form, &error.field));
        FieldErrors(errors.cloned().collect())
    }
}

/// With what prefilled fields show: a partner who does not exist.
fn known(form: &FormDefinition, mut context: Context) -> Context {
    let example = Known {
        partner_name: "Example Partner".to_owned(),
        partner_country: "DE".to_owned(),
        person_name: "Ada Hale".to_owned(),
        person_email: "ada@partner.example".to_owned(),
        earlier: Vec::new(),
    };
    context.known = known_answers(form, &example, &Answers::default(), &context);
    context
}

fn is_file(form: &FormDefinition, key: &str) -> bool {
    let mut fields = form.fields.iter();
    fields.any(|f| f.key.as_str() == key && matches!(f.kind, FieldKind::File { .. }))
}

/// The answers for the form as it is now. A field that stands as its form began it begins as the new form does.
fn carried(
    raw: &RawAnswers,
    before: &FormDefinition,
    now: &FormDefinition,
    today: Date,
) -> RawAnswers {
    let context = |form| known(form, Context::on(today));
    let said = raw.without_blanks();
    let (old, new) = (
        initial(before, &context(before)),
        initial(now, &context(now)),
    );
    let mut carried = raw.clone();
    for field in &now.fields {
        if said.pairs_of(field) != old.without_blanks().pairs_of(field) {
            continue;
        }
        carried.remove(&field.key);
        for (name, value) in new.pairs_of(field) {
            let values = values_at(&carried, &name, value);
            carried.replace(&name, values);
        }
    }
    carried
}

/// The values under that name, with one more.
fn values_at(raw: &RawAnswers, name: &str, value: String) -> Vec<String> {
    let there = raw.pairs().filter(|(other, _)| other == name);
    there.map(|(_, value)| value).chain([value]).collect()
}

#[cfg(test)]
mod tests {
    use domain::forms::{Choice, Field, FieldKey};

    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn form(default: &[&str]) -> FormDefinition {
        let options = ["a", "b", "c"].map(|v| Choice::new(v, v)).to_vec();
        let mut several = Field::new(
            key("several"),
            FieldKind::MultiSelect { options },
            "Several",
        );
        several.default = default.iter().map(ToString::to_string).collect();
        let name = Field::new(key("name"), FieldKind::Text, "Name");
        FormDefinition {
            fields: vec![name, several],
        }
    }

    fn values(raw: &RawAnswers) -> Vec<&str> {
        raw.values(&key("several"))
            .iter()
            .map(String::as_str)
            .collect()
    }

    #[test]
    fn answers_survive_edits_and_even_their_field() {
        let (before, mut now) = (form(&[]), form(&[]));
        now.fields.remove(0);
        let raw = [("name", "Ada"), ("several", "b")].into_iter().collect();
        let carried = carried(&raw, &before, &now, today());
        assert_eq!(carried.first(&key("name")), "Ada");
        assert_eq!(values(&carried), ["b"]);
    }

    #[test]
    fn what_nobody_touched_follows_the_defaults() {
        let (before, now) = (form(&["a"]), form(&["b", "c"]));
        let untouched = [("name", ""), ("several", "a")].into_iter().collect();
        assert_eq!(
            values(&carried(&untouched, &before, &now, today())),
            ["b", "c"]
        );
        let touched = [("several", "c")].into_iter().collect();
        assert_eq!(values(&carried(&touched, &before, &now, today())), ["c"]);
        let emptied = RawAnswers::default();
        assert!(values(&carried(&emptied, &before, &now, today())).is_empty());
        assert_eq!(
            values(&carried(&emptied, &form(&[]), &now, today())),
            ["b", "c"]
        );
    }
}
