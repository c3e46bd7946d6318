//! The steps that were taken, to be taken back and taken again.

use domain::forms::FormDefinition;

/// Steps that can be taken back.
const MAX_STEPS: usize = 100;

/// The form before each step, and after each step that was taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Steps {
    past: Vec<FormDefinition>,
    future: Vec<FormDefinition>,
}

impl Steps {
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// A new step from `before`: what was taken back is gone.
    pub fn add(&mut self, before: FormDefinition) {
        self.past.push(before);
        if self.past.len() > MAX_STEPS {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// The form one step back from `now`.
    pub fn back(&mut self, now: FormDefinition) -> Option<FormDefinition> {
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    /// The form one step on from `now`.
    pub fn again(&mut self, now: FormDefinition) -> Option<FormDefinition> {
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::{Field, FieldKey, FieldKind};

    use super::*;

    fn form(fields: usize) -> FormDefinition {
        let key = |at| FieldKey::parse(&format!("f{at}")).unwrap();
        let field = |at| Field::new(key(at), FieldKind::Text, "A");
        FormDefinition {
            fields: (0..fields).map(field).collect(),
        }
    }

    #[test]
    fn steps_go_back_and_forth_until_a_new_one_is_taken() {
        let mut steps = Steps::default();
        steps.add(form(0));
        steps.add(form(1));
        assert_eq!(steps.back(form(2)), Some(form(1)));
        assert_eq!(steps.back(form(1)), Some(form(0)));
        assert_eq!(steps.back(form(0)), None);
        assert_eq!(steps.again(form(0)), Some(form(1)));
        steps.add(form(1));
        assert!(steps.can_undo() && !steps.can_redo());
    }

    #[test]
    fn only_the_latest_steps_are_kept() {
        let mut steps = Steps::default();
        for fields in 0..=MAX_STEPS {
            steps.add(form(fields));
        }
        let mut back = 0;
        let mut now = form(MAX_STEPS + 1);
        while let Some(before) = steps.back(now.clone()) {
            now = before;
            back += 1;
        }
        assert_eq!((back, now), (MAX_STEPS, form(1)));
    }
}
