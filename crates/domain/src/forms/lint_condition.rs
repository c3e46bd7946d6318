//! Whether a condition can come true, and can fail to, in a form that can be sent. Each field above is looked at for itself:
//! what two of them allow together is not.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Bound, COUNTRIES, Combine, Condition, Decimal, Field, FieldKey, FieldKind, FormDefinition,
    Operator, OperatorKind, Requirement, Rule, Subject, decimal::MAX_SCALE, limits,
    lint_clash::clash,
};

/// Over all the answers with which the form can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Always,
    Never,
    Depends,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Standing<'a> {
    pub field: &'a Field,
    /// By its own condition.
    pub own: Outcome,
    /// By that, its group's and its page's.
    pub shown: Outcome,
    /// Where it is shown.
    pub needed: Outcome,
    /// The first of its option rules that never holds, and the first of its defaults.
    pub never_offered: Option<usize>,
    pub never_filled: Option<usize>,
}

impl Standing<'_> {
    pub fn always_answered(&self) -> bool {
        self.shown == Outcome::Always && self.needed == Outcome::Always && self.field.asks_partner()
    }
}

/// What a condition may look at.
struct Above<'a> {
    fields: BTreeMap<&'a FieldKey, Standing<'a>>,
    /// The ids of the program's tiers, where they are known.
    tiers: Option<&'a BTreeSet<String>>,
}

/// One pass from top to bottom, because conditions look only at earlier fields.
pub(super) fn standings<'a>(
    form: &'a FormDefinition,
    tiers: Option<&'a BTreeSet<String>>,
) -> Vec<Standing<'a>> {
    let mut above = Above {
        fields: BTreeMap::new(),
        tiers,
    };
    let mut standings = Vec::with_capacity(form.fields.len());
    let (mut page, mut group) = (Outcome::Always, None);
    for field in &form.fields {
        let own = match &field.visible_when {
            Some(rule) => of_rule(rule, &above),
            None => Outcome::Always,
        };
        let head = match field.kind {
            FieldKind::PageBreak => Outcome::Always,
            FieldKind::Group => page,
            _ => group.unwrap_or(page),
        };
        let shown = grouped(Combine::All, &[head, own]);
        match field.kind {
            FieldKind::PageBreak => (page, group) = (shown, None),
            FieldKind::Group => group = Some(shown),
            FieldKind::GroupEnd => group = None,
            _ => {}
        }
        let needed = match &field.required {
            Requirement::Never => Outcome::Never,
            Requirement::Always => Outcome::Always,
            Requirement::When(rule) => of_rule(rule, &above),
        };
        let never = |rule: &Rule| of_rule(rule, &above) == Outcome::Never;
        let standing = Standing {
            field,
            own,
            shown,
            needed,
            never_offered: field.option_rules.iter().position(|r| never(&r.when)),
            never_filled: field.defaults.iter().position(|r| never(&r.when)),
        };
        above.fields.insert(&field.key, standing);
        standings.push(standing);
    }
    standings
}

fn of_rule(rule: &Rule, above: &Above<'_>) -> Outcome {
    let (whole, _) = rule.fold(
        |condition| (outcome(condition, above), Some(condition.clone())),
        |combine, rules: Vec<(Outcome, Option<Condition>)>| {
            let sound = rules.iter().filter_map(|(_, condition)| condition.as_ref());
            let sound: Vec<&Condition> = sound.filter(|c| makes_sense(c, above)).collect();
            if combine == Combine::All && clash(&sound, |c| has_one_answer(c, above)) {
                return (Outcome::Never, None);
            }
            let outcomes: Vec<Outcome> = rules.iter().map(|(outcome, _)| *outcome).collect();
            (grouped(combine, &outcomes), None)
        },
    );
    whole
}

fn makes_sense(condition: &Condition, above: &Above<'_>) -> bool {
    let Some(key) = condition.field() else {
        return true;
    };
    let kind = condition.operator.kind();
    above
        .fields
        .get(key)
        .is_some_and(|subject| OperatorKind::fitting(&subject.field.kind).contains(&kind))
}

fn has_one_answer(condition: &Condition, above: &Above<'_>) -> bool {
    let subject = condition.field().and_then(|key| above.fields.get(key));
    subject.is_none_or(|subject| !matches!(subject.field.kind, FieldKind::MultiSelect { .. }))
}

fn grouped(combine: Combine, rules: &[Outcome]) -> Outcome {
    let (always, never) = (Outcome::Always, Outcome::Never);
    let every = |outcome| rules.iter().all(|rule| *rule == outcome);
    match combine {
        Combine::All => decided(every(always), rules.contains(&never)),
        Combine::Any => decided(rules.contains(&always), every(never)),
        Combine::None => decided(every(never), rules.contains(&always)),
    }
}

/// A partner has any of the program's tiers or none, and is in any country; a condition that makes no sense is a fault, and named as one.
fn outcome(condition: &Condition, above: &Above<'_>) -> Outcome {
    if condition.subject == Subject::Tier {
        let of = |tiers| of_tier(&condition.operator, tiers);
        return above.tiers.map_or(Outcome::Depends, of);
    }
    let Some(subject) = condition.field().and_then(|key| above.fields.get(key)) else {
        return Outcome::Depends;
    };
    let operator = &condition.operator;
    if OperatorKind::fitting(&subject.field.kind).contains(&operator.kind()) {
        of_field(operator, subject)
    } else {
        Outcome::Depends
    }
}

/// A tier that the program does not have is nobody's.
fn of_tier(operator: &Operator, tiers: &BTreeSet<String>) -> Outcome {
    let named = operator.operands();
    match operator {
        Operator::Is(_) | Operator::OneOf(_) => {
            let gone = named.iter().all(|id| !tiers.contains(id));
            decided(false, gone && !named.is_empty())
        }
        Operator::IsNot(_) | Operator::Filled => decided(false, tiers.is_empty()),
        Operator::Empty => decided(tiers.is_empty(), false),
        Operator::AtLeast(_) | Operator::AtMost(_) => Outcome::Depends,
    }
}

fn of_field(operator: &Operator, subject: &Standing<'_>) -> Outcome {
    let answered = subject.always_answered();
    if subject.shown == Outcome::Never {
        return decided(*operator == Operator::Empty, *operator != Operator::Empty);
    }
    match operator {
        Operator::Filled => decided(answered, false),
        Operator::Empty => decided(false, answered),
        _ => match of_answers(operator, subject) {
            // Without an answer it does not hold.
            Outcome::Always if !answered => Outcome::Depends,
            outcome => outcome,
        },
    }
}

/// Over the answers that the field takes.
fn of_answers(operator: &Operator, subject: &Standing<'_>) -> Outcome {
    let field = subject.field;
    let limits = &field.limits;
    match &field.kind {
        FieldKind::Select { options }
        | FieldKind::Radio { options }
        | FieldKind::MultiSelect { options } => {
            of_list(operator, options.iter().map(|o| o.value.as_str()))
        }
        FieldKind::Country => of_list(operator, COUNTRIES.iter().map(|(code, _)| *code)),
        // One that must be answered must be ticked.
        FieldKind::Checkbox if subject.needed == Outcome::Always => {
            of_list(operator, std::iter::once("yes"))
        }
        FieldKind::YesNo => of_list(operator, ["yes", "no"].into_iter()),
        FieldKind::Number { decimals, .. } => of_numbers(operator, field, *decimals),
        FieldKind::Percent { .. } => {
            let (min, max) = limits::range(field);
            of_range(operator, min, max)
        }
        // An amount without a limit of its own starts at zero.
        FieldKind::Money { .. } => {
            let min = limits.min.unwrap_or(Bound::Number(Decimal::ZERO));
            of_range(operator, Some(min), limits.max)
        }
        FieldKind::Date => of_range(operator, limits.min, limits.max),
        _ => Outcome::Depends,
    }
}

fn of_list<'a>(operator: &Operator, values: impl Iterator<Item = &'a str>) -> Outcome {
    let named: BTreeSet<String> = operator.operands().into_iter().collect();
    let differs = matches!(operator, Operator::IsNot(_));
    let (mut all, mut none) = (true, true);
    for value in values {
        let holds = named.contains(value) != differs;
        all &= holds;
        none &= !holds;
    }
    decided(all, none)
}

fn of_numbers(operator: &Operator, field: &Field, decimals: u8) -> Outcome {
    let (min, max) = (field.limits.min, field.limits.max);
    let refused = |text: &String| {
        Decimal::read(text, MAX_SCALE).is_some_and(|number| {
            let bound = Bound::Number(number);
            number.scale() > decimals
                || of_range(&Operator::AtLeast(bound), min, max) == Outcome::Never
                || of_range(&Operator::AtMost(bound), min, max) == Outcome::Never
        })
    };
    match operator {
        Operator::Is(text) => decided(false, refused(text)),
        Operator::IsNot(text) => decided(refused(text), false),
        _ => of_range(operator, min, max),
    }
}

fn of_range(operator: &Operator, min: Option<Bound>, max: Option<Bound>) -> Outcome {
    let against = |edge: Option<Bound>, bound: &Bound| edge.and_then(|edge| order(edge, *bound));
    match operator {
        Operator::AtLeast(bound) => decided(
            against(min, bound).is_some_and(Ordering::is_ge),
            against(max, bound).is_some_and(Ordering::is_lt),
        ),
        Operator::AtMost(bound) => decided(
            against(max, bound).is_some_and(Ordering::is_le),
            against(min, bound).is_some_and(Ordering::is_gt),
        ),
        _ => Outcome::Depends,
    }
}

/// A fixed day and a day counted from today stand in one order today and in another later; only like is compared with like.
pub(super) fn order(one: Bound, other: Bound) -> Option<Ordering> {
    match (one, other) {
        (Bound::Number(one), Bound::Number(other)) => Some(one.cmp(&other)),
        (Bound::Date(one), Bound::Date(other)) => Some(one.cmp(&other)),
        (Bound::Today(one), Bound::Today(other)) => Some(one.cmp(&other)),
        _ => None,
    }
}

/// Both at once means that there is nothing to look at.
fn decided(always: bool, never: bool) -> Outcome {
    match (always, never) {
        (true, false) => Outcome::Always,
        (false, true) => Outcome::Never,
        _ => Outcome::Depends,
    }
}
