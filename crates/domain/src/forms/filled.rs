//! What the form fills in itself: what is known of the partner, else a default.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answer, Answers, Bound, Context, Field, FieldKey, FieldKind, FormDefinition, Prefill,
    RawAnswers, limits,
    read::{Posted, read},
    rows,
    walk::Walker,
};

/// What fields can be filled from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub partner_name: String,
    /// ISO 3166 alpha-2.
    pub partner_country: String,
    pub person_name: String,
    pub person_email: String,
    /// The answers of the partner's earlier deals in the program, the latest first.
    pub earlier: Vec<Answers>,
}

/// What the form's fields are filled with, for [`Context::known`]. What a field would refuse is left out. What a read-only
/// field was filled with once, it keeps: `given` are the answers so far.
pub fn known_answers(
    form: &FormDefinition,
    known: &Known,
    given: &Answers,
    context: &Context,
) -> RawAnswers {
    let mut all = RawAnswers::default();
    let kept = given.to_raw();
    for field in &form.fields {
        // What the company answered is for partners as if it were filled in.
        if !field.partner_edits() {
            all.copy(field, &kept);
            continue;
        }
        let Some(prefill) = field.traits.prefill else {
            continue;
        };
        if field.traits.read_only && kept.mentions(&field.key) {
            all.copy(field, &kept);
            continue;
        }
        let text = match prefill {
            Prefill::PartnerName => &known.partner_name,
            Prefill::PartnerCountry => &known.partner_country,
            Prefill::PersonName => &known.person_name,
            Prefill::PersonEmail => &known.person_email,
            Prefill::LastDeal => {
                let found = known.earlier.iter().find_map(|a| a.get(&field.key));
                if let Some(answer) = found {
                    let one = Answers([(field.key.clone(), answer.clone())].into());
                    take_if_accepted(&mut all, field, &one.to_raw(), context);
                }
                continue;
            }
        };
        let mut one = RawAnswers::default();
        one.set(&field.key, vec![text.clone()]);
        take_if_accepted(&mut all, field, &one, context);
    }
    all
}

fn take_if_accepted(all: &mut RawAnswers, field: &Field, one: &RawAnswers, context: &Context) {
    let accepted = match (&field.kind, read(field, Posted::of(field, one), context)) {
        (FieldKind::Rows(shape), Ok(Some(_))) => {
            rows::check(&field.key, shape, one, context).is_ok()
        }
        (_, Ok(Some(answer))) => limits::check(field, &answer, context).is_ok(),
        _ => false,
    };
    if accepted {
        all.copy(field, one);
    }
}

/// What the field shows before anybody touched it, given the answers above.
pub(super) fn filled(
    field: &Field,
    above: &BTreeMap<FieldKey, Answer>,
    context: &Context,
) -> RawAnswers {
    let mut raw = RawAnswers::default();
    if field.traits.prefill.is_some() && context.known.mentions(&field.key) {
        raw.copy(field, &context.known);
        return raw;
    }
    let mut rules = field.defaults.iter();
    let found = rules.find(|rule| rule.when.holds(above, context));
    let values = found.map_or(&field.default, |rule| &rule.value);
    put_default(&mut raw, field, values, context);
    raw
}

/// Days counted from today are written out.
pub(super) fn put_default(
    raw: &mut RawAnswers,
    field: &Field,
    values: &[String],
    context: &Context,
) {
    match (&field.kind, values) {
        (_, []) => {}
        (FieldKind::Money { .. }, [amount, currency]) => {
            raw.set_money(&field.key, amount, currency);
        }
        (FieldKind::Date, [text]) => {
            let date = Bound::parse(text).and_then(|b| b.date(context.today));
            raw.set(
                &field.key,
                date.map(|d| vec![d.to_string()]).unwrap_or_default(),
            );
        }
        (_, values) => raw.set(&field.key, values.to_vec()),
    }
}

/// What the empty form shows: what is known of the partner, else the company's defaults.
pub fn initial(form: &FormDefinition, context: &Context) -> RawAnswers {
    let mut raw = RawAnswers::default();
    let mut walker = Walker::new(context);
    for field in &form.fields {
        let shown = filled(field, walker.above(), context);
        if field.partner_edits() {
            raw.copy(field, &shown);
        }
        walker.step(field, &shown, None);
    }
    raw
}

/// The answers `now`, where `before` they were others: a field that still shows what the form had filled in shows what the
/// form fills in now. A field that somebody changed stays as it is. Gives the fields that were filled in anew as well.
pub fn follow_defaults(
    form: &FormDefinition,
    before: &RawAnswers,
    now: &RawAnswers,
    context: &Context,
) -> (RawAnswers, BTreeSet<FieldKey>) {
    let mut raw = now.clone();
    let mut changed = BTreeSet::new();
    let (mut old, mut new) = (Walker::new(context), Walker::new(context));
    for field in &form.fields {
        if !field.defaults.is_empty() && field.asks_partner() {
            let was = filled(field, old.above(), context);
            let is = filled(field, new.above(), context);
            if was != is && said(field, &raw) == said(field, &was) {
                raw.remove(&field.key);
                raw.copy(field, &is);
                changed.insert(field.key.clone());
            }
        }
        old.step(field, before, None);
        new.step(field, &raw, None);
    }
    (raw, changed)
}

/// What is said under the field's own name: an amount without its digits says nothing, whatever its currency.
fn said(field: &Field, raw: &RawAnswers) -> Vec<(String, String)> {
    let blank = raw.first(&field.key).is_empty();
    let pairs = raw.pairs_of(field).into_iter();
    pairs
        .filter(|(_, value)| !blank && !value.is_empty())
        .collect()
}
