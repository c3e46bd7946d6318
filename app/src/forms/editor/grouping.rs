//! Groups of fields in the list that is designed: their two marks, and what may stand between them.

use std::collections::BTreeSet;

use domain::forms::{
    Field, FieldKey, FieldKind, FormDefinition, GroupFault, KindName, group_faults,
};

use super::moving::Way;

/// Adds both marks of a new group in that gap, or behind the group that the gap is in; gives the key of the first.
pub fn add(form: &mut FormDefinition, gap: usize) -> FieldKey {
    let gap = free_gap(form, KindName::Group, gap).min(form.fields.len());
    let [begins, ends] = [KindName::Group, KindName::GroupEnd].map(|kind| {
        let label = kind.label();
        (
            FieldKey::from_label(label, |key| form.field(key).is_some()),
            label,
        )
    });
    let marks = [
        Field::new(begins.0.clone(), FieldKind::Group, begins.1),
        Field::new(ends.0, FieldKind::GroupEnd, ends.1),
    ];
    drop(form.fields.splice(gap..gap, marks));
    begins.0
}

/// Whether a field of that kind never stands in a group.
fn stands_alone(kind: KindName) -> bool {
    matches!(kind, KindName::Group | KindName::PageBreak | KindName::Rows)
}

/// The marks of the group that the gap is in.
fn around(form: &FormDefinition, gap: usize) -> Option<(usize, usize)> {
    let mut above = form.fields.iter().enumerate().take(gap);
    let (begins, _) = above
        .rfind(|(_, f)| f.kind.marks_group() || f.kind == FieldKind::PageBreak)
        .filter(|(_, f)| f.kind == FieldKind::Group)?;
    let ends = form.other_mark(begins)?;
    Some((begins, ends))
}

/// The gap itself, or the one behind the group that it is in, for what may not stand there.
pub fn free_gap(form: &FormDefinition, kind: KindName, gap: usize) -> usize {
    match around(form, gap).filter(|_| stands_alone(kind)) {
        Some((_, ends)) => ends + 1,
        None => gap,
    }
}

/// Where a step of the field at `at` leads that would lead into that gap. Nothing at the end of the list.
pub fn next_gap(form: &FormDefinition, at: usize, gap: usize, way: Way) -> Option<usize> {
    let field = form.fields.get(at)?;
    let own = form.other_mark(at);
    let group = around(form, gap).filter(|(begins, ends)| {
        let is_own = *begins == at || *ends == at || own == Some(*begins);
        stands_alone(field.kind.name()) && !is_own
    });
    match (group, way) {
        (Some((begins, _)), Way::Up) => Some(begins),
        (Some((_, ends)), Way::Down) => Some(ends + 1),
        (None, _) => Some(gap),
    }
}

/// The last place of what moves with the field at `at`: of a group that begins there, its end.
pub fn end_of(form: &FormDefinition, at: usize) -> usize {
    let begins = |field: &Field| field.kind == FieldKind::Group;
    let other = form.fields.get(at).filter(|field| begins(field));
    other.and_then(|_| form.other_mark(at)).unwrap_or(at)
}

/// Why the list may not become that one: what is wrong with its groups and was not before. That one has no fields yet is
/// said when it is published.
pub fn refusal(before: &FormDefinition, after: &FormDefinition) -> Option<String> {
    let known: BTreeSet<String> = faults(before).into_iter().map(|(text, _)| text).collect();
    let mut new = faults(after).into_iter();
    let (text, is_pair) = new.find(|(text, _)| !known.contains(text))?;
    Some(if is_pair {
        "The end of a group stays behind its beginning, on the same page.".to_owned()
    } else {
        text
    })
}

/// In words, and whether a mark is without the other.
fn faults(form: &FormDefinition) -> Vec<(String, bool)> {
    let faults = group_faults(form).into_iter();
    faults
        .filter_map(|(fault, what)| match what {
            GroupFault::Empty => None,
            GroupFault::NotEnded | GroupFault::NotBegun => Some((fault.text(), true)),
            _ => Some((fault.text(), false)),
        })
        .collect()
}

/// What the designer calls the field; the end of a group by the group's title.
pub fn label_in_list(field: &Field, form: &FormDefinition) -> String {
    match (&field.kind, form.group_of(&field.key)) {
        (FieldKind::GroupEnd, Some(group)) => format!("End of \u{201c}{}\u{201d}", group.label),
        _ => field.label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        Currency,
        forms::{Condition, Operator, check_publishable, starter_form},
    };

    use super::*;
    use crate::forms::editor::{
        model::{add, add_at, remove},
        moving::{Moved, duplicate, step, to_gap},
    };

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    fn field(name: &str, kind: FieldKind) -> Field {
        Field::new(key(name), kind, name)
    }

    /// A field, a group of two, a field.
    fn form() -> FormDefinition {
        FormDefinition {
            fields: vec![
                field("a", FieldKind::Text),
                field("site", FieldKind::Group),
                field("b", FieldKind::Text),
                field("c", FieldKind::Text),
                field("end", FieldKind::GroupEnd),
                field("d", FieldKind::Text),
            ],
        }
    }

    fn order(form: &FormDefinition) -> Vec<&str> {
        form.fields.iter().map(|f| f.key.as_str()).collect()
    }

    #[test]
    fn a_new_group_is_a_pair_and_takes_what_is_added_behind_its_beginning() {
        let mut form = starter_form(Currency::EUR);
        let count = form.fields.len();
        let group = add(&mut form, KindName::Group, None, Currency::EUR);
        let inner = add(&mut form, KindName::Text, Some(&group), Currency::EUR);
        assert_eq!(
            order(&form)[count..],
            [group.as_str(), inner.as_str(), "end_of_a_group"]
        );
        assert!(check_publishable(&form).is_ok());
        // No group in a group, and no page or rows: behind it.
        let second = add(&mut form, KindName::Group, Some(&inner), Currency::EUR);
        assert_eq!(order(&form)[count + 3], second.as_str());
        let page = add_at(&mut form, KindName::PageBreak, count + 2, Currency::EUR);
        assert_eq!(order(&form)[count + 3], page.as_str());
        assert_eq!(free_gap(&form, KindName::Text, count + 2), count + 2);
    }

    #[test]
    fn a_group_moves_as_a_whole() {
        let mut form = form();
        assert_eq!(step(&mut form, &key("site"), Way::Up), Moved::To(1));
        assert_eq!(order(&form), ["site", "b", "c", "end", "a", "d"]);
        assert_eq!(step(&mut form, &key("site"), Way::Up), Moved::Stays);
        assert_eq!(to_gap(&mut form, &key("site"), 6), Moved::To(3));
        assert_eq!(order(&form), ["a", "d", "site", "b", "c", "end"]);
        // Within itself is where it stands.
        for gap in 2..=6 {
            assert_eq!(to_gap(&mut form, &key("site"), gap), Moved::Stays);
        }
    }

    #[test]
    fn fields_step_in_and_out_and_groups_over_one_another() {
        let mut form = form();
        assert_eq!(step(&mut form, &key("a"), Way::Down), Moved::To(2));
        assert_eq!(order(&form), ["site", "a", "b", "c", "end", "d"]);
        assert_eq!(step(&mut form, &key("a"), Way::Up), Moved::To(1));
        form.fields.push(field("other", FieldKind::Group));
        form.fields.push(field("e", FieldKind::Text));
        form.fields.push(field("last", FieldKind::GroupEnd));
        assert_eq!(step(&mut form, &key("other"), Way::Up), Moved::To(6));
        assert_eq!(step(&mut form, &key("other"), Way::Up), Moved::To(2));
        let pages = ["a", "other", "e", "last", "site", "b", "c", "end", "d"];
        assert_eq!(order(&form), pages);
        assert_eq!(step(&mut form, &key("other"), Way::Down), Moved::To(6));
        form.fields.insert(0, field("page", FieldKind::PageBreak));
        assert_eq!(step(&mut form, &key("page"), Way::Down), Moved::To(2));
        assert_eq!(step(&mut form, &key("page"), Way::Down), Moved::To(6));
        assert!(refusal(&FormDefinition::default(), &form).is_none());
    }

    #[test]
    fn what_would_break_a_pair_is_refused() {
        let mut form = form();
        let before = form.clone();
        let broken = "The end of a group stays behind its beginning, on the same page.";
        let refused = Moved::Refused(broken.to_owned());
        assert_eq!(to_gap(&mut form, &key("end"), 0), refused);
        assert_eq!(form, before);
        assert_eq!(to_gap(&mut form, &key("end"), 3), Moved::To(4));
        assert_eq!(order(&form), ["a", "site", "b", "end", "c", "d"]);
        // It may be left empty for a while.
        assert_eq!(step(&mut form, &key("b"), Way::Up), Moved::To(2));
        form.fields.push(field("page", FieldKind::PageBreak));
        let into = to_gap(&mut form, &key("page"), 3);
        assert!(
            matches!(&into, Moved::Refused(why) if why.starts_with("page: ")),
            "{into:?}"
        );
    }

    #[test]
    fn removing_one_mark_removes_both_and_keeps_the_fields() {
        for (mark, next) in [("site", "b"), ("end", "d")] {
            let mut form = form();
            assert_eq!(remove(&mut form, &key(mark)), Some(key(next)));
            assert_eq!(order(&form), ["a", "b", "c", "d"]);
        }
    }

    #[test]
    fn a_doubled_group_looks_at_itself() {
        let mut form = form();
        let looks = Condition::on(&key("b"), Operator::Filled);
        form.fields[3].visible_when = Some(looks.into());
        let twin = duplicate(&mut form, &key("end")).unwrap();
        assert_eq!(twin.as_str(), "site_copy");
        assert_eq!(
            order(&form)[4..],
            ["end", "site_copy", "b_copy", "c_copy", "end_copy", "d"]
        );
        let inner = form.field(&key("c_copy")).unwrap();
        assert_eq!(inner.looks_at(), [key("b_copy")].into());
        let label = |name: &str| label_in_list(form.field(&key(name)).unwrap(), &form);
        assert_eq!(label("end_copy"), "End of \u{201c}site (copy)\u{201d}");
        assert_eq!(label("a"), "a");
    }
}
