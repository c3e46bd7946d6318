//! Fields that a form asked once. Their answers stay, so their keys stay theirs; and what may become of a field's kind.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Answer, Answers, Context, DefinitionFault, Fault, Field, FieldKind, FormDefinition,
    FormVersion,
    read::{Posted, read},
};
use crate::Timestamp;

/// A field that is not asked any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedField {
    /// As the last version had it that asked it.
    pub field: Field,
    /// The number of that version.
    pub number: i32,
}

/// What these versions, newest first, asked and `form` does not. What has no answer leaves nothing behind.
pub fn archived(versions: &[FormVersion], form: &FormDefinition) -> Vec<ArchivedField> {
    let mut seen: BTreeSet<_> = form.fields.iter().map(|field| &field.key).collect();
    let mut found = Vec::new();
    for version in versions {
        for field in &version.definition.fields {
            if field.kind.has_answer() && seen.insert(&field.key) {
                found.push(ArchivedField {
                    field: field.clone(),
                    number: version.number,
                });
            }
        }
    }
    found
}

/// Names the fields that take the key of an archived one of another kind.
pub fn check_keys(form: &FormDefinition, archived: &[ArchivedField]) -> Vec<DefinitionFault> {
    let taken = archived.iter().filter_map(|old| {
        let field = form.field(&old.field.key)?;
        let kind = old.field.kind.name();
        (field.kind.name() != kind).then(|| DefinitionFault {
            field: Some(field.key.clone()),
            label: field.label.clone(),
            fault: Fault::KeyOfAnotherKind { kind },
            place: None,
        })
    });
    taken.collect()
}

/// Whether the field, as it is now, could have been answered so. What would lose a part of the answer cannot.
pub fn converts(answer: &Answer, field: &Field) -> bool {
    if answer.is_blank() {
        return true;
    }
    match (answer, &field.kind) {
        (Answer::Rows(_), kind) if kind.rows().is_none() => return false,
        (Answer::Address(_), kind) if *kind != FieldKind::Address => return false,
        (Answer::Customer { .. }, kind) if *kind != FieldKind::Customer => return false,
        (Answer::Files(_), kind) => return matches!(kind, FieldKind::File { .. }),
        (Answer::Money(_), kind) if !matches!(kind, FieldKind::Money { .. }) => return false,
        (Answer::Days { .. }, kind) if *kind != FieldKind::DateRange => return false,
        _ => {}
    }
    let raw = Answers([(field.key.clone(), answer.clone())].into()).to_raw();
    let context = Context::on(Timestamp::default().date());
    matches!(read(field, Posted::of(field, &raw), &context), Ok(Some(_)))
}
