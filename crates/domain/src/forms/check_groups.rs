//! Groups of fields: their two marks stand in pairs, on one page, with fields between them and no group in a group.

use super::{Fault, Field, FieldKind, GroupFault, check::Faults};

/// The groups that are open, from the outermost, each with whether it has a field.
#[derive(Default)]
pub(super) struct Groups<'a> {
    open: Vec<(&'a Field, bool)>,
}

impl<'a> Groups<'a> {
    /// Takes the next field of the form.
    pub(super) fn step(&mut self, field: &'a Field, faults: &mut Faults) {
        let outer = self.open.last().map(|(outer, _)| outer.label.clone());
        let fault = match (&field.kind, outer) {
            (FieldKind::GroupEnd, _) => {
                if field.visible_when.is_some() {
                    report(field, GroupFault::EndHasCondition, faults);
                }
                match self.open.pop() {
                    Some((_, true)) => None,
                    Some((group, false)) => {
                        report(group, GroupFault::Empty, faults);
                        None
                    }
                    None => Some(GroupFault::NotBegun),
                }
            }
            (FieldKind::Group, Some(group)) => Some(GroupFault::Nested { group }),
            (FieldKind::PageBreak, Some(group)) => Some(GroupFault::PageWithin { group }),
            (FieldKind::Rows(_), Some(group)) => Some(GroupFault::RowsWithin { group }),
            _ => None,
        };
        if let Some(fault) = fault {
            report(field, fault, faults);
        }
        if field.kind != FieldKind::GroupEnd
            && let Some((_, filled)) = self.open.last_mut()
        {
            *filled = true;
        }
        if field.kind == FieldKind::Group {
            self.open.push((field, false));
        }
    }

    /// The form ends: so must every group have.
    pub(super) fn end(self, faults: &mut Faults) {
        for (group, _) in self.open {
            report(group, GroupFault::NotEnded, faults);
        }
    }
}

fn report(field: &Field, fault: GroupFault, faults: &mut Faults) {
    faults.at(field, Fault::FieldGroup { fault });
}
