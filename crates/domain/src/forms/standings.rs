//! The form while somebody types: an answer changes what looks at it, and nothing else is judged again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Answer, Context, FieldKey, FieldKind, FieldProblem, FieldState, FormDefinition, RawAnswers,
    dependants::Dependants,
    pages::pages_with,
    validate::judge,
    walk::{Above, states},
};

/// How a field stands: shown, to be answered, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub visible: bool,
    pub required: bool,
    /// Options that are not offered.
    pub withheld: BTreeSet<String>,
    /// What a field has that is only shown.
    pub fixed: Option<Answer>,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            visible: true,
            required: false,
            withheld: BTreeSet::new(),
            fixed: None,
        }
    }
}

/// How every field of a form stands. It says what [`states`] says of the answers that it was last given, whatever the form.
#[derive(Clone, Debug)]
pub struct Standings {
    form: Arc<FormDefinition>,
    dependants: Dependants,
    raw: RawAnswers,
    context: Context,
    /// By place in the form.
    stands: Vec<Stand>,
}

/// What came of new answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// How many fields were judged again.
    pub judged: usize,
    /// Whether one of them is shown, or must be answered, other than before.
    pub moved: bool,
}

#[derive(Clone, Debug)]
struct Stand {
    standing: Standing,
    answer: Result<Option<Answer>, FieldProblem>,
}

impl Stand {
    fn of(state: FieldState<'_>) -> Self {
        let fixed = state.answer.as_ref().ok().cloned().flatten();
        let is_only_shown = state.field.is_only_shown();
        Self {
            standing: Standing {
                visible: state.visible,
                required: state.required,
                withheld: state.withheld,
                fixed: fixed.filter(|_| is_only_shown),
            },
            answer: state.answer,
        }
    }

    /// What conditions below see of it.
    fn said(&self) -> Option<&Answer> {
        self.answer.as_ref().ok().and_then(Option::as_ref)
    }
}

impl Standings {
    pub fn new(form: Arc<FormDefinition>, raw: &RawAnswers, context: &Context) -> Self {
        Self {
            dependants: Dependants::of(&form),
            raw: raw.clone(),
            context: context.clone(),
            stands: all(&form, raw, context),
            form,
        }
    }

    /// Takes new answers. With another context every field is judged again.
    pub fn follow(&mut self, raw: &RawAnswers, context: &Context) -> Followed {
        let names = self.raw.follow(raw);
        if self.context != *context {
            return self.start_again(context);
        }
        let keys = names.iter().filter_map(|name| RawAnswers::key_of(name));
        let mut open: BTreeSet<usize> = keys
            .flat_map(|key| self.dependants.at(&key).to_vec())
            .collect();
        let mut followed = Followed::default();
        // Edges lead down only: what is judged from the top on is judged once.
        while let Some(place) = open.pop_first() {
            let Some(now) = self.judge(place) else {
                continue;
            };
            followed.judged += 1;
            let Some(before) = self.stands.get_mut(place) else {
                continue;
            };
            let moved = before.standing != now.standing;
            followed.moved |= moved;
            // A page break says nothing, and its page looks at whether it is shown; so it is with a group.
            let told = before.said() != now.said() || (moved && self.form.heads(place));
            *before = now;
            if told {
                open.extend(self.dependants.below(place));
            }
        }
        followed
    }

    fn start_again(&mut self, context: &Context) -> Followed {
        self.context = context.clone();
        let now = all(&self.form, &self.raw, context);
        let standings = |stands: &[Stand]| {
            stands
                .iter()
                .map(|s| s.standing.clone())
                .collect::<Vec<_>>()
        };
        let moved = standings(&self.stands) != standings(&now);
        let judged = now.len();
        self.stands = now;
        Followed { judged, moved }
    }

    fn judge(&self, place: usize) -> Option<Stand> {
        let field = self.form.fields.get(place)?;
        let head = self.dependants.head(place);
        let head = head.and_then(|head| self.stands.get(head));
        let head_visible = head.is_none_or(|head| head.standing.visible);
        let keys = field.looks_at();
        let answers: BTreeMap<FieldKey, Answer> = keys
            .iter()
            .filter_map(|key| Some((key.clone(), self.said_above(key, place)?.clone())))
            .collect();
        let percents: BTreeSet<FieldKey> = keys
            .into_iter()
            .filter(|key| self.is_percent_above(key, place))
            .collect();
        let above = Above {
            answers: &answers,
            percents: &percents,
            head_visible,
            context: &self.context,
        };
        Some(Stand::of(above.stand(field, &self.raw, None)))
    }

    /// Of two fields with one key the later one counts, as in a walk.
    fn said_above(&self, key: &FieldKey, place: usize) -> Option<&Answer> {
        let places = self.dependants.at(key).iter().rev();
        places
            .filter(|other| **other < place)
            .find_map(|other| self.stands.get(*other)?.said())
    }

    fn is_percent_above(&self, key: &FieldKey, place: usize) -> bool {
        let places = self.dependants.at(key).iter();
        places
            .filter(|other| **other < place)
            .filter_map(|other| self.form.fields.get(*other))
            .any(|field| matches!(field.kind, FieldKind::Percent { .. }))
    }

    /// How the field stands; the last of that key.
    pub fn get(&self, key: &FieldKey) -> Option<Standing> {
        let place = self.dependants.at(key).last()?;
        self.stands.get(*place).map(|stand| stand.standing.clone())
    }

    pub fn by_key(&self) -> BTreeMap<FieldKey, Standing> {
        let fields = self.form.fields.iter().zip(&self.stands);
        fields
            .map(|(field, stand)| (field.key.clone(), stand.standing.clone()))
            .collect()
    }

    /// The same as [`states`].
    pub fn states(&self) -> impl Iterator<Item = FieldState<'_>> {
        let fields = self.form.fields.iter().zip(&self.stands);
        fields.map(|(field, stand)| FieldState {
            field,
            visible: stand.standing.visible,
            required: stand.standing.required,
            answer: stand.answer.clone(),
            kept: false,
            withheld: stand.standing.withheld.clone(),
        })
    }

    /// What is wrong at one field; the same as [`super::problem_at`].
    pub fn problem(&self, key: &FieldKey) -> Option<FieldProblem> {
        let place = self.dependants.at(key).first()?;
        let state = self.states().nth(*place)?;
        judge(&state, &self.raw, &self.context).err()
    }

    /// The places of the pages on which something is asked or said; the same as [`super::pages_shown`].
    pub fn pages_shown(&self) -> Vec<usize> {
        let fields = self.form.fields.iter().zip(&self.stands);
        let seen = fields.filter(|(_, stand)| stand.standing.visible);
        let seen = seen.map(|(field, _)| field.key.clone()).collect();
        pages_with(&self.form, &seen)
    }

    /// The fields that an answer to this one may change, directly or through others.
    pub fn dependants(&self, key: &FieldKey) -> BTreeSet<&FieldKey> {
        let places = self.dependants.at(key).iter();
        let below = places.flat_map(|place| self.dependants.all_below(*place));
        below
            .filter_map(|place| self.form.fields.get(place).map(|field| &field.key))
            .collect()
    }
}

impl FormDefinition {
    fn heads(&self, place: usize) -> bool {
        let field = self.fields.get(place);
        field.is_some_and(|field| matches!(field.kind, FieldKind::PageBreak | FieldKind::Group))
    }
}

fn all(form: &FormDefinition, raw: &RawAnswers, context: &Context) -> Vec<Stand> {
    states(form, raw, context)
        .into_iter()
        .map(Stand::of)
        .collect()
}
