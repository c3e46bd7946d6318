//! Edits of a rule, as plain functions. A place is the way from the top: which rule of each group.

use domain::forms::{
    Combine, Condition, Field, MAX_CONDITIONS, MAX_LEVELS, MAX_OPTION_CONDITIONS, Rule, RulePart,
};

pub fn find<'a>(rule: &'a Rule, place: &[usize]) -> Option<&'a Rule> {
    place.iter().try_fold(rule, |rule, at| match rule {
        Rule::Group(_, inner) => inner.get(*at),
        Rule::Compare(_) => None,
    })
}

pub fn find_mut<'a>(rule: &'a mut Rule, place: &[usize]) -> Option<&'a mut Rule> {
    place.iter().try_fold(rule, |rule, at| match rule {
        Rule::Group(_, inner) => inner.get_mut(*at),
        Rule::Compare(_) => None,
    })
}

/// Puts a rule behind the others of that group, and gives its place. A condition that stood alone is the first of a group then.
pub fn add(rule: &mut Rule, group: &[usize], new: Rule) -> Option<Vec<usize>> {
    let around = find_mut(rule, group)?;
    if matches!(around, Rule::Compare(_)) {
        let first = std::mem::replace(around, Rule::all(Vec::new()));
        *around = Rule::all(vec![first]);
    }
    let Rule::Group(_, inner) = around else {
        return None;
    };
    let at = inner.len();
    inner.push(new);
    Some(group.iter().copied().chain([at]).collect())
}

/// Puts a group with a first condition into that group, and gives the place of the condition. It begins as the other thing than
/// what is around it: inside "all" the same again would say nothing new.
pub fn add_group(rule: &mut Rule, group: &[usize], first: Condition) -> Option<Vec<usize>> {
    let combine = match find(rule, group)? {
        Rule::Group(Combine::Any | Combine::None, _) => Combine::All,
        Rule::Group(Combine::All, _) | Rule::Compare(_) => Combine::Any,
    };
    let mut place = add(rule, group, Rule::Group(combine, vec![first.into()]))?;
    place.push(0);
    Some(place)
}

/// Takes out what stands there, and each group that has nothing left in it. Gives the place of the group that it was in; nothing
/// when nothing is left at all.
pub fn remove(rule: &mut Rule, place: &[usize]) -> Option<Vec<usize>> {
    let (at, group) = place.split_last()?;
    let empty = match find_mut(rule, group) {
        Some(Rule::Group(_, inner)) => {
            if *at < inner.len() {
                inner.remove(*at);
            }
            inner.is_empty()
        }
        Some(Rule::Compare(_)) | None => false,
    };
    if empty {
        return remove(rule, group);
    }
    while let Some(only) = take_only(rule) {
        *rule = only;
    }
    let stands = matches!(find(rule, group), Some(Rule::Group(..)));
    Some(if stands { group.to_vec() } else { Vec::new() })
}

/// What is alone needs no group around it, unless it must not hold.
fn take_only(rule: &mut Rule) -> Option<Rule> {
    match rule {
        Rule::Group(Combine::All | Combine::Any, inner) if inner.len() == 1 => inner.pop(),
        Rule::Group(..) | Rule::Compare(_) => None,
    }
}

/// Equal for two rules whose controls are the same, whatever they say: for each part, how many stand in it.
pub fn shape(rule: &Rule) -> Vec<Option<usize>> {
    let parts = rule.parts().map(|part| match part {
        Rule::Compare(_) => None,
        Rule::Group(_, inner) => Some(inner.len()),
    });
    parts.collect()
}

/// Whether that rule of the field may have another condition.
pub fn has_room(field: &Field, part: RulePart) -> bool {
    let (many, max) = if part.is_one_of_many() {
        (true, MAX_OPTION_CONDITIONS)
    } else {
        (false, MAX_CONDITIONS)
    };
    let parts = field.rule_parts().filter(|p| p.is_one_of_many() == many);
    let conditions: usize = parts
        .filter_map(|part| field.rule(part))
        .map(|rule| rule.conditions().count())
        .sum();
    conditions < max
}

/// Whether a group at that place may have a group inside.
pub fn takes_groups(place: &[usize]) -> bool {
    place.len() + 1 < MAX_LEVELS
}

pub fn combine_label(combine: Combine) -> &'static str {
    match combine {
        Combine::All => "All of these",
        Combine::Any => "Any of these",
        Combine::None => "None of these",
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::{FieldKey, Operator};

    use super::*;

    fn filled(name: &str) -> Condition {
        Condition::on(&FieldKey::parse(name).unwrap(), Operator::Filled)
    }

    fn one(name: &str) -> Rule {
        filled(name).into()
    }

    #[test]
    fn a_second_condition_makes_a_group() {
        let mut rule = one("a");
        assert_eq!(add(&mut rule, &[], one("b")), Some(vec![1]));
        assert_eq!(rule, Rule::all(vec![one("a"), one("b")]));
        assert_eq!(add(&mut rule, &[], one("c")), Some(vec![2]));
        assert_eq!(add(&mut rule, &[7], one("d")), None);
    }

    #[test]
    fn a_group_inside_begins_as_the_other_thing() {
        let mut rule = Rule::all(vec![one("a")]);
        assert_eq!(add_group(&mut rule, &[], filled("b")), Some(vec![1, 0]));
        assert_eq!(add_group(&mut rule, &[1], filled("c")), Some(vec![1, 1, 0]));
        let inner = Rule::any(vec![one("b"), Rule::all(vec![one("c")])]);
        assert_eq!(rule, Rule::all(vec![one("a"), inner]));
        assert_eq!(find(&rule, &[1, 1, 0]), Some(&one("c")));
        assert_eq!(find(&rule, &[0, 0]), None);
    }

    #[test]
    fn removing_leaves_no_empty_group_and_none_around_one_condition() {
        let inner = Rule::any(vec![one("b"), one("c")]);
        let mut rule = Rule::all(vec![one("a"), inner]);
        assert_eq!(remove(&mut rule, &[1, 0]), Some(vec![1]));
        assert_eq!(rule, Rule::all(vec![one("a"), Rule::any(vec![one("c")])]));
        assert_eq!(remove(&mut rule, &[1, 0]), Some(vec![]));
        assert_eq!(rule, one("a"));
        assert_eq!(remove(&mut rule, &[]), None);

        let mut inside = Rule::all(vec![one("a"), Rule::any(vec![one("b"), one("c")])]);
        assert_eq!(remove(&mut inside, &[0]), Some(vec![]));
        assert_eq!(inside, Rule::any(vec![one("b"), one("c")]));

        let mut not = Rule::none(vec![one("a"), one("b")]);
        assert_eq!(remove(&mut not, &[0]), Some(vec![]));
        assert_eq!(not, Rule::none(vec![one("b")]));
        assert_eq!(remove(&mut not, &[0]), None);
    }

    #[test]
    fn the_shape_is_what_stands_where() {
        let rule = Rule::all(vec![one("a"), Rule::any(vec![one("b")])]);
        let alike = Rule::none(vec![one("c"), Rule::all(vec![one("d")])]);
        assert_eq!(shape(&rule), [Some(2), None, Some(1), None]);
        assert_eq!(shape(&rule), shape(&alike));
        assert_ne!(shape(&rule), shape(&one("a")));
    }

    #[test]
    fn there_is_an_end_to_conditions_and_groups() {
        let name = FieldKey::parse("z").unwrap();
        let field = Field::new(name, domain::forms::FieldKind::Text, "Z");
        let with = |count| field.clone().shown_when(Rule::any(vec![one("a"); count]));
        let room = |field: &Field| has_room(field, RulePart::Shown);
        assert!(room(&with(49)) && !room(&with(50)));
        assert!(!room(&with(49).required_when(one("a"))));
        assert!(has_room(&with(50), RulePart::Option(0)));
        assert!(takes_groups(&[0; 6]) && !takes_groups(&[0; 7]));
    }
}
