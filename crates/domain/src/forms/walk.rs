//! One pass over the form, from top to bottom: what is shown, what is required, what was answered.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answer, Answers, Field, FieldKey, FieldKind, FieldProblem, FormDefinition, RawAnswers,
    Requirement, expression,
    filled::filled,
    read::{Posted, read},
};
use crate::{CustomerId, Date, FileId, TierId};

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
    /// Those of the posted customers that whoever answers may know; no other id is accepted. Nothing where that cannot be
    /// told: in the browser.
    pub customers: Option<Vec<KnownCustomer>>,
    /// What fields are filled from: see [`super::known_answers`].
    pub known: RawAnswers,
}

impl Context {
    pub fn on(today: Date) -> Self {
        Self {
            tier: None,
            partner_country: None,
            today,
            imported: false,
            files: Vec::new(),
            customers: None,
            known: RawAnswers::default(),
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

/// A customer as whoever answers knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCustomer {
    pub id: CustomerId,
    pub name: String,
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
    /// The options that are not offered, as the answers above stand.
    pub withheld: BTreeSet<String>,
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
    let mut walker = Walker::new(context);
    let step = |field: &'a Field| {
        let kept = source.kept(&field.key);
        walker.step(field, source.posted(), kept)
    };
    form.fields.iter().map(step).collect()
}

/// Goes through a form from top to bottom, one field after another.
pub(super) struct Walker<'c> {
    above: BTreeMap<FieldKey, Answer>,
    percents: BTreeSet<FieldKey>,
    page_visible: bool,
    /// Within a group: whether it is shown.
    group_visible: Option<bool>,
    context: &'c Context,
}

impl<'c> Walker<'c> {
    pub(super) fn new(context: &'c Context) -> Self {
        Self {
            above: BTreeMap::new(),
            percents: BTreeSet::new(),
            page_visible: true,
            group_visible: None,
            context,
        }
    }

    /// The answers of the visible fields so far.
    pub(super) fn above(&self) -> &BTreeMap<FieldKey, Answer> {
        &self.above
    }

    /// `kept` is the answer that the field keeps, whatever was posted.
    pub(super) fn step<'a>(
        &mut self,
        field: &'a Field,
        posted: &RawAnswers,
        kept: Option<&Answer>,
    ) -> FieldState<'a> {
        let above = Above {
            answers: &self.above,
            percents: &self.percents,
            head_visible: match field.kind {
                FieldKind::Group => self.page_visible,
                _ => self.group_visible.unwrap_or(self.page_visible),
            },
            context: self.context,
        };
        let state = above.stand(field, posted, kept);
        match field.kind {
            FieldKind::PageBreak => {
                self.page_visible = state.visible;
                self.group_visible = None;
            }
            FieldKind::Group => self.group_visible = Some(state.visible),
            FieldKind::GroupEnd => self.group_visible = None,
            FieldKind::Percent { .. } => drop(self.percents.insert(field.key.clone())),
            _ => {}
        }
        if let Ok(Some(answer)) = &state.answer {
            self.above.insert(field.key.clone(), answer.clone());
        }
        state
    }
}

/// What a field looks at.
pub(super) struct Above<'c> {
    /// The answers of the visible fields above it, of those at least that it looks at.
    pub(super) answers: &'c BTreeMap<FieldKey, Answer>,
    /// Which of the fields above it are percentages, of those at least that it looks at.
    pub(super) percents: &'c BTreeSet<FieldKey>,
    /// Whether what it stands under is shown: its group, or else its page.
    pub(super) head_visible: bool,
    pub(super) context: &'c Context,
}

impl Above<'_> {
    /// How one field stands. A page break begins a page: no other hides it.
    pub(super) fn stand<'a>(
        &self,
        field: &'a Field,
        posted: &RawAnswers,
        kept: Option<&Answer>,
    ) -> FieldState<'a> {
        let holds = field
            .visible_when
            .as_ref()
            .is_none_or(|rule| rule.holds(self.answers, self.context));
        let on_page = self.head_visible || field.kind == FieldKind::PageBreak;
        let visible = holds && on_page && !field.is_company_only();
        let withheld = self.withheld(field);
        let required = visible && self.is_required(field, &withheld);
        let companys = self.is_companys(field, posted);
        let kept = match kept {
            None if companys => self.companys(field),
            kept => kept.cloned(),
        };
        let kept = kept.filter(|_| visible && field.kind.is_asked());
        let is_kept = kept.is_some();
        let answer = match kept {
            Some(answer) => Ok(Some(answer)),
            None if visible && !companys => self.read(field, posted, &withheld),
            None => Ok(None),
        };
        FieldState {
            field,
            visible,
            required,
            answer,
            kept: is_kept,
            withheld,
        }
    }

    /// Whether whoever answers is not the one to answer this field. An import is the company's own word.
    fn is_companys(&self, field: &Field, posted: &RawAnswers) -> bool {
        let imported = self.context.imported && posted.mentions(&field.key);
        field.kind.is_asked() && !field.partner_edits() && !imported
    }

    /// What the company answered so far, which partners only read.
    fn companys(&self, field: &Field) -> Option<Answer> {
        let known = &self.context.known;
        if !known.mentions(&field.key) {
            return None;
        }
        let said = Posted::of(field, known).in_country(self.country(field));
        read(field, said, self.context).ok().flatten()
    }

    /// A read-only field has what the form fills in. An import is the company's own word: it may say something else.
    fn read(
        &self,
        field: &Field,
        posted: &RawAnswers,
        withheld: &BTreeSet<String>,
    ) -> Result<Option<Answer>, FieldProblem> {
        if let FieldKind::Computed { .. } = field.kind {
            return Ok(self.computed(field));
        }
        let imported = self.context.imported && posted.mentions(&field.key);
        let own = (field.traits.read_only && !imported)
            .then(|| filled(field, self.answers, self.context));
        let posted = Posted::of(field, own.as_ref().unwrap_or(posted));
        let answer = read(field, posted.in_country(self.country(field)), self.context)?;
        let refused = match &answer {
            Some(Answer::Choice(value)) => withheld.contains(value),
            Some(Answer::Choices(values)) => values.iter().any(|value| withheld.contains(value)),
            _ => false,
        };
        if refused {
            Err(FieldProblem::NotOffered)
        } else {
            Ok(answer)
        }
    }

    fn computed(&self, field: &Field) -> Option<Answer> {
        let FieldKind::Computed {
            expression,
            gives,
            decimals,
        } = &field.kind
        else {
            return None;
        };
        let above = expression::Above {
            answers: self.answers,
            percents: self.percents,
        };
        expression::worked_out(expression, *gives, *decimals, above)
    }

    /// The country whose regions the field asks for.
    fn country(&self, field: &Field) -> Option<&str> {
        let FieldKind::Region { country: Some(key) } = &field.kind else {
            return None;
        };
        match self.answers.get(key)? {
            Answer::Choice(code) => Some(code),
            _ => None,
        }
    }

    /// The options whose rule does not hold.
    fn withheld(&self, field: &Field) -> BTreeSet<String> {
        let rules = field.option_rules.iter();
        rules
            .filter(|rule| !rule.when.holds(self.answers, self.context))
            .map(|rule| rule.option.clone())
            .collect()
    }

    /// What nobody can answer need not be: a field that is only shown, a list with nothing in it.
    fn is_required(&self, field: &Field, withheld: &BTreeSet<String>) -> bool {
        let options = field.kind.options();
        let mut offered = options.iter().filter(|o| !withheld.contains(&o.value));
        let nothing_offered = !options.is_empty() && offered.next().is_none();
        field.asks_partner()
            && !nothing_offered
            && match &field.required {
                Requirement::Never => false,
                Requirement::Always => true,
                Requirement::When(rule) => rule.holds(self.answers, self.context),
            }
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
