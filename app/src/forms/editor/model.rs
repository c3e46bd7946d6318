//! Edits of a form, as plain functions.

use domain::{
    Currency,
    forms::{
        EditedBy, Field, FieldKey, FieldKind, FormDefinition, KindName, Limits, Replaces,
        Requirement, ResultKind, SeenBy, Traits, USUAL_FILES,
    },
};

use super::{grouping, rows_model};

/// What fits into one upload without thinking: a contract with its annexes.
const FILE_BYTES: u64 = 10_000_000;

/// Adds a field behind `after`, or at the end; gives its key.
pub fn add(
    form: &mut FormDefinition,
    kind: KindName,
    after: Option<&FieldKey>,
    currency: Currency,
) -> FieldKey {
    let gap = after
        .and_then(|after| position(form, after))
        .map_or(form.fields.len(), |at| at + 1);
    add_at(form, kind, gap, currency)
}

/// Adds a field before the one at that position, or at the end; gives its key. What may not stand in a group comes behind it.
pub fn add_at(
    form: &mut FormDefinition,
    kind: KindName,
    gap: usize,
    currency: Currency,
) -> FieldKey {
    if kind == KindName::Group {
        return grouping::add(form, gap);
    }
    let gap = grouping::free_gap(form, kind, gap);
    let label = kind.label();
    let key = FieldKey::from_label(label, |key| form.field(key).is_some());
    let mut field = Field::new(key.clone(), new_kind(kind, currency), label);
    if let FieldKind::Region { country } = &mut field.kind {
        let nearest = countries_above(form, gap, false).last();
        *country = nearest.map(|f| f.key.clone());
    }
    form.fields.insert(gap.min(form.fields.len()), field);
    key
}

/// The country fields before that place, those that only the company sees too where `company` is set.
pub fn countries_above(
    form: &FormDefinition,
    place: usize,
    company: bool,
) -> impl Iterator<Item = &Field> {
    let above = form.fields.iter().take(place);
    above.filter(move |field| {
        field.kind == FieldKind::Country && (company || !field.is_company_only())
    })
}

fn new_kind(kind: KindName, currency: Currency) -> FieldKind {
    match kind {
        KindName::Text => FieldKind::Text,
        KindName::LongText => FieldKind::LongText,
        KindName::Number => FieldKind::Number {
            decimals: 0,
            unit: String::new(),
        },
        KindName::Money => FieldKind::Money {
            currencies: vec![currency],
        },
        KindName::Percent => FieldKind::Percent { decimals: 0 },
        KindName::Date => FieldKind::Date,
        KindName::DateRange => FieldKind::DateRange,
        KindName::Radio => FieldKind::Radio {
            options: Vec::new(),
        },
        KindName::Select => FieldKind::Select {
            options: Vec::new(),
        },
        KindName::MultiSelect => FieldKind::MultiSelect {
            options: Vec::new(),
        },
        KindName::Checkbox => FieldKind::Checkbox,
        KindName::YesNo => FieldKind::YesNo,
        KindName::Email => FieldKind::Email,
        KindName::Phone => FieldKind::Phone,
        KindName::Url => FieldKind::Url,
        KindName::Country => FieldKind::Country,
        KindName::File => FieldKind::File {
            max_bytes: FILE_BYTES,
            accept: Vec::new(),
            most: USUAL_FILES,
        },
        KindName::Rows => FieldKind::Rows(rows_model::new_rows()),
        KindName::Heading => FieldKind::Heading,
        KindName::PageBreak => FieldKind::PageBreak,
        KindName::Computed => FieldKind::Computed {
            expression: String::new(),
            gives: ResultKind::Number,
            decimals: 2,
        },
        KindName::Region => FieldKind::Region { country: None },
        KindName::Address => FieldKind::Address,
        KindName::TextBlock => FieldKind::TextBlock {
            text: String::new(),
        },
        KindName::Group => FieldKind::Group,
        KindName::GroupEnd => FieldKind::GroupEnd,
        KindName::Customer => FieldKind::Customer,
    }
}

pub fn position(form: &FormDefinition, key: &FieldKey) -> Option<usize> {
    form.fields.iter().position(|f| f.key == *key)
}

/// Takes the field out; gives the field that takes its place in the list. With one mark of a group goes the other, and its
/// fields stay.
pub fn remove(form: &mut FormDefinition, key: &FieldKey) -> Option<FieldKey> {
    let mut at = position(form, key)?;
    let other = form.other_mark(at);
    form.fields.remove(at);
    if let Some(other) = other {
        let above = other < at;
        form.fields.remove(if above { other } else { other - 1 });
        at -= usize::from(above);
    }
    form.fields
        .get(at)
        .or(form.fields.last())
        .map(|f| f.key.clone())
}

pub fn change(form: &mut FormDefinition, key: &FieldKey, change: impl FnOnce(&mut Field)) {
    if let Some(field) = form.fields.iter_mut().find(|f| f.key == *key) {
        change(field);
    }
}

/// Gives the field another key, and follows it in every condition and expression. Refused when the key is taken.
pub fn rename_key(form: &mut FormDefinition, from: &FieldKey, to: &FieldKey) -> bool {
    if from == to || form.field(to).is_some() {
        return from == to;
    }
    for field in &mut form.fields {
        field.rename_in_rules(from, to);
        if field.key == *from {
            field.key = to.clone();
        }
    }
    true
}

/// The field as another kind, with all that still fits.
pub fn to_kind(field: &mut Field, kind: KindName, currency: Currency) {
    let options = field.kind.options().to_vec();
    field.kind = match kind {
        KindName::Select => FieldKind::Select { options },
        KindName::Radio => FieldKind::Radio { options },
        KindName::MultiSelect => FieldKind::MultiSelect { options },
        other => new_kind(other, currency),
    };
    let (text, number, day) = (
        field.kind.is_text(),
        field.kind.is_number(),
        field.kind.is_day(),
    );
    let Limits {
        min_length,
        max_length,
        min,
        max,
        mask,
    } = std::mem::take(&mut field.limits);
    let fits = |bound: &domain::forms::Bound| match bound.number() {
        Some(_) => number,
        None => day,
    };
    field.limits = Limits {
        min_length: min_length.filter(|_| text),
        max_length: max_length.filter(|_| text),
        min: min.filter(fits),
        max: max.filter(fits),
        mask: mask.filter(|_| kind == KindName::Text),
    };
    field.default = Vec::new();
    field.defaults = Vec::new();
    keep_fitting(field);
    field.system = field.system.filter(|system| system.fits(&field.kind));
    if !field.kind.is_asked() {
        field.required = Requirement::Never;
    }
}

/// Puts a new field of that kind in the field's place, with its words and rules; gives its key. What looked at the old one looks
/// at the new one.
pub fn replace(
    form: &mut FormDefinition,
    key: &FieldKey,
    kind: KindName,
    currency: Currency,
    taken: impl Fn(&FieldKey) -> bool,
) -> Option<FieldKey> {
    let at = position(form, key)?;
    let mut field = form.fields.get(at)?.clone();
    let new = FieldKey::from_label(&field.label, |key| form.field(key).is_some() || taken(key));
    to_kind(&mut field, kind, currency);
    if field.kind.is_asked() {
        field.traits.replaces = Some(Replaces::of(key.clone()));
    }
    field.key = new.clone();
    for other in &mut form.fields {
        other.rename_in_rules(key, &new);
    }
    if let Some(place) = form.fields.get_mut(at) {
        *place = field;
    }
    Some(new)
}

/// Of the rules for answers, those that the kind has room for.
fn keep_fitting(field: &mut Field) {
    let Field {
        kind,
        traits,
        option_rules,
        ..
    } = field;
    option_rules.retain(|rule| kind.options().iter().any(|o| o.value == rule.option));
    if !kind.is_asked() {
        *traits = Traits::default();
        return;
    }
    traits.unique &= kind.can_be_unique();
    traits.prefill = traits.prefill.filter(|prefill| prefill.fits(kind));
    if matches!(kind, FieldKind::File { .. }) {
        traits.seen_by = SeenBy::Both;
        traits.edited_by = EditedBy::Partner;
    }
    traits.read_only &= traits.prefill.is_some();
}

/// The labels of the fields that look at this one: they lose their ground when it goes.
pub fn dependants(form: &FormDefinition, key: &FieldKey) -> Vec<String> {
    form.fields
        .iter()
        .filter(|f| f.looks_at().contains(key))
        .map(|f| f.label.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::forms::{
        Bound, Choice, Condition, Operator, Rule, SystemField, check_publishable, starter_form,
    };

    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    fn form() -> FormDefinition {
        starter_form(Currency::EUR)
    }

    fn order(form: &FormDefinition) -> Vec<&str> {
        form.fields.iter().map(|f| f.key.as_str()).collect()
    }

    #[test]
    fn a_field_of_another_kind_takes_the_place_of_one() {
        let mut form = form();
        let at = position(&form, &key("need")).unwrap();
        let label = form.fields[at].label.clone();
        let looks = Condition::on(&key("need"), Operator::Filled);
        let follows = Field::new(key("why"), FieldKind::Text, "Why?").shown_when(looks);
        form.fields.push(follows);
        let first = FieldKey::from_label(&label, |_| false);
        let taken = |key: &FieldKey| *key == first;
        let new = replace(
            &mut form,
            &key("need"),
            KindName::YesNo,
            Currency::EUR,
            taken,
        )
        .unwrap();
        assert_ne!(new, first);
        assert!(form.field(&key("need")).is_none());
        let field = &form.fields[at];
        assert_eq!(
            (&field.key, &field.label, &field.kind),
            (&new, &label, &FieldKind::YesNo)
        );
        assert_eq!(field.traits.replaces, Some(Replaces::of(key("need"))));
        assert_eq!(dependants(&form, &new), ["Why?"]);
        assert_eq!(check_publishable(&form), Ok(()));
        let gone = replace(
            &mut form,
            &key("need"),
            KindName::Text,
            Currency::EUR,
            |_| false,
        );
        assert_eq!(gone, None);
    }

    #[test]
    fn a_new_field_stands_behind_the_chosen_one() {
        let mut form = form();
        let first = add(
            &mut form,
            KindName::Text,
            Some(&key("customer")),
            Currency::EUR,
        );
        let second = add(&mut form, KindName::Text, None, Currency::EUR);
        assert_eq!(
            (first.as_str(), second.as_str()),
            ("short_text", "short_text_2")
        );
        assert_eq!(order(&form).get(1), Some(&"short_text"));
        assert_eq!(order(&form).last(), Some(&"short_text_2"));
        let third = add_at(&mut form, KindName::Date, 0, Currency::EUR);
        assert_eq!(order(&form).first(), Some(&third.as_str()));
        assert!(check_publishable(&form).is_ok());
    }

    #[test]
    fn removing_chooses_the_next() {
        let mut form = form();
        assert_eq!(
            remove(&mut form, &key("country")),
            Some(key("contact_name"))
        );
        assert_eq!(remove(&mut form, &key("need")), Some(key("close_date")));
        assert_eq!(remove(&mut form, &key("need")), None);
    }

    #[test]
    fn conditions_follow_a_new_key() {
        let mut form = form();
        let on = |name| Rule::from(Condition::on(&key(name), Operator::Filled));
        let grouped = Rule::all(vec![on("customer"), Rule::none(vec![on("country")])]);
        change(&mut form, &key("need"), |f| {
            f.visible_when = Some(on("country"));
            f.required = Requirement::When(grouped);
        });
        assert_eq!(
            dependants(&form, &key("country")),
            ["What does the customer need?"]
        );
        assert!(rename_key(&mut form, &key("country"), &key("land")));
        assert!(!rename_key(&mut form, &key("land"), &key("customer")));
        assert!(check_publishable(&form).is_ok());
        assert_eq!(dependants(&form, &key("land")).len(), 1);
    }

    #[test]
    fn another_kind_keeps_what_fits() {
        let options = vec![Choice::new("a", "A")];
        let limits = Limits {
            min: Some(Bound::Today(0)),
            max_length: Some(5),
            ..Limits::default()
        };
        let mut field = Field::new(
            key("a"),
            FieldKind::Select {
                options: options.clone(),
            },
            "A",
        )
        .limits(limits);
        to_kind(&mut field, KindName::MultiSelect, Currency::EUR);
        assert_eq!(field.kind, FieldKind::MultiSelect { options });
        field.limits.min = Some(Bound::Today(0));
        field.system = Some(SystemField::CloseDate);
        to_kind(&mut field, KindName::Date, Currency::EUR);
        assert_eq!(
            (field.limits.min, field.limits.max_length),
            (Some(Bound::Today(0)), None)
        );
        assert_eq!(field.system, Some(SystemField::CloseDate));
        field.traits = Traits {
            unique: true,
            personal: true,
            read_only: true,
            prefill: Some(domain::forms::Prefill::PartnerName),
            ..Traits::default()
        };
        to_kind(&mut field, KindName::Number, Currency::EUR);
        assert_eq!((field.limits.min, field.system), (None, None));
        let left = Traits {
            unique: true,
            personal: true,
            ..Traits::default()
        };
        assert_eq!(field.traits, left);
        to_kind(&mut field, KindName::Heading, Currency::EUR);
        assert!(field.traits.is_plain());
    }
}
