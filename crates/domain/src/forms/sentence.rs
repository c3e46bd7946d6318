//! A rule read back in words: "Country is Germany and (Value is at least 100 or the partner's tier is Gold)".

use super::{
    Combine, Condition, Field, FieldKind, FormDefinition, Operator, Rule, Subject, country_name,
    region_name,
};
use crate::program::Tier;

/// As a sentence of its own; tiers by their ids.
pub fn sentence(rule: &Rule, form: &FormDefinition) -> String {
    sentence_with(rule, form, &[])
}

/// The same, with tiers by the names that these have.
pub fn sentence_with(rule: &Rule, form: &FormDefinition, tiers: &[Tier]) -> String {
    let text = clause(rule, form, tiers);
    // Our own words begin with a capital letter; a label begins as the company wrote it.
    let own = text.starts_with("the partner's ") || text.starts_with("not (");
    let mut chars = text.chars();
    match chars.next().filter(|_| own) {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => text,
    }
}

/// As it stands behind "when", with tiers by the names that these have.
pub fn clause_with(rule: &Rule, form: &FormDefinition, tiers: &[Tier]) -> String {
    clause(rule, form, tiers)
}

/// As it stands behind "when".
pub(super) fn clause(rule: &Rule, form: &FormDefinition, tiers: &[Tier]) -> String {
    let read = |condition: &Condition| Clause::new(compared(condition, form, tiers));
    rule.fold(read, Clause::join).text
}

struct Clause {
    text: String,
    /// Whether it needs brackets where something else stands beside it.
    loose: bool,
}

impl Clause {
    /// A list, or a label that says "or", would run into what stands beside it.
    fn new(text: String) -> Self {
        let loose = [", ", " and ", " or "]
            .iter()
            .any(|word| text.contains(word));
        Self { text, loose }
    }

    fn join(combine: Combine, parts: Vec<Self>) -> Self {
        if parts.is_empty() {
            let text = match combine {
                Combine::All | Combine::None => "always",
                Combine::Any => "never",
            };
            return Self::new(text.to_owned());
        }
        let several = parts.len() > 1;
        let loose = several || parts.iter().any(|part| part.loose);
        let texts: Vec<String> = parts
            .into_iter()
            .map(|part| part.beside_others(several))
            .collect();
        let all = combine == Combine::All;
        let text = texts.join(if all { " and " } else { " or " });
        if combine == Combine::None {
            Self {
                text: format!("not ({text})"),
                loose: false,
            }
        } else {
            Self { text, loose }
        }
    }

    fn beside_others(self, others: bool) -> String {
        if others && self.loose {
            format!("({})", self.text)
        } else {
            self.text
        }
    }
}

/// "Country is one of Germany, France".
fn compared(condition: &Condition, form: &FormDefinition, tiers: &[Tier]) -> String {
    let field = condition.field().and_then(|key| form.field(key));
    let subject = match (&condition.subject, field) {
        (Subject::Field(_), Some(field)) => field.label.clone(),
        (Subject::Field(key), None) => key.to_string(),
        (Subject::Tier, _) => "the partner's tier".to_owned(),
        (Subject::PartnerCountry, _) => "the partner's country".to_owned(),
    };
    if let Some(FieldKind::Checkbox) = field.map(|f| &f.kind) {
        let ticked = condition.operator == Operator::Is("yes".to_owned());
        return format!(
            "{subject} is {}",
            if ticked { "ticked" } else { "not ticked" }
        );
    }
    let operands: Vec<String> = condition
        .operator
        .operands()
        .iter()
        .map(|operand| operand_label(operand, &condition.subject, field, tiers))
        .collect();
    let operator = condition.operator.kind().label();
    if operands.is_empty() {
        format!("{subject} {operator}")
    } else {
        format!("{subject} {operator} {}", operands.join(", "))
    }
}

fn operand_label(
    operand: &str,
    subject: &Subject,
    field: Option<&Field>,
    tiers: &[Tier],
) -> String {
    let option = |field: &Field| {
        let options = field.kind.options().iter();
        let mut labels = options.filter(|o| o.value == operand).map(|o| &o.label);
        labels.next().cloned()
    };
    let named = match (subject, field) {
        (Subject::Tier, _) => tiers
            .iter()
            .find(|tier| tier.id.to_string() == operand)
            .map(|tier| tier.name.clone()),
        (Subject::PartnerCountry, _) => country_name(operand).map(str::to_owned),
        (Subject::Field(_), Some(field)) if field.kind == FieldKind::Country => {
            country_name(operand).map(str::to_owned)
        }
        (Subject::Field(_), Some(field)) if matches!(field.kind, FieldKind::Region { .. }) => {
            region_name(operand).map(str::to_owned)
        }
        (Subject::Field(_), Some(field)) if field.kind.rows().is_some() => {
            Some(format!("{operand} rows"))
        }
        (Subject::Field(_), field) => field.and_then(option),
    };
    named.unwrap_or_else(|| operand.to_owned())
}
