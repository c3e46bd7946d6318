//! What a repeating group must be.

use super::{
    ColumnFault, Fault, Field, FieldKind, Requirement, Rows, RowsFault,
    check::Faults,
    check_field::{self, kind, limits},
};

/// In one repeating group.
pub const MAX_COLUMNS: usize = 10;
pub const MAX_ROWS: u8 = 50;
/// Over all repeating groups, so that a form page stays a page.
pub const MAX_CELLS_IN_FORM: usize = 1_000;
/// In the list of a column, which stands in every row.
pub const MAX_COLUMN_OPTIONS: usize = 200;

pub(super) fn check(field: &Field, rows: &Rows, faults: &mut Faults) {
    sizes(field, rows, faults);
    let mut at = |fault| faults.at(field, Fault::Rows { fault });
    if rows.columns.is_empty() {
        at(RowsFault::ColumnsMissing);
    }
    if rows.most == 0 || rows.least > rows.most {
        at(RowsFault::Crossed);
    }
    for key in &rows.sums {
        let fits = |column: &Field| {
            matches!(
                column.kind,
                FieldKind::Number { .. } | FieldKind::Money { .. }
            )
        };
        if !rows.column(key.as_str()).is_some_and(fits) {
            let key = key.to_string();
            at(RowsFault::SumDoesNotFit { key });
        }
    }
    for (position, column) in rows.columns.iter().enumerate() {
        let mut own = Faults::default();
        check_field::texts(column, &mut own);
        if may_be_column(&column.kind) {
            kind(column, &mut own);
        }
        limits(column, &mut own);
        let own = own.into_faults().into_iter().map(|fault| ColumnFault::Own {
            fault: Box::new(fault),
        });
        let mut above = rows.columns.iter().take(position);
        let twice = above.any(|other| other.key == column.key);
        let several =
            matches!(&column.kind, FieldKind::Money { currencies } if currencies.len() > 1);
        let more = [
            twice.then_some(ColumnFault::KeyTwice),
            several.then_some(ColumnFault::SeveralCurrencies),
        ];
        for fault in more.into_iter().flatten().chain(own) {
            at_column(field, position, column, fault, faults);
        }
    }
}

/// The sizes that even a draft must keep. With them goes what a column is at all: groups in groups would have no end.
pub(super) fn sizes_fit(field: &Field, rows: &Rows, faults: &mut Faults) {
    sizes(field, rows, faults);
    for (position, column) in rows.columns.iter().enumerate() {
        let mut own = Faults::default();
        check_field::texts_fit(column, &mut own);
        for fault in own.into_faults() {
            let fault = Box::new(fault);
            at_column(field, position, column, ColumnFault::Own { fault }, faults);
        }
    }
}

fn sizes(field: &Field, rows: &Rows, faults: &mut Faults) {
    if rows.columns.len() > MAX_COLUMNS {
        let fault = RowsFault::TooManyColumns { max: MAX_COLUMNS };
        faults.at(field, Fault::Rows { fault });
    }
    if rows.most > MAX_ROWS {
        let fault = RowsFault::TooManyRows { max: MAX_ROWS };
        faults.at(field, Fault::Rows { fault });
    }
    for (position, column) in rows.columns.iter().enumerate() {
        let many = column.kind.options().len() > MAX_COLUMN_OPTIONS;
        let found = [
            (!may_be_column(&column.kind)).then(|| ColumnFault::Kind {
                kind: column.kind.name(),
            }),
            (!is_plain(column)).then_some(ColumnFault::NotPlain),
            many.then_some(ColumnFault::TooManyOptions {
                max: MAX_COLUMN_OPTIONS,
            }),
        ];
        for fault in found.into_iter().flatten() {
            at_column(field, position, column, fault, faults);
        }
    }
}

fn at_column(
    field: &Field,
    position: usize,
    column: &Field,
    fault: ColumnFault,
    faults: &mut Faults,
) {
    let fault = RowsFault::Column {
        number: position + 1,
        label: column.label.clone(),
        fault,
    };
    faults.at(field, Fault::Rows { fault });
}

/// What is typed into one line, or chosen from a list.
fn may_be_column(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Text
            | FieldKind::Number { .. }
            | FieldKind::Money { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Date
            | FieldKind::Select { .. }
            | FieldKind::YesNo
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Url
    )
}

/// Whether it has nothing but what a column may have, whatever else fields come to have.
fn is_plain(column: &Field) -> bool {
    let plain = Field {
        help: column.help.clone(),
        placeholder: column.placeholder.clone(),
        required: match column.required {
            Requirement::Always => Requirement::Always,
            Requirement::Never | Requirement::When(_) => Requirement::Never,
        },
        limits: column.limits.clone(),
        ..Field::new(
            column.key.clone(),
            column.kind.clone(),
            column.label.clone(),
        )
    };
    plain == *column
}
