//! Fields that the form asked once: their answers are kept, and so are their keys.

use domain::forms::{Field, FieldKey, FormDefinition};
use leptos::prelude::*;

use super::{desk::Desk, model, palette::icon};
use crate::ui::{Button, focus_by_id};

impl Desk {
    /// Whether answers refer to the field by its key: it is published, or was once and comes back as it was.
    pub fn holds_key(self, field: &Field) -> bool {
        let published = self
            .published
            .with_untracked(|v| v.definition.field(&field.key).is_some());
        let kind = field.kind.name();
        published
            || self.past.with_untracked(|past| {
                let mut archived = past.archived.iter().map(|archived| &archived.field);
                archived.any(|old| old.key == field.key && old.kind.name() == kind)
            })
    }

    /// Whether the key is, or was, that of any field.
    pub fn knows_key(self, key: &FieldKey) -> bool {
        let published = self
            .published
            .with_untracked(|v| v.definition.field(key).is_some());
        published
            || self.past.with_untracked(|past| {
                let mut archived = past.archived.iter();
                archived.any(|archived| archived.field.key == *key)
            })
    }
}

/// What could be brought back: what was published last and is taken out of the draft, and what older versions asked.
fn to_bring_back(desk: Desk) -> Vec<Field> {
    let form = desk.form.get();
    let missing = |field: &Field| field.kind.has_answer() && form.field(&field.key).is_none();
    let mut found: Vec<Field> = desk.published.with(|published| {
        let fields = published.definition.fields.iter();
        fields.filter(|field| missing(field)).cloned().collect()
    });
    desk.past.with(|past| {
        let older = past.archived.iter().map(|archived| &archived.field);
        found.extend(older.filter(|field| missing(field)).cloned());
    });
    found
}

/// Behind the chosen field, or at the end.
fn put_back(form: &mut FormDefinition, field: Field, after: Option<usize>) {
    let place = after.map_or(form.fields.len(), |at| at + 1);
    form.fields.insert(place.min(form.fields.len()), field);
}

/// Comes back as it was last, with its key, and is chosen.
#[component]
pub fn Archived(desk: Desk) -> impl IntoView {
    let fields = Memo::new(move |_| to_bring_back(desk));
    let bring_back = move |field: Field| {
        let key = field.key.clone();
        let said = format!("{} is asked again", field.label);
        let chosen = desk.chosen.get_untracked();
        desk.edit(|form| {
            let after = chosen.and_then(|chosen| model::position(form, &chosen));
            put_back(form, field, after);
        });
        desk.said.set(said);
        desk.choose(key);
        // The properties are there once this change has been drawn.
        request_animation_frame(|| focus_by_id("prop-label"));
    };
    move || {
        let fields = fields.get();
        let any = !fields.is_empty();
        let buttons = fields.into_iter().map(|field| {
            let (text, label) = (field.label.clone(), format!("Bring back {}", field.label));
            let icon = icon(field.kind.name());
            view! { <Button small=true icon label on:click=move |_| bring_back(field.clone())>{text}</Button> }
        });
        let buttons = buttons.collect_view();
        any.then(|| {
            view! {
                <section class="section" aria-labelledby="archived-title">
                    <h2 id="archived-title">"Archived"</h2>
                    <p class="muted small">"Not asked any more. Their answers stay with the deals and in exports; a press brings a field back with its key."</p>
                    <div class="palette">{buttons}</div>
                </section>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::{FieldKind, starter_form};

    use super::*;

    #[test]
    fn it_comes_back_behind_the_chosen_field() {
        let key = FieldKey::parse("region").unwrap();
        let field = Field::new(key, FieldKind::Text, "Region");
        let mut form = starter_form(domain::Currency::EUR);
        put_back(&mut form, field.clone(), Some(0));
        assert_eq!(form.fields[1], field);
        put_back(&mut form, field.clone(), None);
        assert_eq!(form.fields.last(), Some(&field));
    }
}
