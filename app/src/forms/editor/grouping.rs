//! Groups of fields in the list that is designed: their two marks, and what may stand between them.

use std::collections::BTreeSet;

use domain::forms::{Field, FieldKey, FieldKind, FormDefinition, GroupFault, KindName, group_faults};

use super::moving::Way;

/// Adds both marks of a new group in that gap, or behind the group that the gap is in; gives the key of the first.
pub fn add(form: &mut FormDefinition, gap: usize) -> FieldKey {
    let gap = free_gap(form, KindName::Group, gap).min(form.fields.len());
    let [begins, ends] = [KindName::Group, KindName::GroupEnd].map(|kind| {
        let label = kind.label();
        (FieldKey::from_label(label, |key| form.field(key).is_some()), label)
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
    matches!(
        kind,
        KindName::Group | KindName::PageBreak | KindName::Rows
    )
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
