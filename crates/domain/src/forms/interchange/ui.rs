//! The form as a JSON Forms UI schema: the order, the headings, the groups, and when a field is shown.

use serde_json::{Map, Value, json};

use super::rule;
use crate::forms::{Field, FieldBlock, FieldKey, FieldKind, FormDefinition, blocks};

pub(super) fn layout(form: &FormDefinition) -> Value {
    let elements: Vec<Value> = blocks(&form.fields)
        .into_iter()
        .map(|block| match block {
            FieldBlock::Alone(field) => element(field, form),
            FieldBlock::Group { head, fields } => group(head, fields, form),
        })
        .collect();
    json!({"type": "VerticalLayout", "elements": elements})
}

fn group(head: &Field, fields: &[Field], form: &FormDefinition) -> Value {
    let elements: Vec<Value> = fields.iter().map(|f| element(f, form)).collect();
    let mut layout = json!({"type": "Group", "label": head.label, "elements": elements});
    if let Some(members) = layout.as_object_mut() {
        put_rule(members, head, form);
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
        let companys = field.kind.is_asked() && !field.partner_edits() && !field.is_company_only();
        if companys || matches!(field.kind, FieldKind::Computed { .. }) {
            members.insert("options".to_owned(), json!({"readonly": true}));
        }
        put_rule(members, field, form);
    }
    element
}
