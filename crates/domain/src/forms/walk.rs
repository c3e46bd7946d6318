//! One pass over the form, from top to bottom: what is shown, what is required, what was answered.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answer, Answers, Bound, Field, FieldKey, FieldKind, FieldProblem, FormDefinition, RawAnswers,
    Requirement,
    read::{Posted, read},
};
use crate::{Date, FileId, TierId};

/// What a form may depend on besides its own answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    pub tier: Option<TierId>,
    /// ISO 3166 alpha-2.
    pub partner_country: Option<String>,
    /// The day of the answer, in UTC.
    pub today: Date,
    /// Whether the answers are imported. What is brought from elsewhere may lie in the past: a date that must not lie
    /// before a day counted from today may then be any earlier one.
    pub imported: bool,
    /// The files uploaded for this registration; no other id is accepted.
    pub files: Vec<UploadedFile>,
}

impl Context {
    pub fn on(today: Date) -> Self {
        Self {
            tier: None,
            partner_country: None,
            today,
            imported: false,
            files: Vec::new(),
        }
    }
}

/// What the rules need to know of a file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UploadedFile {
    pub id: FileId,
    pub name: String,
    pub bytes: u64,
}

/// How one field stands.
#[derive(Clone, Debug)]
pub struct FieldState<'a> {
    pub field: &'a Field,
    pub visible: bool,
    /// Never true of a hidden field.
    pub required: bool,
    /// What could be read, limits not yet checked; `Ok(None)` for a hidden or unanswered field.
    pub answer: Result<Option<Answer>, FieldProblem>,
    /// Whether the answer is kept as it was, because only other fields are open.
    pub kept: bool,
}

/// Where the answers come from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Posted(&'a RawAnswers),
    /// Only these fields are open; the others keep what they had.
    Reopened {
        posted: &'a RawAnswers,
        open: &'a BTreeSet<FieldKey>,
        kept: &'a Answers,
    },
}

impl<'a> Source<'a> {
    pub(super) fn posted(self) -> &'a RawAnswers {
        match self {
            Self::Posted(raw) | Self::Reopened { posted: raw, .. } => raw,
        }
    }

    /// The answer that a closed field keeps. A closed field without an answer may be filled in: it may have come into view only now.
    fn kept(self, key: &FieldKey) -> Option<&'a Answer> {
        match self {
            Self::Posted(_) => None,
            Self::Reopened { open, kept, .. } => {
                if open.contains(key) {
                    None
                } else {
                    kept.get(key)
                }
            }
        }
    }
}

pub(super) fn walk<'a>(
    form: &'a FormDefinition,
    source: Source<'_>,
    context: &Context,
) -> Vec<FieldState<'a>> {
    let mut above: BTreeMap<FieldKey, Answer> = BTreeMap::new();
    let mut states = Vec::with_capacity(form.fields.len());
    let mut page_visible = true;
    for field in &form.fields {
        let holds = field
            .visible_when
            .as_ref()
            .is_none_or(|rule| rule.holds(&above, context));
        if field.kind == FieldKind::PageBreak {
            page_visible = holds;
        }
        let visible = page_visible && holds;
        let required = visible && is_required(field, &above, context);
        let kept = source.kept(&field.key).filter(|_| visible);
        let answer = match kept {
            Some(answer) => Ok(Some(answer.clone())),
            None if visible => {
                let posted = Posted::of(field, source.posted());
                read(field, posted, context)
            }
            None => Ok(None),
        };
        if let Ok(Some(answer)) = &answer {
            above.insert(field.key.clone(), answer.clone());
        }
        states.push(FieldState {
            field,
            visible,
            required,
            answer,
            kept: kept.is_some(),
        });
    }
    states
}

fn is_required(field: &Field, above: &BTreeMap<FieldKey, Answer>, context: &Context) -> bool {
    field.kind.has_answer()
        && match &field.required {
            Requirement::Never => false,
            Requirement::Always => true,
            Requirement::When(rule) => rule.holds(above, context),
        }
}

/// How every field stands, for the page that shows the form.
pub fn states<'a>(
    form: &'a FormDefinition,
    raw: &RawAnswers,
    context: &Context,
) -> Vec<FieldState<'a>> {
    walk(form, Source::Posted(raw), context)
}

/// The fields that are shown for these answers.
pub fn visible(form: &FormDefinition, raw: &RawAnswers, context: &Context) -> BTreeSet<FieldKey> {
    states(form, raw, context)
        .into_iter()
        .filter(|s| s.visible)
        .map(|s| s.field.key.clone())
        .collect()
}

/// Whether this field must be answered, as the answers stand.
pub fn required_now(
    form: &FormDefinition,
    raw: &RawAnswers,
    key: &FieldKey,
    context: &Context,
) -> bool {
    states(form, raw, context)
        .iter()
        .any(|s| s.required && s.field.key == *key)
}

/// What the empty form shows: the company's defaults, days counted from today written out.
pub fn initial(form: &FormDefinition, context: &Context) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for field in &form.fields {
        match (&field.kind, field.default.as_slice()) {
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
    raw
}
