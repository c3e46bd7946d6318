//! What a partner answers otherwise in a deal that is approved: only what changes is judged, and what changes with it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answers, Context, Field, FieldError, FieldErrors, FieldKey, FieldKind, FieldProblem,
    FieldState, FormDefinition, RawAnswers, SystemField, ValidAnswers,
    validate::{judge, refused_names, says},
    walk::{Source, walk},
};

impl Field {
    /// Whether a partner may give another answer after the approval. Whose business it is was looked at and is protected, so
    /// it stays; files come with a move or in a message.
    pub fn is_amendable(&self) -> bool {
        let names_customer = matches!(
            self.system,
            Some(SystemField::Customer | SystemField::Domain)
        );
        let is_file = matches!(self.kind, FieldKind::File { .. });
        self.asks_partner() && !names_customer && !is_file
    }
}

impl FormDefinition {
    /// The fields that a partner may answer otherwise after the approval.
    pub fn amendable_keys(&self) -> BTreeSet<FieldKey> {
        let fields = self.fields.iter().filter(|field| field.is_amendable());
        fields.map(|field| field.key.clone()).collect()
    }
}

/// The answers of a deal that was answered with `given`, where the partner puts others in fields that may be amended. Judged is
/// what it changes, and what is shown, required or offered otherwise by the change; the rest stands, whatever the day and the
/// limits are by now. A field that may not be amended, and is sent with another answer than it has, is refused; so is a change
/// that would hide the answer of such a field, and take it out with that.
pub fn validate_amended(
    form: &FormDefinition,
    given: &Answers,
    raw: &RawAnswers,
    context: &Context,
) -> Result<ValidAnswers, FieldErrors> {
    let form = &form.for_partner();
    let mut errors = refused_names(form, raw, context);
    let mut posted = given.to_raw();
    let mut open: BTreeSet<FieldKey> = BTreeSet::new();
    for field in form.fields.iter().filter(|field| field.kind.is_asked()) {
        if says(field, raw, given.get(&field.key), context) {
            continue;
        }
        if field.is_amendable() {
            open.insert(field.key.clone());
            posted.take(field, raw);
        } else if raw.mentions(&field.key) && !field.traits.read_only {
            errors.push(FieldError::at(&field.key, FieldProblem::NotOpen));
        }
    }
    if open.is_empty() && errors.is_empty() {
        return ValidAnswers::of(form, given.clone());
    }
    let stood = stood(form, given, context);
    let open = with_moved(form, (given, &stood), &posted, open, context);
    let source = Source::Reopened {
        posted: &posted,
        open: &open,
        kept: given,
    };
    let mut answers = Answers::default();
    for state in walk(form, source, context) {
        let key = &state.field.key;
        if falls_away(&state, given, &stood) {
            errors.push(FieldError::at(key, FieldProblem::NotOpen));
            continue;
        }
        let judged = open.contains(key);
        let answered = judged || state.kept || state.field.is_only_shown();
        if judged && let Err(problem) = judge(&state, &posted, context) {
            errors.extend(FieldError::each(key, problem));
        } else if let (true, Ok(Some(answer))) = (answered, state.answer) {
            answers.0.insert(key.clone(), answer);
        }
    }
    if errors.is_empty() {
        ValidAnswers::of(form, answers)
    } else {
        Err(FieldErrors(errors))
    }
}

/// How a field stood, as far as an answer above it decides.
type Stand = (bool, bool, BTreeSet<String>);

fn stand(state: &FieldState<'_>) -> Stand {
    (state.visible, state.required, state.withheld.clone())
}

/// How every field stood before the change, as the rules read it today.
fn stood<'f>(
    form: &'f FormDefinition,
    given: &Answers,
    context: &Context,
) -> BTreeMap<&'f FieldKey, Stand> {
    let (kept, none) = (given.to_raw(), BTreeSet::new());
    let source = Source::Reopened {
        posted: &kept,
        open: &none,
        kept: given,
    };
    let states = walk(form, source, context);
    let stands = states.iter().map(|state| {
        let field: &'f Field = state.field;
        (&field.key, stand(state))
    });
    stands.collect()
}

/// Whether the change hides a field whose answer the partner may not change.
fn falls_away(state: &FieldState<'_>, given: &Answers, stood: &BTreeMap<&FieldKey, Stand>) -> bool {
    let field = state.field;
    let closed = field.kind.is_asked() && !field.traits.read_only && !field.is_amendable();
    let answered = given.get(&field.key).is_some_and(|a| !a.is_blank());
    let was_shown = stood.get(&field.key).is_some_and(|(shown, ..)| *shown);
    closed && answered && was_shown && !state.visible
}

/// The changed fields, with those that stand otherwise by the change. To read one of these again may change what stands below
/// it, so it is asked until nothing moves; each round opens a field more, and fields are few.
fn with_moved(
    form: &FormDefinition,
    (given, before): (&Answers, &BTreeMap<&FieldKey, Stand>),
    posted: &RawAnswers,
    changed: BTreeSet<FieldKey>,
    context: &Context,
) -> BTreeSet<FieldKey> {
    let mut open = form.opened(&changed);
    loop {
        let source = Source::Reopened {
            posted,
            open: &open,
            kept: given,
        };
        let now = walk(form, source, context);
        let moved: Vec<FieldKey> = now
            .iter()
            .filter(|state| state.visible && state.field.is_amendable())
            .filter(|state| !open.contains(&state.field.key))
            .filter(|state| before.get(&state.field.key) != Some(&stand(state)))
            .map(|state| state.field.key.clone())
            .collect();
        if moved.is_empty() {
            return open;
        }
        open.extend(moved);
        open = form.opened(&open);
    }
}
