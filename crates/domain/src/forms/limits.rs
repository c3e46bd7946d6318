//! Whether an answer that could be read is also allowed: lengths, ranges, masks, files.

use super::{
    Answer, Bound, Context, Decimal, Field, FieldKind, FieldProblem, Limits, UploadedFile,
};
use crate::{Date, Money};

/// Files under one field, where its form does not say otherwise.
pub const USUAL_FILES: u8 = 10;
/// What a form may say.
pub const MAX_FILES: u8 = 20;

pub(super) fn check(field: &Field, answer: &Answer, context: &Context) -> Result<(), FieldProblem> {
    let limits = &field.limits;
    match answer {
        // Nobody could mend it.
        _ if !field.kind.is_asked() => Ok(()),
        Answer::Text(text) | Answer::Customer { name: text, .. } => check_text(field, text),
        Answer::Number(number) => check_number(*number, range(field)),
        Answer::Money(money) => check_money(*money, limits),
        Answer::Date(date) => check_date(*date, limits, context),
        Answer::Days { from, until } => {
            check_date(*from, limits, context).and_then(|()| check_date(*until, limits, context))
        }
        Answer::Files(files) => files.iter().try_for_each(|id| {
            let file = context
                .files
                .iter()
                .find(|f| f.id == *id)
                .ok_or(FieldProblem::UnknownFile)?;
            check_file(field, file)
        }),
        // Rows are checked cell by cell, where each cell's place is known.
        Answer::Choice(_)
        | Answer::Choices(_)
        | Answer::Flag(_)
        | Answer::Address(_)
        | Answer::Rows(_) => Ok(()),
    }
}

fn check_text(field: &Field, text: &str) -> Result<(), FieldProblem> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let max = field.length_cap();
    if length > max {
        return Err(FieldProblem::TooLong { max });
    }
    if let Some(min) = field.limits.min_length.filter(|min| length < *min) {
        return Err(FieldProblem::TooShort { min });
    }
    match &field.limits.mask {
        Some(mask) if !mask.matches(text) => Err(FieldProblem::DoesNotMatch {
            example: mask.example(),
        }),
        _ => Ok(()),
    }
}

/// The least and the most. A share of something lies between nothing and all of it, unless the company says else.
pub(super) fn range(field: &Field) -> (Option<Bound>, Option<Bound>) {
    let Limits { min, max, .. } = field.limits;
    match field.kind {
        FieldKind::Percent { .. } => (
            min.or(Some(Bound::Number(Decimal::ZERO))),
            max.or(Some(Bound::Number(Decimal::new(100, 0)))),
        ),
        _ => (min, max),
    }
}

fn check_number(
    number: Decimal,
    (min, max): (Option<Bound>, Option<Bound>),
) -> Result<(), FieldProblem> {
    if let Some(min) = min.and_then(Bound::number).filter(|min| number < *min) {
        return Err(FieldProblem::TooSmall { min });
    }
    match max.and_then(Bound::number).filter(|max| number > *max) {
        Some(max) => Err(FieldProblem::TooLarge { max }),
        None => Ok(()),
    }
}

/// An expectation below nothing makes no sense, so without a limit of its own an amount starts at zero.
fn check_money(money: Money, limits: &Limits) -> Result<(), FieldProblem> {
    let amount = major(money);
    if limits.min.is_none() && amount < Decimal::ZERO {
        return Err(FieldProblem::TooSmall { min: Decimal::ZERO });
    }
    check_number(amount, (limits.min, limits.max))
}

/// What is imported may lie in the past: no earliest day that is counted from today holds for it.
fn check_date(date: Date, limits: &Limits, context: &Context) -> Result<(), FieldProblem> {
    let today = context.today;
    let waived = |min: &Bound| context.imported && matches!(min, Bound::Today(_));
    if let Some(min) = limits
        .min
        .filter(|min| !waived(min))
        .and_then(|b| b.date(today))
        .filter(|min| date < *min)
    {
        return Err(FieldProblem::TooEarly { min });
    }
    match limits
        .max
        .and_then(|b| b.date(today))
        .filter(|max| date > *max)
    {
        Some(max) => Err(FieldProblem::TooLate { max }),
        None => Ok(()),
    }
}

/// Whether this file may stand under that field: for the upload itself, and again when the form is sent.
pub fn check_file(field: &Field, file: &UploadedFile) -> Result<(), FieldProblem> {
    let FieldKind::File {
        max_bytes, accept, ..
    } = &field.kind
    else {
        return Err(FieldProblem::UnknownFile);
    };
    if file.bytes > *max_bytes {
        return Err(FieldProblem::FileTooLarge {
            max_bytes: *max_bytes,
        });
    }
    let ending = file
        .name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default();
    if accept.is_empty() || accept.contains(&ending) {
        Ok(())
    } else {
        Err(FieldProblem::FileTypeRefused {
            accept: accept.clone(),
        })
    }
}

/// The amount in major units.
pub(super) fn major(money: Money) -> Decimal {
    Decimal::new(
        money.minor,
        u8::try_from(money.currency.exponent()).unwrap_or_default(),
    )
}
