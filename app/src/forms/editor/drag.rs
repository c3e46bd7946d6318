//! A drag in the designer: a field by its grip, or a new one from the palette.

use domain::forms::{FieldKey, FormDefinition, KindName};

use crate::drag::carry;

/// What is carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load {
    Field(FieldKey),
    Kind(KindName),
}

pub type Drag = carry::Drag<Load>;
pub type Input = carry::Input<Load>;
pub type Told = carry::Told<Load>;

/// The field at which the line is drawn that shows where it would be dropped, and on which side of it.
pub fn mark(drag: &Drag, form: &FormDefinition) -> Option<(FieldKey, carry::Edge)> {
    let (at, edge) = drag.mark(form.fields.len())?;
    let field = form.fields.get(at)?;
    Some((field.key.clone(), edge))
}

#[cfg(test)]
mod tests {
    use domain::forms::starter_form;

    use super::*;

    #[test]
    fn the_line_stands_before_a_field_or_behind_the_last() {
        let form = starter_form(domain::Currency::EUR);
        let at = |gap| {
            let load = Load::Kind(KindName::Date);
            mark(&Drag::Held { load, gap }, &form)
        };
        let key = |text| FieldKey::parse(text).unwrap();
        assert_eq!(at(Some(0)), Some((key("customer"), carry::Edge::Before)));
        assert_eq!(at(Some(8)), Some((key("need"), carry::Edge::After)));
        assert_eq!(at(None), None);
        assert_eq!(mark(&Drag::Idle, &form), None);
    }
}
