//! A form cut at the marks of its groups.

use super::{Field, FieldKey, FieldKind, FormDefinition, pages::heads_of};

/// What stands alone, or what stands in one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldBlock<'a> {
    Alone(&'a Field),
    Group {
        /// Its first mark, with its title, its help and its condition.
        head: &'a Field,
        fields: &'a [Field],
    },
}

/// The fields in blocks. In a draft, where the marks need not stand in pairs, a group ends where another or a page begins, and
/// an end of nothing is nothing.
pub fn blocks(fields: &[Field]) -> Vec<FieldBlock<'_>> {
    let mut found = Vec::new();
    let mut rest = fields;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match first.kind {
            FieldKind::Group => {
                let ends = |f: &Field| f.kind.marks_group() || f.kind == FieldKind::PageBreak;
                let end = behind.iter().position(ends).unwrap_or(behind.len());
                let (fields, after) = behind.split_at(end);
                found.push(FieldBlock::Group {
                    head: first,
                    fields,
                });
                rest = after;
            }
            FieldKind::GroupEnd => {}
            _ => found.push(FieldBlock::Alone(first)),
        }
    }
    found
}

impl FormDefinition {
    /// The first mark of the group that the field stands in.
    pub fn group_of(&self, key: &FieldKey) -> Option<&Field> {
        let [_, group] = heads_of(self, key);
        group
    }

    /// The place of the other mark of the group that this one begins or ends; nothing where there is none.
    pub fn other_mark(&self, place: usize) -> Option<usize> {
        let cuts = |f: &Field| f.kind.marks_group() || f.kind == FieldKind::PageBreak;
        let all = || self.fields.iter().enumerate();
        let (other, found) = match self.fields.get(place)?.kind {
            FieldKind::Group => {
                let found = all().skip(place + 1).find(|(_, field)| cuts(field));
                (FieldKind::GroupEnd, found)
            }
            FieldKind::GroupEnd => {
                let found = all().take(place).rfind(|(_, field)| cuts(field));
                (FieldKind::Group, found)
            }
            _ => return None,
        };
        let (at, mark) = found?;
        (mark.kind == other).then_some(at)
    }
}
