//! Which answers a card of the board may show: those that both sides see and that read as a short text.

use super::{Field, FieldKey, FieldKind, FormDefinition, SystemField};

/// A card shows at most so many.
pub const MAX_CARD_FIELDS: usize = 3;

impl Field {
    /// Whether a card may show the answer. What every card shows anyway is not offered again.
    pub fn fits_card(&self) -> bool {
        let shown = matches!(
            self.system,
            Some(SystemField::Customer | SystemField::Value | SystemField::CloseDate)
        );
        let short = matches!(
            self.kind,
            FieldKind::Text
                | FieldKind::Number { .. }
                | FieldKind::Money { .. }
                | FieldKind::Percent { .. }
                | FieldKind::Date
                | FieldKind::Select { .. }
                | FieldKind::Radio { .. }
                | FieldKind::YesNo
                | FieldKind::Country
        );
        short && !shown && !self.is_company_only()
    }
}

impl FormDefinition {
    /// The chosen fields in their order, as the form has them now; one that is gone, or became the company's own, is left out.
    pub fn card_fields(&self, chosen: &[FieldKey]) -> Vec<&Field> {
        chosen
            .iter()
            .filter_map(|key| self.field(key))
            .filter(|field| field.fits_card())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::SeenBy;

    fn field(key: &str, kind: FieldKind) -> Field {
        Field::new(FieldKey::parse(key).unwrap(), kind, key)
    }

    fn keys(fields: &[&Field]) -> Vec<String> {
        fields.iter().map(|field| field.label.clone()).collect()
    }

    #[test]
    fn chosen_fields_stand_in_their_order_and_only_those_that_a_card_may_show() {
        let mut score = field("score", FieldKind::Text);
        score.traits.seen_by = SeenBy::Company;
        let mut customer = field("customer", FieldKind::Text);
        customer.system = Some(SystemField::Customer);
        let form = FormDefinition {
            fields: vec![
                customer,
                field("region", FieldKind::Text),
                field("country", FieldKind::Country),
                field("need", FieldKind::LongText),
                score,
            ],
        };
        let chosen = ["country", "score", "gone", "need", "customer", "region"]
            .map(|key| FieldKey::parse(key).unwrap());
        assert_eq!(keys(&form.card_fields(&chosen)), ["country", "region"]);
    }
}
