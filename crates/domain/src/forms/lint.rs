//! Hints for whoever designs a form.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Field, FieldKind, FormDefinition, Hint, HintKind, Requirement, Rule, Subject,
    lint_condition::{Outcome, Standing, standings},
    lint_options, sentence_with,
};
use crate::program::Tier;

/// Fields that everybody must answer: the four of the starter form, and some of a company's own.
const MANY_NEEDED: usize = 10;

/// What could be better: the form as a whole first, then field by field. None of it keeps the form from being published.
pub fn hints(form: &FormDefinition) -> Vec<Hint> {
    found(form, None, &[])
}

/// The same where the program has these tiers and no others: a condition on a tier that was removed never holds.
pub fn hints_among(form: &FormDefinition, tiers: &[Tier]) -> Vec<Hint> {
    let ids: BTreeSet<String> = tiers.iter().map(|tier| tier.id.to_string()).collect();
    let mut named = tiers.to_vec();
    named.extend(removed(form, &ids));
    found(form, Some(&ids), &named)
}

/// The tiers that conditions name and the program does not have, by a name that says so.
fn removed(form: &FormDefinition, known: &BTreeSet<String>) -> Vec<Tier> {
    let mut gone = BTreeSet::new();
    for rule in form.fields.iter().flat_map(Field::rules) {
        let of_tiers = rule.conditions().filter(|c| c.subject == Subject::Tier);
        for condition in of_tiers {
            let ids = condition.operator.operands().into_iter();
            gone.extend(ids.filter(|id| !known.contains(id)));
        }
    }
    let parsed = gone.iter().filter_map(|id| id.parse().ok());
    parsed
        .map(|id| Tier {
            id,
            name: "a tier that was removed".to_owned(),
            position: 0,
        })
        .collect()
}

/// How conditions are read back.
struct Words<'a> {
    form: &'a FormDefinition,
    tiers: &'a [Tier],
}

impl Words<'_> {
    fn of(&self, rule: &Rule) -> String {
        sentence_with(rule, self.form, self.tiers)
    }
}

fn found(form: &FormDefinition, ids: Option<&BTreeSet<String>>, tiers: &[Tier]) -> Vec<Hint> {
    let standings = standings(form, ids);
    let words = &Words { form, tiers };
    let mut hints: Vec<Hint> = many_needed(&standings).into_iter().collect();
    let mut labels = Labels::new();
    for standing in &standings {
        let field = standing.field;
        let found = [
            about_shown(standing, words),
            about_needed(standing, words),
            about_options(standing, words),
            about_defaults(standing, words),
            waits_for_company(field, form),
            options_alike(field),
            label_twice(field, &mut labels),
            without_help(field),
        ];
        hints.extend(found.into_iter().flatten().map(|what| Hint {
            field: Some(field.key.clone()),
            label: field.label.clone(),
            what,
        }));
    }
    hints
}

fn many_needed(standings: &[Standing<'_>]) -> Option<Hint> {
    let count = standings.iter().filter(|s| s.always_answered()).count();
    (count > MANY_NEEDED).then(|| Hint {
        field: None,
        label: String::new(),
        what: HintKind::ManyNeeded { count },
    })
}

fn about_shown(standing: &Standing<'_>, words: &Words<'_>) -> Option<HintKind> {
    let condition = standing.field.visible_when.as_ref()?;
    let condition = || words.of(condition);
    match standing.own {
        Outcome::Never => Some(HintKind::NeverShown {
            condition: condition(),
        }),
        Outcome::Always => Some(HintKind::AlwaysShown {
            condition: condition(),
        }),
        Outcome::Depends => None,
    }
}

fn about_needed(standing: &Standing<'_>, words: &Words<'_>) -> Option<HintKind> {
    let Requirement::When(condition) = &standing.field.required else {
        return None;
    };
    if standing.shown == Outcome::Never || !standing.field.kind.is_asked() {
        return None;
    }
    let condition = || words.of(condition);
    match standing.needed {
        Outcome::Never => Some(HintKind::NeverNeeded {
            condition: condition(),
        }),
        Outcome::Always => Some(HintKind::AlwaysNeeded {
            condition: condition(),
        }),
        Outcome::Depends => None,
    }
}

fn about_options(standing: &Standing<'_>, words: &Words<'_>) -> Option<HintKind> {
    let field = standing.field;
    let rule = field.option_rules.get(standing.never_offered?)?;
    let mut options = field.kind.options().iter();
    let label = options.find(|option| option.value == rule.option);
    Some(HintKind::NeverOffered {
        option: label.map_or_else(|| rule.option.clone(), |option| option.label.clone()),
        condition: words.of(&rule.when),
    })
}

fn about_defaults(standing: &Standing<'_>, words: &Words<'_>) -> Option<HintKind> {
    let rule = standing.field.defaults.get(standing.never_filled?)?;
    Some(HintKind::NeverFilledIn {
        value: rule.value.join(", "),
        condition: words.of(&rule.when),
    })
}

fn waits_for_company(field: &Field, form: &FormDefinition) -> Option<HintKind> {
    let rule = field
        .visible_when
        .as_ref()
        .filter(|_| field.asks_partner())?;
    let mut shown_by = rule.fields().into_iter().filter_map(|key| form.field(key));
    let other = shown_by.find(|f| !f.partner_edits() && !f.is_company_only())?;
    Some(HintKind::WaitsForCompany {
        label: other.label.clone(),
    })
}

/// The fields above, by what their labels come to.
type Labels<'a> = BTreeMap<String, Vec<&'a Field>>;

fn label_twice<'a>(field: &'a Field, above: &mut Labels<'a>) -> Option<HintKind> {
    if !field.kind.has_answer() {
        return None;
    }
    let same = above
        .entry(lint_options::letters(&field.label)?)
        .or_default();
    let twice = same.iter().any(|other| !take_turns(other, field));
    same.push(field);
    twice.then_some(HintKind::LabelTwice)
}

/// Fields with different conditions are rarely seen together, like the provinces of two countries.
fn take_turns(one: &Field, other: &Field) -> bool {
    one.visible_when.is_some()
        && other.visible_when.is_some()
        && one.visible_when != other.visible_when
}

/// In its own list, or in that of one of its columns.
fn options_alike(field: &Field) -> Option<HintKind> {
    let mut lists = std::iter::once(field).chain(columns(field));
    lists.find_map(|field| lint_options::alike(field.kind.options()))
}

fn columns(field: &Field) -> &[Field] {
    let rows = field.kind.rows();
    rows.map(|rows| rows.columns.as_slice()).unwrap_or_default()
}

fn without_help(field: &Field) -> Option<HintKind> {
    if !field.help.trim().is_empty() {
        return None;
    }
    if field.is_personal() {
        return Some(HintKind::PersonalWithoutHelp);
    }
    // A question says by itself what belongs there, and so does an example.
    let open = field.kind == FieldKind::LongText
        && field.placeholder.trim().is_empty()
        && !field
            .label
            .trim_end()
            .ends_with(['?', '\u{ff1f}', '\u{61f}']);
    open.then_some(HintKind::LongTextWithoutHelp)
}
