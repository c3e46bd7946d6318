//! The form as a JSON Forms UI schema: the order, the headings, the groups, and when a field is shown.

use serde_json::{Map, Value, json};

use super::rule;
use crate::forms::{Field, FieldKey, FieldKind, FormDefinition};

pub(super) fn layout(form: &FormDefinition) -> Value {
    let mut elements = Vec::new();
    // The group that is open, and what stands in it.
    let mut open: Option<(&Field, Vec<Value>)> = None;
    for field in &form.fields {
        match &field.kind {
            FieldKind::Group => {
                elements.extend(open.take().map(|group| closed(group, form)));
                open = Some((field, Vec::new()));
            }
            FieldKind::GroupEnd => elements.extend(open.take().map(|group| closed(group, form))),
            kind => {
                if *kind == FieldKind::PageBreak {
                    elements.extend(open.take().map(|group| closed(group, form)));
                }
                let inner = open.as_mut().map_or(&mut elements, |(_, inner)| inner);
                inner.push(element(field, form));
            }
        }
    }
    elements.extend(open.take().map(|group| closed(group, form)));
    json!({"type": "VerticalLayout", "elements": elements})
}

fn closed((group, elements): (&Field, Vec<Value>), form: &FormDefinition) -> Value {
    let mut layout = json!({"type": "Group", "label": group.label, "elements": elements});
    if let Some(members) = layout.as_object_mut() {
        put_rule(members, group, form);
    }
    layout
}

fn put_rule(members: &mut Map<String, Value>, field: &Field, form: &FormDefinition) {
    let shown = form.shown_when(field);
    if let Some(rule) = shown.and_then(|shown| rule::show(&shown, form)) {
        members.insert("rule".to_owned(), rule);
    }
}

/// Where JSON Forms finds the field's answer.
pub(super) fn scope(key: &FieldKey) -> String {
    format!("#/properties/{key}")
}

fn element(field: &Field, form: &FormDefinition) -> Value {
    let mut element = if field.kind.has_answer() {
        json!({"type": "Control", "scope": scope(&field.key), "label": field.label})
    } else if let FieldKind::TextBlock { text } = &field.kind {
        json!({"type": "Label", "text": text})
    } else {
        json!({"type": "Label", "text": field.label})
    };
    if let Some(members) = element.as_object_mut() {
        if field.kind == FieldKind::LongText {
            members.insert("options".to_owned(), json!({"multi": true}));
        }
        if let FieldKind::Computed { .. } = field.kind {
            members.insert("options".to_owned(), json!({"readonly": true}));
        }
        put_rule(members, field, form);
    }
    element
}
