//! What a field may be besides its kind, and which options have rules.

use std::collections::BTreeSet;

use super::{
    EditedBy, Fault, Field, FieldKind, FormDefinition, SystemField, check::Faults,
    fault_parts::TraitName,
};

pub(super) fn check(field: &Field, faults: &mut Faults) {
    check_option_rules(field, faults);
    // What is not asked has plain traits, or a fault already.
    if !field.kind.is_asked() {
        return;
    }
    let traits = &field.traits;
    let mut misfit = |found: bool, what| {
        if found {
            faults.at(field, Fault::TraitDoesNotFit { what });
        }
    };
    let can_be_unique = field.kind.can_be_unique() && !field.is_company_only();
    misfit(traits.unique && !can_be_unique, TraitName::Unique);
    let prefill = traits.prefill;
    misfit(
        prefill.is_some_and(|prefill| !prefill.fits(&field.kind)),
        TraitName::Prefill,
    );
    let needed = field
        .system
        .is_some_and(|s| SystemField::NEEDED.contains(&s));
    misfit(traits.read_only && needed, TraitName::ReadOnly);
    let theirs = matches!(field.kind, FieldKind::File { .. }) || field.system.is_some();
    let filled = prefill.is_some() || traits.read_only;
    misfit(
        field.is_company_only() && (theirs || filled),
        TraitName::CompanyOnly,
    );
    misfit(edits_in_vain(field, needed), TraitName::EditedBy);
    if traits.read_only && !field.is_filled_in() {
        faults.at(field, Fault::ReadOnlyEmpty);
    }
}

/// Two fields with one answer, of which one goes unseen, would be neither's.
pub(super) fn check_replaced(field: &Field, form: &FormDefinition, faults: &mut Faults) {
    let replaces = field.traits.replaces.as_ref();
    if replaces.is_some_and(|replaces| form.field(&replaces.key).is_some()) {
        let what = TraitName::Replaces;
        faults.at(field, Fault::TraitDoesNotFit { what });
    }
}

/// Whether the company is to edit what it cannot, or what partners must give.
fn edits_in_vain(field: &Field, needed: bool) -> bool {
    let traits = &field.traits;
    let for_company = traits.edited_by == EditedBy::Company;
    let filled = traits.read_only || (for_company && traits.prefill.is_some());
    let file = matches!(field.kind, FieldKind::File { .. });
    let unseen = field.is_company_only() && traits.edited_by == EditedBy::Both;
    let edits = traits.edited_by != EditedBy::Partner;
    (edits && (file || filled)) || (for_company && needed) || unseen
}

fn check_option_rules(field: &Field, faults: &mut Faults) {
    let options = field.kind.options();
    let known: BTreeSet<&str> = options.iter().map(|o| o.value.as_str()).collect();
    let mut seen = BTreeSet::new();
    for rule in &field.option_rules {
        let option = rule.option.clone();
        if !known.contains(rule.option.as_str()) {
            faults.at(field, Fault::OptionRuleUnknown { option });
        } else if !seen.insert(rule.option.as_str()) {
            faults.at(field, Fault::OptionRuleTwice { option });
        }
    }
}
