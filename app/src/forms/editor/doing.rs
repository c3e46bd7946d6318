//! What is done to whole fields: each is one step, and said.

use domain::forms::{FieldKey, FormDefinition, KindName, MAX_FIELDS};
use leptos::prelude::*;

use super::{
    desk::{Desk, row_id},
    model,
    moving::{self, Moved},
};
use crate::ui::focus_by_id;

/// A field's grip, which moves it.
pub fn grip_id(key: &FieldKey) -> String {
    format!("grip-{key}")
}

impl Desk {
    pub fn is_full(self) -> bool {
        self.form.with(|form| form.fields.len() >= MAX_FIELDS)
    }

    /// Adds a field in that gap, or behind the chosen one; its label waits to be typed.
    pub fn add(self, kind: KindName, gap: Option<usize>) {
        let added = if kind == KindName::Group { 2 } else { 1 };
        if self
            .form
            .with_untracked(|form| form.fields.len() + added > MAX_FIELDS)
        {
            self.said
                .set(format!("A form can have {MAX_FIELDS} fields"));
            return;
        }
        let after = self.chosen.get_untracked();
        let key = self.edit(|form| match gap {
            Some(gap) => model::add_at(form, kind, gap, self.currency),
            None => model::add(form, kind, after.as_ref(), self.currency),
        });
        self.said.set(format!("{} added", kind.label()));
        self.choose(key);
        // The properties are there once this change has been drawn.
        request_animation_frame(|| focus_by_id("prop-label"));
    }

    /// Moves the field as `step` says, and tells where it stands now or why it may not stand there.
    pub fn move_field(self, key: &FieldKey, step: impl FnOnce(&mut FormDefinition) -> Moved) {
        let moved = self.edit(step);
        let (label, count) = self
            .form
            .with_untracked(|form| (label(form, key), form.fields.len()));
        match moved {
            Moved::To(place) => self.said.set(format!("{label}, {place} of {count}")),
            Moved::Stays => self.said.set(format!("{label} stays where it is")),
            Moved::Refused(why) => match self.side().toasts {
                Some(toasts) => toasts.refuse(why),
                None => self.said.set(why),
            },
        }
    }

    /// The same, with the focus on the field's grip: the frame was drawn anew.
    pub fn move_by_key(self, key: &FieldKey, step: impl FnOnce(&mut FormDefinition) -> Moved) {
        self.move_field(key, step);
        let grip = grip_id(key);
        request_animation_frame(move || focus_by_id(&grip));
    }

    pub fn duplicate(self, key: &FieldKey) {
        let Some(twin) = self.edit(|form| moving::duplicate(form, key)) else {
            return;
        };
        let label = self.form.with_untracked(|form| label(form, &twin));
        self.said.set(format!("{label} added"));
        let row = row_id(&twin);
        self.choose(twin);
        request_animation_frame(move || focus_by_id(&row));
    }

    pub fn remove(self, key: &FieldKey) {
        let (label, dependants) = self
            .form
            .with_untracked(|form| (label(form, key), model::dependants(form, key)));
        let next = self.edit(|form| model::remove(form, key));
        self.said.set(if dependants.is_empty() {
            format!("{label} removed. Undo brings it back.")
        } else {
            format!(
                "{label} removed. These look at it and need to be changed: {}.",
                dependants.join(", ")
            )
        });
        let row = next.as_ref().map(row_id);
        self.chosen.set(next);
        if let Some(row) = row {
            request_animation_frame(move || focus_by_id(&row));
        }
    }
}

fn label(form: &FormDefinition, key: &FieldKey) -> String {
    form.field(key).map(|f| f.label.clone()).unwrap_or_default()
}
