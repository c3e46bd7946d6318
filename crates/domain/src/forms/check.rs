//! What a form must be before partners may see it.

use super::{
    Bound, Context, DefinitionFault, ExpressionFault, ExpressionProblem, Fault, Field, FieldKind,
    FormDefinition, GroupFault, MAX_EXPRESSION, RawAnswers, Requirement, RulePlace, SystemField,
    check_condition, check_expression, check_field,
    check_groups::Groups,
    check_lists,
    check_rows::{self, MAX_CELLS_IN_FORM},
    check_traits,
    filled::put_default,
    limits,
    read::{Posted, read},
};
use crate::Date;

pub const MAX_FIELDS: usize = 200;
/// In one list.
pub const MAX_OPTIONS: usize = 5_000;
/// Over all lists, so that a form page stays a page.
pub const MAX_OPTIONS_IN_FORM: usize = 20_000;
/// In characters.
pub const MAX_LABEL: usize = 200;
/// In characters.
pub const MAX_HELP: usize = 2_000;
/// In characters.
pub const MAX_TEXT_BLOCK: usize = 5_000;
/// Faults that are told at once: one for each field, and more than anybody reads.
const MAX_FAULTS: usize = 500;

/// Everything that keeps the form from being published, in the order of the form.
pub fn check_publishable(form: &FormDefinition) -> Result<(), Vec<DefinitionFault>> {
    let mut faults = Faults::default();
    check_form(form, &mut faults);
    let mut groups = Groups::default();
    for (position, field) in form.fields.iter().enumerate() {
        if form
            .fields
            .iter()
            .take(position)
            .any(|f| f.key == field.key)
        {
            faults.at(field, Fault::KeyTwice);
        }
        check_field::texts(field, &mut faults);
        check_field::kind(field, &mut faults);
        check_field::limits(field, &mut faults);
        check_system(field, form, position, &mut faults);
        check_defaults(field, &mut faults);
        check_traits::check(field, &mut faults);
        check_traits::check_replaced(field, form, &mut faults);
        check_condition::check(field, form, position, &mut faults);
        check_computed(field, form, position, &mut faults);
        check_region(field, form, position, &mut faults);
        groups.step(field, &mut faults);
    }
    groups.end(&mut faults);
    faults.into_result()
}

/// What is wrong with the groups of fields alone.
pub fn group_faults(form: &FormDefinition) -> Vec<(DefinitionFault, GroupFault)> {
    let (mut faults, mut groups) = (Faults::default(), Groups::default());
    for field in &form.fields {
        groups.step(field, &mut faults);
    }
    groups.end(&mut faults);
    let found = faults.0.into_iter().filter_map(|fault| {
        let Fault::FieldGroup { fault: what } = &fault.fault else {
            return None;
        };
        let what = what.clone();
        Some((fault, what))
    });
    found.collect()
}

/// The sizes that even a draft must keep, so that none grows without end.
pub fn check_sizes(form: &FormDefinition) -> Result<(), Vec<DefinitionFault>> {
    let mut faults = Faults::default();
    check_counts(form, &mut faults);
    for field in &form.fields {
        check_field::texts_fit(field, &mut faults);
        check_lists::lists_fit(field, &mut faults);
        if let FieldKind::Rows(rows) = &field.kind {
            check_rows::sizes_fit(field, rows, &mut faults);
        }
        check_condition::sizes_fit(field, &mut faults);
    }
    faults.into_result()
}

#[derive(Default)]
pub(super) struct Faults(Vec<DefinitionFault>);

impl Faults {
    pub(super) fn at(&mut self, field: &Field, fault: Fault) {
        self.at_place(field, fault, None);
    }

    pub(super) fn at_place(&mut self, field: &Field, fault: Fault, place: Option<RulePlace>) {
        if self.0.len() < MAX_FAULTS {
            self.0.push(DefinitionFault {
                field: Some(field.key.clone()),
                label: field.label.chars().take(MAX_LABEL).collect(),
                fault,
                place,
            });
        }
    }

    /// The faults alone, of whatever they are about.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.0.into_iter().map(|fault| fault.fault).collect()
    }

    fn form(&mut self, fault: Fault) {
        if self.0.len() < MAX_FAULTS {
            self.0.push(DefinitionFault {
                field: None,
                label: String::new(),
                fault,
                place: None,
            });
        }
    }

    fn into_result(self) -> Result<(), Vec<DefinitionFault>> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.0)
        }
    }
}

fn check_form(form: &FormDefinition, faults: &mut Faults) {
    if form.fields.is_empty() {
        faults.form(Fault::NoFields);
    }
    check_counts(form, faults);
    for system in SystemField::NEEDED {
        if form.system(system).is_none() {
            faults.form(Fault::SystemMissing { system });
        }
    }
}

fn check_counts(form: &FormDefinition, faults: &mut Faults) {
    if form.fields.len() > MAX_FIELDS {
        faults.form(Fault::TooManyFields { max: MAX_FIELDS });
    }
    let groups = || form.fields.iter().filter_map(|f| f.kind.rows());
    let cells: usize = groups()
        .map(|rows| rows.columns.len().saturating_mul(rows.most.into()))
        .sum();
    if cells > MAX_CELLS_IN_FORM {
        faults.form(Fault::TooManyCells {
            max: MAX_CELLS_IN_FORM,
        });
    }
    let columns = groups().flat_map(|rows| &rows.columns);
    let fields = form.fields.iter().chain(columns);
    let options: usize = fields.map(|f| f.kind.options().len()).sum();
    if options > MAX_OPTIONS_IN_FORM {
        faults.form(Fault::TooManyOptionsInForm {
            max: MAX_OPTIONS_IN_FORM,
        });
    }
}

fn check_system(field: &Field, form: &FormDefinition, position: usize, faults: &mut Faults) {
    let Some(system) = field.system else { return };
    if form
        .fields
        .iter()
        .take(position)
        .any(|f| f.system == Some(system))
    {
        faults.at(field, Fault::SystemTwice { system });
    }
    if !system.fits(&field.kind) && field.kind.is_asked() {
        faults.at(
            field,
            Fault::SystemWrongKind {
                system,
                kind: field.kind.name(),
            },
        );
    }
    if SystemField::NEEDED.contains(&system) {
        if field.required != Requirement::Always {
            faults.at(field, Fault::SystemOptional { system });
        }
        if !form.always_shows(field) {
            faults.at(field, Fault::SystemConditional { system });
        }
    }
}

/// Each default must be an answer that the field accepts on its own.
fn check_defaults(field: &Field, faults: &mut Faults) {
    if !field.kind.is_asked() {
        return;
    }
    if !field.default.is_empty() && !accepts_default(field, &field.default) {
        faults.at(field, Fault::DefaultRefused);
    }
    for (number, rule) in (1..).zip(&field.defaults) {
        if !rule.value.is_empty() && !accepts_default(field, &rule.value) {
            faults.at(field, Fault::ConditionalDefaultRefused { number });
        }
    }
}

fn accepts_default(field: &Field, values: &[String]) -> bool {
    // Days counted from today fit or not whatever today is, except against fixed days: then publishing day decides nothing.
    let Ok(today) = Date::new(2000, 1, 1) else {
        return true;
    };
    let context = Context::on(today);
    let mut raw = RawAnswers::default();
    put_default(&mut raw, field, values, &context);
    let posted = Posted::of(field, &raw);
    let mut judged = field.clone();
    if matches!(field.kind, FieldKind::Date) {
        judged.limits.min = field.limits.min.filter(|b| matches!(b, Bound::Today(_)));
        judged.limits.max = field.limits.max.filter(|b| matches!(b, Bound::Today(_)));
        if values
            .first()
            .is_some_and(|text| !text.trim().starts_with("today"))
        {
            judged.limits = super::Limits::default();
        }
    }
    // One text for five inputs would show nowhere.
    field.kind != FieldKind::Address
        && matches!(read(&judged, posted, &context), Ok(Some(answer)) if limits::check(&judged, &answer, &context).is_ok())
}

fn check_computed(field: &Field, form: &FormDefinition, position: usize, faults: &mut Faults) {
    let FieldKind::Computed {
        expression, gives, ..
    } = &field.kind
    else {
        return;
    };
    // What is too long has its fault already.
    if expression.chars().nth(MAX_EXPRESSION).is_some() {
        return;
    }
    let fault = match check_expression(expression, form, position) {
        Ok(found) if found == *gives => return,
        Ok(gives) => ExpressionFault {
            at: 1,
            problem: ExpressionProblem::GivesOther { gives },
        },
        Err(fault) => fault,
    };
    faults.at(field, Fault::Expression { fault });
}

fn check_region(field: &Field, form: &FormDefinition, position: usize, faults: &mut Faults) {
    let FieldKind::Region { country } = &field.kind else {
        return;
    };
    let Some(key) = country else {
        faults.at(field, Fault::RegionOfNothing);
        return;
    };
    let above = form.fields.iter().take(position);
    // What partners answer cannot depend on what only the company sees.
    let mut countries = above.filter(|f| {
        f.kind == FieldKind::Country && (field.is_company_only() || !f.is_company_only())
    });
    if !countries.any(|f| f.key == *key) {
        faults.at(field, Fault::RegionOfOther { key: key.clone() });
    }
}
