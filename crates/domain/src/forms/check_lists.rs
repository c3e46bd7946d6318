//! Lists that no page shows in full, and no condition need look through: even a draft keeps them short.

use serde::{Deserialize, Serialize};

use super::{Fault, Field, FieldKind, Rule, check::Faults};

/// More than there are in use.
const MAX_CURRENCIES: usize = 200;
/// Each is named beside the input.
const MAX_ENDINGS: usize = 50;
/// Of kinds without options; others can have as many as they have options.
const MAX_DEFAULTS: usize = 10;
/// What a field makes of the answers to the one that it replaces.
const MAX_MAPPED: usize = 200;
/// Over both rules of a field: every country, twice.
const MAX_OPERANDS: usize = 500;

/// Of what there is less than of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListName {
    Currencies,
    Endings,
    Defaults,
    Operands,
    OldAnswers,
}

impl ListName {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Currencies => "The currencies",
            Self::Endings => "The file name endings",
            Self::Defaults => "The answers that are filled in",
            Self::Operands => "The values that its conditions compare with",
            Self::OldAnswers => "The old answers",
        }
    }
}

/// What the field's conditions compare with.
pub(super) fn operands(field: &Field) -> impl Iterator<Item = String> {
    let conditions = field.rules().flat_map(Rule::conditions);
    conditions.flat_map(|condition| condition.operator.operands())
}

pub(super) fn lists_fit(field: &Field, faults: &mut Faults) {
    let (currencies, endings) = match &field.kind {
        FieldKind::Money { currencies } => (currencies.len(), 0),
        FieldKind::File { accept, .. } => (0, accept.len()),
        _ => (0, 0),
    };
    let defaults = field.kind.options().len().max(MAX_DEFAULTS);
    let replaces = field.traits.replaces.as_ref();
    let mapped = replaces.map_or(0, |replaces| replaces.mapping.len());
    let lists = [
        (ListName::Currencies, currencies, MAX_CURRENCIES),
        (ListName::Endings, endings, MAX_ENDINGS),
        (ListName::Defaults, field.default.len(), defaults),
        (ListName::Operands, operands(field).count(), MAX_OPERANDS),
        (ListName::OldAnswers, mapped, MAX_MAPPED),
    ];
    for (list, count, max) in lists {
        if count > max {
            faults.at(field, Fault::ListTooLong { list, max });
        }
    }
}
